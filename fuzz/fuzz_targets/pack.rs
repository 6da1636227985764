//! Tables of a pack: a table is taken or told, and what is taken finds pieces of a text.
//!
//! The first byte chooses the table, and whether it is added to or replaced.
#![no_main]

use corpus_extract::{Extractor, Pack};
use corpus_fuzz::{check_spans, choice_and_text};
use corpus_model::Document;
use libfuzzer_sys::fuzz_target;

const TEXT: &str = "Ngày 3/2, theo Nghị quyết số 12-NQ/TW của Bộ Chính trị và Luật Đất đai 2013, UBND tỉnh Hà Nam sửa đổi, \
    bổ sung Điều 2 Quyết định 45/2019/QĐ-UBND; ông Lê Văn An, Bí thư Tỉnh ủy, nói: “Sẽ chi 3 tỷ đồng.”";

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = choice_and_text(data) else { return };
    let mut pack = Pack::built_in();
    let tables: Vec<&str> = pack.tables().map(|table| table.0).collect();
    let name = tables[choice / 2 % tables.len()];
    let name = if choice % 2 == 0 { name.replacen('.', ".add.", 1) } else { name.to_owned() };
    match pack.set(&name, text) {
        Ok(()) => {
            let extractor = Extractor::with_pack(&pack);
            // What the table speaks of stands in the text, too.
            let text = format!("{TEXT}\n\n{}", text.replace('\t', " "));
            let found = extractor.extract(&Document::new("1", text.as_str()));
            check_spans(&text, found.iter().map(|it| it.span));
        }
        Err(error) => assert!(error.to_string().contains(&name), "{error}"),
    }
});
