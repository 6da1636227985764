//! Summaries: the sentences of a document, or of many, that say most of what they say.
//!
//! # How sentences are chosen
//!
//! The unit of content is the *concept*: two neighbouring syllables, not both function words
//! (most Vietnamese words have two syllables, so two syllables are about a word; Gillick and Favre
//! 2009 take pairs of words for the same purpose). A concept weighs the more, the more documents
//! have it, the earlier it stands in them (news tells the main thing first), and if a headline has
//! it. A summary is worth the sum of the weights of its concepts, each counted once: a sentence
//! that repeats what another said adds nothing, so there is no separate measure of redundancy.
//! Sentences are taken greedily by worth for their length, then single ones are exchanged as long
//! as the worth grows. One that adds nothing to the others is never taken, even if the summary
//! stays short for it.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

use corpus_model::{Annotations, Document, Span};
use rustc_hash::FxHashSet;

use crate::DocumentDigest;
use crate::content::{Candidate, Content, Weights};

/// For one document.
const SINGLE: Weights = Weights {
    decay: 0.5,
    repetition: 2.0,
    agreement: 0.75,
    headline: 4.0,
    function_word: 1.0,
    length: 1.5,
    overhead: 12.0,
};

/// For many documents.
const MANY: Weights = Weights {
    decay: 0.5,
    repetition: 0.0,
    agreement: 2.5,
    headline: 0.25,
    function_word: 0.6,
    length: 0.5,
    overhead: 1.0,
};

/// A sentence of a summary of many documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Excerpt {
    /// The place of its document in the list that was summarised.
    pub document: usize,
    /// Where it stands in that document.
    pub span: Span,
}

/// The `n` sentences that say most of what a document says, in text order.
///
/// They are sentences of the running text (lead, paragraphs, list items), never the headline or a
/// caption. Fragments and the heads of lists are left out where there is anything else. Fewer come
/// back where the document has fewer, or where the others only say again what these say.
///
/// ```
/// use corpus_model::{Annotations, Document, Sentence, Span};
///
/// let text = "Sáng nay mưa to làm ngập nhiều tuyến đường ở thành phố. Xem ảnh.";
/// let mut annotations = Annotations::default();
/// let second = text.find("Xem").unwrap();
/// annotations.sentences = [Span::new(0, second - 1), Span::new(second, text.len())]
///     .map(|span| Sentence { span })
///     .into_iter()
///     .collect();
/// let document = Document::new("1", text);
/// let summary = corpus_stats::summarize(&document, &annotations, 1);
/// assert_eq!(&document[summary[0]], "Sáng nay mưa to làm ngập nhiều tuyến đường ở thành phố.");
/// ```
pub fn summarize(document: &Document, annotations: &Annotations, n: usize) -> Vec<Span> {
    summarize_digest(&DocumentDigest::new(document, annotations), n)
}

/// The same of a document whose digest is at hand; see [`summarize`].
pub fn summarize_digest(digest: &DocumentDigest, n: usize) -> Vec<Span> {
    let content = Content::new(std::slice::from_ref(digest), &SINGLE);
    let mut summary = Selection::new(&content, &SINGLE);
    summary.take_best(content.fit(), |chosen, _| chosen.len() < n, |_| true);
    if summary.chosen.is_empty() && n > 0 {
        summary.take_shortest();
    }
    let mut spans: Vec<Span> = summary.candidates().map(|it| it.span).collect();
    spans.sort_unstable();
    spans
}

