use super::*;
use crate::testing::annotated;
use corpus_model::When;

const STORY: &str = "Bão đổ bộ vào miền Trung\n\
    Sáng nay bão số 5 đổ bộ vào các tỉnh miền Trung , gây mưa to .\n\
    Nhiều người dân đã dọn đồ đạc lên cao từ hôm trước .\n\
    Bão số 5 đổ bộ vào các tỉnh miền Trung sáng nay và gây mưa to .\n\
    Hàng nghìn hộ dân ven biển được đưa đến nơi an toàn trước khi bão vào .";

fn sentences(text: &str, n: usize) -> Vec<String> {
    let (document, annotations) = annotated(text);
    summarize(&document, &annotations, n).iter().map(|&it| document[it].to_owned()).collect()
}

fn digest(text: &str, day: &str) -> DocumentDigest {
    let (mut document, annotations) = annotated(text);
    document.metadata.published = When::from_iso(day);
    DocumentDigest::new(&document, &annotations)
}

#[test]
fn what_was_said_is_not_said_again() {
    let summary = sentences(STORY, 2);
    let repeats = summary.iter().filter(|it| it.contains("đổ bộ")).count();
    assert_eq!((summary.len(), repeats), (2, 1), "{summary:?}");
}

#[test]
fn a_document_does_not_repeat_a_sentence_to_reach_its_number() {
    let text = "Tin\nSáng nay bão số 5 đổ bộ vào Quảng Nam .\n\
        Sáng nay , bão số 5 đổ bộ vào Quảng Nam !\n\
        Quảng Nam sáng nay đã cho học sinh nghỉ học .";
    assert_eq!(sentences(text, 3).len(), 2);
    // What has no two neighbouring syllables to be about is still all there is.
    assert_eq!(sentences("Tin\nMưa .", 2), ["Mưa ."]);
}

/// The sentences of a summary of documents without a headline.
fn told(texts: &[&str], syllables: usize) -> Vec<String> {
    let parsed: Vec<_> = texts.iter().map(|it| annotated(&format!("Tin\n{it}"))).collect();
    let digests: Vec<DocumentDigest> =
        parsed.iter().map(|it| DocumentDigest::new(&it.0, &it.1)).collect();
    let summary = summarize_corpus(&digests, syllables);
    summary.iter().map(|it| parsed[it.document].0[it.span].to_owned()).collect()
}

#[test]
fn copies_of_a_sentence_are_told_once() {
    let storm = "Bão số 6 vừa đổ bộ vào Quảng Trị .";
    assert_eq!(told(&[storm; 300], 100), [storm]);
    assert_eq!(told(&[storm; 20], 100), [storm]);
    // The copies leave room for what others tell, even if that is told in few words.
    let rice = "Giá lúa tăng gấp đôi .";
    assert_eq!(told(&[storm, rice, storm], 150), [storm, rice]);
}

#[test]
fn a_sentence_within_another_is_not_told_beside_it() {
    let short = "Bão số 6 vừa đổ bộ vào Quảng Trị .";
    let long = "Bão số 6 vừa đổ bộ vào Quảng Trị và gây mưa rất to suốt đêm .";
    assert_eq!(told(&[short, long, short, short, short], 100), [long]);
}

#[test]
fn the_headline_is_never_chosen() {
    assert!(sentences(STORY, 99).iter().all(|it| it.ends_with('.')));
    assert_eq!(sentences("Chỉ có một tiêu đề dài như thế này .\n", 3), [""; 0]);
}

#[test]
fn captions_fragments_and_list_heads_are_left_out() {
    let text = "Tin\n\
        Người dân dọn dẹp nhà cửa sau cơn bão lớn. Ảnh: Minh Hà/TTXVN .\n\
        Lực lượng cứu hộ đưa người dân ra khỏi vùng ngập, ảnh: Thu Hà .\n\
        Những việc phải làm ngay sau khi bão tan gồm có :\n\
        Theo báo .\n\
        Nước lũ rút chậm nên nhiều xã vẫn còn bị chia cắt .";
    assert_eq!(sentences(text, 1), ["Nước lũ rút chậm nên nhiều xã vẫn còn bị chia cắt ."]);
    // A document of nothing else is summarised by what it has.
    assert_eq!(sentences("Tin\nTheo báo .", 1), ["Theo báo ."]);
}

#[test]
fn a_credit_glued_to_the_first_sentence_does_no_harm() {
    let text = "Tin\nẢnh: Minh Hà Nước lũ rút chậm nên nhiều xã vẫn còn bị chia cắt .";
    assert_eq!(sentences(text, 1).len(), 1);
}

#[test]
fn a_summary_of_many_is_ordered_by_time() {
    let later = digest("Lũ\nHai hôm sau nước lũ rút chậm ở các xã ven sông .", "2014-08-31");
    let earlier = digest("Bão\nSáng nay bão đổ bộ vào các tỉnh miền Trung .", "2014-08-29T07:00");
    let undated = digest("Mưa\nMưa to còn kéo dài ở vùng núi phía bắc đến cuối tuần .", "");
    let summary = summarize_corpus(&[undated, later, earlier], 100);
    let documents: Vec<usize> = summary.iter().map(|it| it.document).collect();
    assert_eq!(documents, [2, 1, 0]);
}

#[test]
fn the_length_is_kept() {
    let digests: Vec<DocumentDigest> = (0..12)
        .map(|n| digest(&format!("Tin\nỞ xã {n}a có {n}b nhà {n}c bị tốc mái vì bão .\n"), ""))
        .collect();
    for wanted in [10, 30, 50, 100] {
        let n = summarize_corpus(&digests, wanted).len() * 12;
        assert!(n.abs_diff(wanted) <= 6, "{n} syllables instead of {wanted}");
    }
    // Less than a sentence is not possible.
    assert_eq!(summarize_corpus(&digests, 1).len(), 1);
    assert_eq!(summarize_corpus(&digests, 0).len(), 0);
    assert_eq!(summarize_corpus(&[], 100).len(), 0);
}

#[test]
fn a_large_corpus_of_late_sentences_has_a_summary() {
    let late = "Nước lũ rút chậm nên nhiều xã vẫn bị chia cắt .";
    let text = format!("Tin\n{}{late}", "Tin ngắn .\n".repeat(9));
    let digests: Vec<DocumentDigest> = (0..50).map(|_| digest(&text, "")).collect();
    let summary = summarize_corpus(&digests, 11);
    assert_eq!((summary.len(), summary[0].span.len()), (1, late.len()));
}

#[test]
fn what_every_report_says_is_not_what_a_large_corpus_is_about() {
    // In each document: its own incident, then the phrase of all; ten tell of one incident.
    let digests: Vec<DocumentDigest> = (0..400)
        .map(|n| {
            let what = match n % 40 {
                0 => {
                    "Cháy chợ lớn nhất thành phố làm hàng trăm gian hàng bị thiêu rụi .".to_owned()
                }
                _ => format!("Xe {n}a đâm vào {n}b trên đường {n}c lúc {n}d sáng {n}e ."),
            };
            let text =
                format!("Tin\n{what}\nCơ quan công an đang tiếp tục điều tra làm rõ vụ việc .");
            digest(&text, "")
        })
        .collect();
    let summary = summarize_corpus(&digests, 14);
    assert_eq!(summary.len(), 1);
    assert_eq!(summary[0].document % 40, 0);
}
