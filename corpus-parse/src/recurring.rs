//! [`RecurringLines`]: which lines a site writes around its articles, learned from the articles.

use corpus_model::{BlockKind, Document};
use rustc_hash::FxHashMap;

use crate::rules::fold;

/// Counts of the short lines of each site, from which rules for a [`SitePack`](crate::SitePack) can
/// be proposed.
///
/// What a site writes around each of its articles stands in many of them, and what an article says
/// in few. A line is counted once for a document, without regard to case and figures, and only where
/// the parser took it for content. Counts of parts of a crawl [merge](RecurringLines::merge) to those
/// of the whole, in any order.
///
/// ```
/// use corpus_parse::{Reader, RecurringLines, find};
///
/// let input = r#"
/// {"url": "https://tin.example/mua-1.html", "title": "Mưa", "text": "Trời mưa.\nTải ứng dụng Tin Xa"}
/// {"url": "https://tin.example/nang-2.html", "title": "Nắng", "text": "Trời nắng.\nTải ứng dụng Tin Xa"}
/// {"url": "https://tin.example/gio-3.html", "title": "Gió", "text": "Trời gió.\nTải ứng dụng Tin Xa"}
/// "#;
/// let mut lines = RecurringLines::default();
/// for document in Reader::new(find("jsonl").unwrap(), input.as_bytes()).documents() {
///     lines.add(&document.unwrap());
/// }
/// let proposals = lines.proposals(3, 0.1);
/// assert_eq!(proposals.len(), 1);
/// assert_eq!(lines.documents(), 3);
/// assert_eq!(proposals[0].row(), "tin.example\tboilerplate\tTải ứng dụng Tin Xa\t3 of 3 documents");
/// ```
#[derive(Clone, Debug, Default)]
pub struct RecurringLines {
    sites: FxHashMap<String, Site>,
}

#[derive(Clone, Debug, Default)]
struct Site {
    documents: u64,
    lines: FxHashMap<String, Count>,
}

#[derive(Clone, Debug)]
struct Count {
    documents: u64,
    /// The smallest hashes of what the documents are about: as many as there are different
    /// documents, up to [`DIFFERENT`]. An article that is there ten times proves nothing.
    different: [u64; DIFFERENT],
    /// The first of its forms in the order of strings, so that it does not matter which came first.
    example: Box<str>,
}

/// A line in fewer different documents is none of the site's.
const DIFFERENT: usize = 3;
/// Longer lines are sentences, in bytes.
const LONGEST: usize = 300;

/// A line that recurs on a site, proposed as a rule.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RecurringLine {
    /// The site.
    pub site: String,
    /// The line as it stands in a document.
    pub line: String,
    /// In how many documents of the site it stands.
    pub documents: u64,
    /// How many documents of the site were counted.
    pub of: u64,
}

impl RecurringLine {
    /// The line as a row of a pack of rules: see [`SitePack`](crate::SitePack).
    pub fn row(&self) -> String {
        let RecurringLine { site, line, documents, of } = self;
        let kind = BlockKind::Boilerplate.name();
        format!("{site}\t{kind}\t{line}\t{documents} of {of} documents")
    }
}

impl RecurringLines {
    /// Counts the lines of a document, if its site is known.
    pub fn add(&mut self, document: &Document) {
        let Some(name) = &document.metadata.site else { return };
        if !self.sites.contains_key(name) {
            self.sites.insert(name.clone(), Site::default());
        }
        let Some(site) = self.sites.get_mut(name) else { return };
        site.documents += 1;
        let identity = identity(document);
        let mut seen: Vec<String> = Vec::new();
        for block in document.blocks() {
            let words = document.get(block.span).unwrap_or_default();
            let counted = matches!(
                block.kind,
                BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem | BlockKind::Lead
            );
            // Stars and tabs mean something else in a table of rules.
            if !counted || words.len() > LONGEST || words.contains(['\n', '\r', '\t', '*']) {
                continue;
            }
            let mut folded = String::new();
            fold(words, &mut folded);
            if folded.chars().any(char::is_alphabetic) && !seen.contains(&folded) {
                // Few lines of a document are short, and most of those recur on a page.
                if seen.len() < 200 {
                    seen.push(folded.clone());
                }
                let count = site.lines.entry(folded).or_insert_with(|| Count::new(words));
                count.documents += 1;
                count.add(identity);
                if *words < *count.example {
                    count.example = words.into();
                }
            }
        }
    }

