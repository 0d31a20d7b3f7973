//! What runs before a deploy: the old side of a comparison, wherever it comes from.

use serde_json::Value;
use std::collections::BTreeMap;

use crate::cluster::snapshot::Snapshot;
use crate::swarm::convert::NAMESPACE_LABEL;
use crate::swarm::spec::{Data, Driver, Map, NetworkSpec, ServiceSpec, Specs};
use crate::value::sha256::sha256;

/// Everything that is known of what runs. All are by their real names.
#[derive(Clone, Debug, Default)]
pub struct Running {
    /// What to call it: a file, a revision, a snapshot's source.
    pub name: String,
    /// Whether it is all that the swarm holds, and not one stack alone.
    pub is_whole: bool,
    pub services: BTreeMap<String, RunningService>,
    pub networks: BTreeMap<String, RunningNetwork>,
    pub secrets: BTreeMap<String, RunningObject>,
    pub configs: BTreeMap<String, RunningObject>,
    /// Which lists nobody was allowed to see.
    pub unseen: Unseen,
}

/// Lists that are not known; the maps are empty then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unseen {
    pub services: bool,
    pub networks: bool,
    pub secrets: bool,
    pub configs: bool,
}

/// A service that runs.
#[derive(Clone, Debug, Default)]
pub struct RunningService {
    pub spec: ServiceSpec,
    pub id: String,
    /// Counts every change; none where it is not known.
    pub version: Option<u64>,
    /// What `docker service rollback` would go back to.
    pub previous: Option<ServiceSpec>,
    /// The state of its last update, such as `paused`; empty for none.
    pub update: String,
}

/// A network that exists.
#[derive(Clone, Debug, Default)]
pub struct RunningNetwork {
    pub spec: NetworkSpec,
    pub id: String,
}

/// A secret or config that exists.
#[derive(Clone, Debug, Default)]
pub struct RunningObject {
    pub id: String,
    pub version: Option<u64>,
    pub labels: Map,
    pub content: Content,
    pub driver: Option<Driver>,
    pub templating: Option<Driver>,
}

/// The content of a secret or config, by its hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Swarm gives away no secret, and a file of an earlier revision may be lost.
    #[default]
    Unknown,
    /// There is none: a driver has it.
    None,
    /// 64 hexadecimal digits, and the size where it is known.
    Hash(String, Option<usize>),
}

impl Content {
    /// Of what is sent.
    pub fn of(data: &Data) -> Self {
        match data.bytes() {
            Some(bytes) => Self::Hash(sha256(&bytes), Some(bytes.len())),
            None => Self::Unknown,
        }
    }
}

impl Running {
    /// What a deploy of these specs leaves. `is_known` says whether a content is the true one.
    pub fn of_specs(name: &str, specs: &Specs, is_known: &dyn Fn(&Data) -> bool) -> Self {
        let service = |it: &ServiceSpec| {
            (it.name.clone(), RunningService { spec: it.clone(), ..RunningService::default() })
        };
        let network = |it: &NetworkSpec| {
            (it.name.clone(), RunningNetwork { spec: it.clone(), ..RunningNetwork::default() })
        };
        let content = |driver: &Option<Driver>, data: &Data| match driver {
            Some(_) => Content::None,
            None if is_known(data) => Content::of(data),
            None => Content::Unknown,
        };
        let secrets = specs.secrets.iter().map(|it| {
            let object = RunningObject {
                labels: it.labels.clone(),
                content: content(&it.driver, &it.data),
                driver: it.driver.clone(),
                templating: it.templating.clone(),
                ..RunningObject::default()
            };
            (it.name.clone(), object)
        });
        let configs = specs.configs.iter().map(|it| {
            let object = RunningObject {
                labels: it.labels.clone(),
                content: content(&None, &it.data),
                templating: it.templating.clone(),
                ..RunningObject::default()
            };
            (it.name.clone(), object)
        });
        Self {
            name: name.to_owned(),
            is_whole: false,
            services: specs.services.values().map(service).collect(),
            networks: specs.networks.values().map(network).collect(),
            secrets: secrets.collect(),
            configs: configs.collect(),
            unseen: Unseen::default(),
        }
    }

