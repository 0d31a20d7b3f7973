//! The Docker Engine API, read only: there is no way here to send anything but `GET`. Every question
//! has its time, every answer its size.
//!
//! Sockets and plain TCP are spoken to directly; TLS, SSH and whatever contexts hold besides are left
//! to Docker's own client (`docker system dial-stdio`), which knows the user's keys.

mod answer;
mod connection;
mod error;
mod http;
mod keep;
mod target;

pub use error::Error;
pub use target::{Surroundings, Target};

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::cluster::snapshot::{SCHEMA, Snapshot};
use crate::engine::answer::{Answer, Refused};
use crate::engine::http::Http;
use crate::engine::keep::{CONFIG, INFO, Keep, NETWORK, NODE, SECRET, SERVICE, TASK};

/// How long all questions together may take.
pub const TIME: Duration = Duration::from_secs(10);

/// The oldest API version that is spoken: Docker 20.10.
const OLDEST: (u32, u32) = (1, 41);

/// The newest one that is known.
const NEWEST: (u32, u32) = (1, 51);

/// The most networks that are asked for one by one: those that every node has and no list tells.
const SINGLE_NETWORKS: usize = 64;

/// When there is no time left.
#[derive(Clone, Copy, Debug)]
struct Clock {
    end: Instant,
}

impl Clock {
    fn start() -> Self {
        Self { end: Instant::now() + TIME }
    }

    /// None when the time is over.
    fn left(self) -> Option<Duration> {
        Some(self.end.saturating_duration_since(Instant::now())).filter(|it| !it.is_zero())
    }
}

/// A list that the Engine, or what stands before it, does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// `secrets`, `configs` and so on.
    pub list: &'static str,
    pub status: u16,
}

/// A swarm, and the lists of it that may not be seen.
#[derive(Clone, Debug)]
pub struct Found {
    pub snapshot: Snapshot,
    pub unknown: Vec<Unknown>,
}

/// Asks for everything there is to know, contents of configs included.
pub fn read(target: &Target) -> Result<Found, Error> {
    let clock = Clock::start();
    let mut http = Http::new(target, clock);
    let version = negotiate(&mut http)?;
    let mut engine = Engine { http, version, unknown: Vec::new() };
    let info = engine.info()?;
    let mut snapshot = Snapshot {
        schema: SCHEMA.to_owned(),
        source: target.to_string(),
        info,
        nodes: engine.list("nodes", &NODE)?,
        services: engine.list("services", &SERVICE)?,
        tasks: engine.list("tasks", &TASK)?,
        networks: engine.list("networks", &NETWORK)?,
        configs: engine.list("configs", &CONFIG)?,
        secrets: engine.list("secrets", &SECRET)?,
        ..Snapshot::default()
    };
    engine.other_networks(&mut snapshot)?;
    snapshot.sort();
    Ok(Found { snapshot, unknown: engine.unknown })
}

/// The newest version that both sides speak.
fn negotiate(http: &mut Http) -> Result<String, Error> {
    let ping = http.get("/_ping")?;
    let told = ping.api_version.filter(|_| ping.status == 200);
    let told = match told {
        Some(it) => it,
        None => version(http)?,
    };
    let number = |it: &str| {
        let (major, minor) = it.split_once('.')?;
        Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
    };
    match number(&told) {
        Some(it) if it >= OLDEST && it.0 == NEWEST.0 => {
            let (major, minor) = it.min(NEWEST);
            Ok(format!("{major}.{minor}"))
        }
        _ => Err(http.error(error::Kind::Version(told))),
    }
}

/// The version as it is told where `/_ping` is not answered.
fn version(http: &mut Http) -> Result<String, Error> {
    let answer = http.get("/version")?;
    if answer.status != 200 {
        return Err(answer.refused("/version", http).error("/version", http));
    }
    let told: Value = answer.json("/version", http)?;
    let text = told.get("ApiVersion").and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| http.error(error::Kind::Foreign("/version".to_owned())))
}

struct Engine<'a> {
    http: Http<'a>,
    /// Such as `1.41`.
    version: String,
    unknown: Vec<Unknown>,
}

impl Engine<'_> {
    fn get(&mut self, path: &str) -> Result<Answer, Error> {
        self.http.get(&format!("/v{}{path}", self.version))
    }

    /// What the engine says of itself; it must be a manager, if it says so.
    fn info(&mut self) -> Result<Value, Error> {
        let answer = self.get("/info")?;
        let mut info = match answer.status {
            200 => answer.pruned("/info", &INFO, &self.http)?,
            _ => match answer.refused("/info", &self.http) {
                Refused::Forbidden(_) => json!({}),
                Refused::Error(error) => return Err(error),
            },
        };
        let swarm = info.get("Swarm");
        let state = swarm.and_then(|it| it.get("LocalNodeState")).and_then(Value::as_str);
        let has_say = swarm.and_then(|it| it.get("ControlAvailable")).and_then(Value::as_bool);
        let kind = match (state, has_say) {
            (Some("inactive"), _) => Some(error::Kind::NoSwarm),
            (Some("locked"), _) => Some(error::Kind::Locked),
            (Some(_), Some(false)) => Some(error::Kind::NoManager),
            _ => None,
        };
        if let Some(kind) = kind {
            return Err(self.http.error(kind));
        }
        if let Value::Object(entries) = &mut info {
            entries.insert("ApiVersion".to_owned(), json!(self.version));
        }
        Ok(info)
    }

    /// A list; none where it may not be seen.
    fn list(&mut self, name: &'static str, keep: &Keep) -> Result<Option<Vec<Value>>, Error> {
        let path = format!("/{name}");
        let answer = self.get(&path)?;
        if answer.status == 200 {
            return answer.list(&path, keep, &self.http).map(Some);
        }
        match answer.refused(&path, &self.http) {
            Refused::Forbidden(status) => {
                self.unknown.push(Unknown { list: name, status });
                Ok(None)
            }
            Refused::Error(error) => Err(error),
        }
    }

    /// Networks that services are in and that the list leaves out, such as `host`.
    fn other_networks(&mut self, snapshot: &mut Snapshot) -> Result<(), Error> {
        let Some(networks) = &mut snapshot.networks else { return Ok(()) };
        let attachments = snapshot
            .services
            .iter()
            .flatten()
            .filter_map(|it| it.pointer("/Spec/TaskTemplate/Networks")?.as_array());
        let ids = attachments.flatten().filter_map(|it| it.get("Target")?.as_str());
        let is_listed = |id: &str| networks.iter().any(|it| it["Id"] == id || it["Name"] == id);
        let is_id = |it: &&str| it.bytes().all(|it| it.is_ascii_alphanumeric());
        let mut wanted: Vec<&str> = ids.filter(is_id).filter(|it| !is_listed(it)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        for id in wanted.into_iter().take(SINGLE_NETWORKS) {
            let path = format!("/networks/{id}");
            let answer = self.get(&path)?;
            if answer.status == 200 {
                networks.push(answer.pruned(&path, &NETWORK, &self.http)?);
            }
        }
        Ok(())
    }
}
