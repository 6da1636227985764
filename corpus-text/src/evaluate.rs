//! How good words and sentences are: what was found against what people say.
//!
//! Whatever finds words or sentences can be scored: spans are compared with spans.
//!
//! ```
//! use corpus_model::Spanned;
//! use corpus_text::evaluate::WordScores;
//! use corpus_text::{GoldSentence, Segmenter};
//!
//! let gold = GoldSentence::printed(["Họp", "về", "cải cách", "hành chính", "."]);
//! let words = Segmenter::built_in().words(gold.text());
//! let mut scores = WordScores::default();
//! scores.add(&gold, words.iter().map(Spanned::span));
//! assert_eq!(scores.all().f1(), 1.0);
//! ```

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use corpus_model::Span;

use crate::{GoldSentence, key};

/// How many spans were found, how many there are, and how many are in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Spans found that are right.
    pub right: u64,
    /// Spans found.
    pub found: u64,
    /// Spans that should be found.
    pub wanted: u64,
}

impl Score {
    /// How much of what was found is right, from 0 to 1; 0 if nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// How much of what should be found was, from 0 to 1; 0 if there is nothing to find.
    pub fn recall(&self) -> f64 {
        share(self.right, self.wanted)
    }

    /// The harmonic mean of precision and recall, from 0 to 1.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.found + self.wanted)
    }

    /// Adds the counts of another part.
    pub fn merge(&mut self, other: Score) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    /// Adds the counts of two lists of distinct spans in order.
    fn count(&mut self, found: impl Iterator<Item = Span>, wanted: impl Iterator<Item = Span>) {
        let mut wanted = wanted.inspect(|_| self.wanted += 1).peekable();
        for span in found {
            self.found += 1;
            while wanted.next_if(|it| (it.start(), it.end()) < (span.start(), span.end())).is_some()
            {
            }
            self.right += u64::from(wanted.next_if_eq(&span).is_some());
        }
        wanted.for_each(drop);
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A mistake with how often it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// How often.
    pub count: u64,
    /// What people say: words or the place of a sentence's end, with ` | ` between.
    pub wanted: String,
    /// What was found in its place.
    pub found: String,
    /// The text of the first.
    pub text: String,
    /// Where it is in that text.
    pub place: Range<usize>,
}

/// Mistakes by what is wrong and what is right.
#[derive(Clone, Debug, Default)]
struct Mistakes(BTreeMap<(String, String), Mistake>);

impl Mistakes {
    fn add(&mut self, wanted: String, found: String, text: &str, place: Range<usize>) {
        let folded = (key(&wanted).into_owned(), key(&found).into_owned());
        match self.0.entry(folded) {
            Entry::Occupied(mut there) => there.get_mut().count += 1,
            Entry::Vacant(free) => {
                free.insert(Mistake { count: 1, wanted, found, text: text.to_owned(), place });
            }
        }
    }

    /// The most frequent first; those as frequent in the order of their letters.
    fn most_frequent(&self) -> Vec<&Mistake> {
        let mut mistakes: Vec<&Mistake> = self.0.values().collect();
        mistakes.sort_by_key(|it| std::cmp::Reverse(it.count));
        mistakes
    }
}

/// The scores of words.
#[derive(Clone, Debug, Default)]
pub struct WordScores {
    all: Score,
    multi_syllable: Score,
    sentences: u64,
    exact: u64,
    mistakes: Mistakes,
}

impl WordScores {
    /// Adds a sentence; `found` are spans into its text, in order.
    pub fn add(&mut self, gold: &GoldSentence, found: impl IntoIterator<Item = Span>) {
        let found: Vec<Span> = found.into_iter().collect();
        let text = gold.text();
        self.sentences += 1;
        self.exact += u64::from(found == gold.spans());
        let (all, wanted) = (found.iter().copied(), gold.spans().iter().copied());
        self.all.count(all.clone(), wanted.clone());
        // What joins two words is one of several parts, even if print glues them.
        let is_joint = |span: &Span| {
            let next = gold.spans().partition_point(|it| it.start() <= span.start());
            gold.spans().get(next).is_some_and(|it| it.start() < span.end())
        };
        let is_long = |span: &Span| {
            let word = text.get(span.range()).unwrap_or_default();
            word.contains(char::is_whitespace) || is_joint(span)
        };
        self.multi_syllable.count(all.filter(is_long), wanted.filter(is_long));
        for (wrong, wanted) in differences(&found, gold.spans()) {
            let words = |spans: &[Span]| {
                let words = spans.iter().map(|it| text.get(it.range()).unwrap_or_default());
                words.collect::<Vec<_>>().join(" | ")
            };
            let place = [wrong, wanted].into_iter().flatten().copied().reduce(Span::cover);
            let place = place.map_or(0..0, Span::range);
            self.mistakes.add(words(wanted), words(wrong), text, place);
        }
    }

