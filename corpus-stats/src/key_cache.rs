//! [`KeyCache`]: the hashes of words' keys, remembered: sketching is five times as fast for it.

use std::cell::Cell;

use crate::fold;

thread_local! {
    /// What this thread has found out about words. It is never seen from outside: the hash of a
    /// word's key does not depend on what came before.
    static KEYS: Cell<KeyCache> = const { Cell::new(KeyCache::new()) };
}

/// Does something with this thread's cache.
pub(crate) fn with_key_cache<T>(work: impl FnOnce(&mut KeyCache) -> T) -> T {
    // Whatever `work` does, asking for the cache again included, finds one.
    let mut cache = KEYS.take();
    let result = work(&mut cache);
    KEYS.set(cache);
    result
}

/// How many words a [`KeyCache`] remembers: 1 MB a thread.
const REMEMBERED: usize = 1 << 16;

/// The hashes of the keys of the words met lately.
#[derive(Default)]
pub(crate) struct KeyCache {
    /// The hash of a word as written and that of its key, at the place that the first names.
    known: Vec<(u64, u64)>,
    folded: String,
}

impl KeyCache {
    const fn new() -> KeyCache {
        KeyCache { known: Vec::new(), folded: String::new() }
    }

    /// The hash of a word's key; none where nothing is left of the word, which was invisible.
    pub(crate) fn key_hash(&mut self, word: &str) -> Option<u64> {
        let written = fold::hash(word);
        let place = written as usize % REMEMBERED;
        if let Some(&(known, key)) = self.known.get(place)
            && known == written
        {
            return Some(key);
        }
        corpus_text::key_into(&mut self.folded, word);
        if self.folded.is_empty() {
            return None;
        }
        let key = fold::hash(&self.folded);
        if self.known.is_empty() {
            self.known.resize(REMEMBERED, (0, 0));
        }
        if let Some(slot) = self.known.get_mut(place) {
            *slot = (written, key);
        }
        Some(key)
    }
}
