//! What a page states about its article for machines: `meta`, JSON-LD, OpenGraph, links.

use serde_json::Value;

use super::element::Element;
use super::entity;
use super::tree::Tree;

/// What is stated, each from the place that is the most to be trusted.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// The headline, the best first.
    pub(super) titles: Vec<String>,
    /// The title of the window, with the name of the site.
    pub(super) window: Option<String>,
    pub(super) description: Option<String>,
    /// When it was published, as written, the best first.
    pub(super) dates: Vec<String>,
    pub(super) author: Option<String>,
    pub(super) section: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) url: Option<String>,
    pub(super) site_name: Option<String>,
    pub(super) language: Option<String>,
    /// The whole text, where the page is made by a program.
    pub(super) text: Option<String>,
    /// Its place among the sections, from the widest on.
    pub(super) trail: Vec<String>,
}

impl Stated {
    /// Reads what the page states.
    pub(super) fn of(tree: &Tree<'_>) -> Stated {
        let mut stated = Stated::default();
        let mut objects = Objects::default();
        let mut metas = Vec::new();
        for (n, node) in tree.nodes.iter().enumerate() {
            match node.element {
                Element::Meta => metas.extend(meta(tree, n)),
                Element::Title if stated.window.is_none() => {
                    stated.window = some(tree.words(n));
                }
                Element::Html if stated.language.is_none() => {
                    stated.language = tree.attribute(n, "lang").and_then(language);
                }
                Element::Link => {
                    let canonical = tree
                        .attribute(n, "rel")
                        .is_some_and(|it| it.eq_ignore_ascii_case("canonical"));
                    if canonical && stated.url.is_none() {
                        stated.url = tree.attribute(n, "href").and_then(address);
                    }
                }
                Element::Script => {
                    let kind = tree.attribute(n, "type").unwrap_or_default();
                    if kind.trim().eq_ignore_ascii_case("application/ld+json") {
                        let source = tree.get(n + 1).map_or("", |text| text.source);
                        objects.read(source);
                    }
                }
                _ => {}
            }
        }
        stated.take_metas(&metas);
        stated.take_objects(objects);
        stated
    }

    fn take_metas(&mut self, metas: &[(String, String)]) {
        let get = |names: &[&str]| {
            names.iter().find_map(|name| {
                metas.iter().find(|it| it.0 == *name && !it.1.is_empty()).map(|it| it.1.clone())
            })
        };
        self.titles.extend(get(&["og:title", "twitter:title", "title", "headline"]));
        self.description = get(&["og:description", "description", "twitter:description"]);
        let dates = [
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "datepublished",
            "pubdate",
            "publishdate",
            "publish-date",
            "dc.date.issued",
            "dc.date",
            "dcterms.created",
            "date",
            "article.published",
            "published_time",
            "its_publication",
        ];
        self.dates.extend(dates.iter().filter_map(|name| get(&[name])));
        self.author =
            get(&["article:author", "author", "dc.creator", "dable:author", "its_author"])
                .filter(|it| !it.contains("://"))
                .or_else(|| get(&["author", "dc.creator"]));
        self.section = get(&["article:section", "og:article:section", "its_section"]);
        let tags = metas.iter().filter(|it| it.0 == "article:tag" && !it.1.is_empty());
        self.tags = tags.map(|it| it.1.clone()).collect();
        if self.tags.len() <= 1 {
            let listed = self.tags.pop().or_else(|| get(&["news_keywords", "keywords"]));
            self.tags = listed.map(|it| parted(&it)).unwrap_or_default();
        }
        self.url = self.url.take().or_else(|| get(&["og:url"]).as_deref().and_then(address));
        self.site_name = get(&["og:site_name", "application-name"]);
        let spoken = || get(&["og:locale", "content-language", "language"]);
        self.language = self.language.take().or_else(|| spoken().as_deref().and_then(language));
    }

    fn take_objects(&mut self, objects: Objects) {
        self.trail = objects.trail;
        let Some(article) = objects.article else { return };
        let text = |name: &str| texts(article.get(name)).into_iter().next();
        self.titles.extend(text("headline").or_else(|| text("name")));
        self.description = self.description.take().or_else(|| text("description"));
        self.dates.extend(text("datePublished"));
        self.dates.extend(text("dateCreated"));
        self.author = some(names(article.get("author")).join(", ")).or_else(|| self.author.take());
        self.section = self.section.take().or_else(|| text("articleSection"));
        if self.tags.is_empty() {
            let listed = texts(article.get("keywords"));
            self.tags = match listed.as_slice() {
                [one] => parted(one),
                _ => listed,
            };
        }
        let url = || {
            let page = article.get("mainEntityOfPage");
            let named = page.and_then(|it| it.get("@id").or(Some(it)))?.as_str()?;
            address(named)
        };
        self.url =
            self.url.take().or_else(|| text("url").as_deref().and_then(address)).or_else(url);
        self.text = article
            .get("articleBody")
            .and_then(Value::as_str)
            .map(|it| entity::decoded(it).into_owned());
    }
}

