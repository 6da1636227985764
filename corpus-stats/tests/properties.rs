//! What must hold for any text and any corpus.
#![allow(clippy::unwrap_used, reason = "a failed test should fail")]

use std::collections::BTreeSet;

use corpus_model::{Annotations, Document};
use corpus_stats::quality::{Filter, Preset};
use corpus_stats::{
    Collocations, Dispersion, DocumentDigest, NGrams, Pair, Pattern, Sketch, Tally, Vocabulary,
    Window, clusters, corpus_keywords, exact_duplicates, keywords, near_duplicates, summarize,
    summarize_corpus, syllables_into,
};
use corpus_text::Segmenter;
use proptest::prelude::*;

/// Texts of a few words out of a small stock, so that they repeat and resemble each other.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "mưa",
        "Mưa",
        "khoá",
        "khóa",
        "to",
        "ở",
        "Hà Nội",
        "17,6",
        "của",
        "làm việc",
        "đường.",
        "ngập!",
        "\n",
        "(TTXVN)",
        "“tin”",
        "A.",
        "…",
        "Trời",
        "\u{a0}",
        "e\u{301}",
        "học:",
        "và",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

fn document(text: &str, published: Option<u8>) -> (Document, Annotations) {
    let mut document = Document::new("x", text);
    document.metadata.site = published.map(|it| format!("site-{}.vn", it % 3));
    document.metadata.published = published
        .and_then(|it| corpus_model::When::from_iso(&format!("2014-08-{:02}", it % 28 + 1)));
    let annotations = corpus_text::annotate(&document, Segmenter::built_in());
    (document, annotations)
}

fn tally(documents: &[(Document, Annotations)]) -> Tally {
    let mut tally = Tally::new();
    for (document, annotations) in documents {
        tally.add(document, annotations);
    }
    tally
}

/// Sets of numbers as texts: a number a word, and five copies of it in a row, so that a shared
/// number is a shared shingle.
fn sets() -> impl Strategy<Value = Vec<BTreeSet<u8>>> {
    prop::collection::vec(prop::collection::btree_set(0_u8..40, 0..25), 0..25)
}

fn sketch(set: &BTreeSet<u8>) -> Sketch {
    let text: String = set.iter().map(|n| format!("{n} {n}b {n}c {n}d {n}e ")).collect();
    Sketch::of_text(&text)
}

