//! One service: mode, update and ports, and the order of all its checks.

use crate::swarm::spec::{EndpointSpec, JobMode, Mode, ServiceSpec, UpdateConfig};
use crate::swarm::validate::refusal::{Field, INVALID, Refusal};
use crate::swarm::validate::{container, engine, name, reference, task};
use std::collections::BTreeMap;

/// Everything about one service that is refused whatever else the swarm has.
pub fn service(spec: &ServiceSpec) -> Vec<Refusal> {
    let template = &spec.task_template;
    let mut refusals = engine::all(spec);
    refusals.extend(name::dns(&spec.name));
    refusals.extend(template.resources.iter().flat_map(task::resources));
    refusals.extend(template.restart_policy.iter().flat_map(task::restart));
    refusals.extend(template.placement.iter().flat_map(task::placement));
    refusals.extend(reference::all(&template.container_spec));
    refusals.extend(container::all(&template.container_spec));
    refusals.extend(mode(&spec.mode));
    refusals.extend(spec.update_config.iter().flat_map(|it| update(it, &spec.mode)));
    refusals.extend(spec.endpoint_spec.iter().flat_map(endpoint));
    refusals.extend(task::networks(&template.networks));
    refusals
}

/// Counts are refused where they are negative in 64 bits with a sign.
fn mode(mode: &Mode) -> Vec<Refusal> {
    let negative = |count: Option<u64>, path, message: &str| {
        let field = Field::of(path);
        count.is_some_and(|it| (it as i64) < 0).then(|| Refusal::new(field, INVALID, message))
    };
    let refusals = match mode {
        Mode::Replicated(it) => [
            negative(
                it.replicas,
                "Mode.Replicated.Replicas",
                "Number of replicas must be non-negative",
            ),
            None,
        ],
        Mode::ReplicatedJob(JobMode { max_concurrent, total_completions }) => [
            negative(
                *max_concurrent,
                "Mode.ReplicatedJob.MaxConcurrent",
                "Maximum concurrent jobs must not be negative",
            ),
            negative(
                *total_completions,
                "Mode.ReplicatedJob.TotalCompletions",
                "Total completed jobs must not be negative",
            ),
        ],
        Mode::Global(_) | Mode::GlobalJob(_) => [None, None],
    };
    refusals.into_iter().flatten().collect()
}

/// The manager never looks at a rollback's settings.
fn update(config: &UpdateConfig, mode: &Mode) -> Vec<Refusal> {
    let refused = |path, message: &str| Refusal::new(Field::of(path), INVALID, message);
    if mode.is_job() {
        return vec![refused("UpdateConfig", "Jobs may not have an update config")];
    }
    let mut refusals = Vec::new();
    if config.delay < 0 {
        let message = "TaskSpec: update-delay cannot be negative";
        refusals.push(refused("UpdateConfig.Delay", message));
    }
    if config.monitor < 0 {
        let message = "TaskSpec: update-monitor cannot be negative";
        refusals.push(refused("UpdateConfig.Monitor", message));
    }
    if config.max_failure_ratio < 0.0 || config.max_failure_ratio > 1.0 {
        let message = "TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1";
        refusals.push(refused("UpdateConfig.MaxFailureRatio", message));
    }
    refusals
}

