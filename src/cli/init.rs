//! `swarm-plan init`: a first `swarm-plan.toml` and `nodes.yml`, to be read and changed. What is there
//! already is left alone.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::cli::args::Init;
use crate::cli::error::shown;
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome};

const FILES: [(&str, &str); 2] = [
    ("swarm-plan.toml", include_str!("init/swarm-plan.toml")),
    ("nodes.yml", include_str!("init/nodes.yml")),
];

pub(super) fn run(args: &Init, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let out = terminal.out();
    for (name, text) in FILES {
        let path = args.folder.join(name);
        match create(&path, text) {
            Ok(()) => writeln!(out, "wrote {}", shown(&path))?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                writeln!(out, "left {} as it is", shown(&path))?;
            }
            Err(source) => return Err(Error::Create { path, source }),
        }
    }
    writeln!(out, "describe your nodes in nodes.yml, then: swarm-plan check")?;
    Ok(Outcome::Clean)
}

/// Creates a file that is not there, whoever else tries the same.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
