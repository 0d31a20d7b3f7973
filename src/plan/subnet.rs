//! How many addresses a subnet has to give.

use crate::swarm::spec::{IpamConfig, NetworkSpec};
use std::net::Ipv4Addr;

/// A range of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subnet {
    /// As written.
    pub(super) text: String,
    /// How many tasks, services and nodes get an address; none where it cannot be read.
    pub(super) size: Option<u64>,
}

impl Subnet {
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.contains(':') {
            return None;
        }
        Some(Self { text: text.to_owned(), size: range(text).and_then(|it| addresses(it.2)) })
    }
}

/// What a network of a stack is given; nothing where Swarm chooses. Only IPv4 runs out.
pub(super) fn of_network(network: &NetworkSpec) -> Vec<Subnet> {
    let ipam = network.ipam.as_ref().and_then(|it| it.config.as_ref());
    ipam.into_iter().flatten().filter_map(of_config).collect()
}

fn of_config(config: &IpamConfig) -> Option<Subnet> {
    let subnet = Subnet::of(&config.subnet).filter(|_| !config.subnet.is_empty())?;
    let within = range(&config.ip_range).zip(range(&config.subnet));
    let Some(((low, high, _), (first, last, _))) = within else { return Some(subnet) };
    // The subnet's first and last address are never given, and the gateway takes one.
    let low = if low == first { low + 1 } else { low };
    let high = if high == last { high.saturating_sub(1) } else { high };
    let gateway: Option<Ipv4Addr> = config.gateway.parse().ok();
    let gateway = gateway.map_or(low, |it| u64::from(it.to_bits()));
    let others = (high + 1).saturating_sub(low);
    let size = others.saturating_sub(u64::from((low..=high).contains(&gateway)));
    Some(Subnet { size: Some(size), ..subnet })
}

/// What a prefix of this length has to give: all but the first, the last and the gateway.
pub(super) fn addresses(prefix: u32) -> Option<u64> {
    let bits = 32_u32.checked_sub(prefix)?;
    Some((1_u64 << bits).saturating_sub(3))
}

/// The first and the last address, and the prefix's length.
fn range(text: &str) -> Option<(u64, u64, u32)> {
    let (address, length) = text.split_once('/')?;
    let address: Ipv4Addr = address.parse().ok()?;
    let length: u32 = length.parse().ok().filter(|it| *it <= 32)?;
    let size = 1_u64 << (32 - length);
    let first = u64::from(address.to_bits()) & !(size - 1);
    Some((first, first + size - 1, length))
}

#[cfg(test)]
mod tests {
    use super::{Subnet, of_config};
    use crate::swarm::spec::IpamConfig;

    #[test]
    fn a_subnet_gives_all_but_three() {
        let size = |text| Subnet::of(text).and_then(|it| it.size);
        assert_eq!(size("10.0.3.0/24"), Some(253));
        assert_eq!(size("10.0.0.0/22"), Some(1021));
        assert_eq!(size("10.0.0.0/30"), Some(1));
        assert_eq!(size("10.0.0.0/32"), Some(0));
        assert_eq!(size("0.0.0.0/0"), Some((1 << 32) - 3));
        assert_eq!(size("10.0.0.0"), None);
        assert_eq!(Subnet::of("fd00::/64"), None);
    }

    #[test]
    fn a_range_gives_what_lies_in_it() {
        let size = |range: &str, gateway: &str| {
            let config = IpamConfig {
                subnet: "10.1.0.0/16".to_owned(),
                ip_range: range.to_owned(),
                gateway: gateway.to_owned(),
                ..IpamConfig::default()
            };
            of_config(&config).and_then(|it| it.size)
        };
        assert_eq!(size("10.1.5.0/24", ""), Some(255));
        assert_eq!(size("10.1.5.0/24", "10.1.0.1"), Some(256));
        assert_eq!(size("10.1.0.0/24", ""), Some(254));
        assert_eq!(size("10.1.255.0/24", "10.1.0.1"), Some(255));
        assert_eq!(size("", ""), Some(65533));
    }
}
