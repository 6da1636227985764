use super::*;

fn range(words: std::ops::Range<u32>) -> Sketch {
    Sketch::of_text(&words.map(|n| format!("t{n} ")).collect::<String>())
}

#[test]
fn copies_are_paired_with_each_other_and_with_what_is_near() {
    let sketches = [range(0..100), range(5..105), range(0..100), range(200..300)];
    let found: Vec<(usize, usize)> =
        near_duplicates(&sketches, 0.8).iter().map(|it| (it.a, it.b)).collect();
    assert_eq!(found, [(0, 1), (0, 2), (1, 2)]);
}

#[test]
fn few_copies_are_paired_with_all_and_many_with_the_first() {
    let places = |sketches: &[Sketch]| -> Vec<(usize, usize)> {
        near_duplicates(sketches, 0.8).iter().map(|it| (it.a, it.b)).collect()
    };
    let copies = |n| vec![range(0..100); n];
    assert_eq!(places(&copies(MOST_COPIES)).len(), MOST_COPIES * (MOST_COPIES - 1) / 2);
    let many: Vec<_> = (1..5000).map(|n| (0, n)).collect();
    assert_eq!(places(&copies(5000)), many);
    // Many copies of one text, many of a near one, and one more near text at the end.
    let mut sketches = copies(100);
    sketches.extend(vec![range(2..102); 100]);
    sketches.push(range(1..101));
    let pairs = near_duplicates(&sketches, 0.8);
    assert_eq!(pairs.len(), 99 + 99 + 3);
    assert_eq!(clusters(&pairs), [(0..201).collect::<Vec<_>>()]);
}

#[test]
fn a_similarity_that_equals_the_threshold_is_found() {
    // 8 shingles shared of 10: exactly 0.8, which rounding must not lose.
    let sketches = [range(0..13), range(1..14)];
    assert_eq!(sketches[0].similarity(&sketches[1]), 0.8);
    assert_eq!(near_duplicates(&sketches, 0.8).len(), 1);
}

#[test]
fn odd_thresholds_and_empty_texts() {
    let sketches = [range(0..9), range(0..9), range(4..13), Sketch::default()];
    assert_eq!(near_duplicates(&sketches, 0.0).len(), 3);
    assert_eq!(near_duplicates(&sketches, f64::NAN).len(), 3);
    assert_eq!(near_duplicates(&sketches, 1.0).len(), 1);
    assert_eq!(near_duplicates(&sketches, 1.1).len(), 0);
    assert_eq!(near_duplicates(&[], 0.8), []);
}

#[test]
fn the_longest_stays_and_of_equals_the_first() {
    let sketches = [range(0..9), range(0..30), range(1..31)];
    assert_eq!(Keep::First.choose(&[2, 0, 1], &sketches), Some(0));
    assert_eq!(Keep::Longest.choose(&[2, 0, 1], &sketches), Some(1));
    assert_eq!(Keep::Longest.choose(&[], &sketches), None);
}

#[test]
fn long_chains_are_one_cluster() {
    let pairs: Vec<Pair> = (0..10_000).map(|n| Pair { a: n, b: n + 1, similarity: 0.9 }).collect();
    assert_eq!(clusters(&pairs).len(), 1);
    assert_eq!(clusters(&[]), Vec::<Vec<usize>>::new());
}
