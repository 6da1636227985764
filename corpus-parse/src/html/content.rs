//! Which part of a page is the article: by how much running text stands where, and by what the page
//! calls its parts.
//!
//! Each block of text gives points to the elements around it, the nearer the more; what is mostly
//! links gives none, and what is left out (menus, related articles, comments) is not looked at. The
//! element with the most points is the article.

use super::element::Element;
use super::role::Roles;
use super::tree::Tree;

/// What is known about each node of a page.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) roles: Vec<Roles>,
    /// It is page furniture or stands in some.
    pub(super) left_out: Vec<bool>,
    /// The block that it stands in, itself if it is one.
    block: Vec<u32>,
    linked: Vec<bool>,
}

/// The part of its points that a block gives to the element around it, to the one around that, and
/// so on; in hundredths.
const SHARES: [u64; 6] = [100, 75, 50, 30, 15, 5];

impl Parts {
    /// Looks at every node; the furniture around `title` is none.
    pub(super) fn of(tree: &Tree<'_>, roles: Vec<Roles>, title: Option<usize>) -> Parts {
        let n = tree.nodes.len();
        let mut parts = Parts {
            roles,
            left_out: Vec::with_capacity(n),
            block: Vec::with_capacity(n),
            linked: Vec::with_capacity(n),
        };
        // Where the furniture at hand ends.
        let mut until = 0;
        for (at, node) in tree.nodes.iter().enumerate() {
            let parent = tree.parent(at);
            let roles = parts.roles(at);
            let block = match (node.element.is_block(), parent) {
                (false, Some(parent)) => parts.block.get(parent).copied().unwrap_or_default(),
                _ => at as u32,
            };
            let linked = node.element == Element::A
                || parent.is_some_and(|parent| parts.linked.get(parent) == Some(&true));
            let furniture = match node.element {
                Element::Mute | Element::Script | Element::Head | Element::Title => true,
                Element::Option => true,
                Element::Furniture => !holds(tree, at, title),
                Element::Html | Element::Body => false,
                it => it.is_block() && roles.has(Roles::FURNITURE) && !holds(tree, at, title),
            };
            if furniture {
                until = until.max(tree.end(at));
            }
            parts.left_out.push(at < until);
            parts.block.push(block);
            parts.linked.push(linked);
        }
        parts
    }

    /// What the page says that this node is.
    pub(super) fn roles(&self, n: usize) -> Roles {
        self.roles.get(n).copied().unwrap_or_default()
    }

    pub(super) fn is_left_out(&self, n: usize) -> bool {
        self.left_out.get(n).copied().unwrap_or(true)
    }

    /// Whether the node stands in a link.
    pub(super) fn is_linked(&self, n: usize) -> bool {
        self.linked.get(n).copied().unwrap_or_default()
    }

    /// The element that holds the article; none of a page without running text.
    pub(super) fn article(&self, tree: &Tree<'_>) -> Option<usize> {
        let n = tree.nodes.len();
        let (mut plain, mut all) = (vec![0u32; n], vec![0u32; n]);
        let mut ended = vec![false; n];
        for (at, node) in tree.nodes.iter().enumerate() {
            if node.element != Element::Text || self.is_left_out(at) {
                continue;
            }
            let words = node.source.trim_ascii();
            let block = self.block.get(at).map_or(at, |block| *block as usize);
            let add = |sums: &mut [u32]| {
                if let Some(sum) = sums.get_mut(block) {
                    *sum = sum.saturating_add(words.len() as u32);
                }
            };
            add(&mut all);
            if !self.is_linked(at) {
                add(&mut plain);
                let close = words.trim_end_matches(['"', '”', ')', '’']);
                let sentence =
                    close.ends_with(['.', '!', '?', '…', ':', ';']) || words.contains(". ");
                if let Some(ended) = ended.get_mut(block).filter(|_| sentence) {
                    *ended = true;
                }
            }
        }
        let mut points = vec![0u64; n];
        for at in 0..n {
            let (plain, all) = (*plain.get(at)?, *all.get(at)?);
            // Links in a text are a small part of it.
            if plain == 0 || u64::from(plain) * 2 < u64::from(all) {
                continue;
            }
            let ended = ended.get(at) == Some(&true);
            self.give(tree, at, weigh(tree, at, self.roles(at), plain, ended), &mut points);
        }
        let best = (0..n).max_by_key(|at| {
            let points = points.get(*at).copied().unwrap_or_default();
            (points * self.factor(tree, *at) / 100, std::cmp::Reverse(*at))
        })?;
        (points.get(best) > Some(&0)).then_some(best)
    }

