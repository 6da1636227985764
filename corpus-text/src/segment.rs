//! [`Segmenter`]: joins syllables to words.
//!
//! Of all ways to cut a run of syllables into words of the lexicon the most probable is taken:
//! each word costs the negative logarithm of its share of all words, and the path of least cost
//! is found from left to right (Viterbi). Names, which no lexicon holds, are built by rule and
//! have costs of their own.
//!
//! What makes it fast: a syllable of the author's text is looked up as it is spelled, its bytes as
//! one `u128`, in a table that holds every known syllable in small letters, with a capital, in
//! capitals and with the tone mark in both places. Only what is not found there is folded. From
//! then on a syllable is a number, and a word a walk through a trie in which each step is one look
//! at one place. Costs are whole numbers, so that the way to a place with the length of its last
//! word packs into one `u64`, and the better of two ways is the lesser number: the lattice is gone
//! through nearly without branches. Nothing is allocated but the words.

mod forced;
mod way;

use std::sync::OnceLock;

use corpus_model::{Span, Word, WordKind};

use crate::lexicon::{Lexicon, with_y};
use crate::shape::{self, ShapeCosts, units};
use crate::table::{Case, Known, SpellingTable};
use crate::token::{TokenKind, token};
use crate::trie::{NO_ROW, Trie};
use crate::{Dictionary, key_into};
use forced::Forced;

/// Cuts text into words.
///
/// It owns a [`Lexicon`] in the form that is fast to search. It never changes, can be shared among
/// threads and is dear to build: build one and keep it.
///
/// ```
/// use corpus_text::Segmenter;
///
/// let text = "Ông Nguyễn Văn Hòa làm việc tại Hà Nội.";
/// let words = Segmenter::built_in().words(text);
/// let words: Vec<&str> = words.iter().map(|word| &text[word.span.range()]).collect();
/// assert_eq!(words, ["Ông", "Nguyễn Văn Hòa", "làm việc", "tại", "Hà Nội", "."]);
/// ```
#[derive(Clone, Debug)]
pub struct Segmenter {
    spellings: SpellingTable,
    /// By number; behind those of the lexicon stand [`UNKNOWN`] and twice [`WALL`], [`BEHIND`] in all.
    syllables: Vec<Syllable>,
    words: Trie,
    shapes: ShapeCosts,
    /// What goes before all of this.
    forced: Option<Forced>,
}

/// What the segmenter knows of a syllable.
#[derive(Clone, Copy, Debug)]
struct Syllable {
    /// The base in the trie of the words that begin with it.
    base: u32,
    /// What it costs as a word of its own.
    cost: u32,
    is_family_name: bool,
    /// Whether the Vietnamese grammar has it.
    is_possible: bool,
}

/// A syllable that the lexicon does not hold.
const UNKNOWN: Syllable =
    Syllable { base: NO_ROW, cost: 0, is_family_name: false, is_possible: false };
/// A token that is no syllable; no word reaches over it.
const WALL: Syllable = UNKNOWN;
const BEHIND: usize = 3;

impl Segmenter {
    /// A segmenter with this lexicon.
    pub fn new(lexicon: Lexicon) -> Segmenter {
        let total = lexicon.total().max(1.0).ln() as f32;
        let unknown = units(lexicon.shapes().unknown);
        let cost = |count: f32| if count > 0.0 { units(total - count.ln()) } else { unknown };
        // Common syllables come first: they get the best places of the tables.
        let mut by_count: Vec<(&str, u32)> = lexicon.syllables().collect();
        let counts = lexicon.syllable_counts();
        let count = |number: u32| counts.get(number as usize).copied().unwrap_or(0.0);
        by_count.sort_unstable_by(|a, b| count(b.1).total_cmp(&count(a.1)).then(a.1.cmp(&b.1)));
        let mut numbers = vec![0; by_count.len()];
        for (new, &(_, old)) in (0..).zip(&by_count) {
            if let Some(number) = numbers.get_mut(old as usize) {
                *number = new;
            }
        }

        let (words, bases) = Trie::new(lexicon.words(), &numbers, cost);
        let families = shape::family_names();
        let mut spellings = SpellingTable::with_capacity(by_count.len());
        let mut syllables = Vec::with_capacity(by_count.len() + BEHIND);
        for ((&(key, old), &base), number) in by_count.iter().zip(&bases).zip(0..) {
            let single = lexicon.singles().get(old as usize).copied().unwrap_or(0.0);
            let is_possible = spellings.insert_all(key, number);
            if let Some(other) = with_y(key) {
                spellings.insert_all(&other, number);
            }
            let is_family_name = families.contains(key);
            syllables.push(Syllable { base, cost: cost(single), is_family_name, is_possible });
        }
        syllables.extend([Syllable { cost: unknown, ..UNKNOWN }, WALL, WALL]);
        let shapes = ShapeCosts::new(lexicon.shapes());
        Segmenter { spellings, syllables, words, shapes, forced: None }
    }

