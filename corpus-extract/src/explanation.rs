//! [`Explanation`]: which rule found a fact, and what in the text it went by.

use std::sync::OnceLock;

use corpus_model::Span;

use crate::table::rows;

/// Why a mention is what it is said to be; see [`Extractor::explain`](crate::Extractor::explain).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The rule that found it.
    pub rule: Rule,
    /// What in the text the rule went by, beside the mention itself.
    pub evidence: Vec<Clue>,
}

/// A place in the text that a rule went by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Clue {
    /// What it is there: `office`, `unit`, `antecedent`.
    pub role: &'static str,
    /// Where it stands.
    pub span: Span,
}

impl Clue {
    pub(crate) const fn new(role: &'static str, span: Span) -> Clue {
        Clue { role, span }
    }
}

/// A rule as `data/rule.tsv` describes it.
///
/// ```
/// use corpus_extract::Rule;
///
/// let rule = Rule::all().iter().find(|rule| rule.name == "person.office").unwrap();
/// assert_eq!(rule.about, "an office stands in front of the name");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Rule {
    /// The kind of fact and a name for the rule: `person.office`.
    pub name: &'static str,
    /// What it says, in a few words.
    pub about: &'static str,
    /// A text with a mention in brackets that it finds.
    pub example: &'static str,
    /// The tables of the crate's `data` that it rests on, separated by commas; empty for none.
    pub tables: &'static str,
}

impl Rule {
    /// Every rule, kind by kind.
    pub fn all() -> &'static [Rule] {
        static ALL: OnceLock<Vec<Rule>> = OnceLock::new();
        ALL.get_or_init(|| {
            rows(include_str!("../data/rule.tsv"))
                .map(|[name, about, example, tables]| Rule { name, about, example, tables })
                .collect()
        })
    }

    /// The rule of this name; a test holds that each is in the table.
    pub(crate) fn named(name: &'static str) -> Rule {
        let found = Rule::all().iter().find(|rule| rule.name == name);
        found.copied().unwrap_or(Rule { name, about: "", example: "", tables: "" })
    }
}

/// What the explanation of one kind of fact comes to: the name of the rule, and the clues.
pub(crate) type Found = (&'static str, Vec<Clue>);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use corpus_model::{Block, BlockKind, Document, MentionKind, Span, When};

    use super::Rule;
    use crate::{Extractor, Reason};

    /// The text of an example and the place of its mention.
    fn parsed(example: &str) -> (String, Span) {
        let text = example.replace("\\n", "\n");
        let start = text.find('[').unwrap();
        let end = text.find(']').unwrap() - 1;
        (text.replace(['[', ']'], ""), Span::new(start, end))
    }

    #[test]
    fn every_rule_finds_its_example() {
        let extractor = Extractor::built_in();
        let mut wrong = Vec::new();
        for rule in Rule::all() {
            let (text, span) = parsed(rule.example);
            // Each line is a paragraph.
            let lines = text.split_inclusive('\n').scan(0, |at, line| {
                let start = *at;
                *at += line.len();
                Some(Block::new(
                    BlockKind::Paragraph,
                    Span::new(start, start + line.trim_end().len()),
                ))
            });
            let blocks: Vec<Block> = lines.collect();
            let mut document = Document::new("1", text).with_blocks(blocks);
            match rule.name {
                "date.source" => document.metadata.published = When::from_iso("2014-08-29"),
                "date.address" => {
                    document.metadata.url =
                        Some("https://a.example/2014/08/29/tin.html".to_owned());
                }
                _ => {}
            }
            let found = extractor.extract(&document);
            let explained = extractor.explain(&document, found.as_slice());
            let names: Vec<(&str, &str)> = found
                .iter()
                .zip(&explained)
                .filter(|(mention, _)| mention.span == span)
                .map(|(mention, explained)| (explained.rule.name, mention.kind().name()))
                .collect();
            if !names.iter().any(|(name, _)| *name == rule.name) {
                let all: Vec<&str> = found.iter().map(|it| &document[it.span]).collect();
                wrong.push(format!("{}: {names:?} among {all:?}", rule.name));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn reasons_of_dates_are_told_in_the_same_words() {
        for reason in [Reason::Source, Reason::LatestYear, Reason::Weekday, Reason::Nothing] {
            assert!(Rule::all().iter().any(|rule| rule.about == reason.describe()), "{reason:?}");
        }
    }

    #[test]
    fn rules_are_described() {
        let mut names = BTreeSet::new();
        for rule in Rule::all() {
            let (kind, _) = rule.name.split_once('.').unwrap();
            assert!(MentionKind::from_name(kind).is_some(), "{}", rule.name);
            assert!(names.insert(rule.name), "{} stands twice", rule.name);
            assert!(!rule.about.is_empty());
            for table in rule.tables.split(", ").filter(|it| !it.is_empty()) {
                let path = format!("{}/data/{table}", env!("CARGO_MANIFEST_DIR"));
                assert!(std::path::Path::new(&path).is_file(), "{}: no table {table}", rule.name);
            }
        }
    }

    #[test]
    fn evidence_stands_in_the_text() {
        let text = "Sáng 29/8/2014, tại Hà Nội, Bí thư Huyện ủy Vi Văn Thìn dự hội nghị.\nNghị quyết \
                    số 25-NQ/TW của Ban Chấp hành Trung ương được nêu; quỹ góp gần 10–17,6 tỷ đồng.\nÔng \
                    Thìn nêu hai việc: một là, sửa đường; hai là, xây cầu. Nghị quyết này nói đến năm 2014.";
        let document = Document::new("1", text);
        let extractor = Extractor::built_in();
        let found = extractor.extract(&document);
        let told: Vec<String> = found
            .iter()
            .zip(extractor.explain(&document, found.as_slice()))
            .map(|(mention, explained)| {
                let clues: Vec<String> = explained
                    .evidence
                    .iter()
                    .map(|clue| format!("{} “{}”", clue.role, &document[clue.span]))
                    .collect();
                let (text, rule) = (&document[mention.span], explained.rule.name);
                format!("{text} | {rule} | {}", clues.join(", "))
            })
            .collect();
        for line in [
            "Vi Văn Thìn | person.office | office “Bí thư Huyện ủy”",
            "Thìn | person.address | form of address “Ông”, office “Bí thư Huyện ủy”, full name \
             “Vi Văn Thìn”",
            "hội nghị | event.noun | word “hội nghị”, day “Sáng 29/8/2014”, place “Hà Nội”, participant \
             “Vi Văn Thìn”",
            "Nghị quyết số 25-NQ/TW | directive.symbol | type “Nghị quyết”, number “25-NQ/TW”, \
             issuer “Ban Chấp hành Trung ương”",
            "10–17,6 tỷ đồng | quantity.money | number “10”, number “17,6 tỷ”, unit “đồng”, \
             approximate “gần”",
            "Nghị quyết này | directive.short | type “Nghị quyết”, antecedent “Nghị quyết số 25-NQ/TW”",
            "hai việc | list.marks | announced “hai việc”, item “sửa đường”, item “xây cầu”",
        ] {
            assert!(told.iter().any(|it| it == line), "{line}\n\n{}", told.join("\n"));
        }
    }
}
