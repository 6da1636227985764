//! VRT: the vertical format of corpus servers.

use corpus_model::{BlockKind, WordKind};

use crate::html::entity::decoded;
use crate::laid_out::LaidOut;
use crate::{Format, ParseError, Parser, Record, Source};

/// A word a line between structural tags, as CWB, Sketch Engine and BlackLab read it; sentences and
/// words stay as layers of the document.
///
/// `<text>` or `<doc>` is a document, whose attributes are what is known of it; `<p>` and `<head>`
/// are blocks, of the kind that the attribute `type` names; `<s>` is a sentence, and `<g/>` says that
/// no blank stands between two words. Other tags are passed over. Of the columns the first is the
/// word; where the second is a kind of word (`number`, `punctuation`) it is kept. A file without
/// documents is cut between sentences into documents of about a mebibyte.
///
/// White space is not in the format: a blank stands between words and between sentences, and an empty
/// line between blocks.
#[derive(Clone, Copy, Debug)]
pub struct Vrt;

impl Format for Vrt {
    fn name(&self) -> &'static str {
        "vrt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["vrt", "vert"]
    }

    fn about(&self) -> &'static str {
        "VRT: a word a line between tags, as corpus servers read it; sentences and words stay as layers"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        // A tag of a document, and among the lines behind it one of a sentence or of columns: texts
        // between such tags have neither.
        let mut lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
        let first = lines.find(|line| !line.is_empty() && !line.starts_with(b"<?xml"));
        let begins = |line: &[u8], name: &[u8]| {
            let rest = line.strip_prefix(b"<").and_then(|line| line.strip_prefix(name));
            rest.is_some_and(|rest| matches!(rest.first(), Some(b' ' | b'>')))
        };
        first
            .is_some_and(|line| [&b"text"[..], b"doc", b"corpus"].iter().any(|it| begins(line, it)))
            && lines.take(200).any(|line| {
                begins(line, b"s") || (!line.starts_with(b"<") && line.contains(&b'\t'))
            })
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<VrtParser>::default()
    }
}

/// A document that no tag ends is ended behind a sentence when it has so many bytes.
const ENOUGH: usize = 1 << 20;

#[derive(Default)]
struct VrtParser {
    page: LaidOut,
    /// The tag of a document was read.
    open: bool,
    /// A sentence is being laid.
    sentence: bool,
    /// The next sentence begins a block of this kind.
    block: Option<BlockKind>,
    glued: bool,
}

impl Parser for VrtParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        self.begin();
        let mut lines = 0_usize;
        loop {
            let before = source.checkpoint();
            let Some(line) = source.line()? else {
                break;
            };
            // A byte-order mark in the middle comes of files that were joined.
            let joined = line.strip_prefix('\u{feff}').filter(|rest| rest.starts_with('<'));
            let line = joined.unwrap_or(line);
            if line.trim().is_empty() || line.starts_with("<?xml") || line.starts_with("<!--") {
                if lines == 0 {
                    source.discard();
                }
                continue;
            }
            let mut whole = false;
            match tag(line) {
                None => self.word(line),
                Some(("text" | "doc", Side::Open, attributes)) => {
                    if self.open || !self.page.is_empty() {
                        // It belongs to the next document.
                        source.rewind(before);
                        break;
                    }
                    self.open = true;
                    each_attribute(attributes, |name, value| match name {
                        "id" => record.id = value.to_owned(),
                        name => self.page.state(name, value, record),
                    });
                }
                Some(("text" | "doc", Side::Close, _)) => {
                    if lines == 0 {
                        source.discard();
                        continue;
                    }
                    whole = true;
                }
                // What is around documents is none of theirs.
                Some(("corpus", ..)) if lines == 0 => {
                    source.discard();
                    continue;
                }
                Some((name @ ("p" | "head"), Side::Open, attributes)) => {
                    self.end_sentence();
                    let mut kind = match name {
                        "head" => BlockKind::Heading,
                        _ => BlockKind::Paragraph,
                    };
                    each_attribute(attributes, |name, value| {
                        if let (Some(stated), "type") = (BlockKind::from_name(value), name) {
                            kind = stated;
                        }
                    });
                    self.block = Some(kind);
                }
                Some(("p" | "head", Side::Close, _)) => {
                    self.end_sentence();
                    self.block = Some(BlockKind::Paragraph);
                }
                Some(("s", ..)) => {
                    self.end_sentence();
                    if !self.open && self.page.len() >= ENOUGH {
                        whole = true;
                    }
                }
                Some(("g", ..)) => self.glued = true,
                Some(_) => {}
            }
            if lines == 0 {
                source.mark();
            }
            lines += 1;
            if whole {
                break;
            }
        }
        self.end_sentence();
        match (lines, self.page.is_empty()) {
            (0, _) => Ok(false),
            (_, true) => Err(source.malformed_record("tags without a word")),
            (_, false) => {
                self.page.give(record);
                Ok(true)
            }
        }
    }
}

