//! Announced lists: `hai khâu đột phá: Một là, …; Hai là, …`, `“4 hóa”: “…; …; …; …”`.
//!
//! Officials count before they tell: a number and a noun, then as many items. Two ways lead there.
//! Where the items are numbered or stand behind bullets ([`marks`]), the items are certain, and what
//! announces them is sought in front of the first. Where they follow in one sentence ([`inline`]),
//! the announcement is found first, and the sentence is cut where that gives as many items as were
//! announced; only behind a noun that can mean nothing else is a list told that lacks some. Whatever
//! the noun, names right behind it ([`named`]) and as many items as announced, farther off
//! ([`counted`]), are a list.

mod apposed;
mod codes;
mod counted;
mod cuts;
mod dated;
mod direct;
mod ends;
mod explain;
mod inline;
mod intro;
mod items;
mod marks;
mod members;
mod named;
mod pairs;
mod partial;
mod people;
mod subject;
mod words;

use std::ops::Range;

use corpus_model::{BlockKind, List, Mention, Span};
use rustc_hash::FxHashSet;

pub(crate) use self::explain::Marked;
use self::items::Ends;
use self::marks::Chain;
use self::words::Words;
pub(crate) use self::words::{ROLES, wanted};
use crate::number::Numbers;
use crate::pack::Pack;
use crate::token::{Case, Claims, TokenKind, Tokens};
use crate::vocabulary::{Starts, Vocabulary};

/// Nobody announces more items than this.
const MOST_ITEMS: u8 = 30;

/// How far behind its announcement a numbered list may begin.
const LOOK_BACK: usize = 90;

/// So near behind its announcement stand bullets that others than its own follow.
const NEAR: usize = 12;

/// The rules that find lists.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    words: Words,
}

/// A number and a noun that may announce a list.
#[derive(Clone, Debug)]
struct Announcement {
    /// The tokens of number and noun, and of the quotation marks around them.
    tokens: Range<usize>,
    number: u8,
    /// The tokens of the noun.
    noun: Range<usize>,
    /// Whether the noun can hardly do anything but announce.
    strong: bool,
    /// Whether the number may be none: `năm`, five and year.
    doubtful: bool,
}

/// What the readers of a list look at.
type Reader<'a, 'd> = crate::reader::Reader<'a, 'd, Words>;

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        Rules { words: Words::new(vocabulary, pack) }
    }

    /// Adds the lists of the content blocks; `claims` are the tokens of directives, whose numbers
    /// announce nothing.
    pub(crate) fn find(
        &self,
        tokens: &Tokens<'_>,
        numbers: &Numbers,
        claims: &Claims,
        found: &mut Vec<Mention>,
    ) {
        let reader = Reader { words: &self.words, numbers, tokens };
        let (mut announced, mut ends) = (FxHashSet::default(), Ends::default());
        for mut chain in reader.chains() {
            if chain.marks.len() >= 2
                && let Some(announcement) = reader.announcement_before(&chain, claims)
                && announced.insert(announcement.tokens.start)
            {
                // `Cuối cùng` may also end the text.
                if chain.ends && chain.marks.len() == usize::from(announcement.number) + 1 {
                    chain.marks.pop();
                }
                if chain.bullets {
                    chain.marks.truncate(announcement.number.into());
                }
                found.push(reader.list(&announcement, reader.items_of(&chain.marks, &mut ends)));
            }
        }
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            loop {
                at = tokens.seek(at..run.end, Starts::NUMBER.and(Starts::NUMERAL));
                if at >= run.end {
                    break;
                }
                // Most numbers announce nothing: years, ones, what counts millions.
                if numbers.small(tokens, at).is_none_or(|(number, _)| number < 2) {
                    at += 1;
                    continue;
                }
                if !claims.contains(at)
                    && let Some((announcement, items)) = reader.dated(at)
                {
                    at = announcement.tokens.end;
                    found.push(reader.list(&announcement, items));
                    continue;
                }
                let found_here = (tokens.get(at).is_number() || numbers.is_word(tokens, at))
                    .then(|| reader.announcement(at))
                    .flatten()
                    .filter(|it| !claims.contains(at) && !announced.contains(&it.tokens.start));
                at += 1;
                let Some(announcement) = found_here else { continue };
                // As many items as a five that may be a year announces tell that it is none, `năm ban: …`;
                // but of `năm học mới: …` they do not.
                let five = |items: &Vec<Span>| {
                    let all = items.len() == usize::from(announcement.number);
                    !announcement.doubtful || all && announcement.noun.len() == 1
                };
                let list = match reader.inline(&announcement).filter(five) {
                    Some(items) => Some((announcement, items)),
                    None => {
                        let direct = reader.direct(announcement.clone());
                        direct
                            .or_else(|| reader.paired(announcement.clone()))
                            .or_else(|| reader.named(announcement.clone()))
                            .or_else(|| reader.counted(announcement))
                    }
                };
                if let Some((announcement, items)) = list {
                    at = announcement.tokens.end.max(at);
                    found.push(reader.list(&announcement, items));
                }
            }
        }
    }
}

