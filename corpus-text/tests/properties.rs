//! What holds of any text.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::borrow::Cow;

use corpus_model::{Document, Span, SyllableParts};
use corpus_text::{
    Dictionary, EditMap, Language, Normalization, Offsets, Segmenter, TonePlacement, annotate, key,
    language, normalize, parse_syllable, possible_syllables, sentences, slug, strip_marks,
    syllables,
};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
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
            "=", "\u{2011}", "\u{3000}", "\u{603}", "\u{2003}", "‘", "«", "−", "Ａ", "ａ", "？", "\u{2000}", "\u{212B}", "https://a.vn/b?c", "www.", "a@b.vn",
        ]).prop_map(str::to_string),
        2 => "[0-9]{1,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Letters and marks in any order.
fn marked() -> impl Strategy<Value = String> {
    let characters: Vec<char> =
        "aăâeêoôơuưyđđAĂÂEÊOÔƠUƯYĐ ởấộ\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31B}\u{323}\u{308}\u{340}\u{32D}"
            .chars()
            .collect();
    prop::collection::vec(prop::sample::select(characters), 0..16)
        .prop_map(|characters| characters.into_iter().collect())
}

fn options() -> impl Strategy<Value = Normalization> {
    let tone =
        prop::sample::select(vec![TonePlacement::Old, TonePlacement::New, TonePlacement::Keep]);
    (any::<[bool; 8]>(), tone).prop_map(|(switches, tone)| {
        let [nfc, eth, zero_width, no_break, spaces, quotes, dashes, full_width] = switches;
        let mut options = Normalization::NOTHING.with_tone(tone);
        options.nfc = nfc;
        options.eth = eth;
        options.zero_width = zero_width;
        options.no_break = no_break;
        options.spaces = spaces;
        options.quotes = quotes;
        options.dashes = dashes;
        options.full_width = full_width;
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
            prop_assert!(!text[span.range()].is_empty());
            prop_assert_eq!(text[span.range()].trim(), &text[span.range()]);
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
            // An invisible character is a word of its own, and nothing to a key.
            if pair.iter().any(|word| key(&text[word.span.range()]).is_empty()) {
                continue;
            }
            // A line break ends a word, whatever the dictionary says.
            if text[pair[0].span.end()..pair[1].span.start()].contains('\n') {
                continue;
            }
            let both = key(&text[pair[0].span.cover(pair[1].span).range()]).into_owned();
            prop_assert!(both != "học sinh" && both != "làm việc", "{both}");
        }
        for word in &words {
            let word = key(&text[word.span.range()]).into_owned();
            prop_assert!(word != "nguyễn văn" && word != "khóa học", "{word}");
        }
    }

    #[test]
    fn every_text_has_a_verdict_on_its_language(text in text()) {
        let verdict = language(&text);
        prop_assert!((0.0..=1.0).contains(&verdict.confidence), "{verdict:?}");
        prop_assert_eq!(verdict.language == Language::None, verdict.evidence.words() == 0);
        prop_assert_eq!(language(&format!(" {text}\n")), verdict);
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
    fn spans_of_characters_and_units_map_both_ways(text in text(), from in 0usize..40, len in 1usize..9) {
        let normal = normalize(&text, &Normalization::default());
        let (input, output) = (Offsets::new(&text), Offsets::new(normal.text()));
        let all = normal.text().chars().count();
        let span = output.from_chars(from.min(all)..(from + len).min(all));
        let origin = normal.to_input(span);
        prop_assert_eq!(input.from_chars(input.chars(origin)), origin);
        prop_assert_eq!(input.from_utf16(input.utf16(origin)), origin);
        let again = output.chars(normal.to_output(origin));
        prop_assert!(again.start <= output.chars(span).start || span.is_empty());
        prop_assert!(again.end >= output.chars(span).end || span.is_empty());
    }

    #[test]
    fn maps_compose(text in text(), first in options(), second in options()) {
        let once = normalize(&text, &first);
        let twice = normalize(once.text(), &second);
        let both = once.map().then(twice.map());
        let mut out = String::new();
        let mut end = 0;
        for edit in both.edits() {
            out += &text[end..edit.input.start()];
            out += &twice.text()[edit.output.range()];
            prop_assert_eq!(out.len(), edit.output.end());
            end = edit.input.end();
        }
        out += &text[end..];
        prop_assert_eq!(out.as_str(), twice.text());
        prop_assert_eq!(&once.map().then(&EditMap::default()), once.map());
        prop_assert_eq!(&EditMap::default().then(once.map()), once.map());
    }

    /// Clean text is handed back, and its map owns no memory.
    #[test]
    fn clean_text_is_borrowed(text in text(), options in options()) {
        let clean = normalize(&text, &options).into_text().into_owned();
        let again = normalize(&clean, &options);
        prop_assert!(again.map().edits().is_empty());
        prop_assert!(matches!(again.into_text(), Cow::Borrowed(it) if std::ptr::eq(it, &*clean)));
    }

    #[test]
    fn composing_agrees_with_unicode(text in prop_oneof![text(), marked(), any::<String>()]) {
        let mut options = Normalization::NOTHING;
        options.nfc = true;
        let expected = ComposingNormalizerBorrowed::new_nfc().normalize(&text);
        let normal = normalize(&text, &options);
        prop_assert_eq!(normal.text(), &*expected);
    }

    /// However long the text is and wherever in it something has to be changed.
    #[test]
    fn long_texts_are_no_different(pieces in prop::collection::vec(text(), 1..4), far in 0usize..1500) {
        let options = Normalization::default();
        let clean = "của những người khỏe ở hòa bình ".repeat(far / 16);
        let long = pieces.join(&format!(" {clean} "));
        let expected: Vec<String> =
            pieces.iter().map(|it| normalize(it, &options).into_text().into_owned()).collect();
        let expected = expected.join(&format!(" {clean} "));
        let normal = normalize(&long, &options);
        prop_assert_eq!(normal.text(), expected);
    }

    /// Parts composed are the syllable again, whatever the case and the order of marks.
    #[test]
    fn analysis_and_composition_are_inverse(n in 0usize..20_000, upper in any::<bool>(), apart in any::<bool>()) {
        let Some(syllable) = possible_syllables().nth(n) else { return Ok(()) };
        let mut written = if upper { syllable.to_uppercase() } else { syllable.clone() };
        if apart {
            written = DecomposingNormalizerBorrowed::new_nfd().normalize(&written).into_owned();
        }
        let parts = parse_syllable(&written).unwrap();
        let joined: String =
            [parts.onset, parts.medial, parts.nucleus, parts.coda].map(|it| &written[it.range()]).concat();
        prop_assert_eq!(&joined, &written);
        prop_assert_eq!(key(&joined), syllable.as_str());
        let plain = parse_syllable(&syllable).unwrap();
        prop_assert_eq!(parts.tone, plain.tone);
        prop_assert_eq!(key(&written[parts.coda.range()]), &syllable[plain.coda.range()]);
        prop_assert_eq!(syllables(&written).count(), 1);
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

    /// In long texts syllables are remembered.
    #[test]
    fn syllables_of_long_texts_are_no_different(text in text()) {
        let front = "a ".repeat(600);
        let long = format!("{front}{text}\n{text}\n{text}");
        let mut found = syllables(&long).skip(600);
        for time in 0..3 {
            let offset = front.len() + time * (text.len() + 1);
            for syllable in syllables(&text) {
                let found = found.next().unwrap();
                prop_assert_eq!(found.span, syllable.span.shifted(offset));
                prop_assert_eq!(found.parts, parse_syllable(&long[found.span.range()]).map(|parts| SyllableParts {
                    onset: parts.onset.shifted(found.span.start()),
                    medial: parts.medial.shifted(found.span.start()),
                    nucleus: parts.nucleus.shifted(found.span.start()),
                    coda: parts.coda.shifted(found.span.start()),
                    tone: parts.tone,
                }));
            }
        }
        prop_assert_eq!(found.next(), None);
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
