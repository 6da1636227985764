//! [`PackOptions`]: tables of one's own for the extractors, in files.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::Args;
use corpus_extract::{Extractor, Pack};

use crate::input::plain;
use crate::options::name;

/// By which tables facts are found.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct PackOptions {
    /// Tables in place of the built-in ones, or added to them: a table, or a folder of them
    #[arg(
        long,
        value_name = "FILE/FOLDER",
        help_heading = "Facts",
        long_help = "Tables in place of the built-in ones, or added to them: a table, or a folder of \
them; may be given several times.\n\nA table replaces the one of its name (office.txt); with .add before \
the ending (office.add.txt) its rows are added. `corpus extract --print-pack FOLDER` writes the built-in \
ones, each with its columns explained at its head."
    )]
    pack: Vec<PathBuf>,
}

impl PackOptions {
    /// The extractor that the options ask for.
    pub(crate) fn extractor(&self) -> Result<Cow<'static, Extractor>> {
        Ok(match self.pack.is_empty() {
            true => Cow::Borrowed(Extractor::built_in()),
            false => Cow::Owned(Extractor::with_pack(&self.tables()?)),
        })
    }

    /// Writes the tables that the options ask for, a file each.
    pub(crate) fn print(&self, folder: &Path) -> Result<()> {
        let tables = self.tables()?;
        fs::create_dir_all(folder)
            .map_err(|error| anyhow!("{}: {}", name(folder), plain(&error)))?;
        for (table, text) in tables.tables() {
            let path = folder.join(table);
            // An edited table is not written over.
            if path.exists() {
                bail!("{}: exists already", name(&path));
            }
            fs::write(&path, text)
                .map_err(|error| anyhow!("{}: {}", name(&path), plain(&error)))?;
        }
        Ok(())
    }

    /// The built-in tables with those of the files in their place.
    fn tables(&self) -> Result<Pack> {
        let mut pack = Pack::built_in();
        for path in &self.pack {
            for file in files(path)? {
                let text = text(&file)?;
                let table = file.file_name().unwrap_or_default().to_string_lossy();
                let folder = file.parent().unwrap_or(Path::new(""));
                pack.set(&table, &text)
                    .map_err(|error| anyhow!("{}", folder.join(error.to_string()).display()))?;
            }
        }
        Ok(pack)
    }
}

/// The tables at a path: itself, or those of the folder.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>());
    let mut files = entries.map_err(|error| anyhow!("{}: {}", name(path), plain(&error)))?;
    // Notes may lie beside the tables.
    files.retain(|file| {
        file.extension().is_some_and(|it| it == "tsv" || it == "txt") && file.is_file()
    });
    if files.is_empty() {
        bail!("{}: no table (.tsv, .txt) in it", name(path));
    }
    // A table is replaced before rows are added to it.
    let adds = |file: &PathBuf| {
        file.file_name().is_some_and(|name| name.to_string_lossy().contains(".add."))
    };
    files.sort_by_key(|file| (adds(file), file.clone()));
    Ok(files)
}

/// The text of a table: UTF-8, or UTF-16 as Excel writes what it calls Unicode text.
fn text(file: &Path) -> Result<String> {
    let bytes = fs::read(file).map_err(|error| anyhow!("{}: {}", name(file), plain(&error)))?;
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).skip(1);
        let units = units.filter_map(|pair| pair.try_into().ok().map(unit));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let text = match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => std::str::from_utf8(&bytes).ok().map(str::to_owned),
    };
    let valid = || String::from_utf8_lossy(&bytes);
    text.ok_or_else(|| {
        let line =
            valid().chars().take_while(|it| *it != '\u{fffd}').filter(|it| *it == '\n').count();
        anyhow!("{}, line {}: not UTF-8; save it as UTF-8 text", name(file), line + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn tables_may_be_saved_by_excel() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("office.add.txt");
        let wide =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        std::fs::write(&file, wide("\u{feff}già làng\r\n")).unwrap();
        assert_eq!(text(&file).unwrap(), "già làng\r\n");
        std::fs::write(&file, b"vua\nch\xfaa\n").unwrap();
        assert!(
            text(&file)
                .unwrap_err()
                .to_string()
                .ends_with("line 2: not UTF-8; save it as UTF-8 text")
        );
    }
}
