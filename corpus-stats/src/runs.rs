//! Runs of words: what stands together in a sentence with no punctuation in between.

use corpus_model::{Annotations, Document, Span, Word, WordKind};

use crate::{fold, tally};

/// Appends the syllables, numbers and foreign words of a text as words, and marks between them as
/// punctuation; their spans are moved by `offset`.
///
/// What counts syllables in place of words is given these: a syllable is a run of letters and
/// digits, so `25-NQ/TW` is three of them.
///
/// ```
/// let mut words = Vec::new();
/// corpus_stats::syllables_into("cải cách, mở", 0, &mut words);
/// let spans: Vec<_> = words.iter().map(|word| word.span.range()).collect();
/// assert_eq!(spans, [0..5, 6..11, 11..12, 13..17]);
/// ```
pub fn syllables_into(text: &str, offset: usize, words: &mut Vec<Word>) {
    let mut end = 0;
    for run in fold::runs(text) {
        let start = run.as_ptr() as usize - text.as_ptr() as usize;
        push_marks(text, end..start, offset, words);
        end = start + run.len();
        let numeric = run.bytes().all(|byte| byte.is_ascii_digit());
        let kind = if numeric { WordKind::Number } else { WordKind::Word };
        words.push(Word { span: Span::new(offset + start, offset + end), kind });
    }
    push_marks(text, end..text.len(), offset, words);
}

/// Appends what stands between two runs, if that is more than white space.
fn push_marks(text: &str, range: std::ops::Range<usize>, offset: usize, words: &mut Vec<Word>) {
    let between = text.get(range.clone()).unwrap_or_default();
    // Between most runs there is a single blank.
    if between.len() <= 1 && between.bytes().all(|byte| byte == b' ') {
        return;
    }
    let start = range.start + (between.len() - between.trim_start().len());
    let marks = between.trim();
    if !marks.is_empty() {
        let span = Span::new(offset + start, offset + start + marks.len());
        words.push(Word { span, kind: WordKind::Punctuation });
    }
}

/// Calls for every run of words of a document: consecutive words of one sentence with no
/// punctuation between them.
pub(crate) fn for_each_run<'a>(annotations: &'a Annotations, mut each: impl FnMut(&'a [Word])) {
    for_each_sentence(annotations, |words| {
        for run in words.split(|word| !tally::is_counted(word.kind)) {
            if !run.is_empty() {
                each(run);
            }
        }
    });
}

/// Calls for the words of every sentence, punctuation included.
///
/// Words beyond the last sentence are one more sentence, so that words alone will do.
pub(crate) fn for_each_sentence<'a>(
    annotations: &'a Annotations,
    mut each: impl FnMut(&'a [Word]),
) {
    let mut rest = annotations.words.as_slice();
    for sentence in &annotations.sentences {
        let n = rest.partition_point(|word| word.span.start() < sentence.span.end());
        let (words, behind) = rest.split_at_checked(n).unwrap_or((rest, &[]));
        rest = behind;
        if !words.is_empty() {
            each(words);
        }
    }
    if !rest.is_empty() {
        each(rest);
    }
}

/// The text of a word.
pub(crate) fn spelling(document: &Document, word: Word) -> &str {
    document.get(word.span).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotated;

    #[test]
    fn runs_end_at_marks_and_sentences() {
        let (document, annotations) = annotated("Mưa to , gió . Nắng");
        let mut runs = Vec::new();
        for_each_run(&annotations, |words| {
            runs.push(
                words.iter().map(|it| spelling(&document, *it)).collect::<Vec<_>>().join("|"),
            );
        });
        assert_eq!(runs, ["Mưa|to", "gió", "Nắng"]);
    }

    #[test]
    fn syllables_and_the_marks_between_them() {
        let text = "“Ngày 29/8 … A_B";
        let mut words = Vec::new();
        syllables_into(text, 0, &mut words);
        let found: Vec<(&str, WordKind)> =
            words.iter().map(|it| (&text[it.span.range()], it.kind)).collect();
        use WordKind::{Number, Punctuation, Word};
        assert_eq!(
            found,
            [
                ("“", Punctuation),
                ("Ngày", Word),
                ("29", Number),
                ("/", Punctuation),
                ("8", Number),
                ("…", Punctuation),
                ("A_B", Word)
            ]
        );
    }
}
