//! Pages in HTML: the article on a page, its metadata and its blocks.
//!
//! Four passes over flat arrays, each linear: [`tree`] cuts the page into nodes, [`stated`] reads
//! what the page says about itself for machines, [`content`] finds the part that is the article, and
//! [`text`] writes its lines. What menus, link lists, comments and adverts say is left out. The
//! names by which pages call their parts are data: `data/page.tsv`.

use corpus_model::{BlockKind, Moment, When};

use crate::address::Address;
use crate::field_names::state;
use crate::{Record, blocks, published};

mod content;
mod element;
pub(crate) mod entity;
mod role;
mod stated;
mod text;
mod token;
mod tree;

use content::Parts;
use element::Element;
use role::Roles;
use stated::Stated;
use text::{Lines, Reading};
use tree::Tree;

/// A shorter text is no article if the page states a longer one for machines.
const LITTLE: usize = 300;

/// Fills the record of a page; false where the page has no text at all. Also tells whether a part of
/// the page was not read, because it has more elements than any page.
pub(crate) fn fill(record: &mut Record, page: &str) -> (bool, bool) {
    let tree = Tree::of(page);
    let mut stated = Stated::of(&tree);
    let roles = role::of_all(&tree);
    let headline = headline(&tree, &roles, &stated);
    let title = headline.as_ref().map(|it| it.1.clone()).or_else(|| stated.headline());
    let at = headline.map(|it| it.0);
    let parts = Parts::of(&tree, roles, at);
    let article = parts.article(&tree);
    let lead = lead(&tree, &parts, at, article, stated.description.as_deref());

    let title = title.unwrap_or_default();
    let mut lines = lines(&tree, &parts, article, &title, at, lead.as_ref(), &mut stated);
    let description = stated.description.as_deref();
    let lead = lead.map(|it| it.1).or_else(|| lines.lead(description.map(beginning)?.as_str()));
    let published = published_at(&tree, &parts, article, &stated);

    let metadata = &mut record.metadata;
    metadata.title = (!title.is_empty()).then_some(title);
    metadata.lead = lead.or_else(|| stated.description.take());
    metadata.language = stated.language.take();
    if let Some(url) = stated.url.take() {
        Address::parse(&url).describe(metadata);
        metadata.url = Some(url);
    }
    if let Some(when) = published {
        state(metadata, when);
    }
    let section = stated.section.take().or_else(|| section(&tree, &parts, article, &stated));
    if let Some(section) = section {
        metadata.extra.insert("section".into(), section);
    }
    let tags = tags(&tree, &parts, article);
    let tags = if tags.is_empty() { std::mem::take(&mut stated.tags) } else { tags };
    if !tags.is_empty() {
        metadata.extra.insert("tags".into(), tags.join("\n"));
    }
    record.text.push_str(lines.text.trim_end());
    blocks::of_page(record, &lines.hints);
    if record.metadata.byline.is_none() {
        record.metadata.byline = byline(&tree, &parts, article)
            .or_else(|| stated.author.take().filter(|it| Some(it) != stated.site_name.as_ref()));
    }
    (!record.text.is_empty(), tree.cut)
}

/// The text of a part of a page, its lines one behind the other.
pub(crate) fn text_of(part: &str) -> String {
    let mut record = Record::default();
    fill(&mut record, part);
    record.text
}

/// Adds a text with its entities resolved.
pub(crate) fn resolve(source: &str, text: &mut String) {
    entity::resolve(source, |part| text.push_str(part));
}

/// The attributes of a tag, their entities resolved.
pub(crate) fn attributes(tag: &str) -> impl Iterator<Item = (&str, std::borrow::Cow<'_, str>)> {
    token::Attributes::of(tag).map(|(name, value)| (name, entity::decoded(value)))
}

/// The lines of the article, title and lead in front.
fn lines(
    tree: &Tree<'_>,
    parts: &Parts,
    article: Option<usize>,
    title: &str,
    headline: Option<usize>,
    lead: Option<&(usize, String)>,
    stated: &mut Stated,
) -> Lines {
    let mut lines = Lines::default();
    lines.push(BlockKind::Title, title);
    if let Some((_, lead)) = lead {
        lines.push(BlockKind::Lead, lead);
    }
    let front = lines.text.len();
    let hints = lines.hints.len();
    let mut reading = Reading {
        tree,
        parts,
        elsewhere: [headline, lead.map(|it| it.0)],
        title,
        with_links: false,
    };
    // Of a page of a few words no part is the article, and the others nothing.
    let article = article.filter(|_| !parts.has_little(tree, LITTLE));
    if let Some(part) = article.or((!tree.nodes.is_empty()).then_some(0)) {
        // Without an article all of the page is read.
        let all = |lines: &mut Lines, reading: &Reading<'_, '_>| {
            let mut at = part;
            while at < tree.nodes.len() && (article.is_none() || at == part) {
                lines.read(reading, at);
                at = tree.end(at);
            }
        };
        all(&mut lines, &reading);
        if lines.links > lines.text.len() - front {
            // A page that is nothing but links has nothing else to say.
            reading.with_links = true;
            lines.text.truncate(front);
            lines.hints.truncate(hints);
            all(&mut lines, &reading);
        }
    }
    let body = stated.text.take().unwrap_or_default();
    if lines.text.len() - front < LITTLE && body.len() > 2 * (lines.text.len() - front) {
        lines.text.truncate(front);
        lines.hints.truncate(hints);
        for line in body.lines() {
            lines.push_prose(line);
        }
    }
    lines
}

