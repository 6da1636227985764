//! Every type comes back from JSON as it went.

#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
#![allow(clippy::field_reassign_with_default, reason = "the types are non-exhaustive")]

use corpus_model::rust_decimal::Decimal;
use corpus_model::{
    Annotations, Basis, Block, BlockKind, DateValue, Directive, DirectiveRef, Document, Event,
    List, Mention, Moment, Organization, PartOfDay, Period, Person, Place, Programme, Quantity,
    QuantityKind, Sentence, Span, Syllable, SyllableParts, Tone, Value, When, Word, WordKind,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    // The same through a tree, whose readers are handed owned strings.
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value, "{text}");
}

fn spans() -> impl Strategy<Value = Span> {
    (0..999_usize, 0..99_usize).prop_map(|(start, len)| Span::new(start, start + len))
}

fn names() -> impl Strategy<Value = String> {
    "[\\PC\"\\\\\n]{0,8}"
}

fn dates() -> impl Strategy<Value = DateValue> {
    let isos = [
        "18XX",
        "195X",
        "2014",
        "1999-H2",
        "2011-Q3",
        "2015-10",
        "XXXX-09",
        "2017-W06",
        "2014-08-29",
        "XXXX-08-29",
        "2013-05-18T16:30",
        "2013-05-18T16:30:15",
        "2015/2020",
        "2014-08-29/2014-09-02",
    ];
    let parts = [
        PartOfDay::Morning,
        PartOfDay::Noon,
        PartOfDay::Afternoon,
        PartOfDay::Evening,
        PartOfDay::Night,
    ];
    let bases = [Basis::Explicit, Basis::Context, Basis::Published, Basis::Unknown];
    (
        select(isos.to_vec()),
        option::of(select(parts.to_vec())),
        select(bases.to_vec()),
        any::<bool>(),
    )
        .prop_map(|(iso, part_of_day, basis, hour)| {
            let when = match When::from_iso(iso).unwrap() {
                When::Point(Moment::Minute(time)) if hour => {
                    When::Point(Moment::Hour(time.date().and_hms_opt(16, 0, 0).unwrap()))
                }
                when => when,
            };
            DateValue { part_of_day, ..DateValue::new(when, basis) }
        })
}

fn directives() -> impl Strategy<Value = Directive> {
    let reference = (
        option::of(names()),
        option::of(any::<u32>()),
        option::of(names()),
        option::of(any::<i32>()),
    )
        .prop_map(|(kind, number, symbol, year)| {
            let mut it = DirectiveRef::default();
            it.number_text = symbol.clone();
            it.issuer = kind.clone();
            it.plenum = number;
            it.article = symbol.clone();
            it.date = corpus_model::chrono::NaiveDate::from_ymd_opt(2013, 12, 5);
            (it.kind, it.number, it.symbol, it.year) = (kind, number, symbol, year);
            it
        });
    (prop::collection::vec(reference, 0..3), option::of(spans()))
        .prop_map(|(refs, antecedent)| Directive { refs, antecedent, relations: Vec::new() })
}

fn quantities() -> impl Strategy<Value = Quantity> {
    // Fifteen digits are what a double can carry; whole numbers are not bound by that.
    let numbers = || {
        prop_oneof![
            any::<i64>().prop_map(Decimal::from),
            (-999_999_999_999_999_i64..=999_999_999_999_999, 0..9_u32)
                .prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        ]
    };
    let kinds = [
        QuantityKind::Money,
        QuantityKind::Count,
        QuantityKind::Percent,
        QuantityKind::Duration,
        QuantityKind::Measure,
        QuantityKind::Ordinal,
    ];
    (
        numbers(),
        option::of(numbers()),
        option::of(names()),
        select(kinds.to_vec()),
        any::<bool>(),
        option::of(names()),
    )
        .prop_map(|(number, to, unit, kind, approximate, per)| Quantity {
            number,
            to,
            unit,
            kind,
            approximate,
            per,
        })
}

fn programmes() -> impl Strategy<Value = Programme> {
    let year = || any::<i32>();
    let period = (option::of(year()), year(), option::of(year()))
        .prop_map(|(first, last, horizon)| Period { first, last, horizon });
    (names(), names(), option::of(period), option::of(spans()), option::of(spans())).prop_map(
        |(head, name, period, antecedent, directive)| Programme {
            head,
            name,
            period,
            antecedent,
            directive,
        },
    )
}

fn values() -> impl Strategy<Value = Value> {
    let names_of = || prop::collection::vec(names(), 0..3);
    prop_oneof![
        dates().prop_map(Value::from),
        directives().prop_map(Value::from),
        (names(), option::of(names()), names_of()).prop_map(|(name, honorific, offices)| Person {
            name,
            honorific,
            offices
        }
        .into()),
        names().prop_map(|name| Organization { name }.into()),
        (names(), option::of(names()), option::of(names()))
            .prop_map(|(name, province, now)| Place { name, province, now }.into()),
        programmes().prop_map(Value::from),
        quantities().prop_map(Value::from),
        (names(), option::of(names()), option::of(names()), names_of()).prop_map(
            |(name, iso, place, participants)| Event {
                name,
                iso,
                place,
                participants,
                ..Event::default()
            }
            .into()
        ),
        (option::of(any::<u32>()), names(), prop::collection::vec(spans(), 0..3), any::<bool>())
            .prop_map(|(announced, noun, items, complete)| List {
                announced,
                noun,
                items,
                complete
            }
            .into()),
    ]
}

proptest! {
    #[test]
    fn mentions_come_back(span in spans(), value in values()) {
        comes_back(&Mention::new(span, value));
    }

    #[test]
    fn documents_come_back(
        id in names(),
        text in any::<String>(),
        blocks in prop::collection::vec((select(&BlockKind::ALL[..]), spans()), 0..4),
        title in option::of(names()),
        date in option::of(dates()),
        extra in prop::collection::btree_map(names(), names(), 0..3),
    ) {
        let mut document = Document::new(id, text)
            .with_blocks(blocks.into_iter().map(|(kind, span)| Block::new(kind, span)));
        document.metadata.title = title;
        // An hour is a minute where no grain stands beside it.
        document.metadata.published =
            date.map(|date| date.when).filter(|when| !matches!(when, When::Point(Moment::Hour(_))));
        document.metadata.published_basis = date.map(|date| date.basis);
        document.metadata.extra = extra;
        comes_back(&document);
    }

    #[test]
    fn annotations_come_back(
        sentences in prop::collection::vec(spans(), 0..5),
        words in prop::collection::vec(spans(), 0..5),
        mentions in prop::collection::vec((spans(), values()), 0..3),
    ) {
        let kinds = [WordKind::Word, WordKind::Number, WordKind::Symbol, WordKind::Punctuation, WordKind::Other];
        let mut annotations = Annotations::default();
        annotations.sentences = sentences.into_iter().map(|span| Sentence { span }).collect();
        annotations.words =
            words.into_iter().zip(kinds).map(|(span, kind)| Word { span, kind }).collect();
        annotations.mentions = mentions.into_iter().map(|(span, value)| Mention::new(span, value)).collect();
        comes_back(&annotations);
    }

    #[test]
    fn syllables_come_back(span in spans(), part in spans(), tone in select(&Tone::ALL[..])) {
        let parts = SyllableParts { onset: part, medial: span, nucleus: part, coda: span, tone };
        comes_back(&Syllable { span, parts: Some(parts) });
        comes_back(&Syllable { span, parts: None });
    }
}
