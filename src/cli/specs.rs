//! `swarm-plan specs`: what a deploy sends, as JSON in the form of the Engine API.

use crate::cli::args::{Global, Specs};
use crate::cli::job::Job;
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Error, Outcome};
use crate::stack;

pub(super) fn run(args: &Specs, _: &Global, _: &mut Terminal) -> Result<Outcome, Error> {
    let mut ready = Job::of(&args.stack)?.read()?;
    let stack = ready.load(true);
    if let Some(refusal) = stack::verdict(&stack.problems) {
        terminal::complain(&refusal.text);
        return Ok(Outcome::Findings);
    }
    Err(Error::usage("`specs` cannot print a stack yet"))
}
