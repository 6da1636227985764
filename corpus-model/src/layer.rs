//! [`Layer`]: annotations of one kind, in text order.

use std::{slice, vec};

use crate::{Span, Spanned};

/// Annotations of one kind, sorted by start, then end.
///
/// Things that start and end together keep the order in which they came.
///
/// ```
/// use corpus_model::{Layer, Span};
///
/// let layer: Layer<Span> = [Span::new(5, 7), Span::new(0, 4), Span::new(8, 9)].into_iter().collect();
/// let inside: Vec<Span> = layer.within(Span::new(4, 9)).copied().collect();
/// assert_eq!(inside, [Span::new(5, 7), Span::new(8, 9)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layer<T> {
    items: Vec<T>,
}

impl<T> Layer<T> {
    /// A layer with nothing in it.
    pub const fn new() -> Layer<T> {
        Layer { items: Vec::new() }
    }

    /// All annotations, in text order.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// All annotations, in text order.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.items.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The annotations as a vector, in text order, for its storage to be used again.
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }
}

impl<T: Spanned> Layer<T> {
    /// Those that lie wholly inside `span`, found by binary search for the first.
    ///
    /// Annotations that stick out at either end are left out; empty ones at the ends are in.
    pub fn within(&self, span: Span) -> impl DoubleEndedIterator<Item = &T> {
        let first = self.items.partition_point(|item| item.span().start() < span.start());
        let rest = self.items.get(first..).unwrap_or_default();
        let n = rest.partition_point(|item| item.span().start() < span.end());
        // Zero-width annotations may stand at the very end, so equality of start and end is let in.
        let n = n + rest
            .get(n..)
            .unwrap_or_default()
            .iter()
            .take_while(|item| item.span().start() == span.end() && item.span().is_empty())
            .count();
        rest.get(..n).unwrap_or_default().iter().filter(move |item| span.contains(item.span()))
    }

    /// Adds one annotation at its place, behind those with the same span; adding in text order is
    /// cheap, and collecting is cheaper than adding many in disorder.
    pub fn insert(&mut self, item: T) {
        let key = sort_key(&item);
        let place = match self.items.last() {
            Some(last) if sort_key(last) > key => {
                self.items.partition_point(|other| sort_key(other) <= key)
            }
            _ => self.items.len(),
        };
        self.items.insert(place, item);
    }
}

fn sort_key<T: Spanned>(item: &T) -> (usize, usize) {
    (item.span().start(), item.span().end())
}

impl<T> Default for Layer<T> {
    fn default() -> Layer<T> {
        Layer::new()
    }
}

impl<T: Spanned> From<Vec<T>> for Layer<T> {
    fn from(mut items: Vec<T>) -> Layer<T> {
        if !items.is_sorted_by_key(sort_key) {
            items.sort_by_key(sort_key);
        }
        Layer { items }
    }
}

impl<T: Spanned> FromIterator<T> for Layer<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Layer<T> {
        items.into_iter().collect::<Vec<T>>().into()
    }
}

impl<T: Spanned> Extend<T> for Layer<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        self.items.extend(items);
        if !self.items.is_sorted_by_key(sort_key) {
            self.items.sort_by_key(sort_key);
        }
    }
}

impl<T> IntoIterator for Layer<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> vec::IntoIter<T> {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Layer<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> slice::Iter<'a, T> {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A span with a name, to see which of two equal spans is which.
    #[derive(Clone, Debug, PartialEq)]
    struct Named(Span, &'static str);

    impl Spanned for Named {
        fn span(&self) -> Span {
            self.0
        }
    }

    fn names(layer: &Layer<Named>) -> Vec<&'static str> {
        layer.iter().map(|it| it.1).collect()
    }

    #[test]
    fn equal_spans_keep_the_order_in_which_they_came() {
        let span = Span::new(2, 4);
        let mut layer: Layer<Named> =
            vec![Named(Span::new(9, 9), "last"), Named(span, "a"), Named(span, "b")].into();
        layer.insert(Named(span, "c"));
        layer.insert(Named(Span::new(2, 3), "shorter"));
        assert_eq!(names(&layer), ["shorter", "a", "b", "c", "last"]);
        layer.extend([Named(span, "d"), Named(Span::new(0, 1), "first")]);
        assert_eq!(names(&layer), ["first", "shorter", "a", "b", "c", "d", "last"]);
    }

    #[test]
    fn empty_annotations_at_the_ends_are_within() {
        let layer: Layer<Span> =
            [(2, 2), (2, 5), (5, 5), (5, 8)].map(|(a, b)| Span::new(a, b)).into_iter().collect();
        let within = |a, b| layer.within(Span::new(a, b)).copied().collect::<Vec<_>>();
        assert_eq!(within(2, 5), [Span::new(2, 2), Span::new(2, 5), Span::new(5, 5)]);
        assert_eq!(within(5, 5), [Span::new(5, 5)]);
        assert_eq!(within(3, 4), []);
    }

    #[test]
    fn within_goes_backwards_too() {
        let layer: Layer<Span> = (0..9).map(|n| Span::new(n, n + 1)).collect();
        let last = layer.within(Span::new(2, 6)).next_back();
        assert_eq!(last, Some(&Span::new(5, 6)));
    }
}
