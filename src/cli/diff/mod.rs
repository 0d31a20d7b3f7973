//! `swarm-plan diff`: what a deploy would really change, step by step.

mod arguments;
mod git;
mod saved;
mod side;

pub(super) use arguments::Arguments;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::args::Global;
use crate::cli::diff::side::Side;
use crate::cli::disk::Disk;
use crate::cli::job::{self, Job, Ready};
use crate::cli::settings::Shelf;
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Error, Outcome, live, plan as planning};
use crate::cluster::running::Running;
use crate::cluster::snapshot::Snapshot;
use crate::cluster::{Cluster, inventory};
use crate::output::{Checked, Comparison, PlanFormat};
use crate::plan::diff::{self, Request};
use crate::plan::{self, WhatIf};
use crate::swarm::convert::Existing;
use crate::swarm::spec::Specs;

pub(super) fn run(
    args: &Arguments,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let Sides { old, mut job } = sides(args, global)?;
    let mut shelf = Shelf::default();
    let folder = job::folder_of(job.files.first().map(PathBuf::as_path))?;
    let found = shelf.find(&folder, global)?.map(|it| shelf.get(it));
    if let Old::Snapshot(path) = &old {
        job.nodes = job.nodes.or_else(|| Some(path.clone()));
    } else if !matches!(old, Old::Live(_)) {
        planning::inventory_of(&mut job, found).or_else(|error| match error {
            // A comparison says much without the nodes.
            Error::Usage(_) => Ok(()),
            other => Err(other),
        })?;
    }
    let mut ready = job.read()?;
    if let Old::Live(snapshot) = &old {
        let text = serde_json::to_string(snapshot).map_err(std::io::Error::from)?;
        let source = ready.sources.add(&snapshot.source, text.as_str());
        let (cluster, problems) = inventory::read(source, &text);
        (ready.cluster, ready.inventory) = (Some(cluster), problems);
    }
    let cluster = match ready.cluster {
        None => None,
        Some(_) => Some(planning::inventory(&mut ready).ok_or(Error::Told)?),
    };
    let existing = cluster.as_ref().map(Cluster::existing).unwrap_or_default();
    let Some(new) = Side::load(&mut ready, &existing, &Disk, &args.stack) else {
        return Ok(Outcome::Findings);
    };
    let before = before(&old, &ready, args)?;
    let running = &before.running;
    let cluster = cluster.map(|it| match &before.stack {
        Some((_, side)) => plan::deployed(&side.specs, it),
        None => it,
    });
    let diff = diff::diff(&Request {
        name: &ready.name,
        stack: &new.stack,
        specs: &new.specs,
        running,
        prune: args.prune,
        cluster: cluster.as_ref(),
    });
    let rest = cluster.as_ref().filter(|_| args.prune);
    let rest = rest.map(|it| pruned(it, running, &ready.name, &new.specs));
    let cluster = rest.as_ref().or(cluster.as_ref());
    let policy = match cluster {
        Some(it) => planning::policy(found.map(|it| &it.settings.plan), it)?,
        None => plan::Policy::default(),
    };
    let what_if = WhatIf::default();
    let assumptions = planning::assumptions(&args.assume)?;
    let plan = cluster.filter(|it| !it.nodes.is_empty()).map(|cluster| {
        plan::plan(&plan::Request {
            stack: &ready.name,
            specs: &new.specs,
            cluster,
            policy: &policy,
            what_if: &what_if,
            assumptions,
        })
    });
    let mut stacks = Vec::new();
    if !args.stack.show_secrets {
        stacks.push(Checked { hidden: &new.hidden, ..Checked::new(&ready.sources, &[]) });
        if let Some((ready, side)) = &before.stack {
            stacks.push(Checked { hidden: &side.hidden, ..Checked::new(&ready.sources, &[]) });
        }
    }
    let comparison = Comparison {
        diff: &diff,
        plan: plan.as_ref(),
        sources: &ready.sources,
        hidden: (!args.stack.show_secrets).then_some(stacks.as_slice()),
    };
    if let Some(path) = &args.check {
        let moved = saved::moved(path, &comparison)?;
        if !moved.is_empty() {
            for it in moved {
                terminal::complain(&it);
            }
            return Ok(Outcome::Findings);
        }
    }
    if let Some(path) = &args.output {
        saved::save(path, &comparison)?;
    }
    comparison.write(PlanFormat::from(args.format), terminal.out())?;
    let succeeds = diff.succeeds() && plan.as_ref().is_none_or(plan::Plan::succeeds);
    let is_told = args.exit_code && !diff.is_empty();
    Ok(if succeeds && !is_told { Outcome::Clean } else { Outcome::Findings })
}

