//! What is said near a name: whether a programme is a public one or one to be watched, and whether a
//! project is one of building.

use std::ops::Range;

use super::Reader;
use crate::gazetteer::longest;
use crate::token::TokenKind;
use crate::vocabulary::Phrases;

/// So many tokens in front of a mention, and behind it, are looked at.
const BEFORE: usize = 16;
const BEHIND: usize = 24;
/// So many on either side tell what a text is about, where so many of them are of a stage.
const WIDE: usize = 120;
const OFTEN: usize = 2;

impl Reader<'_, '_> {
    /// Whether nothing says that a programme is one of a stage or a screen: not the sentence,
    /// nor, where nothing in it says that it is a public one, much of what stands around.
    pub(super) fn is_unwatched(self, name: &Range<usize>, mention: &Range<usize>) -> bool {
        !self.is_shown(mention) && self.is_unwatched_around(name, mention)
    }

    /// Whether the sentence says that a programme is a public one, or little around it is of a stage or a screen.
    fn is_unwatched_around(self, name: &Range<usize>, mention: &Range<usize>) -> bool {
        let wide = || {
            let around =
                mention.start.saturating_sub(WIDE)..(mention.end + WIDE).min(self.tokens.len());
            let watched = |at: &usize| longest(&self.words.show, self.tokens, *at).is_some();
            around.filter(watched).take(OFTEN).count() == OFTEN
        };
        self.is_public(name, mention) || !wide()
    }

    /// The same of a foreign name, near which arms may be spoken of.
    pub(super) fn is_unstaged(self, name: &Range<usize>, mention: &Range<usize>) -> bool {
        !self.any(&self.words.show, &self.around(mention))
            && self.is_unwatched_around(name, mention)
    }

    /// Whether the sentence, or the name itself, also says that it is a public one.
    pub(super) fn is_public(self, name: &Range<usize>, mention: &Range<usize>) -> bool {
        !self.is_shown(mention)
            && (self.aims(name) || self.any(&self.words.public, &self.around(mention)))
    }

    /// Whether a name begins with what a public programme is for.
    pub(super) fn aims(self, name: &Range<usize>) -> bool {
        longest(&self.words.aims, self.tokens, name.start).is_some()
    }

    /// Whether the sentence speaks of a stage or a screen.
    pub(super) fn is_shown(self, mention: &Range<usize>) -> bool {
        self.is_watched(&self.around(mention))
    }

    /// Whether something is said of a stage or a screen.
    pub(super) fn is_watched(self, range: &Range<usize>) -> bool {
        self.any(&self.words.show, range) || self.any(&self.words.arms, range)
    }

    /// Whether nothing in the name of a project is built.
    pub(super) fn is_unbuilt(self, name: &Range<usize>) -> bool {
        !self.any(&self.words.built, name)
    }

    /// Whether arms and ships are spoken of, whose types have numbers.
    pub(super) fn is_craft(self, at: usize) -> bool {
        let around = self.around(&(at..at + 2));
        self.any(&self.words.crafts, &around)
    }

    fn any(self, phrases: &Phrases<()>, range: &Range<usize>) -> bool {
        range.clone().any(|at| longest(phrases, self.tokens, at).is_some())
    }

    /// The tokens of a mention, and of the sentence around it as far as they are looked at.
    fn around(self, mention: &Range<usize>) -> Range<usize> {
        let ends = |at: usize| {
            let token = self.tokens.get(at);
            let point = token.is_mark('.') && !self.tokens.get(at + 1).glued;
            point || matches!(token.kind, TokenKind::Break | TokenKind::Mark('!' | '?' | ';'))
        };
        let start = (mention.start.saturating_sub(BEFORE)..mention.start)
            .rev()
            .take_while(|&at| !ends(at))
            .last()
            .unwrap_or(mention.start);
        let end = (mention.end..mention.end + BEHIND).take_while(|&at| !ends(at)).last();
        start..end.map_or(mention.end, |at| at + 1)
    }
}
