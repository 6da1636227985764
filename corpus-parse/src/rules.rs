//! What lines are beside what their form says: rules of a site, or of a format that a file describes.
//!
//! A rule is a line as it stands on the page, compared without regard to case, composition and the
//! figures in it, with `*` for whatever varies. That is what site packs hold, and what can be learned
//! from a crawl. Formats that a file describes have regular expressions besides.

use std::sync::Arc;

use corpus_model::BlockKind;
use rustc_hash::FxHashMap;

use crate::SitePack;
use crate::blocks::line::Line;
use crate::blocks::marks;
#[cfg(feature = "toml")]
use crate::line_pattern::{LinePattern, Place, Words};

/// No line of this length is furniture, in bytes; longer ones are not compared.
pub(crate) const LONGEST: usize = 600;

/// The rules that a reader knows: those of sites, and those of the format at hand.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleBook {
    pub(crate) sites: Option<Arc<SitePack>>,
    pub(crate) format: Option<Arc<LineRules>>,
}

impl RuleBook {
    /// The rules for a document of this site.
    pub(crate) fn of(&self, site: Option<&str>) -> Rules<'_> {
        let sites = self.sites.as_deref().unwrap_or_else(|| SitePack::built_in());
        Rules { format: self.format.as_deref(), site: site.and_then(|site| sites.rules(site)) }
    }
}

/// The rules for one document; those of the format come first.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rules<'r> {
    format: Option<&'r LineRules>,
    site: Option<&'r LineRules>,
}

impl Rules<'_> {
    /// Whether there are none.
    pub(crate) fn is_empty(self) -> bool {
        self.format.is_none() && self.site.is_none()
    }

    /// What the rules say of each line. A line of which they know the beginning or the end is cut
    /// in two.
    pub(crate) fn apply(self, text: &str, lines: &mut Vec<Line>) -> Vec<Option<BlockKind>> {
        let mut kinds = Vec::with_capacity(lines.len());
        let mut cut = Vec::with_capacity(lines.len());
        let mut folded = String::new();
        for line in lines.iter() {
            let words = text.get(line.start..line.end).unwrap_or_default();
            folded.clear();
            if words.len() <= LONGEST {
                fold(words, &mut folded);
            }
            let whole = [self.format, self.site]
                .into_iter()
                .flatten()
                .find_map(|rules| rules.kind(words, &folded));
            let parts = match (whole, self.format) {
                (None, Some(rules)) => rules.parts(words),
                _ => Parts::default(),
            };
            let [front, back] = [parts.front, parts.back];
            let start = front.map_or(line.start, |(n, _)| line.start + n);
            let end = back.map_or(line.end, |(n, _)| line.start + n).max(start);
            let mut push = |start: usize, end: usize, apart: bool, kind: Option<BlockKind>| {
                let part = text.get(start..end).unwrap_or_default();
                let from = start + part.len() - part.trim_start().len();
                let to = start + part.trim_end().len();
                if from < to {
                    cut.push(Line { start: from, end: to, apart });
                    kinds.push(kind);
                }
            };
            push(line.start, start, line.apart, front.map(|it| it.1));
            push(start, end, line.apart, whole);
            push(end, line.end, false, back.map(|it| it.1));
        }
        *lines = cut;
        kinds
    }
}

/// What is known of the two ends of a line: where the front ends, where the back begins, and what
/// they are.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    front: Option<(usize, BlockKind)>,
    back: Option<(usize, BlockKind)>,
}

/// Rules about lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineRules {
    exact: FxHashMap<String, BlockKind>,
    open: Vec<(OpenLine, BlockKind)>,
    #[cfg(feature = "toml")]
    patterns: Vec<Pattern>,
}

/// A regular expression about a line or one of its ends.
#[cfg(feature = "toml")]
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) pattern: LinePattern,
    pub(crate) place: Place,
    pub(crate) kind: BlockKind,
}

impl LineRules {
    /// Lines that look like this are of that kind; `*` stands for anything.
    pub(crate) fn add(&mut self, line: &str, kind: BlockKind) {
        if line.contains('*') {
            self.open.push((OpenLine::new(line), kind));
        } else {
            let mut folded = String::new();
            fold(line, &mut folded);
            self.exact.insert(folded, kind);
        }
    }

    /// The same by a regular expression.
    #[cfg(feature = "toml")]
    pub(crate) fn add_pattern(&mut self, pattern: Pattern) {
        self.patterns.push(pattern);
    }

