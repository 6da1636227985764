//! [`Mention`]: a place in a text that names a fact, with the fact as a value.

use std::fmt;

use crate::{DateValue, Directive, Programme, Quantity, Span, Spanned};

/// A place in a text that names something, with what it names.
///
/// ```
/// use corpus_model::{Document, Mention, MentionKind, Person, Span, Value};
///
/// let document = Document::new("1", "Ông Vi Văn Thìn đến sớm.");
/// let person = Person { name: "Vi Văn Thìn".into(), honorific: Some("ông".into()), offices: vec![] };
/// let mention = Mention::new(Span::new(5, 18), person);
/// assert_eq!(mention.kind(), MentionKind::Person);
/// match &mention.value {
///     Value::Person(person) => assert_eq!(person.name, document[mention.span]),
///     _ => unreachable!(),
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it names.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub value: Value,
}

impl Mention {
    /// A mention of this value at this place.
    pub fn new(span: Span, value: impl Into<Value>) -> Mention {
        Mention { span, value: value.into() }
    }

    /// The kind of what it names.
    pub fn kind(&self) -> MentionKind {
        self.value.kind()
    }

    /// The same mention with each of its spans replaced, those that its value points to included:
    /// for a text that was changed.
    ///
    /// ```
    /// use corpus_model::{List, Mention, Span, Value};
    ///
    /// let items = vec![Span::new(9, 12), Span::new(14, 18)];
    /// let list = List { announced: Some(2), items, ..List::default() };
    /// let moved = Mention::new(Span::new(0, 7), list)
    ///     .map_spans(|span| Span::new(span.start() + 3, span.end() + 3));
    /// let Value::List(list) = moved.value else { unreachable!() };
    /// assert_eq!((moved.span, list.items[1]), (Span::new(3, 10), Span::new(17, 21)));
    /// ```
    #[must_use]
    pub fn map_spans(mut self, mut map: impl FnMut(Span) -> Span) -> Mention {
        self.span = map(self.span);
        self.value.inner_spans(|span| *span = map(*span));
        self
    }
}

impl Spanned for Mention {
    fn span(&self) -> Span {
        self.span
    }
}

/// What a mention names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", content = "value", rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Value {
    /// A date, a time or a range of them.
    Date(DateValue),
    /// A reference to directives.
    Directive(Directive),
    /// A person with offices.
    Person(Person),
    /// An organisation.
    Organization(Organization),
    /// A place.
    Place(Place),
    /// A number with its unit.
    Quantity(Quantity),
    /// Something that happened.
    Event(Event),
    /// A list that the text announces.
    List(List),
    /// A programme, campaign or plan with a name of its own.
    Programme(Programme),
}

impl Value {
    /// The kind without the value.
    pub const fn kind(&self) -> MentionKind {
        match self {
            Value::Date(_) => MentionKind::Date,
            Value::Directive(_) => MentionKind::Directive,
            Value::Person(_) => MentionKind::Person,
            Value::Organization(_) => MentionKind::Organization,
            Value::Place(_) => MentionKind::Place,
            Value::Quantity(_) => MentionKind::Quantity,
            Value::Event(_) => MentionKind::Event,
            Value::List(_) => MentionKind::List,
            Value::Programme(_) => MentionKind::Programme,
        }
    }

    /// Calls for each span that the value points to.
    fn inner_spans(&mut self, mut call: impl FnMut(&mut Span)) {
        match self {
            Value::List(list) => list.items.iter_mut().for_each(call),
            Value::Directive(directive) => {
                directive.antecedent.iter_mut().for_each(&mut call);
                directive.relations.iter_mut().filter_map(|it| it.by.as_mut()).for_each(call);
            }
            Value::Programme(it) => {
                it.antecedent.iter_mut().chain(&mut it.directive).for_each(call);
            }
            Value::Event(it) => {
                let places = it.date_span.iter_mut().chain(&mut it.place_span);
                places.chain(&mut it.participant_spans).for_each(call);
            }
            _ => {}
        }
    }
}

macro_rules! value_from {
    ($($kind:ident($type:ty)),*) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Value {
                Value::$kind(value)
            }
        })*
    };
}

value_from!(
    Date(DateValue),
    Directive(Directive),
    Person(Person),
    Organization(Organization),
    Place(Place),
    Quantity(Quantity),
    Event(Event),
    List(List),
    Programme(Programme)
);

