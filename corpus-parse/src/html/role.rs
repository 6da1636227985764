//! What a page says about its parts: by class, identifier, microdata and role.
//!
//! The names are data: `data/page.tsv`. A name of two words (`content-detail`) is that whole class;
//! a word is also a part of one, cut at hyphens and capitals (`relatedNews`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::element::Element;
use super::token::Attributes;
use super::tree::{Node, Tree};

/// Parts that an element may be, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u16);

impl Roles {
    pub(super) const NONE: Roles = Roles(0);
    /// Perhaps the article, perhaps one of many boxes.
    pub(super) const CONTENT: Roles = Roles(1);
    /// The text of the article.
    pub(super) const TEXT: Roles = Roles(1 << 1);
    pub(super) const FURNITURE: Roles = Roles(1 << 2);
    pub(super) const CAPTION: Roles = Roles(1 << 3);
    pub(super) const BYLINE: Roles = Roles(1 << 4);
    pub(super) const DATE: Roles = Roles(1 << 5);
    pub(super) const LEAD: Roles = Roles(1 << 6);
    pub(super) const TAGS: Roles = Roles(1 << 7);
    pub(super) const SECTION: Roles = Roles(1 << 8);
    pub(super) const TITLE: Roles = Roles(1 << 9);
    /// A line about the article: views, date, author.
    pub(super) const ABOUT: Roles = Roles(1 << 10);
    /// Written against the right margin, as authors are.
    pub(super) const RIGHT: Roles = Roles(1 << 11);
    /// Written in the middle, as captions are.
    pub(super) const CENTRE: Roles = Roles(1 << 12);

    /// Whether it may be one of these.
    pub(super) fn has(self, any: Roles) -> bool {
        self.0 & any.0 != 0
    }

    /// Those of them that are among these.
    pub(super) fn only(self, these: Roles) -> Roles {
        Roles(self.0 & these.0)
    }

    pub(super) fn and(self, more: Roles) -> Roles {
        Roles(self.0 | more.0)
    }
}

const NAMES: [(&str, Roles); 11] = [
    ("content", Roles::CONTENT),
    ("text", Roles::TEXT),
    ("furniture", Roles::FURNITURE),
    ("caption", Roles::CAPTION),
    ("byline", Roles::BYLINE),
    ("date", Roles::DATE),
    ("lead", Roles::LEAD),
    ("tags", Roles::TAGS),
    ("section", Roles::SECTION),
    ("title", Roles::TITLE),
    ("about", Roles::ABOUT),
];

/// The roles by name; `true` where only the whole class has them.
static KNOWN: LazyLock<FxHashMap<&'static [u8], (bool, Roles)>> = LazyLock::new(|| {
    let mut known: FxHashMap<&[u8], (bool, Roles)> = FxHashMap::default();
    for line in include_str!("../../data/page.tsv").lines().filter(|it| !it.starts_with('#')) {
        let Some((role, name)) = line.split_once('\t') else { continue };
        let (name, whole) = name.strip_prefix('=').map_or((name, false), |name| (name, true));
        if let Some((_, role)) = NAMES.iter().find(|it| it.0 == role) {
            let entry = known.entry(name.as_bytes()).or_insert((whole, Roles::NONE));
            *entry = (entry.0 && whole, entry.1.and(*role));
        }
    }
    known
});

/// Longer names are those of no part.
const LONGEST: usize = 40;

fn known(name: &[u8], whole: bool) -> Roles {
    KNOWN.get(name).filter(|it| whole || !it.0).map_or(Roles::NONE, |it| it.1)
}

/// What a class or an identifier says.
fn of_name(name: &str) -> Roles {
    let mut lower = [0; LONGEST];
    let Some(whole) = lower.get_mut(..name.len()) else { return Roles::NONE };
    whole.copy_from_slice(name.as_bytes());
    whole.make_ascii_lowercase();
    let found = known(whole, true);
    if found != Roles::NONE {
        return found;
    }
    let mut roles = Roles::NONE;
    let bytes = name.as_bytes();
    let mut from = 0;
    for at in 1..=bytes.len() {
        let byte = bytes.get(at).copied().unwrap_or(b'-');
        let before = bytes.get(at - 1).copied().unwrap_or(b'-');
        let hump = byte.is_ascii_uppercase() && before.is_ascii_lowercase();
        if byte.is_ascii_alphabetic() && !hump {
            if !before.is_ascii_alphabetic() {
                from = at;
            }
            continue;
        }
        let part = whole.get(from..at).unwrap_or_default();
        roles = roles.and(known(part, false));
        from = if hump { at } else { at + 1 };
    }
    // A box of related articles has titles, dates and captions too.
    if roles.has(Roles::FURNITURE) { Roles::FURNITURE } else { roles }
}

