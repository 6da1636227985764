//! What sentences say, as weighted concepts.

use corpus_model::Span;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::OnceLock;

use crate::digest::Form;
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
    /// First those fit for a summary, then those to spare.
    pub(crate) candidates: Vec<Candidate>,
    /// How many are fit.
    n_fit: usize,
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
        let sentences = || digests.iter().flat_map(|it| it.sentences.iter());
        let syllables: usize = sentences().map(|it| it.syllables.len()).sum();
        let mut gathered = Gathered::with_room(syllables);
        content.concepts.reserve(syllables);
        let mut headline: FxHashSet<(u32, u32)> = FxHashSet::default();
        let mut own: Vec<u32> = Vec::new();
        let mut ranks: Vec<Rank> = Vec::new();
        for (document, digest) in digests.iter().enumerate() {
            headline.clear();
            headline.extend(pairs(&digest.title));
            for (place, sentence) in digest.sentences.iter().enumerate() {
                let worth = 1.0 / (1.0 + weights.decay * place as f64);
                own.clear();
                // Whether the syllable in front is a function word, asked once for each.
                let first = sentence.syllables.first();
                let mut before = first.is_some_and(|&it| is_function_word(it));
                for pair in pairs(&sentence.syllables) {
                    let functions = [before, is_function_word(pair.1)];
                    before = functions[1];
                    let Some((id, concept)) = gathered.concept(pair, functions) else { continue };
                    concept.see(document, worth, weights);
                    concept.in_headline |= headline.contains(&pair);
                    own.push(id);
                }
                own.sort_unstable();
                own.dedup();
                content.candidates.push(Candidate {
                    document,
                    span: sentence.span,
                    length: sentence.syllables.len(),
                    first_concept: content.concepts.len(),
                    n_concepts: own.len(),
                });
                content.concepts.extend_from_slice(&own);
                ranks.push(match sentence.form {
                    Form::Whole if place < EARLY || digests.len() < MANY_DOCUMENTS => Rank::Fit,
                    Form::Whole => Rank::Late,
                    Form::Brief => Rank::Brief,
                    Form::Fragment => Rank::Fragment,
                });
            }
        }
        content.weights =
            gathered.evidence.into_iter().map(|it| it.weigh(weights, digests.len())).collect();
        // Those of the best rank that there is are fit, fragments never to spare.
        let best = ranks.iter().copied().min().unwrap_or(Rank::Fragment);
        let mut spare = Vec::new();
        let mut of_candidates = ranks.into_iter();
        content.candidates.retain(|candidate| {
            let rank = of_candidates.next().unwrap_or(Rank::Fragment);
            if rank != best && rank != Rank::Fragment {
                spare.push(*candidate);
            }
            rank == best
        });
        content.n_fit = content.candidates.len();
        content.candidates.append(&mut spare);
        content
    }

    /// The places of the candidates that are fit for a summary.
    pub(crate) fn fit(&self) -> Range<usize> {
        0..self.n_fit
    }

    /// The places of those that may stand in it where the fit ones tell too little.
    pub(crate) fn spare(&self) -> Range<usize> {
        self.n_fit..self.candidates.len()
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

/// How fit a sentence is for a summary, the fittest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Fit,
    /// Too far back in a document of many.
    Late,
    /// Very short.
    Brief,
    /// Not a whole sentence.
    Fragment,
}

/// The concepts met so far, numbered in the order in which they came.
#[derive(Default)]
struct Gathered {
    ids: FxHashMap<(u32, u32), u32>,
    evidence: Vec<Evidence>,
}

impl Gathered {
    /// Nothing met yet, of so many syllables: those of a large corpus repeat, so that fewer concepts
    /// are to be expected.
    fn with_room(syllables: usize) -> Gathered {
        let n = syllables.min(MOST_ROOM);
        Gathered {
            ids: FxHashMap::with_capacity_and_hasher(n, FxBuildHasher),
            evidence: Vec::with_capacity(n),
        }
    }

    /// The concept of two neighbouring syllables, of which these are function words; none when both
    /// are.
    fn concept(&mut self, pair: (u32, u32), functions: [bool; 2]) -> Option<(u32, &mut Evidence)> {
        if functions == [true, true] {
            return None;
        }
        let new = u32::try_from(self.evidence.len()).ok()?;
        let id = *self.ids.entry(pair).or_insert(new);
        if id == new {
            let has_function_word = functions != [false, false];
            self.evidence.push(Evidence { has_function_word, ..Evidence::default() });
        }
        Some((id, self.evidence.get_mut(id as usize)?))
    }
}

/// Room is made beforehand for at most so many concepts.
const MOST_ROOM: usize = 1 << 16;

impl Evidence {
    /// Notes that a sentence of a document has the concept; documents come one after another.
    fn see(&mut self, document: usize, worth: f64, weights: &Weights) {
        if self.documents == 0.0 || self.document != document {
            self.leave(weights);
            self.document = document;
            self.documents += 1.0;
        }
        self.best = self.best.max(worth);
        self.all += worth;
    }

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
