//! [`EditMap`]: which part of a text became which part of its normal form.

use corpus_model::Span;

/// A part of the input and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// Where it stood in the input.
    pub input: Span,
    /// Where its replacement stands in the output; empty where it was taken out.
    pub output: Span,
}

/// The edits that made one text of another, in text order, and the mapping of spans by them.
///
/// Everything outside of edits is the same on both sides. Spans are in bytes;
/// [`Offsets`](crate::Offsets) turns them into characters and UTF-16 units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EditMap {
    edits: Vec<Edit>,
}

impl EditMap {
    /// The edits, in text order.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether there are none, so that both texts are the same.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Adds an edit behind all others; one that touches the last is joined to it.
    pub(crate) fn push(&mut self, input: Span, output: Span) {
        match self.edits.last_mut() {
            Some(last) if last.input.end() == input.start() => {
                *last = Edit { input: last.input.cover(input), output: last.output.cover(output) };
            }
            _ => self.edits.push(Edit { input, output }),
        }
    }

    /// The map from the input of this one to the output of `next`, which begins where this ends.
    ///
    /// ```
    /// use corpus_text::{Normalization, normalize};
    ///
    /// let mut dashes = Normalization::NOTHING;
    /// dashes.dashes = true;
    /// let first = normalize("hoà – thuận", &dashes);
    /// let second = normalize(first.text(), &Normalization::default());
    /// assert_eq!(second.text(), "hòa - thuận");
    /// assert_eq!(first.map().then(second.map()).edits().len(), 2);
    /// ```
    pub fn then(&self, next: &EditMap) -> EditMap {
        let mut both = EditMap::default();
        let (mut mine, mut others) = (self.edits.iter().peekable(), next.edits.iter().peekable());
        // Where the last edit of each ends: in the text between the two, and on its other side.
        let (mut left, mut right) = ((0, 0), (0, 0));
        let moved = |(from, to): (usize, usize), at: usize| to + at.saturating_sub(from);
        loop {
            let starts = [
                mine.peek().map(|edit| edit.output.start()),
                others.peek().map(|edit| edit.input.start()),
            ];
            let Some(start) = starts.into_iter().flatten().min() else { break };
            let (input, output) = (moved(left, start), moved(right, start));
            // Edits that touch in the text between become one.
            let mut end = start;
            loop {
                if let Some(edit) = mine.next_if(|edit| edit.output.start() <= end) {
                    end = end.max(edit.output.end());
                    left = (edit.output.end(), edit.input.end());
                } else if let Some(edit) = others.next_if(|edit| edit.input.start() <= end) {
                    end = end.max(edit.input.end());
                    right = (edit.input.end(), edit.output.end());
                } else {
                    break;
                }
            }
            both.push(Span::new(input, moved(left, end)), Span::new(output, moved(right, end)));
        }
        both
    }

    /// Where in the input stands what stands at `span` in the output.
    ///
    /// A span that cuts through an edit is widened to all of it. What was taken out at the ends of
    /// the span is not in it.
    pub fn to_input(&self, span: Span) -> Span {
        map(&self.edits, span, |edit| (edit.output, edit.input))
    }

    /// Where in the output stands what stands at `span` in the input; widened likewise.
    pub fn to_output(&self, span: Span) -> Span {
        map(&self.edits, span, |edit| (edit.input, edit.output))
    }
}

/// Maps a span from one side of the edits, the first that `sides` gives, to the other.
fn map(edits: &[Edit], span: Span, sides: impl Fn(&Edit) -> (Span, Span)) -> Span {
    // The start belongs to the first edit that ends behind it, the end to the last that begins in
    // front of it; outside of edits both move by what the edits before them added.
    let after = edits.partition_point(|edit| sides(edit).0.end() <= span.start());
    let start = match edits.get(after).map(&sides) {
        Some((from, to)) if from.start() < span.start() => to.start(),
        Some((from, to)) if from.start() == span.start() && !from.is_empty() => to.start(),
        _ => moved(edits, after, span.start(), &sides),
    };
    let before = edits.partition_point(|edit| sides(edit).0.start() < span.end());
    let end = match before.checked_sub(1).and_then(|last| edits.get(last)).map(&sides) {
        Some((from, to)) if from.end() >= span.end() => to.end(),
        _ => moved(edits, before, span.end(), &sides),
    };
    Span::new(start, end)
}

/// An offset outside of edits, behind the first `n` of them.
fn moved(edits: &[Edit], n: usize, offset: usize, sides: &impl Fn(&Edit) -> (Span, Span)) -> usize {
    match n.checked_sub(1).and_then(|last| edits.get(last)).map(sides) {
        Some((from, to)) => to.end() + offset.saturating_sub(from.end()),
        None => offset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ab[XY]cd` became `abcd`, `ef` became `EFG`, and `h` was put in front of the end.
    fn sample() -> EditMap {
        let mut map = EditMap::default();
        map.push(Span::new(2, 4), Span::new(2, 2));
        map.push(Span::new(6, 8), Span::new(4, 7));
        map
    }

    #[test]
    fn spans_go_both_ways() {
        let map = sample();
        for (output, input) in [
            ((0, 2), (0, 2)),
            ((0, 4), (0, 6)),
            ((2, 4), (4, 6)),
            ((4, 7), (6, 8)),
            ((5, 6), (6, 8)),
            ((7, 9), (8, 10)),
            ((3, 8), (5, 9)),
        ] {
            let (output, input) = (Span::new(output.0, output.1), Span::new(input.0, input.1));
            assert_eq!(map.to_input(output), input, "{output:?}");
            assert!(map.to_output(input).contains(output), "{input:?}");
        }
        assert_eq!(map.to_output(Span::new(2, 4)), Span::new(2, 2));
        assert_eq!(map.to_output(Span::new(3, 5)), Span::new(2, 3));
    }

    #[test]
    fn edits_that_touch_are_one() {
        let mut map = sample();
        map.push(Span::new(8, 9), Span::new(7, 7));
        assert_eq!(map.edits().len(), 2);
        assert_eq!(map.edits()[1].input, Span::new(6, 9));
    }
}
