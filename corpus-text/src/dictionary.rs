//! [`Dictionary`]: words that a user wants joined or split, whatever the lexicon says.

use std::io::BufRead;

use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use crate::sentence::is_blank;
use crate::token::token;
use crate::{key, key_into};

/// Words to join and words to split, for
/// [`Segmenter::with_dictionary`](crate::Segmenter::with_dictionary).
///
/// A word to join is one wherever its parts stand side by side, numbers and marks among them. Read
/// from left to right, the first wins, and of several that begin at one place the longest. A word
/// to split is never one word; where its parts go instead the lexicon decides. Spellings are
/// compared by their [`key()`], so case and the place of the tone mark make no difference.
///
/// ```
/// use corpus_text::{Dictionary, Segmenter};
///
/// let dictionary = Dictionary::read("trí tuệ nhân tạo\n-đất nước\n".as_bytes())?;
/// let segmenter = Segmenter::built_in().with_dictionary(dictionary);
/// let text = "Trí tuệ nhân tạo giúp đất nước.";
/// let words = segmenter.words(text);
/// let words: Vec<&str> = words.iter().map(|word| &text[word.span.range()]).collect();
/// assert_eq!(words, ["Trí tuệ nhân tạo", "giúp", "đất", "nước", "."]);
/// # Ok::<(), corpus_text::DictionaryError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// Words to join as paths of tokens; the first node is the root.
    nodes: Vec<Node>,
    joins: usize,
    /// Keys of the words to split.
    splits: FxHashSet<Box<str>>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    next: FxHashMap<Box<str>, usize>,
    is_word: bool,
}

/// A word may have so many parts; it bounds the work at each place of a text.
const MOST_PARTS: usize = 32;

impl Dictionary {
    /// A dictionary without words.
    pub fn new() -> Dictionary {
        Dictionary::default()
    }

    /// Reads words, one a line; see [`add_lines`](Dictionary::add_lines).
    ///
    /// # Errors
    ///
    /// Where the input cannot be read, or a line makes no sense.
    pub fn read(input: impl BufRead) -> Result<Dictionary, DictionaryError> {
        let mut dictionary = Dictionary::new();
        dictionary.add_lines(input)?;
        Ok(dictionary)
    }

    /// Adds words, one a line.
    ///
    /// A line is a word to join, its parts separated by blanks or `_`; with `-` in front it is a
    /// word to split. Empty lines and those that begin with `#` are skipped, and so is what stands
    /// behind a tab, where lists of words keep counts. A word of a single part changes nothing. Of
    /// two lines about one word the later counts.
    ///
    /// # Errors
    ///
    /// Where the input cannot be read, or a line makes no sense.
    ///
    /// ```
    /// use corpus_text::Dictionary;
    ///
    /// let error = Dictionary::read("# của tôi\nhọc máy\n-\n".as_bytes()).unwrap_err();
    /// assert_eq!(error.to_string(), "line 3: no word behind the dash");
    /// ```
    pub fn add_lines(&mut self, mut input: impl BufRead) -> Result<(), DictionaryError> {
        let mut line = String::new();
        for number in 1.. {
            line.clear();
            let at = |kind| DictionaryError { line: number, kind };
            match input.read_line(&mut line) {
                Ok(0) => break,
                Ok(_) => self.add_line(line.trim_start_matches('\u{FEFF}')).map_err(at)?,
                Err(error) => return Err(at(DictionaryErrorKind::Read(error))),
            }
        }
        Ok(())
    }

    fn add_line(&mut self, line: &str) -> Result<(), DictionaryErrorKind> {
        let word = line.split('\t').next().unwrap_or_default().trim();
        if word.is_empty() || word.starts_with('#') {
            return Ok(());
        }
        match word.strip_prefix('-') {
            None => self.join(word),
            Some(word) => self.split(word),
        }
    }

    /// Adds a word to join, its parts separated by blanks or `_`.
    ///
    /// # Errors
    ///
    /// If it has more than 32 parts.
    pub fn join(&mut self, word: &str) -> Result<(), DictionaryErrorKind> {
        let parts = parts(word)?;
        self.splits.remove(&*parts.join(" "));
        // A single part is a token as it is.
        if parts.len() > 1 {
            let place = self.place(&parts);
            self.mark(place, true);
        }
        Ok(())
    }

