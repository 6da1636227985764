//! The same queries on several machines: Ballista's scheduler and executors, which know our functions.
//!
//! A scheduler cuts a query into stages and hands their parts to executors; executors keep what one
//! stage gives another on their own disks, and fetch it from each other. All of that is Ballista's, and
//! so is what happens when an executor is lost: its parts are done again by the others. What is added
//! here is that all three sides know our functions; those that Ballista ships do not. All of them have
//! to be of one build.
//!
//! Files have to lie under the same path for every executor: on a disk that they share, or on the one
//! machine where all of them run. What is sent between them is neither encrypted nor is it asked who
//! sends it, so a cluster belongs into a network of its own.
//!
//! ```no_run
//! # fn main() -> Result<(), corpus_engine::EngineError> {
//! use corpus_engine::Engine;
//! use corpus_engine::cluster::{ExecutorOptions, SchedulerOptions, run_executor, run_scheduler};
//!
//! // Each in a process of its own:
//! run_scheduler(&SchedulerOptions::default())?;
//! run_executor(&ExecutorOptions::default())?;
//! let rows = Engine::connect("df://127.0.0.1:50050")?.query("select count(*) from 'news/'")?;
//! # Ok(())
//! # }
//! ```

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
#[cfg(feature = "object-store")]
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use ballista::prelude::{SessionConfigExt as _, SessionContextExt as _};
#[cfg(feature = "object-store")]
use ballista_core::RuntimeProducer;
use ballista_core::error::BallistaError;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::default_session_builder;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::common::DataFusionError;
use datafusion::execution::context::{SessionConfig, SessionContext};
#[cfg(feature = "object-store")]
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::execution::{FunctionRegistry as _, SessionStateDefaults};
use tokio::net::TcpStream;

use crate::engine::{Engine, EngineError, runtime};
use crate::function::{functions, register};
use crate::stores::environment;

/// Where a scheduler listens, if nobody says.
pub const SCHEDULER_PORT: u16 = 50050;

/// Into how many parts a stage is cut, if nobody says: Ballista's own number.
pub const PARTS: usize = 16;

/// How often it is looked again whether somebody listens.
const PAUSE: Duration = Duration::from_millis(100);

/// How a scheduler is run.
#[derive(Clone, Debug)]
pub struct SchedulerOptions {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The name under which executors reach it; that of [`SchedulerOptions::listen`] if there is none.
    pub host: Option<String>,
    /// After so long without a word from it an executor is lost, and its work is done again.
    pub executor_timeout: Duration,
}

impl Default for SchedulerOptions {
    fn default() -> SchedulerOptions {
        SchedulerOptions {
            listen: (Ipv4Addr::LOCALHOST, SCHEDULER_PORT).into(),
            host: None,
            executor_timeout: Duration::from_secs(60),
        }
    }
}

/// How an executor is run.
#[derive(Clone, Debug)]
pub struct ExecutorOptions {
    /// Host and port of the scheduler.
    pub scheduler: (String, u16),
    /// Where others fetch from it what it has done; where it takes work is the next port.
    pub listen: SocketAddr,
    /// The name under which others reach it; that by which it comes to the scheduler if there is none.
    pub host: Option<String>,
    /// How many parts of queries it works on at a time; 0 is one a core.
    pub threads: usize,
    /// Where it keeps what stages give each other; a temporary folder if there is none.
    pub folder: Option<PathBuf>,
    /// How often it says that it is there.
    pub heartbeat: Duration,
    /// How long it waits for a scheduler to come up.
    pub patience: Duration,
}

impl Default for ExecutorOptions {
    fn default() -> ExecutorOptions {
        ExecutorOptions {
            scheduler: (Ipv4Addr::LOCALHOST.to_string(), SCHEDULER_PORT),
            listen: (Ipv4Addr::LOCALHOST, SCHEDULER_PORT + 1).into(),
            host: None,
            threads: 0,
            folder: None,
            heartbeat: Duration::from_secs(10),
            patience: Duration::from_secs(30),
        }
    }
}

