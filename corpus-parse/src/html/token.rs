//! Tags and text of an HTML page, in one pass and without copies.
//!
//! What a browser would repair is read as it stands; nothing here fails. Each byte is looked at a
//! bounded number of times, also where quotes, comments and scripts are never closed.

use memchr::memmem::Finder;
use memchr::{memchr, memchr3};

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'h> {
    /// `<p class="a">`: the name as written, and what stands behind it.
    Start { name: &'h str, attributes: &'h str },
    /// `</p>`.
    End { name: &'h str },
    /// Text between tags, its entities not resolved.
    Text(&'h str),
    /// The inside of a script, a style or another element without tags of its own.
    Raw(&'h str),
}

/// The tokens of a page.
#[derive(Debug)]
pub(super) struct Tokens<'h> {
    page: &'h str,
    at: usize,
    /// The element whose text goes on to its end tag.
    raw: Option<&'h str>,
    /// No such quote stands behind a place that was looked at: `"` and `'`.
    unquoted: [bool; 2],
    /// No comment ends behind a place that was looked at.
    uncommented: bool,
}

/// Elements that hold no elements.
const RAW: [&str; 9] =
    ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"];

impl<'h> Tokens<'h> {
    pub(super) fn new(page: &'h str) -> Tokens<'h> {
        Tokens { page, at: 0, raw: None, unquoted: [false; 2], uncommented: false }
    }

    fn rest(&self, from: usize) -> &'h str {
        self.page.get(from..).unwrap_or_default()
    }

    /// The text up to `end`, which becomes the place at hand.
    fn take(&mut self, end: usize) -> &'h str {
        let part = self.page.get(self.at..end).unwrap_or_default();
        self.at = end;
        part
    }

    /// Everything up to the end tag of `name`.
    fn raw_text(&mut self, name: &str) -> &'h str {
        let bytes = self.page.as_bytes();
        let mut from = self.at;
        while let Some(n) = memchr(b'<', bytes.get(from..).unwrap_or_default()) {
            let tag = from + n;
            let behind = bytes.get(tag + 1..).unwrap_or_default();
            if let Some((b'/', behind)) = behind.split_first()
                && behind
                    .get(..name.len())
                    .is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
                && behind.get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
            {
                return self.take(tag);
            }
            from = tag + 1;
        }
        self.take(bytes.len())
    }

    /// The end of a tag whose inside begins at `from`: the place of its `>`.
    fn tag_end(&mut self, from: usize) -> usize {
        let bytes = self.page.as_bytes();
        let mut at = from;
        while let Some(n) = memchr3(b'>', b'"', b'\'', bytes.get(at..).unwrap_or_default()) {
            let place = at + n;
            let byte = bytes.get(place).copied().unwrap_or_default();
            if byte == b'>' {
                return place;
            }
            at = place + 1;
            // Only behind an equals sign does a quote open a value.
            let before = bytes.get(from..place).unwrap_or_default().trim_ascii_end();
            let kind = usize::from(byte == b'\'');
            let none = self.unquoted.get(kind).copied().unwrap_or_default();
            if before.last() != Some(&b'=') || none {
                continue;
            }
            match memchr(byte, bytes.get(at..).unwrap_or_default()) {
                Some(n) => at += n + 1,
                None => self.unquoted = [none || kind == 0, none || kind == 1],
            }
        }
        bytes.len()
    }

    /// Passes over a comment, a doctype or an instruction that begins here.
    fn pass_over(&mut self) {
        let rest = self.rest(self.at);
        let length = match rest.strip_prefix("<!--") {
            Some(_) if self.uncommented => None,
            Some(inside) => comment_end(inside.as_bytes()).map(|n| n + 4),
            None => Some(memchr(b'>', rest.as_bytes()).map_or(rest.len(), |n| n + 1)),
        };
        // A comment that is never closed hides the rest in a browser; here its text is kept.
        self.uncommented |= length.is_none();
        self.at += length.unwrap_or(4);
    }
}

