//! [`Directive`]: a reference to documents of the Party or the State (văn bản chỉ đạo).

use std::fmt;

use chrono::NaiveDate;

use crate::Span;

/// A reference to one or more directives: `Quyết định 217, 218 của Bộ Chính trị` holds two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Directive {
    /// What is referred to, in the order of the text.
    pub refs: Vec<DirectiveRef>,
    /// The earlier mention that a short form (`Nghị quyết này`, `Nghị quyết 25`) stands for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub antecedent: Option<Span>,
    /// What is done to the directives of this mention, by another directive or by the text.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub relations: Vec<Relation>,
}

/// What is done to a directive: `Nghị định A thay thế Nghị định B` gives the mention of B a relation
/// by the mention of A.
///
/// ```
/// use corpus_model::{Relation, RelationKind, Span};
///
/// let replaced = Relation { relation: RelationKind::Replaces, by: Some(Span::new(0, 17)) };
/// assert_eq!(replaced.relation.name(), "replaces");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Relation {
    /// What is done.
    pub relation: RelationKind,
    /// The mention that does it; none where the text itself does, or somebody.
    pub by: Option<Span>,
}

/// What one directive does to another; the names are those of the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RelationKind {
    /// `căn cứ`: the other rests on it.
    BasedOn,
    /// `sửa đổi`, `bổ sung`.
    Amends,
    /// `bãi bỏ`, `hủy bỏ`, `hết hiệu lực`.
    Repeals,
    /// `thay thế`.
    Replaces,
    /// `hướng dẫn thi hành`, `quy định chi tiết`.
    Implements,
    /// `đình chỉ`, `ngưng hiệu lực`.
    Suspends,
    /// `đính chính`.
    Corrects,
    /// `hợp nhất`.
    Consolidates,
    /// `gia hạn`, `kéo dài`.
    Extends,
}

impl RelationKind {
    /// Every kind.
    pub const ALL: [RelationKind; 9] = [
        RelationKind::BasedOn,
        RelationKind::Amends,
        RelationKind::Repeals,
        RelationKind::Replaces,
        RelationKind::Implements,
        RelationKind::Suspends,
        RelationKind::Corrects,
        RelationKind::Consolidates,
        RelationKind::Extends,
    ];

    /// The name in JSON: `based_on`.
    pub const fn name(self) -> &'static str {
        match self {
            RelationKind::BasedOn => "based_on",
            RelationKind::Amends => "amends",
            RelationKind::Repeals => "repeals",
            RelationKind::Replaces => "replaces",
            RelationKind::Implements => "implements",
            RelationKind::Suspends => "suspends",
            RelationKind::Corrects => "corrects",
            RelationKind::Consolidates => "consolidates",
            RelationKind::Extends => "extends",
        }
    }

    /// The kind of this name; see [`RelationKind::name`].
    pub fn from_name(name: &str) -> Option<RelationKind> {
        RelationKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One directive as far as a mention names it.
///
/// ```
/// use corpus_model::DirectiveRef;
///
/// let mut resolution = DirectiveRef::default();
/// resolution.kind = Some("nghị quyết".into());
/// resolution.plenum = Some(4);
/// resolution.term = Some("XI".into());
/// assert_eq!(resolution.to_string(), "Nghị quyết Trung ương 4 khóa XI");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct DirectiveRef {
    /// The type of document in lower case: `nghị quyết`, `quyết định`, `luật`.
    pub kind: Option<String>,
    /// The number: 25 of `25-NQ/TW`.
    pub number: Option<u32>,
    /// Number and symbol as written: `25-NQ/TW`, `30/2020/NĐ-CP`.
    pub number_text: Option<String>,
    /// The symbol: `NQ/TW`, `NĐ-CP`.
    pub symbol: Option<String>,
    /// The year within the number: 2020 of `30/2020/NĐ-CP`, or of a law named by its year.
    pub year: Option<i32>,
    /// Who issued it: `Bộ Chính trị`.
    pub issuer: Option<String>,
    /// The body that the symbol names, where the text names another that does not go with it: then
    /// one of the two is a mistake.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub symbol_issuer: Option<String>,
    /// When it was issued.
    pub date: Option<NaiveDate>,
    /// The plenum whose resolution it is: 4 of `Nghị quyết Trung ương 4 khóa XI`.
    pub plenum: Option<u32>,
    /// The term or congress in Roman numerals: `XI`.
    pub term: Option<String>,
    /// What it is called or about.
    pub title: Option<String>,
    /// The year in which it was last amended: 2017 of `Bộ luật Hình sự 2015 (sửa đổi năm 2017)`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub amended: Option<i32>,
    /// The article (điều): `6`.
    pub article: Option<String>,
    /// The clause (khoản): `2`.
    pub clause: Option<String>,
    /// The point (điểm): `a`.
    pub point: Option<String>,
}

