//! The weights of the tagger, and how it reads a sentence with them.

use std::borrow::Cow;
use std::ops::Range;

use super::feature::{TOLD, Window};

/// How many rows of weights there are; a feature's hash tells its row.
pub(super) const ROWS: usize = 1 << 16;
/// The numbers at the head of a model: what it is, and the weights of one label behind another.
pub(super) const HEADER: usize = 4 * 10;
const MAGIC: i32 = 0x4f46_4601;

/// A word begins no office, begins one, goes on with one.
pub(super) const LABELS: usize = 3;
pub(super) const OUT: usize = 0;
pub(super) const BEGIN: usize = 1;
pub(super) const INSIDE: usize = 2;

/// The weights: for each row what it says for a beginning and for going on; not to be an office weighs nothing.
#[derive(Clone, Debug)]
pub(in crate::person) struct Model {
    rows: Cow<'static, [u8]>,
    pub(super) behind: [[i32; LABELS]; LABELS],
}

/// So little that nothing makes up for it.
const NEVER: i32 = i32::MIN / 4;

impl Model {
    /// The model that comes with the crate.
    pub(in crate::person) fn built_in() -> Model {
        Model::read(Cow::Borrowed(include_bytes!("../../../data/office-model.bin")))
            .unwrap_or_else(Model::empty)
    }

    /// A model that finds nothing.
    pub(super) fn empty() -> Model {
        Model { rows: Cow::Borrowed(&[]), behind: [[0; LABELS]; LABELS] }
    }

    /// A model as [`Model::write`] writes it.
    pub(super) fn read(bytes: Cow<'static, [u8]>) -> Option<Model> {
        let (head, rest) = bytes.split_at_checked(HEADER)?;
        if rest.len() != 2 * ROWS {
            return None;
        }
        let (numbers, _) = head.as_chunks::<4>();
        let mut numbers = numbers.iter().map(|it| i32::from_le_bytes(*it));
        (numbers.next()? == MAGIC).then_some(())?;
        let mut behind = [[0; LABELS]; LABELS];
        for (weight, number) in behind.iter_mut().flatten().zip(numbers) {
            *weight = number;
        }
        let rows = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(HEADER..)?),
            Cow::Owned(mut bytes) => Cow::Owned(bytes.split_off(HEADER)),
        };
        Some(Model { rows, behind })
    }

    pub(super) fn new(rows: Vec<u8>, behind: [[i32; LABELS]; LABELS]) -> Model {
        Model { rows: Cow::Owned(rows), behind }
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER + self.rows.len());
        let behind = self.behind.iter().flatten().copied();
        for number in [MAGIC].into_iter().chain(behind) {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(&*self.rows);
        bytes
    }

    /// The offices of a window, in tokens, each of which begins at one of these places.
    pub(super) fn offices(&self, window: &Window, begins: &[usize]) -> Vec<Range<usize>> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let mut scores = vec![[0; LABELS]; window.len()];
        // In front of the first beginning on either side of the name no office is.
        for side in [0..window.focus.start, window.focus.end..window.len()] {
            let first = begins.iter().copied().find(|it| side.contains(it));
            let rest = first.unwrap_or(side.end)..side.end;
            for (score, at) in scores.iter_mut().skip(rest.start).zip(rest) {
                window.each_feature(at, |feature| self.add(feature, score));
            }
        }
        let labels = best(&scores, &self.behind, |at, label| match label {
            BEGIN => begins.contains(&at),
            INSIDE => !window.focus.contains(&at),
            _ => true,
        });
        spans(&labels)
            .into_iter()
            .map(|span| span.start + window.start..span.end + window.start)
            .collect()
    }

    /// What spoke most for an office of a window, in tokens: the two kinds of features that weigh most.
    pub(super) fn reasons(&self, window: &Window, office: &Range<usize>) -> Vec<&'static str> {
        let mut sums: Vec<(i32, &'static str)> = Vec::new();
        for at in office.clone() {
            let label = if at == office.start { BEGIN } else { INSIDE };
            let mut told = TOLD.into_iter();
            window.each_feature(at - window.start.min(at), |feature| {
                let mut score = [0; LABELS];
                self.add(feature, &mut score);
                let Some(told) = told.next() else { return };
                match sums.iter_mut().find(|(_, it)| *it == told) {
                    Some((sum, _)) => *sum += score[label],
                    None => sums.push((score[label], told)),
                }
            });
        }
        sums.sort_by_key(|(sum, _)| -sum);
        sums.into_iter().filter(|(sum, _)| *sum > 0).take(2).map(|(_, told)| told).collect()
    }

    /// What features say together.
    pub(super) fn scores(&self, features: &[u32]) -> [i32; LABELS] {
        let mut score = [0; LABELS];
        features.iter().for_each(|feature| self.add(*feature, &mut score));
        score
    }

    /// Adds what a feature says.
    #[inline]
    fn add(&self, feature: u32, score: &mut [i32; LABELS]) {
        let (rows, _) = self.rows.as_chunks::<2>();
        if let Some([begin, inside]) = rows.get(feature as usize % ROWS) {
            score[BEGIN] += i32::from(*begin as i8);
            score[INSIDE] += i32::from(*inside as i8);
        }
    }
}

/// The best labels of all words, of those that each may have.
pub(super) fn best(
    scores: &[[i32; LABELS]],
    behind: &[[i32; LABELS]; LABELS],
    may: impl Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let mut so_far = [0, NEVER, NEVER];
    let mut from: Vec<[usize; LABELS]> = Vec::with_capacity(scores.len());
    for (at, score) in scores.iter().enumerate() {
        let mut next = [NEVER; LABELS];
        let mut back = [OUT; LABELS];
        for label in 0..LABELS {
            if !may(at, label) {
                continue;
            }
            for last in 0..LABELS {
                if label == INSIDE && last == OUT {
                    continue;
                }
                let sum = so_far[last].saturating_add(behind[last][label] + score[label]);
                if sum > next[label] {
                    next[label] = sum;
                    back[label] = last;
                }
            }
        }
        so_far = next;
        from.push(back);
    }
    let mut label = (0..LABELS).max_by_key(|&it| (so_far[it], LABELS - it)).unwrap_or(OUT);
    let mut labels = vec![OUT; scores.len()];
    for (slot, back) in labels.iter_mut().zip(&from).rev() {
        *slot = label;
        label = back[label];
    }
    labels
}

/// The offices that labels tell.
pub(super) fn spans(labels: &[usize]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        match *label {
            BEGIN => spans.push(at..at + 1),
            INSIDE => {
                if let Some(last) = spans.last_mut() {
                    last.end = at + 1;
                }
            }
            _ => {}
        }
    }
    spans
}
