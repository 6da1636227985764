//! Cases in files, with what is expected beside them; `UPDATE_EXPECTED=1` writes it anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use corpus_text::{
    Normalization, Segmenter, TonePlacement, key, normalize, sentences, slug, strip_marks,
};

/// Runs `answer` on each line of `tests/cases/NAME.txt` and compares with `NAME.expected`.
fn check(name: &str, answer: impl Fn(&str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let input = fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
    let found: String = input.lines().map(|line| answer(line) + "\n").collect();
    let path = folder.join(format!("{name}.expected"));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    for ((line, found), expected) in input.lines().zip(found.lines()).zip(expected.lines()) {
        assert_eq!(found, expected, "{name}: {line}");
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "{name}");
}

/// Words with blanks between them and `_` between syllables; the first letter of the kind stands
/// behind whatever is no word.
#[test]
fn words() {
    let segmenter = Segmenter::built_in();
    check("words", |line| {
        let words = segmenter.words(line).into_iter().map(|word| {
            let text = line[word.span.range()].split_whitespace().collect::<Vec<_>>().join("_");
            match format!("{:?}", word.kind).chars().next() {
                Some('W') | None => text,
                Some(kind) => format!("{text}\\{kind}"),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    });
}

#[test]
fn text_of_sentences() {
    check("sentences", |line| {
        let found: Vec<&str> = sentences(line).map(|it| &line[it.span.range()]).collect();
        found.join(" | ")
    });
}

/// The normal form, then the edits as `start..end → text`.
#[test]
fn normal_forms() {
    check("normalize", |line| {
        // Invisible characters are written as escapes in the file.
        let text = unescaped(line);
        let mut answer = String::new();
        for tone in [TonePlacement::Old, TonePlacement::New, TonePlacement::Keep] {
            let normal = normalize(&text, &Normalization::default().with_tone(tone));
            write!(answer, "{} ", normal.text()).unwrap();
            for (span, new) in normal.edits() {
                write!(answer, "[{}..{} → {new}]", span.start(), span.end()).unwrap();
            }
            answer += " | ";
        }
        format!("{answer}{} | {} | {}", key(&text), strip_marks(&text), slug(&text))
    });
}

/// `{200B}` is the character of this number.
fn unescaped(line: &str) -> String {
    let mut text = String::new();
    for (n, part) in line.split('{').enumerate() {
        let (number, rest) = if n == 0 { ("", part) } else { part.split_once('}').unwrap() };
        text.extend(u32::from_str_radix(number, 16).ok().and_then(char::from_u32));
        text += rest;
    }
    text
}
