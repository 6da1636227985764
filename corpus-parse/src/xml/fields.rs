//! The parts of a record as named fields.

use memchr::{memchr, memmem};

use super::{local, name_length};
use crate::{Record, html};

/// Pushes the attributes of an element and the elements in it as fields.
pub(super) fn fields(element: &str, record: &mut Record) {
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
