//! What rules about a stack on the nodes of an inventory look at.

use crate::cluster::Cluster;
use crate::plan::Policy;
use crate::plan::diff::Diff;
use crate::scheduler::{NetworkDrivers, Schedule, Scheduled};
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::swarm::spec::{ServiceSpec, Specs};

/// A stack and the swarm that it is to run in.
#[derive(Clone, Copy, Debug)]
pub struct Deployment<'a> {
    pub cluster: &'a Cluster,
    pub stack: &'a Stack,
    /// What comes before the `_` in the name of everything that is created.
    pub name: &'a str,
    pub specs: &'a Specs,
    pub networks: &'a NetworkDrivers,
    /// What the settings want a plan to hold.
    pub policy: &'a Policy,
    /// Where the tasks go; none where Docker refuses the stack, or too little of it is known.
    pub schedule: Option<&'a Schedule<'a>>,
    /// What it changes of what runs.
    pub diff: Option<&'a Diff<'a>>,
}

impl<'a> Deployment<'a> {
    /// What the manager is sent for a service.
    pub fn spec(&self, service: &Named<Service>) -> Option<&'a ServiceSpec> {
        self.specs.services.get(&service.name.value)
    }

    /// Where the tasks of a service go.
    pub fn scheduled(&self, service: &Named<Service>) -> Option<&'a Scheduled<'a>> {
        let name = self.spec(service)?.name.as_str();
        // The deployed services come first, by name.
        let services = &self.schedule?.services;
        let deployed = services.get(..self.specs.services.len())?;
        deployed.binary_search_by(|it| it.name.cmp(name)).ok().and_then(|at| deployed.get(at))
    }
}
