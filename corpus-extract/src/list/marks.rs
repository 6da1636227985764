//! Numbered lists: `Một là, … Hai là, …`, `1- …`, `(1) …; (2) …`, `a) …`, bullets.

use std::ops::Range;

use corpus_model::BlockKind;
use rustc_hash::FxHashMap;

use super::{MOST_ITEMS, Reader};
use crate::token::{Case, TokenKind};
use crate::vocabulary::Starts;

/// Marks of one list look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Style {
    /// `Một là`, `Thứ nhất`, `Cuối cùng`.
    Ordinal,
    /// `Phương án 1:`, `phương án hai là`.
    Noun,
    /// `1-`, `2.` at the beginning of a line, by the mark behind the number.
    Line(char),
    /// `(1)`, `1)` inside a line.
    Bracket,
    /// `a)`, by the mark behind the letter.
    Letter(char),
    /// A bullet at the beginning of a line.
    Bullet(char),
}

/// What the mark of an item begins with, and the ends of lines.
const MARKS: Starts = Starts::NUMBER.and(Starts::NUMERAL).and(Starts::ITEM).and(Starts::BREAK);

/// The letters of Vietnamese lists in their order.
const LETTERS: &str = "abcdđeghiklmnopq";

/// The place of an item that is only said to be the last.
const LAST: u8 = u8::MAX;

/// The place of an item that is only said to follow.
const NEXT: u8 = u8::MAX - 1;

/// How many words a noun in front of an ordinal has at most, `Nhóm giải pháp thứ nhất`.
const NOUN: usize = 3;

/// How far behind the mark before it the last item may begin, in tokens.
const TO_LAST: usize = 400;

/// The marks of one list.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// The tokens of the marks.
    pub(super) marks: Vec<Range<usize>>,
    /// Whether they are words: `Thứ nhất`.
    pub(super) ordinal: bool,
    /// Whether the last is only said to be so: `Cuối cùng`.
    pub(super) ends: bool,
    /// Whether they are bullets, behind the last of which other lists may follow.
    pub(super) bullets: bool,
}

/// The mark in front of an item.
#[derive(Clone, Debug)]
struct Mark {
    style: Style,
    /// The place in the list, from 1; 0 for bullets.
    place: u8,
    tokens: Range<usize>,
    /// The number of the line.
    line: usize,
}

impl Reader<'_, '_> {
    /// The runs of marks that count up from one.
    pub(super) fn chains(self) -> Vec<Chain> {
        let mut chains: Vec<Chain> = Vec::new();
        // The chain of each style that is going on: its place in the list, its last mark.
        let mut open: FxHashMap<Style, (usize, u8, usize)> = FxHashMap::default();
        let mut line = 0;
        // `Trước tiên`, which is the first of a list where `thứ hai` follows.
        let mut initial: Option<Range<usize>> = None;
        for run in self.tokens.runs(BlockKind::is_content) {
            line += 1;
            let mut next = run.start;
            loop {
                let at = self.tokens.seek(next..run.end, MARKS);
                if at >= run.end {
                    break;
                }
                next = at + 1;
                if self.tokens.get(at).is_break() {
                    line += 1;
                    continue;
                }
                if let Some(end) = self.initial(at) {
                    initial = Some(at..end);
                    continue;
                }
                let Some(mut mark) = self.mark(at, line) else { continue };
                let mut last = open.get(&mark.style).copied();
                let near = |it: &Range<usize>| at.saturating_sub(it.end) <= TO_LAST;
                // `Đầu tiên, … Cuối cùng, …`
                if mark.place == LAST
                    && let Some(first) = initial.take_if(|it| near(it))
                {
                    chains.push(Chain { marks: vec![first], ordinal: true, ..Chain::default() });
                    last = Some((chains.len() - 1, 2, line));
                }
                if mark.place == LAST {
                    if let Some((chain, 2.., _)) = last
                        && let Some(chain) = chains.get_mut(chain)
                        && chain.marks.last().is_some_and(near)
                    {
                        chain.marks.push(mark.tokens);
                        chain.ends = true;
                        open.remove(&mark.style);
                    }
                    continue;
                }
                if mark.place == NEXT {
                    mark.place = match (&initial, last) {
                        (Some(first), _) if near(first) => 2,
                        (_, Some((chain, place, _)))
                            if chains
                                .get(chain)
                                .and_then(|chain| chain.marks.last())
                                .is_some_and(near) =>
                        {
                            place + 1
                        }
                        _ => continue,
                    };
                }
                let first = initial.take_if(|_| mark.style == Style::Ordinal);
                let goes_on = match (mark.style, last) {
                    (Style::Bullet(_), Some((.., last_line))) => last_line + 1 == mark.line,
                    (_, Some((_, place, _))) => place + 1 == mark.place,
                    _ => false,
                };
                let chain = match last {
                    Some((chain, ..)) if goes_on => chain,
                    _ if mark.place <= 1 => {
                        let ordinal = matches!(mark.style, Style::Ordinal | Style::Noun);
                        let bullets = matches!(mark.style, Style::Bullet(_));
                        chains.push(Chain { ordinal, bullets, ..Chain::default() });
                        chains.len() - 1
                    }
                    _ if mark.place == 2
                        && let Some(first) = first =>
                    {
                        chains.push(Chain {
                            marks: vec![first],
                            ordinal: true,
                            ..Chain::default()
                        });
                        chains.len() - 1
                    }
                    _ => {
                        open.remove(&mark.style);
                        continue;
                    }
                };
                open.insert(mark.style, (chain, mark.place, mark.line));
                if let Some(chain) = chains.get_mut(chain) {
                    chain.marks.push(mark.tokens);
                }
            }
        }
        chains
    }