impl VrtParser {
    fn begin(&mut self) {
        self.page.clear();
        *self = VrtParser { page: std::mem::take(&mut self.page), ..VrtParser::default() };
    }

    /// Takes the line of a word.
    fn word(&mut self, line: &str) {
        let mut columns = line.split('\t');
        let form = decoded(columns.next().unwrap_or_default().trim());
        if form.is_empty() {
            return;
        }
        if !self.sentence {
            self.sentence = true;
            let block = self.block.take();
            let usual = if block.is_some() { "\n\n" } else { " " };
            self.page.begin_sentence(block, usual);
        }
        let kind = columns.next().and_then(WordKind::from_name);
        let kind = kind.unwrap_or_else(|| WordKind::of(&form));
        if std::mem::take(&mut self.glued) {
            self.page.glue();
        }
        self.page.word("", &form, kind, None);
    }

    fn end_sentence(&mut self) {
        if std::mem::take(&mut self.sentence) {
            self.page.end_sentence();
        }
        self.glued = false;
    }
}

/// Which of an element's tags it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

/// The name of a structural tag and its attributes, if the line is one. A word that begins with `<`
/// is a word where it does not end as a tag does.
fn tag(line: &str) -> Option<(&str, Side, &str)> {
    let inner = line.trim_end().strip_prefix('<')?.strip_suffix('>')?;
    let (inner, side) = match inner.strip_prefix('/') {
        Some(inner) => (inner, Side::Close),
        None => (inner, Side::Open),
    };
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '.');
    let end = inner.find(|c: char| !is_part(c)).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at_checked(end)?;
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let parted = attributes.is_empty() || attributes.starts_with([' ', '\t']);
    (begins && parted).then_some((name, side, attributes))
}

/// Calls `push` with each attribute, its entities resolved.
fn each_attribute(attributes: &str, mut push: impl FnMut(&str, &str)) {
    let mut rest = attributes.trim_start();
    while let Some((name, behind)) = rest.split_once('=') {
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''));
        let end = match quote {
            Some(quote) => behind.get(1..).and_then(|it| it.find(quote)).map(|end| (1, end + 1)),
            None => Some((0, behind.find(' ').unwrap_or(behind.len()))),
        };
        let Some((start, end)) = end else { return };
        let name = name.trim();
        if !name.is_empty() {
            push(name, &decoded(behind.get(start..end).unwrap_or_default()));
        }
        rest = behind.get(end + start..).unwrap_or_default().trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::conformance!(Vrt);

    #[test]
    fn tags_are_told_from_words() {
        assert_eq!(tag("<text id=\"a\">"), Some(("text", Side::Open, " id=\"a\"")));
        assert_eq!(tag("</s>"), Some(("s", Side::Close, "")));
        assert_eq!(tag("<g/>"), Some(("g", Side::Open, "")));
        for line in ["<", "<3", "< a >", "<a\tb", "a>", "<>", "<a=b>", "mưa\tword"] {
            assert_eq!(tag(line), None, "{line}");
        }
    }

    #[test]
    fn attributes_come_with_any_quotes() {
        let mut found = Vec::new();
        each_attribute(" id=\"a &amp; b\" url='x' n=1 title=\"\" open=\"", |name, value| {
            found.push(format!("{name}:{value}"));
        });
        assert_eq!(found, ["id:a & b", "url:x", "n:1", "title:"]);
    }

    #[test]
    fn texts_between_tags_are_not_vertical() {
        assert!(Vrt.sniff(b"<text id=\"1\">\n<s>\nTin\n</s>\n</text>\n"));
        assert!(Vrt.sniff(b"<doc>\nTin\tN\n"));
        assert!(!Vrt.sniff("<doc id=\"1\">\nTin vắn\n\nTrời mưa.\n</doc>\n".as_bytes()));
        assert!(!Vrt.sniff(b"<p>\n<s>\n"));
    }
}
