//! [`Pattern`]: words to look for, with wildcards and alternatives.

use std::fmt;
use std::ops::Range;

use corpus_model::{Annotations, Document};

use crate::runs;

/// Words to look for.
///
/// Words are compared by their [key](corpus_text::key): case and the place of the tone mark do not
/// count. A blank in the pattern is one in the text, inside a word or between two, so nobody has to
/// know how `cải cách hành chính` is cut; but what is found begins where a word begins and ends
/// where a word ends: `học` does not find the half of `học sinh`.
///
/// | pattern | finds |
/// | --- | --- |
/// | `học*` | words that begin so: `học`, `học sinh` |
/// | `* sinh` | any word and then `sinh`, or a word that ends so: `học sinh` |
/// | `?` | one character |
/// | `(tăng\|giảm) giá` | one or the other |
/// | `\*` | the sign itself |
///
/// `*` does not reach beyond its word.
///
/// ```
/// use corpus_stats::Pattern;
///
/// let pattern = Pattern::parse("(cải|Cải) cách*").unwrap();
/// assert_eq!(pattern.find(&["đẩy mạnh", "cải cách", "hành chính"]), [1..2]);
/// assert_eq!(Pattern::parse("a (b").unwrap_err().to_string(), "a bracket is not closed");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    alternatives: Vec<Vec<Item>>,
}

/// What a pattern wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    /// This character.
    Letter(char),
    /// A blank, or the bound between two words.
    Blank,
    /// One character of the word.
    One,
    /// Any characters of the word, or none.
    Any,
}

/// Why a pattern cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternError {
    /// There is nothing to look for.
    Empty,
    /// A bracket is opened and not closed, or closed and not opened.
    Bracket,
    /// It stands for more than 1,000 alternatives.
    TooMany,
    /// It is longer than 1,000 characters.
    TooLong,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PatternError::Empty => "there is nothing to look for",
            PatternError::Bracket => "a bracket is not closed",
            PatternError::TooMany => "more than 1000 alternatives",
            PatternError::TooLong => "more than 1000 characters",
        })
    }
}

impl std::error::Error for PatternError {}

const MOST: usize = 1000;
/// Stands between words while a sentence is read.
const BOUND: char = '\n';

impl Pattern {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        if text.chars().count() > MOST {
            return Err(PatternError::TooLong);
        }
        let mut alternatives: Vec<Vec<Item>> = Vec::new();
        for branch in expand(&corpus_text::key(text.trim()))? {
            let items = items(&branch);
            if items.iter().any(|item| *item != Item::Blank) && !alternatives.contains(&items) {
                alternatives.push(items);
            }
        }
        if alternatives.is_empty() {
            Err(PatternError::Empty)
        } else {
            Ok(Pattern { alternatives })
        }
    }

    /// Where the pattern is found among the keys of a sentence's words, from left to right without
    /// overlaps; at each place the longest.
    pub fn find<K: AsRef<str>>(&self, keys: &[K]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let (mut start, mut states) = (0, States::default());
        while let Some(rest) = keys.get(start..).filter(|rest| !rest.is_empty()) {
            let longest =
                self.alternatives.iter().filter_map(|items| states.longest(items, rest)).max();
            match longest {
                Some(n) => {
                    found.push(start..start + n);
                    start += n;
                }
                None => start += 1,
            }
        }
        found
    }

    /// Where the pattern is found in a document: for each place the words of its sentence and the
    /// range among them.
    pub fn matches(
        &self,
        document: &Document,
        annotations: &Annotations,
        mut each: impl FnMut(&[corpus_model::Word], Range<usize>),
    ) {
        let mut keys: Vec<String> = Vec::new();
        runs::for_each_sentence(annotations, |words| {
            keys.resize(words.len().max(keys.len()), String::new());
            for (key, word) in keys.iter_mut().zip(words) {
                corpus_text::key_into(key, runs::spelling(document, *word));
            }
            let keys = keys.get(..words.len()).unwrap_or_default();
            for range in self.find(keys) {
                each(words, range);
            }
        });
    }
}

