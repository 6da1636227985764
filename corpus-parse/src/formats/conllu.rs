//! CoNLL-U: sentences and words of a treebank.

mod blanks;

use corpus_model::{BlockKind, WordKind};

use crate::laid_out::LaidOut;
use crate::{Checkpoint, Format, ParseError, Parser, Record, Source};
use blanks::{gaps, unescaped, white};

/// Sentences and words of a treebank, which stay as layers of the document.
///
/// A document begins with `# newdoc`, a block with `# newpar`; a file without `# newdoc` is cut
/// between sentences into documents of about a mebibyte, and a document without `# newpar` has a
/// block for each sentence. The text is put together from the words: by the white space that the last
/// column states in the way of UDPipe (`SpaceAfter`, `SpacesAfter`, `SpacesBefore`,
/// `SpacesInToken`), else by `# text`, where the words are found in it in their order, else with a
/// blank between words.
///
/// Of a word of several (`1-2`) the form as written is the word; empty nodes (`1.1`) are passed over.
/// What a treebank says of words beyond their form is not kept.
#[derive(Clone, Copy, Debug)]
pub struct Conllu;

impl Format for Conllu {
    fn name(&self) -> &'static str {
        "conllu"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["conllu", "conll"]
    }

    fn about(&self) -> &'static str {
        "CoNLL-U: a treebank, whose sentences and words stay as layers"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        // Comments and lines of ten columns, and nothing else.
        let mut lines = head.split(|&byte| byte == b'\n').take(64).peekable();
        let mut words = 0;
        while let Some(line) = lines.next() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            // The last line may be cut off.
            let cut = lines.peek().is_none();
            if line.is_empty() || line.starts_with(b"#") || cut {
                continue;
            }
            let columns = line.split(|&byte| byte == b'\t').count();
            if columns != COLUMNS || !line.first().is_some_and(u8::is_ascii_digit) {
                return false;
            }
            words += 1;
        }
        words > 0
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<ConlluParser>::default()
    }
}

/// So many columns has the line of a word.
const COLUMNS: usize = 10;
/// A document that no comment ends is ended behind a sentence when it has so many bytes.
const ENOUGH: usize = 1 << 20;
/// So many lines of a document that are no words are told one by one.
const TOLD: usize = 10;

#[derive(Default)]
struct ConlluParser {
    page: LaidOut,
    sentence: Sentence,
    /// The last identifier was stated by a comment, so that only another ends the document.
    named: bool,
}

/// The sentence at hand.
#[derive(Default)]
struct Sentence {
    words: Vec<Token>,
    /// What `# text` says.
    text: String,
    begins_block: bool,
    kind: Option<BlockKind>,
    /// The last word of several that the word before stands for.
    covered: u64,
}

/// A word as its line has it.
#[derive(Default)]
struct Token {
    form: String,
    kind: Option<WordKind>,
    before: String,
    /// White space behind it, where the line says.
    after: Option<String>,
    /// No white space stands behind it, says the line.
    glued: bool,
    /// The form is the one that `SpacesInToken` has.
    spelled: bool,
}

