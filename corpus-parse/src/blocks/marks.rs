//! The marks of `data/marks.tsv`, compiled in and compared without regard to case and composition.

use std::sync::LazyLock;

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

/// Marks by kind, decomposed, the longest first.
static MARKS: LazyLock<[Vec<String>; KINDS.len()]> = LazyLock::new(|| {
    let mut marks: [Vec<String>; KINDS.len()] = Default::default();
    for line in include_str!("../../data/marks.tsv").lines().filter(|it| !it.starts_with('#')) {
        let Some((name, mark)) = line.split_once('\t') else { continue };
        let known = KINDS.iter().zip(&mut marks).find(|(kind, _)| kind.0 == name);
        if let Some((_, marks)) = known {
            marks.push(mark.chars().flat_map(decompose).collect());
        }
    }
    for marks in &mut marks {
        marks.sort_by_key(|mark| std::cmp::Reverse(mark.len()));
    }
    marks
});

/// No mark is longer than this, in characters of a text; a test holds the data to it.
const LONGEST: usize = 128;

fn marks(kind: Kind) -> &'static [String] {
    KINDS.iter().zip(&*MARKS).find(|(it, _)| it.1 == kind).map_or(&[], |(_, marks)| marks)
}

/// The length of the longest mark of this kind that `text` begins with, a whole number of words.
pub(crate) fn at_start(kind: Kind, text: &str) -> Option<usize> {
    let folded = Folded::new(text);
    marks(kind).iter().find_map(|mark| {
        let end = folded.after(mark)?;
        let next = text.get(end..)?.chars().next();
        next.is_none_or(|c| !c.is_alphanumeric()).then_some(end)
    })
}

/// Where the longest mark of this kind begins that `text` ends with, a whole number of words.
pub(crate) fn at_end(kind: Kind, text: &str) -> Option<usize> {
    // Marks are few words long: each word from behind may begin one.
    let starts = text.char_indices().rev().take(LONGEST).filter(|(at, c)| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        c.is_alphabetic() && before.is_none_or(|c| !c.is_alphanumeric() && !is_combining(c))
    });
    starts.map(|(at, _)| at).filter(|at| is(kind, text.get(*at..).unwrap_or_default())).last()
}

/// Whether `text` is a mark of this kind.
pub(crate) fn is(kind: Kind, text: &str) -> bool {
    if text.len() > 3 * LONGEST {
        return false;
    }
    let folded = Folded::new(text);
    marks(kind).iter().any(|mark| folded.after(mark) == Some(text.len()))
}

/// The start of a text in lower case and decomposed, and where its characters end in the text.
struct Folded {
    text: String,
    ends: Vec<(usize, usize)>,
}

impl Folded {
    fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::new(), ends: Vec::new() };
        for (at, c) in text.char_indices().take(LONGEST) {
            if c.is_ascii() {
                folded.text.push(c.to_ascii_lowercase());
            } else {
                folded.text.extend(decompose(fold(c)));
            }
            folded.ends.push((folded.text.len(), at + c.len_utf8()));
        }
        folded
    }

    /// Where the mark that the text begins with ends; not between a letter and its tone.
    fn after(&self, mark: &str) -> Option<usize> {
        let rest = self.text.strip_prefix(mark)?;
        if rest.starts_with(is_combining) {
            return None;
        }
        let place = self.ends.binary_search_by_key(&mark.len(), |it| it.0).ok()?;
        self.ends.get(place).map(|it| it.1)
    }
}

/// Lower case, with the blanks and the `Ð` that stand for others.
fn fold(c: char) -> char {
    match c {
        'Ð' | 'ð' => 'đ',
        '\u{a0}' | '\t' => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Marks above and below letters.
pub(crate) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

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

const TONES: [&str; 6] = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

/// The canonical decomposition of a Vietnamese letter in lower case.
fn decompose(c: char) -> Vec<char> {
    let found = TONED.iter().find_map(|row| {
        let tone = row.chars().position(|it| it == c)?;
        Some((row.chars().next()?, *TONES.get(tone)?))
    });
    let Some((base, tone)) = found else { return vec![c] };
    let (letter, hat) = match base {
        'ă' => ('a', "\u{306}"),
        'â' => ('a', "\u{302}"),
        'ê' => ('e', "\u{302}"),
        'ô' => ('o', "\u{302}"),
        'ơ' => ('o', "\u{31b}"),
        'ư' => ('u', "\u{31b}"),
        base => (base, ""),
    };
    // The dot below stands in front of hat and breve, and behind the horn.
    let dot_first = tone == "\u{323}" && hat != "\u{31b}";
    let marks = if dot_first { [tone, hat] } else { [hat, tone] };
    std::iter::once(letter).chain(marks.iter().flat_map(|it| it.chars())).collect()
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
            assert!(mark.chars().all(|c| fold(c) == c), "{line:?}: not in lower case");
            assert!(mark.chars().count() * 3 <= LONGEST, "{line:?}: too long");
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
