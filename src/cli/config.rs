//! `swarm-plan config`: the merged, interpolated stack, as `docker stack config` prints it.

use crate::cli::args::{Config, Global};
use crate::cli::job::{self, Job};
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome};
use crate::stack;

pub(super) fn run(args: &Config, _: &Global, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let mut ready = Job::of(&args.stack)?.read()?;
    let mut stack = ready.load(!args.skip_interpolation);
    if let Some(refusal) = stack::config_verdict(&stack.problems) {
        job::refuse(&mut ready, &mut stack, &refusal.text, &args.stack);
        return Ok(Outcome::Findings);
    }
    write!(terminal.out(), "{}", stack::show(&stack))?;
    Ok(Outcome::Clean)
}
