use std::fmt::Write as _;

use super::Described;
use crate::Reader;

/// What a description finds in an input: ids, fields and blocks of each document, and errors.
fn found(description: &str, input: &str) -> String {
    let format = Described::read(&format!("name = \"a\"\n{description}")).unwrap();
    let mut reader = Reader::new(&format, input.as_bytes());
    let mut page = String::new();
    for document in reader.documents() {
        match document {
            Ok(document) => {
                let metadata = &document.metadata;
                // The id is told where the record gives one.
                let id = Some(document.id()).filter(|id| !id.starts_with("stdin"));
                let fields = [
                    ("id", id.map(str::to_owned)),
                    ("title", metadata.title.clone()),
                    ("byline", metadata.byline.clone()),
                    ("date", metadata.published.map(|it| it.to_string())),
                ];
                for (name, value) in fields {
                    if let Some(value) = value {
                        write!(page, "{name}={value}|").unwrap();
                    }
                }
                for (name, value) in &metadata.extra {
                    write!(page, "+{name}={value}|").unwrap();
                }
                for block in document.blocks() {
                    let words = document[block.span].replace('\n', "/");
                    write!(page, "{}:{words}|", block.kind).unwrap();
                }
            }
            Err(error) => write!(page, "{error}").unwrap(),
        }
        page.push('\n');
    }
    assert!(reader.ledger().closes());
    page
}

#[test]
fn the_line_that_a_record_begins_with_may_be_no_part() {
    let description = "\
        [record]\nbegins = '#+ BÀI \\d+'\n\
        [[part]]\nheaders = 'Tiêu đề: (?<title>.+)'\n\
        [text]\nfind = 'lines'\n";
    let input = "## BÀI 1\nTiêu đề: Mưa\nTrời mưa.\n## BÀI 2\nĐường trơn.\n";
    assert_eq!(
        found(description, input),
        "title=Mưa|boilerplate:## BÀI 1|boilerplate:Tiêu đề:|title:Mưa|paragraph:Trời mưa.|\n\
         paragraph:## BÀI 2|paragraph:Đường trơn.|\n"
    );
}

#[test]
fn the_line_that_a_record_begins_with_may_have_fields() {
    let description = "\
        [record]\nbegins = '## BÀI (?<id>\\d+)'\n\
        [[part]]\nfield = 'title'\nlines = 1\n\
        [text]\nfind = 'lines'\n";
    assert_eq!(
        found(description, "## BÀI 7\nMưa\nTrời mưa.\n"),
        "id=7|title=Mưa|boilerplate:## BÀI|boilerplate:7|title:Mưa|paragraph:Trời mưa.|\n"
    );
    // A part that fits the line has it, as in `tests/described/wiki-doc.toml`.
    let description = "\
        [record]\nbegins = '## BÀI (?<id>\\d+)'\n\
        [[part]]\nline = '## BÀI (?<number>\\d+)'\n\
        [text]\nfind = 'lines'\n";
    assert_eq!(
        found(description, "## BÀI 7\nTrời mưa.\n"),
        "+number=7|boilerplate:## BÀI|boilerplate:7|paragraph:Trời mưa.|\n"
    );
}

#[test]
fn the_line_that_a_record_ends_with_is_no_text() {
    let input = "Trời mưa.\nHết bài 7\nĐường trơn.\nHết bài 8\n";
    let lines = "[text]\nfind = 'lines'\n";
    for part in ["", "[[part]]\nfield = 'text'\n", "[[part]]\nfield = 'text'\nuntil = 'Nguồn'\n"]
    {
        assert_eq!(
            found(&format!("[record]\nends = 'Hết bài \\d+'\n{part}{lines}"), input),
            "paragraph:Trời mưa.|boilerplate:Hết bài 7|\n\
             paragraph:Đường trơn.|boilerplate:Hết bài 8|\n",
            "{part}"
        );
        assert_eq!(
            found(&format!("[record]\nends = 'Hết bài (?<id>\\d+)'\n{part}{lines}"), input),
            "id=7|paragraph:Trời mưa.|boilerplate:Hết bài|boilerplate:7|\n\
             id=8|paragraph:Đường trơn.|boilerplate:Hết bài|boilerplate:8|\n",
            "{part}"
        );
    }
}

#[test]
fn the_line_that_a_field_ends_in_front_of_may_have_fields() {
    let description = "\
        [[part]]\nfield = 'text'\nuntil = 'Từ khóa: (?<tags>.+)'\n\
        [text]\nfind = 'lines'\n";
    assert_eq!(
        found(description, "Trời mưa.\nTừ khóa: mưa, bão\nIn bài\n"),
        "+tags=mưa, bão|paragraph:Trời mưa.|boilerplate:Từ khóa:|boilerplate:mưa, bão|boilerplate:In bài|\n"
    );
}

