//! Why a swarm could not be read, and what to do about it.

use std::io;

use serde_json::json;
use thiserror::Error;

use crate::cluster::hide;

/// Completes `swarm-plan: …`.
#[derive(Debug, Error)]
#[error("cannot use {place}: {kind}")]
pub struct Error {
    /// The address, or what else is wrong.
    place: String,
    pub(super) kind: Kind,
}

/// What is wrong. Paths are those of the API.
#[derive(Debug, Error)]
pub(super) enum Kind {
    #[error(
        "there is no such socket: start Docker, or name an engine with `--host` or `--context`"
    )]
    NoSocket,
    #[error(
        "permission denied: run it as a user of the group `docker`, or name an engine with `--host` \
         or `--context`"
    )]
    Denied,
    #[error("connection refused: is Docker running there, and listening on this address?")]
    Refused,
    #[error("{0}")]
    Io(io::Error),
    #[error("it does not answer: no connection within {0} s")]
    Unreachable(u64),
    #[error("no answer to GET {path} within {seconds} s: is Docker stuck, or the network slow?")]
    Slow { path: String, seconds: u64 },
    #[error("the connection was closed in the middle of the answer to GET {0}: try it again")]
    Closed(String),
    #[error("the answer to GET {path} is larger than the {} MiB that are read", most >> 20)]
    TooLarge { path: String, most: usize },
    #[error(
        "the answer to GET {0} is none of a Docker Engine: what listens there is something else"
    )]
    Foreign(String),
    #[error(
        "it speaks version `{0}` of the Engine API, and swarm-plan the versions 1.41 to 1.51: update \
         the older of the two"
    )]
    Version(String),
    #[error(
        "it wants TLS: set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or name a context with \
         `--context`"
    )]
    Tls,
    #[error(
        "it is in no swarm: name a manager with `--host` or `--context`, or make a swarm with `docker \
         swarm init`"
    )]
    NoSwarm,
    #[error(
        "it is a worker, and only managers know the swarm: name a manager with `--host` or `--context`"
    )]
    NoManager,
    #[error("its swarm is locked: run `docker swarm unlock` there first")]
    Locked,
    #[error("GET {path} is forbidden there: allow it, or name another manager")]
    Forbidden { path: String },
    #[error("GET {path} was answered with status {status}: {message}")]
    Status { path: String, status: u16, message: String },
    #[error(
        "TLS, SSH and contexts need Docker's own client: install `docker`, or name a socket or a \
         tcp:// address with `--host`"
    )]
    NoClient,
    /// Docker's client could not connect.
    #[error("{0}")]
    Client(String),
    #[error("there is no context of this name; `docker context ls` lists them")]
    NoContext,
    /// A file of Docker's client.
    #[error("its file cannot be read ({0}): repair it, or name an engine with `--host`")]
    Config(String),
    #[error(
        "it is no address of an engine: write it as unix:///var/run/docker.sock, \
         tcp://10.0.0.11:2375 or ssh://user@manager"
    )]
    Address,
}

impl Error {
    pub(super) fn at(place: &str, kind: Kind) -> Self {
        Self { place: place.to_owned(), kind }
    }

    /// Something that may not be seen, and that there is no doing without.
    pub fn forbids(path: &str, place: &str) -> Self {
        Self::at(place, Kind::Forbidden { path: path.to_owned() })
    }
}

/// Another's words in one line, without what may be secret.
pub(super) fn quoted(words: &str) -> String {
    /// More of it does not help.
    const MOST: usize = 500;
    let words: Vec<&str> = words.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(MOST).collect();
    hide::hidden(&json!(line)).as_str().unwrap_or_default().to_owned()
}
