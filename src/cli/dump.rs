//! `swarm-plan dump STAGE FILE`: what one stage of the work makes of a file.

use crate::cli::args::{Dump, Global, Stage};
use crate::cli::job::Job;
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome};
use crate::yaml;

pub(super) fn run(args: &Dump, _: &Global, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let mut ready = Job { files: vec![args.file.clone()], ..Job::default() }.read()?;
    let out = terminal.out();
    match args.stage {
        Stage::Tree => {
            for id in &ready.files {
                writeln!(out, "{:#?}", yaml::parse(*id, &ready.sources.get(*id).text))?;
            }
        }
        Stage::Stack => writeln!(out, "{:#?}", ready.load(true))?,
    }
    Ok(Outcome::Clean)
}
