use serde_json::{from_str, json, to_value};

use crate::{
    Annotations, Basis, Block, BlockKind, DateValue, Document, Layer, Mention, PartOfDay, Quantity,
    QuantityKind, Sentence, Span, When,
};

fn quantity(number: &str) -> Quantity {
    Quantity {
        number: number.parse().unwrap(),
        to: None,
        unit: Some("VND".to_owned()),
        kind: QuantityKind::Money,
        approximate: false,
        per: None,
    }
}

#[test]
fn a_date_is_written_as_the_contract_says() {
    let value = DateValue::new(When::from_iso("2014-08-29").unwrap(), Basis::Context);
    let mention = Mention::new(Span::new(204, 214), value.during(PartOfDay::Morning));
    assert_eq!(
        to_value(&mention).unwrap(),
        json!({
            "span": [204, 214],
            "kind": "date",
            "value": {"iso": "2014-08-29", "grain": "day", "part_of_day": "morning", "basis": "context"},
        })
    );
}

#[test]
fn whole_numbers_stay_whole() {
    for (number, written) in [
        ("17600000000", "17600000000"),
        ("17.6", "17.6"),
        ("0.12", "0.12"),
        ("9007199254740993", "9007199254740993"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("3.0", "3"),
    ] {
        let text = serde_json::to_string(&quantity(number)).unwrap();
        assert!(text.starts_with(&format!("{{\"number\":{written},")), "{text}");
        assert_eq!(from_str::<Quantity>(&text).unwrap(), quantity(number));
    }
}

#[test]
fn a_number_that_is_none_is_refused() {
    for number in ["\"17\"", "null", "1e300", "[]"] {
        let text = format!(
            "{{\"number\":{number},\"unit\":null,\"kind\":\"count\",\"approximate\":false,\"per\":null}}"
        );
        assert!(from_str::<Quantity>(&text).is_err(), "{number}");
    }
}

#[test]
fn the_end_of_a_range_is_written_only_where_there_is_one() {
    assert_eq!(to_value(quantity("1")).unwrap().get("to"), None);
    let range = Quantity { to: Some(5.into()), ..quantity("1") };
    let text = serde_json::to_string(&range).unwrap();
    assert_eq!(from_str::<Quantity>(&text).unwrap(), range);
}

#[test]
fn a_document_comes_back_with_its_blocks() {
    let mut document = Document::new("7", "Tin vắn\nTrời mưa.").with_blocks([
        Block::new(BlockKind::Title, Span::new(0, 9)),
        Block::new(BlockKind::Paragraph, Span::new(10, 22)),
    ]);
    document.metadata.published = When::from_iso("2014-08-29");
    document.metadata.extra.insert("file_index".to_owned(), "007".to_owned());
    let text = serde_json::to_string(&document).unwrap();
    assert_eq!(from_str::<Document>(&text).unwrap(), document);
}

#[test]
fn blocks_of_strangers_are_held_to_the_rules() {
    let text = r#"{"id":"1","text":"Đê","blocks":[{"kind":"title","span":[0,1]},{"kind":"lead","span":[0,2]}]}"#;
    let document: Document = from_str(text).unwrap();
    assert_eq!(document.blocks().as_slice(), [Block::new(BlockKind::Lead, Span::new(0, 2))]);
    // Without blocks the whole text is one paragraph.
    let document: Document = from_str(r#"{"id":"1","text":"Đê"}"#).unwrap();
    assert_eq!(document.blocks().as_slice(), [Block::new(BlockKind::Paragraph, Span::new(0, 4))]);
}

#[test]
fn spans_and_kinds_that_are_none_are_refused() {
    for (error, text) in [
        ("a span ends before it starts", "[5, 3]"),
        ("invalid length 1, expected an array of length 2", "[5]"),
    ] {
        let message = from_str::<Span>(text).unwrap_err().to_string();
        assert!(message.starts_with(error), "{message}");
    }
    let message = from_str::<BlockKind>("\"menu\"").unwrap_err().to_string();
    assert_eq!(message, "no block kind is called \"menu\"");
    let message = from_str::<When>("\"29/8\"").unwrap_err().to_string();
    assert_eq!(message, "\"29/8\" is no date");
}

#[test]
fn a_layer_out_of_order_is_sorted() {
    let layer: Layer<Span> = from_str("[[5,7],[0,2]]").unwrap();
    assert_eq!(layer.as_slice(), [Span::new(0, 2), Span::new(5, 7)]);
}

#[test]
fn annotations_may_leave_layers_out() {
    let annotations: Annotations = from_str(r#"{"sentences":[{"span":[0,4]}]}"#).unwrap();
    assert_eq!(annotations.sentences.as_slice(), [Sentence { span: Span::new(0, 4) }]);
    assert!(annotations.words.is_empty());
}
