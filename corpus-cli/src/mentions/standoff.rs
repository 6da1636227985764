//! The folder of texts and standoff that brat reads: see [`corpus_write::brat`].

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use corpus_model::{Document, Mention};
use corpus_write::brat::{annotation_conf, annotations, file_name, visual_conf};

use crate::output::partial;
use crate::session::Status;

/// A document on its way to its two files.
#[derive(Debug)]
pub(crate) struct Pair {
    id: String,
    text: String,
    annotations: String,
}

impl Pair {
    /// The document with its facts.
    pub(crate) fn of(document: &Document, mentions: &[Mention]) -> Pair {
        Pair {
            id: document.id().to_owned(),
            text: document.text().to_owned(),
            annotations: annotations(document, mentions),
        }
    }
}

/// The folder of the pairs, which appears under its name when all of them are in it.
#[derive(Debug)]
pub(crate) struct Folder {
    partial: PathBuf,
    path: PathBuf,
    /// Names of files in lower case, for not every system tells them from others.
    taken: HashSet<String>,
    /// Says to other runs that the folder is being written.
    held: Option<File>,
    is_whole: bool,
}

impl Folder {
    /// Makes the folder; one that holds something already is left alone.
    pub(crate) fn create(path: &Path) -> Result<Folder> {
        let told = || format!("{}: cannot be written", path.display());
        if let Ok(mut entries) = fs::read_dir(path) {
            if entries.next().is_some() {
                bail!("{}: is not empty; name a new folder", path.display());
            }
        } else if path.exists() {
            bail!("{}: is no folder", path.display());
        }
        if path.file_name().is_none() {
            bail!("{}: is no name for a folder", path.display())
        }
        partial::remove_stale(path);
        let hidden = partial::name(path);
        fs::create_dir_all(&hidden).with_context(told)?;
        let mut folder = Folder {
            partial: hidden,
            path: path.to_owned(),
            taken: HashSet::new(),
            held: None,
            is_whole: false,
        };
        folder.write("annotation.conf", &annotation_conf())?;
        let held = File::options().append(true).open(folder.partial.join("annotation.conf"));
        let held = held.with_context(told)?;
        partial::claim(&held);
        folder.held = Some(held);
        folder.write("visual.conf", &visual_conf())?;
        Ok(folder)
    }

    /// Writes the two files of a document.
    pub(crate) fn add(&mut self, pair: &Pair) -> Result<()> {
        let plain = file_name(&pair.id);
        let mut name = plain.clone();
        let mut number = 1_u64;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{plain}~{number}");
        }
        self.write(&format!("{name}.txt"), &pair.text)?;
        self.write(&format!("{name}.ann"), &pair.annotations)
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let told = || format!("{}: cannot be written", self.path.join(name).display());
        fs::write(self.partial.join(name), text).with_context(told)
    }

    /// Gives the folder its name, unless nothing could be read.
    pub(crate) fn finish(mut self, status: Status) -> Result<Status> {
        if status != Status::Failed {
            let told = || format!("{}: cannot be written", self.path.display());
            if self.path.exists() {
                // It is empty; some systems rename nothing onto a folder.
                fs::remove_dir(&self.path).with_context(told)?;
            }
            // Some systems rename no folder of which a file is open.
            self.held = None;
            fs::rename(&self.partial, &self.path).with_context(told)?;
            self.is_whole = true;
        }
        Ok(status)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.is_whole {
            // The run failed; what is half written must not be taken for the result.
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}
