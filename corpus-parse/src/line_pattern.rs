//! [`LinePattern`]: a regular expression about lines, whose letters may be composed or not.
//!
//! `ế` is one character, two or three: pages of one site have it in one way or the other, and whoever
//! writes a pattern cannot see which. So a pattern is composed, and so is a line with marks that stand by
//! themselves; places in it are those of the line as it was.

use std::ops::Range;

use memchr::memchr2;
use regex::{Regex, RegexBuilder};

use crate::blocks::marks;

/// A regular expression about lines.
#[derive(Clone, Debug)]
pub(crate) struct LinePattern {
    regex: Regex,
    source: String,
}

/// What part of a line a pattern is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// All of it.
    Line,
    /// Its beginning.
    Start,
    /// Its end.
    End,
}

impl LinePattern {
    pub(crate) fn new(source: &str, place: Place) -> Result<LinePattern, regex::Error> {
        let source = Words::of(source).composed().to_owned();
        let framed = match place {
            Place::Line => format!("^(?:{source})$"),
            Place::Start => format!("^(?:{source})"),
            Place::End => format!("(?:{source})$"),
        };
        let regex = RegexBuilder::new(&framed).size_limit(1 << 20).build()?;
        Ok(LinePattern { regex, source })
    }

    /// The pattern as it was written, composed.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The names of its groups that have one.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.regex.capture_names().flatten()
    }

    pub(crate) fn is_match(&self, words: &Words<'_>) -> bool {
        self.regex.is_match(words.composed())
    }

    /// Where it is found.
    pub(crate) fn find(&self, words: &Words<'_>) -> Option<Range<usize>> {
        let found = self.regex.find(words.composed())?;
        Some(words.place(found.start())..words.place(found.end()))
    }

    /// Where the named groups are found, in the order of the line, and their names.
    pub(crate) fn groups(&self, words: &Words<'_>) -> Option<Vec<(Range<usize>, &str)>> {
        let found = self.regex.captures(words.composed())?;
        let mut groups: Vec<(Range<usize>, &str)> = self
            .names()
            .filter_map(|name| found.name(name).map(|it| (it, name)))
            .map(|(it, name)| (words.place(it.start())..words.place(it.end()), name))
            .collect();
        groups.sort_unstable_by_key(|(range, name)| (range.start, range.end, *name));
        Some(groups)
    }
}

/// The words of a line, as patterns look at them.
pub(crate) struct Words<'t> {
    words: &'t str,
    /// The same composed, where that is another text, and where its changes end: there and here.
    composed: Option<(String, Vec<(usize, usize)>)>,
}

impl<'t> Words<'t> {
    pub(crate) fn of(words: &'t str) -> Words<'t> {
        // All marks that stand by themselves begin with one of these bytes.
        let marked = memchr2(0xcc, 0xcd, words.as_bytes()).is_some();
        Words { words, composed: marked.then(|| compose(words)) }
    }

    /// The words as they stand in the line.
    pub(crate) fn as_str(&self) -> &'t str {
        self.words
    }

    fn composed(&self) -> &str {
        self.composed.as_ref().map_or(self.words, |(composed, _)| composed)
    }

    /// The place in the line of a place in the composed words.
    fn place(&self, at: usize) -> usize {
        let Some((_, changes)) = &self.composed else { return at };
        let behind = changes.partition_point(|(there, _)| *there <= at);
        let change = behind.checked_sub(1).and_then(|n| changes.get(n));
        change.map_or(at, |(there, here)| here + (at - there))
    }
}

/// A text with its letters composed, and where changes end in it and in the text as it was.
fn compose(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut composed = String::with_capacity(text.len());
    let mut changes = Vec::new();
    for (at, c) in text.char_indices() {
        let whole = composed.chars().next_back().and_then(|last| marks::compose(last, c));
        match whole {
            Some(whole) => {
                composed.pop();
                composed.push(whole);
                changes.push((composed.len(), at + c.len_utf8()));
            }
            None => composed.push(c),
        }
    }
    // A letter that took a second mark grew or kept its length: the last change at a place holds.
    changes.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 = later.1;
        }
        same
    });
    (composed, changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Tiêu đề: ấ` in four compositions: composed, the hat apart, the tone apart, and both.
    const HEADS: [&str; 4] = [
        "Tiêu đề: Ấp Ậm",
        "Tie\u{302}u đe\u{302}\u{300}: A\u{302}\u{301}p A\u{323}\u{302}m",
        "Tiêu đê\u{300}: Â\u{301}p Â\u{323}m",
        "Tie\u{302}u đe\u{300}\u{302}: A\u{301}\u{302}p Ạ\u{302}m",
    ];

    #[test]
    fn the_composition_of_lines_and_patterns_does_not_count() {
        for written in HEADS {
            let source = written.replace("Ấp", "(?<first>Ấp)").replace(": ", ": (?<title>") + ")";
            let pattern = LinePattern::new(&source, Place::Line).unwrap();
            for line in HEADS {
                let words = Words::of(line);
                let groups = pattern.groups(&words).unwrap();
                let title = groups.iter().find(|it| it.1 == "title").unwrap();
                assert_eq!(&line[title.0.clone()], &line[line.find(": ").unwrap() + 2..]);
                assert_eq!(title.0.end, line.len());
            }
        }
        assert!(!LinePattern::new("Tiêu đề", Place::Line).unwrap().is_match(&Words::of("Tieu đề")));
    }

    #[test]
    fn places_are_those_of_the_line() {
        for line in HEADS {
            let words = Words::of(line);
            let place = |source: &str, at: Place| {
                let found = LinePattern::new(source, at).unwrap().find(&words).unwrap();
                line[found].to_owned()
            };
            assert!(line.starts_with(&place("Tiêu đề", Place::Start)));
            assert!(place("Tiêu đề", Place::Start).contains('đ'));
            assert!(line.ends_with(&place(" Ậm", Place::End)));
            assert_eq!(place(".*?:", Place::Start), line[..=line.find(':').unwrap()]);
        }
        // A mark that makes no letter stays, and so do places behind it.
        let line = "x\u{301} e\u{301}: b";
        let found = LinePattern::new("b", Place::End).unwrap().find(&Words::of(line)).unwrap();
        assert_eq!(&line[found], "b");
    }
}
