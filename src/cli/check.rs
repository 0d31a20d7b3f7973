//! `swarm-plan check [PATH…]`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::{self, Analysis, Request};
use crate::cli::args::{Check, Global};
use crate::cli::disk::Disk;
use crate::cli::error::shown;
use crate::cli::fix::{Fixes, Stdout};
use crate::cli::job::{self, Job, Ready};
use crate::cli::live::Swarm;
use crate::cli::meter::Meter;
use crate::cli::settings::Shelf;
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Error, Outcome, baseline, crew, discover, statistics};
use crate::diagnostic::{Diagnostic, Severity};
use crate::hidden::{self, Hidden};
use crate::output::{self, Checked, Format, Report};
use crate::settings::Levels;
use crate::source::Sources;
use crate::suppression::Silenced;

pub(super) fn run(
    args: &Check,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let mut settings = Shelf::default();
    let mut work = work(args, global, &mut settings)?;
    let live = Swarm::wanted(&args.live, global)?.map(Arc::new);
    work.jobs.iter_mut().for_each(|it| it.live.clone_from(&live));
    let fail_on = args.fail_on.map(Severity::from).or(work.fail_on).unwrap_or(Severity::Error);

    let baseline = args.baseline.as_deref().map(baseline::read).transpose()?;

    let alone = work.jobs.len() == 1;
    let meter = Meter::new(work.jobs.len(), global.quiet);
    let mut fixes = Fixes::wanted(args, global);
    let done: Vec<_> = match &mut fixes {
        Some(fixes) => work.jobs.into_iter().map(|it| fixes.apply(it, terminal)).collect(),
        None => crew::share(work.jobs, |job| {
            let done = check(job, alone, args.stack.show_secrets);
            meter.step();
            done
        }),
    };
    meter.finish();
    let (mut checked, mut failed) = (Vec::new(), false);
    for it in done {
        match it {
            Ok(it) => checked.push(it),
            Err(error) => {
                terminal::complain(&error.to_string());
                failed = true;
            }
        }
    }
    let folder = job::folder_of(None)?;
    if let Some(baseline) = baseline {
        accept(&baseline, &mut checked, &folder);
    }
    if global.quiet {
        for it in &mut checked {
            it.unshown.extend(it.diagnostics.extract_if(.., |it| it.severity < fail_on));
        }
    }
    let stacks: Vec<_> = checked.iter().map(|it| it.shown()).collect();
    let (width, whole) = (terminal.width(), global.verbose);
    let report = Report { folder: &folder, width, whole, ..Report::of(&stacks) };
    let fails = checked.iter().flat_map(|it| &it.diagnostics).any(|it| it.severity >= fail_on);
    let format = Format::from(args.format);
    let silent = stacks.is_empty() || (global.quiet && !fails);
    let silent = silent && (failed || !format.is_document());
    let stdout = fixes.as_ref().map_or(Stdout::Findings, Fixes::stdout);
    match stdout {
        _ if silent => {}
        Stdout::Findings => format.write(report, terminal.out())?,
        Stdout::Text => {
            terminal.finish()?;
            format.write(report, &mut *terminal::errors(global.color))?;
        }
        Stdout::Diff => {}
    }
    let fails = fails || fixes.as_ref().is_some_and(Fixes::pending);
    if let Some(fixes) = fixes {
        terminal.finish()?;
        fixes.tell();
    }
    if global.verbose {
        statistics::write(report, meter.elapsed(), &mut terminal::errors(global.color))?;
    }
    match (failed, fails) {
        (true, _) => terminal.finish().and(Err(Error::Told)),
        (false, true) => Ok(Outcome::Findings),
        (false, false) => Ok(Outcome::Clean),
    }
}

/// Takes the findings away that a baseline accepts.
fn accept(baseline: &BTreeSet<String>, checked: &mut [Done], folder: &Path) {
    let stacks: Vec<_> = checked.iter().map(|it| it.shown()).collect();
    let prints = output::fingerprints(Report { folder, ..Report::of(&stacks) });
    for (done, prints) in checked.iter_mut().zip(prints) {
        let mut prints = prints.diagnostics.into_iter();
        let known = |_: &mut Diagnostic| prints.next().is_some_and(|it| baseline.contains(&it));
        done.unshown = done.diagnostics.extract_if(.., known).collect();
        done.accepted = done.unshown.len();
    }
}

