//! People, and what is told of each: the country that they come from in front of the first, their age, home and office
//! behind them.

use corpus_model::Span;

use super::Reader;

impl Reader<'_, '_> {
    /// The token behind a country that stands between the noun and the first of names: `Hai ứng viên tổng thống Mỹ
    /// Clinton và Trump`.
    pub(super) fn behind_country(self, names: &[Span]) -> Option<usize> {
        let [first, others @ ..] = names else { return None };
        let country = |name: &Span| {
            let at = self.tokens.at_byte(name.start());
            let (n, ()) = self.words.countries.longest(self.tokens.ids(at))?;
            Some(at + n)
        };
        let next = country(first)?;
        let start = self.tokens.at_byte(first.start());
        // `huyện Mỹ Đức`, `Anh Đức`: a country of one syllable may begin a name of the land.
        let abroad = next > start + 1 || !self.tokens.is_syllable(next);
        let named =
            self.tokens.get(next).has_capital() && self.tokens.get(next).span.end() <= first.end();
        (abroad && named && others.iter().all(|name| country(name).is_none())).then_some(next)
    }
}
