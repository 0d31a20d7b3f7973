//! What a swarm holds at one moment, in one document with the Engine API's own field names: what
//! `snapshot` saves, and what is asked of a running swarm.
//!
//! Unless the user wants them shown, values that may be secret stand there as hashes, made by
//! [`crate::value::sha256::hashed`]: variables as `NAME=sha256:…`, the content of a config as
//! `{"sha256": "…"}`. The content of a secret is known to nobody.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The document's own word for its form.
pub const SCHEMA: &str = "swarm-plan/snapshot/1";

/// The document. Items of the lists are what the Engine API's lists hold; what is not needed may be
/// left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    /// [`SCHEMA`].
    pub schema: String,
    /// Where it comes from, such as the Engine's address.
    pub source: String,
    /// Of `GET /info`.
    pub info: Value,
    pub nodes: Vec<Value>,
    pub services: Vec<Value>,
    pub tasks: Vec<Value>,
    /// Those of scope `swarm`.
    pub networks: Vec<Value>,
    pub secrets: Vec<Value>,
    /// `Spec.Data` is base64, or an object with the content's `sha256`.
    pub configs: Vec<Value>,
}

impl Snapshot {
    /// Reads the document; the answer otherwise says why it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let it: Self = serde_json::from_str(text).map_err(|it| it.to_string())?;
        match it.schema.as_str() {
            SCHEMA => Ok(it),
            other => Err(format!("its schema is `{other}`, not `{SCHEMA}`")),
        }
    }
}
