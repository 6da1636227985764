//! [`Block`]: a part of a document and what it is for.

use std::fmt;

use crate::{Span, Spanned};

/// A part of a document's text with one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// What it is for.
    pub kind: BlockKind,
    /// Where it stands, without the white space around it.
    pub span: Span,
}

impl Block {
    /// A block of this kind at this place.
    pub const fn new(kind: BlockKind, span: Span) -> Block {
        Block { kind, span }
    }
}

impl Spanned for Block {
    fn span(&self) -> Span {
        self.span
    }
}

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// The address that the document was fetched from.
    Url,
    /// The headline.
    Title,
    /// The paragraph in front that says what happened (sapo).
    Lead,
    /// A headline inside the text.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list, with its number or bullet.
    ListItem,
    /// What stands under a picture, its credit included.
    Caption,
    /// The author's name, or the agency's at the end (`(TTXVN/Vietnam+)`).
    Byline,
    /// Place and date at the head of a report.
    Dateline,
    /// A pointer to another document.
    RelatedLink,
    /// Page furniture: menus, labels of link lists, share buttons.
    Boilerplate,
}

impl BlockKind {
    /// Every kind, in the order of a printed page.
    pub const ALL: [BlockKind; 11] = [
        BlockKind::Url,
        BlockKind::Title,
        BlockKind::Lead,
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::ListItem,
        BlockKind::Caption,
        BlockKind::Byline,
        BlockKind::Dateline,
        BlockKind::RelatedLink,
        BlockKind::Boilerplate,
    ];

    /// The kind's name in JSON: `related_link`.
    pub const fn name(self) -> &'static str {
        match self {
            BlockKind::Url => "url",
            BlockKind::Title => "title",
            BlockKind::Lead => "lead",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list_item",
            BlockKind::Caption => "caption",
            BlockKind::Byline => "byline",
            BlockKind::Dateline => "dateline",
            BlockKind::RelatedLink => "related_link",
            BlockKind::Boilerplate => "boilerplate",
        }
    }

    /// The kind of this name; see [`BlockKind::name`].
    pub fn from_name(name: &str) -> Option<BlockKind> {
        BlockKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the author's sentences are in it: everything but addresses, bylines, pointers to
    /// other documents and page furniture.
    pub const fn is_content(self) -> bool {
        matches!(
            self,
            BlockKind::Title
                | BlockKind::Lead
                | BlockKind::Heading
                | BlockKind::Paragraph
                | BlockKind::ListItem
                | BlockKind::Caption
                | BlockKind::Dateline
        )
    }

    /// Whether it is running text: lead, paragraph or list item.
    pub const fn is_running_text(self) -> bool {
        matches!(self, BlockKind::Lead | BlockKind::Paragraph | BlockKind::ListItem)
    }
}

impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for kind in BlockKind::ALL {
            assert_eq!(BlockKind::from_name(kind.name()), Some(kind));
            assert_eq!(kind.to_string(), kind.name());
        }
        assert_eq!(BlockKind::from_name("Lead"), None);
    }

    #[test]
    fn running_text_is_content() {
        for kind in BlockKind::ALL.into_iter().filter(|kind| kind.is_running_text()) {
            assert!(kind.is_content(), "{kind}");
        }
        for kind in
            [BlockKind::Url, BlockKind::Byline, BlockKind::RelatedLink, BlockKind::Boilerplate]
        {
            assert!(!kind.is_content(), "{kind}");
        }
    }
}
