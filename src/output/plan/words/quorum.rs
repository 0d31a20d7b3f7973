//! What the managers share, in words.

use crate::output::plan::text::listed;
use crate::plan::Plan;

/// Zones and machines whose loss is the quorum's, and machines that bear several managers: the
/// former are bad.
pub(in crate::output::plan) fn shared(plan: &Plan) -> Vec<(bool, String)> {
    let quorum = &plan.quorum;
    let names = |them: &[u32]| {
        let names: Vec<&str> = them.iter().map(|it| plan.node(*it)).collect();
        listed(&names)
    };
    let mut found = Vec::new();
    for (zone, managers) in &quorum.zones {
        let is_alone = managers.len() == 1;
        if quorum.decide(managers) && !is_alone {
            let all = if managers.len() == quorum.managers.len() { "all managers, " } else { "" };
            let who = names(managers);
            found.push((true, format!("{all}{who}, are in zone {zone}: its loss is the quorum's")));
        }
    }
    for (host, managers) in quorum.shared_hosts() {
        let is_bad = quorum.decide(managers);
        let what = if is_bad { ": its loss is the quorum's" } else { "" };
        let who = names(managers);
        found.push((is_bad, format!("{who} run on the same host, {host}{what}")));
    }
    found
}

/// How the managers are spread over the zones, where none of these takes the quorum.
pub(in crate::output::plan) fn zones(plan: &Plan) -> Option<String> {
    let quorum = &plan.quorum;
    let counted: usize = quorum.zones.values().map(Vec::len).sum();
    let is_spread = quorum.zones.len() > 1 && counted == quorum.reachable.len();
    if !is_spread || !quorum.is_kept() || quorum.deciding_zones().next().is_some() {
        return None;
    }
    let zones = quorum.zones.iter().map(|(zone, managers)| format!("{zone} {}", managers.len()));
    let zones: Vec<String> = zones.collect();
    Some(format!("zones {}: any one may be lost", zones.join(", ")))
}
