//! Specs in the form in which they are compared: with everything said that goes without saying, and
//! without what only the Engine knows.

use crate::plan::before;
use crate::plan::diff::revealed;
use crate::swarm::spec::{BindOptions, Mode, Mount, NetworkSpec, ServiceSpec, UpdateConfig};

/// A service's spec; `new` is the one that is to come.
pub(super) fn service(spec: &ServiceSpec, new: &ServiceSpec) -> ServiceSpec {
    let mut spec = before::normal(&revealed(spec, new), new);
    for mount in &mut spec.task_template.container_spec.mounts {
        mounted(mount);
    }
    if let Mode::Replicated(it) = &mut spec.mode {
        it.replicas.get_or_insert(1);
    }
    spec.update_config.iter_mut().for_each(update);
    spec.rollback_config.iter_mut().for_each(update);
    spec
}

/// Without the words that the Engine puts in where nothing is said.
fn mounted(mount: &mut Mount) {
    if mount.consistency == "default" {
        mount.consistency.clear();
    }
    if let Some(it) = &mut mount.bind_options
        && it.propagation == "rprivate"
    {
        it.propagation.clear();
    }
    if mount.bind_options == Some(BindOptions::default()) {
        mount.bind_options = None;
    }
}

fn update(it: &mut UpdateConfig) {
    let or = |text: &mut String, default: &str| {
        if text.is_empty() {
            default.clone_into(text);
        }
    };
    or(&mut it.order, "stop-first");
    or(&mut it.failure_action, "pause");
}

/// What the Engine adds to the options of an overlay network.
const VXLAN: &str = "com.docker.network.driver.overlay.vxlanid_list";

/// A network's spec. The Engine chooses addresses where the file names none.
pub(super) fn network(spec: &NetworkSpec, new: &NetworkSpec) -> NetworkSpec {
    let mut spec = spec.clone();
    if spec.driver.is_empty() {
        "overlay".clone_into(&mut spec.driver);
    }
    spec.scope.clear();
    if new.enable_ipv4.is_none() {
        spec.enable_ipv4 = None;
    }
    if new.enable_ipv6.is_none() && spec.enable_ipv6 == Some(false) {
        spec.enable_ipv6 = None;
    }
    if let Some(options) = &mut spec.options {
        options.remove(VXLAN);
    }
    spec.options = spec.options.filter(|it| !it.is_empty());
    let has_addresses = new.ipam.as_ref().and_then(|it| it.config.as_ref()).is_some();
    if let Some(ipam) = &mut spec.ipam {
        if ipam.driver == "default" {
            ipam.driver.clear();
        }
        ipam.options = None;
        if !has_addresses && is_chosen(ipam) {
            ipam.config = None;
        }
        for it in ipam.config.iter_mut().flatten() {
            it.gateway.clear();
        }
    }
    spec.ipam = spec.ipam.filter(|it| {
        let is_said = it.config.as_ref().is_some_and(|it| !it.is_empty());
        is_said || !it.driver.is_empty()
    });
    spec.config_from = spec.config_from.filter(|it| !it.network.is_empty());
    spec
}

/// Whether a range has the gateway that the Engine gives those that it chose or was given.
fn is_chosen(ipam: &crate::swarm::spec::Ipam) -> bool {
    ipam.config.iter().flatten().all(|it| !it.gateway.is_empty())
}
