//! [`Extractor`]: all rules, built once, and the order in which they run.

mod explain;
#[cfg(test)]
mod linear;

use std::sync::OnceLock;

use corpus_model::{Document, Layer, Mention, MentionKind};

use crate::date;
use crate::dating::{self, Dating, Evidence};
use crate::directive;
use crate::event;
use crate::list;
use crate::number::Numbers;
use crate::organization;
use crate::pack::Pack;
use crate::person;
use crate::place;
use crate::quantity;
use crate::token::{Claims, Tokens};
use crate::vocabulary::Vocabulary;

/// So many bytes at the beginning of a document say when it was written: an article has seldom a
/// tenth of it, and a book that tells of many years is not dated by its last page.
const DATED_BYTES: usize = 64 << 10;

/// Finds facts in documents.
///
/// Dear to build, cheap to use: build one and share it. It is immutable, so any number of threads
/// may use it at once.
///
/// ```
/// use corpus_extract::Extractor;
/// use corpus_model::{Document, MentionKind};
///
/// let document = Document::new("1", "Đại hội họp ngày 5/6/2015.");
/// let dates = Extractor::built_in().extract_kinds(&document, &[MentionKind::Date]);
/// assert_eq!(dates.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    vocabulary: Vocabulary,
    numbers: Numbers,
    directives: directive::Rules,
    dates: date::Rules,
    quantities: quantity::Rules,
    lists: list::Rules,
    people: person::Rules,
    organizations: organization::Rules,
    places: place::Rules,
    events: event::Rules,
}

