//! What sentences say, as weighted concepts.

use corpus_model::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

use crate::{DocumentDigest, background, fold};

/// How much a concept weighs by where it stands; see `data/README.md` for how these were found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    /// A sentence at place `k` from 0 gives its concepts `1 / (1 + decay · k)`.
    pub(crate) decay: f64,
    /// What the concept's other sentences in the same document add, as a share of theirs.
    pub(crate) repetition: f64,
    /// The power of the sum of these over the documents.
    pub(crate) agreement: f64,
    /// What a concept of the document's headline gains.
    pub(crate) headline: f64,
    /// What a concept keeps when one of its two syllables is a function word.
    pub(crate) function_word: f64,
    /// The power of a sentence's length and overhead by which its worth is divided.
    pub(crate) length: f64,
    /// The syllables that a sentence seems to have more than it has; they spare the shortest ones
    /// from being preferred for their shortness alone.
    pub(crate) overhead: f64,
}

/// A sentence that may be chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) document: usize,
    pub(crate) span: Span,
    /// Its length in syllables.
    pub(crate) length: usize,
    first_concept: usize,
    n_concepts: usize,
}

/// The sentences of documents and what they say.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) candidates: Vec<Candidate>,
    /// The concepts of the candidates, one candidate's after another's.
    concepts: Vec<u32>,
    /// The weights of the concepts.
    weights: Vec<f64>,
}

/// What is gathered about a concept before it is weighed.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    /// The sum over the documents of the best place in each.
    places: f64,
    /// The best place in the document that is being read, all places there, and which document
    /// that is.
    best: f64,
    all: f64,
    document: usize,
    /// How many documents have it.
    documents: f64,
    in_headline: bool,
    has_function_word: bool,
}

impl Content {
    pub(crate) fn new(digests: &[DocumentDigest], weights: &Weights) -> Content {
        let mut content = Content::default();
        let mut ids: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut evidence: Vec<Evidence> = Vec::new();
        let mut headline: FxHashSet<(u32, u32)> = FxHashSet::default();
        let any_whole = digests.iter().any(|it| it.sentences.iter().any(|it| it.whole));
        for (document, digest) in digests.iter().enumerate() {
            headline.clear();
            headline.extend(pairs(&digest.title));
            for (place, sentence) in digest.sentences.iter().enumerate() {
                let first_concept = content.concepts.len();
                let worth = 1.0 / (1.0 + weights.decay * place as f64);
                for pair in pairs(&sentence.syllables) {
                    let functions = [pair.0, pair.1].map(is_function_word);
                    if functions == [true, true] {
                        continue;
                    }
                    let new = evidence.len() as u32;
                    let id = *ids.entry(pair).or_insert(new);
                    if id == new {
                        evidence.push(Evidence {
                            document: usize::MAX,
                            has_function_word: functions != [false, false],
                            ..Evidence::default()
                        });
                    }
                    content.concepts.push(id);
                    let Some(concept) = evidence.get_mut(id as usize) else { continue };
                    if concept.document != document {
                        concept.leave(weights);
                        concept.document = document;
                        concept.documents += 1.0;
                    }
                    concept.best = concept.best.max(worth);
                    concept.all += worth;
                    concept.in_headline |= headline.contains(&pair);
                }
                if let Some(own) = content.concepts.get_mut(first_concept..) {
                    own.sort_unstable();
                }
                let mut last = None;
                let mut kept = first_concept;
                for at in first_concept..content.concepts.len() {
                    let id = content.concepts.get(at).copied();
                    if id != last {
                        content.concepts.swap(kept, at);
                        kept += 1;
                    }
                    last = id;
                }
                content.concepts.truncate(kept);
                let early = place < EARLY || digests.len() < MANY_DOCUMENTS;
                if early && (sentence.whole || !any_whole) {
                    content.candidates.push(Candidate {
                        document,
                        span: sentence.span,
                        length: sentence.syllables.len(),
                        first_concept,
                        n_concepts: kept - first_concept,
                    });
                }
            }
        }
        let n = digests.len();
        content.weights = evidence.into_iter().map(|it| it.weigh(weights, n)).collect();
        content
    }

    /// The concepts of a candidate, each once.
    pub(crate) fn concepts(&self, candidate: &Candidate) -> &[u32] {
        let from = candidate.first_concept;
        self.concepts.get(from..from + candidate.n_concepts).unwrap_or_default()
    }

    pub(crate) fn weight(&self, concept: u32) -> f64 {
        self.weights.get(concept as usize).copied().unwrap_or(0.0)
    }

    /// How many concepts there are.
    pub(crate) fn n_concepts(&self) -> usize {
        self.weights.len()
    }
}

impl Evidence {
    /// Adds what the document at hand gave to the sum.
    fn leave(&mut self, weights: &Weights) {
        let (best, all) = (std::mem::take(&mut self.best), std::mem::take(&mut self.all));
        self.places += best + weights.repetition * (all - best);
    }

    fn weigh(mut self, weights: &Weights, documents: usize) -> f64 {
        self.leave(weights);
        let mut weight =
            self.places.powf(weights.agreement) * topical(self.documents, documents as f64);
        if self.in_headline {
            weight *= 1.0 + weights.headline;
        }
        if self.has_function_word {
            weight *= weights.function_word;
        }
        weight
    }
}

/// From this number of documents on, they are taken to tell many stories: only the first
/// [`EARLY`] sentences of each may be chosen, which say what happened. Later ones mean little
/// without the story they belong to.
const MANY_DOCUMENTS: usize = 30;

/// See [`MANY_DOCUMENTS`].
const EARLY: usize = 3;

/// The share of its weight that a concept of `n` among `documents` documents keeps.
///
/// Among few documents, or among those on one event, what many have is what matters. Among
/// thousands on everything, what hundreds have is only how news is written (`cho biết`,
/// `tiếp tục điều tra`). So a concept loses weight beyond a hundredth of the documents, ten at
/// least, faster than agreement gives it; the more of all documents have it, the less it loses.
fn topical(n: f64, documents: f64) -> f64 {
    let usual = (documents / 100.0).max(10.0);
    let others = 1.0 - n / documents.max(1.0);
    1.0 / (1.0 + (n / usual).powi(4) * others.powi(4))
}

fn pairs(syllables: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    syllables.windows(2).filter_map(|pair| match *pair {
        [a, b] => Some((a, b)),
        _ => None,
    })
}

/// Whether a hashed syllable is a stop word of one syllable.
fn is_function_word(syllable: u32) -> bool {
    static HASHES: OnceLock<FxHashSet<u32>> = OnceLock::new();
    HASHES
        .get_or_init(|| {
            background::stop_words()
                .filter(|word| !word.contains(' '))
                .map(|word| fold::hash(word) as u32)
                .collect()
        })
        .contains(&syllable)
}