/// The places of a pattern that may come next, as marks beside its items.
#[derive(Default)]
struct States {
    now: Vec<bool>,
    next: Vec<bool>,
}

impl States {
    /// How many words the longest match takes that begins with the first.
    fn longest<K: AsRef<str>>(&mut self, items: &[Item], keys: &[K]) -> Option<usize> {
        let first = keys.first()?.as_ref().chars().next();
        if let Some(Item::Letter(wanted)) = items.first()
            && first != Some(*wanted)
        {
            return None;
        }
        self.next.clear();
        self.enter(0, items);
        std::mem::swap(&mut self.now, &mut self.next);
        let mut longest = None;
        for (n, key) in keys.iter().enumerate() {
            for c in key.as_ref().chars() {
                if !self.step(c, items) {
                    return longest;
                }
            }
            if self.now.get(items.len()) == Some(&true) {
                longest = Some(n + 1);
            }
            if !self.step(BOUND, items) {
                return longest;
            }
        }
        longest
    }

    /// Marks a place in what comes next, and those that stand behind stars which may be empty.
    fn enter(&mut self, mut place: usize, items: &[Item]) {
        if self.next.len() != items.len() + 1 {
            self.next.clear();
            self.next.resize(items.len() + 1, false);
        }
        loop {
            if let Some(mark) = self.next.get_mut(place) {
                *mark = true;
            }
            match items.get(place) {
                Some(Item::Any) => place += 1,
                _ => return,
            }
        }
    }

    /// Reads a character; false when nothing can follow.
    fn step(&mut self, c: char, items: &[Item]) -> bool {
        self.next.clear();
        self.next.resize(items.len() + 1, false);
        let blank = c == BOUND || c == ' ';
        let mut any = false;
        for place in 0..items.len() {
            if self.now.get(place) != Some(&true) {
                continue;
            }
            let to = match items.get(place) {
                Some(Item::Letter(wanted)) if *wanted == c => place + 1,
                Some(Item::Blank) if blank => place + 1,
                Some(Item::One) if !blank => place + 1,
                Some(Item::Any) if c != BOUND => place,
                _ => continue,
            };
            self.enter(to, items);
            any = true;
        }
        std::mem::swap(&mut self.now, &mut self.next);
        any
    }
}

/// A sign of the pattern; one behind a backslash means itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sign {
    c: char,
    quoted: bool,
}

/// All that a pattern stands for, its brackets and bars written out.
fn expand(text: &str) -> Result<Vec<Vec<Sign>>, PatternError> {
    // A level of brackets: the branches that are whole, and those that are being written.
    struct Level {
        before: Vec<Vec<Sign>>,
        done: Vec<Vec<Sign>>,
        open: Vec<Vec<Sign>>,
    }
    let level = |before| Level { before, done: Vec::new(), open: vec![Vec::new()] };
    let mut levels = vec![level(vec![Vec::new()])];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let (c, quoted) = match (c, c == '\\') {
            (_, true) => (chars.next().unwrap_or('\\'), true),
            (c, false) => (c, false),
        };
        let top = levels.last_mut().ok_or(PatternError::Bracket)?;
        match (c, quoted) {
            ('(', false) => {
                let before = std::mem::replace(&mut top.open, vec![Vec::new()]);
                levels.push(level(before));
            }
            ('|', false) => {
                let branches = std::mem::replace(&mut top.open, vec![Vec::new()]);
                top.done.extend(branches);
            }
            (')', false) => {
                let closed = levels.pop().ok_or(PatternError::Bracket)?;
                let outer = levels.last_mut().ok_or(PatternError::Bracket)?;
                let branches = [closed.done, closed.open].concat();
                if branches.len() * closed.before.len() > MOST {
                    return Err(PatternError::TooMany);
                }
                let join = |before: &Vec<Sign>| -> Vec<Vec<Sign>> {
                    branches.iter().map(|it| [before.as_slice(), it].concat()).collect()
                };
                outer.open = closed.before.iter().flat_map(join).collect();
            }
            _ => top.open.iter_mut().for_each(|branch| branch.push(Sign { c, quoted })),
        }
    }
    let last = levels.pop().filter(|_| levels.is_empty()).ok_or(PatternError::Bracket)?;
    let all = [last.done, last.open].concat();
    if all.len() > MOST { Err(PatternError::TooMany) } else { Ok(all) }
}

