//! The text of an article: the lines of a part of a page, and what each is.

use corpus_model::BlockKind;

use super::content::Parts;
use super::element::Element;
use super::entity;
use super::role::Roles;
use super::tree::{Tree, is_glued, push_words};
use crate::blocks::Hint;

/// The longest line under a picture that nothing else marks.
const CAPTION: usize = 400;
/// The longest heading, and the longest line about the article.
const SHORT: usize = 200;

/// A part of so many nodes is no line about the article.
const LARGE: usize = 60;

/// The lines of an article.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) text: String,
    /// Where lines begin that the page says something about.
    pub(super) hints: Vec<(usize, Hint)>,
    /// Lines that were passed over as links to other articles, in bytes.
    pub(super) links: usize,
}

/// Lines of one part of a page.
pub(super) struct Reading<'r, 'h> {
    pub(super) tree: &'r Tree<'h>,
    pub(super) parts: &'r Parts,
    /// Nodes that are read elsewhere: title and lead.
    pub(super) elsewhere: [Option<usize>; 2],
    /// The headline, which some pages repeat in the text.
    pub(super) title: &'r str,
    /// Lines of links are text as well.
    pub(super) with_links: bool,
}

/// What stands around a line.
#[derive(Clone, Copy)]
struct Around {
    end: usize,
    roles: Roles,
    element: Element,
    caption: bool,
}

/// The line at hand.
#[derive(Default)]
struct Line {
    start: usize,
    linked: usize,
    strong: usize,
    slanted: usize,
    picture: bool,
    gap: bool,
}

impl Lines {
    /// Adds a line that is known to be of this kind.
    pub(super) fn push(&mut self, kind: BlockKind, words: &str) {
        if !words.trim().is_empty() {
            self.hints.push((self.text.len(), Hint::Is(kind)));
            self.text.push_str(words.trim());
            self.text.push_str("\n\n");
        }
    }

