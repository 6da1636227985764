//! [`Former`]: wards and communes of before July 2025, and what they belong to now.
//!
//! Since 1 July 2025 there are no districts. A text that names a ward's district speaks of the ward of
//! before, and the district tells which of those of one name it is; without one, nothing is said.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use corpus_model::{Mention, Place, Span, Value};
use corpus_text::key;
use rustc_hash::FxHashMap;

use crate::gazetteer::parts;
use crate::pack::Pack;
use crate::table::rows;
use crate::token::Tokens;

/// The ranks of units that lay in districts.
const WARDS: [&str; 3] = ["xã ", "phường ", "thị trấn "];
/// The ranks of districts, as [`key`]s.
const DISTRICTS: [&str; 4] = ["huyện ", "quận ", "thị xã ", "thành phố "];
/// What may stand between a ward and its district.
const JOINTS: [&str; 6] = [", ", " ", " (", " - ", " – ", " thuộc "];

/// The units of before. The table is long and few texts need it, so of its rows only those of a
/// district that a text names are read.
#[derive(Clone, Debug)]
pub(super) struct Former {
    table: Arc<str>,
    /// Where the rows of each district stand, by its name as [`bare`].
    districts: OnceLock<FxHashMap<String, Vec<Range<usize>>>>,
}

/// The unit of today, and its province.
type Now = (String, String);

/// What is told of a ward.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    now: Option<String>,
    province: Option<String>,
}

impl Former {
    pub(super) fn new(pack: &Pack) -> Former {
        Former { table: pack.text("place-former.tsv").into(), districts: OnceLock::new() }
    }

    /// Says of the wards among a text's places, in text order, what they belong to now: those that
    /// stand in front of their district, and those of the same name elsewhere in the text. One that
    /// the table does not settle lies where its district does, whatever has its name today.
    pub(super) fn settle(&self, tokens: &Tokens<'_>, mentions: &mut [Mention]) {
        // None where two wards of the text have one name.
        let mut named: FxHashMap<String, Option<Told>> = FxHashMap::default();
        for at in 0..mentions.len() {
            let behind = mentions.get(at..(at + 3).min(mentions.len())).unwrap_or_default();
            let Some(ward) = behind.first().and_then(ward) else { continue };
            let Some((district, province)) = parents(tokens, behind) else { continue };
            let told = match self.now(ward, &district.name, province.map(|it| &*it.name)) {
                Some((now, province)) => Told { now: Some(now), province: Some(province) },
                None => {
                    let of = province.and_then(|it| it.province.as_ref());
                    Told { now: None, province: of.or(district.province.as_ref()).cloned() }
                }
            };
            named
                .entry(ward.to_owned())
                .and_modify(|known| *known = known.take().filter(|it| *it == told))
                .or_insert(Some(told));
        }
        if named.is_empty() {
            return;
        }
        for mention in mentions {
            if let Value::Place(place) = &mut mention.value
                && let Some(Some(told)) = named.get(&place.name)
            {
                place.now.clone_from(&told.now);
                place.province.clone_from(&told.province);
            }
        }
    }

    /// The unit of today, where all units of before that fit agree.
    fn now(&self, ward: &str, district: &str, province: Option<&str>) -> Option<Now> {
        let districts = self.districts.get_or_init(|| index(&self.table));
        let (ward, province) = (key(ward), province.map(bare));
        let mut found: Option<Now> = None;
        for place in districts.get(&bare(district))? {
            let row = self.table.get(place.clone()).and_then(|line| rows(line).next());
            let Some([then, _, list, unit, of]) = row else { continue };
            let fits = province.as_ref().is_none_or(|it| *it == bare(then))
                && parts(list).any(|it| may_be(it, &ward) && key(it) == ward);
            if !fits {
                continue;
            }
            let of = if of.is_empty() { then } else { of };
            let now = (unit.to_owned(), of.to_owned());
            // It was divided, or there are two of the name.
            if unit.is_empty() || found.as_ref().is_some_and(|it| *it != now) {
                return None;
            }
            found = Some(now);
        }
        found
    }
}

/// Whether a name may have a key: neither case nor the place of a tone mark changes how many bytes a
/// composed name has.
fn may_be(name: &str, key: &str) -> bool {
    /// The first byte of combining marks.
    const MARK: u8 = 0xcc;
    name.len() == key.len() || name.as_bytes().contains(&MARK)
}

fn index(table: &str) -> FxHashMap<String, Vec<Range<usize>>> {
    let mut districts: FxHashMap<String, Vec<Range<usize>>> = FxHashMap::default();
    // Rows of one district stand together.
    let mut last: (&str, String) = ("", String::new());
    let mut at = 0;
    for line in table.split_inclusive('\n') {
        let place = at..at + line.len();
        at = place.end;
        let Some([_, district]) = rows(line).next() else { continue };
        if last.0 != district {
            last = (district, bare(district));
        }
        match districts.get_mut(&last.1) {
            Some(places) => places.push(place),
            None => {
                districts.insert(last.1.clone(), vec![place]);
            }
        }
    }
    districts
}

/// A name as [`key`] without the rank in front.
fn bare(name: &str) -> String {
    let name = key(name);
    let rank = DISTRICTS.iter().chain(&["tỉnh "]).find_map(|rank| name.strip_prefix(rank));
    rank.unwrap_or(&name).to_owned()
}

