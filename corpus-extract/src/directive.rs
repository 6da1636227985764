//! References to directives of the Party and the State (văn bản chỉ đạo).
//!
//! In three steps. *Find*: walk the tokens; a word for a type (`Nghị quyết`), a place inside a
//! directive (`khoản 2 Điều 6`) or a number with a known symbol (`15/2020/NĐ-CP`) may begin a
//! reference. *Read*: numbers, symbols, meetings, law titles, then date, issuer and title behind
//! them. *Resolve*: short forms take what they leave out from the mention that they mean, local
//! bodies their place from the text; then it is said what one directive does to another.
//!
//! The span of a mention covers places, type and numbers, not the date, issuer and title behind
//! them. Every scan ahead is bounded or consumed, so the time is linear in the tokens.

mod article;
mod context;
mod explain;
mod headed;
mod law;
mod lexicon;
mod list;
mod meeting;
mod number;
mod relation;
mod resolve;
mod tail;
mod title;

use corpus_model::{BlockKind, Directive, DirectiveRef, Mention, RelationKind};

use self::article::Places;
pub(crate) use self::explain::explain;
use self::lexicon::{Lexicon, Strength};
use self::list::Head;
use self::number::{Number, Trust};
use self::tail::{Tail, tail};
use crate::gazetteer::{longest, longest_joined};
use crate::pack::Pack;
use crate::token::{TokenKind, Tokens};
use crate::vocabulary::{Starts, Vocabulary};

/// What `directive-kind.tsv` says of how a type is recognised.
pub(crate) const STRENGTHS: &[&str] = &["strong", "weak", "numbered", "law", "paper", "generic"];

/// What may stand behind the words of `directive-relation.tsv`, beside the names of relations.
pub(crate) const RELATION_WORDS: [&str; 12] = {
    let mut words = ["between", "passive", "by", "", "", "", "", "", "", "", "", ""];
    let mut at = 0;
    while at < RelationKind::ALL.len() {
        words[at + 3] = RelationKind::ALL[at].name();
        at += 1;
    }
    words
};

/// The rules for directives.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    lexicon: Lexicon,
}

/// A reference as it is read, before places are added and short forms resolved.
#[derive(Debug, Default)]
struct Reading {
    refs: Vec<DirectiveRef>,
    /// The token behind the mention.
    end: usize,
    /// The token behind date, issuer and title.
    tail: usize,
    /// Whether it means a directive named before, or the text itself: `Nghị quyết này`.
    pointer: bool,
}

