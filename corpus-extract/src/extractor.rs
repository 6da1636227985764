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
use crate::programme;
use crate::quantity;
use crate::token::{Claims, Cut, Tokens};
use crate::vocabulary::Vocabulary;

/// So many bytes at the beginning of a document say when it was written: an article has seldom a
/// tenth of it, and a book that tells of many years is not dated by its last page.
const DATED_BYTES: usize = 64 << 10;

/// So many bytes of text go together through one rule after the other.
const TOGETHER_BYTES: usize = 48 << 10;

/// A document while the rules run over it, one after the other.
struct UnderWay<'d> {
    document: &'d Document,
    tokens: Tokens<'d>,
    expressions: Vec<date::Expression>,
    /// The tokens of people's names.
    people: Claims,
    found: Vec<Mention>,
}

impl<'d> UnderWay<'d> {
    fn new(document: &'d Document, tokens: Tokens<'d>) -> UnderWay<'d> {
        UnderWay {
            document,
            tokens,
            expressions: Vec::new(),
            people: Claims::default(),
            found: Vec::new(),
        }
    }
}

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
    programmes: programme::Rules,
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
        let programmes = programme::Rules::new(&mut vocabulary, pack);
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
            programmes,
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
        let cut = Cut::of(document, &self.vocabulary);
        let mut under_way = [UnderWay::new(document, cut.tokens(0))];
        self.run(&mut under_way, kinds);
        let [it] = under_way;
        it.found.into()
    }

    /// What is found of these kinds in each of several documents: the same as
    /// [`Extractor::extract_kinds`] finds in one after the other, faster where they are short.
    ///
    /// The rules together are more than the nearest cache of a processor holds, so each goes through
    /// several documents before the next has its turn.
    ///
    /// ```
    /// use corpus_extract::Extractor;
    /// use corpus_model::{Document, MentionKind};
    ///
    /// let documents = ["Họp ngày 5/6/2015.", "Không họp."].map(|text| Document::new("1", text));
    /// let found = Extractor::built_in().extract_all(&documents, &[MentionKind::Date]);
    /// assert_eq!(found.iter().map(|it| it.len()).collect::<Vec<_>>(), [1, 0]);
    /// ```
    pub fn extract_all(
        &self,
        documents: &[Document],
        kinds: &[MentionKind],
    ) -> Vec<Layer<Mention>> {
        let mut layers = Vec::with_capacity(documents.len());
        let mut cut = Cut::with_room_for(0, &self.vocabulary);
        let mut rest = documents;
        while !rest.is_empty() {
            let mut bytes = 0;
            let more = rest.iter().take_while(|document| {
                bytes += document.text().len();
                bytes <= TOGETHER_BYTES
            });
            let (group, others) = rest.split_at(more.count().max(1));
            rest = others;
            cut.clear();
            cut.reserve(group.iter().map(|it| it.text().len()).sum());
            group.iter().for_each(|it| cut.add(it, usize::MAX));
            let tokens = (0..).map(|place| cut.tokens(place));
            let mut under_way: Vec<UnderWay<'_>> =
                group.iter().zip(tokens).map(|(it, tokens)| UnderWay::new(it, tokens)).collect();
            self.run(&mut under_way, kinds);
            layers.extend(under_way.into_iter().map(|it| Layer::from(it.found)));
        }
        layers
    }

    /// Runs the rules for these kinds, each over all of the documents.
    fn run(&self, documents: &mut [UnderWay<'_>], kinds: &[MentionKind]) {
        let wanted = |kind| kinds.contains(&kind);
        // The order matters: numbers of directives are neither dates nor quantities, numbers of
        // dates are no quantities. So a kind that was not asked for may have to be sought.
        let events = wanted(MentionKind::Event);
        let named = [MentionKind::Person, MentionKind::Organization, MentionKind::Place];
        if kinds.iter().any(|kind| !named.contains(kind)) {
            for it in &mut *documents {
                self.directives.find(&it.tokens, &mut it.found);
            }
        }
        if wanted(MentionKind::Date) || wanted(MentionKind::Quantity) || events {
            for it in &mut *documents {
                it.expressions = self.expressions(&it.tokens, &it.found);
            }
            // What is resolved comes behind the quantities that the same words tell.
            let references: Vec<dating::Reference> = documents
                .iter()
                .map(|it| self.reference(it.document, &it.tokens, &it.expressions))
                .collect();
            if wanted(MentionKind::Quantity) {
                for it in &mut *documents {
                    // The length in `3 ngày trước` is told as well as the day.
                    let dates = it.expressions.iter().filter(|it| !it.is_length());
                    let spans = it.found.iter().map(|it| it.span).chain(dates.map(|it| it.span));
                    let claims = Claims::new(&it.tokens, spans);
                    self.quantities.find(&it.tokens, &self.numbers, &claims, &mut it.found);
                }
            }
            for (it, reference) in documents.iter_mut().zip(&references) {
                date::resolve(&it.expressions, reference, &mut it.found);
            }
        }
        if wanted(MentionKind::Programme) {
            for it in &mut *documents {
                self.programmes.find(&it.tokens, &mut it.found);
            }
        }
        if wanted(MentionKind::List) {
            for it in &mut *documents {
                let of_directives =
                    it.found.iter().filter(|it| it.kind() == MentionKind::Directive);
                let claims = Claims::new(&it.tokens, of_directives.map(|it| it.span));
                self.lists.find(&it.tokens, &self.numbers, &claims, &mut it.found);
            }
        }
        if events || named.into_iter().any(wanted) {
            self.names(documents, events, wanted);
        }
        for it in documents {
            it.found.retain(|mention| wanted(mention.kind()));
        }
    }

    /// Adds people, and what of organisations, places and events is wanted. A place or organisation
    /// is not sought inside a person's name.
    fn names(
        &self,
        documents: &mut [UnderWay<'_>],
        events: bool,
        wanted: impl Fn(MentionKind) -> bool,
    ) {
        for it in &mut *documents {
            let before = it.found.len();
            self.people.find(&it.tokens, &mut it.found);
            let people = it.found.get(before..).unwrap_or_default().iter().map(|it| it.span);
            it.people = Claims::new(&it.tokens, people);
        }
        if events || wanted(MentionKind::Organization) {
            for it in &mut *documents {
                let UnderWay { tokens, people, found, .. } = it;
                self.organizations.find(tokens, &self.people, &self.places, people, found);
            }
        }
        if events || wanted(MentionKind::Place) {
            for it in &mut *documents {
                self.places.find(&it.tokens, &it.people, &mut it.found);
            }
        }
        if events {
            for it in &mut *documents {
                self.events.find(&it.tokens, &mut it.found);
            }
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
        let cut = Cut::beginning(document, &self.vocabulary, DATED_BYTES);
        let tokens = cut.tokens(0);
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