    /// What this line is, if a rule knows it; `folded` is the line as [`fold`] makes it, or empty
    /// where it is too long to be looked up.
    fn kind(&self, words: &str, folded: &str) -> Option<BlockKind> {
        if !folded.is_empty() {
            if let Some(kind) = self.exact.get(folded) {
                return Some(*kind);
            }
            if let Some(found) = self.open.iter().find(|(line, _)| line.fits(folded)) {
                return Some(found.1);
            }
        }
        #[cfg(feature = "toml")]
        {
            let words = Words::of(words);
            let mut whole = self.patterns.iter().filter(|it| it.place == Place::Line);
            whole.find(|it| it.pattern.is_match(&words)).map(|it| it.kind)
        }
        #[cfg(not(feature = "toml"))]
        {
            let _ = words;
            None
        }
    }

    /// What is known of the two ends of a line.
    fn parts(&self, words: &str) -> Parts {
        #[cfg(feature = "toml")]
        {
            let words = Words::of(words);
            let at = |place: Place| {
                self.patterns.iter().filter(move |it| it.place == place).find_map(|it| {
                    let found = it.pattern.find(&words).filter(|found| !found.is_empty())?;
                    let at = if place == Place::Start { found.end } else { found.start };
                    Some((at, it.kind))
                })
            };
            Parts { front: at(Place::Start), back: at(Place::End) }
        }
        #[cfg(not(feature = "toml"))]
        {
            let _ = words;
            Parts::default()
        }
    }
}

/// A line with parts that vary: what stands between them, folded.
#[derive(Clone, Debug)]
struct OpenLine(Vec<String>);

impl OpenLine {
    fn new(line: &str) -> OpenLine {
        let part = |part: &str| {
            let mut folded = String::new();
            fold_all(part, &mut folded);
            folded
        };
        OpenLine(line.split('*').map(part).collect())
    }

    /// Whether a folded line has the parts in their order, the first and the last at its ends.
    fn fits(&self, folded: &str) -> bool {
        let Some((first, rest)) = self.0.split_first() else { return false };
        let Some((last, middle)) = rest.split_last() else { return first == folded };
        let Some(mut inside) = folded.strip_prefix(first.as_str()) else { return false };
        for part in middle {
            let Some(at) = inside.find(part.as_str()) else { return false };
            inside = inside.get(at + part.len()..).unwrap_or_default();
        }
        inside.ends_with(last.as_str())
    }
}

/// Adds a line as it is compared: in lower case, decomposed, a `#` for the digits that stand
/// together and a blank for white space, none at its ends.
pub(crate) fn fold(line: &str, folded: &mut String) {
    fold_all(line.trim(), folded);
}

/// The same with the white space at the ends.
fn fold_all(part: &str, folded: &mut String) {
    let mut last = '\0';
    for c in part.chars() {
        let c = if c.is_whitespace() {
            ' '
        } else if c.is_numeric() {
            '#'
        } else {
            c
        };
        if matches!(c, ' ' | '#') {
            if c != last {
                folded.push(c);
            }
        } else {
            marks::push_decomposed(c, folded);
        }
        last = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(line: &str) -> String {
        let mut folded = String::new();
        fold(line, &mut folded);
        folded
    }

    #[test]
    fn figures_case_and_composition_do_not_count() {
        assert_eq!(folded(" Chia  sẻ (12)\u{a0}"), folded("CHIA SE\u{309} (3)"));
        assert_eq!(folded("Ðọc 1,5 nghìn"), folded("đọc 12,75 nghìn"));
        assert_ne!(folded("Chia sẻ"), folded("Chia se"));
    }

    #[test]
    fn stars_stand_for_anything() {
        let mut rules = LineRules::default();
        rules.add("Theo dõi * trên *", BlockKind::Boilerplate);
        rules.add("* bình luận", BlockKind::Boilerplate);
        rules.add("Ảnh: *", BlockKind::Caption);
        let kind = |line: &str| rules.kind(line, &folded(line));
        assert_eq!(kind("Theo dõi Tin Xa trên Google News"), Some(BlockKind::Boilerplate));
        assert_eq!(kind("12 bình luận"), Some(BlockKind::Boilerplate));
        assert_eq!(kind("ảnh: An Bình"), Some(BlockKind::Caption));
        for line in ["Theo dõi Tin Xa", "Bạn có theo dõi tin trên báo", "12 bình luận mới", ""]
        {
            assert_eq!(kind(line), None, "{line}");
        }
    }

    #[test]
    fn parts_of_an_open_line_do_not_overlap() {
        let mut rules = LineRules::default();
        rules.add("xem*xem", BlockKind::Boilerplate);
        assert_eq!(rules.kind("xem", &folded("xem")), None);
        assert!(rules.kind("xemxem", &folded("xemxem")).is_some());
    }
}
