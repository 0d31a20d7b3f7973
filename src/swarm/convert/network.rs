//! Networks of the stack, and what a service is attached to.

use std::collections::BTreeMap;

use crate::source::{Named, Place};
use crate::stack::model::{Network, Service, is_true, text};
use crate::stack::{Kind, Object, Problem, Step};
use crate::swarm::convert::{Converter, map, owned, plain};
use crate::swarm::spec::{Ipam, IpamConfig, NetworkAttachment, NetworkSpec, Specs};

const DEFAULT: &str = "default";

impl Converter<'_> {
    /// The networks that services use: those of the stack to create, the external to look up.
    pub(super) fn networks(&mut self, specs: &mut Specs) {
        let stack = self.stack;
        let mut used: BTreeMap<&str, Place> = BTreeMap::new();
        for service in &stack.services {
            if service.networks.is_empty() {
                used.entry(DEFAULT).or_insert(service.name.place);
            }
            for network in &service.networks {
                used.entry(&network.name.value).or_insert(network.name.place);
            }
        }
        let empty = Network::default();
        for (name, place) in used {
            let defined = self.names.networks.get(name).copied();
            let network = defined.map_or(&empty, |it| &it.value);
            if is_true(&network.external) {
                let real = owned(network.name.as_ref());
                let place = defined.map_or(place, |it| it.name.place);
                self.look_up(&real, place);
                specs.external_networks.push(real);
                continue;
            }
            let real = match text(network.name.as_ref()) {
                "" => self.scoped(name),
                real => real.to_owned(),
            };
            specs.networks.insert(real.clone(), self.network(network, real));
        }
        specs.external_networks.sort();
        specs.external_networks.dedup();
    }

    fn network(&self, network: &Network, name: String) -> NetworkSpec {
        let driver = match text(network.driver.as_ref()) {
            "" => "overlay",
            driver => driver,
        };
        let ipam_driver = text(network.ipam_driver.as_ref());
        let subnet = |it: &Option<crate::stack::model::Text>| IpamConfig {
            subnet: owned(it.as_ref()),
            ..IpamConfig::default()
        };
        let ipam = (!ipam_driver.is_empty() || !network.subnets.is_empty()).then(|| Ipam {
            driver: ipam_driver.to_owned(),
            options: None,
            config: (!network.subnets.is_empty())
                .then(|| network.subnets.iter().map(subnet).collect()),
        });
        let options = map(&network.driver_opts);
        NetworkSpec {
            name,
            driver: driver.to_owned(),
            ipam,
            internal: is_true(&network.internal),
            attachable: is_true(&network.attachable),
            options: (!options.is_empty()).then_some(options),
            labels: self.namespace_label(map(&network.labels)),
            ..NetworkSpec::default()
        }
    }

    /// Looks an external network up.
    fn look_up(&mut self, name: &str, place: Place) {
        if !user_defined(name) {
            return;
        }
        let all = self.existing.networks.as_ref();
        let scope = match (self.existing.scopes.get(name), all) {
            (Some(scope), _) => scope.clone(),
            (None, Some(all)) => all.get(name).cloned().unwrap_or_default(),
            (None, None) => return,
        };
        if scope == "swarm" {
            return;
        }
        let docker = if scope.is_empty() {
            format!(
                "network \"{name}\" is declared as external, but could not be found. You need to \
                 create a swarm-scoped network before the stack is deployed"
            )
        } else {
            format!(
                "network \"{name}\" is declared as external, but it is not in the right scope: \
                 \"{scope}\" instead of \"swarm\""
            )
        };
        let kind = Kind::ExternalMissing {
            object: Object::Network,
            name: name.to_owned(),
            known: all.map(|it| it.keys().cloned().collect()).unwrap_or_default(),
            scope: (!scope.is_empty()).then_some(scope),
        };
        self.problems.push(Problem::new(kind, place).refused(Step::Networks, docker));
    }

    pub(super) fn attachments(&mut self, service: &Named<Service>) -> Vec<NetworkAttachment> {
        let stack = self.stack;
        let default = [Named {
            name: crate::source::Spanned::new(DEFAULT.to_owned(), service.name.place),
            value: None,
        }];
        let wanted = if service.networks.is_empty() { &default[..] } else { &service.networks[..] };
        let mut found = Vec::new();
        for it in wanted {
            let name = &it.name.value;
            let defined = self.names.networks.get(name.as_str()).copied();
            if defined.is_none() && name != DEFAULT {
                let known = self.known(&stack.networks);
                let kind = Kind::Undefined { object: Object::Network, name: name.clone(), known };
                self.refuse(
                    kind,
                    it.name.place,
                    format!("undefined network {}", crate::value::quote::quote(name)),
                );
                continue;
            }
            let target = match defined.map_or("", |it| text(it.value.name.as_ref())) {
                "" => self.scoped(name),
                real => real.to_owned(),
            };
            let mut aliases = it.value.as_ref().map_or(Vec::new(), |it| plain(&it.aliases));
            if user_defined(&target) {
                aliases.push(service.name.value.clone());
            }
            let driver_opts = it.value.as_ref().map_or(BTreeMap::new(), |it| map(&it.driver_opts));
            found.push(NetworkAttachment { target, aliases, driver_opts });
        }
        found.sort_by(|a, b| a.target.cmp(&b.target));
        found
    }
}

/// Whether a network is none of the engine's own.
fn user_defined(name: &str) -> bool {
    !matches!(name, "default" | "bridge" | "host" | "none") && !name.starts_with("container:")
}