    /// All words, numbers and marks among them.
    pub fn all(&self) -> Score {
        self.all
    }

    /// Words of several syllables, and what joins several gold words.
    pub fn multi_syllable(&self) -> Score {
        self.multi_syllable
    }

    /// How many sentences there were.
    pub fn sentences(&self) -> u64 {
        self.sentences
    }

    /// How many of them have no mistake.
    pub fn exact(&self) -> u64 {
        self.exact
    }

    /// What went wrong, the most frequent first.
    pub fn mistakes(&self) -> Vec<&Mistake> {
        self.mistakes.most_frequent()
    }
}

/// The smallest pieces in which two lists of spans differ.
fn differences<'s>(found: &'s [Span], wanted: &'s [Span]) -> Vec<(&'s [Span], &'s [Span])> {
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < found.len() || j < wanted.len() {
        if found.get(i) == wanted.get(j) {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        // Both go on until they end at the same place.
        let (from, since) = (i, j);
        let end = |spans: &[Span], from: usize, to: usize| match to > from {
            true => spans.get(to - 1).map(|it| it.end()),
            false => None,
        };
        loop {
            let (a, b) = (end(found, from, i), end(wanted, since, j));
            if a == b && a.is_some() {
                break;
            }
            if i < found.len() && (a <= b || j == wanted.len()) {
                i += 1;
            } else if j < wanted.len() {
                j += 1;
            } else {
                break;
            }
        }
        pieces.push((
            found.get(from..i).unwrap_or_default(),
            wanted.get(since..j).unwrap_or_default(),
        ));
    }
    pieces
}

/// The scores of the boundaries between sentences.
#[derive(Clone, Debug, Default)]
pub struct SentenceScores {
    boundaries: Score,
    paragraphs: u64,
    mistakes: Mistakes,
}

impl SentenceScores {
    /// Adds a paragraph of these sentences with a blank between each two; `split` finds spans of
    /// sentences in its text.
    ///
    /// Where the paragraph ends is given and does not count.
    pub fn add<S: IntoIterator<Item = Span>>(
        &mut self,
        gold: &[GoldSentence],
        split: impl FnOnce(&str) -> S,
    ) {
        let mut text = String::new();
        let mut wanted = Vec::new();
        for sentence in gold {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(sentence.text());
            wanted.push(text.len());
        }
        wanted.pop();
        // What follows the last letters is the end of the paragraph, wherever it was found.
        let inside = |end: &usize| text.get(*end..).is_some_and(|rest| !rest.trim().is_empty());
        let found: Vec<usize> =
            split(&text).into_iter().map(|it| it.end()).filter(inside).collect();
        self.paragraphs += 1;
        let at = |&end: &usize| Span::new(end, end);
        self.boundaries.count(found.iter().map(at), wanted.iter().map(at));
        let mut wrong: Vec<(usize, bool)> = Vec::new();
        wrong.extend(
            found.iter().filter(|it| wanted.binary_search(it).is_err()).map(|&it| (it, true)),
        );
        wrong.extend(
            wanted.iter().filter(|it| found.binary_search(it).is_err()).map(|&it| (it, false)),
        );
        wrong.sort_unstable();
        for (end, was_found) in wrong {
            let (before, behind) = text.split_at_checked(end).unwrap_or((&text, ""));
            let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            let next = behind.split_whitespace().next().unwrap_or_default();
            let (apart, together) = (format!("{last} | {next}"), format!("{last} {next}"));
            let (wanted, found) = if was_found { (together, apart) } else { (apart, together) };
            self.mistakes.add(wanted, found, &text, end..end);
        }
    }

    /// The boundaries inside paragraphs.
    pub fn boundaries(&self) -> Score {
        self.boundaries
    }

    /// How many paragraphs there were.
    pub fn paragraphs(&self) -> u64 {
        self.paragraphs
    }

