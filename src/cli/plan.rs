//! `swarm-plan plan`: what a deploy would do with the nodes of the inventory.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::args::{self, Global, Plan};
use crate::cli::disk::Disk;
use crate::cli::job::{self, Job, Ready};
use crate::cli::live::Swarm;
use crate::cli::progress::Bar;
use crate::cli::settings::{Found, Shelf};
use crate::cli::swarm_args::Live;
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Error, Outcome};
use crate::cluster::{Cluster, Kind};
use crate::output::PlanFormat;
use crate::plan::{self, Assumptions, Policy, Request, Survive, WhatIf};
use crate::rules;
use crate::settings;
use crate::source::Columns;
use crate::stack;
use crate::swarm::convert;
use crate::swarm::manager;
use crate::swarm::spec::Specs;
use crate::value::duration;

pub(super) fn run(args: &Plan, global: &Global, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let mut job = Job::of(&args.stack)?;
    let mut shelf = Shelf::default();
    let folder = job::folder_of(args.stack.files.first().map(PathBuf::as_path))?;
    let found = shelf.find(&folder, global)?.map(|it| shelf.get(it));
    swarm_of(&mut job, found, &args.live, global)?;
    let mut ready = job.read()?;
    let Some(mut cluster) = inventory(&mut ready) else { return Err(Error::Told) };
    for text in &args.add {
        plan::add_nodes(&mut cluster, text).map_err(|it| Error::usage(format!("--add {it}")))?;
    }
    let what_if =
        WhatIf { down: nodes(&cluster, &args.down)?, drain: nodes(&cluster, &args.drain)? };
    let policy = policy(found.map(|it| &it.settings.plan), &cluster)?;
    let Some(specs) = specs(&mut ready, &cluster, &args.stack) else {
        return Ok(Outcome::Findings);
    };
    let request = Request {
        stack: &ready.name,
        specs: &specs,
        cluster: &cluster,
        policy: &policy,
        what_if: &what_if,
        assumptions: assumptions(&args.assume)?,
    };
    let bar = Bar::new(global);
    let plan = plan::watched(&request, &|it| bar.show(it));
    bar.finish();
    PlanFormat::from(args.format).write(&plan, terminal.out())?;
    Ok(if plan.succeeds() { Outcome::Clean } else { Outcome::Findings })
}

/// Takes the running swarm where the user wants it, else the inventory.
pub(super) fn swarm_of(
    job: &mut Job,
    found: Option<&Found>,
    live: &Live,
    global: &Global,
) -> Result<(), Error> {
    job.live = Swarm::wanted(live, global)?.map(Arc::new);
    if job.live.is_some() { Ok(()) } else { inventory_of(job, found) }
}

/// Takes the inventory of the settings where the user named none.
pub(super) fn inventory_of(job: &mut Job, found: Option<&Found>) -> Result<(), Error> {
    if let (None, Some(it)) = (&job.nodes, found) {
        job.nodes = it.settings.nodes.as_ref().map(|nodes| it.folder.join(&nodes.value));
    }
    if job.nodes.is_none() {
        return Err(Error::usage("name the inventory with `-n nodes.yml`, or add `--live`"));
    }
    Ok(())
}

/// The places of nodes that the user named.
fn nodes(cluster: &Cluster, names: &[String]) -> Result<Vec<u32>, Error> {
    let mut found = Vec::new();
    for name in names {
        let Some(index) = cluster.node(name) else {
            let known = cluster.nodes.iter().map(|it| it.name.value.as_str());
            let near = rules::near(name, known);
            let help = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
            return Err(Error::usage(format!("the inventory has no node `{name}`{help}")));
        };
        if !found.contains(&(index as u32)) {
            found.push(index as u32);
        }
    }
    Ok(found)
}

/// Times such as `pull=45s`.
pub(super) fn assumptions(texts: &[String]) -> Result<Assumptions, Error> {
    let mut it = Assumptions::default();
    for text in texts {
        let usage = || {
            Error::usage(format!(
                "--assume `{text}`: write pull=45s, start=20s, stop=5s or work=1m"
            ))
        };
        let (name, value) = text.split_once('=').ok_or_else(usage)?;
        let nanoseconds = duration::parse(value).map_err(|_| usage())?;
        let milliseconds = u64::try_from(nanoseconds / 1_000_000).map_err(|_| usage())?;
        match name {
            "pull" => it.pull = milliseconds,
            "start" => it.start = milliseconds,
            "stop" => it.stop = milliseconds,
            "work" => it.work = milliseconds,
            _ => return Err(usage()),
        }
    }
    Ok(it)
}

/// What the settings want; a word that means nothing is an error.
pub(super) fn policy(
    wanted: Option<&settings::Policy>,
    cluster: &Cluster,
) -> Result<Policy, Error> {
    let Some(wanted) = wanted else { return Ok(Policy::default()) };
    let mut policy = Policy { min_available: wanted.min_available.clone(), ..Policy::default() };
    for word in &wanted.survive {
        let Some(survive) = Survive::read(word, cluster) else {
            let words = Survive::WORDS.join(", ");
            return Err(Error::usage(format!(
                "`survive` in the settings cannot be `{}`: write {words}, or the name of a node \
                 or zone",
                word.value
            )));
        };
        policy.survive.push(survive);
    }
    Ok(policy)
}

/// The inventory, after its mistakes were told; none where it cannot be used.
pub(super) fn inventory(ready: &mut Ready) -> Option<Cluster> {
    let mut usable = true;
    for it in &ready.inventory {
        let source = ready.sources.get(it.span.source);
        let at = source.position(it.span.start(), Columns::Chars);
        let (name, line, column) = (&source.name, at.line + 1, at.column + 1);
        terminal::complain(&format!("{name}:{line}:{column}: {}", it.message));
        usable &= !matches!(it.kind, Kind::Syntax | Kind::BadSpec);
    }
    ready.cluster.take().filter(|_| usable)
}

/// What the deploy sends; none where Docker refuses the stack, which is told.
pub(super) fn specs(ready: &mut Ready, cluster: &Cluster, args: &args::Stack) -> Option<Specs> {
    let mut stack = ready.load(true);
    let (specs, problems) = convert::convert(&convert::Input {
        stack: &stack,
        namespace: &ready.name,
        existing: &cluster.existing(),
        disk: &Disk,
        read_data: false,
    });
    let refused = manager::refusals(&stack, &specs);
    stack.problems.extend(convert::check_name(&ready.name));
    stack.problems.extend(problems);
    stack.problems.extend(refused);
    if let Some(refusal) = stack::verdict(&stack.problems) {
        job::refuse(ready, &mut stack, &refusal.text, args);
        return None;
    }
    Some(specs)
}
