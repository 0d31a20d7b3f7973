//! Objects of one stack that stand in each other's way.

use crate::swarm::spec::{ServiceSpec, Specs};
use crate::swarm::validate::refusal::{By, Code, Field, INVALID, Refusal};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// An object of the stack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// By its name in the stack file.
    Service(String),
    /// By its real name.
    Network(String),
    /// By its real name.
    Secret(String),
    /// By its real name.
    Config(String),
}

/// Two objects of which the swarm takes one only. Docker sends them in random order; here the one
/// that comes later by name is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What is refused.
    pub subject: Subject,
    /// What stands in its way; the refusal's `other` is a field of this.
    pub with: Subject,
    /// The other service's id, which only the swarm knows, is `<service-id>`.
    pub refusal: Refusal,
}

/// Published ports that two services want, and names that differ only in upper and lower case.
pub fn stack(specs: &Specs) -> Vec<Clash> {
    let mut clashes = ports(&specs.services);
    let services = specs.services.iter();
    clashes.extend(same_names(
        services.map(|(key, it)| (Subject::Service(key.clone()), it.name.as_str())),
        |name| {
            let message = "name conflicts with an existing object: service";
            (Code::AlreadyExists, format!("{message} {name} already exists"))
        },
    ));
    clashes.extend(same_names(
        specs.networks.values().map(|it| (Subject::Network(it.name.clone()), it.name.as_str())),
        |_| (Code::Unknown, "name conflicts with an existing object".to_owned()),
    ));
    clashes.extend(same_names(
        specs.secrets.iter().map(|it| (Subject::Secret(it.name.clone()), it.name.as_str())),
        |name| (Code::AlreadyExists, format!("secret {name} already exists")),
    ));
    clashes.extend(same_names(
        specs.configs.iter().map(|it| (Subject::Config(it.name.clone()), it.name.as_str())),
        |name| (Code::AlreadyExists, format!("config {name} already exists")),
    ));
    clashes
}

fn same_names<'a>(
    objects: impl Iterator<Item = (Subject, &'a str)>,
    words: impl Fn(&str) -> (Code, String),
) -> Vec<Clash> {
    let mut taken = BTreeMap::new();
    let mut clashes = Vec::new();
    for (subject, name) in objects {
        match taken.entry(name.to_lowercase()) {
            Entry::Vacant(free) => _ = free.insert((subject, name)),
            Entry::Occupied(first) => {
                let (with, same) = first.get();
                // The client updates an object of the same name instead of creating another.
                if *same == name {
                    continue;
                }
                let (code, message) = words(name);
                let refusal = Refusal::new(Field::of("Name"), By::Manager(code), message)
                    .because_of(Field::of("Name"));
                clashes.push(Clash { subject, with: with.clone(), refusal });
            }
        }
    }
    clashes
}

/// Who published a port first.
#[derive(Clone, Copy)]
struct User<'a> {
    key: &'a str,
    name: &'a str,
    index: usize,
}

/// The first users of one published port.
#[derive(Default)]
struct Users<'a> {
    ingress: Option<User<'a>>,
    host: Option<User<'a>>,
}

/// Two services may share a port if both publish it on the nodes themselves.
fn ports(services: &BTreeMap<String, ServiceSpec>) -> Vec<Clash> {
    let mut taken: BTreeMap<_, Users> = BTreeMap::new();
    let mut clashes = Vec::new();
    for (key, spec) in services {
        let ports = spec.endpoint_spec.iter().flat_map(|it| &it.ports).enumerate();
        for (index, port) in ports.filter(|(_, it)| it.published_port != 0) {
            let users = taken.entry((port.published_port, port.transport())).or_default();
            let ingress = users.ingress.map(|it| (it, "an ingress port"));
            let host = users.host.filter(|_| port.is_ingress());
            let host = host.map(|it| (it, "a host-published port"));
            // The services come by name, so the smaller key was there first.
            let first = ingress.into_iter().chain(host).min_by_key(|(it, _)| it.key);
            if let Some((user, how)) = first.filter(|(it, _)| it.key != key) {
                clashes.push(clash(key, index, port.published_port, user, how));
            }
            let slot = if port.is_ingress() { &mut users.ingress } else { &mut users.host };
            slot.get_or_insert(User { key, name: &spec.name, index });
        }
    }
    clashes
}

fn clash(key: &str, index: usize, port: u32, user: User, how: &str) -> Clash {
    let message = format!(
        "port '{port}' is already in use by service '{}' (<service-id>) as {how}",
        user.name
    );
    let other = Field::item("EndpointSpec.Ports[]", user.index);
    let field = Field::item("EndpointSpec.Ports[]", index);
    Clash {
        subject: Subject::Service(key.to_owned()),
        with: Subject::Service(user.key.to_owned()),
        refusal: Refusal::new(field, INVALID, message).because_of(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::spec::{EndpointSpec, PortConfig};

    fn published(key: &str, mode: &str) -> (String, ServiceSpec) {
        let port = |published_port| PortConfig {
            published_port,
            publish_mode: mode.to_owned(),
            ..PortConfig::default()
        };
        // Port 0 is chosen by Swarm and never in anyone's way.
        let ports = EndpointSpec { ports: vec![port(0), port(80)], ..EndpointSpec::default() };
        let name = format!("stk_{key}");
        let spec = ServiceSpec { name, endpoint_spec: Some(ports), ..ServiceSpec::default() };
        (key.to_owned(), spec)
    }

    fn said(specs: &Specs) -> Vec<String> {
        stack(specs).iter().map(|it| format!("{}: {}", it.refusal.field, it.refusal)).collect()
    }

    #[test]
    fn two_services_share_a_port_only_if_both_publish_it_on_the_nodes() {
        let in_use = "EndpointSpec.Ports[1]: rpc error: code = InvalidArgument desc = \
                      port '80' is already in use by service 'stk_a' (<service-id>) as";
        for (first, second, how) in [
            ("ingress", "ingress", Some("an ingress port")),
            ("ingress", "host", Some("an ingress port")),
            ("host", "ingress", Some("a host-published port")),
            ("host", "host", None),
        ] {
            let services = [published("a", first), published("b", second)].into();
            let expected: Vec<_> = how.map(|it| format!("{in_use} {it}")).into_iter().collect();
            assert_eq!(said(&Specs { services, ..Specs::default() }), expected);
        }
    }

    #[test]
    fn names_that_differ_in_case_only_are_the_same() {
        let (_, lower) = published("web", "host");
        let upper = ServiceSpec { name: "stk_WEB".to_owned(), ..ServiceSpec::default() };
        let services = [("WEB".to_owned(), upper), ("web".to_owned(), lower)].into();
        let expected = "Name: rpc error: code = AlreadyExists desc = \
                        name conflicts with an existing object: service stk_web already exists";
        assert_eq!(said(&Specs { services, ..Specs::default() }), [expected]);
    }
}
