//! Documents read in order, worked on by several threads, results given back in order.
//!
//! The first thread fills batches of about [`BATCH_BYTES`] of text. Where each line is a record, it
//! only cuts the input into pieces of whole lines, which the threads parse. Each thread turns batches into
//! bytes to print and a value for each document, the first one those that it fills while enough
//! wait for the others. A batch keeps its number, and the first thread hands results on in the
//! order of numbers, so the output does not depend on the number of threads; what is to be told of the
//! input goes the same way, and pieces are the same for one thread. Only so many batches
//! are under way at any time, twice [`BATCHES_A_THREAD`] for each thread, so the memory does not
//! depend on the size of the input either; spent batches are filled anew.

mod ahead;
mod batch;
mod feed;
mod head;
mod queue;
mod told;

use std::collections::BTreeMap;
use std::sync::mpsc;

use anyhow::Result;
use corpus_parse::Ledger;

use crate::options::InputOptions;
use crate::report::page::counted;
use crate::session::{Session, Status};
pub(crate) use batch::Work;
use batch::{Batch, Done};
use queue::{Closing, Queue};
use told::Teller;

/// A batch is full at this many bytes of text; large enough that handing it on costs nothing.
const BATCH_BYTES: usize = 256 << 10;
/// Batches that wait for each thread; more would only fill memory.
const BATCHES_A_THREAD: usize = 2;

/// What a run over the input came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Every byte accounted for.
    pub(crate) ledger: Ledger,
    /// How many documents came out.
    pub(crate) documents: u64,
    /// How many files were to be read, standard input being one.
    files: usize,
    problems: u64,
}

impl Outcome {
    /// How the command ends if nothing else is to be said.
    pub(crate) fn status(&self) -> Status {
        match (self.problems, self.documents) {
            (0, _) => Status::Done,
            (_, 0) => Status::Failed,
            (_, _) => Status::Damaged,
        }
    }

    /// What is to be told of an input that was read without a problem and had no documents.
    fn nothing(&self, options: &InputOptions) -> Option<String> {
        // That there were no files was told when they were looked for.
        if self.documents > 0 || self.problems > 0 || self.files == 0 {
            return None;
        }
        let name = match options.input.as_slice() {
            [] => "standard input",
            [name] if name == "-" => "standard input",
            [name] => name,
            _ => "the input",
        };
        Some(match (self.ledger.bytes_in, self.files) {
            (0, 1) if name == "standard input" => {
                "standard input is empty: pipe a text in, or name files or folders".to_owned()
            }
            (0, 1) => format!("{name}: the file is empty; name files or folders that have a text"),
            (0, n) => {
                format!("{name}: all {n} files are empty; name files or folders that have a text")
            }
            (n, _) => format!(
                "{name}: no document in {}; --ledger FILE tells what was found instead, and --format NAME reads it as something else",
                counted(n, "byte", "bytes")
            ),
        })
    }
}

/// Runs over all documents of the input, and tells if there are none.
///
/// `worker` makes the function of one thread, with its scratch space; that function appends what is
/// to be printed for a document and returns a value. `sink` gets both in the order of the input.
pub(crate) fn run<T, W, F>(
    session: &Session,
    options: &InputOptions,
    worker: W,
    mut sink: impl FnMut(&[u8], Vec<T>) -> Result<()>,
) -> Result<Outcome>
where
    T: Send,
    W: Fn() -> F + Sync,
    F: Work<T>,
{
    let outcome = run_part(session, options, worker, |_, bytes, values| sink(bytes, values))?;
    if let Some(nothing) = outcome.nothing(options) {
        session.note(&nothing);
    }
    Ok(outcome)
}

/// Runs over all documents of a part of the input, which may well have none.
///
/// Batches have numbers from 0 on, which `worker` ([`Work::begin`]) and `sink` are told. The same input
/// gives the same batches whenever it is read, with any number of threads; `sink` sees those with documents.
pub(crate) fn run_part<T, W, F>(
    session: &Session,
    options: &InputOptions,
    worker: W,
    mut sink: impl FnMut(usize, &[u8], Vec<T>) -> Result<()>,
) -> Result<Outcome>
where
    T: Send,
    W: Fn() -> F + Sync,
    F: Work<T>,
{
    let (mut feed, mut teller) = feed::open(session, options)?;
    let jobs = options.jobs();
    if jobs == 1 {
        let mut work = worker();
        let mut batch = Batch::default();
        while feed.fill(&mut batch) {
            let next = batch.number + 1;
            batch = hand_on(batch.done(&mut work), &mut teller, &mut sink)?;
            batch.number = next;
        }
        return teller.finish();
    }
    let queue = Queue::<Batch>::new();
    std::thread::scope(|scope| {
        // However this thread ends, the others find out.
        let closing = Closing(&queue);
        let queue = closing.0;
        let (results, done) = mpsc::channel::<Done<T>>();
        let worker = &worker;
        for _ in 1..jobs {
            let results = results.clone();
            scope.spawn(move || {
                let mut work = worker();
                while let Some(batch) = queue.wait() {
                    if results.send(batch.done(&mut work)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(results);
        // This thread reads and collects, and works too as soon as the others have enough to do: a
        // batch costs least where it was read, and no thread waits for a processor.
        let mut work = worker();
        let mut sent = 0;
        let mut handed_on = 0;
        let mut waiting: BTreeMap<usize, Done<T>> = BTreeMap::new();
        let mut spare: Vec<Batch> = Vec::new();
        let mut more = true;
        loop {
            let result = if more && sent - handed_on < 2 * jobs * BATCHES_A_THREAD {
                let mut batch = spare.pop().unwrap_or_default();
                more = feed.fill(&mut batch);
                if !more {
                    continue;
                }
                batch.number = sent;
                sent += 1;
                match queue.push(batch, jobs * BATCHES_A_THREAD) {
                    None => None,
                    Some(batch) => Some(batch.done(&mut work)),
                }
            } else if let Some(batch) = queue.take() {
                Some(batch.done(&mut work))
            } else if handed_on < sent {
                match done.recv() {
                    Ok(result) => Some(result),
                    // All others are gone, which only a panic in one of them can cause; leaving
                    // the scope passes it on.
                    Err(_) => break,
                }
            } else {
                break;
            };
            let finished = result.into_iter().chain(done.try_iter());
            waiting.extend(finished.map(|result| (result.batch.number, result)));
            while let Some(result) = waiting.remove(&handed_on) {
                handed_on += 1;
                spare.push(hand_on(result, &mut teller, &mut sink)?);
            }
        }
        teller.finish()
    })
}

/// Hands on what was made of a batch, and gives it back to be filled anew.
fn hand_on<T>(
    done: Done<T>,
    teller: &mut Teller<'_>,
    sink: &mut impl FnMut(usize, &[u8], Vec<T>) -> Result<()>,
) -> Result<Batch> {
    let Done { mut batch, values } = done;
    teller.tell(&mut batch.told);
    if let Some(found) = batch.found.take() {
        teller.tell_piece(&found);
    }
    teller.keep(&mut batch.lost, values.len());
    if !values.is_empty() {
        sink(batch.number, &batch.bytes, values)?;
    }
    Ok(batch)
}
