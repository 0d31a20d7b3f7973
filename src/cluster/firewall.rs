//! What a node lets in.

use crate::source::{Span, Spanned};
use crate::value::constraint::Address;
use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;

/// The rules of one node for packets that come in.
#[derive(Clone, Debug, Default)]
pub struct Firewall {
    /// What happens to packets that no rule lets in.
    pub default: Spanned<Policy>,
    pub allow: Vec<Allow>,
}

/// What happens to a packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    #[default]
    Deny,
    Allow,
}

/// One rule: these may come in there.
#[derive(Clone, Debug)]
pub struct Allow {
    pub from: Spanned<Peer>,
    pub ports: Vec<Spanned<Ports>>,
    pub span: Span,
}

/// Who sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Peer {
    #[default]
    Any,
    /// Every node of the inventory.
    Cluster,
    /// An address or a network.
    Network(Address),
    /// A node by its name.
    Node(String),
}

impl Peer {
    /// `any`, `cluster`, an address, a network or a node's name.
    pub fn read(text: &str) -> Self {
        match text {
            "any" => Self::Any,
            "cluster" => Self::Cluster,
            _ => Address::read(text).map_or_else(|| Self::Node(text.to_owned()), Self::Network),
        }
    }
}

/// What may come in: `2377/tcp`, `30000-32767/tcp`, `esp`, or `all`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ports {
    All,
    Esp,
    Of(Transport, RangeInclusive<u16>),
}

impl Default for Ports {
    fn default() -> Self {
        Self::Of(Transport::Tcp, 0..=0)
    }
}

/// How packets reach a port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    #[default]
    Tcp,
    Udp,
    Sctp,
}

impl Ports {
    /// Reads one item. A number alone is a TCP port.
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "all" => return Some(Self::All),
            "esp" => return Some(Self::Esp),
            _ => {}
        }
        let (ports, transport) = text.split_once('/').unwrap_or((text, "tcp"));
        let transport = match transport {
            "tcp" => Transport::Tcp,
            "udp" => Transport::Udp,
            "sctp" => Transport::Sctp,
            _ => return None,
        };
        let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
        let port = |text: &str| {
            let digits = text.bytes().all(|it| it.is_ascii_digit());
            text.parse::<u16>().ok().filter(|it| digits && *it > 0)
        };
        let (first, last) = (port(first)?, port(last)?);
        (first <= last).then_some(Self::Of(transport, first..=last))
    }

    /// Whether every one of the wanted ports is among these.
    pub fn covers(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::All, _) | (Self::Esp, Self::Esp) => true,
            (Self::Of(a, has), Self::Of(b, wants)) => {
                a == b && has.start() <= wants.start() && wants.end() <= has.end()
            }
            _ => false,
        }
    }
}

impl Firewall {
    /// Whether packets to these ports come in from anyone at all.
    pub fn opens(&self, ports: &Ports) -> bool {
        let opens = |it: &Allow| it.ports.iter().any(|it| it.covers(ports));
        self.default.value == Policy::Allow || self.allow.iter().any(opens)
    }

    /// Whether packets to these ports come in. The sender is a node of the inventory by its name
    /// and address, or anyone where it is none.
    pub fn lets_in(&self, from: Option<(&str, &str)>, ports: &Ports) -> bool {
        self.default.value == Policy::Allow
            || self
                .allow
                .iter()
                .any(|it| it.from.meets(from) && it.ports.iter().any(|it| it.covers(ports)))
    }
}

impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Esp => f.write_str("ESP"),
            Self::Of(transport, ports) => {
                let word = match transport {
                    Transport::Tcp => "tcp",
                    Transport::Udp => "udp",
                    Transport::Sctp => "sctp",
                };
                match (ports.start(), ports.end()) {
                    (first, last) if first == last => write!(f, "{first}/{word}"),
                    (first, last) => write!(f, "{first}-{last}/{word}"),
                }
            }
        }
    }
}

impl Peer {
    fn meets(&self, from: Option<(&str, &str)>) -> bool {
        match (self, from) {
            (Self::Any, _) => true,
            (Self::Cluster, from) => from.is_some(),
            (Self::Network(network), Some((_, address))) => {
                address.parse::<IpAddr>().is_ok_and(|it| network.contains(it))
            }
            (Self::Network(network), None) => matches!(network, Address::Network(_, 0)),
            (Self::Node(node), from) => from.is_some_and(|(name, _)| node == name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_numbers_ranges_and_esp() {
        assert_eq!(Ports::read("2377/tcp"), Some(Ports::Of(Transport::Tcp, 2377..=2377)));
        assert_eq!(Ports::read("80"), Some(Ports::Of(Transport::Tcp, 80..=80)));
        let range = Ports::Of(Transport::Udp, 30000..=32767);
        assert_eq!(Ports::read("30000-32767/udp"), Some(range));
        assert_eq!(Ports::read("esp"), Some(Ports::Esp));
        for text in ["", "0", "x", "80/icmp", "90-80", "65536", "+80", "80-"] {
            assert_eq!(Ports::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_rule_lets_in_whom_it_names() {
        let rule = |from: &str, ports: &str| Allow {
            from: Spanned { value: Peer::read(from), ..Spanned::default() },
            ports: Ports::read(ports)
                .into_iter()
                .map(|value| Spanned { value, ..Spanned::default() })
                .collect(),
            span: Span::default(),
        };
        let port = Ports::Of(Transport::Tcp, 90..=90);
        for (from, ports, node, anyone) in [
            ("any", "80-100/tcp", true, true),
            ("any", "80-100/udp", false, false),
            ("any", "esp", false, false),
            ("cluster", "all", true, false),
            ("10.0.0.0/8", "90", true, false),
            ("10.2.0.0/16", "90", false, false),
            ("0.0.0.0/0", "90", true, true),
            ("n1", "90", true, false),
            ("n2", "90", false, false),
        ] {
            let firewall = Firewall { allow: vec![rule(from, ports)], ..Firewall::default() };
            assert_eq!(firewall.lets_in(Some(("n1", "10.1.0.1")), &port), node, "{from} {ports}");
            assert_eq!(firewall.lets_in(None, &port), anyone, "{from} {ports}");
        }
    }
}