    /// Adds a word to split, its syllables separated by blanks or `_`.
    ///
    /// # Errors
    ///
    /// If there is nothing to split, or it has more than 32 parts.
    pub fn split(&mut self, word: &str) -> Result<(), DictionaryErrorKind> {
        let parts = parts(word)?;
        match parts.len() {
            0 => return Err(DictionaryErrorKind::NoWord),
            1 => return Err(DictionaryErrorKind::OnePart),
            _ => {}
        }
        let place = self.place(&parts);
        self.mark(place, false);
        self.splits.insert(parts.join(" ").into());
        Ok(())
    }

    /// How many words there are to join and to split.
    pub fn len(&self) -> usize {
        self.joins + self.splits.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The node at the end of the path of these parts.
    fn place(&mut self, parts: &[String]) -> usize {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut place = 0;
        for part in parts {
            let free = self.nodes.len();
            let Some(node) = self.nodes.get_mut(place) else { break };
            place = *node.next.entry(part.as_str().into()).or_insert(free);
            if place == free {
                self.nodes.push(Node::default());
            }
        }
        place
    }

    fn mark(&mut self, place: usize, is_word: bool) {
        if let Some(node) = self.nodes.get_mut(place) {
            self.joins = self.joins + usize::from(is_word) - usize::from(node.is_word);
            node.is_word = is_word;
        }
    }

    /// The keys of the tokens with which words to join begin, and maybe others.
    pub(crate) fn first_parts(&self) -> impl Iterator<Item = &str> {
        let root = self.nodes.first().filter(|_| self.joins > 0);
        root.into_iter().flat_map(|root| root.next.keys().map(|key| &**key))
    }

    /// The keys of the tokens with which words to split begin.
    pub(crate) fn first_of_splits(&self) -> impl Iterator<Item = &str> {
        self.splits.iter().filter_map(|word| word.split(' ').next())
    }

    /// Where the longest word to join ends that begins at `at`, the beginning of a token.
    pub(crate) fn joined_end(&self, text: &str, at: usize, buffer: &mut String) -> Option<usize> {
        if self.joins == 0 {
            return None;
        }
        let mut node = self.nodes.first()?;
        let mut longest = None;
        let mut at = at;
        loop {
            let rest = text.get(at..)?;
            if rest.is_empty() || rest.starts_with(char::is_whitespace) {
                return longest;
            }
            let (end, _) = token(text, at);
            key_into(buffer, text.get(at..end)?);
            let Some(next) = node.next.get(buffer.as_str()).and_then(|&it| self.nodes.get(it))
            else {
                return longest;
            };
            node = next;
            if node.is_word {
                longest = Some(end);
            }
            let behind = text.get(end..)?;
            at = end + (behind.len() - behind.trim_start_matches(is_blank).len());
        }
    }

    /// Whether this must not be one word.
    pub(crate) fn is_split(&self, word: &str) -> bool {
        !self.splits.is_empty() && self.splits.contains(&*key(word))
    }
}

/// The keys of the tokens of a word.
fn parts(word: &str) -> Result<Vec<String>, DictionaryErrorKind> {
    let word = word.replace('_', " ");
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(rest) = word.get(at..) {
        let rest = rest.trim_start();
        at = word.len() - rest.len();
        if rest.is_empty() {
            break;
        }
        if parts.len() == MOST_PARTS {
            return Err(DictionaryErrorKind::TooLong);
        }
        let (end, _) = token(&word, at);
        let end = end.max(at + 1);
        parts.push(key(word.get(at..end).unwrap_or_default()).into_owned());
        at = end;
    }
    Ok(parts)
}

/// Why a dictionary cannot be read, and where.
#[derive(Debug, Error)]
#[error("line {line}: {kind}")]
pub struct DictionaryError {
    line: u64,
    #[source]
    kind: DictionaryErrorKind,
}

impl DictionaryError {
    /// The line, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// What is wrong there.
    pub fn kind(&self) -> &DictionaryErrorKind {
        &self.kind
    }
}

/// What can be wrong with a word of a dictionary.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DictionaryErrorKind {
    /// The line cannot be read, or is not UTF-8.
    #[error("{0}")]
    Read(std::io::Error),
    /// A word of more than 32 parts.
    #[error("the word has more than 32 parts")]
    TooLong,
    /// A dash without a word behind it.
    #[error("no word behind the dash")]
    NoWord,
    /// A word to split that has one syllable.
    #[error("a word of one part cannot be split")]
    OnePart,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Segmenter;