#[test]
fn the_text_ends_where_parts_behind_it_begin() {
    let description = "\
        [[part]]\nfield = 'text'\n\
        [[part]]\nline = 'Nguồn: (?<source>.+)'\noptional = true\n\
        [[part]]\nheaders = ['Từ khóa: (?<tags>.+)', 'Tác giả: (?<byline>.+)']\n\
        [text]\nfind = 'lines'\n";
    for (tail, wanted) in [
        ("Nguồn: Đài xã\nTác giả: An\n", "byline=An|+source=Đài xã|"),
        ("Từ khóa: mưa\nTác giả: An\n", "byline=An|+tags=mưa|"),
        ("Tác giả: An\n", "byline=An|"),
        ("", ""),
    ] {
        let page = found(description, &format!("Trời mưa.\nĐường trơn.\n{tail}"));
        let wanted = format!("{wanted}paragraph:Trời mưa.|paragraph:Đường trơn.|");
        assert!(page.starts_with(&wanted), "{page}");
        assert_eq!(page.matches("paragraph:").count(), 2, "{page}");
    }
    // What looks like it further in front is text.
    assert_eq!(
        found(description, "Nguồn: Ba\nTrời mưa.\nTác giả: An\n\nTừ khóa: mưa\nIn bài\n"),
        "byline=An|+tags=mưa|paragraph:Nguồn: Ba|paragraph:Trời mưa.|boilerplate:Tác giả:|byline:An|\
         boilerplate:Từ khóa:|boilerplate:mưa|boilerplate:In bài|\n"
    );
}

#[test]
fn fields_may_have_the_names_that_tables_have_for_them() {
    let description = "\
        [[part]]\nheaders = ['Đăng: (?<published>.+)', 'Tác giả: (?<author>.+)', 'Giờ: (?<time>.+)']\n\
        [[part]]\nfield = 'body'\n\
        [text]\nfind = 'lines'\n";
    let page = found(description, "Đăng: 29/08/2018 07:15\nTác giả: An\nGiờ: 7\nTrời mưa.\n");
    assert!(page.starts_with("byline=An|date=2018-08-29T07:15|+time=7|"), "{page}");
    assert!(page.ends_with("|paragraph:Trời mưa.|\n"), "{page}");

    // Where a field has its own name, another is what it was called.
    let both = "\
        [[part]]\nheaders = ['Người viết: (?<byline>.+)', 'Tác giả ảnh: (?<author>.+)']\n\
        [text]\nfind = 'lines'\n";
    let page = found(both, "Người viết: An\nTác giả ảnh: Ba\nTrời mưa.\n");
    assert!(page.starts_with("byline=An|+author=Ba|"), "{page}");
}

#[test]
fn lines_of_no_record_are_separators() {
    let description = "\
        [record]\nseparator = 'KẾT XUẤT .*'\nbegins = '## (?<id>\\d+)'\n\
        [text]\nfind = 'lines'\n";
    assert_eq!(
        found(description, "KẾT XUẤT 30/08/2018\n## 1\nTrời mưa.\n"),
        "id=1|boilerplate:1|paragraph:Trời mưa.|\n"
    );
    assert_eq!(
        found(description, "Kết xuất\n## 1\n"),
        "line 1, byte 0: no line that a record begins with: '## (?<id>\\d+)'\n\
         id=1|boilerplate:1|\n"
    );
}

#[test]
fn links_stand_under_a_label_that_a_rule_names() {
    let input = "Chợ phiên mở lại sáng 15/3.\nTin liên quan:\nChợ đầu mối đóng cửa\nĐường vào chợ\n\
                 Bà con phấn khởi vì chợ mở lại sau hai năm.\n";
    let found_by = |rule: &str| {
        let page = found(&format!("[text]\nfind = 'body'\n{rule}"), input);
        assert!(
            page.ends_with("|paragraph:Bà con phấn khởi vì chợ mở lại sau hai năm.|\n"),
            "{page}"
        );
        page.matches("related_link:").count()
    };
    assert_eq!(found_by(""), 2);
    assert_eq!(found_by("[[block]]\nkind = 'boilerplate'\nlines = 'Tin liên quan:'\n"), 2);
    assert_eq!(found_by("[[block]]\nkind = 'related_link'\npatterns = 'Tin .*:'\n"), 3);
    let own = input.replace("Tin liên quan", "Trong cùng loạt bài");
    let rule =
        "[text]\nfind = 'body'\n[[block]]\nkind = 'related_link'\nlines = 'Trong cùng loạt bài:'\n";
    assert_eq!(found(rule, &own).matches("related_link:").count(), 3);
}

#[test]
fn marks_of_letters_may_stand_by_themselves() {
    let description = "\
        [record]\nbegins = 'Bài \\d+'\n\
        [[part]]\nheaders = ['Tiêu đề: (?<title>.+)', 'Tác giả: (?<byline>.+)']\n\
        [text]\nfind = 'lines'\n\
        [[block]]\nkind = 'caption'\npatterns = 'Ảnh: .+'\n";
    let composed = "Bài 1\nTiêu đề: Ấp mới\nTác giả: Võ\nẢnh: Cầu\nTrời mưa.\nBài 2\nNắng.\n";
    let apart = |text: &str| {
        let marks =
            [("à", "a\u{300}"), ("ề", "e\u{302}\u{300}"), ("ê", "e\u{302}"), ("á", "a\u{301}")];
        let marks =
            marks.into_iter().chain([("ả", "a\u{309}"), ("Ả", "A\u{309}"), ("õ", "o\u{303}")]);
        marks.fold(text.to_owned(), |text, (letter, parts)| text.replace(letter, parts))
    };
    let page = found(description, composed);
    assert_eq!(found(description, &apart(composed)), apart(&page));
    assert_eq!(found(&apart(description), composed), page);
    assert!(page.starts_with("title=Ấp mới|byline=Võ|"), "{page}");
}
