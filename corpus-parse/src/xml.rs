//! Records that are elements of XML: items of feeds, articles of crawl dumps.
//!
//! The input is read element by element, in memory only the one at hand. No entity is expanded but
//! those that HTML names and those that are numbers: what a document type declares is not read, so
//! nothing grows. What names mean is looked at without their prefix.

use memchr::{memchr, memmem};

use crate::html;
use crate::{ParseError, Record, Source};

/// So many bytes are looked at together where no record is.
const STRETCH: usize = 64 << 10;
/// The longest name of a record's element, with the brackets around it.
const NAME: usize = 32;

/// Reads the next element that has one of these names; false at the end of the input.
pub(crate) fn read(
    source: &mut Source<'_>,
    names: &[&str],
    record: &mut Record,
) -> Result<bool, ParseError> {
    let Some(name) = find_record(source, names) else { return Ok(false) };
    record.expect_fields();
    match extent(source, name) {
        Extent::Whole(length) => source.take(length),
        Extent::Broken(length) => {
            source.take(length);
            return Err(source.malformed_record(format!("an element <{name}> that breaks off")));
        }
        Extent::TooLong => {
            source.take(source.limit().saturating_add(1));
            let outcome = source.check_length();
            source.skip();
            // What follows up to the next record belongs to this one.
            while let Pass::Bytes(length) = pass(source, names) {
                source.take(length);
                source.skip();
            }
            outcome?;
        }
    }
    fields(source.text(), record);
    Ok(true)
}

/// Whether an input of XML begins here with an element that `is` says yes to: its name, and what
/// stands behind.
pub(crate) fn begins_with(head: &[u8], is: impl Fn(&str, &[u8]) -> bool) -> bool {
    let mut rest = head.trim_ascii_start();
    for _ in 0..16 {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            // A document type with declarations inside ends behind its bracket.
            [b'<', b'!', ..] => match memchr::memchr2(b'[', b'>', rest) {
                Some(at) if rest.get(at) == Some(&b'[') => b"]>",
                _ => b">",
            },
            _ => break,
        };
        let Some(at) = memmem::find(rest, end) else { return false };
        rest = rest.get(at + end.len()..).unwrap_or_default().trim_ascii_start();
    }
    let Some(rest) = rest.strip_prefix(b"<") else { return false };
    let (name, rest) = rest.split_at(name_length(rest));
    std::str::from_utf8(name).is_ok_and(|name| is(name, rest))
}

/// How many of these bytes are a name.
fn name_length(bytes: &[u8]) -> usize {
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_' | b'-' | b'.');
    bytes.iter().take_while(in_name).count()
}

/// What stands in front of the next record.
enum Pass<'n> {
    /// So many bytes that are none.
    Bytes(usize),
    /// Nothing: the record of this name begins.
    Record(&'n str),
    /// Nothing, and the input ends.
    End,
}