/// Runs a scheduler; comes back when it cannot go on.
pub fn run_scheduler(options: &SchedulerOptions) -> Result<(), EngineError> {
    let host = options.host.clone().unwrap_or_else(|| options.listen.ip().to_string());
    let timeout = seconds(options.executor_timeout);
    let config = SchedulerConfig {
        external_host: host,
        bind_host: options.listen.ip().to_string(),
        bind_port: options.listen.port(),
        executor_timeout_seconds: timeout,
        // A loss is noticed at the latest a quarter of that later.
        expire_dead_executor_interval_seconds: (timeout / 4).max(1),
        override_session_builder: Some(Arc::new(state_with_functions)),
        ..SchedulerConfig::default()
    };
    let done = runtime(threads(0))?.block_on(async {
        let cluster = BallistaCluster::new_from_config(&config).await?;
        start_server(cluster, options.listen, Arc::new(config)).await
    });
    done.map_err(EngineError::from)
}

/// Runs an executor until it is told to end: by its scheduler, or by SIGINT or SIGTERM, at which it
/// first hands back what it has been given.
pub fn run_executor(options: &ExecutorOptions) -> Result<(), EngineError> {
    let (scheduler_host, scheduler_port) = options.scheduler.clone();
    let temporary = match &options.folder {
        Some(folder) => {
            fs::create_dir_all(folder)?;
            None
        }
        None => Some(tempfile::Builder::new().prefix("corpus-executor-").tempdir()?),
    };
    let folder = options.folder.as_deref().or(temporary.as_ref().map(|it| it.path()));
    let config = ExecutorProcessConfig {
        bind_host: options.listen.ip().to_string(),
        external_host: options.host.clone(),
        port: options.listen.port(),
        grpc_port: options.listen.port().saturating_add(1),
        scheduler_host: scheduler_host.clone(),
        scheduler_port,
        vcores: threads(options.threads),
        work_dir: folder.map(|it| it.to_string_lossy().into_owned()),
        executor_heartbeat_interval_seconds: seconds(options.heartbeat),
        // What nobody has fetched for an hour belongs to a query that is over.
        job_data_ttl_seconds: 3600,
        job_data_clean_up_interval_seconds: 300,
        override_function_registry: Some(Arc::new(registry_with_functions())),
        #[cfg(feature = "object-store")]
        override_runtime_producer: Some(opener(folder)),
        ..ExecutorProcessConfig::default()
    };
    let runtime = runtime(threads(options.threads))?;
    runtime.block_on(reach(&scheduler_host, scheduler_port, options.patience))?;
    runtime.block_on(start_executor_process(Arc::new(config))).map_err(EngineError::from)
}

impl Engine {
    /// An engine whose queries a cluster answers; its address is `df://host:port`. Each stage of a query
    /// is cut into [`PARTS`].
    pub fn connect(address: &str) -> Result<Engine, EngineError> {
        Engine::connect_with_parts(address, PARTS)
    }

    /// The same with so many parts: more than that are never worked on at a time, however many threads
    /// the executors have. Two or three for each of these threads leave none idle at the end of a stage.
    pub fn connect_with_parts(address: &str, parts: usize) -> Result<Engine, EngineError> {
        let Some((host, port)) = parse(address) else {
            let told = format!("{address}: the address of a cluster is df://host:port");
            return Err(DataFusionError::Configuration(told).into());
        };
        let runtime = runtime(threads(0))?;
        let context = runtime.block_on(async {
            reach(&host, port, Duration::ZERO).await?;
            let address = format!("df://{host}:{port}");
            Ok::<_, EngineError>(
                SessionContext::remote_with_state(&address, state(parts.max(1))?).await?,
            )
        })?;
        register(&context);
        Ok(Engine::of(context, runtime))
    }

    /// An engine with a scheduler and an executor of its own in this process: for tests, and to see
    /// whether a query is one that a cluster can answer.
    pub fn standalone() -> Result<Engine, EngineError> {
        let runtime = runtime(threads(0))?;
        let context = runtime.block_on(async {
            let mut state = state(PARTS)?;
            for function in functions() {
                state.register_udf(function)?;
            }
            SessionContext::standalone_with_state(state).await
        })?;
        register(&context);
        Ok(Engine::of(context, runtime))
    }
}

impl From<BallistaError> for EngineError {
    fn from(error: BallistaError) -> EngineError {
        match error {
            BallistaError::IoError(error) => EngineError::Threads(error),
            BallistaError::DataFusionError(error) => EngineError::Query(error),
            error => DataFusionError::External(Box::new(error)).into(),
        }
    }
}

