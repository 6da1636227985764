//! [`Shapes`]: what it costs a word to be written as it is. Capitals tell names from words.
//!
//! The lexicon says what a word costs in small letters. A capital inside a sentence makes another
//! word of it (`anh hùng`, `anh Hùng`), and names that no lexicon holds have nothing but their
//! capitals. There are few ways to write a word, so each has a cost of its own, learned from gold
//! text together with the lexicon.

use std::borrow::Cow;
use std::io::{self, Write};

use rustc_hash::FxHashSet;

use crate::lexicon::with_i;
use crate::table::Case;
use crate::token::TokenKind;

/// Costs by shape, in natural logarithms.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shapes {
    /// What a syllable costs that the lexicon does not hold.
    pub(crate) unknown: f32,
    /// What a syllable that is a word of its own costs more than the lexicon says; see [`single`].
    pub(crate) singles: [f32; SINGLES],
    /// What a word of the lexicon costs more; see [`word`].
    pub(crate) words: [f32; WORDS],
    /// What a name that the lexicon need not hold costs; see [`name`].
    pub(crate) names: [f32; NAMES],
}

/// How many shapes a single syllable has: three cases, two places, possible or not.
pub(crate) const SINGLES: usize = 12;
/// How many shapes a word of the lexicon has: four, for each number of syllables up to five.
pub(crate) const WORDS: usize = 16;
/// How many shapes a name has: four kinds with two to six syllables, at the start and elsewhere.
pub(crate) const NAMES: usize = 40;

/// Costs in front of all training; tried out by hand.
impl Default for Shapes {
    fn default() -> Shapes {
        let mut names = [0.0; NAMES];
        let kinds = [NameKind::Person, NameKind::Foreign, NameKind::Place, NameKind::Capitals];
        for (kind, syllables, start) in kinds
            .into_iter()
            .flat_map(|kind| (2..=MOST_IN_NAME).map(move |n| (kind, n)))
            .flat_map(|(kind, n)| [(kind, n, false), (kind, n, true)])
        {
            let n = syllables as f32;
            let cost = match kind {
                NameKind::Person | NameKind::Capitals => 12.0 + n,
                NameKind::Foreign => 11.0 * n,
                NameKind::Place => 6.5 + 4.3 * n + if start { 8.0 } else { 0.0 },
            };
            if let Some(place) = names.get_mut(name(kind, syllables, start)) {
                *place = cost;
            }
        }
        Shapes { unknown: 18.0, singles: [0.0; SINGLES], words: [0.0; WORDS], names }
    }
}

impl Shapes {
    /// Makes whatever the lexicon does not hold dearer by as much as the lexicon has become.
    pub(crate) fn add_for_each_syllable(&mut self, more: f32) {
        self.unknown += more;
        for (n, cost) in self.names.iter_mut().enumerate() {
            *cost += more * (2 + n % 10 / 2) as f32;
        }
    }

    /// Takes from the costs of known words what they cost in small letters.
    pub(crate) fn relative_to_small_letters(&mut self) {
        for row in self.words.chunks_mut(4) {
            let small = row.first().copied().unwrap_or_default();
            row.iter_mut().for_each(|cost| *cost -= small);
        }
        for is_possible in [false, true] {
            let small = single(Case::Lower, false, is_possible);
            let cost = self.singles.get(small).copied().unwrap_or_default();
            self.singles.iter_mut().skip(small).step_by(2).for_each(|place| *place -= cost);
        }
    }

    /// Writes the costs, a line for each table.
    pub(crate) fn write(&self, mut output: impl Write) -> io::Result<()> {
        let unknown = [self.unknown];
        let tables: [&[f32]; 4] = [&unknown, &self.singles, &self.words, &self.names];
        for (name, costs) in LINES.iter().zip(tables) {
            write!(output, "{name}")?;
            for cost in costs {
                write!(output, "\t{cost:.3}")?;
            }
            writeln!(output)?;
        }
        Ok(())
    }

