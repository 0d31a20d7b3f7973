//! A running swarm in the place of an inventory: asked once, and shown to every stack as the inventory
//! that `nodes export` would write.

use crate::cli::Error;
use crate::cli::args::Global;
use crate::cli::swarm_args::{Engine, Live};
use crate::cli::terminal;
use crate::cluster::running::Running;
use crate::cluster::snapshot::Snapshot;
use crate::cluster::{Cluster, Kind, Problem, Service, export, inventory};
use crate::engine::{self, Surroundings, Target};
use crate::source::{Named, SourceId, Sources};

/// What a running swarm was found to be.
#[derive(Clone, Debug)]
pub(super) struct Swarm {
    /// Where it was asked.
    name: String,
    /// The inventory.
    text: String,
    /// In full, where the inventory tells them in short.
    services: Vec<Named<Service>>,
    /// What a deploy is compared with.
    running: Option<Box<Running>>,
}

impl Swarm {
    /// The swarm that the options want in the place of an inventory.
    pub(super) fn wanted(live: &Live, global: &Global) -> Result<Option<Self>, Error> {
        Self::asked_for(live.live, &live.engine, global)
    }

    /// The swarm, if it is asked for.
    pub(super) fn asked_for(
        live: bool,
        engine: &Engine,
        global: &Global,
    ) -> Result<Option<Self>, Error> {
        if live {
            return Self::read(engine, global).map(Some);
        }
        if engine.host.is_some() || engine.context.is_some() {
            return Err(Error::usage(
                "`--host` and `--context` say where `--live` is to look: add it",
            ));
        }
        Ok(None)
    }

    fn read(engine: &Engine, global: &Global) -> Result<Self, Error> {
        let snapshot = snapshot(engine, global)?;
        let cluster = cluster(&snapshot)?;
        Ok(Self {
            text: export::inventory(&cluster, &snapshot.source),
            services: cluster.services.unwrap_or_default(),
            running: cluster.running,
            name: snapshot.source,
        })
    }

    /// The swarm as a cluster, and what cannot be used of it; its text is added to the sources.
    pub(super) fn cluster(&self, sources: &mut Sources) -> (Cluster, Vec<Problem>) {
        let source = sources.add(&self.name, self.text.as_str());
        let (mut cluster, problems) = inventory::read(source, &self.text);
        for service in cluster.services.iter_mut().flatten() {
            let found = self.services.iter().find(|it| it.name.value == service.name.value);
            if let Some(found) = found {
                service.value = found.value.clone();
            }
        }
        cluster.running.clone_from(&self.running);
        (cluster, problems)
    }
}

/// Asks a swarm, and says what it does not show.
pub(super) fn snapshot(args: &Engine, global: &Global) -> Result<Snapshot, Error> {
    let around = Surroundings::of_the_process();
    let target = Target::find(args.host.as_deref(), args.context.as_deref(), &around)?;
    let found = engine::read(&target)?;
    for it in found.unknown.iter().filter(|_| !global.quiet) {
        let (list, status) = (it.list, it.status);
        terminal::complain(&format!(
            "the {list} are not known: {target} forbids GET /{list} (status {status})"
        ));
    }
    Ok(found.snapshot)
}

/// A snapshot as a cluster. Nothing can be said of one without nodes.
pub(super) fn cluster(snapshot: &Snapshot) -> Result<Cluster, Error> {
    if snapshot.nodes.is_none() {
        return Err(engine::Error::forbids("/nodes", &snapshot.source).into());
    }
    let text = serde_json::to_string(snapshot).map_err(std::io::Error::from)?;
    let (cluster, problems) = inventory::read(SourceId::default(), &text);
    // That two entries stand for one machine is how Swarm remembers one that joined again.
    let is_broken = |it: &&Problem| matches!(it.kind, Kind::Syntax | Kind::BadSpec);
    match problems.iter().find(is_broken) {
        Some(it) => Err(Error::usage(format!("cannot use {}: {}", snapshot.source, it.message))),
        None => Ok(cluster),
    }
}
