//! Addresses of nodes and of clients, as firewalls want them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::cluster::Cluster;
use crate::value::constraint::Address;

/// The addresses of all nodes, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peers {
    pub v4: Vec<Ipv4Addr>,
    pub v6: Vec<Ipv6Addr>,
}

impl Peers {
    /// The names of the nodes that have no address where one of them has none.
    pub fn of(cluster: &Cluster) -> Result<Self, Vec<&str>> {
        let (mut peers, mut without) = (Self::default(), Vec::new());
        for node in &cluster.nodes {
            match node.address.value.parse::<IpAddr>().map(|it| it.to_canonical()) {
                Ok(IpAddr::V4(it)) => peers.v4.push(it),
                Ok(IpAddr::V6(it)) => peers.v6.push(it),
                Err(_) => without.push(node.name.value.as_str()),
            }
        }
        peers.v4.sort_unstable();
        peers.v4.dedup();
        peers.v6.sort_unstable();
        peers.v6.dedup();
        if without.is_empty() { Ok(peers) } else { Err(without) }
    }

    /// All of them, IPv4 first.
    pub(super) fn all(&self) -> impl Iterator<Item = IpAddr> {
        let v4 = self.v4.iter().map(|it| IpAddr::V4(*it));
        v4.chain(self.v6.iter().map(|it| IpAddr::V6(*it)))
    }
}

/// Who may use published ports. Nobody named is everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clients {
    pub v4: Vec<String>,
    pub v6: Vec<String>,
}

impl Clients {
    /// Reads addresses and networks; the first that is none of both is the error.
    pub fn read(texts: &[String]) -> Result<Self, &str> {
        let mut clients = Self::default();
        for text in texts {
            let (address, length) = match Address::read(text) {
                Some(Address::Single(it)) => (it, if it.is_ipv4() { 32 } else { 128 }),
                Some(Address::Network(it, length)) => (it, length),
                None => return Err(text),
            };
            let of = if address.is_ipv4() { &mut clients.v4 } else { &mut clients.v6 };
            let network = format!("{}/{length}", masked(address, length));
            if !of.contains(&network) {
                of.push(network);
            }
        }
        Ok(clients)
    }

    /// Whether nobody is kept out.
    pub(super) fn is_everybody(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }
}

/// The network's first address: some tools refuse others.
fn masked(address: IpAddr, length: u32) -> IpAddr {
    match address {
        IpAddr::V4(it) => {
            let mask = u32::MAX.checked_shl(32 - length.min(32)).unwrap_or_default();
            IpAddr::V4(Ipv4Addr::from_bits(it.to_bits() & mask))
        }
        IpAddr::V6(it) => {
            let mask = u128::MAX.checked_shl(128 - length.min(128)).unwrap_or_default();
            IpAddr::V6(Ipv6Addr::from_bits(it.to_bits() & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Clients;

    #[test]
    fn clients_are_networks_from_their_first_address_on() {
        let read = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|it| (*it).to_owned()).collect();
            Clients::read(&texts).map_err(str::to_owned)
        };
        let clients = read(&["10.1.2.3/8", "10.0.0.0/8", "1.2.3.4", "fd00::1/64", "::/0"]);
        let clients = clients.unwrap_or_default();
        assert_eq!(clients.v4, ["10.0.0.0/8", "1.2.3.4/32"]);
        assert_eq!(clients.v6, ["fd00::/64", "::/0"]);
        assert_eq!(read(&["10.0.0.0/33"]), Err("10.0.0.0/33".to_owned()));
        assert_eq!(read(&["1.1.1.1; reboot"]), Err("1.1.1.1; reboot".to_owned()));
    }
}
