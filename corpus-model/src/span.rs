//! [`Span`]: where something stands in a document's text.

use std::ops::Range;

/// A half-open range of bytes in a document's text.
///
/// ```
/// use corpus_model::Span;
///
/// let span = Span::new(7, 12);
/// assert_eq!(&"Trời mưa."[span.range()], "mưa.");
/// assert!(Span::new(0, 12).contains(span));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The bytes from `start` up to, but not including, `end`.
    ///
    /// An `end` before `start` gives the empty span at `start`.
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end: if end < start { start } else { end } }
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        self.start
    }

    /// The byte after the last.
    pub const fn end(self) -> usize {
        self.end
    }

    /// How many bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether there is no byte in it.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a range, to index a `str` or a slice.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether `other` lies inside; a span contains itself.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte; an empty span shares none.
    pub const fn overlaps(self, other: Span) -> bool {
        let start = if self.start > other.start { self.start } else { other.start };
        let end = if self.end < other.end { self.end } else { other.end };
        start < end
    }

    /// The smallest span that contains both.
    pub const fn cover(self, other: Span) -> Span {
        Span {
            start: if self.start < other.start { self.start } else { other.start },
            end: if self.end > other.end { self.end } else { other.end },
        }
    }

    /// The span moved towards the end by `bytes`: from a part of a text into the whole.
    ///
    /// ```
    /// use corpus_model::Span;
    ///
    /// let (text, line) = ("Tin vắn\nTrời mưa.", "Trời mưa.");
    /// let found = Span::new(7, 11).shifted(text.find(line).unwrap());
    /// assert_eq!(&text[found.range()], "mưa");
    /// ```
    pub const fn shifted(self, bytes: usize) -> Span {
        Span { start: self.start.saturating_add(bytes), end: self.end.saturating_add(bytes) }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Range<usize> {
        span.range()
    }
}

/// Something that stands at a place in a text.
pub trait Spanned {
    /// Where it stands.
    fn span(&self) -> Span;
}

impl Spanned for Span {
    fn span(&self) -> Span {
        *self
    }
}

impl<T: Spanned + ?Sized> Spanned for &T {
    fn span(&self) -> Span {
        (**self).span()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_before_the_start_gives_an_empty_span() {
        let span = Span::new(9, 4);
        assert_eq!((span.start(), span.end(), span.len()), (9, 9, 0));
        assert!(span.is_empty());
    }

    #[test]
    fn neighbours_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
    }

    #[test]
    fn an_empty_span_is_contained_but_overlaps_nothing() {
        let (empty, around) = (Span::new(3, 3), Span::new(0, 5));
        assert!(around.contains(empty));
        assert!(!around.overlaps(empty));
        assert!(!empty.overlaps(around));
    }

    #[test]
    fn a_cover_holds_both_and_what_lies_between() {
        assert_eq!(Span::new(7, 9).cover(Span::new(1, 3)), Span::new(1, 9));
    }
}
