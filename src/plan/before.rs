//! What runs of a service before a deploy, and what the deploy changes of it. What the Engine adds
//! to a spec, such as defaults, ids and the digests of images, is no change.

use crate::cluster::Service as Running;
use crate::plan::diff::revealed;
use crate::rollout::{Effect, effect};
use crate::swarm::spec::{
    BindOptions, EndpointSpec, Mode, NetworkAttachment, Placement, Resources, RestartPolicy,
    ServiceSpec, TaskSpec, TmpfsOptions, VolumeOptions,
};
use crate::value::image;

/// A service of the stack that runs already.
#[derive(Clone, Debug)]
pub(super) struct Before {
    /// What its tasks were made from; equal to the new spec where the difference is one of form.
    pub(super) spec: ServiceSpec,
    /// What becomes of its tasks.
    pub(super) effect: Effect,
    /// What is different, as Docker's API names it.
    pub(super) fields: Vec<&'static str>,
    /// Swarm's words where it refuses the change.
    pub(super) refused: Option<&'static str>,
}

impl Before {
    pub(super) fn of(running: &Running, new: &ServiceSpec) -> Self {
        let old = if running.is_short {
            completed(&running.spec, new)
        } else {
            revealed(&running.spec, new)
        };
        let is_other_mode = std::mem::discriminant(&old.mode) != std::mem::discriminant(&new.mode);
        let refused = is_other_mode.then_some("service mode change is not allowed");
        let (before, after) = (normal(&old, new), normal(new, new));
        let effect = effect(&before, &after);
        let fields = fields(&before, &after);
        let spec = match effect {
            Effect::Replace => old,
            // The same but for what replaces nothing.
            Effect::KeepWhereAllowed | Effect::Keep => ServiceSpec {
                mode: old.mode,
                task_template: TaskSpec {
                    placement: if effect == Effect::Keep {
                        new.task_template.placement.clone()
                    } else {
                        old.task_template.placement
                    },
                    ..new.task_template.clone()
                },
                ..new.clone()
            },
        };
        Self { spec, effect, fields, refused }
    }
}

/// A spec of which the inventory tells a part: the rest is taken to be what it will be.
fn completed(short: &ServiceSpec, new: &ServiceSpec) -> ServiceSpec {
    let is_unsaid = matches!(&short.mode, Mode::Replicated(it) if it.replicas.is_none());
    let mode = if is_unsaid { new.mode.clone() } else { short.mode.clone() };
    let mut spec = ServiceSpec { mode, ..new.clone() };
    let (said, task) = (&short.task_template, &mut spec.task_template);
    if !said.container_spec.image.is_empty() {
        task.container_spec.image.clone_from(&said.container_spec.image);
    }
    let reserved = said.resources.as_ref().and_then(|it| it.reservations.clone());
    if reserved.is_some() {
        let limits = task.resources.take().and_then(|it| it.limits);
        task.resources = Some(Resources { limits, reservations: reserved });
    }
    if let Some(placement) = &said.placement {
        let own = task.placement.get_or_insert_default();
        if !placement.constraints.is_empty() {
            own.constraints.clone_from(&placement.constraints);
        }
        if placement.max_replicas > 0 {
            own.max_replicas = placement.max_replicas;
        }
    }
    if short.endpoint_spec.is_some() {
        spec.endpoint_spec.clone_from(&short.endpoint_spec);
    }
    spec
}

/// A spec with everything said that goes without saying, and nothing that only the Engine knows.
pub(super) fn normal(spec: &ServiceSpec, new: &ServiceSpec) -> ServiceSpec {
    let mut spec = spec.clone();
    let (task, wanted) = (&mut spec.task_template, &new.task_template);
    // A deploy keeps the number.
    task.force_update = wanted.force_update;
    task.runtime = or(&task.runtime, "container");
    let container = &mut task.container_spec;
    if is_same_image(&container.image, &wanted.container_spec.image) {
        container.image.clone_from(&wanted.container_spec.image);
    }
    container.isolation = or(&container.isolation, "default");
    container.stop_grace_period.get_or_insert(10_000_000_000);
    container.secrets.iter_mut().for_each(|it| it.id.clear());
    container.configs.iter_mut().for_each(|it| it.id.clear());
    container.dns_config.get_or_insert_default();
    container.healthcheck.get_or_insert_default();
    container.privileges.get_or_insert_default();
    for mount in &mut container.mounts {
        if mount.bind_options == Some(BindOptions::default()) {
            mount.bind_options = None;
        }
        if mount.volume_options == Some(VolumeOptions::default()) {
            mount.volume_options = None;
        }
        if mount.tmpfs_options == Some(TmpfsOptions::default()) {
            mount.tmpfs_options = None;
        }
    }
    restart(task.restart_policy.get_or_insert_default());
    let resources = task.resources.get_or_insert_default();
    resources.limits.get_or_insert_default();
    resources.reservations.get_or_insert_default();
    platforms(task.placement.get_or_insert_default(), wanted.placement.as_ref());
    networks(&mut task.networks, &wanted.networks);
    endpoint(spec.endpoint_spec.get_or_insert_default());
    spec
}