impl Parser for ConlluParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        self.page.clear();
        self.sentence = Sentence::default();
        self.named = false;
        let (mut lines, mut wrong) = (0_usize, 0_usize);
        // Where the comments in front of the sentence at hand begin.
        let mut begin: Option<Checkpoint> = None;
        let mut paragraphs = false;
        loop {
            let before = source.checkpoint();
            let Some(line) = source.line()? else {
                break;
            };
            let line = line.trim_start_matches('\u{feff}');
            if line.trim().is_empty() {
                begin = None;
                self.end_sentence(paragraphs);
                if lines == 0 {
                    source.discard();
                } else if !self.named && self.page.len() >= ENOUGH {
                    break;
                }
                continue;
            }
            if line.starts_with('#') && !self.sentence.words.is_empty() {
                // The blank line between two sentences is missing.
                self.end_sentence(paragraphs);
                begin = None;
            }
            let place = *begin.get_or_insert(before);
            if let Some(comment) = line.strip_prefix('#') {
                let (name, value) = match comment.split_once('=') {
                    Some((name, value)) => (name.trim(), value.trim()),
                    None => (comment.trim(), ""),
                };
                let new = name.strip_prefix("newdoc");
                if let Some(rest) = new.filter(|it| matches!(it.trim(), "" | "id")) {
                    if !self.page.is_empty() || self.named || wrong > 0 {
                        // It belongs to the next document.
                        source.rewind(place);
                        break;
                    }
                    if rest.trim() == "id" {
                        record.id.push_str(value);
                    }
                    begin = None;
                    self.named = true;
                    paragraphs = false;
                } else {
                    paragraphs |= self.comment(name, value, record);
                }
            } else if let Err(what) = self.word(line) {
                wrong += 1;
                if wrong <= TOLD {
                    let error = source.malformed(what);
                    source.report(error);
                }
            }
            if lines == 0 {
                source.mark();
            }
            lines += 1;
        }
        self.end_sentence(paragraphs);
        if let Some(more @ 1..) = wrong.checked_sub(TOLD) {
            let error = source.malformed_record(format!("{more} more lines that are no words"));
            source.report(error);
        }
        match (lines, self.page.is_empty()) {
            (0, _) => Ok(false),
            (_, true) => Err(source.malformed_record("comments without a word")),
            (_, false) => {
                self.page.give(record);
                Ok(true)
            }
        }
    }
}

impl ConlluParser {
    /// Takes a comment; true for one that begins a block.
    fn comment(&mut self, name: &str, value: &str, record: &mut Record) -> bool {
        match name {
            "text" => {
                self.sentence.text.clear();
                self.sentence.text.push_str(value);
            }
            "block" => self.sentence.kind = BlockKind::from_name(value),
            "newpar" | "newpar id" => {
                self.sentence.begins_block = true;
                return true;
            }
            name => {
                if let Some(name) = name.strip_prefix("meta::") {
                    self.page.state(name, value, record);
                }
            }
        }
        false
    }

    /// Takes the line of a word; what is wrong with it, if it is none.
    fn word(&mut self, line: &str) -> Result<(), String> {
        let mut columns = line.split('\t');
        let id = columns.next().unwrap_or_default();
        let form = columns.next().unwrap_or_default();
        let n = line.split('\t').count();
        if n != COLUMNS {
            let plural = if n == 1 { "" } else { "s" };
            return Err(format!("{n} column{plural}, not {COLUMNS}"));
        }
        if form.is_empty() {
            return Err("a word without a form".to_owned());
        }
        let (first, last) = match id.split_once('-') {
            Some((first, last)) => (first, Some(last)),
            None => (id, None),
        };
        let wrong = || format!("the number {id:?}");
        if let (Some((node, inner)), None) = (first.split_once('.'), last) {
            let is_number = |it: &str| it.parse::<u64>().is_ok();
            return if is_number(node) && is_number(inner) { Ok(()) } else { Err(wrong()) };
        }
        let first: u64 = first.parse().map_err(|_| wrong())?;
        let last: u64 = last.map_or(Ok(first), str::parse).map_err(|_| wrong())?;
        if first <= self.sentence.covered && !self.sentence.words.is_empty() && first > 0 {
            // It is a part of a word of several, or a number that was there before.
            return Ok(());
        }
        if id.contains('-') {
            self.sentence.covered = last;
        }
        let mut token = Token { form: form.to_owned(), ..Token::default() };
        for attribute in columns.next_back().unwrap_or_default().split('|') {
            let Some((name, value)) = attribute.split_once('=') else { continue };
            match name {
                "SpaceAfter" => token.glued = value == "No",
                "SpacesAfter" => token.after = Some(white(value)),
                "SpacesBefore" => token.before = white(value),
                "SpacesInToken" => {
                    let form = unescaped(value);
                    if !form.is_empty() {
                        (token.form, token.spelled) = (form, true);
                    }
                }
                "WordKind" => token.kind = WordKind::from_name(value),
                _ => {}
            }
        }
        self.sentence.words.push(token);
        Ok(())
    }

