//! One stack to load: its files, its name, its variables, its settings.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::decode::decode;
use crate::cli::disk::{self, Disk};
use crate::cli::live::Swarm;
use crate::cli::{Error, args, env_file, terminal};
use crate::cluster::{self, Cluster};
use crate::hidden;
use crate::output::{self, Checked};
use crate::settings::Levels;
use crate::source::{Files, SourceId, Sources};
use crate::stack::model::Environment;
use crate::stack::{self, Input, Stack, exposure};
use crate::swarm::convert::Existing;

/// A stack to load. Paths are as the user wrote them, `-` is standard input.
#[derive(Clone, Debug, Default)]
pub(super) struct Job {
    pub files: Vec<PathBuf>,
    pub name: Option<String>,
    pub env_files: Vec<PathBuf>,
    /// The inventory.
    pub nodes: Option<PathBuf>,
    /// The running swarm in its place.
    pub live: Option<Arc<Swarm>>,
    pub levels: Levels,
}

/// A job whose files are read.
#[derive(Debug)]
pub(super) struct Ready {
    pub sources: Sources,
    pub files: Vec<SourceId>,
    pub name: String,
    pub environment: Environment,
    pub working_dir: PathBuf,
    /// The inventory and what is wrong with it.
    pub cluster: Option<Cluster>,
    pub inventory: Vec<cluster::Problem>,
    pub levels: Levels,
}

impl Job {
    /// The one stack that the options name.
    pub(super) fn of(args: &args::Stack) -> Result<Self, Error> {
        if args.files.is_empty() {
            return Err(Error::usage("name a stack file with `-c FILE`"));
        }
        Ok(Self {
            files: args.files.clone(),
            name: args.name.clone(),
            env_files: args.env_files.clone(),
            nodes: args.nodes.clone(),
            ..Self::default()
        })
    }

    /// Reads the files.
    pub(super) fn read(self) -> Result<Ready, Error> {
        let working_dir = folder_of(self.files.first().map(PathBuf::as_path))?;
        let name = self.name.unwrap_or_else(|| disk::stack_name(&working_dir));
        let mut ready = Ready {
            sources: Sources::default(),
            files: Vec::new(),
            name,
            environment: env_file::environment(&self.env_files)?,
            working_dir,
            cluster: None,
            inventory: Vec::new(),
            levels: self.levels,
        };
        for path in &self.files {
            let text = read_text(path)?;
            let name =
                if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() };
            ready.files.push(ready.sources.add(name, text));
        }
        if let Some(swarm) = &self.live {
            let (cluster, problems) = swarm.cluster(&mut ready.sources);
            ready.cluster = Some(cluster);
            ready.inventory = problems;
        } else if let Some(path) = &self.nodes {
            let text = read_text(path)?;
            let source = ready.sources.add(path.display().to_string(), text);
            let text = &ready.sources.get(source).text;
            let (cluster, problems) = cluster::inventory::read(source, text);
            ready.cluster = Some(cluster);
            ready.inventory = problems;
        }
        Ok(ready)
    }
}

impl Ready {
    /// What is known to exist in the swarm.
    pub(super) fn existing(&self) -> Existing {
        self.cluster.as_ref().map(Cluster::existing).unwrap_or_default()
    }

    /// Loads the stack without judging it.
    pub(super) fn load(&mut self, interpolate: bool) -> Stack {
        self.load_from(&Disk, interpolate)
    }

    /// The same with files from elsewhere beside it.
    pub(super) fn load_from(&mut self, disk: &dyn Files, interpolate: bool) -> Stack {
        let input = Input {
            files: &self.files,
            working_dir: &self.working_dir,
            environment: &self.environment,
            interpolate,
            disk,
        };
        stack::load(&mut self.sources, &input)
    }
}

/// Says why Docker refuses a stack. Its words may repeat what the stack holds.
pub(super) fn refuse(ready: &mut Ready, stack: &mut Stack, refusal: &str, args: &args::Stack) {
    if args.show_secrets {
        return terminal::complain(refusal);
    }
    stack.exposures = exposure::find(stack, &mut ready.sources, &Disk);
    let hidden = &hidden::hidden(&ready.sources, stack, &ready.environment);
    let stack = Checked { hidden, ..Checked::new(&ready.sources, &[]) };
    terminal::complain(&output::masked(&stack, refusal));
}

pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The folder of a stack's first file, absolute; the current one for standard input.
pub(super) fn folder_of(first: Option<&Path>) -> Result<PathBuf, Error> {
    let file = first.filter(|it| !is_stdin(it));
    let folder = file.and_then(Path::parent).filter(|it| !it.as_os_str().is_empty());
    let folder = std::path::absolute(folder.unwrap_or(Path::new(".")));
    folder.map_err(|source| Error::Read { path: PathBuf::from("."), source })
}

pub(super) fn read_text(path: &Path) -> Result<String, Error> {
    let bytes =
        if is_stdin(path) { disk::read_all(io::stdin().lock(), 0) } else { Disk.read(path) };
    let bytes = bytes.map_err(|source| match source.kind() {
        io::ErrorKind::Unsupported => {
            let text = format!("{source} (use `-` to read standard input)");
            Error::Read { path: path.to_owned(), source: io::Error::new(source.kind(), text) }
        }
        _ => Error::Read { path: path.to_owned(), source },
    })?;
    decode(bytes).map_err(|source| Error::Decode { path: path.to_owned(), source })
}
