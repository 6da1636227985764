//! What holds of any text.

#![allow(clippy::unwrap_used, reason = "a test")]

use corpus_model::{Document, Span};
use corpus_text::{
    Dictionary, Normalization, Offsets, Segmenter, TonePlacement, annotate, key, normalize,
    parse_syllable, sentences, slug, strip_marks, syllables,
};
use icu_normalizer::ComposingNormalizerBorrowed;
use proptest::prelude::*;

/// Text of the kinds of characters that the crate treats apart, mixed as no author would.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "Ông", "Nguyễn", "Văn", "hoà", "khóa", "thuỷ", "Ðảng", "uỷ", "làm", "việc", "baỏ", "TP", "GS",
            "HCM", "Rowling", "xin", "chào", "học", "sinh", "ga\u{300}", "vie\u{323}\u{302}t", "COVID",
            "я", "日本", "ไทย", "ﬁ", "İ", "ß",
        ]).prop_map(str::to_string),
        6 => prop::sample::select(vec![
            " ", " ", " ", "  ", "\n", "\u{A0}", "\t", "\r\n", "\u{2028}", ".", ".", ",", "...", "…", "!", "?", "./.",
            "\"", "“", "”", "(", ")", "-", "–", "/", "'", "’", ":", ";", "%", "&", "@", "_", "+", "#",
            "\u{200B}", "\u{FEFF}", "\u{AD}", "\u{200D}", "\u{301}", "\u{323}", "\u{31B}", "\u{338}", "👨\u{200D}👩", "🇻🇳",
            "=", "\u{2011}", "https://a.vn/b?c", "www.", "a@b.vn",
        ]).prop_map(str::to_string),
        2 => "[0-9]{1,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Normalization> {
    let tone =
        prop::sample::select(vec![TonePlacement::Old, TonePlacement::New, TonePlacement::Keep]);
    (any::<[bool; 4]>(), tone).prop_map(|([nfc, eth, zero_width, no_break], tone)| {
        let mut options = Normalization::NOTHING.with_tone(tone);
        options.nfc = nfc;
        options.eth = eth;
        options.zero_width = zero_width;
        options.no_break = no_break;
        options
    })
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sentences_and_gaps_give_the_text_back(text in text()) {
        let mut end = 0;
        for sentence in sentences(&text) {
            let span = sentence.span;
            prop_assert!(text[end..span.start()].trim().is_empty());
            let inside = &text[span.range()];
            prop_assert!(!inside.is_empty() && inside.trim() == inside);
            prop_assert!(!inside.contains('\n'));
            end = span.end();
        }
        prop_assert!(text[end..].trim().is_empty());
    }

    #[test]
    fn words_cover_everything_but_white_space(text in text()) {
        let words = Segmenter::built_in().words(&text);
        let mut end = 0;
        let mut joined = String::new();
        for word in &words {
            let span = word.span;
            prop_assert!(text[end..span.start()].trim().is_empty());
            prop_assert!(!text[span.range()].trim().is_empty());
            prop_assert!(!text[span.range()].contains('\n'));
            joined += &without_blanks(&text[span.range()]);
            end = span.end();
        }
        prop_assert_eq!(joined, without_blanks(&text));
    }

    #[test]
    fn a_dictionary_is_kept_to(text in text()) {
        let lines = "học sinh\nlàm việc\nxin chào học sinh\nCOVID 12\nTP. HCM\n-Nguyễn Văn\n-khóa học";
        let dictionary = Dictionary::read(lines.as_bytes()).unwrap();
        let segmenter = Segmenter::built_in().with_dictionary(dictionary);
        let words = segmenter.words(&text);
        let joined: String = words.iter().map(|word| without_blanks(&text[word.span.range()])).collect();
        prop_assert_eq!(joined, without_blanks(&text));
        for pair in words.windows(2) {
            prop_assert!(pair[0].span.end() <= pair[1].span.start());
            let both = key(&text[pair[0].span.cover(pair[1].span).range()]).into_owned();
            prop_assert!(both != "học sinh" && both != "làm việc", "{both}");
        }
        for word in &words {
            let word = key(&text[word.span.range()]).into_owned();
            prop_assert!(word != "nguyễn văn" && word != "khóa học", "{word}");
        }
    }

    #[test]
    fn words_move_with_their_text(text in text(), offset in 0usize..1000) {
        let segmenter = Segmenter::built_in();
        let mut moved = Vec::new();
        segmenter.words_into(&text, offset, &mut moved);
        let words = segmenter.words(&text);
        prop_assert_eq!(moved.len(), words.len());
        for (moved, word) in moved.iter().zip(&words) {
            prop_assert_eq!(moved.span, word.span.shifted(offset));
        }
    }

    #[test]
    fn lines_are_independent(a in text(), b in text()) {
        let segmenter = Segmenter::built_in();
        let (a, b) = (a.replace(['\n', '\r'], " "), b.replace(['\n', '\r'], " "));
        let both = format!("{a}\n{b}");
        let mut expected = segmenter.words(&a);
        segmenter.words_into(&b, a.len() + 1, &mut expected);
        prop_assert_eq!(segmenter.words(&both), expected);
        let n = sentences(&a).count() + sentences(&b).count();
        prop_assert_eq!(sentences(&both).count(), n);
    }

    #[test]
    fn annotations_lie_in_sentences(text in text()) {
        let document = Document::new("1", text);
        let notes = annotate(&document, Segmenter::built_in());
        let inside: usize = notes.sentences.iter().map(|it| notes.words.within(it.span).count()).sum();
        prop_assert_eq!(inside, notes.words.len());
    }

    #[test]
    fn normalizing_twice_is_normalizing_once(text in text(), options in options()) {
        let once = normalize(&text, &options);
        let twice = normalize(once.text(), &options);
        prop_assert_eq!(once.text(), twice.text());
        prop_assert!(twice.is_unchanged());
    }

    #[test]
    fn edits_make_the_normal_form(text in text(), options in options()) {
        let normal = normalize(&text, &options);
        let mut out = String::new();
        let mut end = 0;
        for (span, new) in normal.edits() {
            prop_assert!(span.start() >= end);
            prop_assert_ne!(&text[span.range()], new);
            out += &text[end..span.start()];
            out += new;
            end = span.end();
        }
        out += &text[end..];
        prop_assert_eq!(out, normal.text());
        prop_assert_eq!(normal.is_unchanged(), text == normal.text());
    }

    #[test]
    fn spans_map_both_ways(text in text(), from in 0usize..80, len in 1usize..20) {
        let normal = normalize(&text, &Normalization::default());
        let bounds: Vec<usize> =
            normal.text().char_indices().map(|(at, _)| at).chain([normal.text().len()]).collect();
        let start = bounds[from.min(bounds.len() - 1)];
        let end = bounds[(from + len).min(bounds.len() - 1)];
        let span = Span::new(start, end);
        let input = normal.to_input(span);
        prop_assert!(text.get(input.range()).is_some());
        let output = normal.to_output(input);
        prop_assert!(normal.text().get(output.range()).is_some());
        prop_assert!(output.contains(span) || span.is_empty());
        let whole = normal.to_input(Span::new(0, normal.text().len()));
        prop_assert!(text.get(whole.range()).is_some());
    }

    #[test]
    fn composing_agrees_with_unicode(text in text()) {
        let mut options = Normalization::NOTHING;
        options.nfc = true;
        let expected = ComposingNormalizerBorrowed::new_nfc().normalize(&text);
        let normal = normalize(&text, &options);
        prop_assert_eq!(normal.text(), &*expected);
    }

    #[test]
    fn a_key_is_its_own_key(text in text()) {
        let once = key(&text).into_owned();
        prop_assert_eq!(key(&once), &*once);
        let normal = normalize(&text, &Normalization::default());
        prop_assert_eq!(key(normal.text()), &*once);
    }

    #[test]
    fn stripping_and_slugs_are_stable(text in text()) {
        let stripped = strip_marks(&text).into_owned();
        prop_assert_eq!(strip_marks(&stripped), &*stripped);
        let made = slug(&text);
        prop_assert_eq!(slug(&made), &*made);
    }

    #[test]
    fn syllables_are_runs_in_order(text in text()) {
        let mut end = 0;
        for syllable in syllables(&text) {
            let span = syllable.span;
            prop_assert!(span.start() >= end && !span.is_empty());
            let inside = &text[span.range()];
            prop_assert_eq!(parse_syllable(inside).is_some(), syllable.parts.is_some());
            if let Some(parts) = syllable.parts {
                for part in [parts.onset, parts.medial, parts.nucleus, parts.coda] {
                    prop_assert!(span.contains(part) && text.get(part.range()).is_some());
                }
            }
            end = span.end();
        }
    }

    #[test]
    fn offsets_go_both_ways(text in text(), n in 0usize..60) {
        let offsets = Offsets::new(&text);
        let (at, c) = text.char_indices().nth(n).unwrap_or((text.len(), ' '));
        let span = Span::new(at, (at + c.len_utf8()).min(text.len()));
        prop_assert_eq!(offsets.from_chars(offsets.chars(span)), span);
        prop_assert_eq!(offsets.from_utf16(offsets.utf16(span)), span);
        prop_assert_eq!(offsets.chars(span).start, text[..at].chars().count());
        prop_assert_eq!(offsets.utf16(span).start, text[..at].encode_utf16().count());
    }
}
