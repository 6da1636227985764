//! Each kind of fact alone, in a text that is no document.

use corpus_model::{
    DateValue, Directive, Document, Event, List, MentionKind, Organization, Person, Place,
    Programme, Quantity, Span, Value,
};

use crate::Extractor;

macro_rules! alone {
    ($($(#[$about:meta])* $name:ident: $kind:ident($type:ty);)*) => {
        $(
            $(#[$about])*
            pub fn $name(text: &str) -> Vec<(Span, $type)> {
                let document = Document::new("", text);
                Extractor::built_in()
                    .extract_kinds(&document, &[MentionKind::$kind])
                    .into_iter()
                    .filter_map(|mention| match mention.value {
                        Value::$kind(value) => Some((mention.span, value)),
                        _ => None,
                    })
                    .collect()
            }
        )*
    };
}

alone! {
    /// The dates and times of a text, with their places.
    ///
    /// ```
    /// let text = "Hội nghị họp sáng 12/3/2016.";
    /// let (span, date) = corpus_extract::dates(text)[0];
    /// assert_eq!((&text[span.range()], date.when.to_string()), ("sáng 12/3/2016", "2016-03-12".into()));
    /// ```
    dates: Date(DateValue);

    /// The directives that a text refers to, with their places.
    ///
    /// ```
    /// let found = corpus_extract::directives("Theo Quyết định số 217-QĐ/TW, mặt trận góp ý.");
    /// assert_eq!(found[0].1.refs[0].symbol.as_deref(), Some("QĐ/TW"));
    /// ```
    directives: Directive(Directive);

    /// The people of a text with their offices, and the places of their names.
    ///
    /// ```
    /// let found = corpus_extract::people("Bí thư Huyện ủy Vi Văn Thìn đến sớm.");
    /// assert_eq!(found[0].1.offices, ["Bí thư Huyện ủy"]);
    /// ```
    people: Person(Person);

    /// The organisations of a text, with their places.
    ///
    /// ```
    /// let found = corpus_extract::organizations("Theo UBND tỉnh Sơn La, bão đang tan.");
    /// assert_eq!(found[0].1.name, "Ủy ban nhân dân tỉnh Sơn La");
    /// ```
    organizations: Organization(Organization);

    /// The places of a text, and where they are named.
    ///
    /// ```
    /// let found = corpus_extract::places("Đoàn đến Bắc Giang.");
    /// assert_eq!(found[0].1.province.as_deref(), Some("Bắc Ninh"));
    /// ```
    places: Place(Place);

    /// The quantities of a text: money, shares, lengths of time, measures, counts, ordinals.
    ///
    /// ```
    /// let found = corpus_extract::quantities("Quỹ góp gần 17,6 tỷ đồng.");
    /// assert_eq!(found[0].1.number.to_string(), "17600000000");
    /// assert!(found[0].1.approximate);
    /// ```
    quantities: Quantity(Quantity);

    /// The events that a text dates, and the places of the words for them.
    ///
    /// ```
    /// let found = corpus_extract::events("Sáng 12/3/2016, xã tổ chức lễ khánh thành cầu.");
    /// assert_eq!(found[0].1.iso.as_deref(), Some("2016-03-12"));
    /// ```
    events: Event(Event);

    /// The lists that a text announces, and the places where it does.
    ///
    /// ```
    /// let text = "Huyện làm hai việc: một là, sửa đường; hai là, xây cầu.";
    /// let (_, list) = &corpus_extract::lists(text)[0];
    /// assert_eq!(&text[list.items[1].range()], "xây cầu");
    /// ```
    lists: List(List);

    /// The programmes, campaigns and plans that a text names, and where it does.
    ///
    /// ```
    /// let text = "Xã hưởng ứng phong trào “Gió Đại Phong” giai đoạn 2016-2020.";
    /// let (_, programme) = &corpus_extract::programmes(text)[0];
    /// assert_eq!(programme.name, "Gió Đại Phong");
    /// assert_eq!(programme.period.unwrap().to_string(), "2016/2020");
    /// ```
    programmes: Programme(Programme);
}

#[cfg(test)]
mod tests {
    use corpus_model::{Document, MentionKind};

    use super::{
        dates, directives, events, lists, organizations, people, places, programmes, quantities,
    };
    use crate::Extractor;

    #[test]
    fn each_alone_finds_what_all_together_find() {
        let text = "Sáng 12/3/2016, tại Hà Nội, Bí thư Huyện ủy Vi Văn Thìn dự lễ khánh thành do \
                    Sở Y tế tổ chức theo Nghị quyết số 25-NQ/TW, góp 17,6 tỷ đồng cho hai việc: một \
                    là, sửa đường; hai là, xây cầu. Xã vào phong trào “Ba sạch”.";
        let together = Extractor::built_in().extract(&Document::new("", text));
        let spans = |kind| -> Vec<_> {
            together.iter().filter(|it| it.kind() == kind).map(|it| it.span).collect()
        };
        macro_rules! check {
            ($($function:ident: $kind:ident),*) => {
                $(
                    let alone: Vec<_> = $function(text).into_iter().map(|it| it.0).collect();
                    assert!(!alone.is_empty(), stringify!($function));
                    assert_eq!(alone, spans(MentionKind::$kind), stringify!($function));
                )*
            };
        }
        check!(dates: Date, directives: Directive, people: Person, organizations: Organization);
        check!(places: Place, quantities: Quantity, events: Event, lists: List);
        check!(programmes: Programme);
    }
}
