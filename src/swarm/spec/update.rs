//! How an update or a rollback proceeds.

use crate::swarm::spec::is_empty;
use serde::{Deserialize, Serialize};

/// The pace of an update, and what to do when it fails.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateConfig {
    /// Tasks updated at once; 0 is all of them.
    pub parallelism: u64,
    #[serde(skip_serializing_if = "is_empty")]
    pub delay: i64,
    /// `pause`, `continue` or `rollback`.
    #[serde(skip_serializing_if = "is_empty")]
    pub failure_action: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub monitor: i64,
    #[serde(with = "ratio")]
    pub max_failure_ratio: f32,
    /// `stop-first` or `start-first`; empty is `stop-first`.
    pub order: String,
}

/// A float of 32 bits as Go prints it: the fewest digits that give it back, none after the point
/// where it is whole.
mod ratio {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(ratio: &f32, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = ratio.to_string();
        match digits.parse::<i64>() {
            Ok(whole) => whole.serialize(serializer),
            Err(_) => digits.parse::<f64>().unwrap_or_default().serialize(serializer),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f32, D::Error> {
        f64::deserialize(from).map(|it| it as f32)
    }
}
