//! [`Tokens`]: a document [cut](Cut) once into words, numbers and marks, which every extractor reads.
//!
//! Cutting is the only pass over the characters. A word is looked up once in the [`Vocabulary`] of
//! all gazetteers; from there on the extractors compare small numbers. What this buys: however many
//! extractors there are, the text is folded and hashed once.
//!
//! - A **word** is a run of letters with their combining marks: one syllable of Vietnamese, an
//!   abbreviation, a part of a symbol. Digits end it: `QH14` is a word and a number, glued.
//! - A **number** is a run of ASCII digits. Points, commas and slashes are marks: `17,6` is number,
//!   mark, number, glued. What they mean together is for the extractors to say.
//! - A **mark** is any other single character.
//! - A **break** stands between blocks and at the end of each line, so that no pattern reaches from
//!   one into the next.
//!
//! To add an extractor: take a `&mut Vocabulary` when the rules are built (see
//! [`Phrases`](crate::vocabulary::Phrases)), tell it what may begin with which words ([`Starts`]), and
//! walk [`Tokens::runs`] of the blocks that concern it from one such token to the next
//! ([`Tokens::seek`]).

mod cut;
mod word;

use std::ops::Range;

use corpus_model::{BlockKind, Span};
use corpus_text::parse_syllable;

pub(crate) use self::cut::Cut;
pub(crate) use self::word::scan_word;
use crate::vocabulary::{Id, Starts, Vocabulary};

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands in the document's text.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// How a word is capitalised.
    pub(crate) case: Case,
    /// Whether nothing, not even a blank, stands between the token before and this one.
    pub(crate) glued: bool,
    /// A word's number in the vocabulary; [`Id::NONE`] for words of no gazetteer and all else.
    pub(crate) id: Id,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A run of letters.
    Word,
    /// A run of ASCII digits.
    Number,
    /// Any other character but white space.
    Mark(char),
    /// The end of a line or block; its span is empty.
    Break,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// `ủy ban`; also whatever has no case.
    Lower,
    /// `Ủy`.
    Capital,
    /// `UBND`; a single capital letter too.
    Upper,
    /// `iPhone`, `ThS`.
    Mixed,
}

impl Token {
    /// What a place beyond either end of the text holds.
    const NOTHING: Token = Token {
        span: Span::new(0, 0),
        kind: TokenKind::Break,
        case: Case::Lower,
        glued: false,
        id: Id::NONE,
    };

    /// Whether it is this mark.
    #[inline]
    pub(crate) fn is_mark(self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    /// Whether it is a word that starts with a capital letter.
    #[inline]
    pub(crate) fn is_capitalised(self) -> bool {
        self.kind == TokenKind::Word && matches!(self.case, Case::Capital | Case::Upper)
    }

    /// Whether it is a word with a capital letter anywhere: `Lào`, `USD`, `TPBank`, `iPhone`.
    pub(crate) fn has_capital(self) -> bool {
        self.kind == TokenKind::Word && self.case != Case::Lower
    }

    #[inline]
    pub(crate) fn is_word(self) -> bool {
        self.kind == TokenKind::Word
    }

    #[inline]
    pub(crate) fn is_number(self) -> bool {
        self.kind == TokenKind::Number
    }

    #[inline]
    pub(crate) fn is_break(self) -> bool {
        self.kind == TokenKind::Break
    }

    /// How many digits a number has; 0 for anything else.
    #[inline]
    pub(crate) fn digits(self) -> usize {
        if self.is_number() { self.span.len() } else { 0 }
    }
}

/// The tokens of a document's content blocks and bylines, as a [`Cut`] holds them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens<'d> {
    text: &'d str,
    vocabulary: &'d Vocabulary,
    list: &'d [Token],
    /// What may begin with each; asked by itself, and of many tokens for each that is looked at.
    starts: &'d [Starts],
    blocks: &'d [(BlockKind, Range<usize>)],
}

