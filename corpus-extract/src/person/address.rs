//! Forms of address, and the names behind them.

use super::lexicon::{Address, Family};
use super::resolve::Found;
use super::{Rules, Step, name, office};
use crate::gazetteer::{longest, longest_body};
use crate::token::{Case, Tokens};

impl Rules {
    /// A form of address, or several: `ông`, `GS.TS`, `Thiếu tướng, PGS.TS`; the token behind it.
    pub(super) fn address(&self, tokens: &Tokens<'_>, at: usize) -> Option<(usize, Address)> {
        let mut end = at;
        let mut kind = None;
        // `Anh` and `Bà` inside a sentence are England and a part of names.
        let inside = tokens.get(at).case == Case::Capital && !name::starts_sentence(tokens, at);
        for _ in 0..4 {
            let Some((next, &address)) = longest(&self.lexicon.addresses, tokens, end) else {
                break;
            };
            if address == Address::Kin
                && (inside || kind.is_some() && tokens.get(end).case == Case::Capital)
            {
                break;
            }
            kind = kind.or(Some(address));
            end = next;
            let mark = tokens.get(end);
            // `Thiếu tướng, PGS.TS …`; but `Vợ ông, bà …` are two.
            let more = longest(&self.lexicon.addresses, tokens, end + 1);
            let goes_on = mark.is_mark('.') && mark.glued && more.is_some()
                || mark.is_mark(',') && more.is_some_and(|(_, it)| *it == Address::Title);
            // `TS. Nguyễn Văn An`.
            let abbreviated = matches!(tokens.before(end, 1).case, Case::Upper | Case::Mixed);
            let dot = mark.is_mark('.') && mark.glued && tokens.get(end + 1).is_capitalised();
            end += usize::from(goes_on || dot && abbreviated);
        }
        kind.map(|kind| (end, kind))
    }

    /// A name, or an office and a name, behind a form of address.
    pub(super) fn addressed(&self, tokens: &Tokens<'_>, at: usize) -> Option<Step> {
        let (end, address) = self.address(tokens, at)?;
        // `Văn phòng Luật sư Hoàng Ngọc`: a firm that is named for what its people are called.
        let firm = |from: usize| {
            longest(&self.lexicon.not, tokens, from).is_some_and(|(next, ())| next == end)
        };
        if address == Address::Title && (1..=2).any(|back| at.checked_sub(back).is_some_and(firm)) {
            return Some(Step::Skip(self.name_after(tokens, end, false).unwrap_or(end)));
        }
        if office::begins_office(&self.lexicon, tokens, end) {
            return Some(self.with_office(tokens, end, Some(at..end)));
        }
        // `Thủ lĩnh Hezbollah Hassan Nasser`: whom they lead stands in between.
        let led = address == Address::Title && office::leads_name(&self.lexicon, tokens, end);
        let end = end + usize::from(led);
        let name_end = self
            .name_after(tokens, end, address == Address::Kin)
            .or_else(|| name::initials(tokens, end))?;
        // `PV Oil` is a company, though reporters are called so.
        let letters = tokens.get(at).case == Case::Upper && tokens.get(at + 1).is_word();
        if letters && name_end == end + 1 && name::is_foreign(tokens, end) {
            return None;
        }
        let mut person = Found::new(end..name_end);
        person.honorific = Some(at..end - usize::from(led));
        Some(self.finish(tokens, person, name_end))
    }

    /// The end of the name behind an office or a form of address.
    ///
    /// `short` lets in a name of one syllable, or one that no list holds.
    pub(super) fn name_after(&self, tokens: &Tokens<'_>, at: usize, short: bool) -> Option<usize> {
        let lexicon = &self.lexicon;
        let president = [lexicon.words.tich].contains(&tokens.before(at, 1).id);
        if let Some((end, ())) = longest(&lexicon.others, tokens, at) {
            return president.then_some(end);
        }
        if let Some(end) = name::full(lexicon, tokens, at, false) {
            return Some(end);
        }
        if let Some(end) =
            name::foreign(lexicon, tokens, at).or_else(|| name::behind_letters(lexicon, tokens, at))
        {
            return Some(end);
        }
        let end = name::run(lexicon, tokens, at);
        let something = longest(&lexicon.places, tokens, at).is_some()
            || longest(&lexicon.abroad, tokens, at).is_some()
            || longest_body(&lexicon.bodies, tokens, at).is_some()
            || longest(&lexicon.parts, tokens, at).is_some_and(|(_, part)| part.head)
            || office::begins_office(lexicon, tokens, at);
        let n = end - at;
        let syllable = |at: usize| lexicon.syllable(tokens.get(at).id);
        let given = n > 0 && (syllable(end - 1).given || syllable(end - 1).family != Family::No);
        // `nạn nhân. Liên quan …` where the full stop was lost.
        let word = n == 1
            && tokens.get(end).case == Case::Lower
            && longest(&lexicon.compounds, tokens, at).is_some();
        let fits =
            if short { (1..=4).contains(&n) } else { (1..=3).contains(&n) && given && !word };
        let capital = tokens.get(at).case == Case::Capital
            // `ông Y Biêr Niê`, `cô H'Hen`.
            || n > 1 && [lexicon.words.y, lexicon.words.h, lexicon.words.k].contains(&tokens.get(at).id);
        (fits && capital && !something).then_some(end)
    }
}
