//! `swarm-plan check --fix`: the texts of fixed stacks, in their files, printed, or as a
//! difference.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::args::{Check, Global};
use crate::cli::check::{self, Done};
use crate::cli::error::shown;
use crate::cli::job::{self, Job, Ready};
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Error, write};
use crate::diagnostic::{Diagnostic, Safety};
use crate::fix::{self, Applied, Fixed};
use crate::hidden::{self, Hidden};
use crate::output;
use crate::source::{SourceId, Sources};
use crate::stack::Stack;

/// What standard output is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stdout {
    Findings,
    /// The fixed text of standard input; findings go to standard error.
    Text,
    Diff,
}

/// The fixes of one run.
#[derive(Debug)]
pub(super) struct Fixes {
    most: Safety,
    diff: bool,
    show_secrets: bool,
    quiet: bool,
    verbose: bool,
    reads_stdin: bool,
    /// How many were applied.
    count: usize,
    /// The files that changed.
    files: BTreeSet<PathBuf>,
    /// How many more there are for those who dare.
    offered: usize,
}

impl Fixes {
    /// None where the user wants none.
    pub(super) fn wanted(args: &Check, global: &Global) -> Option<Self> {
        let named = args.paths.iter().chain(&args.stack.files);
        (args.fix || args.diff).then(|| Self {
            most: if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe },
            diff: args.diff,
            show_secrets: args.stack.show_secrets,
            quiet: global.quiet,
            verbose: global.verbose,
            reads_stdin: named.into_iter().any(|it| job::is_stdin(it)),
            count: 0,
            files: BTreeSet::new(),
            offered: 0,
        })
    }

    pub(super) fn stdout(&self) -> Stdout {
        match (self.diff, self.reads_stdin) {
            (true, _) => Stdout::Diff,
            (false, true) => Stdout::Text,
            (false, false) => Stdout::Findings,
        }
    }

    /// Whether there is something to fix that only was shown.
    pub(super) fn pending(&self) -> bool {
        self.diff && self.count > 0
    }

    /// Fixes a stack.
    pub(super) fn apply(&mut self, job: Job, terminal: &mut Terminal) -> Result<Done, Error> {
        let paths = job.files.clone();
        let mut ready = job.read()?;
        let before = std::mem::take(&mut ready.sources);
        let files = ready.files.clone();
        let mut analyze = |sources: &mut Sources| check::analyze(&ready, sources);
        let fixed = fix::fix(&before, &files, self.most, &mut analyze);
        let hidden = self.hidden(&ready, &fixed.sources, &fixed.analysis.stack);
        if self.diff {
            self.show(&ready, &before, &fixed, &hidden, terminal)?;
        } else {
            self.write(&paths, &files, &before, &fixed, terminal)?;
        }
        let changed = |it: &&Applied| text(&before, it.source) != text(&fixed.sources, it.source);
        self.count += fixed.applied.iter().filter(changed).count();
        let dares = |it: &&Diagnostic| {
            let refused = it.notes.iter().any(|it| it.starts_with("not fixed: "));
            !refused && it.fix.as_ref().is_some_and(|it| it.safety == Safety::Unsafe)
        };
        self.offered += fixed.analysis.diagnostics.iter().filter(dares).count();
        if self.verbose {
            for it in &fixed.applied {
                let name = &fixed.sources.get(it.source).name;
                terminal::tell(&format!("{name}: {} [{}]", it.title, it.rule));
            }
        }
        Ok(Done::of(fixed.sources, fixed.analysis, hidden).0)
    }

    /// Puts the texts where they came from.
    fn write(
        &mut self,
        paths: &[PathBuf],
        files: &[SourceId],
        before: &Sources,
        fixed: &Fixed,
        terminal: &mut Terminal,
    ) -> Result<(), Error> {
        for (path, file) in paths.iter().zip(files) {
            let (old, new) = (text(before, *file), text(&fixed.sources, *file));
            if job::is_stdin(path) {
                write!(terminal.out(), "{new}")?;
            } else if old != new {
                write::replace(path, old, new)
                    .map_err(|source| Error::Fix { path: path.clone(), source })?;
            }
            if old != new {
                self.files.insert(path.clone());
            }
        }
        Ok(())
    }

    /// Shows what would change; secrets are starred out on both sides.
    fn show(
        &mut self,
        ready: &Ready,
        before: &Sources,
        fixed: &Fixed,
        hidden: &Hidden,
        terminal: &mut Terminal,
    ) -> Result<(), Error> {
        let changed: Vec<_> = (ready.files.iter().copied())
            .filter(|it| text(before, *it) != text(&fixed.sources, *it))
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        let mut sources = before.clone();
        let stack = check::analyze(ready, &mut sources).stack;
        let hidden_before = self.hidden(ready, &sources, &stack);
        for file in changed {
            let name = shown(Path::new(&before.get(file).name));
            let old = output::starred(before, file, &hidden_before.spans);
            let new = output::starred(&fixed.sources, file, &hidden.spans);
            output::write_diff(&name, &old, &new, terminal.out())?;
            self.files.insert(PathBuf::from(name));
        }
        Ok(())
    }

    /// What is not to be shown.
    fn hidden(&self, ready: &Ready, sources: &Sources, stack: &Stack) -> Hidden {
        if self.show_secrets {
            return Hidden::default();
        }
        hidden::hidden(sources, stack, &ready.environment)
    }

    /// Says what was done.
    pub(super) fn tell(self) {
        if self.quiet {
            return;
        }
        let verb = if self.diff { "would fix" } else { "fixed" };
        let more = match self.offered {
            0 => String::new(),
            offered => format!("; {offered} more with `--unsafe-fixes`"),
        };
        let text = match self.count {
            0 => format!("{verb} nothing{more}"),
            count => {
                let problems = counted(count, "problem");
                let files = counted(self.files.len(), "file");
                format!("{verb} {problems} in {files}{more}")
            }
        };
        terminal::tell(&text);
    }
}

fn text(sources: &Sources, file: SourceId) -> &str {
    &sources.get(file).text
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
