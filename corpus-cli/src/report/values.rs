//! Values of facts in words, for people.

use corpus_model::rust_decimal::Decimal;
use corpus_model::{
    Basis, DateValue, DirectiveRef, Period, Person, Programme, Quantity, QuantityKind, Value,
};

use crate::text_width::grouped;

/// A fact in a few words.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Date(date) => date_shown(date),
        Value::Directive(directive) => {
            let shown = |it: &DirectiveRef| match &it.issuer {
                Some(issuer) => format!("{it} ({issuer})"),
                None => it.to_string(),
            };
            directive.refs.iter().map(shown).collect::<Vec<_>>().join("; ")
        }
        Value::Person(person) => person_shown(person),
        Value::Organization(organization) => organization.name.clone(),
        Value::Place(place) => match &place.province {
            Some(province) if *province != place.name => format!("{} ({province})", place.name),
            _ => place.name.clone(),
        },
        Value::Quantity(quantity) => quantity_shown(quantity),
        Value::Event(event) => {
            let parts = [Some(&event.name), event.iso.as_ref(), event.place.as_ref()];
            parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
        }
        Value::List(list) => format!("{} ({})", list.noun, list.items.len()),
        Value::Programme(programme) => programme_shown(programme),
        _ => String::new(),
    }
}

/// A date, with a question mark where its year was not to be found.
fn date_shown(date: &DateValue) -> String {
    let mut text = date.when.to_string();
    let names = [date.part_of_day.map(|part| part.name()), date.portion.map(|it| it.name())];
    for name in names.into_iter().flatten() {
        text.push(' ');
        text.push_str(name);
    }
    match date.basis {
        Basis::Explicit => {}
        Basis::Unknown => text.push_str(" ?"),
        basis => text.push_str(&format!(" ({})", basis.name())),
    }
    text
}

/// A programme with its years: `phong trào “Gió Đại Phong” (2016–2020)`.
fn programme_shown(programme: &Programme) -> String {
    match programme.period {
        Some(period) => format!("{programme} ({})", period_shown(period)),
        None => programme.to_string(),
    }
}

/// Years as people write them: `2016–2020`, `–2030, ahead to 2045`.
pub(crate) fn period_shown(period: Period) -> String {
    let mut text = match period.first {
        Some(first) if first == period.last => first.to_string(),
        Some(first) => format!("{first}–{}", period.last),
        None => format!("–{}", period.last),
    };
    if let Some(horizon) = period.horizon {
        text.push_str(&format!(", ahead to {horizon}"));
    }
    text
}

/// A person with offices.
fn person_shown(person: &Person) -> String {
    if person.offices.is_empty() {
        person.name.clone()
    } else {
        format!("{}: {}", person.name, person.offices.join("; "))
    }
}

/// A quantity, numbers in full.
pub(crate) fn quantity_shown(quantity: &Quantity) -> String {
    let mut text = String::new();
    if quantity.approximate {
        text.push('~');
    }
    text.push_str(&number_shown(quantity.number));
    if let Some(to) = quantity.to {
        text.push('–');
        text.push_str(&number_shown(to));
    }
    if let Some(unit) = &quantity.unit {
        if !(quantity.kind == QuantityKind::Percent && unit == "%") {
            text.push(' ');
        }
        text.push_str(unit);
    }
    if let Some(per) = &quantity.per {
        text.push_str(" / ");
        text.push_str(per);
    }
    text
}

fn number_shown(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{fraction}") }
}
