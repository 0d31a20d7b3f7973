//! The short syntax of `ports`: `[[IP:]HOST:]TARGET[/PROTOCOL]`, with ranges.

use std::fmt;
use std::net::IpAddr;
use std::ops::{Range, RangeInclusive};

use crate::value::{Part, Refusal};

/// How packets reach a port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    #[default]
    Tcp,
    Udp,
    Sctp,
}

impl Protocol {
    /// The protocol's name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One port of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    pub protocol: Protocol,
    /// The port in the container.
    pub target: u16,
    /// The port on the nodes; 0 leaves the choice to Swarm.
    pub published: u16,
}

/// What one item of `ports` in short syntax stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ports {
    /// In Docker's order, which sorts targets as text: 10, 11, 9.
    pub ports: Vec<Port>,
    /// The address as written, if it has any effect on what Docker says: Swarm ignores it.
    pub ignored_address: Option<Part>,
    /// What Docker prints about the address.
    pub warnings: Vec<String>,
    /// The bytes of the published port or range.
    pub published_range: Option<Range<usize>>,
    /// The bytes of the target port or range.
    pub target_range: Range<usize>,
}

/// Reads one item, such as `8080:80/udp` (`nat.ParsePortSpec` of go-connections).
///
/// The refusals are what `docker run --publish` says; for a stack Docker only says that the item
/// does not match the format.
pub fn parse(text: &str) -> Result<Ports, Refusal> {
    let (target, before) = last_section(text, text.len());
    let (host, address) = match before {
        Some(end) => {
            let (host, before) = last_section(text, end);
            (Some(host).filter(|it| !it.is_empty()), before.map(|end| Part::of(text, 0..end)))
        }
        None => (None, None),
    };
    let ip = match address.as_ref().filter(|it| !it.text.is_empty()) {
        Some(part) => parse_address(part)?,
        None => None,
    };
    let at = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (target, protocol) = split_protocol(text, target);
    if target.is_empty() {
        return Err(Refusal::new(format!("no port specified: {text}<empty>"), target));
    }
    let targets = parse_range(at(target.clone())).ok_or_else(|| {
        Refusal::new(format!("invalid containerPort: {}", at(target.clone())), target.clone())
    })?;
    let hosts = match &host {
        Some(host) => Some(parse_range(at(host.clone())).ok_or_else(|| {
            Refusal::new(format!("invalid hostPort: {}", at(host.clone())), host.clone())
        })?),
        None => None,
    };
    if let (Some(host), Some(hosts)) = (&host, &hosts)
        && hosts.len() != targets.len()
        && targets.len() > 1
    {
        let (container, host_text) = (at(target.clone()), at(host.clone()));
        let message = format!(
            "invalid ranges specified for container and host Ports: {container} and {host_text}"
        );
        return Err(Refusal::new(message, host.start..target.end));
    }
    let name = at(protocol.clone());
    let Some(protocol) = parse_protocol(name) else {
        return Err(Refusal::new(format!("invalid proto: {name}"), protocol));
    };
    let ports = combine(protocol, &targets, hosts.as_ref());
    let ignored = ip.filter(|it| !it.address.to_canonical().is_unspecified());
    let warnings = ignored.as_ref().map(|it| it.warnings(protocol, &targets, hosts.as_ref()));
    Ok(Ports {
        ports,
        ignored_address: address.filter(|_| ignored.is_some()),
        warnings: warnings.unwrap_or_default(),
        published_range: host,
        target_range: target,
    })
}

/// The bytes after the last colon before `end`, and where that colon stands.
fn last_section(text: &str, end: usize) -> (Range<usize>, Option<usize>) {
    match text.get(..end).and_then(|it| it.rfind(':')) {
        Some(colon) => (colon + 1..end, Some(colon)),
        None => (0..end, None),
    }
}

