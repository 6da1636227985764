//! Facts in the last column of CoNLL-U.
//!
//! A word that is part of a fact has an attribute of the fact's kind: `Person=B` where the fact
//! begins, `Person=I` where it goes on, so that each kind alone is a sequence of BIO tags, and facts
//! of different kinds may lie in each other. Where it begins its normal form and its place in the
//! document follow, in bytes: `PersonValue=Vi\sVăn\sThìn|PersonSpan=1121-1137`. Blanks, bars and
//! backslashes of values are written `\s`, `\p` and `\\`.

use std::io::Write as _;

use corpus_model::{Mention, MentionKind, Word};

use super::{normal, printable, type_name};

/// Walks through the facts of a document along with its words.
#[derive(Debug)]
pub(crate) struct Tags<'a> {
    kinds: Vec<OfKind<'a>>,
}

/// The facts of one kind that lie ahead.
#[derive(Debug)]
struct OfKind<'a> {
    name: &'static str,
    ahead: std::iter::Peekable<std::vec::IntoIter<&'a Mention>>,
    has_begun: bool,
}

impl<'a> Tags<'a> {
    /// The facts of a document, in text order.
    pub(crate) fn new(mentions: &'a [Mention]) -> Tags<'a> {
        let of = |kind| {
            let own: Vec<&Mention> = mentions.iter().filter(|it| it.kind() == kind).collect();
            OfKind { name: type_name(kind), ahead: own.into_iter().peekable(), has_begun: false }
        };
        Tags { kinds: MentionKind::ALL.into_iter().map(of).collect() }
    }

    /// Appends the attributes of the next word, with a bar behind each.
    pub(crate) fn next(&mut self, word: &Word, page: &mut Vec<u8>) {
        for kind in &mut self.kinds {
            while kind.ahead.next_if(|it| it.span.end() <= word.span.start()).is_some() {
                kind.has_begun = false;
            }
            let Some(mention) = kind.ahead.peek().filter(|it| it.span.start() < word.span.end())
            else {
                continue;
            };
            let name = kind.name;
            // Writing to memory cannot fail.
            if kind.has_begun {
                let _ = write!(page, "{name}=I|");
                continue;
            }
            kind.has_begun = true;
            let (start, end) = (mention.span.start(), mention.span.end());
            let _ = write!(page, "{name}=B|{name}Value=");
            push(&normal(&mention.value), page);
            let _ = write!(page, "|{name}Span={start}-{end}|");
        }
    }
}

/// A value without what would end it.
fn push(text: &str, page: &mut Vec<u8>) {
    let mut letters = [0; 4];
    for letter in text.chars() {
        let written = match letter {
            '|' => "\\p",
            '\\' => "\\\\",
            letter if letter.is_whitespace() => "\\s",
            letter => printable(letter).encode_utf8(&mut letters),
        };
        page.extend_from_slice(written.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::{Mention, Organization, Place, Span, Word, WordKind};

    use super::{Tags, push};

    fn tags(mentions: &[Mention], words: &[(usize, usize)]) -> Vec<String> {
        let mut tags = Tags::new(mentions);
        let of = |&(start, end): &(usize, usize)| {
            let mut page = Vec::new();
            let word = Word { span: Span::new(start, end), kind: WordKind::Word };
            tags.next(&word, &mut page);
            String::from_utf8(page).unwrap()
        };
        words.iter().map(of).collect()
    }

    fn organization(start: usize, end: usize) -> Mention {
        Mention::new(Span::new(start, end), Organization { name: "A".to_owned() })
    }

    #[test]
    fn facts_lie_in_each_other() {
        let place = Mention::new(Span::new(4, 9), Place { name: "B C".into(), ..Place::default() });
        assert_eq!(
            tags(&[organization(0, 9), place], &[(0, 3), (4, 6), (7, 9), (10, 12)]),
            [
                "Organization=B|OrganizationValue=A|OrganizationSpan=0-9|",
                "Organization=I|Place=B|PlaceValue=B\\sC|PlaceSpan=4-9|",
                "Organization=I|Place=I|",
                ""
            ]
        );
    }

    #[test]
    fn words_that_are_part_of_a_fact_have_its_tag() {
        // The fact ends within the second word, and in front of the third begins another.
        assert_eq!(
            tags(&[organization(1, 5), organization(8, 9)], &[(0, 3), (4, 7), (8, 9)]),
            [
                "Organization=B|OrganizationValue=A|OrganizationSpan=1-5|",
                "Organization=I|",
                "Organization=B|OrganizationValue=A|OrganizationSpan=8-9|"
            ]
        );
    }

    #[test]
    fn values_end_no_attribute() {
        let mut page = Vec::new();
        push("a|b\\c\td\n\u{a0}\0\u{2028}", &mut page);
        assert_eq!(String::from_utf8(page).unwrap(), "a\\pb\\\\c\\sd\\s\\s\u{fffd}\\s");
    }
}
