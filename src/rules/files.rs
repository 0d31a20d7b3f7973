//! Where the secrets and configs of a service are in its containers.

use crate::stack::Service;
use crate::stack::model::{FileReference, text};

/// The folder of secrets whose target is a bare name.
const SECRETS: &str = "/run/secrets/";

/// The path of a secret in the container.
pub(super) fn secret_path(reference: &FileReference) -> String {
    match target(reference) {
        it if it.starts_with('/') => it.to_owned(),
        it => format!("{SECRETS}{it}"),
    }
}

/// The path of a config in the container.
pub(super) fn config_path(reference: &FileReference) -> String {
    match target(reference) {
        it if it.starts_with('/') => it.to_owned(),
        it => format!("/{it}"),
    }
}

fn target(reference: &FileReference) -> &str {
    match text(reference.target.as_ref()) {
        "" => text(reference.source.as_ref()),
        it => it,
    }
}

/// Whether something is at a path for sure or perhaps: a secret, a config, or what a mount brings.
pub(super) fn may_exist(service: &Service, path: &str) -> bool {
    let references = || service.secrets.iter().chain(&service.configs);
    let unknown = references().any(|it| {
        it.place.is_unset()
            || [&it.source, &it.target].into_iter().flatten().any(|it| it.place.is_unset())
    });
    let below = |folder: &str| {
        path.strip_prefix(folder.trim_end_matches('/'))
            .is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    unknown
        || service.secrets.iter().any(|it| secret_path(it) == path)
        || service.configs.iter().any(|it| config_path(it) == path)
        || service.volumes.iter().filter_map(|it| it.target.as_ref()).any(|it| below(&it.value))
}
