//! Secrets and configs to create.

use crate::swarm::spec::{Data, Driver, Map, is_empty, nullable};
use serde::{Deserialize, Serialize};

/// The body of secret create.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct SecretSpec {
    /// The real name: in a stack `STACK_SECRET`.
    #[serde(skip_serializing_if = "is_empty")]
    pub name: String,
    #[serde(deserialize_with = "nullable")]
    pub labels: Map,
    #[serde(skip_serializing_if = "is_empty")]
    pub data: Data,
    /// Who has the content, where it is not sent.
    #[serde(skip_serializing_if = "is_empty")]
    pub driver: Option<Driver>,
    #[serde(skip_serializing_if = "is_empty")]
    pub templating: Option<Driver>,
}

/// The body of config create.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ConfigSpec {
    /// The real name: in a stack `STACK_CONFIG`.
    #[serde(skip_serializing_if = "is_empty")]
    pub name: String,
    #[serde(deserialize_with = "nullable")]
    pub labels: Map,
    #[serde(skip_serializing_if = "is_empty")]
    pub data: Data,
    #[serde(skip_serializing_if = "is_empty")]
    pub templating: Option<Driver>,
}
