//! Gold text: sentences whose words are known, to train with and to score against.

use std::io::BufRead;

use corpus_model::Span;
use thiserror::Error;

/// A sentence whose words are known.
///
/// ```
/// use corpus_text::GoldSentence;
///
/// let sentence = GoldSentence::printed(["Ông", "nói", ":", "\"", "Đi", "thôi", "\"", "."]);
/// assert_eq!(sentence.text(), "Ông nói: \"Đi thôi\".");
/// assert_eq!(sentence.words().count(), 8);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldSentence {
    text: String,
    spans: Vec<Span>,
    begins_part: bool,
}

impl GoldSentence {
    /// The sentence of these words, spaced as newspapers print it: no blank in front of what
    /// closes, none behind what opens, straight quotes in pairs.
    ///
    /// Treebanks set every mark apart; text as people write it does not. Each run of white space
    /// inside a word is one blank; words of white space alone are left out.
    pub fn printed<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> GoldSentence {
        let mut sentence = GoldSentence::default();
        let mut glued = true;
        let mut quoted = false;
        for word in words {
            let word = word.as_ref().trim();
            let is_quote = matches!(word, "\"" | "''" | "``");
            let closes = if is_quote { quoted } else { CLOSING.contains(&word) };
            sentence.push(word, glued || closes);
            glued = if is_quote { !quoted } else { OPENING.contains(&word) };
            quoted ^= is_quote;
        }
        sentence
    }

    /// The sentence of these words, each with whether the next stands right behind it.
    pub fn spaced<W: AsRef<str>>(words: impl IntoIterator<Item = (W, bool)>) -> GoldSentence {
        let mut sentence = GoldSentence::default();
        let mut glued = true;
        for (word, next_is_glued) in words {
            sentence.push(word.as_ref(), glued);
            glued = next_is_glued;
        }
        sentence
    }

    fn push(&mut self, word: &str, glued: bool) {
        let mut parts = word.split_whitespace();
        let Some(first) = parts.next() else { return };
        if !glued && !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(first);
        for part in parts {
            self.text.push(' ');
            self.text.push_str(part);
        }
        self.spans.push(Span::new(start, self.text.len()));
    }

    /// The text of the sentence.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the words are in the text.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The words, with blanks between syllables.
    pub fn words(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.spans.iter().map(|span| self.text.get(span.range()).unwrap_or_default())
    }

    /// Whether a document or paragraph begins here, as far as the gold text tells.
    pub fn begins_part(&self) -> bool {
        self.begins_part
    }
}

const CLOSING: [&str; 14] =
    [".", ",", ";", ":", "?", "!", "...", "…", ")", "]", "}", "”", "’", "%"];
const OPENING: [&str; 5] = ["(", "[", "{", "“", "‘"];

/// Reads gold text: CoNLL-U, or lines of words separated by blanks with `_` between syllables.
///
/// What it is its first line tells: CoNLL-U begins with `#` or has tabs. Lines are
/// [`printed`](GoldSentence::printed), and an empty one ends a paragraph. CoNLL-U is spaced as its
/// `SpaceAfter=No` say; where it has none of them, it is printed too.
///
/// # Errors
///
/// Where the input cannot be read, or a line of CoNLL-U is no word.
///
/// ```
/// let gold = corpus_text::read_gold("Họp về cải_cách hành_chính .\n".as_bytes())?;
/// assert_eq!(gold[0].text(), "Họp về cải cách hành chính.");
/// assert_eq!(gold[0].words().nth(2), Some("cải cách"));
/// # Ok::<(), corpus_text::GoldError>(())
/// ```
pub fn read_gold(mut input: impl BufRead) -> Result<Vec<GoldSentence>, GoldError> {
    let mut rows: Vec<Row> = Vec::new();
    let mut conllu = None;
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        match input.read_line(&mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                return Err(GoldError { line: number, kind: GoldErrorKind::Read(error) });
            }
        }
        let line = line.trim_end_matches(['\n', '\r']).trim_start_matches('\u{FEFF}');
        if conllu.is_none() && !line.trim().is_empty() {
            conllu = Some(line.starts_with('#') || line.contains('\t'));
        }
        match conllu {
            None => {}
            Some(false) => rows.extend(joined_row(line)),
            Some(true) => {
                rows.extend(conllu_row(line).map_err(|kind| GoldError { line: number, kind })?);
            }
        }
    }
    Ok(sentences(rows, conllu.unwrap_or_default()))
}

/// What a line of gold text says.
enum Row {
    /// A word, and whether the next is glued to it.
    Word(String, bool),
    /// All words of a sentence.
    Words(Vec<String>),
    End,
    Part,
}

/// Words with `_` between syllables; what consists of `_` is one as it stands.
fn joined_row(line: &str) -> Option<Row> {
    if line.trim().is_empty() {
        return Some(Row::Part);
    }
    let plain = |word: &str| match word.trim_matches('_') {
        "" => word.to_owned(),
        _ => word.replace('_', " "),
    };
    Some(Row::Words(line.split_whitespace().map(plain).collect()))
}

