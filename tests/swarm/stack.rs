//! A stack of the lab as swarm-plan reads it.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use swarm_plan::cluster::{Cluster, inventory};
use swarm_plan::source::{Files, Sources};
use swarm_plan::stack;
use swarm_plan::swarm::convert::{self, Existing};
use swarm_plan::swarm::manager;
use swarm_plan::swarm::spec::Specs;
use swarm_plan::swarm::validate;

struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        Ok(fs::metadata(path)?.len())
    }
}

/// A stack file and what it is turned into.
pub struct Stack {
    pub specs: Specs,
    /// What Docker would say in place of taking it.
    pub refusal: Option<stack::Verdict>,
}

impl Stack {
    /// Reads a file that is to be deployed under a name.
    pub fn read(name: &str, file: &Path) -> Self {
        let mut sources = Sources::default();
        let id = sources.add(file.display().to_string(), fs::read_to_string(file).unwrap());
        let input = stack::Input {
            files: &[id],
            working_dir: file.parent().unwrap(),
            environment: &BTreeMap::new(),
            interpolate: true,
            disk: &Disk,
        };
        let stack = stack::load(&mut sources, &input);
        let (specs, problems) = convert::convert(&convert::Input {
            stack: &stack,
            namespace: name,
            existing: &Existing::default(),
            disk: &Disk,
            read_data: true,
        });
        let refused = manager::refusals(&stack, &specs);
        let refusal = stack::verdict(stack.problems.iter().chain(&problems).chain(&refused));
        let refusal = refusal.or_else(|| content(&specs));
        Self { specs, refusal }
    }
}

/// What is refused of contents, which are read here.
fn content(specs: &Specs) -> Option<stack::Verdict> {
    let secrets = specs.secrets.iter().flat_map(validate::secret);
    let refusal = secrets.chain(specs.configs.iter().flat_map(validate::config)).next()?;
    let text = format!("Error response from daemon: {refusal}");
    Some(stack::Verdict { step: stack::Step::Manager, text })
}

/// The swarm as swarm-plan reads it from an inventory.
pub fn cluster(text: &str) -> Cluster {
    let id = Sources::default().add("nodes.json", text);
    let (cluster, problems) = inventory::read(id, text);
    assert!(problems.is_empty(), "{problems:?}");
    cluster
}
