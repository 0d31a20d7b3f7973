//! Ranges of addresses, and which of them overlap.

use crate::value::constraint::Address;
use std::net::IpAddr;

/// All addresses of a network, of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subnet {
    is_v6: bool,
    first: u128,
    last: u128,
}

impl Subnet {
    /// Reads `10.1.0.0/24`; bits beyond the prefix do not count.
    pub fn read(text: &str) -> Option<Self> {
        let Address::Network(address, length) = Address::read(text)? else { return None };
        let width = if address.is_ipv4() { 32 } else { 128 };
        let host = match width - length.min(width) {
            128 => u128::MAX,
            free => (1 << free) - 1,
        };
        let (is_v6, bits) = bits(address);
        Some(Self { is_v6, first: bits & !host, last: bits | host })
    }

    pub fn contains(self, address: IpAddr) -> bool {
        let (is_v6, bits) = bits(address);
        is_v6 == self.is_v6 && (self.first..=self.last).contains(&bits)
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.is_v6 == other.is_v6 && self.first <= other.last && other.first <= self.last
    }
}

fn bits(address: IpAddr) -> (bool, u128) {
    match address {
        IpAddr::V4(it) => (false, it.to_bits().into()),
        IpAddr::V6(it) => (true, it.to_bits()),
    }
}

/// Each subnet that overlaps another, with one that it overlaps: places in the list.
pub fn overlaps(subnets: &[Subnet]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..subnets.len()).collect();
    order.sort_by_key(|&it| (subnets[it].is_v6, subnets[it].first, !subnets[it].last, it));
    let mut found = Vec::new();
    let mut widest: Option<usize> = None;
    for it in order {
        match widest {
            Some(other) if subnets[other].overlaps(subnets[it]) => found.push((it, other)),
            _ => widest = Some(it),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_overlap_where_one_holds_the_other() {
        let texts =
            ["10.1.0.0/16", "10.2.0.0/24", "10.1.7.9/24", "fd00::/8", "10.1.7.0/24", "::/0"];
        let subnets: Vec<_> = texts.iter().filter_map(|it| Subnet::read(it)).collect();
        assert_eq!(overlaps(&subnets), [(2, 0), (4, 0), (3, 5)]);
        assert_eq!(Subnet::read("10.1.0.0"), None);
        let address = |text: &str| text.parse().unwrap_or(IpAddr::from([0, 0, 0, 0]));
        assert!(subnets[0].contains(address("10.1.255.255")));
        assert!(!subnets[0].contains(address("10.2.0.0")));
        assert!(!subnets[0].contains(address("fd00::1")));
    }
}
