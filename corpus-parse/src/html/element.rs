//! The elements of HTML that matter for reading a page, and what they are like.

/// An element, as far as it has to be told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Text between tags.
    Text,
    /// An element of no importance, which stands in a line of text.
    Inline,
    A,
    Strong,
    Em,
    Br,
    Img,
    Time,
    /// An element of no importance, which stands on lines of its own.
    Block,
    Html,
    Head,
    Body,
    Title,
    Meta,
    Link,
    Script,
    P,
    Heading1,
    Heading,
    Ul,
    Li,
    Dl,
    Dt,
    Table,
    Section,
    Tr,
    Td,
    Figure,
    Figcaption,
    Article,
    Blockquote,
    Pre,
    Hr,
    /// Page furniture by its name: `nav`, `footer`, `aside`.
    Furniture,
    Form,
    Option,
    /// What has no text to be read: `style`, `svg`, `iframe`.
    Mute,
}

/// How many elements there are.
pub(super) const ELEMENTS: usize = Element::Mute as usize + 1;

impl Element {
    /// The element of this name.
    pub(super) fn of(name: &str) -> Element {
        let mut lower = [0; 10];
        let Some(place) = lower.get_mut(..name.len()) else { return Element::Inline };
        place.copy_from_slice(name.as_bytes());
        place.make_ascii_lowercase();
        match &*place {
            b"a" => Element::A,
            b"b" | b"strong" => Element::Strong,
            b"i" | b"em" => Element::Em,
            b"br" => Element::Br,
            b"img" | b"picture" | b"amp-img" => Element::Img,
            b"time" => Element::Time,
            b"div" | b"section" | b"main" | b"header" | b"address" | b"center" | b"details"
            | b"summary" | b"fieldset" | b"hgroup" | b"frameset" => Element::Block,
            b"html" => Element::Html,
            b"head" => Element::Head,
            b"body" => Element::Body,
            b"title" => Element::Title,
            b"meta" => Element::Meta,
            b"link" | b"base" => Element::Link,
            b"script" => Element::Script,
            b"p" => Element::P,
            b"h1" => Element::Heading1,
            b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Element::Heading,
            b"ul" | b"ol" | b"menu" => Element::Ul,
            b"li" => Element::Li,
            b"dl" => Element::Dl,
            b"dt" | b"dd" => Element::Dt,
            b"table" => Element::Table,
            b"tbody" | b"thead" | b"tfoot" | b"caption" | b"colgroup" => Element::Section,
            b"tr" => Element::Tr,
            b"td" | b"th" => Element::Td,
            b"figure" => Element::Figure,
            b"figcaption" => Element::Figcaption,
            b"article" => Element::Article,
            b"blockquote" => Element::Blockquote,
            b"pre" => Element::Pre,
            b"hr" => Element::Hr,
            b"nav" | b"footer" | b"aside" | b"dialog" => Element::Furniture,
            b"form" => Element::Form,
            b"option" => Element::Option,
            b"style" | b"noscript" | b"iframe" | b"svg" | b"object" | b"template" | b"select"
            | b"button" | b"textarea" | b"canvas" | b"video" | b"audio" | b"map" | b"math"
            | b"noframes" | b"noembed" | b"xmp" | b"applet" => Element::Mute,
            b"input" | b"wbr" | b"source" | b"area" | b"col" | b"embed" | b"param" | b"track" => {
                Element::Br
            }
            _ => Element::Inline,
        }
    }

    /// Whether it never has an end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(
            self,
            Element::Text
                | Element::Br
                | Element::Img
                | Element::Meta
                | Element::Link
                | Element::Hr
        )
    }

    /// Whether it begins a line of its own.
    pub(super) fn is_block(self) -> bool {
        self as u8 >= Element::Block as u8
    }

    /// Whether it holds blocks and is not a block of text itself.
    pub(super) fn is_container(self) -> bool {
        matches!(
            self,
            Element::Block
                | Element::Body
                | Element::Article
                | Element::Section
                | Element::Td
                | Element::Tr
                | Element::Table
                | Element::Form
                | Element::Html
                | Element::Blockquote
                | Element::Ul
                | Element::Dl
        )
    }
}

/// What an element that begins does to those that are open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closes {
    /// The elements that it ends.
    pub(super) these: &'static [Element],
    /// The elements that it does not reach out of.
    pub(super) within: &'static [Element],
}

/// The elements that this one ends without their end tags, if any.
pub(super) fn closed_by(element: Element) -> Option<Closes> {
    const CELL: &[Element] = &[Element::Td, Element::Table, Element::Mute];
    let closes = match element {
        Element::A => Closes { these: &[Element::A], within: CELL },
        Element::Li => Closes { these: &[Element::Li], within: &[Element::Ul, Element::Table] },
        Element::Dt => Closes { these: &[Element::Dt], within: &[Element::Dl, Element::Table] },
        Element::Td => Closes { these: &[Element::Td], within: &[Element::Tr, Element::Table] },
        Element::Tr => Closes { these: &[Element::Tr], within: &[Element::Table] },
        Element::Section => Closes { these: &[Element::Section], within: &[Element::Table] },
        Element::Option => Closes { these: &[Element::Option], within: &[Element::Mute] },
        Element::Body => Closes { these: &[Element::Head], within: &[] },
        it if it.is_block() && !matches!(it, Element::Mute | Element::Script) => {
            Closes { these: &[Element::P], within: CELL }
        }
        _ => return None,
    };
    Some(closes)
}

/// The elements that an end tag does not reach out of.
pub(super) fn ends_within(element: Element) -> &'static [Element] {
    match element {
        Element::Table | Element::Body | Element::Html => &[],
        Element::Tr | Element::Section => &[Element::Table],
        Element::Td => &[Element::Tr, Element::Table],
        it if it.is_block() => &[Element::Td, Element::Table],
        Element::A => &[Element::Td, Element::Table],
        // `</b>` behind `<div>` ends nothing.
        _ => &[
            Element::Block,
            Element::P,
            Element::Td,
            Element::Li,
            Element::Table,
            Element::Article,
            Element::Body,
        ],
    }
}
