//! Keys that are forbidden, unsupported, deprecated or ignored: their presence counts, whatever
//! the value.

use crate::stack::decode::key_text;
use crate::stack::keys::{SERVICE, Usage};
use crate::stack::problem::{FileStep, Kind, Problem, Refusal, Step};
use crate::yaml::{Entry, Node};

/// Keys for which Docker refuses the file.
pub(super) fn forbidden(root: &Node, file: usize, problems: &mut Vec<Problem>) {
    for (service, entry) in service_entries(root) {
        let Some(Usage::Forbidden(advice)) = usage(&entry.key.text) else { continue };
        let key = entry.key.text.clone();
        let text = format!("{key}: {advice}");
        let step = Step::File(file, FileStep::Forbidden);
        let group = "forbidden".to_owned();
        let place = key_text(entry).place;
        let mut problem = Problem::new(Kind::ForbiddenKey { key, advice }, place);
        problem.refusal = Some(Refusal { step, text, weight: 0, group });
        problems.push(problem.of_service(service));
    }
}

/// Keys that Docker drops, with or without a word.
pub(super) fn unsupported(root: &Node, problems: &mut Vec<Problem>) {
    for (service, entry) in service_entries(root) {
        let key = entry.key.text.clone();
        let kind = match usage(&key) {
            Some(Usage::Unsupported) => Kind::UnsupportedKey { key },
            Some(Usage::Deprecated(advice)) => Kind::DeprecatedKey { key, advice },
            // The mapping of `docker compose` is refused before it could be dropped.
            Some(Usage::Ignored) if key == "depends_on" && entry.node.as_map().is_some() => {
                continue;
            }
            Some(Usage::Ignored) => Kind::IgnoredKey { key },
            Some(Usage::Used | Usage::Forbidden(_)) | None => continue,
        };
        problems.push(Problem::new(kind, key_text(entry).place).of_service(service));
    }
}

fn usage(key: &str) -> Option<Usage> {
    SERVICE.key(key).map(|it| it.usage)
}

fn service_entries(root: &Node) -> impl Iterator<Item = (&str, &Entry)> {
    let services = root.get("services").and_then(Node::as_map);
    let services = services.into_iter().flat_map(|map| &map.entries);
    services.flat_map(|service| {
        let keys = service.node.as_map().into_iter().flat_map(|map| &map.entries);
        keys.map(|entry| (service.key.text.as_str(), entry))
    })
}