impl Extractor {
    /// The extractor with the built-in gazetteers, built at the first call.
    pub fn built_in() -> &'static Extractor {
        static BUILT_IN: OnceLock<Extractor> = OnceLock::new();
        BUILT_IN.get_or_init(|| Extractor::with_pack(&Pack::built_in()))
    }

    /// An extractor whose rules go by the tables of a pack.
    pub fn with_pack(pack: &Pack) -> Extractor {
        let mut vocabulary = Vocabulary::default();
        let numbers = Numbers::new(&mut vocabulary, pack);
        let directives = directive::Rules::new(&mut vocabulary, pack);
        let dates = date::Rules::new(&mut vocabulary, pack);
        let quantities = quantity::Rules::new(&mut vocabulary, pack);
        let lists = list::Rules::new(&mut vocabulary, pack);
        let people = person::Rules::new(&mut vocabulary, pack);
        let organizations = organization::Rules::new(&mut vocabulary, pack);
        let places = place::Rules::new(&mut vocabulary, pack);
        let events = event::Rules::new(&mut vocabulary, pack);
        vocabulary.finish();
        Extractor {
            vocabulary,
            numbers,
            directives,
            dates,
            quantities,
            lists,
            people,
            organizations,
            places,
            events,
        }
    }

    /// Everything found in a document, in text order.
    ///
    /// Dates, directives and quantities are sought in the content blocks, people in bylines too;
    /// nothing is sought in URLs, pointers to other documents and page furniture. Where
    /// [`Metadata::published`](corpus_model::Metadata::published) is set, it settles what relative
    /// and half-written dates mean.
    pub fn extract(&self, document: &Document) -> Layer<Mention> {
        self.extract_kinds(document, &MentionKind::ALL)
    }

    /// What is found of these kinds; the same as [`Extractor::extract`] finds of them.
    pub fn extract_kinds(&self, document: &Document, kinds: &[MentionKind]) -> Layer<Mention> {
        let wanted = |kind| kinds.contains(&kind);
        let tokens = Tokens::new(document, &self.vocabulary);
        // The order matters: numbers of directives are neither dates nor quantities, numbers of
        // dates are no quantities. So a kind that was not asked for may have to be sought.
        let mut found: Vec<Mention> = Vec::new();
        let events = wanted(MentionKind::Event);
        let named = [MentionKind::Person, MentionKind::Organization, MentionKind::Place];
        if kinds.iter().any(|kind| !named.contains(kind)) {
            self.directives.find(&tokens, &mut found);
        }
        if wanted(MentionKind::Date) || wanted(MentionKind::Quantity) || events {
            let expressions = self.expressions(&tokens, &found);
            let reference = self.reference(document, &tokens, &expressions);
            if wanted(MentionKind::Quantity) {
                // The length in `3 ngày trước` is told as well as the day.
                let dates = expressions.iter().filter(|it| !it.is_length()).map(|it| it.span);
                let claims = Claims::new(&tokens, found.iter().map(|it| it.span).chain(dates));
                self.quantities.find(&tokens, &self.numbers, &claims, &mut found);
            }
            date::resolve(&expressions, &reference, &mut found);
        }
        if wanted(MentionKind::List) {
            let of_directives = found.iter().filter(|it| it.kind() == MentionKind::Directive);
            let claims = Claims::new(&tokens, of_directives.map(|it| it.span));
            self.lists.find(&tokens, &self.numbers, &claims, &mut found);
        }
        if events || named.into_iter().any(wanted) {
            self.names(&tokens, events, wanted, &mut found);
        }
        found.retain(|mention| wanted(mention.kind()));
        found.into()
    }

    /// Adds people, and what of organisations, places and events is wanted. A place or organisation
    /// is not sought inside a person's name.
    fn names(
        &self,
        tokens: &Tokens<'_>,
        events: bool,
        wanted: impl Fn(MentionKind) -> bool,
        found: &mut Vec<Mention>,
    ) {
        let before = found.len();
        self.people.find(tokens, found);
        let organizations = events || wanted(MentionKind::Organization);
        let places = events || wanted(MentionKind::Place);
        if !organizations && !places {
            return;
        }
        let people = found.get(before..).unwrap_or_default().iter().map(|it| it.span);
        let claims = Claims::new(tokens, people);
        if organizations {
            self.organizations.find(tokens, &self.people, &self.places, &claims, found);
        }
        if places {
            self.places.find(tokens, &claims, found);
        }
        if events {
            self.events.find(tokens, found);
        }
    }

    /// When the document is from: stated by its source, by its address, or worked out from the
    /// dateline or the first dated sentence of the report and checked against the other dates.
    ///
    /// Only the first 64 KiB of a document are asked. None when nothing settles it.
    ///
    /// ```
    /// use corpus_extract::Extractor;
    /// use corpus_model::{Basis, Document};
    ///
    /// let text = "Chiều 3/2, tỉnh họp bàn việc tổng kết năm 2015 và nhiệm vụ năm 2016.";
    /// let dating = Extractor::built_in().published(&Document::new("1", text)).unwrap();
    /// assert_eq!(dating.when.to_string(), "2016-02-03");
    /// assert_eq!(dating.basis, Basis::Context);
    /// ```
    pub fn published(&self, document: &Document) -> Option<Dating> {
        dating::stated(document)
            .or_else(|| dating::published(&self.reference_of_beginning(document)))
    }

    /// What relative and half-written dates of a document hang on: the time of writing, how it is
    /// known, and the places in the text that say so.
    ///
    /// ```
    /// use corpus_extract::{Extractor, Reason};
    /// use corpus_model::Document;
    ///
    /// let document = Document::new("1", "Sáng 29/8, huyện bàn nhiệm vụ năm 2014.");
    /// let evidence = Extractor::built_in().evidence(&document);
    /// assert_eq!(evidence.when.unwrap().to_string(), "2014-08-29");
    /// assert_eq!(evidence.reason, Reason::LatestYear);
    /// let places: Vec<&str> = evidence.spans.iter().map(|span| &document[*span]).collect();
    /// assert_eq!(places, ["Sáng 29/8", "năm 2014"]);
    /// ```
    pub fn evidence(&self, document: &Document) -> Evidence {
        dating::evidence(self.reference_of_beginning(document))
    }

    /// The expressions of time outside directives.
    fn expressions(&self, tokens: &Tokens<'_>, directives: &[Mention]) -> Vec<date::Expression> {
        let claims = Claims::new(tokens, directives.iter().map(|mention| mention.span));
        self.dates.expressions(tokens, &self.numbers, |at| claims.contains(at))
    }

    /// The time of writing, worked out from the beginning of a long document and all of another.
    fn reference(
        &self,
        document: &Document,
        tokens: &Tokens<'_>,
        expressions: &[date::Expression],
    ) -> dating::Reference {
        if document.text().len() <= DATED_BYTES {
            dating::reference(document, tokens, &self.dates, expressions)
        } else {
            self.reference_of_beginning(document)
        }
    }

    fn reference_of_beginning(&self, document: &Document) -> dating::Reference {
        let tokens = Tokens::beginning(document, &self.vocabulary, DATED_BYTES);
        let mut directives = Vec::new();
        self.directives.find(&tokens, &mut directives);
        let expressions = self.expressions(&tokens, &directives);
        dating::reference(document, &tokens, &self.dates, &expressions)
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::{Document, MentionKind, Value};

    use super::{DATED_BYTES, Extractor};

    #[test]
    fn a_long_document_is_dated_by_its_beginning() {
        let head = "Chiều 3/2, tỉnh họp bàn việc tổng kết năm 2015 và nhiệm vụ năm 2016.\n";
        let text =
            format!("{head}{}Ngày 5/3, tỉnh họp.", "Trời vẫn mưa. ".repeat(DATED_BYTES / 16));
        assert!(text.len() > DATED_BYTES);
        let document = Document::new("1", text);
        let extractor = Extractor::built_in();
        assert_eq!(extractor.published(&document).unwrap().when.to_string(), "2016-02-03");
        let dates = extractor.extract_kinds(&document, &[MentionKind::Date]);
        let Value::Date(last) = &dates.as_slice().last().unwrap().value else { panic!("no date") };
        assert_eq!(last.when.to_string(), "2016-03-05");
    }
}
