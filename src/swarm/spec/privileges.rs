//! What the operating system lets a container do beyond the usual, or less.

use crate::swarm::spec::is_empty;
use serde::{Deserialize, Serialize};

/// Credentials and confinement of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Privileges {
    pub credential_spec: Option<CredentialSpec>,
    #[serde(rename = "SELinuxContext")]
    pub selinux_context: Option<SeLinuxContext>,
    #[serde(skip_serializing_if = "is_empty")]
    pub seccomp: Option<Seccomp>,
    #[serde(skip_serializing_if = "is_empty")]
    pub app_armor: Option<AppArmor>,
    pub no_new_privileges: bool,
}

/// Where a Windows container's managed account is described; one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct CredentialSpec {
    /// The id of a config.
    pub config: String,
    pub file: String,
    pub registry: String,
}

/// Labels for `SELinux`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct SeLinuxContext {
    pub disable: bool,
    pub user: String,
    pub role: String,
    #[serde(rename = "Type")]
    pub kind: String,
    pub level: String,
}

/// Which system calls are open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Seccomp {
    #[serde(skip_serializing_if = "is_empty")]
    pub mode: String,
    /// The profile, base64.
    #[serde(skip_serializing_if = "is_empty")]
    pub profile: String,
}

/// Whether `AppArmor` confines the container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct AppArmor {
    #[serde(skip_serializing_if = "is_empty")]
    pub mode: String,
}
