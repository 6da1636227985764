use super::*;

#[test]
fn marks_of_items() {
    for words in [
        "1- Tiếp tục",
        "1-Tiếp tục",
        "2. Hai",
        "a) Một",
        "(3) Ba",
        "• Bốn",
        "- Năm",
        "II. Sáu",
        "–Bảy",
    ] {
        assert!(item_mark(words).is_some(), "{words}");
    }
    for words in [
        "1.000 người",
        "2-3 ngày",
        "U-23 Việt Nam",
        "17,6 tỷ",
        "-5 độ",
        "2014. Năm",
        "-",
        "",
        "A.",
        "(2014) năm",
    ] {
        assert!(item_mark(words).is_none(), "{words}");
    }
}

#[test]
fn carriage_returns_end_lines() {
    let check = |text: &str| {
        let found = lines(text, Span::new(0, text.len()));
        found.iter().map(|it| (text[it.start..it.end].to_owned(), it.apart)).collect::<Vec<_>>()
    };
    let expected = vec![("a".to_owned(), false), ("b".to_owned(), false), ("c".to_owned(), true)];
    assert_eq!(check("a\nb\n\nc"), expected);
    assert_eq!(check("a\r\nb\r\n\r\nc\r\n"), expected);
    assert_eq!(check("a\rb\r\rc"), expected);
}
