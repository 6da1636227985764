//! [`Phrases`]: sequences of words with a value each, found by their longest match.

use rustc_hash::FxHashMap;

use super::{Id, Vocabulary};

/// Phrases with a value each, found by their longest match.
///
/// A tree over word numbers: one look-up for each token, whatever the number of phrases. Most
/// tokens begin no phrase, and behind most words that begin one few go on, so nodes hold the first
/// of these themselves.
#[derive(Clone, Debug)]
pub(crate) struct Phrases<T> {
    /// The node behind the root for each word that begins a phrase, by [`Id::index`]; 0 for none.
    roots: Vec<u32>,
    /// Where words lead to for which their node has no room.
    steps: FxHashMap<(u32, Id), u32>,
    nodes: Vec<Node<T>>,
}

/// Where a sequence of words leads to.
#[derive(Clone, Debug)]
struct Node<T> {
    /// The value of the phrase that ends here.
    value: Option<T>,
    /// Words that go on from here, and the nodes that they lead to.
    near: [(Id, u32); 2],
    /// The other words that do, by their [bits](Id::bit).
    more: u64,
}

/// A word that is none of a text, for places without one: [`Id::NONE`] stands in texts.
const NO_WORD: Id = Id(u32::MAX);

impl<T> Node<T> {
    const EMPTY: Node<T> = Node { value: None, near: [(NO_WORD, 0); 2], more: 0 };
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { roots: Vec::new(), steps: FxHashMap::default(), nodes: vec![Node::EMPTY] }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase of words separated by blanks; a later value replaces an earlier one.
    pub(crate) fn insert(&mut self, vocabulary: &mut Vocabulary, phrase: &str, value: T) {
        self.insert_words(vocabulary, phrase.split_whitespace(), value);
    }

    /// Adds a phrase of these words; a later value replaces an earlier one.
    pub(crate) fn insert_words<'w>(
        &mut self,
        vocabulary: &mut Vocabulary,
        words: impl Iterator<Item = &'w str>,
        value: T,
    ) {
        let mut node = 0;
        for (place, word) in words.enumerate() {
            let id = vocabulary.intern(word);
            let next = self.nodes.len() as u32;
            let slot = if place == 0 {
                if self.roots.len() <= id.index() {
                    self.roots.resize(id.index() + 1, 0);
                }
                match self.roots.get_mut(id.index()) {
                    Some(slot) => slot,
                    None => return,
                }
            } else {
                let Some(Node { near, more, .. }) = self.nodes.get_mut(node as usize) else {
                    return;
                };
                match near.iter_mut().find(|(word, _)| *word == id || *word == NO_WORD) {
                    Some((word, slot)) => {
                        *word = id;
                        slot
                    }
                    None => {
                        *more |= id.bit();
                        self.steps.entry((node, id)).or_insert(0)
                    }
                }
            };
            if *slot == 0 {
                *slot = next;
            }
            node = *slot;
            if node == next {
                self.nodes.push(Node::EMPTY);
            }
        }
        if let Some(node) = self.nodes.get_mut(node as usize).filter(|_| node != 0) {
            node.value = Some(value);
        }
    }

    /// The numbers of the words that begin a phrase.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = Id> + '_ {
        self.roots.iter().enumerate().filter(|(_, node)| **node != 0).map(|(id, _)| Id(id as u32))
    }

    /// The same, each with the bits of the words that stand behind it; none where it is a phrase of
    /// its own.
    pub(super) fn first_words_and_behind(&self) -> impl Iterator<Item = (Id, Option<u64>)> + '_ {
        self.first_words().map(|first| {
            let root = self.roots.get(first.index()).copied().unwrap_or_default();
            let behind = self.nodes.get(root as usize).filter(|it| it.value.is_none()).map(|it| {
                let near = it.near.iter().filter(|(word, _)| *word != NO_WORD);
                near.fold(it.more, |all, (word, _)| all | word.bit())
            });
            (first, behind)
        })
    }

    /// Whether a phrase begins with this word.
    #[inline]
    pub(crate) fn begin_with(&self, first: Id) -> bool {
        self.roots.get(first.index()).is_some_and(|&node| node != 0)
    }

    /// The longest phrase that a sequence of word numbers begins with: how many words, and its
    /// value.
    #[inline]
    pub(crate) fn longest(&self, ids: impl IntoIterator<Item = Id>) -> Option<(usize, &T)> {
        let mut ids = ids.into_iter();
        match self.roots.get(ids.next()?.index()) {
            None | Some(0) => None,
            Some(&node) => self.longest_from(node, ids),
        }
    }

    /// The longest phrase that goes on from a node one word behind the root.
    fn longest_from(&self, first: u32, ids: impl Iterator<Item = Id>) -> Option<(usize, &T)> {
        let mut at = first;
        let mut node = self.nodes.get(at as usize)?;
        let mut found = node.value.as_ref().map(|value| (1, value));
        if node.near[0].0 == NO_WORD {
            return found;
        }
        for (place, id) in ids.enumerate() {
            let next = match node.near {
                [(word, next), _] | [_, (word, next)] if word == id => next,
                // A word of no gazetteer has a bit like others, but no step.
                _ if node.more & id.bit() == 0 => break,
                _ => match self.steps.get(&(at, id)) {
                    Some(&next) => next,
                    None => break,
                },
            };
            let Some(next_node) = self.nodes.get(next as usize) else { break };
            (at, node) = (next, next_node);
            if let Some(value) = &node.value {
                found = Some((place + 2, value));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_phrase_wins() {
        let mut vocabulary = Vocabulary::default();
        let mut phrases = Phrases::default();
        phrases.insert(&mut vocabulary, "bí thư", 1);
        phrases.insert(&mut vocabulary, "bí thư tỉnh ủy", 2);
        let ids = |text: &str| -> Vec<Id> {
            let mut vocabulary = vocabulary.clone();
            vocabulary.finish();
            text.split(' ').map(|word| vocabulary.id(word, false)).collect()
        };
        assert_eq!(phrases.longest(ids("Bí thư Tỉnh uỷ Hà")), Some((4, &2)));
        assert_eq!(phrases.longest(ids("bí thư tỉnh đoàn")), Some((2, &1)));
        assert_eq!(phrases.longest(ids("bí mật")), None);
        assert_eq!(phrases.longest(ids("tỉnh ủy")), None);
    }

    #[test]
    fn any_number_of_words_goes_on() {
        let mut vocabulary = Vocabulary::default();
        let mut phrases = Phrases::default();
        for (n, last) in ('a'..='z').enumerate() {
            phrases.insert(&mut vocabulary, &format!("phó {last} {last}"), n);
            phrases.insert(&mut vocabulary, &format!("phó {last}"), 100 + n);
        }
        vocabulary.finish();
        let found = |words: [&str; 3]| {
            phrases.longest(words.map(|it| vocabulary.id(it, false))).map(|(n, value)| (n, *value))
        };
        for (n, last) in ('a'..='z').enumerate() {
            let last = last.to_string();
            assert_eq!(found(["phó", &last, &last]), Some((3, n)));
            assert_eq!(found(["phó", &last, "không"]), Some((2, 100 + n)));
        }
        assert_eq!(found(["phó", "không", "a"]), None);
    }
}
