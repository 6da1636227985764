use super::*;
use crate::token::Cut;
use corpus_model::Document;

/// The value of the number that the text begins with, and what follows it.
fn read(text: &str) -> Option<(String, String)> {
    let mut vocabulary = Vocabulary::default();
    let numbers = Numbers::new(&mut vocabulary, &Pack::built_in());
    vocabulary.finish();
    let document = Document::new("t", text);
    let cut = Cut::of(&document, &vocabulary);
    let tokens = cut.tokens(0);
    let number = numbers.parse(&tokens, 0)?;
    let rest = text.get(tokens.get(number.end).span.start()..).unwrap_or_default();
    Some((number.value.normalize().to_string(), rest.trim().to_owned()))
}

fn check(text: &str, value: &str, rest: &str) {
    assert_eq!(read(text), Some((value.to_owned(), rest.to_owned())), "{text}");
}

#[test]
fn digits() {
    check("1.600 m", "1600", "m");
    check("17,6 tỷ đồng", "17600000000", "đồng");
    check("50.000", "50000", "");
    check("1.234.567,89", "1234567.89", "");
    check("1,234,567.89", "1234567.89", "");
    check("1,5 triệu", "1500000", "");
    check("1.5 triệu", "1500000", "");
    check("12.000 tỷ", "12000000000000", "");
    check("3000K", "3000000", "");
    check("1,2M", "1200000", "");
    check("-1200K", "-1200000", "");
    check("1tr5", "1500000", "");
    check("10m", "10", "m");
    check("5kg", "5", "kg");
    check("05 người", "5", "người");
    check("3 nghìn tỷ", "3000000000000", "");
    check("1 tỷ 200 triệu đồng", "1200000000", "đồng");
    check("2 triệu rưỡi", "2500000", "");
    check("3 chục", "30", "");
    check("2 trăm", "200", "");
    check("1 phẩy 1", "1.1", "");
    check("99,95 tỷ", "99950000000", "");
    check("2, 3", "2", ", 3");
    check("8. Sau", "8", ". Sau");
    assert_eq!(read("0912345678"), None);
    assert_eq!(read("0912.345.678"), None);
    assert_eq!(read("1.2.3"), None);
    assert_eq!(read("99999999999999999999999999999999999999999999"), None);
}

#[test]
fn words() {
    check("hai mươi mốt", "21", "");
    check("một nghìn không trăm linh một", "1001", "");
    check("mười bảy phẩy sáu tỷ đồng", "17600000000", "đồng");
    check("một trăm hai", "120", "");
    check("một ngàn mốt", "1100", "");
    check("hai triệu ba", "2300000", "");
    check("sáu triệu năm", "6000000", "năm");
    check("một trăm năm", "100", "năm");
    check("hai mươi lăm nghìn ba bảy", "25037", "");
    check("tám trăm rưỡi", "850", "");
    check("một tỷ rưỡi", "1500000000", "");
    check("ba tỷ không trăm linh ba", "3000000003", "");
    check("năm ngàn", "5000", "");
    check("mười lăm", "15", "");
    check("bốn ngàn ba trăm lẻ năm", "4305", "");
    check("một nghìn lẻ tám mươi hai", "1082", "");
    check("chín trăm chín ba chấm lăm", "993.5", "");
    check("hai mươi mốt chấm tư", "21.4", "");
    check("một trăm phẩy không không một", "100.001", "");
    check("ba phẩy bốn năm sáu", "3.456", "");
    check("sáu mươi chấm hai tư", "60.24", "");
    check("không phẩy hai triệu", "200000", "");
    check("chín chín chấm chín lăm tỷ", "99950000000", "");
    check("hai phẩy 23 đô", "2.23", "đô");
    check("âm hai mươi", "-20", "");
    check("hai nghìn tỷ", "2000000000000", "");
    check("sáu lăm inch", "65", "inch");
    check("hai ba người", "2", "ba người");
    check("ba năm", "3", "năm");
    check("trăm người", "100", "người");
    check("nghìn rưỡi", "1500", "");
    check("ba chục", "30", "");
    check("năm mươi nghìn ba trăm", "50300", "");
    check("mười hai trăm", "10", "hai trăm");
    assert_eq!(read("lăm"), None);
    assert_eq!(read("linh hai"), None);
}

/// Every number up to a limit, and a spread beyond it, read aloud and back.
#[test]
fn words_come_back() {
    const DIGITS: [&str; 10] =
        ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    fn below_thousand(n: u64, full: bool) -> String {
        let (hundreds, tens, units) = (n / 100, n / 10 % 10, n % 10);
        let mut words = Vec::new();
        if hundreds > 0 || full {
            words.extend([DIGITS[hundreds as usize], "trăm"]);
        }
        match tens {
            0 if units > 0 && !words.is_empty() => words.push("linh"),
            0 => {}
            1 => words.push("mười"),
            _ => words.extend([DIGITS[tens as usize], "mươi"]),
        }
        match units {
            0 if n > 0 || full => {}
            1 if tens > 1 => words.push("mốt"),
            5 if tens > 0 => words.push("lăm"),
            _ => words.push(DIGITS[units as usize]),
        }
        words.join(" ")
    }
    fn aloud(n: u64) -> String {
        if n == 0 {
            return "không".to_owned();
        }
        let mut parts = Vec::new();
        for (power, name) in [(1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1000, "nghìn"), (1, "")]
        {
            let group = n / power % if power == 1_000_000_000 { 1_000_000 } else { 1000 };
            if group > 0 {
                let words = if group >= 1000 {
                    aloud(group)
                } else {
                    below_thousand(group, !parts.is_empty())
                };
                parts.push(format!("{words} {name}").trim().to_owned());
            }
        }
        parts.join(" ")
    }
    let spread = (0..400u64).map(|step| step * step * step * 7919 * 104_729 % 900_000_000_000_000);
    for n in (0..3000).chain(spread) {
        assert_eq!(read(&aloud(n)), Some((n.to_string(), String::new())), "{}", aloud(n));
    }
}

/// A century with more tens than a byte can count made a debug build panic.
#[test]
fn a_row_of_tens_is_no_numeral() {
    assert_eq!(roman("XXXIX"), Some(39));
    assert_eq!(roman("XXXX"), None);
    assert_eq!(roman(&"X".repeat(300)), None);
}
