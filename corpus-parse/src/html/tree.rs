//! [`Tree`]: the elements and texts of a page in their order, each with the place where it ends.
//!
//! A part of the page is a range of nodes, so sums over parts are differences of sums, and nothing
//! recurses as deep as a page is nested. End tags that are missing are supplied as HTML has it, end
//! tags too many are passed over. The search for what a tag ends looks at a bounded number of open
//! elements, so the time is linear in the length of the page.

use super::element::{self, ELEMENTS, Element};
use super::token::{Attributes, Token, Tokens};

/// A node: an element or a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'h> {
    pub(super) element: Element,
    /// The element that it stands in.
    pub(super) parent: u32,
    /// The node behind its last.
    pub(super) end: u32,
    /// The attributes of an element, the words of a text, both as written.
    pub(super) source: &'h str,
}

/// The nodes of a page.
#[derive(Debug, Default)]
pub(super) struct Tree<'h> {
    pub(super) nodes: Vec<Node<'h>>,
    /// There were more than are kept.
    pub(super) cut: bool,
}

/// So many nodes are kept: no page that people read has a tenth of them.
const MOST_NODES: usize = 1 << 20;
/// So many open elements are looked at to find what a tag ends.
const REACH: usize = 100;

impl<'h> Tree<'h> {
    pub(super) fn of(page: &'h str) -> Tree<'h> {
        let mut growing = Growing {
            nodes: Vec::with_capacity(page.len() / 48),
            open: Vec::new(),
            counts: [0; ELEMENTS],
        };
        let mut cut = false;
        for token in Tokens::new(page) {
            if growing.nodes.len() >= MOST_NODES {
                cut = true;
                break;
            }
            match token {
                Token::Text(text) => growing.add(Element::Text, text),
                // A title and a script are asked for what is in them.
                Token::Raw(text) => growing.add(Element::Text, text),
                Token::Start { name, attributes } => growing.start(Element::of(name), attributes),
                Token::End { name } => growing.end(Element::of(name)),
            }
        }
        growing.pop_to(0);
        Tree { nodes: growing.nodes, cut }
    }

    pub(super) fn get(&self, n: usize) -> Option<&Node<'h>> {
        self.nodes.get(n)
    }

    /// The node behind the last of this one.
    pub(super) fn end(&self, n: usize) -> usize {
        self.nodes.get(n).map_or(n + 1, |node| node.end as usize)
    }

    /// The element that this node stands in; none of the first ones.
    pub(super) fn parent(&self, n: usize) -> Option<usize> {
        let parent = self.nodes.get(n)?.parent as usize;
        (parent < n).then_some(parent)
    }

    /// The numbers and nodes of this part, itself first.
    pub(super) fn part(&self, n: usize) -> impl Iterator<Item = (usize, &Node<'h>)> {
        let nodes = self.nodes.get(n..self.end(n)).unwrap_or_default();
        nodes.iter().enumerate().map(move |(at, node)| (n + at, node))
    }

    /// The value of an attribute as written.
    pub(super) fn attribute(&self, n: usize, name: &str) -> Option<&'h str> {
        let node = self.nodes.get(n).filter(|node| node.element != Element::Text)?;
        Attributes::of(node.source).find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1)
    }

    /// The words of this part in one line; those of scripts and styles left out.
    pub(super) fn words(&self, n: usize) -> String {
        let mut words = Words::default();
        let mut at = n;
        while at < self.end(n) {
            let Some(node) = self.get(at) else { break };
            match node.element {
                Element::Text => words.push(node.source),
                Element::Script | Element::Mute if at > n => at = self.end(at) - 1,
                it if it.is_block() || it == Element::Br => words.gap(),
                _ => {}
            }
            at += 1;
        }
        words.text
    }
}

/// Text whose blanks become one each.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) text: String,
    gap: bool,
}

impl Words {
    /// Adds text as written on the page.
    pub(super) fn push(&mut self, source: &str) {
        let Words { text, gap } = self;
        *gap |= is_glued(text, source);
        super::entity::resolve(source, |part| push_words(part, text, gap));
    }

    /// A blank, if words stand on both sides.
    pub(super) fn gap(&mut self) {
        self.gap = true;
    }
}

/// Whether two texts of one line, parted by a tag only, are words that a style sheet sets apart:
/// `<span class="place">Huế</span>Sáng nay`.
pub(super) fn is_glued(text: &str, next: &str) -> bool {
    text.ends_with(char::is_lowercase) && next.starts_with(char::is_uppercase)
}

