//! A bar on standard error for work of more than a second, where somebody sits before it.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long nobody wonders.
const PATIENCE: Duration = Duration::from_secs(1);

/// How much of the work is done.
pub(super) struct Meter {
    started: Instant,
    total: u64,
    done: AtomicU64,
    is_shown: bool,
    bar: OnceLock<ProgressBar>,
}

impl Meter {
    pub(super) fn new(total: usize, quiet: bool) -> Self {
        Self {
            started: Instant::now(),
            total: total as u64,
            done: AtomicU64::new(0),
            is_shown: !quiet && io::stderr().is_terminal(),
            bar: OnceLock::new(),
        }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.is_shown && self.started.elapsed() > PATIENCE {
            self.bar.get_or_init(|| bar(self.total)).set_position(done);
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

fn bar(total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    match ProgressStyle::with_template("{wide_bar} {pos} of {len} stacks") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