/// Where the old side comes from.
enum Old {
    File(PathBuf),
    Git(String),
    Snapshot(PathBuf),
    Live(Box<Snapshot>),
}

/// What is to be compared.
struct Sides {
    old: Old,
    /// The new side.
    job: Job,
}

fn sides(args: &Arguments, global: &Global) -> Result<Sides, Error> {
    let mut stack = args.stack.clone();
    let given = match (&args.git, &args.snapshot) {
        (Some(revision), _) => Some(Old::Git(revision.clone())),
        (None, Some(path)) => Some(Old::Snapshot(path.clone())),
        (None, None) => None,
    };
    let given = match given {
        Some(_) if args.live.live => {
            return Err(Error::usage("`--live` is an old side of its own: leave the other out"));
        }
        None if args.live.live => {
            let mut snapshot = live::snapshot(&args.live.engine, global)?;
            if !args.stack.show_secrets {
                snapshot = snapshot.without_secrets();
            }
            snapshot.sort();
            Some(Old::Live(Box::new(snapshot)))
        }
        other => other,
    };
    let old = match (given, args.sides.as_slice(), stack.files.is_empty()) {
        (Some(old), [], false) => old,
        (Some(old), [new], true) => {
            stack.files.push(new.clone());
            old
        }
        (None, [old], false) => Old::File(old.clone()),
        (None, [old, new], true) => {
            stack.files.push(new.clone());
            Old::File(old.clone())
        }
        _ => {
            return Err(Error::usage(
                "name two stack files, or one with `--git REVISION`, `--snapshot FILE` or `--live`",
            ));
        }
    };
    Ok(Sides { old, job: Job::of(&stack)? })
}

/// The old side.
struct Before {
    running: Running,
    /// The stack that it comes from, where it comes from one.
    stack: Option<(Ready, Side)>,
}

fn before(old: &Old, new: &Ready, args: &Arguments) -> Result<Before, Error> {
    let of_stack = |mut ready: Ready, files: &dyn crate::source::Files, name: &str| {
        let side = Side::load_old(&mut ready, files, &args.stack).ok_or(Error::Told)?;
        let running = Running::of_specs(name, &side.specs, &side::is_known);
        Ok(Before { running, stack: Some((ready, side)) })
    };
    match old {
        Old::File(path) => {
            let job = Job {
                files: vec![path.clone()],
                name: Some(new.name.clone()),
                env_files: args.stack.env_files.clone(),
                ..Job::default()
            };
            of_stack(job.read()?, &Disk, &path.display().to_string())
        }
        Old::Git(revision) => {
            let files = git::Revision::of(revision, &new.working_dir)?;
            let ready = files.ready(new)?;
            of_stack(ready, &files, revision)
        }
        Old::Live(snapshot) => of_swarm(snapshot, &snapshot.source),
        Old::Snapshot(path) => {
            let text = job::read_text(path)?;
            let snapshot = Snapshot::read(&text).map_err(|reason| {
                Error::usage(format!("{} is no snapshot: {reason}", shown(path)))
            })?;
            of_swarm(&snapshot, &path.display().to_string())
        }
    }
}

fn of_swarm(snapshot: &Snapshot, name: &str) -> Result<Before, Error> {
    if snapshot.services.is_none() {
        return Err(Error::usage(format!("{name} does not say which services run")));
    }
    let running = Running { name: name.to_owned(), ..Running::of_snapshot(snapshot) };
    Ok(Before { running, stack: None })
}

fn shown(path: &Path) -> String {
    crate::cli::error::shown(path)
}

/// The cluster without what the deploy removes first.
fn pruned(cluster: &Cluster, running: &Running, name: &str, new: &Specs) -> Cluster {
    let kept: BTreeSet<&str> = new.services.values().map(|it| it.name.as_str()).collect();
    let own: BTreeSet<&str> = running.services_of(name).map(|it| it.0).collect();
    let stays = |it: &str| !own.contains(it) || kept.contains(it);
    let mut cluster = cluster.clone();
    cluster.services.iter_mut().for_each(|it| it.retain(|it| stays(&it.name.value)));
    cluster.tasks.iter_mut().for_each(|it| it.retain(|it| stays(&it.service.value)));
    cluster
}

/// What a deploy of the old side found: nobody knows any more, and it went well.
fn anything() -> Existing {
    Existing::default()
}