    /// The segmenter with the lexicon that comes with the crate; built at the first call.
    pub fn built_in() -> &'static Segmenter {
        static BUILT_IN: OnceLock<Segmenter> = OnceLock::new();
        BUILT_IN.get_or_init(|| Segmenter::new(Lexicon::built_in()))
    }

    /// A segmenter that does the same but for the words of a dictionary.
    ///
    /// A dictionary that this one has already gives way to the new one.
    pub fn with_dictionary(&self, dictionary: Dictionary) -> Segmenter {
        let dictionary = Some(dictionary).filter(|it| !it.is_empty());
        let known = self.syllables.len().saturating_sub(BEHIND) as u32;
        let forced = dictionary.map(|it| Forced::new(it, &self.spellings, known));
        Segmenter { forced, ..self.clone() }
    }

    /// The words of a text, marks and numbers included, in order.
    ///
    /// They do not overlap and cover everything but white space. No word reaches over a line end.
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.words_into(text, 0, &mut words);
        words
    }

    /// Appends the words of a text, their spans moved by `offset`; allocates nothing else.
    ///
    /// `offset` is where `text` begins in the text that the spans are meant for.
    pub fn words_into(&self, text: &str, offset: usize, words: &mut Vec<Word>) {
        self.cut(text, offset, words, |_, _| ());
    }

    /// Hands the words of a text to `take` in parts, some thousand at a time and at least once, so that
    /// a text of one endless sentence needs no more room than another.
    ///
    /// The parts are, one behind the other, what [`Segmenter::words_into`] finds.
    ///
    /// ```
    /// use corpus_text::Segmenter;
    ///
    /// let text = "học sinh ".repeat(100_000);
    /// let (mut parts, mut words) = (0, 0);
    /// Segmenter::built_in().words_in_parts(&text, 0, &mut Vec::new(), |part| {
    ///     parts += 1;
    ///     words += part.len();
    /// });
    /// assert_eq!(words, 100_000);
    /// assert!(parts > 10);
    /// ```
    pub fn words_in_parts(
        &self,
        text: &str,
        offset: usize,
        room: &mut Vec<Word>,
        mut take: impl FnMut(&[Word]),
    ) {
        room.clear();
        let mut taken = false;
        self.cut(text, offset, room, |words, open| {
            let done = words.len().saturating_sub(open);
            if done >= PART {
                take(words.get(..done).unwrap_or_default());
                words.drain(..done);
                taken = true;
            }
        });
        if !taken || !room.is_empty() {
            take(room);
        }
    }

    /// Appends the words of a text. Now and then `done` is told how many at the end are not yet joined;
    /// those in front of them it may take away.
    fn cut(
        &self,
        text: &str,
        offset: usize,
        words: &mut Vec<Word>,
        mut done: impl FnMut(&mut Vec<Word>, usize),
    ) {
        let mut run = Run::new();
        let mut folded = String::new();
        let source = Source { text, offset };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let front = self.spellings.get_front(bytes, at);
            let joined = self.forced.as_ref().and_then(|forced| {
                let begins = front.is_none_or(|(_, known)| forced.begins_join(known));
                begins.then(|| forced.dictionary.joined_end(text, at, &mut folded))?
            });
            let (end, kind, known) = if let Some(end) = joined {
                (end, WordKind::Word, self.wall(false))
            } else if let Some((len, known)) = front {
                (at + len, WordKind::Word, known)
            } else {
                match self.piece(text, at, &mut folded) {
                    Piece::Token(end, kind, known) => (end, kind, known),
                    Piece::Blank(end) => {
                        at = end;
                        continue;
                    }
                    Piece::LineEnd(end) => {
                        self.join(&mut run, usize::MAX, source, words);
                        done(words, 0);
                        run.is_start = true;
                        at = end;
                        continue;
                    }
                }
            };
            if run.len >= MOST_UNITS {
                self.join(&mut run, MOST_UNITS / 2, source, words);
                done(words, run.len);
            }
            words.push(Word { span: Span::new(at, end).shifted(offset), kind });
            run.push(known);
            at = end + usize::from(bytes.get(end) == Some(&b' '));
        }
        self.join(&mut run, usize::MAX, source, words);
    }

    /// What stands at a place where no known syllable does.
    fn piece(&self, text: &str, at: usize, folded: &mut String) -> Piece {
        let byte = text.as_bytes().get(at).copied().unwrap_or(b' ');
        match byte {
            b' ' => return Piece::Blank(at + 1),
            b'\n' | b'\r' => return Piece::LineEnd(at + 1),
            0x09 | 0x0B | 0x0C | 0xC2 | 0xE1..=0xE3 => {
                if let Some(c) = text.get(at..).and_then(|rest| rest.chars().next())
                    && c.is_whitespace()
                {
                    let end = at + c.len_utf8();
                    return match c {
                        '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                            Piece::LineEnd(end)
                        }
                        _ => Piece::Blank(end),
                    };
                }
            }
            _ => {}
        }
        let (end, kind) = token(text, at);
        let end = end.max(at + 1);
        let wall = |as_word| {
            // The first byte of what is not ASCII is not among the marks that it is compared with.
            Piece::Token(end, as_word, self.wall(shape::starts_anew(kind, char::from(byte))))
        };
        match kind {
            TokenKind::Letters => {
                let spelled = text.get(at..end).unwrap_or_default();
                Piece::Token(end, WordKind::Word, self.known(spelled, folded))
            }
            TokenKind::Word => wall(WordKind::Word),
            TokenKind::Number => wall(WordKind::Number),
            TokenKind::Symbol => wall(WordKind::Symbol),
            TokenKind::Other => wall(WordKind::Other),
            TokenKind::Punctuation => wall(WordKind::Punctuation),
        }
    }

    /// Looks a syllable up, also in other spellings than the usual.
    fn known(&self, spelled: &str, folded: &mut String) -> Known {
        if let Some(known) = self.spellings.get(spelled) {
            return known;
        }
        if spelled.is_ascii() {
            // Small letters are all that the key of such a syllable needs.
            folded.clear();
            folded.push_str(spelled);
            folded.make_ascii_lowercase();
        } else {
            key_into(folded, spelled);
        }
        let case = Case::of(spelled);
        let unknown = || Known::new(self.syllables.len().saturating_sub(BEHIND) as u32, case);
        self.spellings.get(folded).map_or_else(unknown, |known| known.with_case(case))
    }

    /// What stands for a token that is no syllable; `opens` says whether any word has a capital
    /// behind it.
    fn wall(&self, opens: bool) -> Known {
        let behind = if opens { 1 } else { 2 };
        Known::new(self.syllables.len().saturating_sub(behind) as u32, Case::Lower)
    }

    fn syllable(&self, known: Known) -> Syllable {
        self.syllables.get(known.number() as usize).copied().unwrap_or(UNKNOWN)
    }

    /// Joins the syllables of the run, which are the last of `words`, to words along the cheapest
    /// way, and forgets them; but only up to the first word that ends at `enough` or behind.
    fn join(&self, run: &mut Run, enough: usize, source: Source<'_>, words: &mut Vec<Word>) {
        let n = run.len;
        if n == 0 {
            return;
        }
        let before = words.len().saturating_sub(n);
        let Some(units) = words.get_mut(before..) else { return };
        self.find_way(run, source, units);
        let (mut from, mut to) = (0, 0);
        while from < n && from < enough {
            let length = (run.ways[from] as usize).clamp(1, n - from);
            if let (Some(&Word { span, kind }), Some(last)) =
                (units.get(from), units.get(from + length - 1))
            {
                let span = Span::new(span.start(), last.span.end());
                units[to] = Word { span, kind };
            }
            to += 1;
            from += length;
        }
        units.copy_within(from.., to);
        words.truncate(before + to + n - from);
        run.is_start = run.known.get(from - 1) == Some(&self.wall(true));
        run.known.copy_within(from..n, 0);
        run.len = n - from;
    }
}