fn or(text: &str, default: &str) -> String {
    if text.is_empty() { default.to_owned() } else { text.to_owned() }
}

fn restart(policy: &mut RestartPolicy) {
    policy.condition = or(&policy.condition, "any");
    policy.delay.get_or_insert(5_000_000_000);
    policy.max_attempts.get_or_insert(0);
    policy.window.get_or_insert(0);
}

/// Where a registry is asked, it is the Engine that says what an image was built for.
fn platforms(placement: &mut Placement, wanted: Option<&Placement>) {
    if wanted.is_none_or(|it| it.platforms.is_empty()) {
        placement.platforms.clear();
    }
}

/// The Engine knows networks by their ids: those of as many attachments with the same aliases are
/// taken to be the same.
fn networks(own: &mut [NetworkAttachment], wanted: &[NetworkAttachment]) {
    let is_id = |it: &str| {
        it.len() == 25 && it.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_lowercase())
    };
    if own.len() != wanted.len() || !own.iter().all(|it| is_id(&it.target)) {
        return;
    }
    for (own, wanted) in own.iter_mut().zip(wanted) {
        own.target.clone_from(&wanted.target);
    }
}

fn endpoint(endpoint: &mut EndpointSpec) {
    endpoint.mode = or(&endpoint.mode, "vip");
    for port in &mut endpoint.ports {
        port.protocol = or(&port.protocol, "tcp");
        port.publish_mode = or(&port.publish_mode, "ingress");
    }
}

/// Whether both name the same image; a registry answers what digest a tag has.
fn is_same_image(old: &str, new: &str) -> bool {
    let (Ok(old), Ok(new)) = (image::parse(old), image::parse(new)) else { return old == new };
    let tag = |it: &image::Image| match (&it.tag, &it.digest) {
        (Some(tag), _) => tag.text.clone(),
        (None, Some(_)) => String::new(),
        (None, None) => "latest".to_owned(),
    };
    let digest = |it: &image::Image| it.digest.as_ref().map(|it| it.text.clone());
    let is_same_digest = new.digest.is_none() || digest(&old) == digest(&new);
    old.name() == new.name() && tag(&old) == tag(&new) && is_same_digest
}

