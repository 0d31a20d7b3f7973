//! Networks.

use crate::swarm::spec::{IpamConfig, NetworkSpec};
use crate::swarm::validate::name;
use crate::swarm::validate::refusal::{By, Field, INVALID, Refusal};
use std::net::IpAddr;

/// The name of the routing mesh's network, unless the operator chose another.
const INGRESS: &str = "ingress";

/// Whether a network is that of the routing mesh, by its name.
pub fn is_ingress(name: &str) -> bool {
    name == INGRESS
}

/// What is refused of a network whatever else the swarm has.
pub fn network(spec: &NetworkSpec) -> Vec<Refusal> {
    let ranges = spec.ipam.iter().flat_map(|it| it.config.iter().flatten());
    let ranges: Vec<_> = ranges.enumerate().map(|(index, it)| Range::new(index, it)).collect();
    let six = spec.enable_ipv6 == Some(true);
    let mut refusals: Vec<_> = ranges.iter().filter_map(|it| it.subnet(six)).collect();
    refusals.extend(name::dns(&spec.name));
    if is_ingress(&spec.name) && !spec.ingress {
        let message = format!("network with name {INGRESS} already exists");
        refusals.push(Refusal::new(Field::of("Name"), By::Engine, message));
    }
    if spec.ingress && spec.attachable {
        let field = Field::of("Attachable");
        refusals.push(Refusal::new(field, INVALID, "ingress network cannot be attachable"));
    }
    refusals.extend(ranges.iter().flat_map(Range::contents));
    refusals
}

/// A block of addresses: the address that was written, and how many of its bits count.
#[derive(Clone, Copy)]
struct Block {
    address: IpAddr,
    bits: u32,
}

impl Block {
    fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/')?;
        let address: IpAddr = address.parse().ok()?;
        let leading_zero = bits.len() > 1 && bits.starts_with('0');
        if leading_zero || !bits.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let bits = bits.parse().ok().filter(|&it| it <= width(address))?;
        Some(Self { address, bits })
    }

    /// The block's first address.
    fn start(self) -> IpAddr {
        match self.address {
            IpAddr::V4(it) => {
                let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
                IpAddr::V4((u32::from(it) & mask).into())
            }
            IpAddr::V6(it) => {
                let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
                IpAddr::V6((u128::from(it) & mask).into())
            }
        }
    }

    fn contains(self, address: IpAddr) -> bool {
        width(address) == width(self.address)
            && Self { address, bits: self.bits }.start() == self.start()
    }
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

struct Range<'a> {
    index: usize,
    config: &'a IpamConfig,
    block: Option<Block>,
}

impl<'a> Range<'a> {
    fn new(index: usize, config: &'a IpamConfig) -> Self {
        Self { index, config, block: Block::parse(&config.subnet) }
    }

    /// The Engine looks at subnets before the manager does; at IPv6 ones only where IPv6 is on.
    fn subnet(&self, six: bool) -> Option<Refusal> {
        let text = &self.config.subnet;
        let why = match self.block {
            None => "invalid CIDR block notation".to_owned(),
            Some(it) if it.start() == it.address || (it.address.is_ipv6() && !six) => return None,
            Some(it) => format!("it should be {}/{}", it.start(), it.bits),
        };
        let field = Field::item("IPAM.Config[].Subnet", self.index);
        let message = format!("invalid network config:\ninvalid subnet {text}: {why}");
        Some(Refusal::new(field, By::Engine, message))
    }

    /// A range or gateway outside of the subnet.
    fn contents(&self) -> Vec<Refusal> {
        let IpamConfig { subnet, ip_range, gateway, .. } = self.config;
        let range = (!ip_range.is_empty()).then(|| Block::parse(ip_range).map(|it| it.address));
        let gateway_ip = (!gateway.is_empty()).then(|| gateway.parse().ok());
        [
            ("IPAM.Config[].IPRange", "range", ip_range, range),
            ("IPAM.Config[].Gateway", "gateway", gateway, gateway_ip),
        ]
        .into_iter()
        .filter_map(|(path, word, text, address)| {
            let message = match address? {
                None => format!("ipam configuration: invalid {word} {text}"),
                Some(it) if self.block?.contains(it) => return None,
                Some(_) => {
                    format!("ipam configuration: subnet {subnet} does not contain {word} {text}")
                }
            };
            Some(Refusal::new(Field::item(path, self.index), INVALID, message))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::spec::Ipam;

    fn said(subnet: &str, range: &str, gateway: &str) -> Vec<String> {
        let config = IpamConfig {
            subnet: subnet.to_owned(),
            ip_range: range.to_owned(),
            gateway: gateway.to_owned(),
            ..IpamConfig::default()
        };
        let ipam = Ipam { config: Some(vec![config]), ..Ipam::default() };
        let spec = NetworkSpec { name: "n".to_owned(), ipam: Some(ipam), ..NetworkSpec::default() };
        network(&spec).into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn a_subnet_is_a_block_that_begins_where_it_says() {
        for (subnet, why) in [
            ("10.1.0.0/24", None),
            ("0.0.0.0/0", None),
            ("10.1.0.5/32", None),
            ("fd00::1/64", None),
            ("10.1.0.5/24", Some("it should be 10.1.0.0/24")),
            ("", Some("invalid CIDR block notation")),
            ("10.1.0.0", Some("invalid CIDR block notation")),
            ("10.1.0/24", Some("invalid CIDR block notation")),
            ("10.1.0.0/33", Some("invalid CIDR block notation")),
            ("10.1.0.0/024", Some("invalid CIDR block notation")),
            ("10.1.0.0/+4", Some("invalid CIDR block notation")),
        ] {
            let message =
                why.map(|it| format!("invalid network config:\ninvalid subnet {subnet}: {it}"));
            assert_eq!(said(subnet, "", ""), Vec::from_iter(message), "{subnet}");
        }
    }

    #[test]
    fn range_and_gateway_lie_in_the_subnet() {
        assert!(said("10.1.0.0/16", "10.1.2.0/24", "10.1.0.1").is_empty());
        assert_eq!(
            said("10.1.0.0/16", "10.2.0.0/24", "x"),
            [
                "ipam configuration: subnet 10.1.0.0/16 does not contain range 10.2.0.0/24",
                "ipam configuration: invalid gateway x",
            ]
        );
    }
}
