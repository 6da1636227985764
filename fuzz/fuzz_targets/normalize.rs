//! Normal forms: doing it twice is doing it once, edits make the normal form of the text, and spans map back to pieces.
//!
//! The first two bytes are the options.
#![no_main]

use corpus_fuzz::{choice, choice_and_text};
use corpus_model::Span;
use corpus_text::{Normalization, Offsets, TonePlacement, key, normalize, slug, strip_marks};
use libfuzzer_sys::fuzz_target;

fn options(switches: usize, tone: usize) -> Normalization {
    let tone = [TonePlacement::Old, TonePlacement::New, TonePlacement::Keep][tone % 3];
    let mut options = Normalization::NOTHING.with_tone(tone);
    let places = [
        &mut options.nfc,
        &mut options.eth,
        &mut options.zero_width,
        &mut options.no_break,
        &mut options.spaces,
        &mut options.quotes,
        &mut options.dashes,
        &mut options.full_width,
    ];
    for (n, place) in places.into_iter().enumerate() {
        *place = switches >> n & 1 == 1;
    }
    options
}

fuzz_target!(|data: &[u8]| {
    let Some((switches, rest)) = choice(data) else { return };
    let Some((tone, text)) = choice_and_text(rest) else { return };
    let options = options(switches, tone);
    let normal = normalize(text, &options);
    assert_eq!(normalize(normal.text(), &options).text(), normal.text(), "twice is not once");

    let (mut made, mut end) = (String::new(), 0);
    for (span, new) in normal.edits() {
        assert!(span.start() >= end, "{span:?} behind {end}");
        made += &text[end..span.start()];
        made += new;
        end = span.end();
    }
    made += &text[end..];
    assert_eq!(made, normal.text(), "the edits make another text");

    let (input, output) = (Offsets::new(text), Offsets::new(normal.text()));
    for (at, c) in normal.text().char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let from = normal.to_input(span);
        assert!(text.get(from.range()).is_some(), "{from:?} is no piece of the text");
        assert!(normal.to_output(from).contains(span), "{span:?} does not come back");
        assert_eq!(input.from_chars(input.chars(from)), from);
        assert_eq!(output.from_utf16(output.utf16(span)), span);
    }

    let folded = key(text);
    assert_eq!(key(&folded), folded, "the key of a key is another");
    for of in
        [strip_marks, |text: &str| slug(text).into()] as [fn(&str) -> std::borrow::Cow<'_, str>; 2]
    {
        let once = of(text);
        assert_eq!(of(&once), once);
    }
});
