//! brat's standoff: for each document `NAME.txt`, which is its text, and `NAME.ann` with a line a
//! fact.
//!
//! Offsets count characters, as brat does. A fact that reaches over the end of a line is given in
//! pieces, for the format has one line for each, and what a fact names stands in its note, as JSON.
//! Arcs lead from a short form to the directive it stands for, and from a directive to the one that
//! it amends, repeals or rests on.
//!
//! ```
//! use corpus_model::{Document, Mention, Place, Span};
//! use corpus_write::brat::annotations;
//!
//! let document = Document::new("1", "Đến Hà Nội.");
//! let place = Mention::new(Span::new(7, 16), Place { name: "Hà Nội".into(), ..Place::default() });
//! assert!(annotations(&document, &[place]).starts_with("T1\tPlace 4 10\tHà Nội\n"));
//! ```

use std::collections::HashMap;
use std::fmt::Write as _;

use corpus_model::{Document, Mention, MentionKind, RelationKind, Span, Value};

use crate::value::json;

/// Bytes of an identifier that go into the name of a file; systems allow 255.
const LONGEST_NAME: usize = 120;

/// The name of a kind as types of annotations are written: `Directive`.
pub const fn type_name(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Date => "Date",
        MentionKind::Directive => "Directive",
        MentionKind::Person => "Person",
        MentionKind::Organization => "Organization",
        MentionKind::Place => "Place",
        MentionKind::Quantity => "Quantity",
        MentionKind::Event => "Event",
        MentionKind::List => "List",
        MentionKind::Programme => "Programme",
        _ => "Other",
    }
}

/// A name for a document's files that any system allows and that leads nowhere else; two documents
/// may have the same.
pub fn file_name(id: &str) -> String {
    let mut name = String::new();
    for letter in id.chars() {
        if name.len() + letter.len_utf8() > LONGEST_NAME {
            break;
        }
        let fits = letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
        name.push(if fits { letter } else { '_' });
    }
    // A point in front hides a file, and one at the end is lost on some systems.
    let name = name.trim_matches('.');
    if name.is_empty() { "document".to_owned() } else { name.to_owned() }
}

/// The lines of a document's facts: the content of its `.ann` file.
pub fn annotations(document: &Document, mentions: &[Mention]) -> String {
    let pieces: Vec<Vec<Span>> =
        mentions.iter().map(|mention| pieces(document, mention.span)).collect();
    let characters = Characters::new(document.text(), pieces.iter().flatten());
    let places: HashMap<Span, usize> = mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.kind() == MentionKind::Directive)
        .map(|(i, mention)| (mention.span, i + 1))
        .collect();
    let mut page = String::new();
    let mut relations = 0;
    for (i, (mention, pieces)) in mentions.iter().zip(&pieces).enumerate() {
        let number = i + 1;
        let offsets: Vec<String> = pieces
            .iter()
            .map(|it| format!("{} {}", characters.before(it.start()), characters.before(it.end())))
            .collect();
        let written: Vec<&str> =
            pieces.iter().map(|it| document.get(*it).unwrap_or_default()).collect();
        // Writing to memory cannot fail.
        let _ = writeln!(
            page,
            "T{number}\t{} {}\t{}",
            type_name(mention.kind()),
            offsets.join(";"),
            written.join(" ")
        );
        let value = plain(&json(&mention.value));
        let _ = writeln!(page, "#{number}\tAnnotatorNotes T{number}\t{value}");
        match &mention.value {
            Value::Date(date) => {
                let _ = writeln!(page, "A{number}\tBasis T{number} {}", date.basis.name());
            }
            Value::Directive(directive) => {
                let antecedent =
                    directive.antecedent.map(|span| ("StandsFor", number, places.get(&span)));
                let done = directive.relations.iter().map(|it| {
                    let by = it.by.and_then(|span| places.get(&span));
                    (relation_name(it.relation), by.copied().unwrap_or_default(), Some(&number))
                });
                for (name, from, to) in antecedent.into_iter().chain(done) {
                    if let (1.., Some(to)) = (from, to) {
                        relations += 1;
                        let _ = writeln!(page, "R{relations}\t{name} Arg1:T{from} Arg2:T{to}");
                    }
                }
            }
            _ => {}
        }
    }
    page
}

/// The parts of a span between what would end a line or a column.
fn pieces(document: &Document, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start();
    let ends = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    for part in document.get(span).unwrap_or_default().split(ends) {
        let end = start + part.len();
        // What is left of a piece is a piece only with something in it.
        let blank = part.len() - part.trim_start().len();
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            pieces.push(Span::new(start + blank, start + blank + trimmed.len()));
        }
        let behind = document.text().get(end..).and_then(|rest| rest.chars().next());
        start = end + behind.map_or(0, char::len_utf8);
    }
    if pieces.is_empty() { vec![span] } else { pieces }
}

/// JSON without the line ends that JSON allows in strings.
fn plain(json: &str) -> String {
    json.replace(|letter: char| letter.is_control() || "\u{2028}\u{2029}".contains(letter), " ")
}

