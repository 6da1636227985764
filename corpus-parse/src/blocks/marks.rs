//! The marks of `data/marks.tsv`, compiled in and compared without regard to case and composition.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a mark marks; `data/README.md` says it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Credit,
    Source,
    Label,
    Furniture,
    Field,
    Link,
    Agency,
    Byline,
    According,
    Role,
    Surname,
    Place,
    Section,
    Opener,
    Day,
    Abbreviation,
}

const KINDS: [(&str, Kind); 16] = [
    ("credit", Kind::Credit),
    ("source", Kind::Source),
    ("label", Kind::Label),
    ("furniture", Kind::Furniture),
    ("field", Kind::Field),
    ("link", Kind::Link),
    ("agency", Kind::Agency),
    ("byline", Kind::Byline),
    ("according", Kind::According),
    ("role", Kind::Role),
    ("surname", Kind::Surname),
    ("place", Kind::Place),
    ("section", Kind::Section),
    ("opener", Kind::Opener),
    ("day", Kind::Day),
    ("abbreviation", Kind::Abbreviation),
];

/// The marks of one kind, the longest first: by what they begin with, and by what they end with.
#[derive(Default)]
struct Marks {
    /// A bit for each letter that a mark begins with, as [`bit`] counts them.
    first: u64,
    /// The same for what marks end with.
    last: u64,
    /// By the letter that they begin with.
    begun: FxHashMap<char, Vec<Vec<char>>>,
    /// By the letter or tone that they end with.
    ended: FxHashMap<char, Vec<Vec<char>>>,
}

static MARKS: LazyLock<[Marks; KINDS.len()]> = LazyLock::new(|| {
    let mut all: [Marks; KINDS.len()] = Default::default();
    for line in include_str!("../../data/marks.tsv").lines().filter(|it| !it.starts_with('#')) {
        let Some((name, mark)) = line.split_once('\t') else { continue };
        let known = KINDS.iter().zip(&mut all).find(|(kind, _)| kind.0 == name);
        if let Some((_, marks)) = known {
            let mark: Vec<char> =
                mark.chars().flat_map(decompose).filter(|c| *c != NOTHING).collect();
            let (Some(&first), Some(&last)) = (mark.first(), mark.last()) else { continue };
            marks.first |= bit(first);
            marks.last |= bit(last);
            marks.begun.entry(first).or_default().push(mark.clone());
            marks.ended.entry(last).or_default().push(mark);
        }
    }
    for kind in &mut all {
        for marks in kind.begun.values_mut().chain(kind.ended.values_mut()) {
            marks.sort_by_key(|mark| std::cmp::Reverse(mark.len()));
        }
    }
    all
});

/// The marks of this kind that a text may begin with, judged by its first letter: for most texts
/// there are none, and no mark is looked at.
fn candidates(kind: Kind, text: &str) -> impl Iterator<Item = &'static Vec<char>> {
    let [first, ..] = text.chars().next().map_or([NOTHING; 3], decompose);
    let marks = MARKS.get(kind as usize).filter(|marks| marks.first & bit(first) != 0);
    marks.and_then(|marks| marks.begun.get(&first)).into_iter().flatten()
}

/// The marks of this kind that a text may end with, judged by its last letter or tone.
fn last_candidates(kind: Kind, text: &str) -> impl Iterator<Item = &'static Vec<char>> {
    let last = text.chars().next_back().map_or([NOTHING; 3], decompose);
    let last = last.into_iter().rfind(|part| *part != NOTHING).unwrap_or(NOTHING);
    let marks = MARKS.get(kind as usize).filter(|marks| marks.last & bit(last) != 0);
    marks.and_then(|marks| marks.ended.get(&last)).into_iter().flatten()
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}

/// The length of the longest mark of this kind that `text` begins with, a whole number of words.
pub(crate) fn at_start(kind: Kind, text: &str) -> Option<usize> {
    candidates(kind, text).find_map(|mark| {
        let end = prefix(text, mark)?;
        let next = text.get(end..)?.chars().next();
        next.is_none_or(|c| !c.is_alphanumeric()).then_some(end)
    })
}

/// Where the longest mark of this kind begins that `text` ends with, a whole number of words.
pub(crate) fn at_end(kind: Kind, text: &str) -> Option<usize> {
    last_candidates(kind, text).find_map(|mark| {
        let start = suffix(text, mark)?;
        let letter = text.get(start..)?.starts_with(char::is_alphabetic);
        let before = text.get(..start)?.chars().next_back();
        let apart = before.is_none_or(|c| !c.is_alphanumeric() && !is_combining(c));
        (letter && apart).then_some(start)
    })
}

