//! Checks stacks beside the loop, so that no request waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;

use crate::lsp::Event;
use crate::lsp::check::{self, Shared};
use crate::lsp::files::Overlay;
use crate::lsp::project::{Job, Key, Projects};
use crate::stack::model::Environment;

/// What is to be checked, with the texts of one moment.
#[derive(Debug)]
pub(super) struct Work {
    pub round: u64,
    pub jobs: Vec<Job>,
    pub files: Overlay,
    pub projects: Projects,
    pub environment: Arc<Environment>,
}

/// A stack that was checked; none where the check failed.
pub(super) struct Checked {
    pub round: u64,
    pub key: Key,
    pub snapshot: Option<Shared>,
}

/// The way to the worker.
#[derive(Debug)]
pub(super) struct Worker {
    work: Sender<Work>,
    /// The round that is wanted; the others are abandoned.
    latest: Arc<AtomicU64>,
}

/// What the main thread usually has, in bytes.
const STACK: usize = 8 << 20;

pub(super) fn start(report: Sender<Event>) -> Worker {
    let (send, receive) = mpsc::channel::<Work>();
    let latest = Arc::new(AtomicU64::new(0));
    let wanted = Arc::clone(&latest);
    let labour = move || {
        for work in receive {
            let Work { round, jobs, files, projects, environment } = work;
            for job in jobs {
                if wanted.load(Ordering::Relaxed) != round {
                    break;
                }
                let key = job.key.clone();
                let each = || check::check(job, &projects, &environment, &files);
                // The hook has told what it was; the others are checked all the same.
                let snapshot = catch_unwind(AssertUnwindSafe(each)).ok().map(Arc::new);
                let checked = Box::new(Checked { round, key, snapshot });
                if report.send(Event::Checked(checked)).is_err() {
                    return;
                }
            }
        }
    };
    // Without a thread nothing is checked, and the rest goes on.
    let _ = thread::Builder::new().stack_size(STACK).spawn(labour);
    Worker { work: send, latest }
}

impl Worker {
    /// Checks stacks; what was wanted before is abandoned.
    pub(super) fn check(&self, work: Work) {
        self.latest.store(work.round, Ordering::Relaxed);
        // The worker lives as long as the loop.
        let _ = self.work.send(work);
    }

    /// Abandons what is being checked.
    pub(super) fn abandon(&self, round: u64) {
        self.latest.store(round, Ordering::Relaxed);
    }
}
