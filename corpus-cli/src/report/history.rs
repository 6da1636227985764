//! Who held high office and is long dead: newspapers name them with it still, which dates nothing.

use corpus_text::key;

/// A name, what the office begins with, and the year of death: public facts. Offices that only the dead man
/// of that name has held are named alone, since namesakes hold others.
const DEAD: &[(&str, &str, i32)] = &[
    ("Hồ Chí Minh", "chủ tịch", 1969),
    ("Tôn Đức Thắng", "chủ tịch", 1980),
    ("Trường Chinh", "tổng bí thư", 1988),
    ("Trường Chinh", "chủ tịch", 1988),
    ("Lê Duẩn", "tổng bí thư", 1986),
    ("Nguyễn Văn Linh", "tổng bí thư", 1998),
    ("Đỗ Mười", "tổng bí thư", 2018),
    ("Lê Khả Phiêu", "tổng bí thư", 2020),
    ("Trần Phú", "tổng bí thư", 1931),
    ("Lê Hồng Phong", "tổng bí thư", 1942),
    ("Hà Huy Tập", "tổng bí thư", 1941),
    ("Nguyễn Văn Cừ", "tổng bí thư", 1941),
    ("Huỳnh Thúc Kháng", "quyền chủ tịch", 1947),
    ("Phạm Văn Đồng", "thủ tướng", 2000),
    ("Võ Văn Kiệt", "thủ tướng", 2008),
    ("Võ Nguyên Giáp", "đại tướng", 2013),
    ("Nguyễn Chí Thanh", "đại tướng", 1967),
    ("Kaysone Phomvihane", "chủ tịch", 1992),
    ("Souphanouvong", "chủ tịch", 1995),
    ("Mao Trạch Đông", "chủ tịch", 1976),
    ("Chu Ân Lai", "thủ tướng", 1976),
    ("Kim Nhật Thành", "chủ tịch", 1994),
    ("Fidel Castro", "chủ tịch", 2016),
    ("John F. Kennedy", "tổng thống", 1963),
    ("Richard Nixon", "tổng thống", 1994),
    ("Ronald Reagan", "tổng thống", 2004),
];

/// Whether whoever held this office was dead in a year.
pub(super) fn is_dead(name: &str, office: &str, year: i32) -> bool {
    // Most names are of people who live.
    let dead = |it: &&(&str, &str, i32)| it.2 < year && key(it.0) == key(name);
    DEAD.iter().filter(dead).any(|(_, head, _)| key(office).starts_with(*head))
}

#[cfg(test)]
mod tests {
    use super::is_dead;

    #[test]
    fn the_dead_are_told_by_name_office_and_year() {
        assert!(is_dead("Hồ Chí Minh", "Chủ tịch", 2016));
        assert!(is_dead("Hồ Chí Minh", "Chủ tịch nước", 1970));
        assert!(!is_dead("Hồ Chí Minh", "Chủ tịch", 1955));
        assert!(!is_dead("Trần Phú", "giám đốc công ty", 2016));
        assert!(!is_dead("Trần Phú Minh", "Tổng Bí thư", 2016));
    }
}
