//! [`Directive`]: a reference to documents of the Party or the State (văn bản chỉ đạo).

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
    /// When it was issued.
    pub date: Option<NaiveDate>,
    /// The plenum whose resolution it is: 4 of `Nghị quyết Trung ương 4 khóa XI`.
    pub plenum: Option<u32>,
    /// The term or congress in Roman numerals: `XI`.
    pub term: Option<String>,
    /// What it is called or about.
    pub title: Option<String>,
    /// The article (điều): `6`.
    pub article: Option<String>,
    /// The clause (khoản): `2`.
    pub clause: Option<String>,
    /// The point (điểm): `a`.
    pub point: Option<String>,
}
