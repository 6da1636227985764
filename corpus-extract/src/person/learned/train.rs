//! Fits the tagger of offices to labelled news.
//!
//! An averaged perceptron over sequences of labels, in whole numbers. Articles that people labelled teach
//! what is an office of whom; what the rules find for sure in articles without labels teaches more words of
//! offices and organisations. The result depends on the data and their order alone.

use std::ops::Range;

use corpus_model::{Document, Span};

use super::feature::Window;
use super::model::{BEGIN, INSIDE, LABELS, Model, OUT, ROWS, best, spans};
use super::sentence;
use crate::extractor::Extractor;
use crate::person::office;
use crate::token::Tokens;

/// How many times the examples are gone through.
const ROUNDS: usize = 10;
/// How much further a step goes where people labelled.
const LABELLED_STEP: i32 = 3;

/// A person of a labelled document, as spans of its text.
#[derive(Clone, Debug, Default)]
pub struct LabelledPerson {
    /// The mentions by name.
    pub names: Vec<Span>,
    /// The offices that the text tells, each with the extents that are right.
    pub offices: Vec<Vec<Span>>,
    /// What may be taken for an office and need not be.
    pub allowed: Vec<Span>,
}

/// A window with the right labels.
#[derive(Clone, Debug)]
struct Example {
    features: Vec<Vec<u32>>,
    focus: Range<usize>,
    labels: Vec<usize>,
    step: i32,
}

/// How many offices were found rightly, found, and labelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// To the word.
    pub right: usize,
    /// By the tagger.
    pub found: usize,
    /// By people.
    pub labelled: usize,
}

/// Gathers examples and fits the weights.
#[derive(Debug)]
pub struct OfficeTrainer<'e> {
    extractor: &'e Extractor,
    examples: Vec<Example>,
}