    /// Lays the sentence at hand behind the others.
    fn end_sentence(&mut self, paragraphs: bool) {
        let sentence = std::mem::take(&mut self.sentence);
        let Some(last) = sentence.words.len().checked_sub(1) else {
            // A paragraph that was announced begins with the next sentence.
            self.sentence.begins_block = sentence.begins_block;
            self.sentence.kind = sentence.kind;
            return;
        };
        let begins_block = sentence.begins_block || !paragraphs || self.page.is_empty();
        self.page.begin_sentence(
            begins_block.then(|| sentence.kind.unwrap_or(BlockKind::Paragraph)),
            if begins_block && paragraphs {
                "\n\n"
            } else if paragraphs {
                " "
            } else {
                "\n"
            },
        );
        let stated = sentence.words.iter().any(|it| it.after.is_some() || it.spelled);
        let forms = sentence.words.iter().map(|it| it.form.as_str());
        let gaps = if stated { None } else { gaps(&sentence.text, forms) };
        for (i, word) in sentence.words.iter().enumerate() {
            let behind = match (&word.after, &gaps) {
                (Some(after), _) => Some(after.as_str()),
                (None, _) if word.glued && (i < last || paragraphs) => Some(""),
                (None, Some(gaps)) if i < last => gaps.get(i).copied(),
                (None, _) if i < last => Some(" "),
                (None, _) => None,
            };
            let kind = word.kind.unwrap_or_else(|| WordKind::of(&word.form));
            self.page.word(&word.before, &word.form, kind, behind);
        }
        self.page.end_sentence();
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::Document;

    use super::*;

    crate::conformance!(Conllu);

    fn documents(input: &str) -> Vec<Document> {
        let mut reader = crate::Reader::new(&Conllu, input.as_bytes());
        reader.documents().filter_map(Result::ok).collect()
    }

    fn words(document: &Document) -> Vec<&str> {
        document.annotations().words.iter().map(|word| &document[word.span]).collect()
    }

    #[test]
    fn a_word_of_several_is_one_and_empty_nodes_are_none() {
        let input = "# text = Ta đi .\n1-2\tTa đi\t_\t_\t_\t_\t_\t_\t_\t_\n1\tTa\t_\t_\t_\t_\t_\t_\t_\t_\n\
                     2\tđi\t_\t_\t_\t_\t_\t_\t_\t_\n2.1\txa\t_\t_\t_\t_\t_\t_\t_\t_\n3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
        let found = documents(input);
        assert_eq!(words(&found[0]), ["Ta đi", "."]);
        assert_eq!(found[0].text(), "Ta đi .");
    }

    #[test]
    fn the_text_of_the_sentence_tells_the_blanks() {
        let line = |n: usize, form: &str| format!("{n}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n");
        let rows = line(1, "Trời") + &line(2, "mưa") + &line(3, ".") + "\n";
        for (comment, text) in [
            ("# text = Trời mưa.\n", "Trời mưa."),
            ("", "Trời mưa ."),
            ("# text = Trời nắng.\n", "Trời mưa ."),
        ] {
            assert_eq!(documents(&format!("{comment}{rows}"))[0].text(), text);
        }
    }

    #[test]
    fn a_file_without_documents_is_cut_between_sentences() {
        let sentence = "1\tTrời\t_\t_\t_\t_\t_\t_\t_\t_\n2\tmưa\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
        let n = 300_000;
        let found = documents(&sentence.repeat(n));
        assert!(found.len() > 1);
        let total: usize = found.iter().map(|it| it.annotations().sentences.len()).sum();
        assert_eq!(total, n);
        assert!(found.iter().all(|it| it.text().len() < ENOUGH + 100));
    }
}