/// Adds words with one blank between them; a blank in front of the next is remembered.
pub(super) fn push_words(part: &str, text: &mut String, gap: &mut bool) {
    let mut rest = part;
    while !rest.is_empty() {
        let bytes = rest.as_bytes();
        let words = bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len());
        if words > 0 {
            if *gap && !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            *gap = false;
            text.push_str(rest.get(..words).unwrap_or_default());
        }
        let behind = rest.get(words..).unwrap_or_default();
        rest = behind.trim_ascii_start();
        *gap |= rest.len() < behind.len();
    }
}

struct Growing<'h> {
    nodes: Vec<Node<'h>>,
    open: Vec<u32>,
    /// How many of each element are open.
    counts: [u32; ELEMENTS],
}

impl<'h> Growing<'h> {
    fn element(&self, open: u32) -> Element {
        self.nodes.get(open as usize).map_or(Element::Text, |node| node.element)
    }

    fn add(&mut self, element: Element, source: &'h str) {
        let n = self.nodes.len() as u32;
        let parent = self.open.last().copied().unwrap_or(u32::MAX);
        self.nodes.push(Node { element, parent, end: n + 1, source });
    }

    fn start(&mut self, element: Element, attributes: &'h str) {
        if let Some(closes) = element::closed_by(element) {
            self.close(closes.these, closes.within);
        }
        self.add(element, attributes);
        if !element.is_void() {
            self.open.push(self.nodes.len() as u32 - 1);
            self.count(element, 1);
        }
    }

    fn end(&mut self, element: Element) {
        if !element.is_void() {
            self.close(&[element], element::ends_within(element));
        }
    }

    fn count(&mut self, element: Element, change: i32) {
        if let Some(count) = self.counts.get_mut(element as usize) {
            *count = count.saturating_add_signed(change);
        }
    }

    /// Ends the innermost of these elements, if one is in reach.
    fn close(&mut self, these: &[Element], within: &[Element]) {
        let open = |it: &Element| self.counts.get(*it as usize).is_some_and(|count| *count > 0);
        if !these.iter().any(open) {
            return;
        }
        let near = self.open.iter().enumerate().rev().take(REACH);
        for (place, node) in near {
            let element = self.element(*node);
            if these.contains(&element) {
                return self.pop_to(place);
            }
            if within.contains(&element) {
                return;
            }
        }
    }

    /// Ends all elements from this place among the open ones on.
    fn pop_to(&mut self, place: usize) {
        let end = self.nodes.len() as u32;
        while self.open.len() > place {
            let Some(n) = self.open.pop() else { break };
            self.count(self.element(n), -1);
            if let Some(node) = self.nodes.get_mut(n as usize) {
                node.end = end;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as brackets.
    fn render(page: &str) -> String {
        let tree = Tree::of(page);
        let (mut text, mut open) = (String::new(), Vec::new());
        for (n, node) in tree.nodes.iter().enumerate() {
            while open.last().is_some_and(|end| *end <= n) {
                open.pop();
                text.push(')');
            }
            match node.element {
                Element::Text => text.push_str(node.source.trim()),
                element => {
                    text.push_str(&format!("({element:?} "));
                    open.push(tree.end(n));
                }
            }
        }
        text + &")".repeat(open.len())
    }

    #[test]
    fn end_tags_are_supplied() {
        let cases = [
            ("<p>a<p>b", "(P a)(P b)"),
            ("<p>a<div>b</div>c", "(P a)(Block b)c"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", "(Ul (Li a)(Li b(Ul (Li c))))"),
            (
                "<table><tr><td>a<td><p>b<tr><td>c</table>d",
                "(Table (Tr (Td a)(Td (P b)))(Tr (Td c)))d",
            ),
            ("<a>x<a>y</a>", "(A x)(A y)"),
            ("a</p></div></b>c", "ac"),
            ("<div><b>a</div>b", "(Block (Strong a))b"),
            ("<b><div>a</b>b</div>c", "(Strong (Block ab)c)"),
            ("<p><br>a<img src=x>b</p>", "(P (Br )a(Img )b)"),
            ("<td><div>a</td>b", "(Td (Block a))b"),
        ];
        for (page, expected) in cases {
            assert_eq!(render(page), expected, "{page}");
        }
    }

    #[test]
    fn words_are_one_line() {
        let words = |page: &str| Tree::of(page).words(0);
        assert_eq!(
            words("<div> H&agrave;\n  <b>Nội</b>,<br>mưa <script>x</script>lớn </div>"),
            "Hà Nội, mưa lớn"
        );
        assert_eq!(words("<ul><li>a</li><li>b</li></ul>"), "a b");
        assert_eq!(words("<p>a&nbsp; b</p>"), "a\u{a0} b");
        assert_eq!(words("<p><span>Huế</span>Sáng nay, <b>V</b>iệt</p>"), "Huế Sáng nay, Việt");
    }
}
