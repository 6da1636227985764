//! Fits what words cost to gold text.
//!
//! A conditional random field over the ways to cut a run of syllables into words. All its features
//! tell of a word alone or of its [shape], so that what it learns can be added up beforehand: the
//! segmenter needs one number for a word, as it would without training.
//!
//! Gold texts follow guidelines that differ: `con gái` is one word here and two there. A word has
//! a weight that all texts share and one for each side; the segmenter gets what holds at home.

use libm::{exp, log};
use rustc_hash::FxHashMap;

use super::runs::GoldRun;
use crate::lexicon::MOST_SYLLABLES;
use crate::shape::{self, Shapes};
use crate::table::Case;

/// How many times the gold text is gone through.
const ROUNDS: usize = 8;
/// How far the first step goes; the last goes nowhere.
const RATE: f64 = 0.5;
/// What is left of all weights after a round.
const DECAY: f64 = 0.9;
/// Changes less than this are not worth their time.
const LEAST: f64 = 1e-5;

/// A word as the numbers of its syllables.
pub(super) type Numbers = Box<[u32]>;

/// What is known of words before any gold text is looked at.
pub(super) struct Known {
    /// What a word costs, in natural logarithms.
    pub(super) costs: FxHashMap<Numbers, f64>,
    /// How often a word was joined in text cut by a program, and how often its syllables stand
    /// side by side there, joined or not.
    pub(super) joined: FxHashMap<Numbers, (f32, f32)>,
    /// By number of syllable: whether it is a family name, and whether the grammar has it.
    pub(super) syllables: Vec<(bool, bool)>,
}

/// The same words with what they cost after training, and what their shapes cost.
pub(super) struct Fitted {
    pub(super) costs: Vec<(Numbers, f64)>,
    pub(super) shapes: Shapes,
}

/// Something that is true of a word and has a weight.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Feature {
    /// It is this very word.
    Own(Numbers),
    /// It is this very word in gold text of the home side, or of the other.
    OwnIn(Numbers, bool),
    /// With so many syllables, the program joins it so often where it can.
    Joined(Rate, usize),
    /// The program joins it so often where it can, and has joined so many.
    Count(Rate, u32),
    /// What the program does with the first two, the last two and all three of its syllables; with
    /// four, with the first half, the second half and all.
    Parts(usize, Rate, Rate, Rate),
    /// It has so many syllables, and this one is the first.
    First(u32, usize),
    /// It has so many syllables, and this one is the last.
    Last(u32, usize),
    /// The shapes; see the module of that name.
    SingleShape(usize),
    WordShape(usize),
    NameShape(usize),
}

/// How often the program joins syllables where it can, from not seen and never to nearly always.
type Rate = u8;

/// A word that a run of gold text could hold.
struct Edge {
    start: usize,
    end: usize,
    cost: f64,
    features: Vec<u32>,
    is_gold: bool,
}

/// All words that a run could hold, in the order of their starts.
struct Lattice {
    length: usize,
    edges: Vec<Edge>,
}

pub(super) fn fit(known: Known, runs: &[GoldRun]) -> Fitted {
    let mut model = Model { known, numbers: FxHashMap::default(), weights: Vec::new() };
    let mut lattices: Vec<Lattice> = runs.iter().filter_map(|run| model.lattice(run)).collect();
    model.weights = vec![0.0; model.numbers.len()];
    let steps = (ROUNDS * lattices.len()) as f64;
    let mut step = 0.0;
    let mut chance = Chance(42);
    for _ in 0..ROUNDS {
        chance.shuffle(&mut lattices);
        for lattice in &lattices {
            step += 1.0;
            model.learn(lattice, RATE * (1.0 - step / steps));
        }
        for weight in &mut model.weights {
            *weight *= DECAY;
        }
    }
    model.fitted()
}

struct Model {
    known: Known,
    /// The numbers of the features that gold text shows.
    numbers: FxHashMap<Feature, u32>,
    weights: Vec<f64>,
}