/// The kind of what a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is explained at the variant of `Value` of the same name")]
pub enum MentionKind {
    Date,
    Directive,
    Person,
    Organization,
    Place,
    Quantity,
    Event,
    List,
    Programme,
}

impl MentionKind {
    /// Every kind.
    pub const ALL: [MentionKind; 9] = [
        MentionKind::Date,
        MentionKind::Directive,
        MentionKind::Person,
        MentionKind::Organization,
        MentionKind::Place,
        MentionKind::Quantity,
        MentionKind::Event,
        MentionKind::List,
        MentionKind::Programme,
    ];

    /// The kind's name in JSON and on the command line: `directive`.
    pub const fn name(self) -> &'static str {
        match self {
            MentionKind::Date => "date",
            MentionKind::Directive => "directive",
            MentionKind::Person => "person",
            MentionKind::Organization => "organization",
            MentionKind::Place => "place",
            MentionKind::Quantity => "quantity",
            MentionKind::Event => "event",
            MentionKind::List => "list",
            MentionKind::Programme => "programme",
        }
    }

    /// The kind of this name; see [`MentionKind::name`].
    pub fn from_name(name: &str) -> Option<MentionKind> {
        MentionKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for MentionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A person, with the offices that the text gives at this place or gave before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Person {
    /// The name: `Nguyễn Thiện Nhân`.
    pub name: String,
    /// The form of address: `ông`, `bà`, `đồng chí`.
    pub honorific: Option<String>,
    /// The offices held (chức vụ), in the order of the text.
    pub offices: Vec<String>,
}

/// An organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Organization {
    /// The name without abbreviations: `Ủy ban nhân dân tỉnh Lào Cai` for `UBND tỉnh Lào Cai`.
    pub name: String,
}

/// A place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Place {
    /// The name: `Hà Nội`, `huyện Mai Châu`.
    pub name: String,
    /// The province of Viet Nam that it is or lies in since the mergers of 1 July 2025: `Bắc Ninh`
    /// for `Bắc Giang`. None abroad, and where the name does not settle it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub province: Option<String>,
    /// What a ward or commune of a district, of before 1 July 2025, belongs to since: `phường Hồng Hà`
    /// for `phường Phúc Xá, quận Ba Đình`. None where it was divided, or the text names no district.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub now: Option<String>,
}

/// Something that happened: a meeting, a ceremony, a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Event {
    /// What kind of event it is: `tọa đàm`, `lễ khánh thành`.
    pub name: String,
    /// When it was, in ISO 8601.
    pub iso: Option<String>,
    /// Where it was.
    pub place: Option<String>,
    /// Who took part.
    pub participants: Vec<String>,
    /// Where each of those is named, in their order.
    #[cfg_attr(feature = "serde", serde(default))]
    pub participant_spans: Vec<Span>,
    /// Where the day is told.
    #[cfg_attr(feature = "serde", serde(default))]
    pub date_span: Option<Span>,
    /// Where the place is named.
    #[cfg_attr(feature = "serde", serde(default))]
    pub place_span: Option<Span>,
}

/// A list that the text announces: `hai khâu đột phá: …`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct List {
    /// How many items the text announces.
    pub announced: Option<u32>,
    /// What the items are: `khâu đột phá`.
    pub noun: String,
    /// The items.
    pub items: Vec<Span>,
    /// Whether as many were found as announced.
    pub complete: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Basis, Moment, QuantityKind, When};

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for kind in MentionKind::ALL {
            assert_eq!(MentionKind::from_name(kind.name()), Some(kind));
            assert_eq!(kind.to_string(), kind.name());
        }
        assert_eq!(MentionKind::from_name("dates"), None);
    }

    #[test]
    fn a_value_knows_its_kind() {
        let quantity = Quantity {
            number: 150.into(),
            to: None,
            unit: Some("nhà".to_owned()),
            kind: QuantityKind::Count,
            approximate: false,
            per: None,
        };
        let values: [Value; 9] = [
            DateValue::new(When::Point(Moment::Year(2014)), Basis::Explicit).into(),
            Directive::default().into(),
            Person::default().into(),
            Organization::default().into(),
            Place::default().into(),
            quantity.into(),
            Event::default().into(),
            List::default().into(),
            Programme::default().into(),
        ];
        assert_eq!(values.map(|value| value.kind()), MentionKind::ALL);
    }
}
