//! How far the work is, on standard error: only for people at a terminal, and only where the work
//! takes more than a second.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::cli::args::Global;
use crate::plan::{Progress, Stage};

/// So long nobody waits.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the bar moves by itself.
const TICK: Duration = Duration::from_millis(200);

/// How wide the bar is.
const WIDTH: u64 = 24;

/// The words for the stages, by their place in the enum.
const WORDS: [&str; 3] = ["placing tasks", "playing updates through", "losing nodes"];

/// A bar that goes away when the work is done.
pub(super) struct Bar {
    bar: ProgressBar,
    /// The place of the stage's words; another thread draws.
    stage: Arc<AtomicUsize>,
}

impl Bar {
    pub(super) fn new(global: &Global) -> Self {
        // Where standard error is no terminal, this target shows nothing.
        let target =
            if global.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        let stage = Arc::new(AtomicUsize::new(0));
        let words = Arc::clone(&stage);
        if let Ok(style) = ProgressStyle::with_template("{late}") {
            bar.set_style(style.with_key(
                "late",
                move |state: &ProgressState, out: &mut dyn Write| {
                    if state.elapsed() >= PATIENCE {
                        let words = WORDS.get(words.load(Ordering::Relaxed)).copied();
                        // Nobody is harmed where a bar cannot be drawn.
                        let _ = out.write_str(&drawn(words.unwrap_or_default(), state));
                    }
                },
            ));
        }
        bar.enable_steady_tick(TICK);
        Self { bar, stage }
    }

    pub(super) fn show(&self, it: Progress) {
        let stage = match it.stage {
            Stage::Placing => 0,
            Stage::Updates => 1,
            Stage::Losses => 2,
        };
        self.stage.store(stage, Ordering::Relaxed);
        self.bar.set_length(it.of as u64);
        self.bar.set_position(it.done as u64);
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn drawn(words: &str, state: &ProgressState) -> String {
    let (done, of) = (state.pos(), state.len().unwrap_or_default());
    let seconds = state.elapsed().as_secs();
    if of == 0 {
        return format!("{words} … {seconds} s");
    }
    let filled = (done.min(of) * WIDTH / of) as usize;
    let bar = format!("{}{}", "█".repeat(filled), "░".repeat(WIDTH as usize - filled));
    format!("{bar} {words}, {done} of {of}, {seconds} s")
}
