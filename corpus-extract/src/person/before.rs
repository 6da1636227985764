//! Offices in front of a name.

use std::ops::Range;

use super::lexicon::Address;
use super::resolve::Found;
use super::{Rules, Step, name, office};
use crate::gazetteer::longest;
use crate::token::{Case, TokenKind, Tokens};

/// Who holds the offices in front of a name.
struct Holder {
    name: Range<usize>,
    address: Option<Range<usize>>,
    /// Whether a comma stands in front of the form of address.
    comma: bool,
}

impl Rules {
    /// Offices that stand before a name, one or more, and the name if one follows.
    pub(super) fn with_office(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        honorific: Option<Range<usize>>,
    ) -> Step {
        let words = &self.lexicon.words;
        let mut offices = Vec::new();
        let mut next = at;
        let before = tokens.before(at, 1);
        let number = before.is_number() && before.digits() <= 2;
        let plural = self.lexicon.plurals.contains(before.id)
            || number && tokens.number(at - 1).is_some_and(|it| it > 1);
        let sought = self.is_behind(&self.lexicon.sought, tokens, at);
        // A sequence longer than any list of one person's offices is cut, to keep the time linear.
        const MOST: usize = 8;
        while let Some(office) =
            office::office(&self.lexicon, tokens, next).filter(|_| offices.len() < MOST)
        {
            next = office.range.end;
            let follows = office.name_follows;
            offices.push(office.range);
            if follows {
                break;
            }
            // `… không phải là Ủy viên Trung ương Đảng - Bộ trưởng …`: somebody else is.
            let denied = tokens.before(at, 1).id == words.la && !tokens.get(next).is_mark(',');
            let next_office =
                self.next_office(tokens, next).or_else(|| self.last_office(tokens, &offices));
            match next_office.filter(|_| !denied) {
                Some(start) => next = start,
                None => break,
            }
        }
        let scanned = offices.last().map_or(at + 1, |office| office.end);
        if let [office] = offices.as_slice()
            && let Some(step) = self.serving(tokens, office)
        {
            return step;
        }
        let Some(holder) = self.holder(tokens, at..scanned, &offices, plural) else {
            return Step::Skip(scanned);
        };
        let Holder { name: Range { start: name, end: name_end }, address, comma } = holder;
        let honorific = address.or(honorific);
        // `các Ủy viên Bộ Chính trị, Thủ tướng …`: the first is of many.
        if plural && offices.len() > 1 {
            offices.remove(0);
        }
        // `5 đề cử Ủy viên gồm ông An, ông Bình và ông Cường`.
        let many = plural || tokens.get(scanned).id == words.gom;
        let shared = offices.first().cloned().filter(|_| many && offices.len() == 1);
        // `Theo Thủ tướng Đức, Tổng thống Mỹ …`: the first is somebody else's.
        let others = offices.windows(2).rposition(|pair| match pair {
            [one, next] => office::are_rivals(&self.lexicon, tokens, one, next),
            _ => false,
        });
        if let Some(last) = others {
            offices.drain(..=last);
        }
        // `ứng viên tổng thống Mỹ …`: the name is that of one who does not hold it.
        if sought {
            offices.clear();
        }
        // `trợ lý của Trump`: the name is not that of who holds it.
        // `phu nhân Chủ tịch nước Nguyễn Thị Hoa` names her, `phu nhân Thủ tướng Lê Văn An` him.
        if self.is_behind(&self.lexicon.spouses, tokens, at)
            && (tokens.get(name + 1).id == words.thi || comma)
        {
            offices.clear();
        }
        if offices.last().is_some_and(|office| tokens.before(office.end, 1).id == words.cua) {
            offices.clear();
        }
        let mut person = Found::new(name..name_end);
        person.honorific = honorific;
        person.offices = offices;
        match (self.finish(tokens, person, name_end), shared) {
            (Step::Person(first, end), Some(office)) if end == name_end => {
                self.listed(tokens, first, &office, end)
            }
            (step, _) => step,
        }
    }