/// So many tokens are looked at together at most; few sentences have more.
const MOST_UNITS: usize = 128;
/// So many words are a part, where they are handed on in parts; hardly any sentence has more.
const PART: usize = 4096;

/// What stands at a place of a text.
enum Piece {
    /// White space up to here.
    Blank(usize),
    /// A line end up to here; no word reaches over it.
    LineEnd(usize),
    /// A token: its end, its kind, and its syllable or wall.
    Token(usize, WordKind, Known),
}

/// The text at hand, and where it begins in the text that the spans are meant for.
#[derive(Clone, Copy)]
struct Source<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Source<'t> {
    /// What so many units cover, from the one with this number.
    fn cover(self, units: &[Word], first: usize, length: usize) -> Option<&'t str> {
        let start = units.get(first)?.span.start();
        let end = units.get(first + length - 1)?.span.end();
        self.text.get(start - self.offset..end - self.offset)
    }
}

/// Tokens gathered; their spans are the last of the words found so far.
struct Run {
    /// One more than may be gathered, for the end.
    known: [Known; MOST_UNITS + 1],
    len: usize,
    /// The cheapest way to each place: its cost and the length of its last word, packed.
    ways: [u64; MOST_UNITS + 1],
    /// Whether the run begins where any word has a capital.
    is_start: bool,
}

