//! One side of a comparison that is a stack: what it sends, and what it must not show.

use std::io;
use std::path::Path;

use crate::cli::args;
use crate::cli::diff::anything;
use crate::cli::job::{self, Ready};
use crate::hidden::{self, Hidden};
use crate::source::Files;
use crate::stack::{self, Stack, Step, exposure};
use crate::swarm::convert::{self, Existing};
use crate::swarm::spec::{Data, Specs};

/// A stack that Docker begins to deploy.
pub(super) struct Side {
    pub(super) stack: Stack,
    pub(super) specs: Specs,
    pub(super) hidden: Hidden,
}

impl Side {
    /// The new side; none where Docker refuses it before anything is done, which is told.
    pub(super) fn load(
        ready: &mut Ready,
        existing: &Existing,
        disk: &dyn Files,
        args: &args::Stack,
    ) -> Option<Self> {
        let side = Self::read(ready, existing, disk, disk);
        Self::told(ready, side, args)
    }

    /// The old side. What cannot be found any more of it is taken to be as it was.
    pub(super) fn load_old(
        ready: &mut Ready,
        disk: &dyn Files,
        args: &args::Stack,
    ) -> Option<Self> {
        let side = Self::read(ready, &anything(), disk, &Remembered(disk));
        Self::told(ready, side, args)
    }

    fn read(
        ready: &mut Ready,
        existing: &Existing,
        disk: &dyn Files,
        contents: &dyn Files,
    ) -> Self {
        let mut stack = ready.load_from(disk, true);
        let (specs, problems) = convert::convert(&convert::Input {
            stack: &stack,
            namespace: &ready.name,
            existing,
            disk: contents,
            read_data: true,
        });
        stack.problems.extend(convert::check_name(&ready.name));
        stack.problems.extend(problems);
        stack.exposures = exposure::find(&stack, &mut ready.sources, disk);
        let hidden = hidden::hidden(&ready.sources, &stack, &ready.environment);
        Self { stack, specs, hidden }
    }

    fn told(ready: &mut Ready, mut side: Self, args: &args::Stack) -> Option<Self> {
        let verdict = stack::verdict(&side.stack.problems).filter(|it| it.step < Step::Networks);
        let Some(refusal) = verdict else { return Some(side) };
        job::refuse(ready, &mut side.stack, &refusal.text, args);
        None
    }
}

/// Stands for a content that cannot be found any more.
const LOST: &[u8] = b"\0swarm-plan: a content that nobody has any more\0";

/// Whether a content of an old side is the true one.
pub(super) fn is_known(data: &Data) -> bool {
    *data != Data::new(LOST)
}

/// Files as they were; those that are gone have a content that is nobody's.
struct Remembered<'a>(&'a dyn Files);

impl Files for Remembered<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.read(path).or_else(|_| Ok(LOST.to_vec()))
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        self.0.size(path).or(Ok(LOST.len() as u64))
    }
}