/// The name of a ward, if the place is one.
fn ward(mention: &Mention) -> Option<&str> {
    let name = &place(mention)?.name;
    WARDS.iter().any(|rank| name.starts_with(rank)).then_some(name)
}

fn place(mention: &Mention) -> Option<&Place> {
    match &mention.value {
        Value::Place(place) => Some(place),
        _ => None,
    }
}

/// The district and the province that stand right behind the first of some places.
fn parents<'m>(
    tokens: &Tokens<'_>,
    places: &'m [Mention],
) -> Option<(&'m Place, Option<&'m Place>)> {
    let behind = |at: usize| {
        let (before, place) = (places.get(at)?, places.get(at + 1)?);
        let gap = before.span.end()..place.span.start();
        let joined =
            gap.start <= gap.end && JOINTS.contains(&tokens.slice(Span::new(gap.start, gap.end)));
        joined.then_some(place)
    };
    let mention = behind(0)?;
    let district = place(mention)?;
    // Cities are named without their rank; `xã Đông Lĩnh, Thanh Hóa` may mean the province.
    let city = || {
        let written = key(tokens.slice(mention.span));
        written.starts_with("tp") || written.starts_with("thành phố ")
    };
    let is_district = DISTRICTS.iter().any(|rank| district.name.starts_with(rank)) || city();
    // `xã A, huyện B, xã C`
    let smaller =
        |it: &&Place| WARDS.iter().chain(&DISTRICTS).any(|rank| it.name.starts_with(rank));
    is_district.then(|| (district, behind(1).and_then(place).filter(|it| !smaller(it))))
}

#[cfg(test)]
mod tests {
    use corpus_model::{Document, MentionKind, Value};

    use crate::{Extractor, Pack, places};

    /// What the first place of a text belongs to now, and its province.
    fn now(text: &str) -> (Option<String>, Option<String>) {
        let (_, place) = places(text).swap_remove(0);
        (place.now, place.province)
    }

    #[test]
    fn a_ward_with_its_district_belongs_somewhere_now() {
        for (text, unit, province) in [
            ("phường Phúc Xá, quận Ba Đình", "phường Hồng Hà", "Hà Nội"),
            ("phường Phúc Xá (quận Ba Đình, Hà Nội)", "phường Hồng Hà", "Hà Nội"),
            ("P. Phúc Xá, Q. Ba Đình, TP. Hà Nội", "phường Hồng Hà", "Hà Nội"),
            ("phường Phạm Ngũ Lão, quận 1, TP. HCM", "phường Bến Thành", "Thành phố Hồ Chí Minh"),
        ] {
            let wanted = (Some(unit.to_owned()), Some(province.to_owned()));
            assert_eq!(now(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_ward_lies_where_its_district_does() {
        // There is a commune of this name elsewhere today.
        for text in ["xã Hòa Long, thành phố Bắc Ninh", "xã Hòa Long, TP. Bắc Ninh, tỉnh Bắc Ninh"]
        {
            assert_eq!(now(text), (None, Some("Bắc Ninh".to_owned())), "{text}");
        }
        let two = "phường Phúc Xá, quận Ba Đình, phường Cống Vị, quận Ba Đình";
        assert_eq!(now(two).0.as_deref(), Some("phường Hồng Hà"));
        assert_eq!(now("xã Hòa Long, huyện Chưa Có").1, None);
    }

    #[test]
    fn a_ward_that_was_divided_or_has_no_district_belongs_nowhere() {
        for text in [
            "phường Cống Vị, quận Ba Đình",
            "phường Phúc Xá",
            "phường Phúc Xá, Hà Nội",
            "phường Phúc Xá, quận Hoàn Kiếm",
            "phường Phúc Xá, quận Ba Đình, tỉnh Sơn La",
        ] {
            assert_eq!(now(text).0, None, "{text}");
        }
    }

    #[test]
    fn a_ward_is_known_again_unless_two_have_its_name() {
        let of = |text: &str| -> Vec<Option<String>> {
            let all = places(text).into_iter();
            all.filter(|it| it.1.name.starts_with("phường")).map(|it| it.1.now).collect()
        };
        let here = Some("phường Hồng Hà".to_owned());
        let text = "Cháy ở phường Phúc Xá, quận Ba Đình. Dân phường Phúc Xá đã về.";
        assert_eq!(of(text), [here.clone(), here]);
        let text = "Cháy ở phường Phúc Xá, quận Ba Đình và phường Phúc Xá, quận Mây.";
        assert_eq!(of(text), [None, None]);
    }

    #[test]
    fn a_pack_adds_wards() {
        let mut pack = Pack::built_in();
        let row = "Sơn La\thuyện Mây\txã Bản Gió|xã Bản Mưa\txã Gió Mưa\t";
        pack.set("place-former.add.tsv", row).unwrap();
        let document = Document::new("1", "Đoàn đến xã Bản Mưa, huyện Mây.");
        let found =
            Extractor::with_pack(&pack).extract_kinds(&document, &[MentionKind::Place]).into_vec();
        let Value::Place(place) = &found[0].value else { panic!("no place") };
        assert_eq!(place.now.as_deref(), Some("xã Gió Mưa"));
    }
}