/// The sentences of many documents that say most of what they say, about `syllables` syllables
/// together, in the order of time: by the date of publication, then the place in the list, then
/// the place in the text. Documents without a date come last.
///
/// A number counts as a syllable. The summary is filled as closely to the length as whole
/// sentences allow, a few syllables more rather than many less; where even the shortest sentence is
/// longer, it is the summary. Documents that say little, or the same again and again, have a shorter
/// one: no sentence stands in it that the others already say.
pub fn summarize_corpus(digests: &[DocumentDigest], syllables: usize) -> Vec<Excerpt> {
    if syllables == 0 {
        return Vec::new();
    }
    let content = Content::new(digests, &MANY);
    let mut summary = Selection::new(&content, &MANY);
    let more = |_: &[usize], length| length < syllables;
    let fits = |length| length <= syllables.saturating_add(SLACK);
    summary.take_best(content.fit(), more, fits);
    summary.exchange(syllables);
    if summary.length < syllables / 2 {
        // Sentences that are second choice for their place or their shortness are better than
        // leaving out what only they tell.
        summary.take_best(content.spare(), more, fits);
        summary.drop_redundant();
    }
    if summary.chosen.is_empty() {
        summary.take_shortest();
    }
    let mut excerpts: Vec<Excerpt> =
        summary.candidates().map(|it| Excerpt { document: it.document, span: it.span }).collect();
    excerpts.sort_by_key(|it| {
        let published = digests.get(it.document).and_then(|digest| digest.published);
        (published.is_none(), published, it.document, it.span)
    });
    excerpts
}

/// By how many syllables a greedy choice may exceed the length; exchanging then brings it closer.
const SLACK: usize = 15;

/// What a summary loses of its worth for being twice as long as asked.
const LOSS_OVER: f64 = 1.0;

/// What a summary loses of its worth for being nearly empty.
const LOSS_UNDER: f64 = 0.3;

/// How many sentences may be exchanged for chosen ones.
const MOST_EXCHANGED: usize = 300;

/// How many exchanges there may be: more than any summary of a page needed.
const MOST_EXCHANGES: usize = 60;

/// The sentences chosen so far.
struct Selection<'a> {
    content: &'a Content,
    weights: &'a Weights,
    chosen: Vec<usize>,
    /// How many chosen sentences have each concept.
    covered: Vec<u32>,
    length: usize,
    worth: f64,
}

