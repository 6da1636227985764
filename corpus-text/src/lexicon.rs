//! [`Lexicon`]: the words that a segmenter knows, with how common each is.

use std::borrow::Cow;
use std::io::BufRead;

use rustc_hash::FxHashMap;
use thiserror::Error;

use crate::shape::Shapes;
use crate::trie::Paths;
use crate::{key, key_into};

/// The words that a [`Segmenter`](crate::Segmenter) knows, with how common each is.
///
/// Words are compared by their [`key()`], so `khoá` and `Khóa` are one word.
///
/// ```
/// use corpus_text::Lexicon;
///
/// let lexicon: Lexicon = ["học sinh", "sinh viên"].into_iter().collect();
/// assert!(lexicon.contains("Học sinh"));
/// assert!(!lexicon.contains("học"));
/// assert!(Lexicon::built_in().contains("thành phố"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Syllables by their keys; the place in the list is the number of the syllable.
    syllables: FxHashMap<Box<str>, u32>,
    /// How many times a syllable stood alone as a word, by its number.
    singles: Vec<f32>,
    /// Words of several syllables with their counts.
    words: Paths,
    /// What it costs a word to be written as it is.
    shapes: Shapes,
}

const BUILT_IN: &str = include_str!("../data/words/lexicon.tsv");

impl Lexicon {
    /// A lexicon without words, which makes each syllable a word.
    pub fn new() -> Lexicon {
        Lexicon::default()
    }

    /// The lexicon that comes with the crate, made from news; see `data/words/README.md`.
    pub fn built_in() -> Lexicon {
        let mut lexicon = Lexicon::new();
        lexicon.words.reserve(BUILT_IN.len() / 16);
        lexicon.syllables.reserve(BUILT_IN.len() / 128);
        // The file holds keys already, and is sorted: most first syllables are those of the line
        // before.
        let text = lexicon.read_shapes(BUILT_IN);
        let mut last = ("", 0);
        let mut word = [0; MOST_SYLLABLES];
        let mut n = 0;
        let mut rest = text;
        while let Some(end) = rest.as_bytes().iter().position(|&byte| byte <= b' ')
            && let Some((part, behind)) = rest.split_at_checked(end)
        {
            rest = behind.get(1..).unwrap_or_default();
            if behind.starts_with('\n') {
                let word = word.get(..n).unwrap_or_default();
                lexicon.add_numbers(word, part.parse().unwrap_or_default());
                n = 0;
                continue;
            }
            if n > 0 || part != last.0 {
                let number = lexicon.number(part);
                last = if n == 0 { (part, number) } else { last };
                if let Some(place) = word.get_mut(n) {
                    *place = number;
                }
            }
            n += 1;
        }
        lexicon
    }

