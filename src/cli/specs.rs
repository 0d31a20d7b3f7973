//! `swarm-plan specs`: what a deploy sends, as JSON in the form of the Engine API.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::args::{Global, Specs};
use crate::cli::disk::Disk;
use crate::cli::job::{self, Job};
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome};
use crate::stack;
use crate::swarm::convert::{self, Existing};
use crate::swarm::spec::{ConfigSpec, NetworkSpec, SecretSpec, ServiceSpec};

/// `swarm-plan/specs/1`: objects by their real names, services by those of the file.
#[derive(Serialize)]
struct Printed<'a> {
    schema: &'static str,
    services: &'a BTreeMap<String, ServiceSpec>,
    networks: &'a BTreeMap<String, NetworkSpec>,
    external_networks: &'a [String],
    secrets: BTreeMap<&'a str, &'a SecretSpec>,
    configs: BTreeMap<&'a str, &'a ConfigSpec>,
}

pub(super) fn run(args: &Specs, _: &Global, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let mut ready = Job::of(&args.stack)?.read()?;
    let mut stack = ready.load(true);
    let (specs, problems) = convert::convert(&convert::Input {
        stack: &stack,
        namespace: &ready.name,
        existing: &Existing::default(),
        disk: &Disk,
        read_data: true,
    });
    stack.problems.extend(convert::check_name(&ready.name));
    stack.problems.extend(problems);
    if let Some(refusal) = stack::verdict(&stack.problems) {
        job::refuse(&mut ready, &mut stack, &refusal.text, &args.stack);
        return Ok(Outcome::Findings);
    }
    let printed = Printed {
        schema: "swarm-plan/specs/1",
        services: &specs.services,
        networks: &specs.networks,
        external_networks: &specs.external_networks,
        secrets: specs.secrets.iter().map(|it| (it.name.as_str(), it)).collect(),
        configs: specs.configs.iter().map(|it| (it.name.as_str(), it)).collect(),
    };
    let out = terminal.out();
    serde_json::to_writer_pretty(&mut *out, &printed).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(Outcome::Clean)
}
