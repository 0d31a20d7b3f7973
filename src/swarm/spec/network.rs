//! A network to create.

use crate::swarm::spec::{Map, is_empty, nullable};
use serde::{Deserialize, Serialize};

/// The body of network create.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct NetworkSpec {
    /// The real name: in a stack `STACK_NETWORK`.
    pub name: String,
    pub driver: String,
    pub scope: String,
    #[serde(rename = "EnableIPv4", skip_serializing_if = "is_empty")]
    pub enable_ipv4: Option<bool>,
    #[serde(rename = "EnableIPv6", skip_serializing_if = "is_empty")]
    pub enable_ipv6: Option<bool>,
    #[serde(rename = "IPAM")]
    pub ipam: Option<Ipam>,
    /// Whether it is cut off from the outside.
    pub internal: bool,
    /// Whether containers outside of Swarm may join.
    pub attachable: bool,
    /// Whether it carries the routing mesh.
    pub ingress: bool,
    pub config_only: bool,
    pub config_from: Option<ConfigFrom>,
    pub options: Option<Map>,
    #[serde(deserialize_with = "nullable")]
    pub labels: Map,
}

/// Who hands out addresses, and which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Ipam {
    pub driver: String,
    pub options: Option<Map>,
    pub config: Option<Vec<IpamConfig>>,
}

/// One range of addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct IpamConfig {
    #[serde(skip_serializing_if = "is_empty")]
    pub subnet: String,
    #[serde(rename = "IPRange", skip_serializing_if = "is_empty")]
    pub ip_range: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub gateway: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub auxiliary_addresses: Map,
}

/// The network that a network takes its settings from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ConfigFrom {
    pub network: String,
}
