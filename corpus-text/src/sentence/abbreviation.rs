//! The words that the rules name: abbreviations, headings, places of one syllable.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What has to follow an abbreviation for its full stop to end no sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Follower {
    /// Nothing in particular: it never ends a sentence.
    Any,
    /// A name or a figure.
    Name,
    /// The name of a place.
    Place,
    /// A figure; without one the word is no abbreviation.
    Number,
}

/// Whether a word is an abbreviation, in the case of the list, in capitals or in small letters.
pub(crate) fn abbreviation(word: &str) -> Option<Follower> {
    if word.len() > 12 {
        return None;
    }
    let table = &*ABBREVIATIONS;
    match table.get(word) {
        Some(&found) => Some(found),
        // `No.` and `Art.` are abbreviations, the words `no` and `art` are not.
        None => match table.get(&*crate::key(word)) {
            Some(Follower::Number) | None => None,
            Some(&found) => Some(found),
        },
    }
}

static ABBREVIATIONS: LazyLock<FxHashMap<String, Follower>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    for line in include_str!("../../data/abbreviations.tsv").lines() {
        let mut cells = line.split('\t');
        let (Some(word), Some(follower)) = (cells.next(), cells.next()) else { continue };
        let follower = match follower {
            "name" => Follower::Name,
            "place" => Follower::Place,
            "number" => Follower::Number,
            _ => Follower::Any,
        };
        if !word.starts_with('#') {
            table.insert(crate::key(word).into_owned(), follower);
            table.insert(word.to_string(), follower);
        }
    }
    table
});

/// The words in front of the number of a part of a text: `Điều 5.`.
pub(super) static HEADINGS: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../data/headings.txt")));

/// Places that may follow `TP.` and are one syllable.
pub(super) static SHORT_PLACES: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../data/short-places.txt")));

fn list(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}