/// A directive as shortly as a reader names it, its issuer left out: `Quyết định 217-QĐ/TW`,
/// `khoản 2, Điều 6, Luật Đất đai`.
impl fmt::Display for DirectiveRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = [("điểm", &self.point), ("khoản", &self.clause), ("Điều", &self.article)];
        for (name, place) in places {
            if let Some(place) = place {
                write!(f, "{name} {place}, ")?;
            }
        }
        let kind = self.kind.as_deref().unwrap_or("văn bản");
        let mut letters = kind.chars();
        if let Some(first) = letters.next() {
            write!(f, "{}{}", first.to_uppercase(), letters.as_str())?;
        }
        match (&self.number_text, self.number, self.plenum) {
            (Some(number), _, _) => return write!(f, " {number}"),
            (None, Some(number), _) => return write!(f, " {number}"),
            (None, None, Some(plenum)) => write!(f, " Trung ương {plenum}")?,
            (None, None, None) => {}
        }
        match (&self.term, &self.title, self.plenum) {
            (Some(term), _, Some(_)) => write!(f, " khóa {term}"),
            (Some(term), _, None) => write!(f, " Đại hội {term}"),
            (None, title, plenum) => {
                if let Some(title) = title {
                    write!(f, " {title}")?;
                }
                match self.year.filter(|_| plenum.is_none()) {
                    Some(year) => write!(f, " {year}"),
                    None => Ok(()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DirectiveRef;

    #[test]
    fn directives_are_named_as_shortly_as_a_reader_would() {
        let some = |text: &str| Some(text.to_owned());
        let named = |kind: &str| DirectiveRef { kind: some(kind), ..DirectiveRef::default() };
        let cases = [
            (DirectiveRef { number: Some(217), ..named("quyết định") }, "Quyết định 217"),
            (
                DirectiveRef {
                    number: Some(25),
                    number_text: some("25-NQ/TW"),
                    ..named("nghị quyết")
                },
                "Nghị quyết 25-NQ/TW",
            ),
            (
                DirectiveRef { plenum: Some(4), term: some("XI"), ..named("nghị quyết") },
                "Nghị quyết Trung ương 4 khóa XI",
            ),
            (DirectiveRef { term: some("XIII"), ..named("nghị quyết") }, "Nghị quyết Đại hội XIII"),
            (
                DirectiveRef { title: some("Đất đai"), year: Some(2024), ..named("luật") },
                "Luật Đất đai 2024",
            ),
            (
                DirectiveRef {
                    point: some("a"),
                    clause: some("2"),
                    article: some("6"),
                    ..DirectiveRef { title: some("Hình sự"), ..named("bộ luật") }
                },
                "điểm a, khoản 2, Điều 6, Bộ luật Hình sự",
            ),
            (DirectiveRef { number: Some(3), ..DirectiveRef::default() }, "Văn bản 3"),
        ];
        for (directive, name) in cases {
            assert_eq!(directive.to_string(), name);
        }
    }
}