    /// Adds a line of running text.
    pub(super) fn push_prose(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.hints.push((self.text.len(), Hint::Prose));
            self.text.push_str(words.trim());
            self.text.push_str("\n\n");
        }
    }

    /// Marks the line near the front that begins so as the lead, and gives its words.
    pub(super) fn lead(&mut self, beginning: &str) -> Option<String> {
        if beginning.chars().count() < 15 {
            return None;
        }
        let mut at = 0;
        let mut seen = 0;
        for line in self.text.split_inclusive('\n') {
            let (start, words) = (at, line.trim());
            at += line.len();
            seen += usize::from(!words.is_empty());
            if seen > 6 {
                return None;
            }
            // The title of some pages is their description too.
            let titled = self.hints.first() == Some(&(start, Hint::Is(BlockKind::Title)));
            if titled || words.len() > 1500 || !super::beginning(words).starts_with(beginning) {
                continue;
            }
            let lead = words.to_owned();
            let next = self.hints.partition_point(|it| it.0 <= start);
            let behind = self.hints.get(next).is_none_or(|it| it.0 > at);
            // What follows in the same paragraph is what it was before.
            let before = next.checked_sub(1).and_then(|it| self.hints.get(it)).map(|it| it.1);
            if behind {
                self.hints.insert(next, (at, before.unwrap_or(Hint::Prose)));
            }
            self.hints.insert(next, (start, Hint::Is(BlockKind::Lead)));
            return Some(lead);
        }
        None
    }

    /// Adds the lines of this part of the page.
    pub(super) fn read(&mut self, reading: &Reading<'_, '_>, part: usize) {
        let tree = reading.tree;
        let mut open = vec![Around {
            end: tree.end(part),
            roles: Roles::NONE,
            element: Element::Block,
            caption: false,
        }];
        // Where what is strong and what is slanted ends.
        let (mut strong, mut slanted) = (0, 0);
        let mut line = Line { start: self.text.len(), ..Line::default() };
        let mut pictured = false;
        let mut breaks = 0;
        let mut at = part;
        while at < tree.end(part) {
            while let Some(ended) = open.pop_if(|it| it.end <= at) {
                self.end_line(reading, &mut line, ended, &mut pictured);
            }
            let Some(node) = tree.get(at) else { break };
            if reading.parts.is_left_out(at) || reading.elsewhere.contains(&Some(at)) {
                // A part of a line that is left out parts its words nevertheless.
                line.gap = true;
                at = tree.end(at);
                continue;
            }
            let around = open.last().copied();
            match node.element {
                Element::Text => {
                    let before = self.text.len();
                    let Line { start, gap, .. } = &mut line;
                    match before == *start {
                        true => *gap = false,
                        false => *gap |= is_glued(&self.text, node.source),
                    }
                    entity::resolve(node.source, |part| push_words(part, &mut self.text, gap));
                    let more = self.text.len() - before;
                    if more > 0 {
                        breaks = 0;
                    }
                    line.linked += if reading.parts.is_linked(at) { more } else { 0 };
                    line.strong += if at < strong { more } else { 0 };
                    line.slanted += if at < slanted { more } else { 0 };
                }
                Element::Br => {
                    breaks += 1;
                    if breaks == 1 && self.text.len() > line.start {
                        // One break is a line, two are a paragraph.
                        self.text.push('\n');
                        line.gap = false;
                    } else if breaks > 1
                        && let Some(around) = around
                    {
                        self.end_line(reading, &mut line, around, &mut pictured);
                    }
                }
                Element::Img => line.picture = true,
                Element::Strong => strong = strong.max(tree.end(at)),
                Element::Em => slanted = slanted.max(tree.end(at)),
                it if it.is_block() => {
                    if let Some(around) = around {
                        self.end_line(reading, &mut line, around, &mut pictured);
                        breaks = 0;
                        open.push(inside(reading, at, it, around));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        while let Some(around) = open.pop() {
            self.end_line(reading, &mut line, around, &mut pictured);
        }
    }

    /// Ends the line at hand; what is no line of the article is taken out again.
    fn end_line(
        &mut self,
        reading: &Reading<'_, '_>,
        line: &mut Line,
        around: Around,
        pictured: &mut bool,
    ) {
        let start = line.start;
        let kept = self.text.trim_end_matches(['\n', ' ']).len().max(start);
        self.text.truncate(kept);
        let words = self.text.get(start..).unwrap_or_default();
        let bytes = words.len();
        let blank = words.trim().is_empty();
        if blank {
            *pictured |= line.picture;
            self.text.truncate(start);
        } else {
            let hint = self.hint(reading, line, around, *pictured);
            match hint {
                Some(hint) => {
                    self.hints.push((start, hint));
                    self.text.push_str("\n\n");
                }
                None => self.text.truncate(start),
            }
            if hint.is_none() && line.linked * 2 > bytes {
                self.links += bytes;
            }
            // A second line under the picture is its credit, if anything.
            *pictured = line.picture && bytes < SHORT;
        }
        *line = Line { start: self.text.len(), ..Line::default() };
    }

    /// What the line at hand is; none if it is no line of the article.
    fn hint(
        &self,
        reading: &Reading<'_, '_>,
        line: &Line,
        around: Around,
        pictured: bool,
    ) -> Option<Hint> {
        let words = self.text.get(line.start..)?;
        let Around { roles, element, caption, .. } = around;
        let whole = |part: usize| part + 8 >= words.len() || part * 10 >= words.len() * 9;
        let short = words.len() <= SHORT;
        if words.len() >= 12 && words == reading.title && !caption {
            return None;
        }
        if caption {
            return Some(Hint::Is(BlockKind::Caption));
        }
        if short && roles.has(Roles::BYLINE) && !whole(line.linked) {
            return Some(Hint::Is(BlockKind::Byline));
        }
        let about = Roles::SECTION.and(Roles::DATE).and(Roles::ABOUT).and(Roles::BYLINE);
        if roles.has(Roles::TAGS) || (short && roles.has(about)) {
            return None;
        }
        if line.linked > 0 && whole(line.linked) && !reading.with_links {
            return None;
        }
        if let Element::Heading | Element::Heading1 = element {
            let kind =
                if words.len() <= 2 * SHORT { BlockKind::Heading } else { BlockKind::Paragraph };
            return Some(Hint::Is(kind));
        }
        if element == Element::Li {
            return Some(Hint::Is(BlockKind::ListItem));
        }
        let set_apart = roles.has(Roles::CENTRE) || whole(line.slanted);
        if (pictured || line.picture) && set_apart && words.len() <= CAPTION {
            return Some(Hint::Is(BlockKind::Caption));
        }
        if (whole(line.strong) || roles.has(Roles::RIGHT)) && short {
            return Some(Hint::Open);
        }
        Some(Hint::Prose)
    }
}

/// What stands around the lines inside of a block.
fn inside(reading: &Reading<'_, '_>, n: usize, element: Element, outer: Around) -> Around {
    let own = reading.parts.roles(n);
    let passed_on = Roles::CENTRE
        .and(Roles::RIGHT)
        .and(Roles::BYLINE)
        .and(Roles::DATE)
        .and(Roles::TAGS)
        .and(Roles::SECTION)
        .and(Roles::ABOUT);
    let end = reading.tree.end(n);
    let large = end - n > LARGE;
    let caption = outer.caption
        || (own.has(Roles::CAPTION) && !large)
        || matches!(element, Element::Figcaption | Element::Figure)
        || (element == Element::Table && is_picture(reading, n));
    // A paragraph in an item of a list is the item.
    let element = match (element, outer.element) {
        (Element::P | Element::Block, Element::Li) => Element::Li,
        (Element::Block, Element::Heading) => Element::Heading,
        (it, _) => it,
    };
    // An article may be in a box with a name like `post-date-2017`.
    let roles =
        if large { outer.roles.only(passed_on) } else { outer.roles.only(passed_on).and(own) };
    Around { end, roles, element, caption }
}

/// Whether a table is a frame for a picture and its caption.
fn is_picture(reading: &Reading<'_, '_>, n: usize) -> bool {
    let (mut pictures, mut cells, mut bytes) = (0, 0, 0);
    for (_, node) in reading.tree.part(n).take(200) {
        match node.element {
            Element::Img => pictures += 1,
            Element::Td => cells += 1,
            Element::Text => bytes += node.source.trim_ascii().len(),
            _ => {}
        }
    }
    pictures > 0 && cells <= pictures * 2 + 1 && bytes <= 800 * pictures
}
