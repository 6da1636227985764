//! Programmes, campaigns and plans with a name of their own: `phong trào “Gió Đại Phong”`, `Đề án 1928`,
//! `“Năm Dân vận - 2014”`, `Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2016-2020`.
//!
//! What such a thing is called ([`words`]) is found first; what stands behind it must be a name: in
//! quotation marks ([`quoted`]), a number, or a title ([`title`]) that a capital, the years behind it or
//! the list of well-known names tells from any other plan. A programme may be one of television or of
//! a shop, and a project one of building: of those, what is said near by decides ([`near`]). The years
//! are read in [`period`], and who is named again is joined to the first ([`known`]).
//!
//! A name may lie in another fact, and another in it: a programme with a number is also told as the
//! paper that it is, and the days of its period as dates.

mod explain;
mod known;
mod named;
mod near;
mod period;
mod proper;
mod quoted;
mod title;
mod words;

use std::ops::Range;
use std::sync::Arc;

use corpus_model::{BlockKind, Mention, MentionKind, Period, Programme, Span};

pub(crate) use self::explain::Read;
use self::known::Known;
pub(crate) use self::words::{CLASSES, ROLES};
use self::words::{Class, Words};
use crate::gazetteer::longest;
use crate::pack::Pack;
use crate::token::{Case, TokenKind, Tokens};
use crate::vocabulary::{Starts, Vocabulary};

/// The rules for programmes.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    words: Words,
}

/// What the readers of a programme look at.
#[derive(Clone, Copy)]
struct Reader<'a, 'd> {
    words: &'a Words,
    tokens: &'a Tokens<'d>,
}

/// A programme as it is read.
#[derive(Clone, Debug)]
struct Named {
    /// The whole mention.
    tokens: Range<usize>,
    /// What it is called.
    head: Arc<str>,
    name: Range<usize>,
    period: Option<(Period, Range<usize>)>,
    rule: &'static str,
}

/// Names in quotation marks behind one head: `các phong trào “…”, “…” và “…”`.
const MOST_IN_ROW: usize = 12;

/// The words between a programme and the directive that it comes from.
const NEAR_DIRECTIVE: usize = 4;

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        let words = Words::new(vocabulary, pack);
        vocabulary.begin_phrases(Starts::PROGRAMME, &words.heads);
        Rules { words }
    }

    /// Adds the programmes of the content blocks; the directives must have been found.
    pub(crate) fn find(&self, tokens: &Tokens<'_>, found: &mut Vec<Mention>) {
        let reader = Reader { words: &self.words, tokens };
        let named = reader.all();
        if named.is_empty() {
            return;
        }
        let mut directives: Vec<Span> = found
            .iter()
            .filter(|it| it.kind() == MentionKind::Directive)
            .map(|it| it.span)
            .collect();
        directives.sort_unstable();
        let mut known = Known::default();
        let mut first: Vec<(Span, Option<Period>, Option<Span>)> = Vec::new();
        for (place, it) in named.iter().enumerate() {
            let span = tokens.span(it.tokens.clone());
            let mut period = it.period.as_ref().map(|it| it.0);
            let same = known.first(reader, it).and_then(|place| first.get(place)).filter(|it| {
                // `giai đoạn 2011-2015` is another than `giai đoạn 2016-2020`.
                period.is_none() || it.1.is_none() || period == it.1
            });
            let mut directive = reader.directive(&directives, &it.tokens);
            let antecedent = same.map(|same| {
                period = period.or(same.1);
                directive = directive.or(same.2);
                same.0
            });
            let programme = Programme {
                head: it.head.to_string(),
                name: tokens.slice(tokens.span(it.name.clone())).to_owned(),
                period,
                antecedent,
                directive,
            };
            known.add(reader, it, place);
            first.push((antecedent.unwrap_or(span), period, directive));
            found.push(Mention::new(span, programme));
        }
    }
}

