//! Time that grows with the length of a text and no faster, whatever the text.
//!
//! Clocks tell little on a machine with other work, so looks at tokens are counted: four times the
//! text may take a little more than four times the looks, for a rule that looks far ahead does so in
//! the longer text only.

use corpus_model::Document;

use super::Extractor;
use crate::token::looks;

/// Repeated, each makes a rule look at the same words again and again, if it is careless.
const PIECES: &[&str] = &[
    "2 nội dung: 1) a, 2) b, ",
    "2 nội dung: (1) a, (2) b, ",
    "hai việc: một là, a, hai là, b, ",
    "2 nước là ",
    "2 nước là A và ",
    "2 nước, gồm A, 5 tuổi và B, 6 tuổi ",
    "3 nước (A, ",
    "3 nước (A, B và C) ",
    "3 nước - A - ",
    "3 nước A - b và ",
    "3 nước: một con và hai con, ",
    "hai nước mà A, và ",
    "2 năm 2015, ",
    "30 nước, gồm A, B, ",
    "5 nước mà a, từ A, B và ",
    "2 nước A, b và C, d, ",
    "hai đảng Cộng hòa và ",
    "hai phần phía a và phía b và ",
    "hai đảng Cộng hòa - ",
    "7 nước (G7, gồm A, ",
    "hai bão số 8 và số ",
    "2 việc là a, ở b và ",
    "hai việc: a hoặc b và ",
    "3 người: A B, c; A C và A D và ",
    "Bể thứ nhất là a. Bể thứ hai là b. ",
    "2 nước, 1 là a và 2 là b, ",
    "2 người A B, quê C, ",
    "2 người là A B, 5 tuổi, quê C, ",
    "3 người A B (5 tuổi), trú C, xã D, ",
    "hai khu, khu A, ",
    "hai chiều a b - a ",
    "3 tấm (a; b; ",
    "3 mức 1 năm, 2 năm và ",
    "3 người A B, A C cùng ",
    "Ba nước mà a là b, c và d. ",
    "Trung tâm a là ",
    "2 nước. Đó là ",
    "Điều 1, ",
    "Điều 1, 2, 3, ",
    "ông A ",
    "ông A, ",
    "(",
    "“",
    "1",
    "1.",
    "1,",
    "ngày ",
    "ngày 1 ",
    "Nguyễn ",
    "Nguyễn Văn ",
    "A B ",
    "Hội ",
    "Sở Y tế và ",
    "Bí thư ",
    "Bí thư Huyện ủy, ",
    "Phó Bí thư, Chủ tịch ",
    "tại ",
    "tại Hà Nội ",
    "Ngày 1/1/2015 tại tại tại ",
    "hội nghị ",
    "Ngày 1/1/2015 hội nghị ",
    "Nghị quyết này ",
    "phong trào ",
    "phong trào “",
    "phong trào “A b c” ",
    "“A b c”, ",
    "phong trào a b c, ",
    "Chương trình xây dựng a ",
    "theo Chương trình xây dựng a, ",
    "Đề án 135 ",
    "chiến dịch Wigwam ",
    "chiến dịch W-",
    "chương trình Ef to Ef to ",
    "đề án a b c (Đề án 1) ",
    "kế hoạch phát triển kinh tế - xã hội năm 2018 ",
    "“Năm a ",
    "Tháng hành động vì ",
    "Luật Đất đai 2013 ",
    "Điều 1 của Luật này ",
    "Quyết định 217-QĐ/TW, ",
    "Nghị quyết số 25-NQ/TW ngày 1/1/2015 của ",
    "sửa đổi, ",
    "sửa đổi Nghị định 1/2015/NĐ-CP ",
    "Ảnh: ",
    "Hải ",
    "ông Nguyễn Văn Hải, Hải ",
    "John Smith ",
    "- ",
    "a-b-",
    "ki-lô-mét-",
    "UBND-",
    "TP. ",
    "1/2/",
    "1-1-",
    "1%-",
    ", ",
    ". ",
    "; ",
    "và ",
    "của ",
    "Công ty TNHH thương mại ",
    "Hiệp hội Lúa gạo (HHLG) ",
    "đầu đầu ",
    "sáng sáng ",
    "thứ thứ ",
    "một ",
    "một trăm ",
    "linh ",
    "phẩy ",
    "\n",
    "\n1. ",
    "\n- ",
    "\na) ",
    "Ban Ban ",
    "của Bộ ",
    "Chủ tịch UBND tỉnh Sơn La ",
    "“Hải” ",
    "ABC ",
    "các Nghị quyết 1, 2, 3 và ",
    "về việc ",
    "Tết ",
    "năm 2015, 2016, ",
    "ông An, 5 tuổi, là a, ",
    "ông An đã giữ vị trí ",
    "ông An - trưởng khoa a, b ",
    "2 phó chủ tịch là các ông ",
    "người phát ngôn của chủ tịch xã a ",
    "ông An gặp bí thư, ",
];

/// In bytes. No rule looks farther ahead, and four times as much is no document so long that its
/// beginning is read once more for its date.
const SHORT: usize = super::DATED_BYTES / 4;

#[test]
fn four_times_the_text_takes_four_times_the_looks() {
    let extractor = Extractor::built_in();
    let mut wrong = Vec::new();
    for piece in PIECES {
        let looks = |bytes: usize| {
            let document = Document::new("t", piece.repeat(bytes / piece.len()));
            looks::of(|| {
                let found = extractor.extract(&document);
                extractor.explain(&document, found.as_slice());
            })
        };
        let (short, long) = (looks(SHORT), looks(4 * SHORT));
        if long * 10 > short * 45 {
            wrong.push(format!("{piece:?}: {short} looks, {long} in four times the text"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