/// How long the inside of a comment is, with what closes it: `-->`, and `--!>` by mistake. An empty
/// one may share its dashes.
fn comment_end(inside: &[u8]) -> Option<usize> {
    for (end, length) in [(&b">"[..], 1), (b"->", 2)] {
        if inside.starts_with(end) {
            return Some(length);
        }
    }
    let dashes = Finder::new("--");
    let mut at = 0;
    loop {
        at += dashes.find(inside.get(at..)?)?;
        match inside.get(at + 2..)? {
            [b'>', ..] => return Some(at + 3),
            [b'!', b'>', ..] => return Some(at + 4),
            _ => at += 1,
        }
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        if let Some(name) = self.raw.take() {
            let text = self.raw_text(name);
            if !text.is_empty() {
                return Some(Token::Raw(text));
            }
        }
        loop {
            let bytes = self.page.as_bytes();
            if self.at >= bytes.len() {
                return None;
            }
            // Text goes on over a `<` that opens nothing.
            let mut from = self.at;
            let tag = loop {
                match memchr(b'<', bytes.get(from..).unwrap_or_default()) {
                    None => break bytes.len(),
                    Some(n) => {
                        let place = from + n;
                        let opens = match bytes.get(place + 1) {
                            Some(b'!' | b'?') => true,
                            Some(b'/') => bytes.get(place + 2).is_some_and(u8::is_ascii_alphabetic),
                            Some(byte) => byte.is_ascii_alphabetic(),
                            None => false,
                        };
                        if opens {
                            break place;
                        }
                        from = place + 1;
                    }
                }
            };
            if tag > self.at {
                return Some(Token::Text(self.take(tag)));
            }
            let inside = match bytes.get(tag + 1) {
                Some(b'!' | b'?') => {
                    self.pass_over();
                    continue;
                }
                Some(b'/') => tag + 2,
                _ => tag + 1,
            };
            let length = bytes.get(inside..).unwrap_or_default().iter();
            let length = length
                .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'<'))
                .count();
            let name = self.page.get(inside..inside + length).unwrap_or_default();
            if inside == tag + 2 {
                let rest = bytes.get(inside + length..).unwrap_or_default();
                self.at = memchr(b'>', rest).map_or(bytes.len(), |n| inside + length + n + 1);
                return Some(Token::End { name });
            }
            let end = self.tag_end(inside + length);
            let attributes = self.page.get(inside + length..end).unwrap_or_default();
            self.at = (end + 1).min(bytes.len());
            if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
                self.raw = Some(name);
            }
            return Some(Token::Start { name, attributes });
        }
    }
}

/// The attributes of a tag: names and values as written.
#[derive(Clone, Debug)]
pub(super) struct Attributes<'h> {
    rest: &'h str,
}

impl<'h> Attributes<'h> {
    pub(super) fn of(attributes: &'h str) -> Attributes<'h> {
        Attributes { rest: attributes }
    }
}

impl<'h> Iterator for Attributes<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<(&'h str, &'h str)> {
        let blank = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.rest.trim_start_matches(blank);
        // An equals sign in front is a part of the name, so that each round takes something.
        let first = rest.chars().next()?.len_utf8();
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'=' | b'/');
        let n =
            rest.as_bytes().get(first..)?.iter().position(ends).map_or(rest.len(), |n| n + first);
        let (name, behind) = rest.split_at_checked(n)?;
        let Some(value) = behind.trim_ascii_start().strip_prefix('=') else {
            self.rest = behind;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.as_bytes().first().copied().filter(|it| matches!(it, b'"' | b'\''));
        let (value, behind) = match quote {
            Some(quote) => {
                let value = value.get(1..)?;
                let end = memchr(quote, value.as_bytes()).unwrap_or(value.len());
                (value.get(..end)?, value.get(end + 1..).unwrap_or_default())
            }
            None => {
                let end = value.bytes().position(|b| b.is_ascii_whitespace());
                value.split_at_checked(end.unwrap_or(value.len()))?
            }
        };
        self.rest = behind;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(page: &str) -> String {
        let tokens = Tokens::new(page).map(|token| match token {
            Token::Start { name, attributes } => {
                let all: Vec<_> =
                    Attributes::of(attributes).map(|(n, v)| format!("{n}={v}")).collect();
                format!("<{name} {}>", all.join(","))
            }
            Token::End { name } => format!("</{name}>"),
            Token::Text(text) => text.to_owned(),
            Token::Raw(text) => format!("[{text}]"),
        });
        tokens.collect::<Vec<_>>().join("·")
    }

    #[test]
    fn tokens() {
        let cases = [
            ("a<b>c</b >d", "a·<b >·c·</b>·d"),
            ("<a href='x>y' b = \"1\" c=2/>z", "<a href=x>y,b=1,c=2/>·z"),
            ("1 < 2 <3 && a<", "1 < 2 <3 && a<"),
            ("<!-- <p> -->x<!---->y<!-->z<?xml?>w", "x·y·z·w"),
            ("<!-- a --!>x<!--->y<!-- -- > --->z<!----!>w", "x·y·z·w"),
            ("<!-- never closed <p>x", " never closed ·<p >·x"),
            ("<script>if (a<b) '</p>'</SCRIPT>x", "<script >·[if (a<b) '</p>']·</SCRIPT>·x"),
            ("<style>a", "<style >·[a]"),
            ("<title></title>", "<title >·</title>"),
            ("<p title=\"never closed>x", "<p title=never closed>·x"),
            ("<p", "<p >"),
            ("</", "</"),
            ("<p\nclass=a\tb>", "<p class=a,b=>"),
            ("<p = =x>", "<p ==x>"),
            ("<p it's>x</p>'", "<p it's=>·x·</p>·'"),
        ];
        for (page, expected) in cases {
            assert_eq!(render(page), expected, "{page}");
        }
    }
}