impl<'e> OfficeTrainer<'e> {
    /// A trainer that has seen nothing.
    pub fn new(extractor: &'e Extractor) -> OfficeTrainer<'e> {
        OfficeTrainer { extractor, examples: Vec::new() }
    }

    /// Adds a document whose people with their offices were labelled.
    pub fn add_labelled(&mut self, document: &Document, people: &[LabelledPerson]) {
        let cut = self.extractor.cut(document);
        let tokens = cut.tokens(0);
        let mut told: Vec<Told> = Vec::new();
        for person in people {
            let offices: Vec<Range<usize>> = person
                .offices
                .iter()
                .filter_map(|extents| extents.first())
                .map(|span| range(&tokens, *span))
                .collect();
            let allowed: Vec<Range<usize>> =
                person.allowed.iter().map(|span| range(&tokens, *span)).collect();
            let names: Vec<Range<usize>> =
                person.names.iter().map(|span| range(&tokens, *span)).collect();
            for name in &names {
                let nearest = |office: &&Range<usize>| {
                    let far = |name: &Range<usize>| {
                        office.start.saturating_sub(name.end)
                            + name.start.saturating_sub(office.end)
                    };
                    names.iter().all(|other| far(other) >= far(name))
                };
                told.push(Told {
                    name: name.clone(),
                    offices: offices.iter().filter(nearest).cloned().collect(),
                    doubtful: allowed.clone(),
                });
            }
        }
        told.sort_by_key(|it| it.name.start);
        self.add(&tokens, &told, LABELLED_STEP, false);
    }

    /// Adds a document without labels, with what the rules find in it.
    pub fn add_unlabelled(&mut self, document: &Document) {
        let cut = self.extractor.cut(document);
        let tokens = cut.tokens(0);
        let mut told: Vec<Told> = self
            .extractor
            .people()
            .by_rules(&tokens)
            .into_iter()
            .map(|it| Told { name: it.name, offices: it.offices, doubtful: Vec::new() })
            .collect();
        told.sort_by_key(|it| it.name.start);
        self.add(&tokens, &told, 1, true);
    }

    fn add(&mut self, tokens: &Tokens<'_>, told: &[Told], step: i32, sure: bool) {
        let lexicon = self.extractor.people().lexicon();
        let names: Vec<Range<usize>> = told.iter().map(|it| it.name.clone()).collect();
        let claimed =
            |at: usize| told.iter().any(|it| it.offices.iter().any(|it| it.contains(&at)));
        for (place, it) in told.iter().enumerate() {
            let near = sentence(tokens, &it.name);
            let begins: Vec<usize> = near
                .clone()
                .filter(|at| !it.name.contains(at) && office::begins_office(lexicon, tokens, *at))
                .collect();
            let has = it.offices.iter().any(|it| near.contains(&it.start));
            // What no rule takes for an office of anybody may be one.
            let unsure = sure && begins.iter().any(|at| !claimed(*at));
            let doubtful = it.doubtful.iter().any(|it| begins.contains(&it.start));
            if begins.is_empty() && !has || unsure || doubtful {
                continue;
            }
            let ruled = self.examples.len().is_multiple_of(2);
            let window = Window::new(lexicon, tokens, near.clone(), &names, place, ruled);
            let mut labels = vec![OUT; near.len()];
            for office in &it.offices {
                for at in office.clone() {
                    let label = if at == office.start { BEGIN } else { INSIDE };
                    if let Some(slot) = at.checked_sub(near.start).and_then(|at| labels.get_mut(at))
                    {
                        *slot = label;
                    }
                }
            }
            let features = window.features();
            let Window { focus, .. } = window;
            self.examples.push(Example { features, focus, labels, step });
        }
    }

    /// How many examples were added.
    pub fn len(&self) -> usize {
        self.examples.len()
    }

    /// Whether none were added.
    pub fn is_empty(&self) -> bool {
        self.examples.is_empty()
    }

    /// Fits the weights: the model as a file holds it.
    ///
    /// ```
    /// use corpus_extract::Extractor;
    /// use corpus_extract::train::{LabelledPerson, OfficeTrainer};
    /// use corpus_model::{Document, Span};
    ///
    /// let text = "Tổng biên tập báo, theo lời bà Hoa, từ chức.";
    /// let of = |part: &str| text.find(part).map(|at| Span::new(at, at + part.len())).unwrap();
    /// let person = LabelledPerson {
    ///     names: vec![of("Hoa")],
    ///     offices: vec![vec![of("Tổng biên tập báo")]],
    ///     ..LabelledPerson::default()
    /// };
    /// let mut trainer = OfficeTrainer::new(Extractor::built_in());
    /// trainer.add_labelled(&Document::new("1", text), &[person]);
    /// let tally = trainer.tally(&trainer.finish());
    /// assert_eq!((tally.right, tally.found, tally.labelled), (1, 1, 1));
    /// ```
    pub fn finish(&self) -> Vec<u8> {
        let mut fit = Fit {
            weights: vec![0; 2 * ROWS],
            totals: vec![0; 2 * ROWS],
            behind: [[0; LABELS]; LABELS],
            behind_totals: [[0; LABELS]; LABELS],
        };
        let mut order: Vec<usize> = (0..self.examples.len()).collect();
        let all = (ROUNDS * order.len()) as i64;
        let mut step = 0;
        let mut chance = 42_u32;
        for _ in 0..ROUNDS {
            for at in (1..order.len()).rev() {
                chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                order.swap(at, (chance >> 8) as usize % (at + 1));
            }
            for &place in &order {
                if let Some(example) = self.examples.get(place) {
                    fit.learn(example, all - step);
                }
                step += 1;
            }
        }
        fit.model().write()
    }

    /// How well a model does on the examples, those included whose offices rules find as well.
    pub fn tally(&self, model: &[u8]) -> Tally {
        let mut tally = Tally::default();
        let Some(model) = Model::read(model.to_vec().into()) else { return tally };
        for example in &self.examples {
            let scores: Vec<_> = example.features.iter().map(|it| model.scores(it)).collect();
            let may = |at, label| label == OUT || !example.focus.contains(&at);
            let found = spans(&best(&scores, &model.behind, may));
            let labelled = spans(&example.labels);
            tally.right += found.iter().filter(|it| labelled.contains(it)).count();
            tally.found += found.len();
            tally.labelled += labelled.len();
        }
        tally
    }
}

/// A person as a document tells of them, in tokens.
struct Told {
    name: Range<usize>,
    offices: Vec<Range<usize>>,
    doubtful: Vec<Range<usize>>,
}

/// The tokens of a span.
fn range(tokens: &Tokens<'_>, span: Span) -> Range<usize> {
    let start = tokens.at_byte(span.start());
    let end = (start..).find(|&at| at >= tokens.len() || tokens.get(at).span.start() >= span.end());
    start..end.unwrap_or(start)
}

/// Weights while they are fitted.
struct Fit {
    weights: Vec<i32>,
    /// The sum of the weights after all steps.
    totals: Vec<i64>,
    behind: [[i32; LABELS]; LABELS],
    behind_totals: [[i64; LABELS]; LABELS],
}

impl Fit {
    fn learn(&mut self, example: &Example, left: i64) {
        let scores: Vec<[i32; LABELS]> = example
            .features
            .iter()
            .map(|features| {
                let mut scores = [0; LABELS];
                for feature in features {
                    let row = 2 * (*feature as usize % ROWS);
                    scores[BEGIN] += self.weights[row];
                    scores[INSIDE] += self.weights[row + 1];
                }
                scores
            })
            .collect();
        let may = |at, label| label == OUT || !example.focus.contains(&at);
        let labels = best(&scores, &self.behind, may);
        if labels == example.labels {
            return;
        }
        let (mut said, mut right) = (OUT, OUT);
        for (at, features) in example.features.iter().enumerate() {
            let (label, truth) = (labels[at], example.labels[at]);
            if label != truth {
                for feature in features {
                    self.change(*feature, truth, example.step, left);
                    self.change(*feature, label, -example.step, left);
                }
            }
            if (said, label) != (right, truth) {
                for (pair, step) in [((right, truth), example.step), ((said, label), -example.step)]
                {
                    self.behind[pair.0][pair.1] += step;
                    self.behind_totals[pair.0][pair.1] += i64::from(step) * left;
                }
            }
            (said, right) = (label, truth);
        }
    }