/// The headline: the element and its words.
///
/// It is the `h1`, or what the page calls its title, that shares most words with what the page
/// states; the name of the site shares none.
fn headline(tree: &Tree<'_>, roles: &[Roles], stated: &Stated) -> Option<(usize, String)> {
    // Each title is cut into words once, for a page may have a hundred candidates.
    let stated_words: Vec<Vec<String>> =
        stated.titles.iter().chain(&stated.window).map(|title| words_of(title)).collect();
    let mut best: Option<(u64, usize, String)> = None;
    let mut looked_at = 0;
    for ((n, node), roles) in tree.nodes.iter().enumerate().zip(roles) {
        let rank = match node.element {
            Element::Heading1 => 3,
            Element::Heading | Element::P | Element::Block | Element::Inline => {
                match roles.has(Roles::TITLE) && !roles.has(Roles::FURNITURE) {
                    true => 1,
                    false => continue,
                }
            }
            _ => continue,
        };
        // A page of lists has a title for each entry.
        looked_at += 1;
        if looked_at > 200 {
            break;
        }
        if tree.end(n) - n > 40 {
            continue;
        }
        let words = tree.words(n);
        if words.is_empty() || words.len() > 500 {
            continue;
        }
        let own = words_of(&words);
        let shared = stated_words.iter().map(|it| shared(&own, it)).max();
        let shared = shared.unwrap_or(50);
        if shared < 50 && (rank < 3 || !stated_words.is_empty()) {
            continue;
        }
        let score = shared * 10 + rank;
        if best.as_ref().is_none_or(|best| score > best.0) {
            best = Some((score, n, words));
        }
    }
    best.map(|(_, n, words)| (n, words))
}

/// The first words of a text, in lower case.
fn words_of(text: &str) -> Vec<String> {
    let all = text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    all.take(100).map(str::to_lowercase).collect()
}

/// How many in a hundred words of the shorter text stand in the other.
fn shared(a: &[String], b: &[String]) -> u64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let found = short.iter().filter(|word| long.contains(word)).count() as u64;
    found * 100 / (short.len() as u64).max(1)
}

/// The paragraph that says what happened: called so by the page, or the one that it states as its
/// description, between headline and text.
fn lead(
    tree: &Tree<'_>,
    parts: &Parts,
    headline: Option<usize>,
    article: Option<usize>,
    description: Option<&str>,
) -> Option<(usize, String)> {
    let article = article?;
    let from = headline.map_or(0, |n| tree.end(n));
    // Inside the article it is one of the first paragraphs.
    let inner = (tree.end(article) - article) / 2;
    let until = (article + inner.max(40)).min(tree.end(article));
    let from = if from < until { from } else { article };
    let stated = description.map(beginning).filter(|it| it.chars().count() >= 15);
    let mut named: Option<(usize, String)> = None;
    let mut n = from;
    let mut texts = 0;
    while n < until {
        let Some(node) = tree.get(n) else { break };
        if parts.is_left_out(n) {
            n = tree.end(n);
            continue;
        }
        let holds_article = (n..tree.end(n)).contains(&article);
        let size = tree.end(n) - n;
        if !holds_article && node.element.is_block() && size <= 40 {
            let roles = parts.roles(n);
            let called = roles.has(Roles::LEAD) && !roles.has(Roles::CAPTION);
            let leaf = matches!(node.element, Element::P | Element::Heading | Element::Block);
            if (called && named.is_none()) || (leaf && stated.is_some() && texts < 12) {
                let words = tree.words(n);
                let known = |stated: &String| beginning(&words).starts_with(stated.as_str());
                if leaf && stated.as_ref().is_some_and(known) && words.len() <= 1500 {
                    return Some((n, words));
                }
                texts += usize::from(!words.is_empty());
                if called && (12..=1500).contains(&words.len()) {
                    named.get_or_insert((n, words));
                }
            }
        }
        n += 1;
    }
    named
}

/// The first letters of a text, to compare it by.
fn beginning(text: &str) -> String {
    text.chars()
        .take(200)
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .take(40)
        .collect()
}

/// When the article was published: as the page states, else as it shows.
fn published_at(
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
fn byline(tree: &Tree<'_>, parts: &Parts, article: Option<usize>) -> Option<String> {
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
fn section(
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
fn tags(tree: &Tree<'_>, parts: &Parts, article: Option<usize>) -> Vec<String> {
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

impl Stated {
    /// The headline where the page shows none: without the name of the site behind it.
    fn headline(&self) -> Option<String> {
        let title = self.titles.first().or(self.window.as_ref())?;
        let cut = [" | ", " - ", " – ", " — ", " :: "].iter().find_map(|mark| {
            let (front, site) = title.rsplit_once(mark)?;
            let known = self.site_name.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(site));
            let count = |text: &str| text.split(' ').count();
            let short = count(site) <= 6 && count(site) < count(front);
            (known || short).then_some(front)
        });
        Some(cut.unwrap_or(title).trim().to_owned())
    }
}