    /// Reads words, one a line, optionally with a tab and a count behind each.
    ///
    /// Empty lines and lines that begin with `#` are skipped. A word without a count gets that of
    /// a common word, so that it wins over the parts it is made of.
    ///
    /// # Errors
    ///
    /// Where the input cannot be read, or a count is no whole number.
    ///
    /// ```
    /// use corpus_text::Lexicon;
    ///
    /// let lexicon = Lexicon::read("# từ mới\ntrí tuệ nhân tạo\t120\n".as_bytes())?;
    /// assert!(lexicon.contains("trí tuệ nhân tạo"));
    ///
    /// let error = Lexicon::read("hôm nay\tnhiều".as_bytes()).unwrap_err();
    /// assert_eq!(error.to_string(), "line 1: the count is no whole number");
    /// # Ok::<(), corpus_text::LexiconError>(())
    /// ```
    pub fn read(mut input: impl BufRead) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::new();
        let mut line = String::new();
        let mut buffer = String::new();
        for number in 1.. {
            line.clear();
            let at = |kind| LexiconError { line: number, kind };
            match input.read_line(&mut line) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => return Err(at(LexiconErrorKind::Read(error))),
            }
            if !lexicon.read_line(line.trim_end_matches(['\n', '\r']), &mut buffer) {
                return Err(at(LexiconErrorKind::Count));
            }
        }
        Ok(lexicon)
    }

    /// Takes the lines in front that tell what shapes cost; returns the others.
    fn read_shapes<'t>(&mut self, mut text: &'t str) -> &'t str {
        while let Some((line, rest)) = text.split_once('\n')
            && self.shapes.read_line(line)
        {
            text = rest;
        }
        text
    }

    /// Adds the word of a line; false if its count is no number.
    fn read_line(&mut self, line: &str, buffer: &mut String) -> bool {
        if line.is_empty() || line.starts_with('#') || self.shapes.read_line(line) {
            return true;
        }
        let (word, count) = match line.split_once('\t') {
            None => (line, Some(COMMON)),
            Some((word, count)) => (word, count.trim().parse().ok()),
        };
        let Some(count) = count else { return false };
        key_into(buffer, word);
        self.add_key(buffer, count);
        true
    }

    /// Adds a word, or to the count of one that is there.
    ///
    /// The syllables of the word are separated by blanks.
    pub fn add(&mut self, word: &str, count: u64) {
        self.add_key(&key(word), count);
    }

    fn add_key(&mut self, key: &str, count: u64) {
        let mut word = [0; MOST_SYLLABLES];
        let syllables = || key.split(' ').filter(|syllable| !syllable.is_empty());
        let n = syllables().count();
        let Some(word) = word.get_mut(..n) else { return };
        for (place, syllable) in word.iter_mut().zip(syllables()) {
            *place = self.number(syllable);
        }
        self.add_numbers(word, count);
    }

    /// Adds a word given as the numbers of its syllables.
    fn add_numbers(&mut self, word: &[u32], count: u64) {
        if let [single] = *word {
            if let Some(sum) = self.singles.get_mut(single as usize) {
                *sum += count as f32;
            }
        } else {
            self.words.add(word, count as f32);
        }
    }

    /// The number of a syllable, a new one if it is new.
    fn number(&mut self, syllable: &str) -> u32 {
        let syllable = with_i(syllable);
        if let Some(&number) = self.syllables.get(&*syllable) {
            return number;
        }
        let number = self.singles.len() as u32;
        self.singles.push(0.0);
        self.syllables.insert(syllable.into(), number);
        number
    }

    /// Whether the word is there, however it is spelled.
    pub fn contains(&self, word: &str) -> bool {
        let key = key(word);
        let syllables = key.split(' ').filter(|it| !it.is_empty());
        let numbers: Option<Vec<u32>> =
            syllables.map(|syllable| self.syllables.get(&*with_i(syllable)).copied()).collect();
        match numbers.as_deref() {
            None | Some([]) => false,
            Some(&[single]) => self.singles.get(single as usize).is_some_and(|&count| count > 0.0),
            Some(several) => self.words.count(several).is_some(),
        }
    }

    /// How many words of one or more syllables there are.
    pub fn len(&self) -> usize {
        self.words.len() + self.singles.iter().filter(|&&count| count > 0.0).count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Syllables with their numbers, in no order.
    pub(crate) fn syllables(&self) -> impl Iterator<Item = (&str, u32)> {
        self.syllables.iter().map(|(syllable, &number)| (&**syllable, number))
    }

    /// The counts of single syllables, by number.
    pub(crate) fn singles(&self) -> &[f32] {
        &self.singles
    }

    /// How often each syllable was seen alone or as the last of a word, by number: near enough to
    /// how common it is.
    pub(crate) fn syllable_counts(&self) -> Vec<f32> {
        let mut counts = self.singles.clone();
        for (syllable, count) in self.words.last_syllables() {
            if let Some(sum) = counts.get_mut(syllable as usize) {
                *sum += count;
            }
        }
        counts
    }

    /// The words of several syllables with their counts.
    pub(crate) fn words(&self) -> &Paths {
        &self.words
    }

    pub(crate) fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// The sum of all counts.
    pub(crate) fn total(&self) -> f64 {
        self.words.total() + self.singles.iter().map(|&count| f64::from(count)).sum::<f64>()
    }
}