fn by_brute_force(sketches: &[Sketch], threshold: f64) -> Vec<Pair> {
    let sets: Vec<BTreeSet<u64>> =
        sketches.iter().map(|it| it.shingles().iter().copied().collect()).collect();
    let mut pairs = Vec::new();
    for b in 0..sets.len() {
        for a in 0..b {
            let shared = sets[a].intersection(&sets[b]).count();
            let either = sets[a].union(&sets[b]).count();
            let similarity = shared as f64 / either.max(1) as f64;
            if shared > 0 && similarity >= threshold {
                pairs.push(Pair { a, b, similarity });
            }
        }
    }
    pairs.sort_by_key(|pair| (pair.a, pair.b));
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_tally_is_the_same_for_any_split_and_order(
        texts in prop::collection::vec((text(), any::<Option<u8>>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let documents: Vec<_> = texts.iter().map(|(text, day)| document(text, *day)).collect();
        let whole = tally(&documents);
        let (front, back) = documents.split_at(cut.index(documents.len()));
        let (front, back) = (tally(front), tally(back));
        let mut forwards = front.clone();
        forwards.merge(&back);
        prop_assert_eq!(&forwards, &whole);
        let mut backwards = Tally::light();
        backwards.merge(&back);
        backwards.merge(&front);
        prop_assert_eq!(&backwards, &whole);
        let keywords = corpus_keywords(&whole, 20);
        prop_assert_eq!(corpus_keywords(&backwards, 20), keywords);
        let mut reversed = documents;
        reversed.reverse();
        prop_assert_eq!(tally(&reversed), whole);
    }

    #[test]
    fn the_search_finds_what_comparing_all_with_all_finds(
        sets in sets(),
        threshold in 0.05_f64..1.0,
    ) {
        let sketches: Vec<Sketch> = sets.iter().map(sketch).collect();
        prop_assert_eq!(near_duplicates(&sketches, threshold), by_brute_force(&sketches, threshold));
    }

    #[test]
    fn the_order_of_texts_does_not_matter(sets in sets()) {
        let sketches: Vec<Sketch> = sets.iter().map(sketch).collect();
        let reversed: Vec<Sketch> = sketches.iter().rev().cloned().collect();
        let last = sketches.len().saturating_sub(1);
        let mut mirrored: Vec<Pair> = near_duplicates(&reversed, 0.5)
            .into_iter()
            .map(|it| Pair { a: last - it.b, b: last - it.a, ..it })
            .collect();
        mirrored.sort_by_key(|pair| (pair.a, pair.b));
        prop_assert_eq!(mirrored, near_duplicates(&sketches, 0.5));
    }

    #[test]
    fn clusters_hold_every_text_of_a_pair_once(sets in sets()) {
        let sketches: Vec<Sketch> = sets.iter().map(sketch).collect();
        let pairs = near_duplicates(&sketches, 0.3);
        let clusters = clusters(&pairs);
        let mut members: Vec<usize> = clusters.iter().flatten().copied().collect();
        members.sort_unstable();
        let paired: BTreeSet<usize> = pairs.iter().flat_map(|it| [it.a, it.b]).collect();
        prop_assert_eq!(members, paired.into_iter().collect::<Vec<_>>());
        for pair in &pairs {
            prop_assert!(clusters.iter().any(|it| it.contains(&pair.a) && it.contains(&pair.b)));
        }
        for pair in exact_duplicates(&sketches) {
            prop_assert!(sketches[pair.a] == sketches[pair.b]);
        }
    }

    #[test]
    fn a_summary_is_made_of_whole_sentences_in_order(
        texts in prop::collection::vec((text(), any::<Option<u8>>()), 0..6),
        n in 0_usize..5,
        length in 0_usize..80,
    ) {
        let documents: Vec<_> = texts.iter().map(|(text, day)| document(text, *day)).collect();
        for (document, annotations) in &documents {
            let summary = summarize(document, annotations, n);
            prop_assert!(summary.len() <= n);
            prop_assert!(n == 0 || summary.len() == n.min(summarize(document, annotations, 99).len()));
            prop_assert!(summary.is_sorted());
            for span in summary {
                prop_assert!(annotations.sentences.iter().any(|sentence| sentence.span == span));
            }
            prop_assert!(keywords(document, annotations, n).len() <= n);
        }
        let digests: Vec<DocumentDigest> =
            documents.iter().map(|(document, it)| DocumentDigest::new(document, it)).collect();
        let summary = summarize_corpus(&digests, length);
        prop_assert_eq!(summary.is_empty(), length == 0 || digests.iter().all(|it| it.sentences() == 0));
        let distinct: BTreeSet<_> = summary.iter().map(|it| (it.document, it.span)).collect();
        prop_assert_eq!(distinct.len(), summary.len());
        let texts: BTreeSet<&str> =
            summary.iter().map(|it| &documents[it.document].0[it.span]).collect();
        prop_assert_eq!(texts.len(), summary.len());
        for excerpt in &summary {
            let (_, annotations) = &documents[excerpt.document];
            prop_assert!(annotations.sentences.iter().any(|sentence| sentence.span == excerpt.span));
        }
        let days: Vec<_> = summary
            .iter()
            .filter_map(|it| documents[it.document].0.metadata.published?.first_day())
            .collect();
        prop_assert!(days.is_sorted());
    }

    #[test]
    fn quality_is_a_matter_of_the_text_alone(text in "(\\PC{0,12}|[ \\n\\r\\t.…#-]{1,4}|mưa to |của ){0,30}") {
        for name in Preset::NAMES {
            let filter = Filter::new(&Preset::built_in(name).unwrap());
            let verdict = filter.judge(&text);
            // A longer text in between must leave nothing behind.
            filter.judge(&text.repeat(3));
            prop_assert_eq!(&filter.judge(&text), &verdict);
            prop_assert_eq!(verdict.keep(), verdict.reasons.is_empty());
            for (metric, value) in &verdict.metrics {
                prop_assert!(value.is_finite() && *value >= 0.0, "{:?} {}", metric, value);
            }
        }
    }

    #[test]
    fn counting_apart_and_together_is_the_same(
        texts in prop::collection::vec(text(), 0..6),
        cut in 0_usize..6,
        n in 1_usize..4,
        sentence: bool,
    ) {
        let documents: Vec<_> = texts.iter().map(|text| document(text, None)).collect();
        let (a, b) = documents.split_at(cut.min(documents.len()));
        let window = if sentence { Window::Sentence } else { Window::Words(n, 2) };
        let pattern = Pattern::parse("(m*|h?)").unwrap();
        let count = |documents: &[(Document, Annotations)]| {
            let (mut grams, mut near) = (NGrams::new(n), Collocations::new(pattern.clone(), window));
            for (document, annotations) in documents {
                grams.add(document, annotations);
                near.add(document, annotations);
            }
            (grams, near)
        };
        let (mut grams, mut near) = count(b);
        let (more_grams, more_near) = count(a);
        grams.merge(&more_grams);
        near.merge(&more_near);
        let (all_grams, all_near) = count(&documents);
        prop_assert_eq!(grams.frequencies(1), all_grams.frequencies(1));
        prop_assert_eq!(near.collocates(1), all_near.collocates(1));
        prop_assert_eq!((near.found(), near.places()), (all_near.found(), all_near.places()));
        for it in all_near.collocates(1) {
            prop_assert!(it.joint <= it.count && it.count <= all_near.places());
            let pair = it.association;
            for value in [pair.log_likelihood(), pair.mutual_information(), pair.log_dice()] {
                prop_assert!(value.is_finite(), "{:?}", it);
            }
        }
    }

    #[test]
    fn words_and_their_spread_are_the_same_for_any_cut(
        texts in prop::collection::vec(text(), 0..8),
        cuts in prop::collection::vec(0_usize..8, 0..4),
        equal in prop::option::of(1_usize..9),
    ) {
        let documents: Vec<_> = texts.iter().map(|text| document(text, None)).collect();
        let count = |documents: &[(Document, Annotations)]| {
            let [mut words, mut syllables] = [Vocabulary::default(), Vocabulary::default()];
            let mut dispersion = Dispersion::default();
            for (document, annotations) in documents {
                words.add(document, annotations);
                syllables.add_syllables([document.text()]);
                dispersion.add_part(annotations.words.iter().map(|it| &document[it.span]));
            }
            (words, syllables, dispersion)
        };
        let (words, syllables, dispersion) = count(&documents);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|it| it.min(documents.len())).collect();
        cuts.extend([0, documents.len()]);
        cuts.sort_unstable();
        let parts: Vec<_> = cuts.windows(2).map(|it| count(&documents[it[0]..it[1]])).collect();
        let (mut more_words, mut more_syllables, mut whole) = count(&[]);
        for part in &parts {
            // The parts of a spread keep their order, all other counts have none.
            whole.merge(&part.2);
        }
        for part in parts.iter().rev() {
            more_words.merge(&part.0);
            more_syllables.merge(&part.1);
        }
        prop_assert_eq!(more_words.frequencies(), words.frequencies());
        prop_assert!(more_words == words && more_syllables == syllables);
        prop_assert_eq!(whole.spreads(1, equal), dispersion.spreads(1, equal));
        prop_assert_eq!((whole.parts(), whole.total()), (dispersion.parts(), dispersion.total()));
    }

    #[test]
    fn patterns_find_whole_words_in_order(
        pattern in "[mưa?* ()|\\\\]{0,12}",
        words in prop::collection::vec("[mưa]{1,3}( [mưa]{1,2})?", 0..8),
    ) {
        let Ok(pattern) = Pattern::parse(&pattern) else { return Ok(()) };
        let mut end = 0;
        for range in pattern.find(&words) {
            prop_assert!(end <= range.start && range.start < range.end && range.end <= words.len());
            end = range.end;
        }
    }

    #[test]
    fn spreads_stay_in_their_bounds(
        parts in prop::collection::vec(prop::collection::vec("[a-d]", 0..8), 0..6),
        equal in prop::option::of(1_usize..9),
    ) {
        let mut dispersion = Dispersion::default();
        for part in &parts {
            dispersion.add_part(part.iter().map(String::as_str));
        }
        for it in dispersion.spreads(1, equal) {
            let unit = 0.0..=1.0 + 1e-9;
            for value in [it.deviation, it.normalized_deviation, it.juilland] {
                prop_assert!(unit.contains(&value), "{:?}", it);
            }
            prop_assert!(it.reduced_frequency > 1.0 - 1e-9, "{:?}", it);
            prop_assert!(it.reduced_frequency <= it.count as f64 + 1e-9, "{:?}", it);
        }
    }

    #[test]
    fn syllables_cover_all_but_white_space(text in "(\\PC{0,6}|mưa to|[ \\n.]{1,3}){0,8}") {
        let mut words = Vec::new();
        syllables_into(&text, 0, &mut words);
        let mut end = 0;
        for word in &words {
            let range = word.span.range();
            prop_assert!(end <= range.start && text.get(range.clone()).is_some_and(|it| !it.is_empty()));
            prop_assert_eq!(text.get(end..range.start).unwrap().trim(), "");
            end = range.end;
        }
        prop_assert_eq!(text.get(end..).unwrap().trim(), "");
    }

    #[test]
    fn no_text_makes_anything_panic(text in "\\PC{0,80}", length in 0_usize..40) {
        let (document, annotations) = document(&text, None);
        let sketch = Sketch::new(&document);
        prop_assert_eq!(sketch.similarity(&sketch), f64::from(u8::from(sketch.words() > 0)));
        let digest = DocumentDigest::new(&document, &annotations);
        summarize_corpus(&[digest], length);
        keywords(&document, &annotations, 5);
        tally(&[(document, annotations)]);
    }
}
