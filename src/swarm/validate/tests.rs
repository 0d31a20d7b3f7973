//! What the manager was seen to refuse is refused, in its words; nothing else is.

use crate::swarm::spec::{
    ConfigReference, ConfigSpec, Data, FileTarget, GlobalMode, HealthConfig, JobMode, Limit, Mode,
    Mount, ReplicatedMode, Resources, RestartPolicy, SecretReference, SecretSpec, ServiceSpec,
    Specs, UpdateConfig,
};
use crate::swarm::validate::{Known, config, references, secret, service, stack};
use crate::value::duration;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The swarm that the recorded cases are created in, one after the other.
#[derive(Default)]
struct Swarm(Specs);

impl Known for Swarm {
    fn secret(&self, _: &str, name: &str) -> bool {
        self.0.secrets.iter().any(|it| it.name == name)
    }

    fn config(&self, _: &str, name: &str) -> bool {
        self.0.configs.iter().any(|it| it.name == name)
    }
}

impl Swarm {
    /// Creates what a case asks for, or tells what the manager says.
    fn create(&mut self, case: &Value) -> Result<(), String> {
        let mut specs = self.0.clone();
        let refusals = if let Some(it) = case.get("secret") {
            specs.secrets.push(SecretSpec {
                name: text(it, "name"),
                data: data(it),
                ..SecretSpec::default()
            });
            specs.secrets.last().map(secret)
        } else if let Some(it) = case.get("config") {
            specs.configs.push(ConfigSpec {
                name: text(it, "name"),
                data: data(it),
                ..ConfigSpec::default()
            });
            specs.configs.last().map(config)
        } else {
            let spec = read_service(case);
            let container = &spec.task_template.container_spec;
            let refusals = [service(&spec), references(container, self)].concat();
            specs.services.insert(spec.name.clone(), spec);
            Some(refusals)
        };
        let clash = stack(&specs).into_iter().map(|it| it.refusal);
        if let Some(refusal) = refusals.into_iter().flatten().chain(clash).next() {
            return Err(refusal.to_string());
        }
        self.0 = specs;
        Ok(())
    }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn data(value: &Value) -> Data {
    Data::new(&vec![b'x'; value["size"].as_u64().unwrap_or_default() as usize])
}

fn list(value: &Value, key: &str) -> Vec<Value> {
    value[key].as_array().cloned().unwrap_or_default()
}

fn time(value: &Value, key: &str) -> Option<i64> {
    value[key].as_str().map(|it| duration::parse(it).expect("a duration"))
}

/// A recorded service; what it leaves out is as the recording program had it.
fn read_service(case: &Value) -> ServiceSpec {
    let mut spec = ServiceSpec { name: text(case, "name"), ..ServiceSpec::default() };
    spec.mode = match case["mode"].as_str() {
        Some("replicated-job") => Mode::ReplicatedJob(JobMode::default()),
        Some("global-job") => Mode::GlobalJob(GlobalMode {}),
        _ => Mode::Replicated(ReplicatedMode { replicas: case["replicas"].as_u64() }),
    };
    spec.update_config = case.get("update_config").map(read_update);
    spec.rollback_config = case.get("rollback_config").map(read_update);
    let task = &mut spec.task_template;
    task.resources = case.get("limits").map(|it| Resources {
        limits: Some(Limit {
            nano_cpus: it["nano_cpus"].as_i64().unwrap_or(0),
            ..Limit::default()
        }),
        ..Resources::default()
    });
    task.restart_policy = case.get("restart_policy").map(|it| RestartPolicy {
        condition: text(it, "condition"),
        delay: time(it, "delay"),
        window: time(it, "window"),
        ..RestartPolicy::default()
    });
    let container = &mut task.container_spec;
    container.image = case["image"].as_str().unwrap_or("nginx:1.27").to_owned();
    container.hostname = text(case, "hostname");
    container.env =
        list(case, "env").iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
    container.healthcheck = case.get("healthcheck").map(|it| HealthConfig {
        interval: time(it, "interval").unwrap_or(0),
        timeout: time(it, "timeout").unwrap_or(0),
        start_period: time(it, "start_period").unwrap_or(0),
        retries: it["retries"].as_i64().unwrap_or(0),
        ..HealthConfig::default()
    });
    let mounts = list(case, "mounts");
    let mount = |it: &Value| Mount {
        kind: text(it, "type"),
        source: text(it, "source"),
        target: text(it, "target"),
        ..Mount::default()
    };
    container.mounts = mounts.iter().map(mount).collect();
    let file = |it: &Value| Some(FileTarget { name: text(it, "target"), ..FileTarget::default() });
    let id = "an id".to_owned();
    let secret =
        |it: &Value| SecretReference { file: file(it), id: id.clone(), name: text(it, "name") };
    container.secrets = list(case, "secrets").iter().map(secret).collect();
    let config = |it: &Value| ConfigReference {
        file: file(it),
        runtime: None,
        id: id.clone(),
        name: text(it, "name"),
    };
    container.configs = list(case, "configs").iter().map(config).collect();
    spec
}

fn read_update(it: &Value) -> UpdateConfig {
    UpdateConfig {
        parallelism: 1,
        delay: time(it, "delay").unwrap_or(0),
        monitor: time(it, "monitor").unwrap_or(0),
        max_failure_ratio: it["max_failure_ratio"].as_f64().unwrap_or(0.0) as f32,
        ..UpdateConfig::default()
    }
}

fn recorded(name: &str) -> Option<Vec<Value>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/conformance");
    let root = std::env::var_os("CONFORMANCE_DIR").map_or(PathBuf::from(default), PathBuf::from);
    let text = std::fs::read_to_string(Path::new(&root).join(name)).ok()?;
    Some(serde_json::from_str(&text).expect("recorded cases"))
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what one runs it for")]
fn conformance_validate() {
    let (Some(cases), Some(answers)) =
        (recorded("validate_input.json"), recorded("validate_output.json"))
    else {
        return;
    };
    let mut swarm = Swarm::default();
    let mut differing = Vec::new();
    for (case, answer) in cases.iter().zip(&answers) {
        let said = swarm.create(case).err();
        if said.as_deref() != answer["error"].as_str() {
            differing.push(format!("{case}\n  said {said:?}\n  instead of {answer}"));
        }
    }
    println!("validate: {} agreed, {} differ", cases.len() - differing.len(), differing.len());
    assert_eq!(cases.len(), answers.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