/// What is different, by its key in a stack file.
fn fields(old: &ServiceSpec, new: &ServiceSpec) -> Vec<&'static str> {
    let (a, b) = (&old.task_template, &new.task_template);
    let (one, other) = (&a.container_spec, &b.container_spec);
    let is_scaled = match (&old.mode, &new.mode) {
        (Mode::Replicated(a), Mode::Replicated(b)) => {
            a.replicas.unwrap_or(1) != b.replicas.unwrap_or(1)
        }
        _ => false,
    };
    let differs = [
        ("image", one.image != other.image),
        ("entrypoint", one.command != other.command),
        ("command", one.args != other.args),
        ("environment", one.env != other.env),
        ("labels", one.labels != other.labels),
        ("hostname", one.hostname != other.hostname),
        ("working_dir", one.dir != other.dir),
        ("user", one.user != other.user || one.groups != other.groups),
        ("volumes", one.mounts != other.mounts),
        ("secrets", one.secrets != other.secrets),
        ("configs", one.configs != other.configs),
        ("healthcheck", one.healthcheck != other.healthcheck),
        ("stop_grace_period", one.stop_grace_period != other.stop_grace_period),
        ("networks", a.networks != b.networks),
        ("logging", a.log_driver != b.log_driver),
        ("resources", a.resources != b.resources),
        ("restart_policy", a.restart_policy != b.restart_policy),
        ("placement", a.placement != b.placement),
        ("ports", old.endpoint_spec != new.endpoint_spec),
        ("replicas", is_scaled),
    ];
    let mut found: Vec<_> = differs.iter().filter(|it| it.1).map(|it| it.0).collect();
    if found.is_empty() && a != b {
        found.push("container settings");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Before;
    use crate::cluster::Service as Running;
    use crate::rollout::Effect;
    use crate::swarm::spec::ServiceSpec;
    use serde_json::{Value, json};

    fn spec(value: Value) -> ServiceSpec {
        serde_json::from_value(value).unwrap_or_default()
    }

    fn sent() -> Value {
        json!({
            "Name": "shop_web",
            "Labels": { "com.docker.stack.image": "nginx:1.27" },
            "TaskTemplate": {
                "ContainerSpec": { "Image": "nginx:1.27", "Env": ["A=1"],
                    "Secrets": [{ "SecretName": "key", "File": { "Name": "key" } }] },
                "Networks": [{ "Target": "shop_default", "Aliases": ["web"] }],
            },
            "Mode": { "Replicated": { "Replicas": 2 } },
            "EndpointSpec": { "Ports": [{ "TargetPort": 80, "PublishedPort": 80 }] },
        })
    }

    #[test]
    fn what_the_engine_adds_is_no_change() {
        let running = json!({
            "Name": "shop_web",
            "TaskTemplate": {
                "ContainerSpec": {
                    "Image": "nginx:1.27@sha256:6af79ae5de407283dcea8b00d5c37ace95441fd58a8b1d2aa1ed93f5511bb18c",
                    "Env": ["A=1"], "Isolation": "default", "StopGracePeriod": 10_000_000_000_i64,
                    "DNSConfig": {},
                    "Secrets": [{ "SecretName": "key", "SecretID": "x1", "File": { "Name": "key" } }] },
                "Networks": [{ "Target": "abcdefghij0123456789klmno", "Aliases": ["web"] }],
                "Resources": { "Limits": {}, "Reservations": {} },
                "RestartPolicy": { "Condition": "any", "Delay": 5_000_000_000_i64, "MaxAttempts": 0 },
                "Placement": { "Platforms": [{ "Architecture": "amd64", "OS": "linux" }] },
                "ForceUpdate": 3, "Runtime": "container",
            },
            "Mode": { "Replicated": { "Replicas": 2 } },
            "UpdateConfig": { "Parallelism": 1 },
            "EndpointSpec": { "Mode": "vip", "Ports": [{ "Protocol": "tcp", "TargetPort": 80,
                "PublishedPort": 80, "PublishMode": "ingress" }] },
        });
        let running = Running { spec: spec(running), ..Running::default() };
        let before = Before::of(&running, &spec(sent()));
        assert_eq!((before.effect, before.fields.as_slice()), (Effect::Keep, &[][..]));
        assert_eq!(before.spec.task_template, spec(sent()).task_template);
    }

    #[test]
    fn what_replaces_tasks_is_named() {
        let changes = [
            (json!({ "ContainerSpec": { "Image": "nginx:1.28" } }), Effect::Replace, "image"),
            (
                json!({ "ContainerSpec": { "Image": "nginx:1.27", "Env": ["A=2"] } }),
                Effect::Replace,
                "environment",
            ),
            (json!({ "Placement": { "MaxReplicas": 1 } }), Effect::KeepWhereAllowed, "placement"),
        ];
        for (change, effect, field) in changes {
            let mut new = sent();
            for (key, value) in change.as_object().into_iter().flatten() {
                new["TaskTemplate"][key] = value.clone();
                if key == "ContainerSpec" {
                    new["TaskTemplate"][key]["Secrets"] =
                        sent()["TaskTemplate"]["ContainerSpec"]["Secrets"].clone();
                }
            }
            if field == "image" {
                new["TaskTemplate"]["ContainerSpec"]["Env"] = json!(["A=1"]);
            }
            let running = Running { spec: spec(sent()), ..Running::default() };
            let before = Before::of(&running, &spec(new));
            assert_eq!((before.effect, before.fields), (effect, vec![field]));
        }
    }

    #[test]
    fn labels_of_the_service_and_replicas_replace_nothing() {
        let mut new = sent();
        new["Labels"]["traefik.enable"] = "true".into();
        new["Mode"]["Replicated"]["Replicas"] = 5.into();
        new["UpdateConfig"] = json!({ "Parallelism": 2 });
        let running = Running { spec: spec(sent()), ..Running::default() };
        let before = Before::of(&running, &spec(new));
        assert_eq!((before.effect, before.fields), (Effect::Keep, vec!["replicas"]));
    }

    #[test]
    fn a_short_entry_says_what_it_says() {
        let said = json!({ "TaskTemplate": { "ContainerSpec": { "Image": "nginx:1.26" } } });
        let running = Running { spec: spec(said), is_short: true, ..Running::default() };
        let before = Before::of(&running, &spec(sent()));
        assert_eq!((before.effect, before.fields), (Effect::Replace, vec!["image"]));
        let running = Running { is_short: true, ..Running::default() };
        assert_eq!(Before::of(&running, &spec(sent())).effect, Effect::Keep);
    }

    #[test]
    fn another_mode_is_refused() {
        let mut new = sent();
        new["Mode"] = json!({ "Global": {} });
        let running = Running { spec: spec(sent()), ..Running::default() };
        let refused = Before::of(&running, &spec(new)).refused;
        assert_eq!(refused, Some("service mode change is not allowed"));
    }
}