impl Model {
    /// The words that a run could hold; nothing where there is no choice or the right one is not
    /// among them.
    fn lattice(&mut self, run: &GoldRun) -> Option<Lattice> {
        let mut edges = Vec::new();
        let length = run.units.len();
        for start in 0..length {
            let starts = start == 0 && run.starts;
            for end in start + 1..=length.min(start + MOST_SYLLABLES) {
                let units = run.units.get(start..end).unwrap_or_default();
                let Some((cost, features)) = self.edge(units, starts, run.is_home) else {
                    continue;
                };
                let features = features.into_iter().map(|it| self.number(it)).collect();
                let is_gold = run.lengths.get(start) == Some(&(end - start));
                edges.push(Edge { start, end, cost, features, is_gold });
            }
        }
        let n_gold = run.lengths.iter().filter(|&&length| length > 0).count();
        let has_gold = edges.iter().filter(|edge| edge.is_gold).count() == n_gold;
        (has_gold && edges.len() > n_gold).then_some(Lattice { length, edges })
    }

    fn number(&mut self, feature: Feature) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(feature).or_insert(next)
    }

    /// What is to be said of a word written like this; nothing if it can be none.
    fn edge(
        &self,
        units: &[(u32, Case)],
        starts: bool,
        is_home: bool,
    ) -> Option<(f64, Vec<Feature>)> {
        let word: Numbers = units.iter().map(|unit| unit.0).collect();
        let cost = self.known.costs.get(&word).copied();
        let &[first, ..] = units else { return None };
        let syllable = |number: u32| self.known.syllables.get(number as usize).copied();
        if let [(number, case)] = *units {
            let (_, is_possible) = syllable(number).unwrap_or_default();
            let shape = shape::single(case, starts, is_possible);
            let features = vec![
                Feature::SingleShape(shape),
                Feature::Own(word.clone()),
                Feature::OwnIn(word, is_home),
            ];
            return Some((cost.unwrap_or(f64::from(Shapes::default().unknown)), features));
        }
        let known: Vec<_> = units
            .iter()
            .map(|&(number, case)| {
                let (is_family, is_possible) = syllable(number).unwrap_or_default();
                (case, is_family, is_possible)
            })
            .collect();
        let name = shape::name_kind(&known).map(|kind| {
            let shape = shape::name(kind, units.len(), starts);
            let cost = Shapes::default().names.get(shape).copied().unwrap_or_default();
            (f64::from(cost), shape)
        });
        match (cost, name) {
            (Some(cost), name) if name.is_none_or(|(name, _)| cost <= name) => {
                let capitals = units.iter().filter(|unit| unit.1 != Case::Lower).count();
                let shape = shape::word(units.len(), capitals, first.1, starts);
                let mut features = self.static_features(&word);
                features.push(Feature::WordShape(shape));
                features.push(Feature::Own(word.clone()));
                features.push(Feature::OwnIn(word, is_home));
                Some((cost, features))
            }
            (_, Some((cost, shape))) => Some((cost, vec![Feature::NameShape(shape)])),
            _ => None,
        }
    }

    /// What is true of a word of the lexicon wherever it stands.
    fn static_features(&self, word: &[u32]) -> Vec<Feature> {
        let (&[first, .., last], n) = (word, word.len()) else { return Vec::new() };
        let rate = self.rate(word);
        let (joined, _) = self.known.joined.get(word).copied().unwrap_or_default();
        let mut features = vec![
            Feature::First(first, n),
            Feature::Last(last, n),
            Feature::Joined(rate, n),
            Feature::Count(rate, log(f64::from(joined) + 1.0) as u32),
        ];
        let part = |from: usize, to: usize| self.rate(word.get(from..to).unwrap_or_default());
        match n {
            3 => features.push(Feature::Parts(n, part(0, 2), part(1, 3), rate)),
            4 => features.push(Feature::Parts(n, part(0, 2), part(2, 4), rate)),
            _ => {}
        }
        features
    }

    fn rate(&self, word: &[u32]) -> Rate {
        match self.known.joined.get(word) {
            None => 0,
            Some(&(joined, beside)) if joined < 1.0 => u8::from(beside > 5.0),
            Some(&(joined, beside)) => {
                let share = joined / beside.max(joined);
                2 + [0.2, 0.5, 0.8, 0.95].iter().filter(|&&it| share > it).count() as u8
            }
        }
    }

    fn score(&self, edge: &Edge) -> f64 {
        let weight =
            |&feature: &u32| self.weights.get(feature as usize).copied().unwrap_or_default();
        edge.features.iter().map(weight).sum::<f64>() - edge.cost
    }

    /// One step towards what gold text has in a run: the gradient of its probability.
    fn learn(&mut self, lattice: &Lattice, rate: f64) {
        let scores: Vec<f64> = lattice.edges.iter().map(|edge| self.score(edge)).collect();
        let nowhere = f64::NEG_INFINITY;
        let mut before = vec![nowhere; lattice.length + 1];
        let mut behind = before.clone();
        if let (Some(first), Some(last)) = (before.first_mut(), behind.last_mut()) {
            *first = 0.0;
            *last = 0.0;
        }
        for (edge, score) in lattice.edges.iter().zip(&scores) {
            before[edge.end] = log_sum(before[edge.end], before[edge.start] + score);
        }
        for (edge, score) in lattice.edges.iter().zip(&scores).rev() {
            behind[edge.start] = log_sum(behind[edge.start], behind[edge.end] + score);
        }
        let all = before[lattice.length];
        for (edge, score) in lattice.edges.iter().zip(&scores) {
            let expected = exp(before[edge.start] + score + behind[edge.end] - all);
            let change = rate * (f64::from(u8::from(edge.is_gold)) - expected);
            if change.abs() > LEAST {
                for &feature in &edge.features {
                    if let Some(weight) = self.weights.get_mut(feature as usize) {
                        *weight += change;
                    }
                }
            }
        }
    }

    fn weight(&self, feature: &Feature) -> f64 {
        let number = self.numbers.get(feature);
        number.and_then(|&it| self.weights.get(it as usize)).copied().unwrap_or_default()
    }

    /// The weights added up.
    fn fitted(self) -> Fitted {
        let mut shapes = Shapes::default();
        for (n, cost) in shapes.singles.iter_mut().enumerate() {
            *cost -= self.weight(&Feature::SingleShape(n)) as f32;
        }
        for (n, cost) in shapes.words.iter_mut().enumerate() {
            *cost -= self.weight(&Feature::WordShape(n)) as f32;
        }
        for (n, cost) in shapes.names.iter_mut().enumerate() {
            *cost -= self.weight(&Feature::NameShape(n)) as f32;
        }
        let mut costs: Vec<(Numbers, f64)> = self
            .known
            .costs
            .iter()
            .map(|(word, cost)| {
                let features = self.static_features(word);
                let own = [Feature::Own(word.clone()), Feature::OwnIn(word.clone(), true)];
                let gain: f64 = features.iter().chain(&own).map(|it| self.weight(it)).sum();
                (word.clone(), cost - gain)
            })
            .collect();
        costs.sort_by(|a, b| a.0.cmp(&b.0));
        // What holds for small letters goes to the words themselves: most words are written so.
        for (word, cost) in &mut costs {
            let is_possible =
                |it: &u32| self.known.syllables.get(*it as usize).is_some_and(|it| it.1);
            *cost += f64::from(match **word {
                [ref number] => {
                    shapes.singles[shape::single(Case::Lower, false, is_possible(number))]
                }
                _ => shapes.words[shape::word(word.len(), 0, Case::Lower, false)],
            });
        }
        shapes.relative_to_small_letters();
        Fitted { costs, shapes }
    }
}

/// The logarithm of the sum of two numbers given by their logarithms.
fn log_sum(a: f64, b: f64) -> f64 {
    let most = a.max(b);
    if most == f64::NEG_INFINITY { most } else { most + log(exp(a - most) + exp(b - most)) }
}

/// A simple generator of numbers: training has to be the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}
