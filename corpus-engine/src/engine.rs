//! [`Engine`]: queries from a program that is not asynchronous, and [`sql`] for one that is.

use std::fmt;
use std::io;
use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::DataFusionError;
use datafusion::dataframe::DataFrame;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::context::{SQLOptions, SessionConfig, SessionContext};
use futures::StreamExt as _;
use tokio::runtime::{Builder, Runtime};

use crate::advice::advice;
#[cfg(feature = "cluster")]
use crate::documents::refuse_documents;
use crate::documents::{Problems, register_documents};
use crate::expand::expand;
use crate::files::{name_folders, register_files};
use crate::function::register;
use crate::stores::environment;

/// A query that could not be asked or answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The threads that queries run on could not be started.
    #[error("the threads of the engine cannot be started: {0}")]
    Threads(#[from] io::Error),
    /// The query is wrong, or what it reads is.
    #[error("{}", advice(.0))]
    Query(Box<DataFusionError>),
}

impl From<DataFusionError> for EngineError {
    fn from(error: DataFusionError) -> EngineError {
        EngineError::Query(Box::new(error))
    }
}

/// Asks a query of a context; the files that it names become tables.
///
/// The query reads: what would create, change or write something is refused. Our functions are those
/// that [`register`] added to the context.
///
/// ```
/// use corpus_engine::datafusion::prelude::SessionContext;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let runtime = tokio::runtime::Runtime::new()?;
/// # runtime.block_on(async {
/// let context = SessionContext::new();
/// corpus_engine::register(&context);
/// let rows = corpus_engine::sql(&context, "select jaccard('mưa to', 'Mưa to')").await?;
/// assert_eq!(rows.collect().await?[0].num_rows(), 1);
/// assert!(corpus_engine::sql(&context, "create table t (n int)").await.is_err());
/// # Ok(())
/// # })
/// # }
/// ```
pub async fn sql(context: &SessionContext, query: &str) -> datafusion::error::Result<DataFrame> {
    let state = context.state();
    let dialect = state.config_options().sql_parser.dialect;
    let mut statement = state.sql_to_statement(query, &dialect)?;
    expand(&mut statement)?;
    name_folders(&mut statement);
    register_files(context, &statement).await?;
    // The state was a copy, from before there were these tables; a catalog is shared.
    let plan = context.state().statement_to_plan(statement).await?;
    let reading =
        SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    reading.verify_plan(&plan)?;
    context.execute_logical_plan(plan).await
}

/// A context with our functions, and the threads that its queries run on.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use corpus_engine::datafusion::arrow::array::AsArray;
///
/// let engine = corpus_engine::Engine::new()?;
/// let mut rows = engine.query("select vi_normalize('Ðảng') as text")?;
/// let batch = rows.next().unwrap()?;
/// assert_eq!(batch["text"].as_string::<i32>().value(0), "Đảng");
/// # Ok(())
/// # }
/// ```
pub struct Engine {
    context: SessionContext,
    problems: Problems,
    /// Dropped last: what the context holds may still end on it.
    runtime: Arc<Runtime>,
}

impl Engine {
    /// An engine on this machine, with a thread a core.
    pub fn new() -> Result<Engine, EngineError> {
        Engine::with_config(SessionConfig::new())
    }

    /// The same with so many threads, and as many parts that a query is cut into.
    pub fn with_threads(threads: usize) -> Result<Engine, EngineError> {
        Engine::with_config(SessionConfig::new().with_target_partitions(threads.max(1)))
    }

    /// The same with DataFusion's own options.
    pub fn with_config(config: SessionConfig) -> Result<Engine, EngineError> {
        let runtime = runtime(config.target_partitions())?;
        let context = SessionContext::new_with_config_rt(config, environment()?);
        register(&context);
        let problems = register_documents(&context);
        Ok(Engine { context, problems, runtime })
    }

    /// An engine that asks a context made elsewhere.
    #[cfg(feature = "cluster")]
    pub(crate) fn of(context: SessionContext, runtime: Arc<Runtime>) -> Engine {
        refuse_documents(&context);
        Engine { context, problems: Problems::default(), runtime }
    }

    /// The context, to add tables and functions to.
    pub fn context(&self) -> &SessionContext {
        &self.context
    }

    /// What `vi_documents` could not read of the files that queries named.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// Asks a query as [`sql`] does, and begins with the rows; they come as they are found.
    ///
    /// Without `order by` they come in any order.
    pub fn query(&self, query: &str) -> Result<Rows, EngineError> {
        let stream = self
            .runtime
            .block_on(async { sql(&self.context, query).await?.execute_stream().await })?;
        Ok(Rows { stream, runtime: Arc::clone(&self.runtime) })
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

/// The threads that queries run on.
pub(crate) fn runtime(threads: usize) -> io::Result<Arc<Runtime>> {
    let mut builder = Builder::new_multi_thread();
    // Plans are trees, and their depth costs stack.
    builder.worker_threads(threads.max(1)).thread_stack_size(8 << 20).enable_all();
    builder.build().map(Arc::new)
}

/// The rows of an answer, batch by batch.
pub struct Rows {
    stream: SendableRecordBatchStream,
    runtime: Arc<Runtime>,
}

impl Rows {
    /// Names and types of the columns.
    pub fn schema(&self) -> SchemaRef {
        self.stream.schema()
    }
}

impl Iterator for Rows {
    type Item = Result<RecordBatch, EngineError>;

    fn next(&mut self) -> Option<Result<RecordBatch, EngineError>> {
        let batch = self.runtime.block_on(self.stream.next())?;
        Some(batch.map_err(EngineError::from))
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("schema", &self.schema()).finish_non_exhaustive()
    }
}