/// Host and port of `df://host:port`.
fn parse(address: &str) -> Option<(String, u16)> {
    let address = address.strip_prefix("df://")?.trim_end_matches('/');
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (address, SCHEDULER_PORT),
    };
    (!host.is_empty()).then(|| (host.to_owned(), port))
}

/// Waits until somebody listens there; Ballista itself would say only that something went wrong.
async fn reach(host: &str, port: u16, patience: Duration) -> Result<(), EngineError> {
    let from = Instant::now();
    loop {
        match TcpStream::connect((host, port)).await {
            Ok(_) => return Ok(()),
            Err(_) if from.elapsed() < patience => tokio::time::sleep(PAUSE).await,
            Err(error) => {
                let told = format!("no scheduler answers at {host}:{port}: {error}");
                return Err(DataFusionError::Configuration(told).into());
            }
        }
    }
}

/// What a client begins with.
fn state(parts: usize) -> datafusion::error::Result<SessionState> {
    let config = SessionConfig::new_with_ballista().with_target_partitions(parts);
    let builder = SessionStateBuilder::new().with_config(config).with_default_features();
    Ok(builder.with_runtime_env(environment()?).build())
}

/// What a scheduler begins with, who reads plans in which our functions stand.
fn state_with_functions(config: SessionConfig) -> datafusion::error::Result<SessionState> {
    let state = default_session_builder(config)?;
    let mut state =
        SessionStateBuilder::new_from_existing(state).with_runtime_env(environment()?).build();
    for function in functions() {
        state.register_udf(function)?;
    }
    Ok(state)
}

/// What an executor knows, who runs them.
fn registry_with_functions() -> BallistaFunctionRegistry {
    let mut registry = BallistaFunctionRegistry::default();
    // Ballista's own leaves out those of lists, such as `cardinality`, which everybody else knows.
    for function in SessionStateDefaults::default_scalar_functions().into_iter().chain(functions())
    {
        registry.scalar_functions.insert(function.name().to_owned(), function);
    }
    registry
}

/// What an executor opens files with, and where it puts what does not fit into its memory.
#[cfg(feature = "object-store")]
fn opener(folder: Option<&Path>) -> RuntimeProducer {
    let folder = folder.map(Path::to_owned);
    Arc::new(move |_| {
        let stores = Arc::new(crate::stores::remote::Stores::default());
        let builder = RuntimeEnvBuilder::new().with_object_store_registry(stores);
        match &folder {
            Some(folder) => builder.with_temp_file_path(folder).build_arc(),
            None => builder.build_arc(),
        }
    })
}

/// So many threads, or one a core.
fn threads(asked: usize) -> usize {
    match asked {
        0 => available_parallelism().map_or(1, usize::from),
        asked => asked,
    }
}

/// Whole seconds, one at least.
fn seconds(time: Duration) -> u64 {
    time.as_secs().max(1)
}

#[cfg(test)]
mod tests {
    use datafusion::execution::FunctionRegistry as _;

    use super::{SessionStateBuilder, parse, registry_with_functions, state_with_functions};

    #[test]
    fn executors_know_what_a_scheduler_knows() {
        let config = SessionStateBuilder::new().build().config().clone();
        let scheduler = state_with_functions(config).unwrap();
        let executor = registry_with_functions();
        for (name, function) in scheduler.scalar_functions() {
            // What is sent is the name of the function, not another one that it goes by.
            assert!(executor.udf(function.name()).is_ok(), "{name}");
        }
        for (name, function) in scheduler.aggregate_functions() {
            assert!(executor.udaf(function.name()).is_ok(), "{name}");
        }
        for (name, function) in scheduler.window_functions() {
            assert!(executor.udwf(function.name()).is_ok(), "{name}");
        }
    }

    #[test]
    fn addresses_have_a_host_and_maybe_a_port() {
        for (address, expected) in [
            ("df://127.0.0.1:50060", Some(("127.0.0.1", 50060))),
            ("df://may-1/", Some(("may-1", 50050))),
            ("df://:50050", None),
            ("df://may-1:x", None),
            ("http://may-1:50050", None),
            ("may-1:50050", None),
        ] {
            let found = parse(address);
            let found = found.as_ref().map(|(host, port)| (host.as_str(), *port));
            assert_eq!(found, expected, "{address}");
        }
    }
}