/// The size of a large stack, in bytes.
const LARGE: usize = 1 << 20;

/// A stack that was checked.
pub(super) struct Done {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    /// What comments silence.
    silenced: Vec<Silenced>,
    /// What is found and not shown.
    unshown: Vec<Diagnostic>,
    /// How many of these the baseline accepts.
    accepted: usize,
    hidden: Hidden,
}

impl Done {
    /// What there is to tell of an analysis, and the rest of it.
    pub(super) fn of(sources: Sources, it: Analysis, hidden: Hidden) -> (Self, impl Sized) {
        let (diagnostics, silenced) = (it.diagnostics, it.silenced);
        let done =
            Self { sources, diagnostics, silenced, unshown: Vec::new(), accepted: 0, hidden };
        (done, (it.stack, it.specs))
    }

    fn shown(&self) -> Checked<'_> {
        Checked {
            sources: &self.sources,
            diagnostics: &self.diagnostics,
            silenced: &self.silenced,
            unshown: &self.unshown,
            accepted: self.accepted,
            hidden: &self.hidden,
        }
    }
}

/// `alone` says that the process has nothing else to do.
fn check(job: Job, alone: bool, show_secrets: bool) -> Result<Done, Error> {
    let mut ready = job.read()?;
    let mut sources = std::mem::take(&mut ready.sources);
    let analysis = analyze(&ready, &mut sources);
    let hidden =
        if show_secrets || (analysis.diagnostics.is_empty() && analysis.silenced.is_empty()) {
            Hidden::default()
        } else {
            hidden::hidden(&sources, &analysis.stack, &ready.environment)
        };
    let size: usize = sources.all().map(|(_, it)| it.text.len()).sum();
    let (done, rest) = Done::of(sources, analysis, hidden);
    if alone && size > LARGE {
        // The process ends soon; taking a large tree apart piece by piece would take longer.
        std::mem::forget(rest);
    }
    Ok(done)
}

/// Analyzes a stack, with these texts of its files.
pub(super) fn analyze(ready: &Ready, sources: &mut Sources) -> Analysis {
    let existing = ready.existing();
    let request = Request {
        files: &ready.files,
        working_dir: &ready.working_dir,
        environment: &ready.environment,
        disk: &Disk,
        levels: &ready.levels,
        stack_name: &ready.name,
        existing: &existing,
        cluster: ready.cluster.as_ref(),
        inventory: &ready.inventory,
    };
    analysis::analyze(sources, &request)
}

/// What to check.
#[derive(Default)]
struct Work {
    jobs: Vec<Job>,
    /// What the settings say; the strictest of several.
    fail_on: Option<Severity>,
    /// The inventory that the settings of the last job name.
    nodes: Option<PathBuf>,
    /// Stacks of settings files that are in already, by settings file and place in it.
    grouped: BTreeSet<(usize, usize)>,
}

fn work(args: &Check, global: &Global, settings: &mut Shelf) -> Result<Work, Error> {
    let mut work = Work::default();
    if !args.stack.files.is_empty() {
        let levels = work.levels(&args.stack.files, global, settings)?;
        work.jobs.push(Job { files: args.stack.files.clone(), levels, ..Job::default() });
    } else if args.paths.is_empty() {
        work.search(Path::new("."), global, settings)?;
        work.groups_below_here(global, settings)?;
    }
    for path in &args.paths {
        if path.is_dir() {
            work.search(path, global, settings)?;
        } else {
            work.file(path, global, settings)?;
        }
    }
    if work.jobs.is_empty() {
        return Err(Error::usage(
            "found no stack files; name them, or see `swarm-plan help check`",
        ));
    }
    for job in &mut work.jobs {
        if let Some(preset) = args.preset {
            job.levels.preset = preset.into();
        }
        if args.stack.name.is_some() {
            job.name.clone_from(&args.stack.name);
        }
        job.env_files.extend(args.stack.env_files.iter().cloned());
        if args.stack.nodes.is_some() {
            job.nodes.clone_from(&args.stack.nodes);
        }
    }
    Ok(work)
}