fn conllu_row(line: &str) -> Result<Option<Row>, GoldErrorKind> {
    if line.trim().is_empty() {
        return Ok(Some(Row::End));
    }
    if let Some(comment) = line.strip_prefix('#') {
        let comment = comment.trim_start();
        let is_part = comment.starts_with("newpar") || comment.starts_with("newdoc");
        return Ok(is_part.then_some(Row::Part));
    }
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, form, .., misc] = cells.as_slice() else {
        return Err(GoldErrorKind::Cells(cells.len()));
    };
    if cells.len() != 10 {
        return Err(GoldErrorKind::Cells(cells.len()));
    }
    // Ranges and empty nodes repeat or add to the words.
    if !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let glued = misc.split('|').any(|it| it == "SpaceAfter=No");
    Ok(Some(Row::Word((*form).to_owned(), glued)))
}

fn sentences(rows: Vec<Row>, conllu: bool) -> Vec<GoldSentence> {
    let tells_spaces = rows.iter().any(|row| matches!(row, Row::Word(_, true)));
    let mut sentences: Vec<GoldSentence> = Vec::new();
    let mut begins_part = true;
    let mut add = |sentence: GoldSentence, begins_part: &mut bool| {
        if !sentence.spans.is_empty() {
            sentences.push(GoldSentence { begins_part: *begins_part, ..sentence });
            *begins_part = false;
        }
    };
    let mut words: Vec<(String, bool)> = Vec::new();
    // A file may end without an empty line.
    for row in rows.into_iter().chain(conllu.then_some(Row::End)) {
        match row {
            Row::Word(word, glued) => words.push((word, glued)),
            Row::Words(words) => add(GoldSentence::printed(words), &mut begins_part),
            Row::Part => begins_part = true,
            Row::End => {
                let words = words.drain(..);
                let sentence = match tells_spaces {
                    true => GoldSentence::spaced(words),
                    false => GoldSentence::printed(words.map(|(word, _)| word)),
                };
                add(sentence, &mut begins_part);
            }
        }
    }
    sentences
}

/// Why gold text cannot be read, and where.
#[derive(Debug, Error)]
#[error("line {line}: {kind}")]
pub struct GoldError {
    line: u64,
    kind: GoldErrorKind,
}

impl GoldError {
    /// The line, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// What is wrong there.
    pub fn kind(&self) -> &GoldErrorKind {
        &self.kind
    }
}

/// What can be wrong with a line of gold text.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GoldErrorKind {
    /// It cannot be read, or is not UTF-8.
    #[error("{0}")]
    Read(std::io::Error),
    /// A line of CoNLL-U with more or fewer cells than ten.
    #[error("{0} cells where CoNLL-U has 10")]
    Cells(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spaced_as_in_print() {
        for (words, text) in [
            ("Ông nói : \" Đi thôi \" .", "Ông nói: \"Đi thôi\"."),
            ("Tăng 5 % ( năm ) …", "Tăng 5% (năm)…"),
            ("“ Đi ? ” ``A ''", "“Đi?” ``A ''"),
            ("`` A ''", "`` A ''".replace("`` ", "``").replace(" ''", "''").as_str()),
            ("2015 - 2020", "2015 - 2020"),
            ("", ""),
        ] {
            let sentence = GoldSentence::printed(words.split(' '));
            assert_eq!(sentence.text(), text);
            let words: Vec<&str> = words.split_whitespace().collect();
            assert_eq!(sentence.words().collect::<Vec<_>>(), words);
        }
    }

    #[test]
    fn lines() {
        let text = "\u{FEFF}\nHọp về cải_cách .\n___ là dấu\r\n\n \nHết .";
        let gold = read_gold(text.as_bytes()).unwrap();
        let texts: Vec<&str> = gold.iter().map(GoldSentence::text).collect();
        assert_eq!(texts, ["Họp về cải cách.", "___ là dấu", "Hết."]);
        let parts: Vec<bool> = gold.iter().map(GoldSentence::begins_part).collect();
        assert_eq!(parts, [true, false, true]);
    }

    #[test]
    fn conllu() {
        let row =
            |id: &str, form: &str, misc: &str| format!("{id}\t{form}{}\t{misc}\n", "\t_".repeat(7));
        let apart = ["# newdoc\n", &row("1", "Cải\u{a0}cách", "_"), &row("2", ".", "_")].concat();
        let gold = read_gold(apart.as_bytes()).unwrap();
        assert_eq!(gold[0].text(), "Cải cách.");
        assert_eq!(gold[0].words().collect::<Vec<_>>(), ["Cải cách", "."]);
        let spaced = [
            row("1-2", "Đi!", "_"),
            row("1", "Đi", "X=1|SpaceAfter=No"),
            row("2", "!", "_"),
            row("2.1", "bỏ", "_"),
            row("3", "…", "_"),
            "\n\n".to_owned(),
            row("1", "Về", "_"),
            row("2", ".", "_"),
        ]
        .concat();
        let gold = read_gold(spaced.as_bytes()).unwrap();
        let texts: Vec<&str> = gold.iter().map(GoldSentence::text).collect();
        assert_eq!(texts, ["Đi! …", "Về ."]);
    }

    #[test]
    fn errors_say_where() {
        let error = read_gold("# x\n1\tHọp\n".as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "line 2: 2 cells where CoNLL-U has 10");
        let error = read_gold(&b"a\n\xFF"[..]).unwrap_err();
        assert_eq!(error.line(), 2);
        assert!(read_gold(&b""[..]).unwrap().is_empty());
    }
}