/// Whether `text` is a mark of this kind.
pub(crate) fn is(kind: Kind, text: &str) -> bool {
    // Of most texts one of the two ends is that of no mark.
    let mut marks = last_candidates(kind, text).peekable();
    marks.peek().is_some()
        && candidates(kind, text).any(|mark| prefix(text, mark) == Some(text.len()))
}

/// No mark is longer than this, in characters of a text; a test holds the data to it.
const LONGEST: usize = 128;

/// The length of `mark` at the start of `text`; it does not end between a letter and its tone.
fn prefix(text: &str, mark: &[char]) -> Option<usize> {
    let mut rest = mark;
    let mut chars = text.chars();
    while !rest.is_empty() {
        for c in decompose(chars.next()?) {
            if c != NOTHING {
                let (first, others) = rest.split_first()?;
                if *first != c {
                    return None;
                }
                rest = others;
            }
        }
    }
    let after = chars.as_str();
    (!after.starts_with(is_combining)).then_some(text.len() - after.len())
}

/// Where `mark` begins at the end of `text`; it does not begin between a letter and its tone.
fn suffix(text: &str, mark: &[char]) -> Option<usize> {
    let mut rest = mark;
    for (at, c) in text.char_indices().rev().take(LONGEST) {
        for c in decompose(c).into_iter().rev() {
            if c != NOTHING {
                let (last, others) = rest.split_last()?;
                if *last != c {
                    return None;
                }
                rest = others;
            }
        }
        if rest.is_empty() {
            return Some(at);
        }
    }
    None
}

/// Marks above and below letters.
pub(crate) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The place of a letter without hat, or without tone.
const NOTHING: char = '\0';

/// Lower case and canonical decomposition of a Vietnamese letter: letter, hat or horn, tone. Blanks
/// and the `Ð` that stand for others become those.
fn decompose(c: char) -> [char; 3] {
    let c =
        if c.is_ascii() { return [c.to_ascii_lowercase(), NOTHING, NOTHING] } else { u32::from(c) };
    let place = match c {
        0xa0..0x1c0 => c - 0xa0,
        0x1e00..0x1f00 => 0x120 + c - 0x1e00,
        _ => u32::MAX,
    };
    match LETTERS.get(place as usize) {
        Some(found) => *found,
        None => [char::from_u32(c).unwrap_or_default(), NOTHING, NOTHING],
    }
}

/// Adds a letter in lower case and decomposed.
pub(crate) fn push_decomposed(c: char, text: &mut String) {
    text.extend(decompose(c).into_iter().filter(|part| *part != NOTHING));
}

/// [`decompose`] for the two ranges that Vietnamese letters stand in.
static LETTERS: LazyLock<Vec<[char; 3]>> = LazyLock::new(|| {
    (0xa0..0x1c0).chain(0x1e00..0x1f00).filter_map(char::from_u32).map(decompose_slowly).collect()
});

/// The letters with tones in the order level, grave, hook, tilde, acute, dot below.
const TONED: [&str; 12] = [
    "aàảãáạ",
    "ăằẳẵắặ",
    "âầẩẫấậ",
    "eèẻẽéẹ",
    "êềểễếệ",
    "iìỉĩíị",
    "oòỏõóọ",
    "ôồổỗốộ",
    "ơờởỡớợ",
    "uùủũúụ",
    "ưừửữứự",
    "yỳỷỹýỵ",
];

