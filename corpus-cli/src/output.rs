//! [`Output`]: standard output, or a file that appears under its name only when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::options::OutputOptions;
use crate::session::{Session, Status};

/// Bytes held before they are written.
const BUFFER: usize = 64 << 10;

/// Where results go.
pub(crate) struct Output {
    writer: Box<dyn Write>,
    /// The temporary file and the name it gets at the end.
    file: Option<(PathBuf, PathBuf)>,
    terminal: bool,
}

impl Output {
    /// Opens what the options ask for.
    pub(crate) fn open(options: &OutputOptions) -> Result<Output> {
        let stdout = || {
            let stdout = io::stdout();
            let terminal = stdout.is_terminal();
            let writer = Box::new(BufWriter::with_capacity(BUFFER, stdout));
            Ok(Output { writer, file: None, terminal })
        };
        let path = match &options.output {
            None => return stdout(),
            Some(path) if path.as_os_str() == "-" => return stdout(),
            // A link stays one; what it points to is written.
            Some(path) => fs::canonicalize(path).unwrap_or_else(|_| path.clone()),
        };
        let told = || format!("{}: cannot be written", path.display());
        let there = fs::metadata(&path).ok();
        if there.as_ref().is_some_and(fs::Metadata::is_dir) {
            bail!("{}: is a folder; name a file", path.display());
        }
        // A device or pipe cannot be replaced by a file, and need not be.
        if there.as_ref().is_some_and(|there| !there.is_file()) {
            let file = OpenOptions::new().write(true).open(&path).with_context(told)?;
            let writer = Box::new(BufWriter::with_capacity(BUFFER, file));
            return Ok(Output { writer, file: None, terminal: false });
        }
        let partial = partial_name(&path);
        let file = File::create(&partial).with_context(told)?;
        if let Some(there) = there {
            file.set_permissions(there.permissions()).with_context(told)?;
        }
        let writer = Box::new(BufWriter::with_capacity(BUFFER, file));
        Ok(Output { writer, file: Some((partial, path)), terminal: false })
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
            self.writer.write_all(text.as_bytes())?;
        } else {
            write!(self.writer, "{}", anstream::adapter::strip_str(text))?;
        }
        Ok(())
    }

    /// Ends the run: what was written is on its way, and the file has its name, unless nothing
    /// could be read.
    pub(crate) fn finish(mut self, status: Status) -> Result<Status> {
        self.writer.flush()?;
        if let Some((partial, path)) = self.file.as_ref().filter(|_| status != Status::Failed) {
            let told = || format!("{}: cannot be written", path.display());
            File::open(partial)?.sync_all().with_context(told)?;
            fs::rename(partial, path).with_context(told)?;
            self.file = None;
        }
        Ok(status)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
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

/// A hidden name beside the file, so that renaming stays within one file system.
fn partial_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.partial", std::process::id()))
}

/// Whether an error only says that nobody reads the output any more.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
