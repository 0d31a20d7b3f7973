//! `swarm-plan config`: the merged, interpolated stack, as `docker stack config` prints it.

use crate::cli::args::{Config, Global};
use crate::cli::job::Job;
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Error, Outcome};
use crate::stack;

pub(super) fn run(args: &Config, _: &Global, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let mut ready = Job::of(&args.stack)?.read()?;
    let stack = ready.load(!args.skip_interpolation);
    if let Some(refusal) = stack::config_verdict(&stack.problems) {
        terminal::complain(&refusal.text);
        return Ok(Outcome::Findings);
    }
    write!(terminal.out(), "{}", stack::show(&stack))?;
    Ok(Outcome::Clean)
}
