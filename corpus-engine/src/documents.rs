//! `vi_documents(place[, format])`: whatever the crates can read, as a table of documents.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use corpus_parse::Format;
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::{Session, TableFunctionArgs, TableFunctionImpl, TableProvider};
use datafusion::common::{Result, plan_err};
use datafusion::datasource::TableType;
use datafusion::execution::context::SessionContext;
use datafusion::logical_expr::Expr;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};

mod columns;
mod part;
mod places;
mod reading;

use part::Part;

/// What the function is called.
const NAME: &str = "vi_documents";

/// So many problems are kept; of the rest it is known how many there were.
const MOST: usize = 1000;

/// What could not be read by `vi_documents`: a line each, with the name of the file.
///
/// As everywhere in these crates reading goes on behind what is damaged; so the rows of an answer may
/// be fewer than the input holds, and whoever asks should look here when all rows have come.
#[derive(Clone, Debug, Default)]
pub struct Problems(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    lines: Vec<String>,
    more: u64,
}

impl Problems {
    /// Takes what was told since the last call, in the order of the names of the files.
    pub fn take(&self) -> Vec<String> {
        let Told { mut lines, more } =
            std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        // A query may read a file twice.
        lines.sort_unstable();
        lines.dedup();
        if more > 0 {
            lines.push(format!("and {more} problems more"));
        }
        lines
    }

    fn tell(&self, name: &str, what: &dyn fmt::Display) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match told.lines.len() < MOST {
            true => told.lines.push(format!("{name}: {what}")),
            false => told.more += 1,
        }
    }
}

/// Adds the table function `vi_documents(place[, format])` to a context; tells what it could not read.
///
/// The place is a file, a glob or a folder with files of any format that `corpus-parse` reads, packed
/// or in archives too, in UTF-8 or UTF-16. The format is found out unless it is named. The columns are
/// those of `corpus_write::SCHEMA`; layers that a file does not hold are empty lists. Files are read as
/// rows are asked for, several at a time.
///
/// ```
/// use corpus_engine::datafusion::prelude::SessionContext;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let runtime = tokio::runtime::Runtime::new()?;
/// # runtime.block_on(async {
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("a.txt"), "Trời mưa to.\n")?;
/// let context = SessionContext::new();
/// let problems = corpus_engine::register_documents(&context);
/// let query = format!("select id, text from vi_documents('{}/*.txt')", folder.path().display());
/// assert_eq!(corpus_engine::sql(&context, &query).await?.collect().await?[0].num_rows(), 1);
/// assert!(problems.take().is_empty());
/// # Ok(())
/// # })
/// # }
/// ```
pub fn register_documents(context: &SessionContext) -> Problems {
    let problems = Problems::default();
    context.register_udtf(NAME, Arc::new(Documents { problems: problems.clone() }));
    problems
}

/// Says instead why there is no such table on a cluster, whose machines would each look for the files.
#[cfg(feature = "cluster")]
pub(crate) fn refuse_documents(context: &SessionContext) {
    context.register_udtf(NAME, Arc::new(Elsewhere));
}

/// The function.
#[derive(Debug)]
struct Documents {
    problems: Problems,
}

impl TableFunctionImpl for Documents {
    fn call_with_args(
        &self,
        arguments: TableFunctionArgs<'_, '_>,
    ) -> Result<Arc<dyn TableProvider>> {
        let texts: Option<Vec<&str>> = arguments.exprs().iter().map(text).collect();
        let (place, format) = match texts.as_deref() {
            Some([place]) => (*place, None),
            Some([place, format]) => (*place, Some(known(format)?)),
            _ => {
                return plan_err!(
                    "{NAME} takes a file, glob or folder as text, and maybe the name of a format: \
                     from {NAME}('news/*.txt')"
                );
            }
        };
        let problems = self.problems.clone();
        let files = places::files(place, &problems)?;
        Ok(Arc::new(DocumentsTable { files, format, problems, schema: columns::schema() }))
    }
}

/// The text that an argument is, after what is constant in it was worked out.
fn text(argument: &Expr) -> Option<&str> {
    match argument {
        Expr::Literal(value, _) => value.try_as_str().flatten(),
        _ => None,
    }
}

/// The format of this name.
fn known(name: &str) -> Result<&'static dyn Format> {
    match corpus_parse::find(name) {
        Some(format) => Ok(format),
        None => {
            let names: Vec<&str> = corpus_parse::FORMATS.iter().map(|it| it.name()).collect();
            plan_err!("no format is called {name:?}; there are {}", names.join(", "))
        }
    }
}

/// The documents of files.
struct DocumentsTable {
    files: Vec<PathBuf>,
    format: Option<&'static dyn Format>,
    problems: Problems,
    schema: SchemaRef,
}

impl fmt::Debug for DocumentsTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentsTable").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

#[async_trait]
impl TableProvider for DocumentsTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        session: &dyn Session,
        projection: Option<&Vec<usize>>,
        _: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        // Columns that nobody asks for are not made.
        let schema: SchemaRef = match projection {
            Some(columns) => Arc::new(Schema::project(&self.schema, columns)?),
            None => self.schema(),
        };
        let parts = session.config().target_partitions().clamp(1, self.files.len().max(1));
        let part = |n: usize| -> Arc<dyn PartitionStream> {
            Arc::new(Part {
                files: self.files.iter().skip(n).step_by(parts).cloned().collect(),
                format: self.format,
                problems: self.problems.clone(),
                schema: Arc::clone(&schema),
            })
        };
        let parts = (0..parts).map(part).collect();
        let plan = StreamingTableExec::try_new(schema.clone(), parts, None, [], false, limit)?;
        Ok(Arc::new(plan))
    }
}

/// The function where files cannot be read for the one who asks.
#[cfg(feature = "cluster")]
#[derive(Debug)]
struct Elsewhere;

#[cfg(feature = "cluster")]
impl TableFunctionImpl for Elsewhere {
    fn call_with_args(&self, _: TableFunctionArgs<'_, '_>) -> Result<Arc<dyn TableProvider>> {
        plan_err!(
            "{NAME} is not for a cluster: make Parquet of the files first, with `corpus build` or \
             `corpus convert -o FILE.parquet`"
        )
    }
}
