//! [`Reader`]: what the readers of numbers, dates and lists look at.

use crate::number::Numbers;
use crate::token::Tokens;

/// The tokens of a text, the words of the rules and the numbers that they share.
///
/// A subject makes this its own by its words, `type Reader<'a, 'd> = crate::reader::Reader<'a, 'd,
/// Words>`, and adds what it reads as methods.
#[derive(Debug)]
pub(crate) struct Reader<'a, 'd, W> {
    pub(crate) words: &'a W,
    pub(crate) numbers: &'a Numbers,
    pub(crate) tokens: &'a Tokens<'d>,
}

// Derived, these would ask the words to be copied, too.
impl<W> Clone for Reader<'_, '_, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for Reader<'_, '_, W> {}