/// Passes over what is no record; the name of the element that is one.
fn find_record<'n>(source: &mut Source<'_>, names: &[&'n str]) -> Option<&'n str> {
    loop {
        match pass(source, names) {
            Pass::Bytes(length) => {
                source.take(length);
                source.discard();
            }
            Pass::Record(name) => return Some(name),
            Pass::End => return None,
        }
    }
}

fn pass<'n>(source: &mut Source<'_>, names: &[&'n str]) -> Pass<'n> {
    let bytes = source.peek(STRETCH);
    let last = bytes.len() < STRETCH;
    let bytes = bytes.get(..STRETCH).unwrap_or(bytes);
    let mut at = 0;
    while let Some(n) = memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        at += n;
        let tag = bytes.get(at..).unwrap_or_default();
        if tag.len() < NAME && !last {
            // The name may be cut off here: it is looked at together with what follows.
            return Pass::Bytes(at);
        }
        if let Some(name) = names.iter().find(|name| opens(tag, name)) {
            return if at == 0 { Pass::Record(name) } else { Pass::Bytes(at) };
        }
        at += 1;
    }
    match bytes.len() {
        0 => Pass::End,
        length => Pass::Bytes(length),
    }
}

/// Whether the tag that begins here opens an element of this name, which may have a prefix.
fn opens(tag: &[u8], name: &str) -> bool {
    let inside = tag.get(1..).unwrap_or_default();
    let found = inside.get(..name_length(inside)).unwrap_or_default();
    let next = inside.get(found.len());
    local(found).eq_ignore_ascii_case(name.as_bytes())
        && next.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

fn closes(tag: &[u8], name: &str) -> bool {
    tag.strip_prefix(b"</").is_some_and(|inside| {
        local(inside.get(..name_length(inside)).unwrap_or_default())
            .eq_ignore_ascii_case(name.as_bytes())
    })
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    memchr::memrchr(b':', name).map_or(name, |at| name.get(at + 1..).unwrap_or_default())
}

/// Where an element ends.
enum Extent {
    /// Behind its tag.
    Whole(usize),
    /// Nowhere; so many bytes are given up.
    Broken(usize),
    /// Beyond the limit.
    TooLong,
}

/// Where the element at hand ends. What was looked at is not looked at again.
fn extent(source: &mut Source<'_>, name: &str) -> Extent {
    let limit = source.limit();
    let found = element(source, name, limit);
    match found {
        Extent::Whole(length) | Extent::Broken(length) if length > limit => Extent::TooLong,
        found => found,
    }
}

fn element(source: &mut Source<'_>, name: &str, limit: usize) -> Extent {
    let mut at = 1;
    // Marks of which none is left in the input.
    let mut missing: [bool; 2] = [false; 2];
    loop {
        let bytes = source.peek(at + NAME);
        let last = bytes.len() < at + NAME;
        if at > limit {
            return Extent::TooLong;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(n) = memchr(b'<', rest) else {
            if last {
                return Extent::Broken(bytes.len());
            }
            at = bytes.len();
            continue;
        };
        at += n;
        let tag = bytes.get(at..).unwrap_or_default();
        if tag.len() < NAME && !last {
            continue;
        }
        if opens(tag, name) {
            return Extent::Broken(at);
        }
        let (end, section): (&[u8], _) = if closes(tag, name) {
            (b">", None)
        } else if tag.starts_with(b"<![CDATA[") {
            (b"]]>", Some(0))
        } else if tag.starts_with(b"<!--") {
            (b"-->", Some(1))
        } else {
            at += 1;
            continue;
        };
        let known_missing = section.and_then(|n: usize| missing.get_mut(n));
        let found = match &known_missing {
            Some(true) => None,
            _ => find(source, at, end, limit),
        };
        match (found, known_missing) {
            (Some(found), None) => return Extent::Whole(found),
            (Some(found), Some(_)) => at = found,
            // A section without an end would take everything: it is passed over as a tag.
            (None, Some(missing)) => {
                *missing = true;
                at += 1;
            }
            (None, None) => at += 1,
        }
    }
}

/// Where this mark ends, from this byte on; a place beyond the limit where it does not end before,
/// and none where the input ends.
fn find(source: &mut Source<'_>, from: usize, mark: &[u8], limit: usize) -> Option<usize> {
    let mut at = from;
    loop {
        if at > limit {
            return Some(limit + 1);
        }
        let wanted = at + mark.len();
        let bytes = source.peek(wanted);
        if bytes.len() < wanted {
            return None;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        match memmem::find(rest, mark) {
            Some(n) => return Some(at + n + mark.len()),
            None => at = bytes.len() - (mark.len() - 1),
        }
    }
}

/// Pushes the attributes of an element and the elements in it as fields.
fn fields(element: &str, record: &mut Record) {
    let tag_end = tag_end(element);
    let (tag, mut rest) = element.split_at_checked(tag_end).unwrap_or((element, ""));
    let name = tag.get(1..).map_or(0, |it| name_length(it.as_bytes())) + 1;
    let attributes = tag.get(name..).unwrap_or_default().trim_end_matches(['>', '/']);
    for (name, value) in html::attributes(attributes) {
        record.push(&name.to_lowercase(), value.trim());
    }
    let mut loose = String::new();
    let mut children = 0;
    while let Some(at) = next_tag(rest) {
        let (text, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        push_text(text, &mut loose);
        let Some(inside) = tag.strip_prefix('<').filter(|it| !it.starts_with('/')) else { break };
        let name = inside.get(..name_length(inside.as_bytes())).unwrap_or_default();
        let end = self::tag_end(tag);
        let opening = tag.get(..end).unwrap_or_default();
        children += 1;
        let attributes = || {
            html::attributes(
                opening.get(1 + name.len()..).unwrap_or_default().trim_end_matches(['>', '/']),
            )
        };
        let behind = tag.get(end..).unwrap_or_default();
        if opening.ends_with("/>") {
            field(name, "", attributes(), record);
            rest = behind;
            continue;
        }
        let (inner, after) = inner(behind, name);
        field(name, inner, attributes(), record);
        rest = after;
    }
    // Text that no element is around is the record's own, where it has no parts.
    if children == 0 && !loose.trim().is_empty() {
        record.push("text", loose.trim());
    }
}

/// Where the tag that begins here ends, quotes in it aside.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'>', None) => return at + 1,
            _ => {}
        }
    }
    memchr(b'>', tag.as_bytes()).map_or(tag.len(), |at| at + 1)
}

/// Where the next tag begins, sections and comments passed over.
fn next_tag(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        at += memchr(b'<', rest.as_bytes())?;
        let tag = text.get(at..)?;
        let end = if tag.starts_with("<![CDATA[") {
            "]]>"
        } else if tag.starts_with("<!--") {
            "-->"
        } else if tag.as_bytes().get(1).is_some_and(|b| *b == b'/' || b.is_ascii_alphabetic()) {
            return Some(at);
        } else {
            at += 1;
            continue;
        };
        // What has no end is text.
        at += memmem::find(tag.as_bytes(), end.as_bytes())? + end.len();
    }
}

/// What stands inside an element of this name, whose opening tag ends here, and what behind it.
fn inner<'t>(text: &'t str, name: &str) -> (&'t str, &'t str) {
    let (mut at, mut depth) = (0, 1usize);
    while let Some(n) = text.get(at..).and_then(next_tag) {
        at += n;
        let tag = text.get(at..).unwrap_or_default();
        let end = tag_end(tag);
        let same = |inside: &str| inside.get(..name_length(inside.as_bytes())) == Some(name);
        if tag.strip_prefix("</").is_some_and(same) {
            depth -= 1;
            if depth == 0 {
                let after = text.get(at + end..).unwrap_or_default();
                return (text.get(..at).unwrap_or_default(), after);
            }
        } else if tag.strip_prefix('<').is_some_and(same)
            && !tag.get(..end).unwrap_or_default().ends_with("/>")
        {
            depth += 1;
        }
        at += end;
    }
    (text, "")
}