    /// Whether no more than so many bytes of text stand on the page beside links and furniture.
    pub(super) fn has_little(&self, tree: &Tree<'_>, most: usize) -> bool {
        let mut bytes = 0;
        tree.nodes.iter().enumerate().all(|(at, node)| {
            let plain = node.element == Element::Text && !self.is_left_out(at);
            if plain && !self.is_linked(at) {
                bytes += node.source.trim_ascii().len();
            }
            bytes <= most
        })
    }

    /// Gives the points of a block to the elements around it.
    fn give(&self, tree: &Tree<'_>, block: usize, worth: u64, points: &mut [u64]) {
        let container = |n: usize| tree.get(n).is_some_and(|node| node.element.is_container());
        let mut at = if container(block) { Some(block) } else { tree.parent(block) };
        let mut shares = SHARES.iter();
        while let Some(here) = at {
            // Lines of lists and tables stand deep in them.
            if container(here) {
                let Some(share) = shares.next() else { break };
                if let Some(points) = points.get_mut(here) {
                    *points += worth * share / 100;
                }
            }
            at = self.around(tree, here);
        }
    }

    /// The block around a block.
    fn around(&self, tree: &Tree<'_>, n: usize) -> Option<usize> {
        let parent = tree.parent(n)?;
        self.block.get(parent).map(|block| *block as usize).filter(|block| *block < n)
    }

    /// What the element itself says for it being the article, in hundredths.
    fn factor(&self, tree: &Tree<'_>, n: usize) -> u64 {
        let Some(node) = tree.get(n) else { return 0 };
        let kind = match node.element {
            Element::Html => 20,
            Element::Body => 50,
            Element::Article => 125,
            Element::Ul | Element::Dl | Element::Tr | Element::Section => 50,
            Element::Td | Element::Table => 80,
            Element::Blockquote => 40,
            _ => 100,
        };
        let roles = self.roles(n);
        let named = match () {
            () if roles.has(Roles::TEXT) => 300,
            () if roles.has(Roles::CAPTION.and(Roles::LEAD).and(Roles::BYLINE)) => 30,
            () if roles.has(Roles::TAGS.and(Roles::SECTION)) => 20,
            () if roles.has(Roles::CONTENT) => 130,
            () => 100,
        };
        kind * named / 100
    }
}

/// How much the text of a block says for the article being around it.
fn weigh(tree: &Tree<'_>, n: usize, roles: Roles, bytes: u32, ended: bool) -> u64 {
    let aside = Roles::CAPTION.and(Roles::BYLINE).and(Roles::DATE).and(Roles::LEAD);
    let kind = match tree.get(n).map(|node| node.element) {
        Some(Element::P) => 100,
        Some(Element::Heading | Element::Heading1 | Element::Figcaption | Element::Dt) => 30,
        Some(Element::Li) => 50,
        Some(Element::Td) => 70,
        _ => 80,
    };
    let kind = if roles.has(aside) { kind / 3 } else { kind };
    let form = match (ended, bytes) {
        (true, 40..) | (false, 160..) => 100,
        (true, _) => 60,
        (false, 60..) => 40,
        (false, _) => 10,
    };
    u64::from(bytes) * kind * form / 100
}

/// Whether this part holds the node.
fn holds(tree: &Tree<'_>, part: usize, node: Option<usize>) -> bool {
    node.is_some_and(|node| (part..tree.end(part)).contains(&node))
}
