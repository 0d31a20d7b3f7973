//! What was recorded from the real Docker CLI, case by case. `CONFORMANCE_DIR` names the folder.

mod case;
mod corpus;
mod placement;
mod stack;
mod update;

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where the recorded cases are.
pub fn folder() -> PathBuf {
    std::env::var_os("CONFORMANCE_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/conformance"),
        PathBuf::from,
    )
}

/// Counts agreements by kind and names what differs.
#[derive(Default)]
pub struct Tally {
    kinds: BTreeMap<String, (usize, Vec<String>)>,
}

impl Tally {
    pub fn count(
        &mut self,
        kind: &str,
        case: &str,
        agrees: bool,
        difference: impl FnOnce() -> String,
    ) {
        let (agreeing, differ) = self.kinds.entry(kind.to_owned()).or_default();
        if agrees {
            *agreeing += 1;
        } else {
            differ.push(format!("{case}: {}", difference()));
        }
    }

    /// Prints every kind; fails if anything differs.
    pub fn finish(self) {
        let mut differing = 0;
        assert!(!self.kinds.is_empty(), "no case was found below {}", folder().display());
        for (kind, (agreed, differ)) in &self.kinds {
            println!("{kind}: {agreed} agreed, {} differ", differ.len());
            for it in differ {
                println!("  {it}");
            }
            differing += differ.len();
        }
        assert_eq!(differing, 0, "Docker does otherwise: see above");
    }
}
