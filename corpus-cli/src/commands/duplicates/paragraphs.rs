//! `corpus duplicates --level paragraph`: paragraphs that stand in several documents.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write as _;

use anyhow::Result;
use corpus_model::{Document, Span};
use corpus_stats::{Occurrence, Passage, Repeats, Sketch, clusters, near_duplicates, passages};
use serde::Serialize;

use super::Options;
use crate::output::Output;
use crate::pipeline;
use crate::report::json::line;
use crate::report::{page, unique_names};
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, NAME, WARN};
use crate::text_width::{columns, cut, flat, grouped, wrap};

/// A paragraph is boilerplate of a site where so many of its documents have it …
const FEWEST_OF_SITE: usize = 4;
/// … and at least one in so many.
const ONE_IN: usize = 50;
/// So many columns of a paragraph are shown, and so many of its places.
const SHOWN: usize = 300;
const MOST_PLACES: usize = 8;

/// What is kept of a document.
struct Kept {
    id: String,
    path: Option<String>,
    site: Option<String>,
    sketch: Sketch,
    passages: Vec<Passage>,
    /// The texts of the passages, until it is known which are repeated.
    texts: Vec<String>,
}

#[derive(Serialize)]
struct Row<'a> {
    text: &'a str,
    /// How many documents have it, copies of one counted once.
    documents: usize,
    /// The sites that print it everywhere.
    boilerplate: Vec<&'a str>,
    places: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    document: &'a str,
    span: Span,
}

/// All that is known of the corpus when its documents are read.
#[derive(Default)]
struct Corpus {
    names: Vec<String>,
    sites: Vec<Option<String>>,
    sketches: Vec<Sketch>,
    repeats: Repeats,
    hashes: HashSet<u64>,
    /// The first repetition of each repeated paragraph.
    texts: HashMap<Occurrence, String>,
}

pub(super) fn run(options: &Options, session: &Session) -> Result<Status> {
    let mut output = Output::open(&options.output)?;
    let mut corpus = Corpus::default();
    let mut ids = Vec::new();
    let work = || |document: &mut Document, _: &mut Vec<u8>| keep(document, options.fewest_words);
    let outcome = pipeline::run(session, &options.input, work, |_, kept: Vec<Kept>| {
        for document in kept {
            ids.push((document.id.clone(), document.path.clone()));
            corpus.add(document);
        }
        Ok(())
    })?;
    corpus.names = unique_names(ids.iter().map(|(id, path)| (id.as_str(), path.as_deref())));
    let groups = std::mem::take(&mut corpus.repeats).finish();
    let rows = corpus.rows(&groups, options.threshold);
    if options.json {
        let mut page = Vec::new();
        rows.iter().for_each(|row| line(&mut page, row));
        output.write_all(&page)?;
    } else {
        output.write_styled(&shown(&rows, ids.len(), columns(output.is_terminal())), session)?;
    }
    output.finish(outcome.status())
}

fn keep(document: &Document, fewest_words: usize) -> Kept {
    let passages = passages(document, fewest_words);
    let text = |it: &Passage| document.get(it.span).unwrap_or_default().to_owned();
    Kept {
        id: document.id().to_owned(),
        path: document.metadata.path.clone(),
        site: document.metadata.site.clone(),
        sketch: Sketch::new(document),
        texts: passages.iter().map(text).collect(),
        passages,
    }
}

impl Corpus {
    fn add(&mut self, document: Kept) {
        let place = self.sketches.len();
        self.repeats.add(place, &document.passages);
        for (passage, text) in document.passages.iter().zip(document.texts) {
            // Most paragraphs are never met again, so only a repetition is worth its text.
            if !self.hashes.insert(passage.hash) {
                let occurrence = Occurrence { document: place, span: passage.span };
                self.texts.insert(occurrence, text);
            }
        }
        self.sketches.push(document.sketch);
        self.sites.push(document.site);
    }