    /// Who holds the offices in front of them that stand at a range: the name behind it, or behind a
    /// mark and a form of address.
    fn holder(
        &self,
        tokens: &Tokens<'_>,
        told: Range<usize>,
        offices: &[Range<usize>],
        plural: bool,
    ) -> Option<Holder> {
        let words = &self.lexicon.words;
        let mut name = self.behind_abbreviation(tokens, told.end);
        let then = [words.khi, words.luc].contains(&tokens.get(name).id)
            && [words.do_, words.ay].contains(&tokens.get(name + 1).id);
        name += if then { 2 } else { 0 };
        // `cách chức Bí thư Huyện ủy đối với ông An`.
        let toward = tokens.get(name).id == words.doi
            && tokens.get(name + 1).id == words.voi
            && self.address(tokens, name + 2).is_some();
        name += if toward { 2 } else { 0 };
        // `giám mục người Tây Ban Nha John Smith`.
        if tokens.get(name).id == words.nguoi
            && let Some((end, ())) = longest(&self.lexicon.abroad, tokens, name + 1)
        {
            name = end;
        }
        // `Với cương vị Phó Chủ tịch UBND tỉnh (từ 2011 đến 2014), bà Lan …`.
        let aside = self.behind_aside(tokens, name);
        let full = |at| {
            name::full(&self.lexicon, tokens, at, true)
                .or_else(|| name::foreign(&self.lexicon, tokens, at).filter(|end| *end > at + 1))
        };
        let organised = !plural && offices.iter().any(|office| office.len() > 2);
        // `Đồn trưởng biên phòng Cần Giờ (TP HCM) Lê Văn An`, `Bộ trưởng Công an (khi đó) …`.
        let first = tokens.get(name + 1);
        let placed = first.is_capitalised() || [words.khi, words.luc].contains(&first.id);
        let named = organised && placed && full(aside).is_some();
        if aside > name && (tokens.get(aside).is_mark(',') || named)
            || ['-', '–'].into_iter().any(|mark| tokens.get(aside).is_mark(mark))
        {
            name = aside;
        }
        if let Some(end) = self.behind_place(tokens, name) {
            name = end;
        }
        if plural {
            name = self.behind_plural(tokens, name);
        }
        let dash = ['-', '–', ':'].into_iter().any(|mark| tokens.get(name).is_mark(mark));
        let comma = tokens.get(name).is_mark(',');
        let copula = [words.la, words.gom].contains(&tokens.get(name).id);
        let between = usize::from(dash || comma || copula);
        // `Bộ trưởng ông …`, `Chủ tịch UBND tỉnh - ông …`: a form of address may stand between.
        let addressed = self.address(tokens, name + between);
        let address = addressed.map(|(end, _)| name + between..end);
        let name_end;
        if let Some(address) = address.as_ref().filter(|_| comma) {
            name = address.end;
            // `Bộ trưởng Tư pháp Mỹ, ông Jeff Sessions, …`: somebody of whom the office is told.
            let closed = |end: &usize| {
                matches!(tokens.get(*end).kind, TokenKind::Mark(',' | '.' | ')') | TokenKind::Break)
            };
            // `Tư lệnh lục quân, đại tướng …` needs no end.
            let ranked = addressed.is_some_and(|(_, address)| address == Address::Title);
            name_end = if self.tells_subject(tokens, told.start) {
                self.name_after(tokens, name, true)
            } else {
                full(name).filter(|end| ranked || closed(end)).filter(|_| offices.len() == 1)
            }
            .filter(|_| organised);
        } else if let Some(address) = &address {
            name = address.end;
            name_end = self.name_after(tokens, name, true).or_else(|| name::initials(tokens, name));
        } else if (comma || dash) && organised {
            // `Chủ tịch hãng nghiên cứu Alpha, John Smith nhận định`, `Chủ tịch FED - John Smith -`.
            name += 1;
            // `theo Bộ trưởng Nội vụ nước này, Theresa May, …`
            // `dẫn lời người phát ngôn sân bay, John Smith, …`
            let source =
                [words.theo, words.tu, words.loi].contains(&tokens.before(told.start, 1).id);
            name_end = full(name).filter(|&end| {
                let closed = matches!(
                    tokens.get(end).kind,
                    TokenKind::Mark(',' | '.' | ')') | TokenKind::Break
                );
                comma && source && closed
                    || !tokens.get(name - 1).glued
                        && dash
                        && ['-', '–', ','].into_iter().any(|mark| tokens.get(end).is_mark(mark))
                    || self.tells_subject(tokens, told.start) && self.acts(tokens, end)
            });
        } else if copula && (then || organised) && tokens.get(name).id == words.la {
            // `Bộ trưởng Tư pháp khi đó là John Smith`.
            name += 1;
            name_end = full(name);
        } else {
            name += usize::from(plural && tokens.get(name).is_mark(':'));
            name_end = self.name_after(tokens, name, true);
        }
        name_end.map(|end| Holder { name: name..end, address, comma })
    }

