//! What holds for any spans, layers, blocks and dates.

use corpus_model::chrono::{Datelike as _, NaiveDate};
use corpus_model::{Block, BlockKind, Document, Layer, Moment, Span, Spanned, When};
use proptest::prelude::*;
use proptest::sample::select;

/// Spans with many that touch, overlap, are equal or empty.
fn spans() -> impl Strategy<Value = Span> {
    (0..40_usize, 0..8_usize).prop_map(|(start, len)| Span::new(start, start + len))
}

/// A span with the place at which it came.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Numbered(Span, usize);

impl Spanned for Numbered {
    fn span(&self) -> Span {
        self.0
    }
}

fn numbered() -> impl Strategy<Value = Vec<Numbered>> {
    prop::collection::vec(spans(), 0..40)
        .prop_map(|spans| spans.into_iter().zip(0..).map(|(span, n)| Numbered(span, n)).collect())
}

/// Text with characters of one to four bytes, marks that stand alone, and white space.
fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        " ",
        "\n",
        "đ",
        "Ð",
        "ậ",
        "a\u{302}\u{323}",
        "\u{301}",
        "\u{a0}",
        "“",
        "🌧",
        "\u{feff}",
    ];
    prop::collection::vec(select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

fn moments() -> impl Strategy<Value = Moment> {
    let day = || {
        (0..3_652_059_i32).prop_filter_map("a day before year 1", |n| {
            // Day 366 of the common era is the first of year 1; four digits end with 9999.
            NaiveDate::from_num_days_from_ce_opt(n + 1)
        })
    };
    let time = || {
        (day(), 0..86_400_u32).prop_filter_map("no such time", |(day, second)| {
            day.and_hms_opt(second / 3600, second / 60 % 60, second % 60)
        })
    };
    let year = 0..10_000_i32;
    prop_oneof![
        (0..100_i32).prop_map(Moment::Century),
        (0..1000_i32).prop_map(Moment::Decade),
        year.clone().prop_map(Moment::Year),
        (year.clone(), 1..=2_u8).prop_map(|(year, n)| Moment::Half(year, n)),
        (year.clone(), 1..=4_u8).prop_map(|(year, n)| Moment::Quarter(year, n)),
        (year.clone(), 1..=12_u8).prop_map(|(year, n)| Moment::Month(year, n)),
        (1..=12_u8).prop_map(Moment::MonthOfSomeYear),
        (year, 1..=52_u8).prop_map(|(year, n)| Moment::Week(year, n)),
        day().prop_map(Moment::Day),
        (1..=12_u8, 1..=28_u8).prop_map(|(month, day)| Moment::DayOfSomeYear(month, day)),
        time().prop_map(|time| Moment::Minute(time.date().and_hms_opt(11, 30, 0).unwrap_or(time))),
        time().prop_map(Moment::Second),
    ]
}

fn whens() -> impl Strategy<Value = When> {
    prop_oneof![
        moments().prop_map(When::Point),
        (moments(), moments()).prop_map(|(from, to)| When::Range(from, to)),
    ]
}

proptest! {
    #[test]
    fn overlap_is_a_shared_byte(a in spans(), b in spans()) {
        prop_assert_eq!(a.overlaps(b), a.range().any(|byte| b.range().contains(&byte)));
        prop_assert_eq!(a.overlaps(b), b.overlaps(a));
    }

    #[test]
    fn a_cover_is_the_smallest_span_that_contains_both(a in spans(), b in spans()) {
        let cover = a.cover(b);
        prop_assert!(cover.contains(a) && cover.contains(b));
        prop_assert_eq!(cover.start(), a.start().min(b.start()));
        prop_assert_eq!(cover.end(), a.end().max(b.end()));
    }

    #[test]
    fn within_is_what_a_look_at_each_finds(items in numbered(), span in spans()) {
        let layer: Layer<Numbered> = items.into_iter().collect();
        let slow: Vec<&Numbered> = layer.iter().filter(|it| span.contains(it.span())).collect();
        prop_assert_eq!(layer.within(span).collect::<Vec<_>>(), slow);
    }

    #[test]
    fn a_layer_is_a_stable_sort(items in numbered()) {
        let mut sorted = items.clone();
        sorted.sort_by_key(|it| (it.span().start(), it.span().end()));
        prop_assert_eq!(Layer::from(items).into_vec(), sorted);
    }

    #[test]
    fn inserting_and_extending_do_what_collecting_does(items in numbered(), cut in 0..40_usize) {
        let collected: Layer<Numbered> = items.iter().copied().collect();
        let mut inserted = Layer::new();
        for &item in &items {
            inserted.insert(item);
        }
        prop_assert_eq!(&inserted, &collected);

        let (front, back) = items.split_at(cut.min(items.len()));
        let mut extended: Layer<Numbered> = front.iter().copied().collect();
        extended.extend(back.iter().copied());
        prop_assert_eq!(&extended, &collected);
    }

    #[test]
    fn blocks_keep_the_rules_whatever_comes(
        text in texts(),
        blocks in prop::collection::vec((select(&BlockKind::ALL[..]), spans()), 0..12),
    ) {
        let given: Vec<Block> = blocks.into_iter().map(|(kind, span)| Block::new(kind, span)).collect();
        let document = Document::new("", text.clone()).with_blocks(given.iter().copied());
        let mut end = 0;
        for block in document.blocks() {
            prop_assert!(block.span.start() >= end && !block.span.is_empty());
            prop_assert!(document.get(block.span).is_some());
            prop_assert!(given.contains(block));
            end = block.span.end();
        }
        // Giving the same blocks again changes nothing, and the text is as it was.
        let blocks = document.blocks().clone().into_vec();
        prop_assert_eq!(&document.clone().with_blocks(blocks), &document);
        prop_assert_eq!(document.text(), text);
    }

    #[test]
    fn a_document_without_blocks_is_one_trimmed_paragraph(text in texts()) {
        let document = Document::new("", text.clone());
        let paragraphs: Vec<&str> = document.content().map(|block| &document[block.span]).collect();
        prop_assert_eq!(paragraphs.concat(), text.trim());
        prop_assert!(document.blocks().len() <= 1);
    }

    #[test]
    fn what_a_date_displays_is_read_again(when in whens()) {
        prop_assert_eq!(When::from_iso(&when.to_string()), Some(when));
    }

    #[test]
    fn whatever_is_read_is_displayed_the_same(iso in "[0-9XQHWT:/-]{1,19}") {
        if let Some(when) = When::from_iso(&iso) {
            prop_assert_eq!(when.to_string(), iso);
        }
    }

    #[test]
    fn no_string_makes_reading_panic(iso in any::<String>()) {
        let _ = When::from_iso(&iso);
    }

    #[test]
    fn no_numbers_make_a_moment_panic(year in any::<i32>(), n in any::<u8>()) {
        for moment in [
            Moment::Century(year),
            Moment::Decade(year),
            Moment::Year(year),
            Moment::Half(year, n),
            Moment::Quarter(year, n),
            Moment::Month(year, n),
            Moment::Week(year, n),
            Moment::DayOfSomeYear(n, n),
        ] {
            let _ = (moment.year(), moment.last_day(), moment.grain(), moment.to_string());
        }
    }

    #[test]
    fn a_moment_begins_before_it_ends(moment in moments()) {
        if let (Some(first), Some(last)) = (moment.first_day(), moment.last_day()) {
            prop_assert!(first <= last);
            if let Some(year) = moment.year() {
                prop_assert_eq!(first.year(), year);
            }
        }
    }
}
