//! Offices that nobody holds at once, since they are one at two places.

use corpus_text::key;

/// Whether two offices are the same at two places, so that nobody holds both at a time: `Chủ tịch UBND
/// tỉnh Nghệ An` and `… Hà Tĩnh`.
pub(super) fn are_elsewhere(one: &str, other: &str) -> bool {
    const RANKS: [&str; 10] =
        ["tỉnh", "thành", "phố", "tp", "huyện", "quận", "xã", "phường", "thị", "bang"];
    let split = |text: &str| text.split([' ', '.']).map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (split(one), split(other));
    let same = one.iter().zip(&other).take_while(|(one, other)| key(one) == key(other)).count();
    let place = |words: &[String]| {
        let named = |word: &String| {
            let mut letters = word.chars();
            let capital = letters.next().is_some_and(char::is_uppercase);
            // `FIFA` is no place.
            capital && !letters.any(char::is_uppercase) || RANKS.contains(&key(word).as_ref())
        };
        words.iter().all(named) && words.last().is_some_and(|it| !RANKS.contains(&key(it).as_ref()))
    };
    let rest = |words: &[String]| words.get(same..).is_some_and(place);
    // `Bộ trưởng Y tế` is at no other place than `Bộ trưởng Nội vụ`; a place ends with a name.
    same >= 2 && rest(&one) && rest(&other)
}

#[cfg(test)]
mod tests {
    use super::are_elsewhere;

    #[test]
    fn offices_of_other_fields_are_at_no_other_place() {
        assert!(are_elsewhere("Chủ tịch UBND huyện Mai Châu", "Chủ tịch UBND tỉnh Hòa Bình"));
        assert!(are_elsewhere("Thủ tướng Anh", "Thủ tướng Pháp"));
        assert!(!are_elsewhere("Bộ trưởng Y tế", "Bộ trưởng Nội vụ"));
        assert!(!are_elsewhere("Ủy viên Trung ương Đảng", "Ủy viên Bộ Chính trị"));
        assert!(!are_elsewhere("nguyên Bí thư Tỉnh ủy Nghệ An", "Bí thư Tỉnh ủy Hà Tĩnh"));
    }
}
