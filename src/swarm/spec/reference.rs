//! How a container refers to secrets and configs.

use crate::swarm::spec::is_empty;
use serde::{Deserialize, Serialize};

/// A secret that a container can read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecretReference {
    #[serde(rename = "File")]
    pub file: Option<FileTarget>,
    #[serde(rename = "SecretID")]
    pub id: String,
    /// The secret's real name.
    #[serde(rename = "SecretName")]
    pub name: String,
}

/// A config that a container can read, or that its runtime reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfigReference {
    #[serde(rename = "File", skip_serializing_if = "is_empty")]
    pub file: Option<FileTarget>,
    #[serde(rename = "Runtime", skip_serializing_if = "is_empty")]
    pub runtime: Option<RuntimeTarget>,
    #[serde(rename = "ConfigID")]
    pub id: String,
    /// The config's real name.
    #[serde(rename = "ConfigName")]
    pub name: String,
}

/// The file in the container; a secret's name counts from `/run/secrets`, a config's from `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct FileTarget {
    pub name: String,
    #[serde(rename = "UID")]
    pub uid: String,
    #[serde(rename = "GID")]
    pub gid: String,
    /// Permission bits.
    pub mode: u32,
}

/// Read by the runtime, as a credential spec is: nothing to set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuntimeTarget {}