impl Run {
    fn new() -> Run {
        Run {
            known: [Known::default(); MOST_UNITS + 1],
            len: 0,
            ways: [0; MOST_UNITS + 1],
            is_start: true,
        }
    }

    fn push(&mut self, known: Known) {
        if let Some(place) = self.known.get_mut(self.len) {
            *place = known;
            self.len += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lexicon_of_ones_own() {
        let segmenter = Segmenter::new(["học sinh", "sinh viên", "học"].into_iter().collect());
        let text = "học sinh viên học";
        let words: Vec<&str> =
            segmenter.words(text).iter().map(|it| &text[it.span.range()]).collect();
        assert_eq!(words.concat(), "họcsinhviênhọc".replace("họcsinhviên", &words[..2].concat()));
        assert_eq!(words.len(), 3);
    }

    #[test]
    fn a_sign_in_front_of_a_blank_is_a_word_without_it() {
        // To Unicode each of these is one grapheme: the sign stands in front of whatever follows.
        for text in ["\u{603} mưa", "\u{600}\u{301}\u{a0}mưa", "\u{110BD}\u{3000}\u{301}mưa"] {
            let words = Segmenter::built_in().words(text);
            let words: Vec<&str> =
                words.iter().filter_map(|it| text.get(it.span.range())).collect();
            assert!(words.len() > 1, "{words:?}");
            assert!(words.iter().all(|it| !it.contains(char::is_whitespace)), "{words:?}");
        }
    }

    #[test]
    fn no_name_in_capitals_reaches_over_a_mark() {
        for text in ["LÊ: VĂN", "NÔNG) LÂM", "HÀ\" NỘI", "TRẦN ”BÌNH"] {
            let words = Segmenter::built_in().words(text);
            let mark = |word: &&Word| word.kind == WordKind::Punctuation;
            assert_eq!(words.iter().filter(mark).count(), 1, "{text}");
        }
    }

    #[test]
    fn long_runs_are_cut_in_pieces() {
        let text = "học sinh ".repeat(5 * MOST_UNITS);
        let words = Segmenter::new(["học sinh"].into_iter().collect()).words(&text);
        assert_eq!(words.len(), 5 * MOST_UNITS);
    }

    #[test]
    fn parts_are_together_the_whole() {
        let sentence = "Ông Nguyễn Văn Hòa làm việc tại Hà Nội, 3.000 học sinh ";
        for text in ["", " ", "Hà Nội", &sentence.repeat(900), &sentence.repeat(2 * PART)] {
            for text in [text, &text.replace(", ", "\n")] {
                let (mut parts, mut all) = (0, Vec::new());
                let segmenter = Segmenter::built_in();
                segmenter.words_in_parts(text, 7, &mut Vec::new(), |part| {
                    parts += 1;
                    assert!(part.len() < 2 * PART);
                    all.extend_from_slice(part);
                });
                let mut whole = Vec::new();
                segmenter.words_into(text, 7, &mut whole);
                assert_eq!(all, whole);
                assert!(parts >= 1 && parts >= whole.len() / (2 * PART));
            }
        }
    }
}
