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
    summarize_with(document, annotations, n, &SINGLE)
}

pub(crate) fn summarize_with(
    document: &Document,
    annotations: &Annotations,
    n: usize,
    weights: &Weights,
) -> Vec<Span> {
    let digest = DocumentDigest::new(document, annotations);
    let content = Content::new(std::slice::from_ref(&digest), weights);
    let mut summary = Selection::new(&content, weights);
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
mod tests {
    use super::*;
    use crate::testing::annotated;
    use corpus_model::When;

    const STORY: &str = "Bão đổ bộ vào miền Trung\n\
        Sáng nay bão số 5 đổ bộ vào các tỉnh miền Trung , gây mưa to .\n\
        Nhiều người dân đã dọn đồ đạc lên cao từ hôm trước .\n\
        Bão số 5 đổ bộ vào các tỉnh miền Trung sáng nay và gây mưa to .\n\
        Hàng nghìn hộ dân ven biển được đưa đến nơi an toàn trước khi bão vào .";

    fn sentences(text: &str, n: usize) -> Vec<String> {
        let (document, annotations) = annotated(text);
        summarize(&document, &annotations, n).iter().map(|&it| document[it].to_owned()).collect()
    }

    fn digest(text: &str, day: &str) -> DocumentDigest {
        let (mut document, annotations) = annotated(text);
        document.metadata.published = When::from_iso(day);
        DocumentDigest::new(&document, &annotations)
    }

    #[test]
    fn what_was_said_is_not_said_again() {
        let summary = sentences(STORY, 2);
        let repeats = summary.iter().filter(|it| it.contains("đổ bộ")).count();
        assert_eq!((summary.len(), repeats), (2, 1), "{summary:?}");
    }

    #[test]
    fn a_document_does_not_repeat_a_sentence_to_reach_its_number() {
        let text = "Tin\nSáng nay bão số 5 đổ bộ vào Quảng Nam .\n\
            Sáng nay , bão số 5 đổ bộ vào Quảng Nam !\n\
            Quảng Nam sáng nay đã cho học sinh nghỉ học .";
        assert_eq!(sentences(text, 3).len(), 2);
        // What has no two neighbouring syllables to be about is still all there is.
        assert_eq!(sentences("Tin\nMưa .", 2), ["Mưa ."]);
    }

    /// The sentences of a summary of documents without a headline.
    fn told(texts: &[&str], syllables: usize) -> Vec<String> {
        let parsed: Vec<_> = texts.iter().map(|it| annotated(&format!("Tin\n{it}"))).collect();
        let digests: Vec<DocumentDigest> =
            parsed.iter().map(|it| DocumentDigest::new(&it.0, &it.1)).collect();
        let summary = summarize_corpus(&digests, syllables);
        summary.iter().map(|it| parsed[it.document].0[it.span].to_owned()).collect()
    }

    #[test]
    fn copies_of_a_sentence_are_told_once() {
        let storm = "Bão số 6 vừa đổ bộ vào Quảng Trị .";
        assert_eq!(told(&[storm; 300], 100), [storm]);
        assert_eq!(told(&[storm; 20], 100), [storm]);
        // The copies leave room for what others tell, even if that is told in few words.
        let rice = "Giá lúa tăng gấp đôi .";
        assert_eq!(told(&[storm, rice, storm], 150), [storm, rice]);
    }

    #[test]
    fn a_sentence_within_another_is_not_told_beside_it() {
        let short = "Bão số 6 vừa đổ bộ vào Quảng Trị .";
        let long = "Bão số 6 vừa đổ bộ vào Quảng Trị và gây mưa rất to suốt đêm .";
        assert_eq!(told(&[short, long, short, short, short], 100), [long]);
    }

    #[test]
    fn the_headline_is_never_chosen() {
        assert!(sentences(STORY, 99).iter().all(|it| it.ends_with('.')));
        assert_eq!(sentences("Chỉ có một tiêu đề dài như thế này .\n", 3), [""; 0]);
    }

    #[test]
    fn captions_fragments_and_list_heads_are_left_out() {
        let text = "Tin\n\
            Người dân dọn dẹp nhà cửa sau cơn bão lớn. Ảnh: Minh Hà/TTXVN .\n\
            Lực lượng cứu hộ đưa người dân ra khỏi vùng ngập, ảnh: Thu Hà .\n\
            Những việc phải làm ngay sau khi bão tan gồm có :\n\
            Theo báo .\n\
            Nước lũ rút chậm nên nhiều xã vẫn còn bị chia cắt .";
        assert_eq!(sentences(text, 1), ["Nước lũ rút chậm nên nhiều xã vẫn còn bị chia cắt ."]);
        // A document of nothing else is summarised by what it has.
        assert_eq!(sentences("Tin\nTheo báo .", 1), ["Theo báo ."]);
    }

    #[test]
    fn a_credit_glued_to_the_first_sentence_does_no_harm() {
        let text = "Tin\nẢnh: Minh Hà Nước lũ rút chậm nên nhiều xã vẫn còn bị chia cắt .";
        assert_eq!(sentences(text, 1).len(), 1);
    }

    #[test]
    fn a_summary_of_many_is_ordered_by_time() {
        let later = digest("Lũ\nHai hôm sau nước lũ rút chậm ở các xã ven sông .", "2014-08-31");
        let earlier =
            digest("Bão\nSáng nay bão đổ bộ vào các tỉnh miền Trung .", "2014-08-29T07:00");
        let undated = digest("Mưa\nMưa to còn kéo dài ở vùng núi phía bắc đến cuối tuần .", "");
        let summary = summarize_corpus(&[undated, later, earlier], 100);
        let documents: Vec<usize> = summary.iter().map(|it| it.document).collect();
        assert_eq!(documents, [2, 1, 0]);
    }

    #[test]
    fn the_length_is_kept() {
        let digests: Vec<DocumentDigest> = (0..12)
            .map(|n| digest(&format!("Tin\nỞ xã {n}a có {n}b nhà {n}c bị tốc mái vì bão .\n"), ""))
            .collect();
        for wanted in [10, 30, 50, 100] {
            let n = summarize_corpus(&digests, wanted).len() * 12;
            assert!(n.abs_diff(wanted) <= 6, "{n} syllables instead of {wanted}");
        }
        // Less than a sentence is not possible.
        assert_eq!(summarize_corpus(&digests, 1).len(), 1);
        assert_eq!(summarize_corpus(&digests, 0).len(), 0);
        assert_eq!(summarize_corpus(&[], 100).len(), 0);
    }

    #[test]
    fn a_large_corpus_of_late_sentences_has_a_summary() {
        let late = "Nước lũ rút chậm nên nhiều xã vẫn bị chia cắt .";
        let text = format!("Tin\n{}{late}", "Tin ngắn .\n".repeat(9));
        let digests: Vec<DocumentDigest> = (0..50).map(|_| digest(&text, "")).collect();
        let summary = summarize_corpus(&digests, 11);
        assert_eq!((summary.len(), summary[0].span.len()), (1, late.len()));
    }

    #[test]
    fn what_every_report_says_is_not_what_a_large_corpus_is_about() {
        // In each document: its own incident, then the phrase of all; ten tell of one incident.
        let digests: Vec<DocumentDigest> = (0..400)
            .map(|n| {
                let what = match n % 40 {
                    0 => "Cháy chợ lớn nhất thành phố làm hàng trăm gian hàng bị thiêu rụi ."
                        .to_owned(),
                    _ => format!("Xe {n}a đâm vào {n}b trên đường {n}c lúc {n}d sáng {n}e ."),
                };
                let text =
                    format!("Tin\n{what}\nCơ quan công an đang tiếp tục điều tra làm rõ vụ việc .");
                digest(&text, "")
            })
            .collect();
        let summary = summarize_corpus(&digests, 14);
        assert_eq!(summary.len(), 1);
        assert_eq!(summary[0].document % 40, 0);
    }
}
