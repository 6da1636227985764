//! `corpus cluster`: the parts of a cluster that `corpus sql --cluster` asks.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _, Subcommand};
use corpus_engine::cluster::{ExecutorOptions, SchedulerOptions, run_executor, run_scheduler};

use crate::command::Command;
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus cluster scheduler                            one, on port 50050
  corpus cluster executor                             on the same machine, ports 50051 and 50052
  corpus cluster executor --listen 127.0.0.1:50061    a second one there
  corpus cluster executor --scheduler ten-1:50050 --listen 0.0.0.0:50051      on another machine
  corpus sql --cluster df://127.0.0.1:50050 \"select count(*) from '/share/news/'\"

All have to be of one build, and files have to lie under one path for all. Nothing that they say to
each other is encrypted, and nobody is asked who they are: give them a network of their own.";

/// `corpus cluster`.
pub(crate) struct Cluster;

#[derive(Debug, Subcommand)]
enum Part {
    /// Cut questions into parts, and hand these to executors
    Scheduler(SchedulerArguments),
    /// Do parts of questions
    Executor(ExecutorArguments),
}

#[derive(Args, Debug)]
struct SchedulerArguments {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:50050")]
    listen: SocketAddr,

    /// The name under which executors reach it [default: the address of --listen]
    #[arg(long, value_name = "NAME")]
    host: Option<String>,

    /// Take an executor for lost that has said nothing for so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    executor_timeout: u64,
}

#[derive(Args, Debug)]
struct ExecutorArguments {
    /// Where the scheduler listens
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050", value_parser = host_and_port)]
    scheduler: (String, u16),

    /// Where to listen for those who fetch; work comes in at the next port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:50051")]
    listen: SocketAddr,

    /// The name under which others reach it [default: that by which it came to the scheduler]
    #[arg(long, value_name = "NAME")]
    host: Option<String>,

    /// So many parts at a time [default: one a core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1024))]
    jobs: Option<u64>,

    /// Where to keep what others will fetch [default: a temporary folder]
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,

    /// Tell the scheduler every so many seconds that it is there
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    heartbeat: u64,
}

impl Command for Cluster {
    fn define(&self) -> clap::Command {
        Part::augment_subcommands(clap::Command::new("cluster"))
            .about("Run a part of a cluster: its scheduler, or one of its executors")
            .subcommand_required(true)
            .arg_required_else_help(true)
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        match Part::from_arg_matches(arguments)? {
            Part::Scheduler(given) => {
                session.note(&format!("the scheduler is at df://{}; Ctrl-C ends it", given.listen));
                run_scheduler(&SchedulerOptions {
                    listen: given.listen,
                    host: given.host,
                    executor_timeout: Duration::from_secs(given.executor_timeout),
                })?;
            }
            Part::Executor(given) => {
                if given.listen.port().checked_add(1).is_none() {
                    bail!("--listen {}: there is no next port", given.listen);
                }
                let (host, port) = &given.scheduler;
                session.note(&format!(
                    "an executor of the scheduler at df://{host}:{port}; Ctrl-C ends it"
                ));
                run_executor(&ExecutorOptions {
                    scheduler: given.scheduler,
                    listen: given.listen,
                    host: given.host,
                    threads: given.jobs.and_then(|jobs| usize::try_from(jobs).ok()).unwrap_or(0),
                    folder: given.folder,
                    heartbeat: Duration::from_secs(given.heartbeat),
                    ..ExecutorOptions::default()
                })?;
            }
        }
        Ok(Status::Done)
    }
}

/// Reads the value of `--scheduler`.
fn host_and_port(text: &str) -> Result<(String, u16), String> {
    let text = text.strip_prefix("df://").unwrap_or(text);
    match text.rsplit_once(':').map(|(host, port)| (host, port.parse())) {
        Some((host, Ok(port))) if !host.is_empty() => Ok((host.to_owned(), port)),
        _ => Err("write host:port, as in 10.0.0.1:50050".into()),
    }
}