    /// What went wrong, the most frequent first.
    pub fn mistakes(&self) -> Vec<&Mistake> {
        self.mistakes.most_frequent()
    }
}

/// Gold sentences as paragraphs of at most `most` sentences, none of which reaches over the
/// beginning of a part.
pub fn paragraphs(gold: &[GoldSentence], most: usize) -> impl Iterator<Item = &[GoldSentence]> {
    let parts = gold.chunk_by(|_, next| !next.begins_part());
    parts.flat_map(move |part| part.chunks(most.max(1)))
}

#[cfg(test)]
mod tests {
    use corpus_model::Spanned;

    use super::*;
    use crate::sentences;

    /// The spans of words with `|` between; blanks and bars are not counted.
    fn spans(text: &str, cut: &str) -> Vec<Span> {
        let mut at = 0;
        let word = |word: &str| {
            let start = at + text[at..].find(word.trim()).unwrap();
            at = start + word.trim().len();
            Span::new(start, at)
        };
        cut.split('|').map(word).collect()
    }

    fn shown(mistakes: &[&Mistake]) -> Vec<String> {
        mistakes.iter().map(|it| format!("{} {} → {}", it.count, it.wanted, it.found)).collect()
    }

    #[test]
    fn words() {
        let gold = GoldSentence::printed(["Học sinh", "học", "sinh học", "hôm nay", "."]);
        let mut scores = WordScores::default();
        scores.add(&gold, spans(gold.text(), "Học sinh|học sinh|học|hôm|nay|."));
        assert_eq!(scores.all(), Score { right: 2, found: 6, wanted: 5 });
        assert_eq!(scores.multi_syllable(), Score { right: 1, found: 2, wanted: 3 });
        scores.add(&gold, gold.spans().iter().copied());
        assert_eq!((scores.exact(), scores.sentences()), (1, 2));
        scores.add(&gold, spans(gold.text(), "Học sinh|học|sinh học|hôm|nay|."));
        assert_eq!(
            shown(&scores.mistakes()),
            ["2 hôm nay → hôm | nay", "1 học | sinh học → học sinh | học"]
        );
        let first = scores.mistakes()[0].clone();
        assert_eq!(&first.text[first.place], "hôm nay");
    }

    #[test]
    fn words_that_leave_gaps_or_nothing() {
        let gold = GoldSentence::printed(["Học sinh", "học", "."]);
        let mut scores = WordScores::default();
        scores.add(&gold, []);
        scores.add(&gold, spans(gold.text(), "sinh|học"));
        scores.add(&GoldSentence::default(), []);
        assert_eq!(scores.all(), Score { right: 1, found: 2, wanted: 6 });
        assert_eq!(
            shown(&scores.mistakes()),
            ["1 . → ", "1 Học sinh → sinh", "1 Học sinh | học | . → "]
        );
    }

    #[test]
    fn boundaries() {
        let gold: Vec<GoldSentence> = ["Trời mưa .", "Gặp TP. Vinh .", "Về ."]
            .map(|it| GoldSentence::printed(it.split(' ')))
            .into();
        let mut scores = SentenceScores::default();
        scores.add(&gold, |text| spans(text, "Trời mưa. Gặp TP.|Vinh.|Về."));
        assert_eq!(scores.boundaries(), Score { right: 1, found: 2, wanted: 2 });
        assert_eq!(
            shown(&scores.mistakes()),
            ["1 mưa. | Gặp → mưa. Gặp", "1 TP. Vinh. → TP. | Vinh."]
        );
        let mut scores = SentenceScores::default();
        scores.add(&gold, |text| sentences(text).map(|it| it.span()).collect::<Vec<_>>());
        scores.add(&[], |_| []);
        assert_eq!(scores.boundaries().f1(), 1.0);
    }

    #[test]
    fn nothing_scores_nothing() {
        let none = Score::default();
        assert_eq!((none.precision(), none.recall(), none.f1()), (0.0, 0.0, 0.0));
    }

    #[test]
    fn paragraphs_end_where_parts_do() {
        let text = "Một .\nHai .\nBa .\n\nBốn .\n";
        let gold = crate::read_gold(text.as_bytes()).unwrap();
        let sizes: Vec<usize> = paragraphs(&gold, 2).map(<[_]>::len).collect();
        assert_eq!(sizes, [2, 1, 1]);
    }
}