fn items(signs: &[Sign]) -> Vec<Item> {
    let mut items = Vec::new();
    for sign in signs {
        let item = match (sign.c, sign.quoted) {
            ('*', false) => Item::Any,
            ('?', false) => Item::One,
            (c, _) if c.is_whitespace() => Item::Blank,
            (c, _) => Item::Letter(c),
        };
        // Two blanks are one, and two stars too.
        let doubled = matches!(item, Item::Blank | Item::Any) && items.last() == Some(&item);
        if !doubled && (item != Item::Blank || !items.is_empty()) {
            items.push(item);
        }
    }
    if items.last() == Some(&Item::Blank) {
        items.pop();
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in words separated by bars, the words joined by blanks.
    fn found(pattern: &str, text: &str) -> Vec<String> {
        let keys: Vec<&str> = text.split('|').collect();
        let pattern = Pattern::parse(pattern).unwrap();
        pattern.find(&keys).into_iter().map(|it| keys[it].join(" ")).collect()
    }

    #[test]
    fn blanks_are_inside_words_or_between_them() {
        let text = "cải cách|hành chính|và|cải|cách|hành|chính|hành chính công";
        assert_eq!(found("Cải cách hành chính", text), ["cải cách hành chính"; 2]);
        assert_eq!(found("hành chính", text), ["hành chính"; 2]);
        assert_eq!(found("cách hành", text), ["cách hành"]);
        assert_eq!(found("  cải   cách ", text), ["cải cách"; 2]);
    }

    #[test]
    fn stars_stay_in_their_word() {
        let text = "học sinh|học|đại học|sinh viên|học phí";
        assert_eq!(found("học*", text), ["học sinh", "học", "học phí"]);
        assert_eq!(found("*học", text), ["học", "đại học"]);
        assert_eq!(found("* học", text), ["học sinh học", "đại học"]);
        assert_eq!(found("học * sinh*", text), ["học đại học sinh viên"]);
        assert_eq!(found("*", text).len(), 5);
        assert_eq!(found("h?c", text), ["học"]);
        assert_eq!(found("học?", text), [""; 0]);
    }

    #[test]
    fn brackets_are_written_out() {
        let text = "tăng|giá|giảm|giá|giá|tăng giá";
        assert_eq!(found("(tăng|giảm) giá", text), ["tăng giá", "giảm giá", "tăng giá"]);
        assert_eq!(found("(tăng|giảm|) giá", text), ["tăng giá", "giảm giá", "giá", "tăng giá"]);
        assert_eq!(found("tăng|giá giá", text), ["tăng", "giá giá"]);
        assert_eq!(found("((a|b)(c|d)|e)", "ac|bd|e|ab"), ["ac", "bd", "e"]);
        assert_eq!(found(r"\(*\|\*", "(a|*"), [""; 0]);
        assert_eq!(found(r"\*", "a|*|?"), ["*"]);
    }

    #[test]
    fn bad_patterns_are_refused() {
        let many = "(a|b)".repeat(12);
        let long = "a".repeat(1001);
        for (text, error) in [
            ("", PatternError::Empty),
            (" () ", PatternError::Empty),
            ("(a", PatternError::Bracket),
            ("a)", PatternError::Bracket),
            (&many, PatternError::TooMany),
            (&long, PatternError::TooLong),
        ] {
            assert_eq!(Pattern::parse(text), Err(error), "{text}");
        }
        assert!(Pattern::parse(&"(".repeat(900)).is_err());
    }
}