    /// How many documents were counted: those whose site is known.
    pub fn documents(&self) -> u64 {
        self.sites.values().map(|site| site.documents).sum()
    }

    /// Adds the counts of another part of the crawl.
    pub fn merge(&mut self, other: &RecurringLines) {
        for (name, theirs) in &other.sites {
            let site = self.sites.entry(name.clone()).or_default();
            site.documents += theirs.documents;
            for (line, theirs) in &theirs.lines {
                let count =
                    site.lines.entry(line.clone()).or_insert_with(|| Count::new(&theirs.example));
                count.documents += theirs.documents;
                theirs.different.iter().for_each(|identity| count.add(*identity));
                if theirs.example < count.example {
                    count.example = theirs.example.clone();
                }
            }
        }
    }

    /// The lines that stand in at least so many documents of their site, three different ones among
    /// them, and in at least this share of all of its documents: site by site, the most frequent
    /// first.
    pub fn proposals(&self, documents: u64, share: f64) -> Vec<RecurringLine> {
        let mut found = Vec::new();
        for (name, site) in &self.sites {
            let least = (share * site.documents as f64).max(documents as f64);
            let recurs = |count: &&Count| {
                count.documents as f64 >= least && !count.different.contains(&u64::MAX)
            };
            found.extend(site.lines.values().filter(recurs).map(|count| RecurringLine {
                site: name.clone(),
                line: count.example.to_string(),
                documents: count.documents,
                of: site.documents,
            }));
        }
        found.sort_by(|a, b| (&a.site, b.documents, &a.line).cmp(&(&b.site, a.documents, &b.line)));
        found
    }
}

impl Count {
    fn new(line: &str) -> Count {
        Count { documents: 0, different: [u64::MAX; DIFFERENT], example: line.into() }
    }

    /// Keeps the identity if it is new and one of the smallest.
    fn add(&mut self, identity: u64) {
        if self.different.contains(&identity) {
            return;
        }
        let mut smaller = identity;
        for kept in &mut self.different {
            if smaller < *kept {
                std::mem::swap(kept, &mut smaller);
            }
        }
    }
}

/// What a document is about: its title, or where it has none its longest block (FNV-1a).
fn identity(document: &Document) -> u64 {
    let longest = || {
        let blocks = document.blocks().iter().map(|it| document.get(it.span).unwrap_or_default());
        blocks.max_by_key(|words| words.len())
    };
    let words = document.metadata.title.as_deref().or_else(longest).unwrap_or_default();
    let hash = words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The largest stands for no document.
    hash.min(u64::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Reader, find};

    fn documents(lines: &[(u32, &str)]) -> Vec<Document> {
        let input: String = lines
            .iter()
            .map(|(n, text)| {
                format!("{{\"url\": \"https://tin.example/bai-{n}.html\", \"title\": \"Bài viết số {n}\", \"text\": \"{text}\"}}\n")
            })
            .collect();
        let mut reader = Reader::new(find("jsonl").unwrap(), input.as_bytes());
        reader.documents().map(Result::unwrap).collect()
    }

    fn rows(parts: &[&[Document]]) -> Vec<String> {
        let mut whole = RecurringLines::default();
        for part in parts {
            let mut lines = RecurringLines::default();
            part.iter().for_each(|document| lines.add(document));
            whole.merge(&lines);
        }
        whole.proposals(3, 0.1).iter().map(RecurringLine::row).collect()
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order() {
        let all = documents(&[
            (1, "Trời mưa.\\nTải ứng dụng ngay 12"),
            (2, "Trời nắng.\\nTải ứng dụng ngay 7"),
            (3, "Trời gió.\\nTẢI ỨNG DỤNG NGAY 3\\nMột dòng khác"),
            (4, "Trời mưa.\\nMột dòng khác"),
        ]);
        let (front, back) = all.split_at(2);
        let whole = rows(&[&all]);
        assert_eq!(whole, ["tin.example\tboilerplate\tTẢI ỨNG DỤNG NGAY 3\t3 of 4 documents"]);
        assert_eq!(rows(&[front, back]), whole);
        assert_eq!(rows(&[back, front]), whole);
    }

    #[test]
    fn one_article_many_times_proves_nothing() {
        let all = documents(&[(1, "Trời mưa.\\nMột dòng ngắn"); 9]);
        assert!(rows(&[&all]).is_empty());
    }
}