impl Reader<'_, '_> {
    fn list(self, announcement: &Announcement, items: Vec<Span>) -> Mention {
        let noun = self.tokens.slice(self.tokens.span(announcement.noun.clone()));
        let list = List {
            announced: Some(announcement.number.into()),
            noun: noun.to_owned(),
            complete: items.len() == usize::from(announcement.number),
            items,
        };
        Mention::new(self.tokens.span(announcement.tokens.clone()), list)
    }

    /// The number at `at` with the noun behind it.
    fn announcement(self, at: usize) -> Option<Announcement> {
        let token = self.tokens.get(at);
        let before = self.tokens.before(at, 1);
        let quoted = matches!(before.kind, TokenKind::Mark('“' | '"' | '‘' | '\''));
        if token.glued && !(quoted || before.is_mark('(')) || self.words.is_label(self.tokens, at) {
            return None;
        }
        // `đầu tư`, `hơn hai năm hoạt động`: a four that is none, and a five that is a year.
        // But `đêm 10-9 hai người`, `năm 2019 hai nước`.
        let counted = before.is_number() && !self.ends_date(at.wrapping_sub(1))
            || self.numbers.is_word(self.tokens, at.wrapping_sub(1));
        if !token.is_number() && (counted || !self.numbers.is_first(self.tokens, at)) {
            return None;
        }
        let (number, end) = self.numbers.small(self.tokens, at)?;
        // `xăng E 5`, `RON 95`: a name goes on with a number.
        let code = before.is_word() && before.case == Case::Upper && before.span.len() <= 4;
        if code && token.is_number() && !token.glued {
            return None;
        }
        // The five that may be a year: `năm học`.
        let doubtful = self.numbers.is_five(self.tokens, at) && end == at + 1;
        if !(2..=MOST_ITEMS).contains(&number) || self.tokens.get(end).glued {
            return None;
        }
        let noun = end..self.words.noun_end(self.tokens, end);
        if noun.is_empty() {
            return None;
        }
        let closed = quoted
            && matches!(self.tokens.get(noun.end).kind, TokenKind::Mark('”' | '"' | '’' | '\''));
        // `“Thành phố 4 an”: …`: the quotation ends with the number and its noun.
        let slogan = !quoted
            && matches!(self.tokens.get(noun.end).kind, TokenKind::Mark('”' | '"'))
            && self.tokens.get(noun.end + 1).is_mark(':');
        let strong = closed || slogan || self.words.announces(self.tokens, end);
        let tokens = match closed {
            true => at - 1..noun.end + 1,
            false => at..noun.end,
        };
        Some(Announcement { tokens, number, noun, strong, doubtful: doubtful && !strong })
    }

    /// Whether a number ends a date in figures, or is a year.
    fn ends_date(self, at: usize) -> bool {
        let (token, sign) = (self.tokens.get(at), self.tokens.before(at, 1));
        let joined = token.glued
            && matches!(sign.kind, TokenKind::Mark('-' | '/'))
            && self.tokens.before(at, 2).is_number();
        joined || token.digits() == 4 && self.tokens.before(at, 1).id == self.words.year
    }

    /// What announces a numbered list: the nearest number that fits, else the nearest behind which
    /// nothing but a list can come.
    fn announcement_before(self, chain: &Chain, claims: &Claims) -> Option<Announcement> {
        let first = chain.marks.first()?.start;
        let n = chain.marks.len();
        let (mut lines, mut sentences) = (0, 0);
        let mut second = None;
        let introduced = (1..=3).any(|back| self.tokens.before(first, back).is_mark(':'));
        for at in (first.saturating_sub(LOOK_BACK)..first).rev() {
            if self.tokens.get(at).is_break() {
                lines += 1;
                // The line above, and the end of a block between them.
                if lines > 3 {
                    break;
                }
                continue;
            }
            if matches!(self.tokens.get(at).kind, TokenKind::Mark('.' | '!' | '?'))
                && self.ends_sentence(at)
            {
                sentences += 1;
                // As many ordinals as a headline announces belong to it, whatever the lead says.
                if sentences > if chain.ordinal && n >= 4 { 3 } else { 1 } {
                    break;
                }
            }
            if !(self.tokens.get(at).is_number() || self.numbers.is_word(self.tokens, at))
                || claims.contains(at)
            {
                continue;
            }
            let Some(announcement) = self.announcement(at).filter(|it| !it.doubtful) else {
                continue;
            };
            let number = usize::from(announcement.number);
            let fits = number == n || chain.ends && number + 1 == n;
            // `thuộc về hai dạng. Một là …`: words count what was told of last.
            let near = chain.ordinal && (sentences + lines <= 2 || n >= 4);
            if fits && (announcement.strong || introduced || near) {
                return Some(announcement);
            }
            let some = introduced || near && n < number;
            let told = sentences <= 1 && announcement.strong && some;
            // Bullets of the next list stand right behind those of this.
            let near = first <= announcement.tokens.end + NEAR;
            let more = chain.bullets && introduced && near && number < n;
            if (told || more) && second.is_none() {
                second = Some(announcement);
            }
        }
        second
    }
}
