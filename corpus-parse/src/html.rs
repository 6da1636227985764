//! Pages in HTML: the article on a page, its metadata and its blocks.
//!
//! Four passes over flat arrays, each linear: [`tree`] cuts the page into nodes, [`stated`] reads
//! what the page says about itself for machines, [`content`] finds the part that is the article, and
//! [`text`] writes its lines. What menus, link lists, comments and adverts say is left out. The
//! names by which pages call their parts are data: `data/page.tsv`.

use corpus_model::BlockKind;

use crate::address::Address;
use crate::field_names::state;
use crate::{Record, blocks};

mod about;
mod content;
mod element;
pub(crate) mod entity;
mod role;
mod stated;
mod text;
mod token;
mod tree;

use about::{byline, published_at, section, tags};
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
