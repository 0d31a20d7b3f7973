//! `swarm-plan nodes export` and `swarm-plan nodes check`: the inventory of a running swarm, and what is
//! wrong with one.

use crate::cli::args::Global;
use crate::cli::error::shown;
use crate::cli::job::{self, Job};
use crate::cli::live::Swarm;
use crate::cli::settings::{Found, Shelf};
use crate::cli::swarm_args::{Nodes, NodesCheck, NodesCommand, NodesExport};
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome, check, live, write};
use crate::cluster::drift::drift;
use crate::cluster::export;
use crate::diagnostic::Severity;
use crate::output::{Checked, Format, Report};
use crate::rule::Group;
use crate::rules;
use crate::source::{SourceId, Sources};

pub(super) fn run(
    args: &Nodes,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    match &args.command {
        NodesCommand::Export(args) => export(args, global, terminal),
        NodesCommand::Check(args) => check(args, global, terminal),
    }
}

fn export(args: &NodesExport, global: &Global, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let output = args.written.output.as_deref();
    if let Some(path) = output.filter(|it| !args.force && it.exists()) {
        return Err(Error::usage(format!(
            "{} exists, and may hold what was added by hand: name another file, or add `--force`",
            shown(path)
        )));
    }
    let snapshot = live::snapshot(&args.engine, global)?;
    // Labels of nodes may hold secrets, too.
    let snapshot = if args.written.show_secrets { snapshot } else { snapshot.without_secrets() };
    let text = export::inventory(&live::cluster(&snapshot)?, &snapshot.source);
    match output {
        Some(path) => write::private(path, &text)?,
        None => terminal.out().write_all(text.as_bytes())?,
    }
    Ok(Outcome::Clean)
}

fn check(args: &NodesCheck, global: &Global, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let mut shelf = Shelf::default();
    let folder = job::folder_of(args.file.as_deref())?;
    let found = shelf.find(&folder, global)?.map(|it| shelf.get(it));
    let named = |it: &Found| Some(it.folder.join(&it.settings.nodes.as_ref()?.value));
    let Some(file) = args.file.clone().or_else(|| found.and_then(named)) else {
        return Err(Error::usage("name the inventory: `swarm-plan nodes check nodes.yml`"));
    };
    let swarm = Swarm::asked_for(args.live.live, &args.live.engine, global)?;
    let mut levels = found.map(|it| it.settings.levels(&[&file])).unwrap_or_default();
    if let Some(preset) = args.preset {
        levels.preset = preset.into();
    }
    let fail_on = args.fail_on.map(Severity::from);
    let fail_on = fail_on.or(found.and_then(|it| it.settings.fail_on)).unwrap_or(Severity::Error);
    let mut ready = Job { nodes: Some(file), levels, ..Job::default() }.read()?;
    let mut sources = std::mem::take(&mut ready.sources);
    // The only text is that of the inventory.
    let source = SourceId::default();
    if let (Some(swarm), Some(cluster)) = (swarm, &ready.cluster) {
        let (live, _) = swarm.cluster(&mut Sources::default());
        ready.inventory.extend(drift(cluster, source, &live));
    }
    let mut found = check::analyze(&ready, &mut sources).diagnostics;
    // There is no stack to say anything about.
    found.retain(|it| it.span.source == source && is_about_nodes(it.rule));
    if global.quiet {
        found.retain(|it| it.severity >= fail_on);
    }
    let fails = found.iter().any(|it| it.severity >= fail_on);
    let stacks = [Checked::new(&sources, &found)];
    let report = Report { folder: &folder, width: terminal.width(), ..Report::of(&stacks) };
    let format = Format::from(args.format);
    if !global.quiet || fails || format.is_document() {
        format.write(report, terminal.out())?;
    }
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

/// Whether a rule speaks of the inventory itself.
fn is_about_nodes(rule: &str) -> bool {
    rules::find(rule).is_some_and(|it| it.rule.group == Group::Inventory)
}
