//! What the Engine itself refuses while it translates a service for the manager.

use crate::swarm::spec::{
    ConfigReference, ContainerSpec, CredentialSpec, Mount, ServiceSpec, UpdateConfig,
};
use crate::swarm::validate::refusal::{By, Field, Refusal};
use crate::value::quote::quote;

const MOUNT_TYPES: [&str; 6] = ["bind", "volume", "tmpfs", "npipe", "cluster", "image"];

const PROPAGATIONS: [&str; 6] = ["private", "rprivate", "shared", "rshared", "slave", "rslave"];

pub(crate) fn all(spec: &ServiceSpec) -> Vec<Refusal> {
    let mut refusals = container(&spec.task_template.container_spec);
    refusals.extend(restart_condition(spec));
    let update = ["UpdateConfig.FailureAction", "UpdateConfig.Order"];
    refusals.extend(spec.update_config.iter().flat_map(|it| pace(it, update)));
    let rollback = ["RollbackConfig.FailureAction", "RollbackConfig.Order"];
    refusals.extend(spec.rollback_config.iter().flat_map(|it| pace(it, rollback)));
    refusals.extend(resolution_mode(spec));
    refusals
}

fn refused(field: Field, message: String) -> Refusal {
    Refusal::new(field, By::Engine, message)
}

fn container(spec: &ContainerSpec) -> Vec<Refusal> {
    let privileges = spec.privileges.as_ref();
    let mut refusals: Vec<_> = privileges
        .and_then(|it| it.credential_spec.as_ref())
        .and_then(credential_spec)
        .into_iter()
        .collect();
    refusals.extend(spec.configs.iter().enumerate().filter_map(config));
    for (index, mount) in spec.mounts.iter().enumerate() {
        refusals.extend(mount_type(index, mount));
        refusals.extend(propagation(index, mount));
    }
    refusals
}

fn credential_spec(spec: &CredentialSpec) -> Option<Refusal> {
    let given: Vec<_> =
        [(&spec.config, "\"config\""), (&spec.file, "\"file\""), (&spec.registry, "\"registry\"")]
            .into_iter()
            .filter_map(|(text, word)| (!text.is_empty()).then_some(word))
            .collect();
    let why = match *given.as_slice() {
        [_] => return None,
        [] => {
            r#"must either provide "file", "registry", or "config" for credential spec"#.to_owned()
        }
        [one, two] => format!("cannot specify both {one} and {two} credential specs"),
        [ref first @ .., last] => {
            format!("cannot specify both {}, and {last} credential specs", first.join(", "))
        }
    };
    let field = Field::of("TaskTemplate.ContainerSpec.Privileges.CredentialSpec");
    Some(refused(field, format!("invalid CredentialSpec: {why}")))
}

fn config((index, reference): (usize, &ConfigReference)) -> Option<Refusal> {
    let why = match (&reference.file, &reference.runtime) {
        (None, None) => "either File or Runtime should be set",
        (Some(_), Some(_)) => "cannot specify both File and Runtime",
        _ => return None,
    };
    let field = Field::item("TaskTemplate.ContainerSpec.Configs[]", index);
    Some(refused(field, format!("invalid Config: {why}")))
}

fn mount_type(index: usize, mount: &Mount) -> Option<Refusal> {
    let field = Field::item("TaskTemplate.ContainerSpec.Mounts[].Type", index);
    let message = format!("invalid MountType: {}", quote(&mount.kind));
    unknown(&mount.kind, &MOUNT_TYPES).then(|| refused(field, message))
}

fn propagation(index: usize, mount: &Mount) -> Option<Refusal> {
    let word = &mount.bind_options.as_ref()?.propagation;
    let field = Field::item("TaskTemplate.ContainerSpec.Mounts[].BindOptions.Propagation", index);
    let message = format!("invalid MountPropagation: {}", quote(word));
    unknown(word, &PROPAGATIONS).then(|| refused(field, message))
}

/// Whether a word that may be absent is none of these in any case of letters.
fn unknown(word: &str, known: &[&str]) -> bool {
    !word.is_empty() && !known.iter().any(|it| it.eq_ignore_ascii_case(word))
}

fn restart_condition(spec: &ServiceSpec) -> Option<Refusal> {
    let word = &spec.task_template.restart_policy.as_ref()?.condition;
    let known = ["", "none", "on-failure", "any"].contains(&word.as_str());
    let field = Field::of("TaskTemplate.RestartPolicy.Condition");
    (!known).then(|| refused(field, format!("invalid RestartCondition: {}", quote(word))))
}

fn pace(config: &UpdateConfig, [action, order]: [&'static str; 2]) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let UpdateConfig { failure_action, order: word, .. } = config;
    if !["", "pause", "continue", "rollback"].contains(&failure_action.as_str()) {
        let message = format!("unrecognized update failure action {failure_action}");
        refusals.push(refused(Field::of(action), message));
    }
    if !["", "stop-first", "start-first"].contains(&word.as_str()) {
        refusals.push(refused(Field::of(order), format!("unrecognized update order {word}")));
    }
    refusals
}

fn resolution_mode(spec: &ServiceSpec) -> Option<Refusal> {
    let mode = &spec.endpoint_spec.as_ref()?.mode;
    let known = ["", "vip", "dnsrr"].contains(&mode.as_str());
    let field = Field::of("EndpointSpec.Mode");
    (!known).then(|| refused(field, format!("invalid resolution mode: {}", quote(mode))))
}