impl<'a> Selection<'a> {
    fn new(content: &'a Content, weights: &'a Weights) -> Selection<'a> {
        let covered = vec![0; content.n_concepts()];
        Selection { content, weights, chosen: Vec::new(), covered, length: 0, worth: 0.0 }
    }

    fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        self.chosen.iter().filter_map(|&it| self.content.candidates.get(it))
    }

    /// What a candidate would add.
    fn gain(&self, candidate: &Candidate) -> f64 {
        self.content
            .concepts(candidate)
            .iter()
            .filter(|&&concept| self.covered.get(concept as usize) == Some(&0))
            .map(|&concept| self.content.weight(concept))
            .sum()
    }

    /// What a candidate would add, for its length.
    fn merit(&self, candidate: &Candidate) -> f64 {
        self.gain(candidate)
            / (candidate.length as f64 + self.weights.overhead).powf(self.weights.length)
    }

    fn add(&mut self, place: usize) {
        let content = self.content;
        let Some(candidate) = content.candidates.get(place) else { return };
        self.worth += self.gain(candidate);
        self.length += candidate.length;
        for &concept in content.concepts(candidate) {
            if let Some(n) = self.covered.get_mut(concept as usize) {
                *n += 1;
            }
        }
        self.chosen.push(place);
    }

    fn remove(&mut self, place: usize) {
        let content = self.content;
        let Some(candidate) = content.candidates.get(place) else { return };
        for &concept in content.concepts(candidate) {
            if let Some(n) = self.covered.get_mut(concept as usize) {
                *n = n.saturating_sub(1);
            }
        }
        self.worth -= self.gain(candidate);
        self.length -= candidate.length;
        self.chosen.retain(|&it| it != place);
    }

    /// Takes the candidate of most merit among those at `places` again and again, as long as `more`
    /// says so, passing over those that add nothing or with which the length would not `fit`.
    fn take_best(
        &mut self,
        places: Range<usize>,
        more: impl Fn(&[usize], usize) -> bool,
        fits: impl Fn(usize) -> bool,
    ) {
        // What a sentence adds only falls as others are chosen. So when the best by an old count is
        // still the best by a new one, no other needs to be looked at.
        let mut heap: BinaryHeap<Ranked> = places
            .filter_map(|place| {
                let merit = self.merit(self.content.candidates.get(place)?);
                Some(Ranked { merit, place })
            })
            .collect();
        while more(&self.chosen, self.length) {
            let Some(best) = heap.pop() else { break };
            let Some(candidate) = self.content.candidates.get(best.place) else { continue };
            if !fits(self.length + candidate.length) {
                continue;
            }
            let now = Ranked { merit: self.merit(candidate), ..best };
            if now.merit <= 0.0 {
                continue;
            }
            match heap.peek() {
                Some(next) if *next > now => heap.push(now),
                _ => self.add(best.place),
            }
        }
    }

    /// Adds, drops and exchanges single sentences as long as the summary is worth more for it.
    fn exchange(&mut self, syllables: usize) {
        let content = self.content;
        let empty = Selection::new(content, self.weights);
        let mut pool: Vec<Ranked> = (content.candidates.iter().enumerate())
            .take(content.fit().end)
            .map(|(place, candidate)| Ranked { merit: empty.merit(candidate), place })
            .collect();
        pool.sort_unstable_by(|a, b| b.cmp(a));
        // Copies of one sentence would leave no room for others.
        let mut seen: FxHashSet<&[u32]> = FxHashSet::default();
        pool.retain(|it| {
            let candidate = content.candidates.get(it.place);
            candidate
                .is_some_and(|it| seen.len() < MOST_EXCHANGED && seen.insert(content.concepts(it)))
        });

        for _ in 0..MOST_EXCHANGES {
            let mut best = (self.value(syllables) + 1e-9, None, None);
            let out = self.chosen.iter().copied().map(Some).chain([None]).collect::<Vec<_>>();
            for out in out {
                if let Some(place) = out {
                    self.remove(place);
                    if self.value(syllables) > best.0 {
                        best = (self.value(syllables), out, None);
                    }
                }
                for entry in &pool {
                    let Some(candidate) = content.candidates.get(entry.place) else { continue };
                    if self.chosen.contains(&entry.place) {
                        continue;
                    }
                    let length = self.length + candidate.length;
                    let gain = self.gain(candidate);
                    let value = (self.worth + gain) * kept(length, syllables);
                    // The length alone is no reason to take a sentence.
                    if gain > 0.0 && value > best.0 {
                        best = (value, out, Some(entry.place));
                    }
                }
                if let Some(place) = out {
                    self.add(place);
                }
            }
            let (_, out, new) = best;
            if out.is_none() && new.is_none() {
                break;
            }
            if let Some(place) = out {
                self.remove(place);
            }
            if let Some(place) = new {
                self.add(place);
                self.drop_redundant();
            }
        }
    }

    /// Drops the sentences that say only what others say together, the later chosen stay.
    fn drop_redundant(&mut self) {
        for place in self.chosen.clone() {
            let Some(candidate) = self.content.candidates.get(place) else { continue };
            let covered = |&concept: &u32| self.covered.get(concept as usize) > Some(&1);
            if self.content.concepts(candidate).iter().all(covered) {
                self.remove(place);
            }
        }
    }

    /// What the summary is worth at its length.
    fn value(&self, syllables: usize) -> f64 {
        self.worth * kept(self.length, syllables)
    }

    fn take_shortest(&mut self) {
        let lengths = self.content.candidates.iter().enumerate().take(self.content.fit().end);
        if let Some((place, _)) = lengths.min_by_key(|(place, it)| (it.length, *place)) {
            self.add(place);
        }
    }
}

/// The share of its worth that a summary keeps at a length that is not the one asked for.
fn kept(length: usize, wanted: usize) -> f64 {
    let excess = length as f64 / wanted.max(1) as f64 - 1.0;
    if excess > 0.0 { 1.0 - LOSS_OVER * excess } else { 1.0 + LOSS_UNDER * excess }
}

/// A candidate by its merit; of equal ones the earlier is the greater.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ranked {
    merit: f64,
    place: usize,
}

impl Eq for Ranked {}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        self.merit.total_cmp(&other.merit).then_with(|| other.place.cmp(&self.place))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests;