    /// The words of a text with blanks between them and `_` inside.
    fn words(lines: &str, text: &str) -> String {
        let dictionary = Dictionary::read(lines.as_bytes()).unwrap();
        let words = Segmenter::built_in().with_dictionary(dictionary).words(text);
        let words = words.iter().map(|it| text[it.span.range()].replace(char::is_whitespace, "_"));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn joins() {
        for (lines, text, expected) in [
            ("học máy", "Anh học máy.", "Anh học_máy ."),
            ("học_máy\t17", "Anh HỌC  máy", "Anh HỌC__máy"),
            ("khóa học máy", "Một khoá học\u{A0}máy", "Một khoá_học_máy"),
            // The longest that begins at a place, and the first from the left.
            ("học máy\nhọc máy sâu", "học máy sâu học máy", "học_máy_sâu học_máy"),
            ("học máy sâu", "học máy tính", "học máy_tính"),
            ("sinh viên học\nhọc máy", "sinh viên học máy", "sinh_viên_học máy"),
            // What the lexicon would have joined with its neighbour.
            ("sinh viên", "học sinh viên", "học sinh_viên"),
            // Numbers and marks are parts like others.
            ("iPhone 15 Pro", "Mua iPhone 15 Pro.", "Mua iPhone_15_Pro ."),
            ("chính trị - xã hội", "hệ thống chính trị-xã hội", "hệ_thống chính_trị-xã_hội"),
            ("38°C", "sốt 38°C", "sốt 38°C"),
            // Not across line ends, and not in parts of tokens.
            ("học máy", "học\nmáy", "học máy"),
            ("học máy", "học máy-tính", "học_máy - tính"),
            ("học máy", "học máyabc", "học máyabc"),
            // A word of one part changes nothing.
            ("học", "học sinh", "học_sinh"),
            ("", "học sinh", "học_sinh"),
        ] {
            assert_eq!(words(lines, text), expected, "{lines}");
        }
    }

    #[test]
    fn splits() {
        for (lines, text, expected) in [
            ("-học sinh", "Học sinh đến", "Học sinh đến"),
            ("- học_sinh", "học sinh viên", "học sinh_viên"),
            // A name that no lexicon holds.
            ("-Lâm Vĩ", "gặp Lâm Vĩ", "gặp Lâm Vĩ"),
            // Only the word itself, not a longer one.
            ("-hợp tác", "hợp tác xã", "hợp_tác_xã"),
            ("học sinh\n-học sinh", "học sinh", "học sinh"),
            ("-học sinh\nhọc sinh", "học sinh", "học_sinh"),
        ] {
            assert_eq!(words(lines, text), expected, "{lines}");
        }
    }

    #[test]
    fn long_runs_keep_to_it() {
        let text = "học sinh ".repeat(1000);
        let dictionary = Dictionary::read("-học sinh".as_bytes()).unwrap();
        let segmenter = Segmenter::built_in().with_dictionary(dictionary);
        let mut words = segmenter.words(&text).into_iter();
        assert!(words.all(|it| &text[it.span.range()] != "học sinh"));
    }

    #[test]
    fn errors_say_where() {
        for (lines, expected) in [
            ("-\n", "line 1: no word behind the dash"),
            ("\u{FEFF}# x\n\nhọc máy\n-máy", "line 4: a word of one part cannot be split"),
            (&"a ".repeat(33), "line 1: the word has more than 32 parts"),
        ] {
            let error = Dictionary::read(lines.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
        let error = Dictionary::read(&b"a b\n\xFF\n"[..]).unwrap_err();
        assert_eq!(error.line(), 2);
        assert!(matches!(error.kind(), DictionaryErrorKind::Read(_)));
    }

    #[test]
    fn counts_each_word_once() {
        let mut dictionary = Dictionary::new();
        assert!(dictionary.is_empty());
        let lines = "học máy\nHỌC MÁY\nkhoa học dữ liệu\n-đất nước\n-đất nước\n";
        dictionary.add_lines(lines.as_bytes()).unwrap();
        assert_eq!(dictionary.len(), 3);
        dictionary.split("học máy").unwrap();
        assert_eq!(dictionary.len(), 3);
    }
}