    /// `Trước tiên`, `Đầu tiên là` at the beginning of a sentence, as the token behind it.
    fn initial(self, at: usize) -> Option<usize> {
        let (n, ()) = self.words.first_of.longest(self.tokens.ids(at))?;
        let before = self.tokens.before(at, 1);
        let opens = before.is_break() || matches!(before.kind, TokenKind::Mark('.' | ':' | ';'));
        let behind = self.tokens.get(at + n);
        let mark = matches!(behind.kind, TokenKind::Mark(',' | ':'))
            || behind.is_word() && behind.id == self.words.is;
        opens.then_some(at + n + usize::from(mark))
    }

    fn mark(self, at: usize, line: usize) -> Option<Mark> {
        let token = self.tokens.get(at);
        // `Phương án thứ nhất là …`
        let start = self.noun_before(at).unwrap_or(at);
        let before = self.tokens.before(start, 1);
        let opens_line = before.is_break();
        let opens = opens_line
            || matches!(
                before.kind,
                TokenKind::Mark(
                    '.' | ':' | ';' | ',' | '“' | '"' | '(' | '-' | '–' | '•' | '+' | '…'
                )
            )
            // `… và thứ ba là …`
            || before.is_word() && before.id == self.words.and;
        if !opens {
            return None;
        }
        let (style, place, mut end) = match token.kind {
            TokenKind::Word | TokenKind::Number if start < at && token.id != self.words.nth => {
                self.mark_of_noun(at)?
            }
            TokenKind::Word => self.mark_in_words(at, opens_line, start < at)?,
            TokenKind::Number => self.mark_in_figures(at, opens_line)?,
            TokenKind::Mark('(') => {
                let closes = self.tokens.get(at + 2).is_mark(')');
                let place = u8::try_from(self.tokens.number(at + 1)?).ok()?;
                (Style::Bracket, closes.then_some(place)?, at + 3)
            }
            TokenKind::Mark(sign @ ('-' | '–' | '—' | '•' | '+' | '*' | '·' | '●' | '►'))
                if opens_line && !self.tokens.get(at + 1).is_break() =>
            {
                // A minus is glued to its number.
                let next = self.tokens.get(at + 1);
                (!(next.glued && next.is_number())).then_some((Style::Bullet(sign), 0, at + 1))?
            }
            _ => return None,
        };
        if place > MOST_ITEMS && place < NEXT {
            return None;
        }
        if matches!(self.tokens.get(end).kind, TokenKind::Mark(',' | ':')) {
            end += 1;
        }
        Some(Mark { style, place, tokens: start..end, line })
    }

    /// Where the noun begins that stands in front of an ordinal or number.
    fn noun_before(self, at: usize) -> Option<usize> {
        let number = || self.tokens.get(at).is_number() || self.numbers.is_word(self.tokens, at);
        if self.tokens.get(at).id != self.words.nth && !number() {
            return None;
        }
        // `Bể thứ hai là …`: whatever opens the sentence.
        let nth = self.tokens.get(at).id == self.words.nth;
        let opens = |back: &usize| {
            let before = self.tokens.before(at, back + 1);
            before.is_break() || before.is_mark('.')
        };
        let opening = (1..=NOUN + 1)
            .take_while(|back| nth && self.tokens.before(at, *back).is_word())
            .find(opens)
            .filter(|back| {
                // `Tại điểm thứ hai, …` tells where something happened.
                let first = self.tokens.before(at, *back);
                first.has_capital() && !self.words.is_stop(first.id)
            })
            .map(|back| at - back);
        opening.or_else(|| {
            (1..=NOUN).rev().find_map(|back| {
                let start = at.checked_sub(back)?;
                let (n, ()) = self.words.nouns.longest(self.tokens.ids(start))?;
                (start + n == at).then_some(start)
            })
        })
    }

