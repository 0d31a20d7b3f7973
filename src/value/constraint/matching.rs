//! Whether a node meets a constraint.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Constraint, Key, Operator, same};

/// What constraints can ask of a node. A node that has not described itself has empty texts.
#[derive(Clone, Copy, Debug)]
pub struct NodeFacts<'a> {
    pub id: &'a str,
    pub hostname: &'a str,
    /// The node's address as the manager sees it, such as `10.0.0.5`.
    pub address: &'a str,
    pub role: Role,
    /// As the engine reports it, such as `linux`.
    pub os: &'a str,
    /// As the engine reports it, such as `x86_64`.
    pub arch: &'a str,
    pub labels: &'a BTreeMap<String, String>,
    pub engine_labels: &'a BTreeMap<String, String>,
}

/// What a node is in the swarm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Worker,
    Manager,
}

/// What the value of a `node.ip` constraint means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    Single(IpAddr),
    /// A network and the length of its prefix in bits.
    Network(IpAddr, u32),
}

impl Address {
    /// Reads an address, or a network such as `10.0.0.0/24`.
    pub fn read(text: &str) -> Option<Self> {
        if let Ok(address) = text.parse() {
            return Some(Self::Single(address));
        }
        let (address, length) = text.split_once('/')?;
        let address: IpAddr = address.parse().ok()?;
        let digits = length.bytes().all(|it| it.is_ascii_digit());
        let length = length.parse().ok().filter(|_| digits)?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        (length <= bits).then_some(Self::Network(address, length))
    }

    /// Whether a node with this address is meant. IPv4 and IPv6 do not mix, but for IPv4 written as
    /// `::ffff:10.0.0.1`.
    pub fn contains(self, node: IpAddr) -> bool {
        let node = node.to_canonical();
        let (network, length) = match self {
            Self::Single(address) => return address.to_canonical() == node,
            Self::Network(address, length) => (address, length),
        };
        match (network, network.to_canonical(), node) {
            (IpAddr::V4(net), _, IpAddr::V4(node)) => {
                leading(net.to_bits().into(), 32, length)
                    == leading(node.to_bits().into(), 32, length)
            }
            (IpAddr::V6(net), IpAddr::V4(_), IpAddr::V4(node)) if length >= 96 => {
                let node = node.to_ipv6_mapped().to_bits();
                leading(net.to_bits(), 128, length) == leading(node, 128, length)
            }
            // With a shorter prefix the network is an IPv6 one, which holds no IPv4 address.
            (IpAddr::V6(net), _, IpAddr::V6(node)) => {
                leading(net.to_bits(), 128, length) == leading(node.to_bits(), 128, length)
            }
            _ => false,
        }
    }
}

/// The first `length` of `width` bits.
fn leading(bits: u128, width: u32, length: u32) -> u128 {
    bits.checked_shr(width.saturating_sub(length)).unwrap_or_default()
}

impl Constraint {
    /// Whether a node meets the constraint (`NodeMatches` in Swarm's source).
    pub fn matches(&self, node: &NodeFacts) -> bool {
        let label = |labels: &BTreeMap<String, String>, name: &str| {
            self.compare(labels.get(name).map_or("", String::as_str))
        };
        match &self.key {
            Key::Id => self.compare(node.id),
            Key::Hostname => self.compare(node.hostname),
            Key::Role => self.compare(match node.role {
                Role::Worker => "worker",
                Role::Manager => "manager",
            }),
            Key::Os => self.compare(node.os),
            Key::Arch => self.compare(node.arch),
            Key::NodeLabel(name) => label(node.labels, name),
            Key::EngineLabel(name) => label(node.engine_labels, name),
            Key::Ip => Address::read(&self.value.text).is_some_and(|value| {
                let inside = node.address.parse().is_ok_and(|it| value.contains(it));
                inside == (self.operator == Operator::Equal)
            }),
            Key::Unknown => false,
        }
    }

    /// Whether no node at all can meet the constraint: its key is unknown, or its value no address.
    pub fn is_hopeless(&self) -> bool {
        match self.key {
            Key::Unknown => true,
            Key::Ip => Address::read(&self.value.text).is_none(),
            _ => false,
        }
    }

    fn compare(&self, found: &str) -> bool {
        same(found, &self.value.text) == (self.operator == Operator::Equal)
    }
}