const TONES: [char; 6] = [NOTHING, '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// The letter that a letter and the mark behind it are together, in whatever order its marks come.
#[cfg(feature = "toml")]
pub(crate) fn compose(letter: char, mark: char) -> Option<char> {
    const HATS: [(usize, char, usize); 6] = [
        (0, '\u{306}', 1),
        (0, '\u{302}', 2),
        (3, '\u{302}', 4),
        (6, '\u{302}', 7),
        (6, '\u{31b}', 8),
        (9, '\u{31b}', 10),
    ];
    if !is_combining(mark) {
        return None;
    }
    let small = letter.to_lowercase().next()?;
    let (row, tone) = TONED
        .iter()
        .enumerate()
        .find_map(|(n, row)| row.chars().position(|it| it == small).map(|tone| (n, tone)))?;
    let hat = HATS.iter().find(|(bare, hat, _)| *bare == row && *hat == mark);
    let (row, tone) = match hat {
        Some((.., hatted)) => (*hatted, tone),
        None if tone == 0 => (row, TONES.iter().position(|it| *it == mark)?),
        None => return None,
    };
    let whole = TONED.get(row)?.chars().nth(tone)?;
    match letter == small {
        true => Some(whole),
        false => whole.to_uppercase().next(),
    }
}

fn decompose_slowly(c: char) -> [char; 3] {
    let c = match c {
        'Ð' | 'ð' => 'đ',
        '\u{a0}' => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    };
    let found = TONED.iter().find_map(|row| {
        let tone = row.chars().position(|it| it == c)?;
        Some((row.chars().next()?, *TONES.get(tone)?))
    });
    let Some((base, tone)) = found else { return [c, NOTHING, NOTHING] };
    let (letter, hat) = match base {
        'ă' => ('a', '\u{306}'),
        'â' => ('a', '\u{302}'),
        'ê' => ('e', '\u{302}'),
        'ô' => ('o', '\u{302}'),
        'ơ' => ('o', '\u{31b}'),
        'ư' => ('u', '\u{31b}'),
        base => (base, NOTHING),
    };
    // The dot below stands in front of hat and breve, and behind the horn.
    match tone == '\u{323}' && hat != '\u{31b}' {
        true => [letter, tone, hat],
        false => [letter, hat, tone],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_known() {
        for line in include_str!("../../data/marks.tsv").lines().filter(|it| !it.starts_with('#')) {
            let (name, mark) = line.split_once('\t').unwrap();
            assert!(KINDS.iter().any(|kind| kind.0 == name), "{line:?}: no such kind");
            assert!(mark.trim() == mark && !mark.is_empty(), "{line:?}");
            assert!(mark.to_lowercase() == mark, "{line:?}: not in lower case");
            assert!(mark.chars().count() * 3 <= LONGEST, "{line:?}: too long");
        }
    }

    #[test]
    #[cfg(feature = "toml")]
    fn letters_are_composed_of_their_parts_in_any_order() {
        for c in TONED.iter().flat_map(|row| row.chars()) {
            let [letter, first, second] = decompose(c);
            for [first, second] in [[first, second], [second, first]] {
                for upper in [false, true] {
                    let case = |c: char| if upper { c.to_uppercase().next().unwrap() } else { c };
                    let marks = [first, second].into_iter().filter(|it| *it != NOTHING);
                    let whole = marks.fold(case(letter), |it, mark| compose(it, mark).unwrap());
                    assert_eq!(whole, case(c));
                }
            }
        }
        for (letter, mark) in [('á', '\u{301}'), ('x', '\u{301}'), ('i', '\u{302}'), ('a', 'b')] {
            assert_eq!(compose(letter, mark), None, "{letter} {mark}");
        }
    }

    #[test]
    fn kinds_stand_in_their_order() {
        for (place, (_, kind)) in KINDS.iter().enumerate() {
            assert_eq!(*kind as usize, place);
        }
    }

    #[test]
    fn the_longest_mark_is_found_at_the_end() {
        for line in include_str!("../../data/marks.tsv").lines().filter(|it| !it.starts_with('#')) {
            let (name, mark) = line.split_once('\t').unwrap();
            let kind = KINDS.iter().find(|kind| kind.0 == name).unwrap().1;
            let mut decomposed = String::new();
            mark.chars().for_each(|c| push_decomposed(c, &mut decomposed));
            let parted = decomposed.chars().flat_map(|c| ['\0', c]).collect();
            for mark in [mark.to_owned(), mark.to_uppercase(), decomposed, parted] {
                let text = format!("Mưa to – {mark}");
                // What begins with no letter is sought at the start of a text only.
                if mark.trim_start_matches('\0').starts_with(char::is_alphabetic) {
                    assert!(at_end(kind, &text).is_some(), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn matches_case_composition_and_eth() {
        assert_eq!(at_start(Kind::Credit, "Ảnh: A"), Some("Ảnh".len()));
        assert_eq!(at_start(Kind::Credit, "A\u{309}NH: A"), Some("A\u{309}NH".len()));
        assert_eq!(at_start(Kind::Credit, "Ảnhh"), None);
        assert_eq!(at_start(Kind::Credit, "Ảnh minh họa: A"), Some("Ảnh minh họa".len()));
        assert_eq!(at_end(Kind::Credit, "Phố. Ảnh"), Some("Phố. ".len()));
        assert_eq!(at_end(Kind::Credit, "hình nhảnh"), None);
        assert!(is(Kind::Label, "Tin cu\u{300}ng chuyên mu\u{323}c"));
        assert!(is(Kind::Label, "ÐỌC NHIỀU"));
        assert!(is(Kind::Label, "tin liên\u{a0}quan"));
    }
}