/// How many characters stand in front of some places of a text, counted in one walk.
struct Characters(HashMap<usize, usize>);

impl Characters {
    fn new<'a>(text: &str, spans: impl Iterator<Item = &'a Span>) -> Characters {
        let mut places: Vec<usize> = spans.flat_map(|span| [span.start(), span.end()]).collect();
        places.sort_unstable();
        places.dedup();
        let mut counts = HashMap::with_capacity(places.len());
        let (mut at, mut count) = (0, 0);
        for place in places {
            count += text.get(at..place).map_or(0, |part| part.chars().count());
            at = place;
            counts.insert(place, count);
        }
        Characters(counts)
    }

    fn before(&self, place: usize) -> usize {
        self.0.get(&place).copied().unwrap_or_default()
    }
}

/// What one directive does to another, as types of arcs are written.
fn relation_name(relation: RelationKind) -> &'static str {
    match relation {
        RelationKind::BasedOn => "BasedOn",
        RelationKind::Amends => "Amends",
        RelationKind::Repeals => "Repeals",
        RelationKind::Replaces => "Replaces",
        RelationKind::Implements => "Implements",
        RelationKind::Suspends => "Suspends",
        RelationKind::Corrects => "Corrects",
        RelationKind::Consolidates => "Consolidates",
        RelationKind::Extends => "Extends",
        _ => "ActsOn",
    }
}

/// What brat has to know of the types: the file `annotation.conf` of the folder.
pub fn annotation_conf() -> String {
    let mut page = "[entities]\n".to_owned();
    for kind in MentionKind::ALL {
        page.push_str(&format!("{}\n", type_name(kind)));
    }
    page.push_str("\n[relations]\nStandsFor\tArg1:Directive, Arg2:Directive\n");
    for relation in RelationKind::ALL {
        let name = relation_name(relation);
        page.push_str(&format!("{name}\tArg1:Directive, Arg2:Directive\n"));
    }
    // Facts lie in each other, which brat has to be told too.
    page.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n");
    page.push_str("[attributes]\nBasis\tArg:Date, Value:explicit|context|published|unknown\n");
    page
}

/// How brat shows the types: the file `visual.conf` of the folder.
pub fn visual_conf() -> String {
    const COLORS: [&str; 9] = [
        "#b7e4c7", "#e0c3fc", "#a9def9", "#bcc5f7", "#ffd6a5", "#fff3a3", "#ffc9c9", "#dddddd",
        "#b5ead7",
    ];
    let mut page = "[labels]\n\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:white\n".to_owned();
    for (kind, color) in MentionKind::ALL.into_iter().zip(COLORS) {
        page.push_str(&format!("{}\tbgColor:{color}\n", type_name(kind)));
    }
    page
}

#[cfg(test)]
mod tests {
    use corpus_model::{Document, List, Mention, Person, Place, Span, Value};

    use super::{annotations, file_name};

    #[test]
    fn offsets_count_characters() {
        let document =
            Document::new("1", "Ðảng uỷ họp.\nSáng 29/8/2014 📷, bà Hà Thị Lan đến Hà Nội.");
        let at = |name: &str, value: Value| {
            let start = document.text().find(name).unwrap();
            Mention::new(Span::new(start, start + name.len()), value)
        };
        let mentions = [
            at("uỷ", Place::default().into()),
            at("Hà Thị Lan", Person::default().into()),
            at("Hà Nội", Place::default().into()),
        ];
        let letters: Vec<char> = document.text().chars().collect();
        let found = annotations(&document, &mentions);
        let mut n = 0;
        for line in found.lines().filter(|line| line.starts_with('T')) {
            let [_, place, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!() };
            let [_, start, end] = place.split(' ').collect::<Vec<_>>()[..] else { panic!() };
            let range = start.parse().unwrap()..end.parse().unwrap();
            assert_eq!(letters[range].iter().collect::<String>(), text);
            n += 1;
        }
        assert_eq!(n, 3, "{found}");
    }

    #[test]
    fn a_fact_over_lines_comes_in_pieces() {
        let document = Document::new("1", "á\nhai  \r\n\n\tba\u{2028}tư.");
        let list =
            List { announced: None, noun: "\n".to_owned(), items: Vec::new(), complete: false };
        let all = Mention::new(Span::new(0, document.text().len() - 1), list);
        let found = annotations(&document, &[all]);
        let lines: Vec<&str> = found.lines().collect();
        assert_eq!(lines[0], "T1\tList 0 1;2 5;11 13;14 16\tá hai ba tư");
        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("#1\tAnnotatorNotes T1\t{\"announced\":null"), "{found}");
    }

    #[test]
    fn identifiers_become_names_of_files() {
        for (id, name) in [
            ("000_fb5a", "000_fb5a"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("https://a.vn/tin?id=1", "https___a.vn_tin_id_1"),
            ("a\0b\n", "a_b_"),
            ("Tin số 7", "Tin_số_7"),
            ("..", "document"),
            ("", "document"),
        ] {
            assert_eq!(file_name(id), name, "{id:?}");
        }
        assert!(file_name(&"ệ".repeat(500)).len() <= 120);
    }
}