    /// Takes the costs of a line that [`write`](Shapes::write) has written; false if it is none.
    pub(crate) fn read_line(&mut self, line: &str) -> bool {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default();
        let Some(table) = LINES.iter().position(|&it| it == name) else { return false };
        let costs: &mut [f32] = match table {
            0 => std::slice::from_mut(&mut self.unknown),
            1 => &mut self.singles,
            2 => &mut self.words,
            _ => &mut self.names,
        };
        let read: Option<Vec<f32>> =
            cells.map(|cell| cell.parse().ok().filter(|it: &f32| it.is_finite())).collect();
        let read = read.filter(|it| it.len() == costs.len());
        if let Some(read) = &read {
            costs.copy_from_slice(read);
        }
        read.is_some()
    }
}

/// A cost in the whole numbers that the segmenter adds up: one is 1/65536 of a natural logarithm.
pub(crate) const fn units(cost: f32) -> u32 {
    (cost * 65536.0 + 0.5) as u32
}

/// The same costs in whole numbers.
#[derive(Clone, Debug)]
pub(crate) struct ShapeCosts {
    singles: [i32; SINGLES],
    words: [i32; WORDS],
    names: [u32; NAMES],
}

impl ShapeCosts {
    pub(crate) fn new(shapes: &Shapes) -> ShapeCosts {
        let signed = |cost: f32| (cost * 65536.0).round() as i32;
        ShapeCosts {
            singles: shapes.singles.map(signed),
            words: shapes.words.map(signed),
            names: shapes.names.map(units),
        }
    }

    /// The cost of a syllable, given what it costs in small letters.
    pub(crate) fn single(&self, cost: u32, case: Case, starts: bool, is_possible: bool) -> u32 {
        let more = self.singles.get(single(case, starts, is_possible));
        cost.saturating_add_signed(more.copied().unwrap_or_default())
    }

    /// The cost of a word of the lexicon, given what it costs in small letters and, a bit for each
    /// syllable from its first, which have capitals.
    pub(crate) fn word(
        &self,
        cost: u32,
        length: usize,
        capitals: u8,
        first: Case,
        starts: bool,
    ) -> u32 {
        let capitals = (capitals & !(u8::MAX.checked_shl(length as u32).unwrap_or(0))).count_ones();
        let more = self.words.get(word(length, capitals as usize, first, starts));
        cost.saturating_add_signed(more.copied().unwrap_or_default())
    }

    pub(crate) fn name(&self, kind: NameKind, length: usize, starts: bool) -> u32 {
        self.names.get(name(kind, length, starts)).copied().unwrap_or_default()
    }
}

/// What the lines of the tables begin with in a model.
const LINES: [&str; 4] = ["@unknown", "@single", "@word", "@name"];

/// The shape of a syllable that is a word of its own.
///
/// `starts` says whether it stands where any word has a capital.
pub(crate) fn single(case: Case, starts: bool, is_possible: bool) -> usize {
    let has_capital = case != Case::Lower;
    case as usize * 4 + usize::from(starts && has_capital) * 2 + usize::from(is_possible)
}

/// The shape of a word of several syllables, given how many of them have capitals.
///
/// A capital at the beginning is none where `starts` says that any word has one.
pub(crate) fn word(syllables: usize, capitals: usize, first: Case, starts: bool) -> usize {
    let case = if capitals == 0 || (capitals == 1 && starts && first == Case::Capital) {
        0
    } else if capitals == syllables {
        1
    } else if capitals == 1 && first == Case::Capital {
        2
    } else {
        3
    };
    (syllables.clamp(2, 5) - 2) * 4 + case
}

/// What a run of capital syllables may be the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// It begins with a family name.
    Person,
    /// No syllable of it is Vietnamese.
    Foreign,
    /// A place, a body, a given name with its middle name.
    Place,
    /// It begins with a family name and is all capitals.
    Capitals,
}

/// Longer names are not looked for.
pub(crate) const MOST_IN_NAME: usize = 6;

/// The shape of a name that no lexicon need hold.
pub(crate) fn name(kind: NameKind, syllables: usize, starts: bool) -> usize {
    let kind = match kind {
        NameKind::Person => 0,
        NameKind::Foreign => 1,
        NameKind::Place => 2,
        NameKind::Capitals => 3,
    };
    kind * 10 + (syllables.clamp(2, MOST_IN_NAME) - 2) * 2 + usize::from(starts)
}