/// Name and content of a `meta` element, the name in lower case.
fn meta(tree: &Tree<'_>, n: usize) -> Option<(String, String)> {
    let name = ["property", "name", "itemprop", "http-equiv"]
        .iter()
        .find_map(|name| tree.attribute(n, name).filter(|it| !it.is_empty()))?;
    let content = tree.attribute(n, "content")?;
    Some((name.trim().to_lowercase(), line(content)))
}

/// A value of an attribute as one line.
fn line(value: &str) -> String {
    let decoded = entity::decoded(value);
    // Some pages resolve entities once too often, and write `&amp;agrave;`.
    let decoded = entity::decoded(&decoded);
    let mut words = String::with_capacity(decoded.len());
    super::tree::push_words(&decoded, &mut words, &mut false);
    words
}

fn some(text: String) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Words parted by commas.
fn parted(list: &str) -> Vec<String> {
    list.split([',', ';']).filter_map(|it| some(it.to_owned())).collect()
}

/// A whole address; a path alone does not say where it leads.
fn address(value: &str) -> Option<String> {
    let value = line(value);
    let value = match value.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => value,
    };
    (value.starts_with("http") && value.contains("://")).then_some(value)
}

/// `vi-VN` or `vi_VN` as a language tag.
fn language(value: &str) -> Option<String> {
    let tag = value.trim().replace('_', "-");
    let plain = tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (plain && (2..=12).contains(&tag.len())).then(|| match tag.split_once('-') {
        Some((language, region)) => {
            format!("{}-{}", language.to_lowercase(), region.to_uppercase())
        }
        None => tag.to_lowercase(),
    })
}

/// The objects of JSON-LD that matter.
#[derive(Debug, Default)]
struct Objects {
    article: Option<serde_json::Map<String, Value>>,
    trail: Vec<String>,
}

impl Objects {
    fn read(&mut self, source: &str) {
        let source = source.trim();
        let source = source.strip_prefix("<![CDATA[").unwrap_or(source);
        let source = source.trim_end_matches(['>', ']', ';', ' ', '\n']);
        // What was cut off too much is put back.
        let closed = match source.starts_with('[') {
            true => format!("{source}]"),
            false => source.to_owned(),
        };
        let parsed = serde_json::from_str::<Value>(&closed).or_else(|_| {
            // Line ends inside of strings are the usual fault.
            serde_json::from_str(&escaped(&closed))
        });
        let Ok(value) = parsed else { return };
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    if let Some(graph) = object.remove("@graph") {
                        waiting.push(graph);
                    }
                    let kinds = texts(object.get("@type"));
                    let is = |name: &str| kinds.iter().any(|kind| kind.contains(name));
                    if is("Article") || is("Posting") || is("Report") {
                        self.article.get_or_insert(object);
                    } else if is("BreadcrumbList") && self.trail.is_empty() {
                        self.trail = trail(&object);
                    }
                }
                _ => {}
            }
        }
    }
}

/// JSON whose strings have no control characters.
fn escaped(json: &str) -> String {
    let mut plain = String::with_capacity(json.len() + 16);
    let (mut inside, mut escape) = (false, false);
    for c in json.chars() {
        match c {
            '\n' if inside => plain.push_str("\\n"),
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
        inside ^= c == '"' && !escape;
        escape = c == '\\' && !escape;
    }
    plain
}

fn trail(object: &serde_json::Map<String, Value>) -> Vec<String> {
    let items = object.get("itemListElement").and_then(Value::as_array);
    let name = |item: &Value| {
        let name = item.get("name").or_else(|| item.get("item").and_then(|it| it.get("name")))?;
        some(line(name.as_str()?))
    };
    items.into_iter().flatten().filter_map(name).collect()
}

/// The strings of a value: itself, or those of a list.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => some(line(text)).into_iter().collect(),
        Some(Value::Array(values)) => {
            values.iter().filter_map(Value::as_str).filter_map(|it| some(line(it))).collect()
        }
        _ => Vec::new(),
    }
}

/// The names of people: strings, or objects with a name.
fn names(value: Option<&Value>) -> Vec<String> {
    let name = |value: &Value| {
        let text = value.as_str().or_else(|| value.get("name").and_then(Value::as_str))?;
        some(line(text)).filter(|it| !it.contains("://"))
    };
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(name).collect(),
        Some(value) => name(value).into_iter().collect(),
        None => Vec::new(),
    }
}