    /// The `1:` of `Phương án 1:`, the `hai là` of `phương án hai là`.
    fn mark_of_noun(self, at: usize) -> Option<(Style, u8, usize)> {
        let (place, end) = self.numbers.small(self.tokens, at)?;
        let behind = self.tokens.get(end);
        let is = behind.is_word() && behind.id == self.words.is;
        let fits = (is || behind.is_mark(':')) && !self.words.is_label(self.tokens, at);
        fits.then_some((Style::Noun, place, end + usize::from(is)))
    }

    /// `Một là`, `Thứ nhất`, `a)`.
    ///
    /// `named` says that a noun stands in front of an ordinal.
    fn mark_in_words(self, at: usize, opens_line: bool, named: bool) -> Option<(Style, u8, usize)> {
        let words = self.words;
        let token = self.tokens.get(at);
        if token.id == words.nth {
            let next = self.tokens.get(at + 1);
            let (place, end) = match next.is_word() && next.id == words.first {
                true => (1, at + 2),
                false => self.numbers.small(self.tokens, at + 1)?,
            };
            let behind = self.tokens.get(end);
            // `Nhóm thứ hai gồm …`
            let holds =
                || named && words.lists.longest(self.tokens.ids(end)).is_some_and(|(n, ())| n == 1);
            let closes = behind.is_word() && (behind.id == words.is || holds());
            // `Thứ hai` may be a day, `Thứ nhất` is none.
            let first = opens_line && place == 1 && next.is_word();
            let fits = closes || first || matches!(behind.kind, TokenKind::Mark(',' | ':'));
            return fits.then_some((Style::Ordinal, place, end + usize::from(closes)));
        }
        if let Some((n, ())) = words.next_of.longest(self.tokens.ids(at)) {
            let behind = self.tokens.get(at + n);
            let closes = behind.is_word() && behind.id == words.is;
            let fits = closes || matches!(behind.kind, TokenKind::Mark(',' | ':'));
            return fits.then_some((Style::Ordinal, NEXT, at + n + usize::from(closes)));
        }
        if let Some((n, ())) = words.last_of.longest(self.tokens.ids(at)) {
            let behind = self.tokens.get(at + n);
            let closes = behind.is_word() && behind.id == words.is;
            let fits = closes || matches!(behind.kind, TokenKind::Mark(',' | ':'));
            return fits.then_some((Style::Ordinal, LAST, at + n + usize::from(closes)));
        }
        if self.numbers.is_word(self.tokens, at) {
            let (place, end) = self.numbers.small(self.tokens, at)?;
            let behind = self.tokens.get(end);
            let fits = behind.is_word() && behind.id == words.is && place > 0;
            return fits.then_some((Style::Ordinal, place, end + 1));
        }
        let text = self.tokens.str(at);
        let mut letters = text.chars();
        let (letter, none) = (letters.next()?, letters.next());
        let mark = self.tokens.get(at + 1);
        let TokenKind::Mark(sign @ (')' | '.' | '-')) = mark.kind else { return None };
        if none.is_some() || !mark.glued || token.case != Case::Lower {
            return None;
        }
        let place = LETTERS.chars().position(|it| it == letter)? + 1;
        let fits = opens_line || sign == ')';
        (fits && !self.tokens.get(at + 2).glued).then_some((
            Style::Letter(sign),
            u8::try_from(place).ok()?,
            at + 2,
        ))
    }

    /// `1-`, `2.`, `3)`.
    fn mark_in_figures(self, at: usize, opens_line: bool) -> Option<(Style, u8, usize)> {
        if self.tokens.get(at).digits() > 2 {
            return None;
        }
        let place = u8::try_from(self.tokens.number(at)?).ok().filter(|place| *place > 0)?;
        let (mark, next) = (self.tokens.get(at + 1), self.tokens.get(at + 2));
        // `…, 1 là do mưa và 2 là do cống tắc`
        if mark.is_word() && mark.id == self.words.is {
            return Some((Style::Ordinal, place, at + 2));
        }
        let TokenKind::Mark(sign @ ('-' | '–' | '.' | ')' | '/' | ':')) = mark.kind else {
            return None;
        };
        // `1.250 xã`, `1-2 triệu`, `3/2`.
        if next.is_break() || next.glued && next.is_number() {
            return None;
        }
        let style = match (sign, opens_line) {
            ('–', true) => Style::Line('-'),
            (sign, true) => Style::Line(sign),
            (')', false) if mark.glued && !self.tokens.before(at, 1).is_mark('(') => Style::Bracket,
            // `… các nội dung: 1. Rà soát …; 2. Công khai …`
            ('.' | '-' | '/', false) if mark.glued && !next.glued && next.is_capitalised() => {
                Style::Line(sign)
            }
            _ => return None,
        };
        Some((style, place, at + 2))
    }
}