/// The kind of the name that these syllables could be: each by its case, whether it is a family
/// name and whether the Vietnamese grammar has it.
pub(crate) fn name_kind(syllables: &[(Case, bool, bool)]) -> Option<NameKind> {
    let &(case, is_family, _) = syllables.first()?;
    if !(2..=MOST_IN_NAME).contains(&syllables.len()) || syllables.iter().any(|it| it.0 != case) {
        return None;
    }
    let is_short = syllables.len() <= 4;
    match case {
        Case::Lower => None,
        Case::Upper => (is_family && is_short).then_some(NameKind::Capitals),
        Case::Capital if is_family && is_short => Some(NameKind::Person),
        Case::Capital if syllables.iter().all(|it| !it.2) => Some(NameKind::Foreign),
        Case::Capital => is_short.then_some(NameKind::Place),
    }
}

/// The keys of Vietnamese family names.
pub(crate) fn family_names() -> FxHashSet<Cow<'static, str>> {
    include_str!("../data/family-names.txt").lines().map(with_i).collect()
}

/// Whether a run of syllables begins behind this token where any word has a capital, `first` being
/// the first character of the token: behind a quote, a colon or a dash a capital says as little as
/// at the start.
pub(crate) fn starts_anew(kind: TokenKind, first: char) -> bool {
    kind == TokenKind::Punctuation && !matches!(first, ',' | '/' | '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_as_they_are_written() {
        let mut shapes = Shapes::default();
        shapes.singles[3] = -1.5;
        shapes.words[7] = 0.25;
        shapes.add_for_each_syllable(1.0);
        let mut written = Vec::new();
        shapes.write(&mut written).unwrap();
        let mut read = Shapes::default();
        for line in String::from_utf8(written).unwrap().lines() {
            assert!(read.read_line(line), "{line}");
        }
        assert!(read.names.iter().zip(&shapes.names).all(|(a, b)| (a - b).abs() < 0.001));
        assert_eq!((read.unknown, read.singles, read.words), (19.0, shapes.singles, shapes.words));
    }

    #[test]
    fn lines_that_are_no_tables_are_refused() {
        let mut shapes = Shapes::default();
        for line in ["", "@word", "@word\t1\t2", "@unknown\tx", "@unknown\tinf", "học\t5"] {
            assert!(!shapes.read_line(line), "{line}");
        }
        assert_eq!(shapes, Shapes::default());
    }

    #[test]
    fn capitals_tell_kinds_of_names() {
        use Case::{Capital, Lower, Upper};
        let name = |syllables: &[(Case, bool, bool)]| name_kind(syllables);
        let (le, thi, new) =
            ((Capital, true, true), (Capital, false, true), (Capital, false, false));
        assert_eq!(name(&[le, thi, thi]), Some(NameKind::Person));
        assert_eq!(name(&[thi, le]), Some(NameKind::Place));
        assert_eq!(name(&[new, new]), Some(NameKind::Foreign));
        assert_eq!(name(&[(Upper, true, true), (Upper, false, true)]), Some(NameKind::Capitals));
        for none in
            [&[le][..], &[le, (Lower, false, true)], &[le, (Upper, false, true)], &[thi; 5], &[]]
        {
            assert_eq!(name(none), None);
        }
    }

    #[test]
    fn a_capital_at_the_start_is_none() {
        let small = word(2, 0, Case::Lower, false);
        assert_eq!(word(2, 1, Case::Capital, true), small);
        assert_ne!(word(2, 1, Case::Capital, false), small);
        assert_eq!(word(7, 0, Case::Lower, false), word(5, 0, Case::Lower, false));
        let costs = ShapeCosts::new(&Shapes {
            words: std::array::from_fn(|n| n as f32),
            ..Shapes::default()
        });
        // Only the bits of the word's own syllables count.
        assert_eq!(costs.word(0, 2, 0b100, Case::Lower, false), units(0.0));
        assert_eq!(costs.word(0, 3, 0b111, Case::Capital, false), units(5.0));
    }
}