impl Work {
    fn search(
        &mut self,
        folder: &Path,
        global: &Global,
        settings: &mut Shelf,
    ) -> Result<(), Error> {
        let found = discover::discover(folder);
        if global.verbose {
            found.skipped.iter().for_each(|it| terminal::complain(&format!("skipped {it}")));
        }
        found.files.iter().try_for_each(|it| self.file(it, global, settings))
    }

    /// A file is a stack of its own, unless the settings say that it belongs to others.
    fn file(&mut self, path: &Path, global: &Global, settings: &mut Shelf) -> Result<(), Error> {
        let absolute = std::path::absolute(path)?;
        let number = settings.find(&job::folder_of(Some(path))?, global)?;
        if let Some(number) = number.filter(|_| !job::is_stdin(path)) {
            let found = settings.get(number);
            let group = found.settings.stacks.iter().position(|stack| {
                stack.files.iter().any(|it| found.folder.join(&it.value) == absolute)
            });
            if let Some(group) = group {
                return self.group(number, group, global, settings);
            }
        }
        let files = vec![path.to_owned()];
        let levels = self.levels(&files, global, settings)?;
        let nodes = self.nodes.clone();
        self.jobs.push(Job { files, nodes, levels, ..Job::default() });
        Ok(())
    }

    /// The stacks that the settings of the current folder list, as far as they lie below it.
    fn groups_below_here(&mut self, global: &Global, settings: &mut Shelf) -> Result<(), Error> {
        let here = job::folder_of(None)?;
        let Some(number) = settings.find(&here, global)? else { return Ok(()) };
        let found = settings.get(number);
        let below = |it: &PathBuf| it.starts_with(&here);
        let groups: Vec<_> = (found.settings.stacks.iter().enumerate())
            .filter(|(_, it)| it.files.iter().any(|it| below(&found.folder.join(&it.value))))
            .map(|(at, _)| at)
            .collect();
        groups.into_iter().try_for_each(|it| self.group(number, it, global, settings))
    }

    fn group(
        &mut self,
        number: usize,
        group: usize,
        global: &Global,
        settings: &mut Shelf,
    ) -> Result<(), Error> {
        if !self.grouped.insert((number, group)) {
            return Ok(());
        }
        settings.look_for_files(number, group, global)?;
        let here = job::folder_of(None)?;
        let found = settings.get(number);
        let stack = &found.settings.stacks[group];
        let path = |it: &str| {
            let path = found.folder.join(it);
            path.strip_prefix(&here).map(Path::to_owned).unwrap_or(path)
        };
        let files: Vec<_> = stack.files.iter().map(|it| path(it)).collect();
        let env_files = stack.env_files.iter().map(|it| path(it)).collect();
        let name = Some(stack.name.value.clone());
        let levels = self.levels(&files, global, settings)?;
        let nodes = self.nodes.clone();
        self.jobs.push(Job { files, name, env_files, nodes, levels, ..Job::default() });
        Ok(())
    }

    /// What the settings say to the rules for these files.
    fn levels(
        &mut self,
        files: &[PathBuf],
        global: &Global,
        settings: &mut Shelf,
    ) -> Result<Levels, Error> {
        let folder = job::folder_of(files.first().map(PathBuf::as_path))?;
        let Some(number) = settings.find(&folder, global)? else { return Ok(Levels::default()) };
        let found = settings.get(number);
        self.fail_on = match (self.fail_on, found.settings.fail_on) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.nodes = found.settings.nodes.as_ref().map(|it| found.folder.join(&it.value));
        if global.verbose
            && let Some(path) = &found.path
        {
            terminal::complain(&format!("settings: {}", shown(path)));
        }
        let mut relative = Vec::new();
        for file in files {
            let absolute = std::path::absolute(file)?;
            relative.push(absolute.strip_prefix(&found.folder).unwrap_or(&absolute).to_owned());
        }
        Ok(found.settings.levels(&relative))
    }
}