    fn change(&mut self, feature: u32, label: usize, step: i32, left: i64) {
        if label == OUT {
            return;
        }
        let at = 2 * (feature as usize % ROWS) + label - BEGIN;
        self.weights[at] += step;
        self.totals[at] += i64::from(step) * left;
    }

    /// The averages, so that all but the largest fit into a byte.
    fn model(&self) -> Model {
        let mut sizes: Vec<i64> =
            self.totals.iter().map(|it| it.abs()).filter(|it| *it > 0).collect();
        sizes.sort_unstable();
        let cap = sizes.get(sizes.len() * 999 / 1000).copied().unwrap_or(1).max(1);
        let small = |total: i64| (total * 127 / cap).clamp(-127, 127);
        let rows = self.totals.iter().map(|total| small(*total) as i8 as u8).collect();
        let mut behind = [[0; LABELS]; LABELS];
        for (slot, total) in behind.iter_mut().flatten().zip(self.behind_totals.iter().flatten()) {
            *slot = (total * 127 / cap) as i32;
        }
        Model::new(rows, behind)
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::{Document, Span};

    use super::super::Model;
    use super::{LabelledPerson, OfficeTrainer};
    use crate::extractor::Extractor;

    fn trainer(sentences: &[(&str, &str, &str)]) -> OfficeTrainer<'static> {
        let mut trainer = OfficeTrainer::new(Extractor::built_in());
        for (text, name, office) in sentences {
            let spans = |part: &&str| {
                let start = text.find(*part).filter(|_| !part.is_empty());
                start.map(|start| Span::new(start, start + part.len()))
            };
            let person = LabelledPerson {
                names: spans(name).into_iter().collect(),
                offices: spans(office).map(|span| vec![span]).into_iter().collect(),
                allowed: Vec::new(),
            };
            trainer.add_labelled(&Document::new("1", *text), &[person]);
        }
        trainer
    }

    const TOLD: &[(&str, &str, &str)] = &[
        ("Bà Lý Thị Hoa nay lo việc của Giám đốc Sở Y tế.", "Lý Thị Hoa", "Giám đốc Sở Y tế"),
        ("Ông Vũ Văn Nam nay lo việc của Chủ tịch xã.", "Vũ Văn Nam", "Chủ tịch xã"),
        ("Ông Đỗ Văn Kha nay lo gặp Chủ tịch xã.", "Đỗ Văn Kha", ""),
        ("Bà Lê Thị Mai nay lo gặp Giám đốc Sở Y tế.", "Lê Thị Mai", ""),
    ];

    #[test]
    fn words_around_an_office_tell_whose_it_is() {
        let model = trainer(TOLD).finish();
        let unseen = [
            ("Ông Phan Văn Tú nay lo việc của Bí thư Huyện ủy.", "Phan Văn Tú", "Bí thư Huyện ủy"),
            ("Ông Phan Văn Tú nay lo gặp Bí thư Huyện ủy.", "Phan Văn Tú", ""),
        ];
        let tally = trainer(&unseen).tally(&model);
        assert_eq!((tally.right, tally.found, tally.labelled), (1, 1, 1));
    }

    #[test]
    fn the_same_examples_give_the_same_model() {
        assert_eq!(trainer(TOLD).finish(), trainer(TOLD).finish());
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let model = trainer(TOLD).finish();
        let read = Model::read(model.clone().into()).unwrap();
        assert_eq!(read.write(), model);
        assert!(Model::read(model.get(1..).unwrap_or_default().to_vec().into()).is_none());
    }

    #[test]
    fn the_model_of_the_crate_can_be_read() {
        let bytes: &'static [u8] = include_bytes!("../../../data/office-model.bin");
        assert!(Model::read(bytes.into()).is_some());
        assert!(bytes.len() < 300 << 10);
    }
}