/// The key of a syllable with `i` for a `y` that is no more than a habit of spelling: `quý` and
/// `quí`, `lý` and `lí` are one syllable to a lexicon.
///
/// Behind these consonants both are in use; elsewhere the letters tell syllables apart (`tay`,
/// `tai`) or one of them is not written.
pub(crate) fn with_i(key: &str) -> Cow<'_, str> {
    let Some((at, last)) = key.char_indices().next_back() else { return key.into() };
    let i = match last {
        'y' => 'i',
        'ý' => 'í',
        'ỳ' => 'ì',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        _ => return key.into(),
    };
    match key.get(..at) {
        Some(onset) if EITHER.contains(&onset) => format!("{onset}{i}").into(),
        _ => key.into(),
    }
}

/// The other spelling of a syllable that [`with_i`] has made one of two.
pub(crate) fn with_y(key: &str) -> Option<String> {
    let (at, last) = key.char_indices().next_back()?;
    let y = match last {
        'i' => 'y',
        'í' => 'ý',
        'ì' => 'ỳ',
        'ỉ' => 'ỷ',
        'ĩ' => 'ỹ',
        'ị' => 'ỵ',
        _ => return None,
    };
    let onset = key.get(..at).filter(|it| EITHER.contains(it))?;
    Some(format!("{onset}{y}"))
}

/// Behind these a last `i` may be written `y`.
const EITHER: [&str; 7] = ["h", "k", "l", "m", "s", "t", "qu"];

/// Longer words are left out; the longest in use are proverbs.
pub(crate) const MOST_SYLLABLES: usize = 8;

/// The count of a word that comes without one.
const COMMON: u64 = 1000;

impl<W: AsRef<str>> FromIterator<W> for Lexicon {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Lexicon {
        let mut lexicon = Lexicon::new();
        lexicon.extend(words);
        lexicon
    }
}

impl<W: AsRef<str>> Extend<W> for Lexicon {
    fn extend<I: IntoIterator<Item = W>>(&mut self, words: I) {
        for word in words {
            self.add(word.as_ref(), COMMON);
        }
    }
}

/// Why a lexicon cannot be read, and where.
#[derive(Debug, Error)]
#[error("line {line}: {kind}")]
pub struct LexiconError {
    line: u64,
    #[source]
    kind: LexiconErrorKind,
}

impl LexiconError {
    /// The line, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// What is wrong there.
    pub fn kind(&self) -> &LexiconErrorKind {
        &self.kind
    }
}

/// What can be wrong with a line of a lexicon.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LexiconErrorKind {
    /// It cannot be read, or is not UTF-8.
    #[error("{0}")]
    Read(std::io::Error),
    /// What stands behind the tab is no whole number.
    #[error("the count is no whole number")]
    Count,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_one_word() {
        let lexicon: Lexicon = ["khoá học", "Hà Nội"].into_iter().collect();
        for word in ["khóa học", "KHOÁ HỌC", "khoa\u{301} học", "hà  nội"] {
            assert!(lexicon.contains(word), "{word}");
        }
        for word in ["khóa", "học", "", " ", "hà nội mới", "xyz"] {
            assert!(!lexicon.contains(word), "{word}");
        }
        assert_eq!(lexicon.len(), 2);
    }

    #[test]
    fn errors_say_where() {
        let error = Lexicon::read("# x\nhôm nay\t5\nhôm qua\t-1\n".as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "line 3: the count is no whole number");
        assert_eq!(error.line(), 3);
        let error = Lexicon::read(&b"a\n\xFF\n"[..]).unwrap_err();
        assert_eq!(error.line(), 2);
        assert!(matches!(error.kind(), LexiconErrorKind::Read(_)));
    }

    #[test]
    fn words_that_are_too_long_are_left_out() {
        let lexicon: Lexicon = ["a b c d e f g h", "a b c d e f g h i"].into_iter().collect();
        assert_eq!(lexicon.len(), 1);
    }
}