    /// Whether what begins at a token is the subject of its sentence, or is said of it: the first
    /// words, those behind a quotation or `Sáng 5/8,`, or behind `với cương vị`.
    fn tells_subject(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        if name::starts_sentence(tokens, at)
            || self.is_behind_within(5, &self.lexicon.taking, tokens, at)
        {
            return true;
        }
        // `Là giám đốc Sở Y tế, bà Lan …`, `Từng là …`.
        if tokens.before(at, 1).id == self.lexicon.words.la
            && (1..=3).any(|back| back <= at && name::starts_sentence(tokens, at - back))
        {
            return true;
        }
        const LONGEST: usize = 16;
        let mark = tokens.before(at, 1);
        // `“…” - Giám đốc Công an tỉnh, ông An nói`.
        if mark.is_mark('-') || mark.is_mark('–') {
            return !mark.glued && matches!(tokens.before(at, 2).kind, TokenKind::Mark(_));
        }
        // Behind the first comma of a sentence.
        mark.is_mark(',')
            && (2..LONGEST)
                .take_while(|&back| back <= at + 1 && !tokens.before(at, back).is_mark(','))
                .any(|back| name::starts_sentence(tokens, at + 1 - back))
    }

    /// Whether the person whose name ends in front of a token says or does something there.
    pub(super) fn acts(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let token = tokens.get(at);
        longest(&self.lexicon.said, tokens, at).is_some()
            || self.lexicon.acting.contains(token.id)
            || token.is_mark('(')
            || token.is_mark(',')
                && tokens.get(at + 1).case == Case::Lower
                && longest(&self.lexicon.addresses, tokens, at + 1).is_none()
                && !office::begins_office(&self.lexicon, tokens, at + 1)
    }

    /// The token behind a parenthesis of a few words at `at`, which says where or when; else `at`.
    fn behind_aside(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        const LONGEST: usize = 16;
        if !tokens.get(at).is_mark('(') {
            return at;
        }
        (at + 1..at + LONGEST)
            .take_while(|&at| !tokens.get(at).is_break() && !tokens.get(at).is_mark('('))
            .find(|&at| tokens.get(at).is_mark(')'))
            .map_or(at, |close| close + 1)
    }

    /// The first name of a list of those who hold an office: behind `là các ông:` of `có 3 thứ trưởng là các
    /// ông: …`; else `at`.
    fn behind_plural(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        let words = &self.lexicon.words;
        let mut next = at + usize::from([words.la, words.gom].contains(&tokens.get(at).id));
        next += usize::from(next > at && tokens.get(next).is_mark(':'));
        let number = tokens.get(next).is_number();
        if next == at || !number && !self.lexicon.plurals.contains(tokens.get(next).id) {
            return at;
        }
        next += 1;
        let mut end = next;
        while let Some((behind, Address::Kin)) =
            longest(&self.lexicon.addresses, tokens, end).map(|(end, kind)| (end, *kind))
        {
            end = behind;
        }
        let colon = usize::from(tokens.get(end).is_mark(':'));
        if end > next && tokens.get(end + colon).is_capitalised() { end + colon } else { at }
    }

