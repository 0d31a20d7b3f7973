//! An answer of the Engine, or of what stands before it, and what it means.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::engine::error::{Error, Kind, quoted};
use crate::engine::http::Http;
use crate::engine::keep::{Keep, pruned};

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    /// What the Engine says of the newest version that it speaks.
    pub(super) api_version: Option<String>,
    pub(super) body: Vec<u8>,
}

/// An answer that is none.
pub(super) enum Refused {
    /// It may not be seen.
    Forbidden(u16),
    Error(Error),
}

impl Answer {
    pub(super) fn json<T: DeserializeOwned>(&self, path: &str, http: &Http) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|_| http.error(Kind::Foreign(path.to_owned())))
    }

    /// An object, as far as it is needed.
    pub(super) fn pruned(&self, path: &str, keep: &Keep, http: &Http) -> Result<Value, Error> {
        let foreign = || http.error(Kind::Foreign(path.to_owned()));
        let it = pruned(&self.body, keep).map_err(|_| foreign())?;
        if it.is_object() { Ok(it) } else { Err(foreign()) }
    }

    /// A list of objects that have an id and, but for tasks, a name or a specification.
    pub(super) fn list(&self, path: &str, keep: &Keep, http: &Http) -> Result<Vec<Value>, Error> {
        let foreign = || http.error(Kind::Foreign(path.to_owned()));
        let has_text = |it: &Value, key: &str| {
            it.get(key).and_then(Value::as_str).is_some_and(|it| !it.is_empty())
        };
        let is_one = |it: &Value| {
            let is_named = it.get("Spec").is_some_and(Value::is_object) || has_text(it, "Name");
            (has_text(it, "ID") && (is_named || has_text(it, "ServiceID")))
                || (has_text(it, "Id") && is_named)
        };
        match pruned(&self.body, keep).map_err(|_| foreign())? {
            // Go writes an empty list so, sometimes.
            Value::Null => Ok(Vec::new()),
            Value::Array(them) if them.iter().all(is_one) => Ok(them),
            _ => Err(foreign()),
        }
    }

    /// What an answer means that is not 200.
    pub(super) fn refused(&self, path: &str, http: &Http) -> Refused {
        let told: Option<Value> = serde_json::from_slice(&self.body).ok();
        let message = told.as_ref().and_then(|it| it.get("message")?.as_str()).map(str::to_owned);
        let message = message.unwrap_or_else(|| String::from_utf8_lossy(&self.body).into_owned());
        let status = self.status;
        let says = |words: &str| message.contains(words);
        let kind = match status {
            _ if says("HTTP request to an HTTPS server") => Kind::Tls,
            _ if says("not a swarm manager") && says("Worker") => Kind::NoManager,
            _ if says("not a swarm manager") => Kind::NoSwarm,
            _ if says("needs to be unlocked") => Kind::Locked,
            401 | 403 | 405 | 407 => return Refused::Forbidden(status),
            _ => Kind::Status { path: path.to_owned(), status, message: quoted(&message) },
        };
        Refused::Error(http.error(kind))
    }
}

impl Refused {
    /// The error where there is no doing without.
    pub(super) fn error(self, path: &str, http: &Http) -> Error {
        match self {
            Self::Forbidden(_) => http.error(Kind::Forbidden { path: path.to_owned() }),
            Self::Error(error) => error,
        }
    }
}
