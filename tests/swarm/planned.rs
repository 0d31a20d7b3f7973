//! What the program says of a stack and an inventory.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::swarm::docker::{list, text};
use crate::swarm::outcome::{Outcome, Outcomes};

/// Milliseconds that the lab's containers need to be made.
pub const PULL: u64 = 300;
/// Milliseconds until they run.
pub const START: u64 = 600;
/// Milliseconds until they are gone.
pub const STOP: u64 = WAIT + 300;
/// A node lets two seconds pass before it tells a task to stop, for the others to hear that it goes.
const WAIT: u64 = swarm_plan::plan::WITHDRAWAL;

/// The plan as JSON.
pub struct Plan(pub Value);

impl Plan {
    /// Runs `swarm-plan plan` on an inventory.
    pub fn of(name: &str, stack: &Path, inventory: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let nodes = folder.path().join("nodes.json");
        std::fs::write(&nodes, inventory).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
            .args(["plan", "--format", "json", "-s", name])
            .args([
                "--assume",
                &format!("pull={PULL}ms,start={START}ms,stop={}ms", STOP - WAIT),
                "-c",
            ])
            .arg(stack)
            .arg("-n")
            .arg(&nodes)
            .args(more)
            .output()
            .unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code().is_some_and(|it| it < 2), "{name}: {complaints}");
        assert!(complaints.is_empty(), "{name}: {complaints}");
        Self(serde_json::from_slice(&output.stdout).unwrap())
    }

    /// The tasks per node and the messages, by service.
    pub fn outcomes(&self) -> Outcomes {
        let services = list(&self.0["services"]).map(|it| (text(&it["name"]), Outcome::default()));
        let mut found: Outcomes = services.collect();
        for task in list(&self.0["placement"]) {
            let outcome = found.entry(text(&task["service"])).or_default();
            let (node, message) = (text(&task["node"]), text(&task["message"]));
            match (task["node"].is_null(), task["message"].is_null()) {
                (_, true) => *outcome.nodes.entry(node).or_default() += 1,
                (true, false) => *outcome.pending.entry(message).or_default() += 1,
                (false, false) => _ = outcome.pending_on.insert(node, message),
            }
        }
        found
    }

    /// Whether the plan says that Swarm may place the service's tasks otherwise.
    pub fn varies(&self, service: &str) -> bool {
        list(&self.0["services"]).any(|it| it["name"] == service && it["varies"] == true)
    }

    /// How many tasks wait at first, at least and at most; those of jobs may have their turn later.
    pub fn waiting(&self) -> (u64, u64) {
        let services = list(&self.0["services"]);
        let planned: u64 = services.map(|it| it["pending"].as_u64().unwrap()).sum();
        let of = |it: &str| self.0["order"][it].as_u64().unwrap_or(planned);
        (of("better_pending").min(planned), of("worse_pending").max(planned))
    }
}
