//! Networks and cluster volumes of an inventory.

use crate::cluster::inventory::keys::{NETWORK, VOLUME};
use crate::cluster::inventory::node::{named, plain};
use crate::cluster::inventory::reader::Reader;
use crate::cluster::{Availability, Network, Sharing, Volume, VolumeAvailability};
use crate::source::{Named, Spanned};
use crate::yaml::{Node, Value};

pub(super) fn networks(reader: &mut Reader, node: Option<&Node>) -> Vec<Named<Network>> {
    if let Some(names) = names(reader, "networks", node) {
        let network = |name| Named { name, value: completed(Network::default()) };
        return names.into_iter().map(network).collect();
    }
    let entries = reader.entries("networks", node);
    entries.iter().map(|it| named(it, network(reader, &it.key.text, &it.node))).collect()
}

/// The list of names that may stand in the place of a mapping.
fn names(reader: &mut Reader, key: &str, node: Option<&Node>) -> Option<Vec<Spanned<String>>> {
    node.filter(|it| matches!(it.value, Value::List(_))).map(|_| reader.texts(key, node))
}

fn network(reader: &mut Reader, name: &str, node: &Node) -> Network {
    let record = reader.record(name, node, &NETWORK);
    let scope = reader.word(record, "scope", &["swarm", "local"], |word| {
        ["swarm", "local"].contains(&word).then(|| word.to_owned())
    });
    let subnet = reader.text(record, "subnet");
    completed(Network {
        driver: reader.text(record, "driver").unwrap_or_default(),
        scope: scope.unwrap_or_default(),
        attachable: reader.flag(record, "attachable"),
        encrypted: reader.flag(record, "encrypted"),
        subnet: subnet.filter(|it| super::is_network(reader, "subnet", it)),
    })
}

fn completed(mut network: Network) -> Network {
    if network.driver.value.is_empty() {
        "overlay".clone_into(&mut network.driver.value);
    }
    if network.scope.value.is_empty() {
        let scope = if network.driver.value == "overlay" { "swarm" } else { "local" };
        scope.clone_into(&mut network.scope.value);
    }
    network
}

pub(super) fn volumes(reader: &mut Reader, node: Option<&Node>) -> Vec<Named<Volume>> {
    if let Some(names) = names(reader, "volumes", node) {
        let volume = |name| Named { name, value: Volume::default() };
        return names.into_iter().map(volume).collect();
    }
    let entries = reader.entries("volumes", node);
    entries.iter().map(|it| named(it, volume(reader, &it.key.text, &it.node))).collect()
}

fn volume(reader: &mut Reader, name: &str, node: &Node) -> Volume {
    let record = reader.record(name, node, &VOLUME);
    let text = |it: Option<Spanned<String>>| it.map(|it| it.value).unwrap_or_default();
    let availability =
        reader.word(record, "availability", &Availability::WORDS, |word| match word {
            "active" => Some(VolumeAvailability::Active),
            "pause" => Some(VolumeAvailability::Pause),
            "drain" => Some(VolumeAvailability::Drain),
            _ => None,
        });
    let multi_node = reader.word(record, "scope", &["single", "multi"], |word| match word {
        "single" => Some(false),
        "multi" => Some(true),
        _ => None,
    });
    let words = ["none", "readonly", "onewriter", "all"];
    let sharing = reader.word(record, "sharing", &words, |word| match word {
        "none" => Some(Sharing::None),
        "readonly" => Some(Sharing::ReadOnly),
        "onewriter" => Some(Sharing::OneWriter),
        "all" => Some(Sharing::All),
        _ => None,
    });
    let places = reader.items("topology", record.get("topology"));
    let place = |it: &Node| plain(reader.labels("topology", Some(it)));
    Volume {
        topology: places.iter().map(place).collect(),
        driver: text(reader.text(record, "driver")),
        group: text(reader.text(record, "group")),
        availability: availability.map(|it| it.value).unwrap_or_default(),
        multi_node: multi_node.is_some_and(|it| it.value),
        sharing: sharing.map(|it| it.value).unwrap_or_default(),
    }
}