impl<'d> Tokens<'d> {
    /// The token at `at`; a break beyond the end, so that looking ahead needs no care.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Token {
        #[cfg(test)]
        looks::add(1);
        self.list.get(at).copied().unwrap_or(Token::NOTHING)
    }

    /// What may begin with the token at `at`.
    #[inline]
    pub(crate) fn starts(&self, at: usize) -> Starts {
        #[cfg(test)]
        looks::add(1);
        self.starts.get(at).copied().unwrap_or(Starts::BREAK)
    }

    /// The number of the word at `at`; none for what is no word of a gazetteer.
    #[inline]
    pub(crate) fn id(&self, at: usize) -> Id {
        #[cfg(test)]
        looks::add(1);
        self.list.get(at).map_or(Id::NONE, |token| token.id)
    }

    /// The key of the word at `at`, if it is one of a gazetteer.
    pub(crate) fn known(&self, at: usize) -> Option<&'d str> {
        self.vocabulary.key(self.id(at))
    }

    /// Whether a word is spelled like a syllable of Vietnamese.
    pub(crate) fn is_syllable(&self, at: usize) -> bool {
        let known = self.vocabulary.is_syllable(self.id(at));
        known.unwrap_or_else(|| parse_syllable(self.str(at)).is_some())
    }

    /// The first token of a range where something of these may begin; its end where there is none.
    #[inline]
    pub(crate) fn seek(&self, range: Range<usize>, wanted: Starts) -> usize {
        let starts = self.starts.get(range.clone()).unwrap_or_default();
        let found = Starts::position(starts, wanted).unwrap_or(starts.len());
        #[cfg(test)]
        looks::add(found + 1);
        range.start + found
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token `back` places before `at`; a break before the beginning.
    #[inline]
    pub(crate) fn before(&self, at: usize, back: usize) -> Token {
        at.checked_sub(back).map_or(Token::NOTHING, |at| self.get(at))
    }

    /// The numbers of the words from `at` on, up to the first token that is no word.
    #[inline]
    pub(crate) fn ids(&self, at: usize) -> impl Iterator<Item = Id> + '_ {
        let rest = self.list.get(at..).unwrap_or_default();
        rest.iter().take_while(|token| token.is_word()).map(|token| {
            #[cfg(test)]
            looks::add(1);
            token.id
        })
    }

    /// What the author wrote for the token at `at`.
    #[inline]
    pub(crate) fn str(&self, at: usize) -> &'d str {
        self.slice(self.get(at).span)
    }

    /// What the author wrote at a span.
    #[inline]
    pub(crate) fn slice(&self, span: Span) -> &'d str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The span of the tokens of a range.
    #[inline]
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            return Span::default();
        }
        self.get(range.start).span.cover(self.get(range.end - 1).span)
    }

    /// The value of a number of at most nine digits.
    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        let token = self.get(at);
        (token.is_number() && token.digits() <= 9).then(|| self.slice(token.span).parse().ok())?
    }

    /// The ranges of tokens of the blocks whose kind `wanted` accepts, in text order.
    pub(crate) fn runs(
        &self,
        wanted: fn(BlockKind) -> bool,
    ) -> impl DoubleEndedIterator<Item = Range<usize>> + '_ {
        self.blocks.iter().filter(move |(kind, _)| wanted(*kind)).map(|(_, range)| range.clone())
    }

    /// The blocks that were cut, each with its tokens.
    pub(crate) fn blocks(&self) -> &'d [(BlockKind, Range<usize>)] {
        self.blocks
    }

    /// The first token that ends after the byte `at`.
    pub(crate) fn at_byte(&self, at: usize) -> usize {
        self.list.partition_point(|token| token.span.end() <= at)
    }

    /// The last character boundary at or in front of a byte.
    pub(crate) fn floor(&self, at: usize) -> usize {
        self.text.floor_char_boundary(at)
    }
}

/// How often tokens are looked at: what tests hold against the length of a text.
#[cfg(test)]
pub(crate) mod looks {
    use std::cell::Cell;

    thread_local! {
        static LOOKS: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn add(n: usize) {
        LOOKS.set(LOOKS.get() + n);
    }

    /// How many looks some work on this thread takes.
    pub(crate) fn of(work: impl FnOnce()) -> usize {
        let before = LOOKS.get();
        work();
        LOOKS.get() - before
    }
}

/// Which tokens something has been found in, so that nothing else is found in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Claims {
    taken: Vec<bool>,
}

impl Claims {
    /// The tokens of these spans.
    pub(crate) fn new(tokens: &Tokens<'_>, spans: impl IntoIterator<Item = Span>) -> Claims {
        let mut claims = Claims { taken: Vec::new() };
        for span in spans {
            // Most texts have no directives, for example.
            if claims.taken.is_empty() {
                claims.taken.resize(tokens.list.len(), false);
            }
            for at in tokens.at_byte(span.start())..tokens.list.len() {
                match claims.taken.get_mut(at) {
                    Some(slot) if tokens.get(at).span.start() < span.end() => *slot = true,
                    _ => break,
                }
            }
        }
        claims
    }

    /// Whether the token belongs to one of them.
    #[inline]
    pub(crate) fn contains(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(false)
    }
}