fn of_names(names: &str) -> Roles {
    names.split_ascii_whitespace().map(of_name).fold(Roles::NONE, Roles::and)
}

/// What microdata says: `itemprop="articleBody"`.
fn of_property(property: &str) -> Roles {
    let name = property.rsplit(':').next().unwrap_or_default();
    let is = |it: &str| name.eq_ignore_ascii_case(it);
    match () {
        () if is("articleBody") => Roles::TEXT,
        () if is("headline") => Roles::TITLE,
        () if is("description") => Roles::LEAD,
        () if is("author") => Roles::BYLINE,
        () if is("datePublished") => Roles::DATE,
        () if is("articleSection") => Roles::SECTION,
        () if is("keywords") => Roles::TAGS,
        () if is("comment") => Roles::FURNITURE,
        () => Roles::NONE,
    }
}

/// What the page says about each of its nodes.
pub(super) fn of_all(tree: &Tree<'_>) -> Vec<Roles> {
    let role = |node: &Node<'_>| match node.element {
        Element::Text | Element::Meta | Element::Link | Element::Script => Roles::NONE,
        element => of(element, node.source),
    };
    tree.nodes.iter().map(role).collect()
}

/// What the attributes of an element say it is.
fn of(element: Element, attributes: &str) -> Roles {
    let block = element.is_block();
    let mut roles = Roles::NONE;
    for (name, value) in Attributes::of(attributes) {
        let is = |it: &str| name.eq_ignore_ascii_case(it);
        let more = match name.len() {
            5 if is("class") => of_names(value),
            2 if is("id") => of_name(value),
            // What the editors' program of several papers calls the boxes inside a text.
            4 if is("type") && block => of_name(value),
            8 if is("itemprop") || is("property") => of_property(value),
            4 if is("role") && block => match value {
                "navigation" | "complementary" | "contentinfo" | "banner" | "search" | "dialog" => {
                    Roles::FURNITURE
                }
                "main" | "article" => Roles::CONTENT,
                _ => Roles::NONE,
            },
            6 if is("hidden") => Roles::FURNITURE,
            5 if is("style") || is("align") => of_style(value),
            _ => Roles::NONE,
        };
        roles = roles.and(more);
    }
    // A part of a line is not taken out of it.
    match block {
        true => roles,
        false => Roles(roles.0 & !Roles::FURNITURE.0),
    }
}

fn of_style(style: &str) -> Roles {
    let compact: String =
        style.bytes().filter(|b| !b.is_ascii_whitespace()).take(400).map(char::from).collect();
    let compact = compact.to_ascii_lowercase();
    let mut roles = Roles::NONE;
    if compact.contains("display:none") || compact.contains("visibility:hidden") {
        roles = roles.and(Roles::FURNITURE);
    }
    if compact.contains("text-align:right") || compact == "right" {
        roles = roles.and(Roles::RIGHT);
    }
    if compact.contains("text-align:center") || compact == "center" {
        roles = roles.and(Roles::CENTRE);
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let cases = [
            ("content-detail", Roles::TEXT),
            ("box-relatedNews", Roles::FURNITURE),
            ("related-title", Roles::FURNITURE),
            ("news-caption", Roles::CONTENT.and(Roles::CAPTION)),
            ("rate-usd", Roles::FURNITURE),
            ("address", Roles::NONE),
            ("hidden", Roles::FURNITURE),
            ("overflow-hidden", Roles::NONE),
            ("col-md-8", Roles::NONE),
            ("authorName", Roles::BYLINE),
            ("a-very-long-class-name-that-is-no-part-of-any-page", Roles::NONE),
            ("", Roles::NONE),
        ];
        for (name, roles) in cases {
            assert_eq!(of_name(name), roles, "{name}");
        }
    }

    #[test]
    fn attributes() {
        let block = |attributes| of(Element::Block, attributes);
        assert_eq!(block(" itemprop=articleBody"), Roles::TEXT);
        assert_eq!(block(" style='Display: None'"), Roles::FURNITURE);
        assert_eq!(block(" type=\"RelatedOneNews\""), Roles::FURNITURE);
        assert_eq!(of(Element::Inline, " class=rate"), Roles::NONE);
        assert_eq!(of(Element::P, " align=right"), Roles::RIGHT);
    }

    #[test]
    fn every_line_of_the_data_is_known() {
        for line in include_str!("../../data/page.tsv").lines().filter(|it| !it.starts_with('#')) {
            let (role, name) = line.split_once('\t').unwrap();
            assert!(NAMES.iter().any(|it| it.0 == role), "{line:?}: no such role");
            let name = name.trim_start_matches('=');
            assert!(name.to_ascii_lowercase() == name && name.len() <= LONGEST, "{line:?}");
        }
    }
}
