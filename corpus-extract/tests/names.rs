//! Organisations, places and events in sentences written for the purpose.
//!
//! `cases/names.txt` holds sentences, each with its mentions indented below it.
//! `UPDATE_EXPECTED=1` rewrites them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails may panic, and one that is skipped says so"
)]

#[path = "cases/articles.rs"]
mod articles;
#[path = "cases/check.rs"]
mod cases;

use std::collections::BTreeMap;

use corpus_extract::Extractor;
use corpus_model::{Document, MentionKind, Span, Value};

const KINDS: [MentionKind; 3] = [MentionKind::Organization, MentionKind::Place, MentionKind::Event];

fn shown(text: &str) -> Vec<String> {
    let document = Document::new("case", text);
    let found = Extractor::built_in().extract_kinds(&document, &KINDS);
    found
        .iter()
        .map(|mention| {
            let kind = mention.kind();
            let value = match &mention.value {
                Value::Organization(it) => it.name.clone(),
                Value::Place(it) => match &it.province {
                    Some(province) => format!("{} in {province}", it.name),
                    None => it.name.clone(),
                },
                Value::Event(it) => {
                    let place = it.place.as_deref().unwrap_or("-");
                    let iso = it.iso.as_deref().unwrap_or("-");
                    format!("{} | {iso} | {place} | {}", it.name, it.participants.join("; "))
                }
                _ => String::new(),
            };
            format!("{kind} [{}] = {value}", &document[mention.span])
        })
        .collect()
}

#[test]
fn cases_are_found_as_written() {
    cases::check("names.txt", shown);
}

/// The spans of organisations of each labelled document, and whether a reader may leave them out.
fn labels(table: &str) -> BTreeMap<&str, Vec<(Span, bool)>> {
    let mut labels: BTreeMap<&str, Vec<(Span, bool)>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let spans = labels.entry(fields.next().unwrap()).or_default();
        let (start, end) = fields.next().unwrap().split_once('-').unwrap();
        if let (Ok(start), Ok(end)) = (start.parse(), end.parse()) {
            spans.push((Span::new(start, end), fields.next() == Some("?")));
        }
    }
    labels
}

#[test]
fn organizations_of_labelled_articles_are_found() {
    let Some(articles) = articles::articles() else { return };
    let [first, second] =
        [include_str!("organizations/first.tsv"), include_str!("organizations/second.tsv")];
    for (table, least) in [(first, [0.98, 0.87]), (second, [0.99, 0.97])] {
        check_organizations(&articles, table, least);
    }
}

/// Counts what is found of the labels; `least` are the precision and recall that it must have.
fn check_organizations(articles: &BTreeMap<String, String>, table: &str, least: [f64; 2]) {
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (id, labelled) in labels(table) {
        let document = Document::new(id, &articles[id]);
        let found = Extractor::built_in().extract_kinds(&document, &[MentionKind::Organization]);
        for mention in &found {
            match labelled.iter().find(|(span, _)| *span == mention.span) {
                Some((_, may_lack)) => right += usize::from(!may_lack),
                // What overlaps with a doubtful one is as doubtful.
                None if labelled.iter().any(|(span, doubtful)| {
                    *doubtful
                        && span.start() < mention.span.end()
                        && mention.span.start() < span.end()
                }) => {}
                None => {
                    wrong += 1;
                    println!("{id} has {}", &document[mention.span]);
                }
            }
        }
        for (span, _) in labelled.iter().filter(|(span, may_lack)| {
            !may_lack && !found.iter().any(|mention| mention.span == *span)
        }) {
            missed += 1;
            println!("{id} lacks {}", &document[*span]);
        }
    }
    let precision = right as f64 / (right + wrong) as f64;
    let recall = right as f64 / (right + missed) as f64;
    println!("organisations: precision {precision:.3}, recall {recall:.3}, {right} right");
    assert!(precision >= least[0], "precision {precision:.3}");
    assert!(recall >= least[1], "recall {recall:.3}");
}

/// A labelled event: whether it must be found, where it stands and when it is.
type Labelled = (bool, Span, Span);

#[test]
fn events_of_labelled_articles_are_found() {
    let Some(articles) = articles::articles() else { return };
    let mut labels: BTreeMap<&str, Vec<Labelled>> = BTreeMap::new();
    let span = |text: &str| {
        let (start, end) = text.split_once('-').unwrap();
        Span::new(start.parse().unwrap(), end.parse().unwrap())
    };
    let lines = include_str!("events/first.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let events = labels.entry(fields[0]).or_default();
        if fields[1] != "-" {
            events.push((fields[1] == "must", span(fields[3]), span(fields[4])));
        }
    }
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (id, labelled) in labels {
        let document = Document::new(id, &articles[id]);
        let found = Extractor::built_in().extract_kinds(&document, &[MentionKind::Event]);
        for (must, event, date) in &labelled {
            let Some(mention) = found.iter().find(|it| it.span.overlaps(*event)) else {
                missed += usize::from(*must);
                println!("{id} lacks {}", &document[*event]);
                continue;
            };
            let Value::Event(value) = &mention.value else { panic!("no event") };
            assert!(value.date_span.unwrap().overlaps(*date), "{id}: {:?}", value.date_span);
            assert_eq!(value.participants.len(), value.participant_spans.len());
            right += usize::from(*must);
        }
        for mention in
            found.iter().filter(|it| !labelled.iter().any(|(_, event, _)| event.overlaps(it.span)))
        {
            wrong += 1;
            println!("{id} has {}", &document[mention.span]);
        }
    }
    println!("events: {right} right, {wrong} wrong, {missed} missed");
    assert!(right >= 18 && wrong <= 3, "{right} right, {wrong} wrong");
}

/// Not timed: what is quadratic in this many does not come back at all.
#[test]
fn long_and_hostile_texts_take_linear_time() {
    let many = 10_000;
    for repeated in [
        "Sở ",
        "Ủy ban nhân dân tỉnh ",
        "Công ty Cổ phần ",
        "Công ty TNHH thương mại, đầu tư và ",
        "Quân khu 7, ",
        "Hà Nội ",
        "Bà Rịa - ",
        "huyện ",
        "TP. ",
        "tại ",
        "ngày 12/3/2016 hội nghị tại Hà Nội, ông Lê Văn An, ",
        "Nghị quyết số 25-NQ/TW ngày 3/6/2013 hội nghị ",
        "(ABC) ",
    ] {
        shown(&repeated.repeat(many));
    }
}

#[test]
fn kinds_alone_give_what_all_give() {
    let text = "Sáng 12/3/2016, tại Hà Nội, Bộ Y tế họp báo. Ông Lê Văn An, Giám đốc Sở Y tế, dự.";
    let document = Document::new("1", text);
    let extractor = Extractor::built_in();
    let all = extractor.extract(&document);
    for kind in KINDS {
        let alone = extractor.extract_kinds(&document, &[kind]);
        assert!(!alone.is_empty());
        let of_all: Vec<_> = all.iter().filter(|it| it.kind() == kind).collect();
        assert_eq!(alone.iter().collect::<Vec<_>>(), of_all);
    }
}