    /// The paragraphs that documents have in common which are not near-duplicates as a whole; those of
    /// most documents first.
    fn rows(&self, groups: &[Vec<Occurrence>], threshold: f64) -> Vec<Row<'_>> {
        // Copies of an article have all paragraphs in common, which says nothing about these.
        let mut original: Vec<usize> = (0..self.sketches.len()).collect();
        for cluster in clusters(&near_duplicates(&self.sketches, threshold)) {
            for copy in &cluster {
                if let (Some(place), Some(first)) = (original.get_mut(*copy), cluster.first()) {
                    *place = *first;
                }
            }
        }
        let mut of_site: BTreeMap<&str, HashSet<usize>> = BTreeMap::new();
        for (site, original) in self.sites.iter().zip(&original) {
            if let Some(site) = site {
                of_site.entry(site).or_default().insert(*original);
            }
        }
        let mut rows: Vec<Row<'_>> = groups
            .iter()
            .filter_map(|group| {
                let mut sites: BTreeMap<&str, HashSet<usize>> = BTreeMap::new();
                let mut documents = HashSet::new();
                for it in group {
                    let original = original.get(it.document).copied().unwrap_or(it.document);
                    documents.insert(original);
                    if let Some(Some(site)) = self.sites.get(it.document) {
                        sites.entry(site).or_default().insert(original);
                    }
                }
                if documents.len() < 2 {
                    return None;
                }
                let everywhere = |site: &str, having: &HashSet<usize>| {
                    let all = of_site.get(site).map_or(0, HashSet::len);
                    having.len() >= FEWEST_OF_SITE && having.len() * ONE_IN >= all
                };
                let boilerplate: Vec<&str> = sites
                    .iter()
                    .filter(|(site, having)| everywhere(site, having))
                    .map(|(site, _)| *site)
                    .collect();
                Some(Row {
                    text: group.iter().find_map(|it| self.texts.get(it)).map_or("", String::as_str),
                    documents: documents.len(),
                    boilerplate,
                    places: group
                        .iter()
                        .map(|it| Place {
                            document: self.names.get(it.document).map_or("", String::as_str),
                            span: it.span,
                        })
                        .collect(),
                })
            })
            .collect();
        // Groups come in the order of their first places, which stays among equals.
        rows.sort_by_key(|row| std::cmp::Reverse(row.documents));
        rows
    }
}

/// The rows for a person.
fn shown(rows: &[Row<'_>], documents: usize, columns: usize) -> String {
    let boilerplate = rows.iter().filter(|row| !row.boilerplate.is_empty()).count();
    let mut page = format!(
        "{HEAD}{}, {} in several, {} boilerplate{HEAD:#}\n",
        page::counted(documents as u64, "document", "documents"),
        page::counted(rows.len() as u64, "paragraph", "paragraphs"),
        grouped(boilerplate as u64)
    );
    for row in rows {
        let n = page::counted(row.documents as u64, "document", "documents");
        let of = match row.boilerplate.as_slice() {
            [] => String::new(),
            sites => format!("  {WARN}boilerplate of {}{WARN:#}", flat(&sites.join(", "))),
        };
        page.push_str(&format!("\n{NAME}{n}{NAME:#}{of}\n"));
        page.push_str(&wrap(&cut(row.text, SHOWN), columns, "  ", 2));
        let mut places: Vec<&str> = row.places.iter().map(|it| it.document).collect();
        places.dedup();
        let left_out = places.len().saturating_sub(MOST_PLACES);
        let more = if left_out > 0 { format!(" and {left_out} more") } else { String::new() };
        let named: Vec<String> = places.iter().take(MOST_PLACES).map(|it| flat(it)).collect();
        let places = wrap(&format!("{}{more}", named.join(", ")), columns, "  ", 4);
        page.push_str(&format!("{DIM}{}{DIM:#}\n", places.trim_end()));
    }
    page
}
