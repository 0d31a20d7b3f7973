//! `swarm-plan lsp`

use std::io::{self, BufReader};

use crate::cli::args::Global;
use crate::cli::{Error, Outcome};
use crate::lsp::{self, Ending, Options};

pub(super) fn run(global: &Global) -> Result<Outcome, Error> {
    let settings = global.settings.as_ref().map(std::path::absolute).transpose()?;
    let text = |it: std::ffi::OsString| it.to_string_lossy().into_owned();
    let environment = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    let options = Options {
        settings,
        environment: environment.collect(),
        folder: std::env::current_dir().unwrap_or_default(),
    };
    let ending = lsp::serve(BufReader::new(io::stdin()), io::stdout(), options);
    Ok(if ending == Ending::Orderly { Outcome::Clean } else { Outcome::Findings })
}
