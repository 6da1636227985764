//! What a page shows about its article: date, author, section and tags.

use corpus_model::{Moment, When};

use super::content::Parts;
use super::element::Element;
use super::role::Roles;
use super::stated::Stated;
use super::tree::Tree;
use crate::published;

/// When the article was published: as the page states, else as it shows.
pub(super) fn published_at(
    tree: &Tree<'_>,
    parts: &Parts,
    article: Option<usize>,
    stated: &Stated,
) -> Option<When> {
    let until = article.map_or(tree.nodes.len(), |n| tree.end(n));
    let mut shown = None;
    let mut marked = None;
    for n in 0..until {
        let Some(node) = tree.get(n) else { break };
        let dated = node.element == Element::Time || parts.roles(n).has(Roles::DATE);
        if !dated || parts.is_left_out(n) || tree.end(n) - n > 30 {
            continue;
        }
        let attribute = |name| tree.attribute(n, name).and_then(vietnamese_time);
        marked = marked.or_else(|| attribute("datetime").or_else(|| attribute("content")));
        let words = tree.words(n);
        shown = shown.or_else(|| published::from_field(&words));
        if shown.is_some() && marked.is_some() {
            break;
        }
    }
    let foreign = stated.language.as_deref().is_some_and(|it| !it.starts_with("vi"));
    let stated = stated.dates.iter().find_map(|date| {
        let as_written = published::from_field(date)?;
        let local = if foreign { None } else { vietnamese_time(date) };
        // Some pages call the local time universal; what people are shown is right.
        let same = |a: When, b: When| minute(a).is_some() && minute(a) == minute(b);
        match (shown, local) {
            (Some(shown), _) if same(shown, as_written) => Some(as_written),
            (_, local) => local.or(Some(as_written)),
        }
    });
    stated.or(marked).or(shown)
}

/// A moment to the minute.
fn minute(when: When) -> Option<String> {
    match when {
        When::Point(Moment::Minute(time) | Moment::Second(time)) => {
            Some(time.format("%Y-%m-%dT%H:%M").to_string())
        }
        _ => None,
    }
}

/// A moment by the clock of Việt Nam, where it is given in universal time.
fn vietnamese_time(value: &str) -> Option<When> {
    let when = published::from_field(value)?;
    let value = value.trim();
    let universal =
        ["Z", "z", "+00:00", "+0000", "GMT", "UTC"].iter().any(|it| value.ends_with(it));
    let later = |time: chrono::NaiveDateTime| time.checked_add_signed(chrono::TimeDelta::hours(7));
    Some(match when {
        When::Point(Moment::Minute(time)) if universal => When::Point(Moment::Minute(later(time)?)),
        When::Point(Moment::Second(time)) if universal => When::Point(Moment::Second(later(time)?)),
        when => when,
    })
}

/// The author that the page names beside the text.
pub(super) fn byline(tree: &Tree<'_>, parts: &Parts, article: Option<usize>) -> Option<String> {
    // Authors stand above the text or right below it.
    let until = article.map_or(0, |n| (tree.end(n) + 80).min(tree.nodes.len()));
    (0..until).find_map(|n| {
        let fits = parts.roles(n).has(Roles::BYLINE) && !parts.is_left_out(n);
        if !fits || tree.end(n) - n > 30 {
            return None;
        }
        let words = tree.words(n);
        let name = words.trim_start_matches(['-', '–', ' ']);
        let known = ["bởi ", "Bởi ", "by ", "By ", "Tác giả: ", "Tác giả:"];
        let name = known.iter().find_map(|it| name.strip_prefix(it)).unwrap_or(name);
        ((3..=80).contains(&name.len()) && name.chars().any(char::is_alphabetic))
            .then(|| name.to_owned())
    })
}

/// The narrowest section that the page shows above the text.
pub(super) fn section(
    tree: &Tree<'_>,
    parts: &Parts,
    article: Option<usize>,
    stated: &Stated,
) -> Option<String> {
    let is_home = |name: &str| {
        let name = name.to_lowercase();
        ["trang chủ", "trang nhất", "home", "homepage"].contains(&name.as_str())
    };
    let is_title = |name: &str| {
        let titles = stated.titles.iter().chain(&stated.window);
        name.len() > 60 || titles.clone().any(|title| title == name)
    };
    let fits = |name: &&String| !is_home(name) && !is_title(name) && !name.is_empty();
    if let Some(name) = stated.trail.iter().rev().find(fits) {
        return Some(name.clone());
    }
    let until = article.map_or(tree.nodes.len(), |n| tree.end(n));
    let shown = (0..until).find(|n| {
        let small = tree.end(*n) - n <= 60;
        // A trail of sections is furniture, and so is not asked whether it is left out.
        small && parts.roles(*n).has(Roles::SECTION) && !tree.words(*n).is_empty()
    })?;
    let links = tree.part(shown).filter(|it| it.1.element == Element::A).map(|it| tree.words(it.0));
    let mut names: Vec<String> = links.filter(|name| fits(&name)).collect();
    if names.is_empty() {
        names.extend(Some(tree.words(shown)).filter(|name| fits(&name)));
    }
    names.pop()
}

/// The tags that the page shows below the text.
pub(super) fn tags(tree: &Tree<'_>, parts: &Parts, article: Option<usize>) -> Vec<String> {
    let Some(article) = article else { return Vec::new() };
    let is_box = |n: &usize| parts.roles(*n).has(Roles::TAGS) && tree.end(*n) - n <= 300;
    let Some(shown) = (article..tree.nodes.len())
        .find(|n| is_box(n) && tree.part(*n).any(|(_, node)| node.element == Element::A))
    else {
        return Vec::new();
    };
    let mut tags: Vec<String> = Vec::new();
    for (n, node) in tree.part(shown) {
        if node.element == Element::A {
            let words = tree.words(n);
            let tag = words.trim_matches(|c: char| c == '#' || c == ',' || c.is_whitespace());
            if (1..=80).contains(&tag.len()) && !tags.iter().any(|it| it == tag) {
                tags.push(tag.to_owned());
            }
        }
    }
    tags
}
