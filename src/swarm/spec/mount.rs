//! What is mounted into a container.

use crate::swarm::spec::{Map, is_empty};
use serde::{Deserialize, Serialize};

/// One mount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Mount {
    /// `bind`, `volume`, `tmpfs`, `npipe`, `cluster` or `image`.
    #[serde(rename = "Type", skip_serializing_if = "is_empty")]
    pub kind: String,
    /// A path of the node or a volume's name; empty for an anonymous volume.
    #[serde(skip_serializing_if = "is_empty")]
    pub source: String,
    /// The path in the container.
    #[serde(skip_serializing_if = "is_empty")]
    pub target: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub read_only: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub consistency: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub bind_options: Option<BindOptions>,
    #[serde(skip_serializing_if = "is_empty")]
    pub volume_options: Option<VolumeOptions>,
    #[serde(skip_serializing_if = "is_empty")]
    pub image_options: Option<ImageOptions>,
    #[serde(skip_serializing_if = "is_empty")]
    pub tmpfs_options: Option<TmpfsOptions>,
    #[serde(skip_serializing_if = "is_empty")]
    pub cluster_options: Option<ClusterOptions>,
}

/// Of a directory or file of the node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct BindOptions {
    #[serde(skip_serializing_if = "is_empty")]
    pub propagation: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub non_recursive: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub create_mountpoint: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub read_only_non_recursive: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub read_only_force_recursive: bool,
}

/// Of a named volume, which each node makes for itself when a task needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct VolumeOptions {
    #[serde(skip_serializing_if = "is_empty")]
    pub no_copy: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub labels: Map,
    #[serde(skip_serializing_if = "is_empty")]
    pub subpath: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub driver_config: Option<VolumeDriver>,
}

/// Who makes the volume.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct VolumeDriver {
    #[serde(skip_serializing_if = "is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub options: Map,
}

/// Of the files of an image.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ImageOptions {
    #[serde(skip_serializing_if = "is_empty")]
    pub subpath: String,
}

/// Of a file system in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct TmpfsOptions {
    /// 0 is no limit.
    #[serde(skip_serializing_if = "is_empty")]
    pub size_bytes: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub mode: u32,
    #[serde(skip_serializing_if = "is_empty")]
    pub options: Vec<Vec<String>>,
}

/// Of a cluster volume: nothing to set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterOptions {}