impl Reading {
    fn one(reference: DirectiveRef, end: usize) -> Reading {
        Reading { refs: vec![reference], end, tail: end, pointer: false }
    }
}

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        Rules { lexicon: Lexicon::new(vocabulary, pack) }
    }

    /// Adds the directives that the content blocks refer to.
    pub(crate) fn find(&self, tokens: &Tokens<'_>, mentions: &mut Vec<Mention>) {
        let mut found = Vec::new();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            // A head is sought backwards from its number, but not into the mention before.
            let mut free = run.start;
            loop {
                at = tokens.seek(at..run.end, Starts::NUMBER.and(Starts::DIRECTIVE));
                if at >= run.end {
                    break;
                }
                match self.reference(tokens, at) {
                    Some((reading, _)) if reading.refs.is_empty() => at = reading.end.max(at + 1),
                    Some((reading, start)) => {
                        let end = reading.end.max(at + 1);
                        let start = start.max(free);
                        found.push(resolve::Found {
                            span: tokens.span(start..end),
                            tokens: start..end,
                            tail: reading.tail.max(end),
                            refs: reading.refs,
                            pointer: reading.pointer,
                        });
                        (at, free) = (end, end);
                    }
                    None => at += 1,
                }
            }
        }
        context::complete(&self.lexicon, tokens, &mut found);
        let relations = relation::relations(&self.lexicon, tokens, &found);
        mentions.extend(
            resolve::resolve(&self.lexicon, tokens, found).into_iter().zip(relations).filter_map(
                |(resolved, relations)| {
                    let resolve::Resolved { span, refs, antecedent } = resolved?;
                    Some(Mention::new(span, Directive { refs, antecedent, relations }))
                },
            ),
        );
    }

    /// The reference that begins at a token, and the token where its mention begins.
    fn reference(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Reading, usize)> {
        let token = tokens.get(at);
        match token.kind {
            TokenKind::Number => {
                if !number::may_have_symbol(tokens, at) {
                    return None;
                }
                // Digits that belong to what stands before: `GAU-22/A`, `1.600`.
                if token.glued
                    && !matches!(
                        tokens.before(at, 1).kind,
                        TokenKind::Mark('(' | '“' | '"' | '‘' | '*')
                    )
                {
                    return None;
                }
                let before = tokens.before(at, 1).id;
                let words = &self.lexicon.words;
                let so = before == words.so || before == words.so_typo;
                if let Some(found) = so.then(|| self.headed_before(tokens, at)).flatten() {
                    return Some(found);
                }
                let trust = if so { Trust::So } else { Trust::Alone };
                Some((self.numbers(tokens, at, None, trust)?, at))
            }
            TokenKind::Word if tokens.starts(at).meets(Starts::DIRECTIVE) => {
                if let Some(places) = article::places(&self.lexicon, tokens, at) {
                    // Where nothing is meant they are passed over, not tried again from each on.
                    let end = places.end;
                    let none = Reading { end, ..Reading::default() };
                    return Some((self.inside(tokens, at, places).unwrap_or(none), at));
                }
                Some((self.headed(tokens, at)?, at))
            }
            _ => None,
        }
    }

    /// A number with a symbol whose head stands some words before: `quyết định khởi tố bị can số
    /// 47/ANĐT`.
    fn headed_before(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Reading, usize)> {
        const FARTHEST: usize = 8;
        let number = number::parse(&self.lexicon, tokens, at, Trust::Head)?;
        number.symbol.as_ref()?;
        let (start, kind) = (1..FARTHEST)
            .map_while(|back| at.checked_sub(back))
            .take_while(|&start| tokens.get(start).is_word())
            .find_map(|start| {
                longest(&self.lexicon.heads, tokens, start).map(|(_, kind)| (start, kind))
            })?;
        let head = Head { kind, so: true, capitalised: tokens.get(start).is_capitalised() };
        Some((self.numbers(tokens, at, Some(head), Trust::Head)?, start))
    }

    /// Places with the directive that holds them: `điểm a khoản 2 Điều 6 Nghị định …`.
    fn inside(&self, tokens: &Tokens<'_>, at: usize, places: Places) -> Option<Reading> {
        let words = &self.lexicon.words;
        let mut head = places.end;
        head += usize::from(tokens.get(head).is_mark(','));
        head += usize::from([words.cua, words.tai, words.trong].contains(&tokens.get(head).id));
        // `Điều 2 - Nghị định 14/2011/NĐ-CP`.
        let dash = tokens.get(head).is_mark('-') || tokens.get(head).is_mark('–');
        head += usize::from(dash && longest(&self.lexicon.heads, tokens, head + 1).is_some());
        // `Điều 20 của dự thảo Luật`.
        let draft = tokens.get(head).id == words.du;
        if draft {
            head += 1 + usize::from([words.thao, words.an].contains(&tokens.get(head + 1).id));
        }
        let holder = match tokens.get(head).kind {
            TokenKind::Word => self.headed(tokens, head),
            TokenKind::Number => self.numbers(tokens, head, None, Trust::Alone),
            _ => None,
        };
        let place_refs = |reference: &DirectiveRef| -> Vec<DirectiveRef> {
            let with = |place: &article::Place| {
                let mut reference = reference.clone();
                reference.article.clone_from(&place.article);
                reference.clause.clone_from(&place.clause);
                reference.point.clone_from(&place.point);
                reference
            };
            places.list.iter().map(with).collect()
        };
        if let Some(mut holder) = holder {
            // Behind a place `quy định …` is what it says, and no title.
            for reference in &mut holder.refs {
                reference.title = reference.title.take().filter(|it| !it.starts_with("quy định"));
            }
            // Of several directives the first holds the places.
            let first = holder.refs.first().map(place_refs)?;
            holder.refs.splice(..1, first);
            return Some(holder);
        }
        // `Điều 9 Hiến pháp Nhật Bản`, `khoản 3 Điều 13 nghị định`: one of a type.
        if let Some((end, kind)) = longest(&self.lexicon.heads, tokens, head)
            && matches!(kind.strength, Strength::Law | Strength::Strong)
            && tokens.get(end).id != words.su
        {
            let mut reference = DirectiveRef::default();
            reference.kind = Some(kind.name.to_string());
            let title = match longest_joined(&self.lexicon.laws, tokens, end) {
                Some((title, ())) if kind.strength == Strength::Law => title,
                _ if kind.strength == Strength::Law => tail::name_end(&self.lexicon, tokens, end),
                _ => end,
            };
            if title > end {
                reference.title = Some(tokens.slice(tokens.span(end..title)).to_owned());
            }
            return Some(Reading {
                refs: place_refs(&reference),
                end: title,
                tail: title,
                // A draft is not the law of that name.
                pointer: title == end && !draft,
            });
        }
        let token = tokens.get(places.end);
        // Behind a word in small letters a capital is no beginning of a sentence.
        let inner = tokens.before(at, 1).is_word() && places.capitalised;
        let sure = places.units > 1 || places.capitalised;
        let ends = token.kind != TokenKind::Word
            || token.is_capitalised()
            || self.lexicon.may_follow(token.id)
            || inner;
        let named = places.list.iter().any(|it| it.article.is_some() || it.clause.is_some());
        (sure && ends && named).then(|| Reading {
            refs: place_refs(&DirectiveRef::default()),
            end: places.end,
            tail: places.end,
            pointer: false,
        })
    }
}

/// Adds a number, and what its symbol says.
fn set_number(reference: &mut DirectiveRef, number: &Number<'_>) {
    reference.number = Some(number.number);
    reference.number_text = Some(number.text.clone());
    reference.symbol.clone_from(&number.symbol);
    reference.year = number.year.or(reference.year);
    reference.issuer = number.issuer().or(reference.issuer.take());
}

fn title_text(tokens: &Tokens<'_>, tail: &Tail) -> Option<String> {
    tail.title.map(|span| tokens.slice(span).to_owned())
}
