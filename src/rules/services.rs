//! What several rules ask about a service.

use std::collections::BTreeMap;

use crate::image::{self, Known};
use crate::rules::constraints::each;
use crate::source::{Named, Place};
use crate::stack::model::{Port, Text, UpdateConfig, text};
use crate::stack::{Network, Service, Stack};
use crate::value::constraint::{Key, Operator};

/// The network of services that name none.
pub(super) const DEFAULT_NETWORK: &str = "default";

/// The image, where it is written in full: none that lacks a variable's part.
pub(super) fn image(service: &Service) -> Option<&Text> {
    service.image.as_ref().filter(|it| !it.value.is_empty() && !it.place.is_unset())
}

/// What is known about the image.
pub(super) fn known(service: &Service) -> Option<Known<'_>> {
    image::known(&image(service)?.value)
}

/// Where a finding about the service as a whole belongs: its image, else its name.
pub(super) fn head(service: &Named<Service>) -> Place {
    service.image.as_ref().map_or(service.name.place, |it| it.place)
}

/// `deploy.mode`, `replicated` by default.
pub(super) fn mode(service: &Service) -> &str {
    match text(service.deploy.as_ref().and_then(|it| it.mode.as_ref())) {
        "" => "replicated",
        mode => mode,
    }
}

/// How many tasks of the service run side by side; none where that depends on the nodes or on a
/// variable.
pub(super) fn replicas(service: &Service) -> Option<u64> {
    if mode(service) != "replicated" {
        return None;
    }
    match service.deploy.as_ref().and_then(|it| it.replicas.as_ref()) {
        None => Some(1),
        Some(it) if it.place.is_unset() => None,
        Some(it) => Some(it.value),
    }
}

/// `update_config.order` where it is `start-first`.
pub(super) fn start_first(service: &Service) -> Option<&Text> {
    update(service)?.order.as_ref().filter(|it| it.value == "start-first")
}

/// Whether a constraint names the one node that may run the service.
pub(super) fn has_one_node(service: &Named<Service>) -> bool {
    each(service).iter().any(|it| {
        it.constraint.operator == Operator::Equal
            && matches!(it.constraint.key, Key::Id | Key::Hostname | Key::Ip)
    })
}

/// A port that nodes hold themselves, and its number.
pub(super) fn host_port(port: &Port) -> Option<u32> {
    let published = port.published.as_ref().filter(|it| !it.place.is_unset())?;
    (text(port.mode.as_ref()) == "host" && published.value > 0).then_some(published.value)
}

/// The names of the networks that a service is on.
pub(super) fn networks(service: &Service) -> Vec<&str> {
    if service.networks.is_empty() {
        return vec![DEFAULT_NETWORK];
    }
    service.networks.iter().map(|it| it.name.value.as_str()).collect()
}

/// A declared network.
pub(super) fn network<'a>(stack: &'a Stack, name: &str) -> Option<&'a Named<Network>> {
    stack.networks.iter().find(|it| it.name.value == name)
}

/// Whether the service runs once and ends.
pub(super) fn is_job(service: &Service) -> bool {
    mode(service).ends_with("-job")
}

/// Whether a failed update is rolled back.
pub(super) fn rolls_back(service: &Service) -> bool {
    text(update(service).and_then(|it| it.failure_action.as_ref())) == "rollback"
}

/// Whether a constraint, perhaps one that lacks a variable, may keep the tasks on one node: nobody
/// sees from the file how many nodes have a label or a role.
pub(super) fn may_have_one_node(service: &Service) -> bool {
    let constraints = service.deploy.iter().flat_map(|it| &it.placement.constraints);
    constraints.into_iter().any(|it| !it.value.contains("!=") && !it.value.contains("platform"))
}

/// `deploy.update_config`.
pub(super) fn update(service: &Service) -> Option<&UpdateConfig> {
    service.deploy.as_ref()?.update_config.as_ref()
}

/// Whether the file gives the service a check of its health. The image may bring one as well.
pub(super) fn is_checked(service: &Service) -> bool {
    service.healthcheck.as_ref().is_some_and(|it| !it.test.is_empty())
}

/// The services on each network.
pub(super) fn users(stack: &Stack) -> BTreeMap<&str, Vec<&Named<Service>>> {
    let mut found: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for service in &stack.services {
        for name in networks(service) {
            found.entry(name).or_default().push(service);
        }
    }
    found
}