/// What elements of feeds are called here; others keep their name.
fn known(name: &str) -> &str {
    match name {
        "creator" | "author" => "author",
        "encoded" => "content",
        "summary" => "description",
        "updated" | "modified" => "updated",
        "category" | "keywords" => "tags",
        name => name,
    }
}

/// Pushes an element of a record as a field.
fn field<'t>(
    name: &str,
    inner: &str,
    attributes: impl Iterator<Item = (&'t str, std::borrow::Cow<'t, str>)>,
    record: &mut Record,
) {
    let name = String::from_utf8_lossy(local(name.as_bytes())).to_lowercase();
    let name = known(&name);
    let mut value = String::new();
    push_text(inner, &mut value);
    if name == "author"
        && let Some(at) = memmem::find(inner.as_bytes(), b"<name")
    {
        // Atom says more of an author than the name.
        let tag = inner.get(at..).unwrap_or_default();
        value.clear();
        push_text(self::inner(tag.get(tag_end(tag)..).unwrap_or_default(), "name").0, &mut value);
    }
    let mut alternate = true;
    for (attribute, text) in attributes {
        let fits = matches!((name, attribute), ("link", "href") | ("tags", "term"));
        alternate &= !(name == "link" && attribute == "rel" && text != "alternate");
        if fits && value.trim().is_empty() {
            value = text.into_owned();
        }
    }
    let value = value.trim();
    if value.is_empty() || !alternate {
        return;
    }
    let marked_up = value.contains("</") || value.contains("/>") || value.contains("<br");
    let text = if marked_up { html::text_of(value) } else { value.to_owned() };
    match name {
        "tags" => record.push_line(name, &text),
        "content" | "text" | "body" | "description" => record.push(name, &text),
        // Titles and names are one line, however they are broken.
        _ if text.contains('\n') => {
            record.push(name, &text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        _ => record.push(name, &text),
    }
}

/// Adds the text that XML stands for: sections as they are, entities resolved, comments left out and
/// tags kept, which are those of a page.
fn push_text(source: &str, text: &mut String) {
    let mut rest = source;
    while let Some(at) = memmem::find(rest.as_bytes(), b"<!") {
        let (before, section) = rest.split_at_checked(at).unwrap_or((rest, ""));
        html::resolve(before, text);
        let (open, close, kept) = match section.starts_with("<![CDATA[") {
            true => (9, "]]>", true),
            false => (2, if section.starts_with("<!--") { "-->" } else { ">" }, false),
        };
        let inside = section.get(open..).unwrap_or_default();
        let end = memmem::find(inside.as_bytes(), close.as_bytes());
        if kept {
            text.push_str(inside.get(..end.unwrap_or(inside.len())).unwrap_or_default());
        }
        rest = end.and_then(|end| inside.get(end + close.len()..)).unwrap_or_default();
    }
    html::resolve(rest, text);
}
