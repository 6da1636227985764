//! Names that a capital tells: `phong trào Ba sẵn sàng`, `chiến dịch Wigwam`, `chương trình EPS`.

use corpus_text::parse_syllable;

use super::named::made;
use super::words::{Class, Head, Title};
use super::{Named, Reader};
use crate::gazetteer::longest;
use crate::token::{Case, TokenKind};

/// The fewest words of a title.
const LEAST: usize = 3;

impl Reader<'_, '_> {
    /// A name with a capital behind the head: `phong trào Ba sẵn sàng`.
    pub(super) fn proper(self, at: usize, start: usize, head: &Head) -> Option<Named> {
        let (tokens, words) = (self.tokens, self.words);
        if tokens.get(start).case != Case::Capital
            || longest(&words.bodies, tokens, start).is_some()
            || longest(&words.abroad, tokens, start).is_some()
            || longest(&words.heads, tokens, start).is_some_and(|it| !it.1.class.is_time())
        {
            return self.foreign(at, start, head);
        }
        let (name, years) = match head.class {
            Class::Movement | Class::Campaign => {
                let name = self.short_name(start);
                let years = self.years(name.end);
                (name, years)
            }
            Class::Scheme | Class::Plan | Class::Show => self.title(start),
            _ => return None,
        };
        let home = name.clone().all(|at| {
            let token = tokens.get(at);
            !token.is_word() || parse_syllable(tokens.str(at)).is_some()
        });
        let second = tokens.get(start + 1);
        // `kế hoạch Brexit của Thủ tướng`
        let ends = matches!(
            longest(&words.title, tokens, start + 1),
            Some((_, Title::Stop | Title::Soft))
        );
        let fits = match head.class {
            Class::Movement | Class::Campaign => home,
            // `kế hoạch Marshall`, `kế hoạch Phạm Văn Đồng`: whose plan it is, or what.
            Class::Show => {
                let titled = self.is_capital(at) && self.aims(&name);
                let certain = titled || home && self.is_unwatched(&name, &(at..name.end));
                certain && second.case == Case::Lower
            }
            // `chiến lược Byungjin và …`
            _ => second.is_word() && second.case == Case::Lower && second.id != words.and,
        };
        let long = name.len() >= 2 && (head.class != Class::Show || name.len() >= LEAST);
        (fits && long && !ends)
            .then(|| made(at, head, name, years, "programme.capital"))
            .or_else(|| self.foreign(at, start, head))
    }

    /// A foreign name, or an abbreviation, behind the head: `chiến dịch Wigwam`, `chương trình EPS`, `sáng kiến Made in
    /// Trung Du`.
    fn foreign(self, at: usize, start: usize, head: &Head) -> Option<Named> {
        let (tokens, words) = (self.tokens, self.words);
        let first = tokens.get(start);
        let strange = first.is_word()
            && first.case != Case::Lower
            && (first.case != Case::Capital || parse_syllable(tokens.str(start)).is_none());
        let end = self.foreign_end(start);
        let name = start..end;
        // Bodies, countries, and people whose plan it is; `chương trình THPT` is that of all schools.
        let other = [&words.bodies, &words.abroad, &words.strange]
            .iter()
            .any(|it| longest(it, tokens, start).is_some());
        let letters = tokens.str(start).len() == 1;
        if !strange || other || end == start || letters && end == start + 1 {
            return None;
        }
        let before = tokens.before(at, 1);
        let fits = match head.class {
            Class::Movement | Class::Campaign | Class::Scheme => true,
            Class::Show => self.is_unstaged(&name, &(at..end)),
            // `eo biển chiến lược Hormuz`, `kế hoạch Brexit`, `oanh tạc cơ chiến lược B-52`
            Class::Plan => {
                let own = !before.is_word() && !before.is_number();
                let first = head.name.starts_with("sáng kiến");
                let leads = own || words.lead.contains(before.id) || self.is_capital(at);
                let theirs = before.id == words.after && !head.name.starts_with("chiến lược");
                first
                    || leads && !theirs && (head.name.starts_with("chiến lược") || end > start + 2)
            }
            _ => false,
        };
        // `chương trình Trump công bố`: somebody's.
        let does = longest(&words.doing, tokens, end).is_some();
        let years = self.years(end);
        (fits && !does).then(|| made(at, head, name, years, "programme.capital"))
    }

    /// The end of a foreign name: capitals, numbers behind them, small words between them.
    fn foreign_end(self, start: usize) -> usize {
        const LONGEST: usize = 8;
        let tokens = self.tokens;
        let mut end = start;
        while end < start + LONGEST && self.years(end).is_none() {
            let (token, next) = (tokens.get(end), tokens.get(end + 1));
            let inside = end > start;
            let foreign = |at: usize| {
                let word = tokens.str(at);
                word.is_ascii() && parse_syllable(word).is_none()
            };
            let upper = tokens.before(end, 1).case == Case::Upper && next.case == Case::Upper;
            end += match token.kind {
                TokenKind::Word if token.case != Case::Lower => 1,
                // `Cash back`
                TokenKind::Word if inside && foreign(end) => 1,
                // `Passage to ASEAN`
                TokenKind::Word if inside && next.has_capital() && foreign(end + 1) => {
                    if tokens.str(end).is_ascii() && token.span.len() <= 3 { 2 } else { break }
                }
                // `EB-5`, `Plus 3`; but `EMTN 1 tỷ đồng`
                TokenKind::Number
                    if inside
                        && tokens.before(end, 1).is_word()
                        && !self.words.counted.contains(next.id) =>
                {
                    1
                }
                TokenKind::Mark('-') if inside && next.is_number() && next.glued => 2,
                TokenKind::Mark('-') if inside && next.has_capital() && (next.glued || upper) => 2,
                // `VNPT 4.0`
                TokenKind::Mark('.')
                    if tokens.before(end, 1).is_number()
                        && token.glued
                        && next.is_number()
                        && next.glued =>
                {
                    2
                }
                // `McCain/Kerry`, `Jeanne d’Arc`
                TokenKind::Mark('/') if inside && next.has_capital() => 2,
                TokenKind::Mark('’' | '\'') if inside && next.is_word() && next.span.len() <= 4 => {
                    2
                }
                _ => break,
            };
        }
        end
    }

    /// Whether brackets at `at` call what stands in front of them a programme by its number: `(Đề án 922)`.
    pub(super) fn calls_itself(self, at: usize) -> bool {
        let tokens = self.tokens;
        if !tokens.get(at).is_mark('(') {
            return false;
        }
        let close = |end: usize| tokens.get(end).is_number() && tokens.get(end + 1).is_mark(')');
        longest(&self.words.heads, tokens, at + 1)
            .is_some_and(|(end, _)| close(end) || tokens.id(end) == self.words.nr && close(end + 1))
    }
}