fn endpoint(endpoint: &EndpointSpec) -> Vec<Refusal> {
    let mut taken = BTreeMap::new();
    let mut refusals = Vec::new();
    for (index, port) in endpoint.ports.iter().enumerate() {
        let field = Field::item("EndpointSpec.Ports[]", index);
        if endpoint.mode == "dnsrr" && port.is_ingress() {
            let message = "EndpointSpec: port published with ingress mode can't be used with dnsrr \
                           mode";
            refusals.push(Refusal::new(field, INVALID, message));
        }
        if port.published_port == 0 {
            continue;
        }
        let first = *taken.entry((port.published_port, port.transport())).or_insert(index);
        if first != index {
            let message = "EndpointSpec: duplicate published ports provided";
            let other = Field::item("EndpointSpec.Ports[]", first);
            refusals.push(Refusal::new(field, INVALID, message).because_of(other));
        }
    }
    refusals
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// What is said of a service called `web` of the image `nginx` with this besides.
    fn said(task: &Value, rest: &Value) -> Vec<String> {
        let mut spec = json!({ "Name": "web", "TaskTemplate": task });
        spec["TaskTemplate"]["ContainerSpec"]["Image"] = json!("nginx");
        for (key, value) in rest.as_object().into_iter().flatten() {
            spec[key] = value.clone();
        }
        let spec: ServiceSpec = serde_json::from_value(spec).expect("a service");
        service(&spec).iter().map(|it| format!("{}: {it}", it.field)).collect()
    }

    const INVALID: &str = "rpc error: code = InvalidArgument desc =";

    #[test]
    fn every_refusal_is_told_in_the_order_of_the_checks() {
        let task = json!({
            "ContainerSpec": {
                "Mounts": [
                    { "Type": "volume", "Target": "/a{{.Task.Slot}}" },
                    { "Type": "VOLUME", "Target": "/a1" },
                    { "Type": "disk", "Target": "/b", "BindOptions": { "Propagation": "all" } },
                ],
                "Healthcheck": { "StartInterval": 5, "Retries": 4_294_967_295_u32 },
            },
            "RestartPolicy": { "Condition": "sometimes" },
            "Resources": { "Reservations": { "NanoCPUs": -5_000_000_000_i64, "MemoryBytes": 1 } },
            "Placement": { "Constraints": ["node.role==worker", "node.role"] },
        });
        let rest = json!({ "UpdateConfig": { "FailureAction": "cry", "Order": "any" } });
        let container = "TaskTemplate.ContainerSpec";
        let reserved = "TaskTemplate.Resources.Reservations";
        assert_eq!(
            said(&task, &rest),
            [
                format!("{container}.Mounts[2].Type: invalid MountType: \"disk\""),
                format!(
                    "{container}.Mounts[2].BindOptions.Propagation: \
                     invalid MountPropagation: \"all\""
                ),
                "TaskTemplate.RestartPolicy.Condition: invalid RestartCondition: \"sometimes\""
                    .to_owned(),
                "UpdateConfig.FailureAction: unrecognized update failure action cry".to_owned(),
                "UpdateConfig.Order: unrecognized update order any".to_owned(),
                format!(
                    "{reserved}.NanoCPUs: {INVALID} invalid cpu value -5: Must be at least 0.001"
                ),
                format!(
                    "{reserved}.MemoryBytes: {INVALID} \
                     invalid memory value 1: Must be at least 4MiB"
                ),
                "TaskTemplate.Placement.Constraints[1]: rpc error: code = Unknown desc = \
                 constraint expected one operator from ==, !="
                    .to_owned(),
                format!(
                    "{container}.Mounts[1].Target: {INVALID} \
                     ContainerSpec: duplicate mount point: /a1"
                ),
                format!(
                    "{container}.Healthcheck.StartInterval: {INVALID} \
                     ContainerSpec: StartInterval in HealthConfig cannot be less than 1ms"
                ),
                format!(
                    "{container}.Healthcheck.Retries: {INVALID} \
                     ContainerSpec: Retries in HealthConfig cannot be negative"
                ),
            ]
        );
    }

    #[test]
    fn ports_and_the_way_to_find_a_service_fit_together() {
        let ports = |mode: &str, ports: Value| {
            said(&json!({}), &json!({ "EndpointSpec": { "Mode": mode, "Ports": ports } }))
        };
        let port = |mode: &str, protocol: &str, published: u16| json!({ "PublishMode": mode, "Protocol": protocol, "PublishedPort": published });
        let [first, second] = ["EndpointSpec.Ports[0]", "EndpointSpec.Ports[1]"];
        assert_eq!(
            ports("dnsrr", json!([port("typo", "tcp", 0), port("host", "tcp", 0)])),
            [format!(
                "{first}: {INVALID} EndpointSpec: port published with ingress mode can't be used \
                 with dnsrr mode"
            )]
        );
        let twice = "EndpointSpec: duplicate published ports provided";
        assert_eq!(
            ports("", json!([port("ingress", "", 80), port("host", "TCP", 80)])),
            [format!("{second}: {INVALID} {twice}")]
        );
        assert!(ports("vip", json!([port("", "udp", 80), port("", "tcp", 80)])).is_empty());
        assert_eq!(
            ports("VIP", json!([])),
            ["EndpointSpec.Mode: invalid resolution mode: \"VIP\""]
        );
    }

    #[test]
    fn a_credential_spec_has_one_source_and_its_config_is_referred_to() {
        let spec = |source: Value, configs: Value| {
            let privileges = json!({ "CredentialSpec": source });
            let container = json!({ "Privileges": privileges, "Configs": configs });
            said(&json!({ "ContainerSpec": container }), &json!({}))
        };
        let runtime = json!([{ "ConfigID": "id", "ConfigName": "c", "Runtime": {} }]);
        assert!(spec(json!({ "Config": "id" }), runtime).is_empty());
        let privileges = "TaskTemplate.ContainerSpec.Privileges.CredentialSpec";
        assert_eq!(
            spec(json!({ "File": "f", "Registry": "r" }), json!([])),
            [format!(
                "{privileges}: invalid CredentialSpec: \
                 cannot specify both \"file\" and \"registry\" credential specs"
            )]
        );
        assert_eq!(
            spec(json!({ "Config": "id" }), json!([])),
            [format!(
                "{privileges}.Config: {INVALID} CredentialSpec references config 'id', but that \
                 config isn't in config references with RuntimeTarget"
            )]
        );
    }
}