    /// The comma or dash behind the places, or the body, that tell where the one of an office lies, in front of a
    /// form of address: `Trưởng Công an phường 5, quận 3, ông …`, `Cục trưởng Cục Báo chí, Bộ Thông tin - ông …`.
    fn behind_place(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        let mut end = at;
        for _ in 0..2 {
            let rank = tokens.get(end).is_mark(',').then(|| {
                longest(&self.lexicon.parts, tokens, end + 1).filter(|(_, part)| part.place)
            });
            let Some((place, _)) = rank.flatten() else {
                let body = tokens.get(end).is_mark(',') && tokens.get(end + 1).is_capitalised();
                let body = body.then(|| office::organization(&self.lexicon, tokens, end + 1));
                match body.flatten().filter(|it| !it.name_follows) {
                    Some(body) => end = body.range.end,
                    None => break,
                }
                continue;
            };
            let number = usize::from(tokens.get(place).is_number());
            let next = name::run(&self.lexicon, tokens, place).max(place + number);
            if next == place {
                break;
            }
            end = next;
        }
        let mark = tokens.get(end);
        let closes = mark.is_mark(',') || (mark.is_mark('-') || mark.is_mark('–')) && !mark.glued;
        (end > at && closes && self.address(tokens, end + 1).is_some()).then_some(end)
    }

    /// The token behind an abbreviation in parentheses: `Cục Điều tra Liên bang (FBI)`.
    pub(super) fn behind_abbreviation(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        let abbreviation = tokens.get(at).is_mark('(')
            && tokens.get(at + 1).is_word()
            && tokens.get(at + 1).case != Case::Lower
            && tokens.get(at + 2).is_mark(')');
        if abbreviation { at + 3 } else { at }
    }

    /// Where the last office of a list of three or more begins: behind `và` in `Phó Bí thư Thành ủy, Chủ tịch
    /// HĐND và đại biểu Quốc hội …`. Those of state are of several people.
    fn last_office(&self, tokens: &Tokens<'_>, offices: &[Range<usize>]) -> Option<usize> {
        let [.., one, last] = offices else { return None };
        let next = last.end + 1;
        let listed = tokens.get(one.end).is_mark(',') && one.end + 1 == last.start;
        let of_state = |at: usize| longest(&self.lexicon.states, tokens, at).is_some();
        let joins = tokens.get(last.end).id == self.lexicon.words.va
            && office::begins_office(&self.lexicon, tokens, next)
            && ![one.start, last.start, next].into_iter().any(of_state);
        (listed && joins).then_some(next)
    }

    /// Where the next office of a list begins: behind a comma, `kiêm`, or both.
    fn next_office(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        let words = &self.lexicon.words;
        let mut next = at;
        let comma = tokens.get(next).is_mark(',');
        next += usize::from(comma);
        // `quyền hiệu trưởng, sau đó là hiệu trưởng …`.
        let later = comma
            && tokens.get(next).id == words.sau
            && tokens.get(next + 1).id == words.do_
            && tokens.get(next + 2).id == words.la;
        next += if later { 3 } else { 0 };
        // `Trưởng đoàn đàm phán - Thứ trưởng Bộ Công Thương Lê Văn An`.
        let dash = ['-', '–'].into_iter().any(|mark| tokens.get(next).is_mark(mark))
            && !tokens.get(next).glued;
        next += usize::from(dash);
        let kiem = tokens.get(next).id == words.kiem;
        next += usize::from(kiem);
        ((comma || dash || kiem) && office::begins_office(&self.lexicon, tokens, next))
            .then_some(next)
    }
}