/// Ports up to the first slash; the protocol up to the second, what follows is ignored.
fn split_protocol(text: &str, range: Range<usize>) -> (Range<usize>, Range<usize>) {
    let section = text.get(range.clone()).unwrap_or_default();
    let mut slashes = section.match_indices('/').map(|(at, _)| range.start + at);
    let Some(first) = slashes.next() else { return (range.clone(), range.end..range.end) };
    (range.start..first, first + 1..slashes.next().unwrap_or(range.end))
}

fn parse_protocol(name: &str) -> Option<Protocol> {
    let all = [Protocol::Tcp, Protocol::Udp, Protocol::Sctp];
    let known = all.into_iter().find(|it| name.eq_ignore_ascii_case(it.as_str()));
    if name.is_empty() { Some(Protocol::Tcp) } else { known }
}

/// `A` or `A-B`; a third part is ignored.
fn parse_range(text: &str) -> Option<RangeInclusive<u16>> {
    let mut parts = text.split('-').map(parse_port);
    let first = parts.next()??;
    let last = parts.next().unwrap_or(Some(first))?;
    (first <= last).then_some(first..=last)
}

fn parse_port(text: &str) -> Option<u16> {
    // Go takes no sign here, Rust takes `+`.
    if text.starts_with('+') { None } else { text.parse().ok() }
}

fn combine(
    protocol: Protocol,
    targets: &RangeInclusive<u16>,
    hosts: Option<&RangeInclusive<u16>>,
) -> Vec<Port> {
    let Some(hosts) = hosts else {
        let port = |target| Port { protocol, target, published: 0 };
        return sorted(targets.clone().map(port).collect());
    };
    if targets.len() == 1 {
        let target = *targets.start();
        return hosts.clone().map(|published| Port { protocol, target, published }).collect();
    }
    let pairs = targets.clone().zip(hosts.clone());
    sorted(pairs.map(|(target, published)| Port { protocol, target, published }).collect())
}

/// Docker sorts the targets as text.
fn sorted(mut ports: Vec<Port>) -> Vec<Port> {
    ports.sort_by_cached_key(|it| it.target.to_string());
    ports
}

struct Address {
    text: String,
    address: IpAddr,
}

impl Address {
    fn warnings(
        &self,
        protocol: Protocol,
        targets: &RangeInclusive<u16>,
        hosts: Option<&RangeInclusive<u16>>,
    ) -> Vec<String> {
        let ip =
            if self.text.contains(':') { format!("[{}]", self.text) } else { self.text.clone() };
        let warning = |host: &str, target: u16| {
            format!(
                "ignoring IP-address ({ip}:{host}:{target}/{protocol}) service will listen on '0.0.0.0'"
            )
        };
        match hosts {
            Some(hosts) if targets.len() == 1 && hosts.len() > 1 => {
                vec![warning(&format!("{}-{}", hosts.start(), hosts.end()), *targets.start())]
            }
            _ => combine(protocol, targets, hosts)
                .into_iter()
                .map(|it| {
                    let host = hosts.map(|_| it.published.to_string()).unwrap_or_default();
                    warning(&host, it.target)
                })
                .collect(),
        }
    }
}

fn parse_address(part: &Part) -> Result<Option<Address>, Refusal> {
    let written = part.text.as_str();
    let text = if written.starts_with('[') {
        without_brackets(written).map_err(|reason| {
            let message = format!("invalid IP address {written}: address {written}:: {reason}");
            Refusal::new(message, part.range.clone())
        })?
    } else {
        written
    };
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(address) => Ok(Some(Address { text: text.to_owned(), address })),
        Err(_) => Err(Refusal::new(format!("invalid IP address: {text}"), part.range.clone())),
    }
}

/// Go's `net.SplitHostPort` of the text and a colon.
fn without_brackets(text: &str) -> Result<&str, &'static str> {
    let Some((host, rest)) = text.get(1..).and_then(|it| it.split_once(']')) else {
        return Err("missing ']' in address");
    };
    match rest {
        "" if host.contains('[') => Err("unexpected '[' in address"),
        "" => Ok(host),
        _ if rest.starts_with(':') => Err("too many colons in address"),
        _ => Err("missing port in address"),
    }
}

#[cfg(test)]
mod tests;
