//! Names that are nearly the same.

/// The name that somebody meant who wrote this one: the first of those that differ by the fewest letters, if
/// these are no more than a third of it.
pub(crate) fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (name.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|it| (letters_apart(&name.to_lowercase(), &it.to_lowercase()), it))
        .filter(|(apart, _)| *apart <= most)
        .min_by_key(|(apart, _)| *apart)
        .map(|(_, it)| it)
}

/// By how many letters two names differ: put in, left out, changed, or swapped with their neighbour.
fn letters_apart(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, of_a) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, of_b) in b.iter().enumerate() {
            let at =
                |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&last, j) + usize::from(of_a != of_b);
            let mut least = changed.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped =
                i > 0 && j > 0 && a.get(i - 1) == Some(of_b) && b.get(j - 1) == Some(of_a);
            if swapped && of_a != of_b {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::{letters_apart, nearest};

    #[test]
    fn letters_are_counted() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "tin", 3),
            ("title", "title", 0),
            ("titel", "title", 1),
            ("tex", "text", 1),
            ("words", "word", 1),
            ("mentoin", "mentions", 2),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(letters_apart(a, b), expected, "{a} {b}");
            assert_eq!(letters_apart(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn the_nearest_is_found_if_it_is_near() {
        let names = ["id", "site", "title", "text", "published"];
        for (name, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("publish", Some("published")),
            ("ids", Some("id")),
            ("author", None),
            ("x", None),
        ] {
            assert_eq!(nearest(name, names), expected, "{name}");
        }
    }
}
