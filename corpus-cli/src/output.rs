//! [`Output`]: standard output, or a file that appears under its name only when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::options::OutputOptions;
use crate::session::Session;

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
        let Some(path) = &options.output else {
            let stdout = io::stdout();
            let terminal = stdout.is_terminal();
            return Ok(Output {
                writer: Box::new(BufWriter::with_capacity(1 << 16, stdout)),
                file: None,
                terminal,
            });
        };
        let partial = partial_name(path);
        let file = File::create(&partial)
            .with_context(|| format!("{}: cannot be written", path.display()))?;
        Ok(Output {
            writer: Box::new(BufWriter::with_capacity(1 << 16, file)),
            file: Some((partial, path.clone())),
            terminal: false,
        })
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

    /// Finishes: what was written is on its way, the file has its name.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.writer.flush()?;
        if let Some((partial, path)) = self.file.take() {
            File::open(&partial)?.sync_all()?;
            fs::rename(&partial, &path)
                .with_context(|| format!("{}: cannot be written", path.display()))?;
        }
        Ok(())
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
