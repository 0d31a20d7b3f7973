//! Which tasks an update replaces.

use crate::rollout::run::Run;
use crate::swarm::spec::ServiceSpec;
use crate::value::constraint::{self, Constraint};

/// What a service's new spec means for the tasks of an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// They stay.
    Keep,
    /// Those stay whose node meets the new constraints; published ports do not matter then, nor
    /// preferences, limits per node and platforms.
    KeepWhereAllowed,
    Replace,
}

/// What becomes of running tasks when a service is updated: replicas, labels of the service and the
/// ways of updating replace nothing.
pub fn effect(old: &ServiceSpec, new: &ServiceSpec) -> Effect {
    let (mut before, after) = (old.task_template.clone(), &new.task_template);
    if before.placement != after.placement {
        before.placement.clone_from(&after.placement);
        if before == *after {
            return Effect::KeepWhereAllowed;
        }
        return Effect::Replace;
    }
    if before != *after || old.endpoint_spec != new.endpoint_spec {
        return Effect::Replace;
    }
    Effect::Keep
}

impl Run<'_> {
    /// Whether a task is not what a version of its service asks for.
    pub(super) fn is_dirty(&mut self, task: u32, version: u32) -> bool {
        let it = &self.world.tasks[task as usize];
        let (old, node) = (it.version, it.node);
        if old == version {
            return false;
        }
        let versions = &self.world.versions;
        let compare = || effect(versions[old as usize].spec, versions[version as usize].spec);
        match *self.effects.entry((old, version)).or_insert_with(compare) {
            Effect::Keep => false,
            Effect::KeepWhereAllowed => !self.allows(node, version),
            Effect::Replace => true,
        }
    }

    /// Whether a node meets a version's constraints.
    pub(super) fn allows(&self, node: Option<u32>, version: u32) -> bool {
        let Some(node) = node.and_then(|it| self.world.node(it)) else { return false };
        let placement = self.world.versions[version as usize].spec.task_template.placement.as_ref();
        let texts = placement.map_or(&[][..], |it| &it.constraints);
        let parsed: Result<Vec<Constraint>, _> =
            texts.iter().map(|it| constraint::parse(it)).collect();
        let facts = node.facts();
        // One that cannot be read switches them all off.
        parsed.unwrap_or_default().iter().all(|it| it.matches(&facts))
    }
}