impl Reader<'_, '_> {
    /// The programmes in text order.
    fn all(self) -> Vec<Named> {
        let tokens = self.tokens;
        let mut all: Vec<Named> = Vec::new();
        let mut known = Known::default();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            loop {
                at = tokens.seek(at..run.end, Starts::PROGRAMME);
                if at >= run.end {
                    break;
                }
                let Some((end, head)) = longest(&self.words.heads, tokens, at) else {
                    at += 1;
                    continue;
                };
                let named = match head.class {
                    _ if tokens.get(at).glued && tokens.before(at, 1).is_word() => None,
                    Class::Day => self.quoted_day(at, end, head),
                    Class::Cause | Class::For => {
                        self.quoted_day(at, end, head).or_else(|| self.cause(at, end, head))
                    }
                    _ => self.quoted(at, end, head).or_else(|| {
                        let plain = || {
                            let again = || known.again(self, at, end, head);
                            self.numbered(at, end, head).or_else(|| {
                                match self.titled(at, end, head) {
                                    // What a name was before says how far it goes.
                                    Some(it) if it.rule == "programme.capital" => again()
                                        .filter(|again| again.name.end > it.name.end)
                                        .or(Some(it)),
                                    titled => titled.or_else(again),
                                }
                            })
                        };
                        // `văn phòng chương trình “…”` is that of one, `Phòng Kế hoạch` of none.
                        (!self.is_other(at)).then(plain).flatten()
                    }),
                };
                let Some(named) = named else {
                    at += 1;
                    continue;
                };
                at = named.tokens.end.max(at + 1);
                known.add(self, &named, all.len());
                all.push(named);
                // `các phong trào “…”, “…” và “…”`
                for _ in 0..MOST_IN_ROW {
                    let Some(next) = all.last().and_then(|it| self.in_row(it)) else { break };
                    at = next.tokens.end.max(at);
                    known.add(self, &next, all.len());
                    all.push(next);
                }
            }
        }
        all
    }

    /// Whether the words in front of a head make something else of it: `Sở Kế hoạch`.
    fn is_other(self, at: usize) -> bool {
        const LONGEST: usize = 3;
        let before = self.tokens.before(at, 1);
        before.is_word()
            && (1..=LONGEST).any(|back| {
                at.checked_sub(back).is_some_and(|start| {
                    longest(&self.words.not, self.tokens, start).is_some_and(|(end, ())| end == at)
                })
            })
    }

    /// Whether a head is written with a capital where the sentence does not ask for one.
    fn is_capital(self, at: usize) -> bool {
        let opens = match self.tokens.before(at, 1).kind {
            TokenKind::Break => true,
            TokenKind::Mark(mark) => !matches!(mark, ',' | '(' | '/' | ';'),
            TokenKind::Word | TokenKind::Number => false,
        };
        !opens && self.tokens.get(at).case == Case::Capital
    }

    /// The directive right in front of a programme that approves it, or behind it.
    fn directive(self, directives: &[Span], named: &Range<usize>) -> Option<Span> {
        let (tokens, words) = (self.tokens, self.words);
        let span = tokens.span(named.clone());
        let next = directives.partition_point(|it| it.start() < span.end());
        if let Some(behind) = directives.get(next) {
            let at = tokens.at_byte(behind.start());
            // `Đề án 1928 (theo Quyết định số 1928/QĐ-TTg …)`
            let between = named.end..at;
            let follows = between.len() <= NEAR_DIRECTIVE
                && between.clone().any(|at| words.from.contains(tokens.id(at)))
                && !between.into_iter().any(|at| tokens.get(at).is_break());
            if follows {
                return Some(*behind);
            }
        }
        // `Quyết định số 1719/QĐ-TTg phê duyệt Chương trình …`
        let before = directives.get(..next)?.iter().rev().find(|it| it.end() <= span.start())?;
        let from = tokens.at_byte(before.end().saturating_sub(1)) + 1;
        let between = from..named.start;
        const LONGEST: usize = 16;
        let approves = between.len() <= LONGEST
            && between.clone().any(|at| longest(&words.approve, tokens, at).is_some())
            && !between.into_iter().any(|at| {
                matches!(tokens.get(at).kind, TokenKind::Break | TokenKind::Mark('.' | ';' | ':'))
            });
        approves.then_some(*before)
    }
}
