//! `--where`: which documents of the input are counted, by what is known about them.
//!
//! A condition is comparisons joined by `and` and `or`, of which `and` binds closer. Texts are
//! compared by their keys, dates as far as the condition names them, numbers as numbers.

use std::borrow::Cow;
use std::cmp::Ordering;

use corpus_model::Document;

/// How the condition is told to people.
pub(crate) const HELP: &str = "\
Count only documents that fulfil this: 'site = vnexpress.net and published >= 2017'

Fields are id, path, format, site, url, title, byline, language, published, and whatever \
else the source states, by its name. The signs are = != < <= > >= and ~ for `contains`. Values \
with blanks stand in quotes. Dates are compared as far as they are written: 2017-03 is the whole \
of March. A document without the field fulfils != only. `and` binds closer than `or`.";

/// Which documents are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// One of these must hold, all comparisons of it.
    alternatives: Vec<Vec<Comparison>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Comparison {
    field: String,
    sign: Sign,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
    Contains,
}

/// The signs as they are written, longer ones first.
const SIGNS: [(&str, Sign); 7] = [
    ("!=", Sign::IsNot),
    ("<=", Sign::AtMost),
    (">=", Sign::AtLeast),
    ("=", Sign::Is),
    ("<", Sign::Less),
    (">", Sign::More),
    ("~", Sign::Contains),
];

impl Condition {
    /// Reads a condition; says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Condition, String> {
        let mut alternatives = vec![Vec::new()];
        let mut rest = text.trim();
        loop {
            let (field, behind) = operand(rest)?;
            let behind = behind.trim_start();
            let (sign, behind) = SIGNS
                .iter()
                .find_map(|(sign, it)| Some((*it, behind.strip_prefix(sign)?)))
                .ok_or_else(|| format!("behind {field:?} stands none of = != < <= > >= ~"))?;
            let (value, behind) = operand(behind)?;
            if let Some(last) = alternatives.last_mut() {
                last.push(Comparison { field, sign, value });
            }
            rest = behind.trim_start();
            if rest.is_empty() {
                return Ok(Condition { alternatives });
            }
            let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            match word {
                "and" => {}
                "or" => alternatives.push(Vec::new()),
                _ => return Err(format!("{word:?} stands where and or or is due")),
            }
            rest = behind;
        }
    }

    /// Whether a document is one of those that are counted.
    pub(crate) fn holds(&self, document: &Document) -> bool {
        self.alternatives.iter().any(|all| all.iter().all(|it| it.holds(document)))
    }

    /// The names of the fields that it asks for.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.alternatives.iter().flatten().map(|it| it.field.as_str())
    }

    /// Whether it asks when documents were published, which has to be found out.
    pub(crate) fn asks_for_date(&self) -> bool {
        self.alternatives.iter().flatten().any(|it| it.field == "published")
    }
}

/// A name or value in front of the rest: in quotes, or up to a blank or sign.
fn operand(text: &str) -> Result<(String, &str), String> {
    let text = text.trim_start();
    if let Some(quote @ ('"' | '\'')) = text.chars().next() {
        let behind = text.get(1..).unwrap_or_default();
        let (value, rest) =
            behind.split_once(quote).ok_or_else(|| format!("{text:?}: the quote is not closed"))?;
        return Ok((value.to_owned(), rest));
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '!' | '<' | '>' | '~');
    let end = text.find(ends).unwrap_or(text.len());
    let (value, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    match value {
        "" if rest.is_empty() => Err("it ends where a name or value is due".to_owned()),
        "" => Err(format!("{rest:?} stands where a name or value is due")),
        value => Ok((value.to_owned(), rest)),
    }
}

impl Comparison {
    fn holds(&self, document: &Document) -> bool {
        let Some(found) = field(document, &self.field) else { return self.sign == Sign::IsNot };
        let order = || match self.field == "published" {
            true => {
                // Only as much of the date as the condition names.
                let end = found.char_indices().nth(self.value.chars().count());
                let named = end.and_then(|it| found.get(..it.0)).unwrap_or(&found);
                named.cmp(&self.value)
            }
            false => compare(&found, &self.value),
        };
        match self.sign {
            Sign::Is => order() == Ordering::Equal,
            Sign::IsNot => order() != Ordering::Equal,
            Sign::Less => order() == Ordering::Less,
            Sign::AtMost => order() != Ordering::Greater,
            Sign::More => order() == Ordering::Greater,
            Sign::AtLeast => order() != Ordering::Less,
            Sign::Contains => {
                corpus_text::key(&found).contains(corpus_text::key(&self.value).as_ref())
            }
        }
    }
}

/// Whether a document has anything in this field.
pub(crate) fn has(document: &Document, name: &str) -> bool {
    field(document, name).is_some()
}

/// What a document has in this field.
fn field<'a>(document: &'a Document, name: &str) -> Option<Cow<'a, str>> {
    let metadata = &document.metadata;
    let known = match name {
        "id" => return Some(document.id().into()),
        "published" => return metadata.published.map(|when| when.to_string().into()),
        "path" => &metadata.path,
        "format" => &metadata.format,
        "site" => &metadata.site,
        "url" => &metadata.url,
        "title" => &metadata.title,
        "byline" => &metadata.byline,
        "language" => &metadata.language,
        _ => return metadata.extra.get(name).map(|value| value.as_str().into()),
    };
    known.as_deref().map(Cow::from)
}

/// The order of two values: of numbers as numbers, else of their keys.
fn compare(a: &str, b: &str) -> Ordering {
    match (a.trim().parse::<f64>(), b.trim().parse::<f64>()) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => corpus_text::key(a).cmp(&corpus_text::key(b)),
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::{Document, When};

    use super::Condition;

    fn document() -> Document {
        let mut document = Document::new("tin-7", "Mưa.");
        let metadata = &mut document.metadata;
        metadata.site = Some("tin.example".into());
        metadata.title = Some("Mưa lớn ở Hoà Bình".into());
        metadata.published = When::from_iso("2017-03-04");
        metadata.extra.insert("số từ".into(), "120".into());
        document
    }

    #[test]
    fn conditions_hold_or_do_not() {
        for (text, holds) in [
            ("site = tin.example", true),
            ("site=TIN.example and id = 'tin-7'", true),
            ("site != tin.example or title ~ \"hòa bình\"", true),
            ("title ~ nắng", false),
            ("published >= 2017", true),
            ("published <= 2017", true),
            ("published > 2017", false),
            ("published = 2017-03", true),
            ("published < 2017-03-05", true),
            ("published > 2017-03-04", false),
            ("'số từ' > 9", true),
            ("'số từ' < 9", false),
            ("language = vi", false),
            ("language != vi", true),
            ("id = x and id = tin-7 or id = tin-7", true),
            ("id = tin-7 or id = x and id = y", true),
        ] {
            assert_eq!(Condition::parse(text).unwrap().holds(&document()), holds, "{text}");
        }
    }

    #[test]
    fn mistakes_are_told() {
        for (text, message) in [
            ("", "it ends where a name or value is due"),
            ("site", "behind \"site\" stands none of = != < <= > >= ~"),
            ("site =", "it ends where a name or value is due"),
            ("= a", "\"= a\" stands where a name or value is due"),
            ("site = a b", "\"b\" stands where and or or is due"),
            ("site = 'a", "\"'a\": the quote is not closed"),
            ("site = a and", "it ends where a name or value is due"),
        ] {
            assert_eq!(Condition::parse(text).unwrap_err(), message);
        }
    }
}
