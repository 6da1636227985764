//! [`Output`]: standard output, or a file that appears under its name only when it is whole.
//!
//! A file is written under a hidden name beside its own, synced to the disk, and renamed; then the
//! folder is synced, so that after a loss of power too there is the old file or the new one. A run
//! that fails takes the hidden file away; one that is killed leaves it, and never under the name.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use corpus_write::{Packed, Packing};

use crate::options::OutputOptions;
use crate::session::{Session, Status};

/// Bytes held before they are written.
const BUFFER: usize = 64 << 10;

pub(crate) mod partial;

/// Where results go.
pub(crate) struct Output {
    /// Gone once the output is finished.
    writer: Option<Packed<Box<dyn Write + Send>>>,
    /// The temporary file and the name it gets at the end.
    file: Option<(PathBuf, PathBuf)>,
    terminal: bool,
}

impl Output {
    /// Opens what the options ask for.
    pub(crate) fn open(options: &OutputOptions) -> Result<Output> {
        let path = match &options.output {
            None => return Output::stdout(),
            Some(path) if path.as_os_str() == "-" => return Output::stdout(),
            // A link stays one; what it points to is written.
            Some(path) => fs::canonicalize(path).unwrap_or_else(|_| path.clone()),
        };
        let told = || format!("{}: cannot be written", path.display());
        let packing = Packing::of_path(&path);
        if !packing.is_available() {
            bail!("{}: this program was built without {}", path.display(), packing.name());
        }
        let there = fs::metadata(&path).ok();
        if there.as_ref().is_some_and(fs::Metadata::is_dir) {
            bail!("{}: is a folder; name a file", path.display());
        }
        // A device or pipe cannot be replaced by a file, and need not be.
        if there.as_ref().is_some_and(|there| !there.is_file()) {
            let file = OpenOptions::new().write(true).open(&path).with_context(told)?;
            return Output::new(file, packing, None, false).with_context(told);
        }
        partial::remove_stale(&path);
        let partial = partial::name(&path);
        let file = File::create(&partial).with_context(told)?;
        partial::claim(&file);
        if let Some(there) = there {
            file.set_permissions(there.permissions()).with_context(told)?;
        }
        Output::new(file, packing, Some((partial, path.clone())), false).with_context(told)
    }

    fn stdout() -> Result<Output> {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        Ok(Output::new(stdout, Packing::None, None, terminal)?)
    }

    fn new(
        to: impl Write + Send + 'static,
        packing: Packing,
        file: Option<(PathBuf, PathBuf)>,
        terminal: bool,
    ) -> io::Result<Output> {
        let writer: Box<dyn Write + Send> = Box::new(BufWriter::with_capacity(BUFFER, to));
        Ok(Output { writer: Some(Packed::new(packing, writer)?), file, terminal })
    }

    /// Whether a person looks at it.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Writes styled text, with the styles taken out where they are not wanted.
    pub(crate) fn write_styled(&mut self, text: &str, session: &Session) -> Result<()> {
        let colored = match session.color() {
            anstream::ColorChoice::Never => false,
            anstream::ColorChoice::Auto => {
                self.terminal
                    && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
            }
            _ => true,
        };
        if colored {
            self.write_all(text.as_bytes())?;
        } else {
            write!(self, "{}", anstream::adapter::strip_str(text))?;
        }
        Ok(())
    }

    /// Ends the run: what was written is on its way, and the file has its name, unless nothing
    /// could be read.
    pub(crate) fn finish(mut self, status: Status) -> Result<Status> {
        let told = |file: &Option<(PathBuf, PathBuf)>| match file {
            Some((_, path)) => format!("{}: cannot be written", path.display()),
            None => "the output cannot be written".to_owned(),
        };
        if let Some(writer) = self.writer.take() {
            let whole = writer.finish().and_then(|mut writer| writer.flush());
            whole.with_context(|| told(&self.file))?;
        }
        if let Some((partial, path)) = self.file.as_ref().filter(|_| status != Status::Failed) {
            replace(partial, path).with_context(|| told(&self.file))?;
            self.file = None;
        }
        Ok(status)
    }
}

/// Gives a file that is whole its name, in a way that outlives a loss of power.
fn replace(partial: &Path, path: &Path) -> io::Result<()> {
    File::open(partial)?.sync_all()?;
    fs::rename(partial, path)?;
    // The name is a part of the folder. Not every system lets folders be synced; where one does not,
    // the file is whole all the same.
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            let _ = folder.sync_all();
        }
    }
    Ok(())
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Some(writer) => writer.write(bytes),
            None => Ok(0),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((partial, _)) = &self.file {
            // The run failed; what is half written must not be taken for the result.
            let _ = fs::remove_file(partial);
        }
    }
}

/// Whether an error only says that nobody reads the output any more.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