    /// What a snapshot holds; what cannot be read of it is left out.
    pub fn of_snapshot(snapshot: &Snapshot) -> Self {
        let networks: Vec<_> = snapshot.networks.iter().flatten().filter_map(network).collect();
        let names: BTreeMap<&str, &str> =
            networks.iter().map(|it| (it.id.as_str(), it.spec.name.as_str())).collect();
        let services = snapshot.services.iter().flatten().filter_map(|it| service(it, &names));
        let services = services.map(|it| (it.spec.name.clone(), it)).collect();
        let objects = |them: &Option<Vec<Value>>, is_secret: bool| {
            them.iter().flatten().filter_map(|it| object(it, is_secret)).collect()
        };
        let unseen = Unseen {
            services: snapshot.services.is_none(),
            networks: snapshot.networks.is_none(),
            secrets: snapshot.secrets.is_none(),
            configs: snapshot.configs.is_none(),
        };
        Self {
            name: snapshot.source.clone(),
            is_whole: true,
            services,
            secrets: objects(&snapshot.secrets, true),
            configs: objects(&snapshot.configs, false),
            networks: networks.into_iter().map(|it| (it.spec.name.clone(), it)).collect(),
            unseen,
        }
    }

    /// The services of a stack.
    pub fn services_of<'a>(
        &'a self,
        stack: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a RunningService)> {
        let own = self.services.iter().filter(move |it| is_of(&it.1.spec.labels, stack));
        own.map(|(name, it)| (name.as_str(), it))
    }

    /// Every service's version, where there are versions.
    pub fn versions(&self) -> BTreeMap<&str, u64> {
        let all = self.services.iter();
        all.filter_map(|(name, it)| Some((name.as_str(), it.version?))).collect()
    }
}

/// Whether labels say that an object is of a stack.
pub fn is_of(labels: &Map, stack: &str) -> bool {
    labels.get(NAMESPACE_LABEL).is_some_and(|it| it == stack)
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn version(value: &Value) -> Option<u64> {
    value.get("Version")?.get("Index")?.as_u64()
}

/// The value without what is null, which Go writes for what is empty.
fn said(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let entries = map.iter().filter(|it| !it.1.is_null());
            entries.map(|(key, it)| (key.clone(), said(it))).collect()
        }
        Value::Array(items) => items.iter().map(said).collect(),
        other => other.clone(),
    }
}

fn spec(value: Option<&Value>, networks: &BTreeMap<&str, &str>) -> Option<ServiceSpec> {
    let mut spec: ServiceSpec = serde_json::from_value(said(value?)).ok()?;
    for it in &mut spec.task_template.networks {
        if let Some(name) = networks.get(it.target.as_str()) {
            (*name).clone_into(&mut it.target);
        }
    }
    Some(spec)
}

fn service(value: &Value, networks: &BTreeMap<&str, &str>) -> Option<RunningService> {
    Some(RunningService {
        spec: spec(value.get("Spec"), networks)?,
        id: text(value, "ID"),
        version: version(value),
        previous: spec(value.get("PreviousSpec"), networks),
        update: value.get("UpdateStatus").map(|it| text(it, "State")).unwrap_or_default(),
    })
}

fn network(value: &Value) -> Option<RunningNetwork> {
    let id = value.get("Id").or(value.get("ID")).and_then(Value::as_str).unwrap_or_default();
    let spec: NetworkSpec = serde_json::from_value(said(value)).ok()?;
    (!spec.name.is_empty()).then(|| RunningNetwork { spec, id: id.to_owned() })
}

fn object(value: &Value, is_secret: bool) -> Option<(String, RunningObject)> {
    let spec = value.get("Spec")?;
    let driver = |key: &str| serde_json::from_value::<Driver>(said(spec.get(key)?)).ok();
    let named = |it: &Driver| !it.name.is_empty();
    let content = match spec.get("Data") {
        _ if is_secret && driver("Driver").as_ref().is_some_and(named) => Content::None,
        _ if is_secret => Content::Unknown,
        Some(Value::String(it)) => serde_json::from_value(it.as_str().into())
            .map_or(Content::Unknown, |it| Content::of(&it)),
        Some(Value::Object(it)) => match it.get("sha256").and_then(Value::as_str) {
            Some(hash) => Content::Hash(hash.to_owned(), None),
            None => Content::Unknown,
        },
        _ => Content::Unknown,
    };
    let labels = spec.get("Labels").map(said).unwrap_or_default();
    let object = RunningObject {
        id: text(value, "ID"),
        version: version(value),
        labels: serde_json::from_value(labels).unwrap_or_default(),
        content,
        driver: driver("Driver").filter(named),
        templating: driver("Templating").filter(named),
    };
    Some((text(spec, "Name"), object))
}
