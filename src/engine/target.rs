//! Where the Engine is: as the options say, the variables, or the context that Docker's client uses.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::engine::error::{Error, Kind};
use crate::value::sha256::sha256;

/// Where Docker listens unless somebody says otherwise.
const USUAL: &str = "unix:///var/run/docker.sock";

/// A way to an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub(super) way: Way,
    /// The address as it is told; it never holds a password.
    name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A socket file.
    Unix(PathBuf),
    /// A host and a port.
    Tcp(String),
    /// Docker's client with these arguments before `system dial-stdio`.
    Client(Vec<String>),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// What Docker's client looks at besides its options.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `DOCKER_HOST`
    pub host: Option<String>,
    /// `DOCKER_CONTEXT`
    pub context: Option<String>,
    /// Whether `DOCKER_TLS_VERIFY` or `DOCKER_TLS` is set.
    pub tls: bool,
    /// `DOCKER_CONFIG`, or `.docker` in the home folder.
    pub folder: PathBuf,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_the_process() -> Self {
        let set = |name| std::env::var(name).ok().filter(|it| !it.is_empty());
        let folder = set("DOCKER_CONFIG").map(PathBuf::from);
        let home = || std::env::home_dir().unwrap_or_default().join(".docker");
        Self {
            host: set("DOCKER_HOST"),
            context: set("DOCKER_CONTEXT"),
            tls: set("DOCKER_TLS_VERIFY").or_else(|| set("DOCKER_TLS")).is_some(),
            folder: folder.unwrap_or_else(home),
        }
    }
}

/// The part of Docker's `config.json` that is read.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ClientConfig {
    current_context: String,
}

/// What Docker keeps of a context.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Meta {
    endpoints: Endpoints,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Endpoints {
    docker: Endpoint,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Endpoint {
    host: String,
    #[serde(rename = "SkipTLSVerify")]
    skip_tls_verify: bool,
}

impl Target {
    /// In the order of Docker's client: an option, `DOCKER_HOST`, `DOCKER_CONTEXT`, the context that
    /// was chosen with `docker context use`, the socket of this machine.
    pub fn find(
        host: Option<&str>,
        context: Option<&str>,
        around: &Surroundings,
    ) -> Result<Self, Error> {
        if let Some(name) = context {
            return Self::of_context(name, around);
        }
        if let Some(host) = host.or(around.host.as_deref()) {
            return Self::of_host(host, around.tls);
        }
        if let Some(name) = &around.context {
            return Self::of_context(name, around);
        }
        let path = around.folder.join("config.json");
        let config = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice::<ClientConfig>(&bytes)
                .map_err(|it| Error::at(&shown(&path), Kind::Config(it.to_string())))?,
            Err(_) => ClientConfig::default(),
        };
        Self::of_context(&config.current_context, around)
    }

    fn of_context(name: &str, around: &Surroundings) -> Result<Self, Error> {
        if name.is_empty() || name == "default" {
            return match &around.host {
                Some(host) => Self::of_host(host, around.tls),
                None if cfg!(unix) => Self::of_host(USUAL, around.tls),
                None => Ok(Self { way: Way::Client(Vec::new()), name: "Docker".to_owned() }),
            };
        }
        let is_name = |it: &str| {
            let fits = |c: char| c.is_ascii_alphanumeric() || "_.+-".contains(c);
            it.starts_with(|c: char| c.is_ascii_alphanumeric()) && it.chars().all(fits)
        };
        let folder = sha256(name.as_bytes());
        let meta = around.folder.join("contexts/meta").join(&folder).join("meta.json");
        let bytes = std::fs::read(&meta).ok().filter(|_| is_name(name));
        let Some(bytes) = bytes else {
            return Err(Error::at(&format!("context {name}"), Kind::NoContext));
        };
        let meta: Meta = serde_json::from_slice(&bytes)
            .map_err(|it| Error::at(&format!("context {name}"), Kind::Config(it.to_string())))?;
        let endpoint = meta.endpoints.docker;
        let keys = around.folder.join("contexts/tls").join(&folder);
        let is_tls = keys.is_dir() || endpoint.skip_tls_verify;
        let direct = Self::of_host(&endpoint.host, is_tls)
            .map_err(|it| Error::at(&format!("context {name}"), it.kind))?;
        Ok(match direct.way {
            Way::Client(_) => {
                Self { way: Way::Client(vec!["--context".to_owned(), name.to_owned()]), ..direct }
            }
            _ => direct,
        })
    }

    /// An address such as `unix:///run/docker.sock`, `tcp://10.0.0.1:2375`, `ssh://deploy@manager`.
    fn of_host(host: &str, tls: bool) -> Result<Self, Error> {
        let name = without_password(host);
        let bad = || Error::at(&name, Kind::Address);
        let (scheme, rest) = host.split_once("://").unwrap_or(("tcp", host));
        let rest = if scheme == "tcp" { rest.trim_end_matches('/') } else { rest };
        let way = match scheme {
            "unix" if rest.is_empty() => return Self::of_host(USUAL, tls),
            "unix" if cfg!(unix) => Way::Unix(PathBuf::from(rest)),
            "tcp" if rest.contains(['/', '@', '?', '#']) => return Err(bad()),
            "tcp" if !tls => Way::Tcp(with_port(rest)),
            // The name of a host is never taken for an option.
            "tcp" | "ssh" | "npipe" if !rest.starts_with('-') => {
                Way::Client(vec!["--host".to_owned(), format!("{scheme}://{rest}")])
            }
            _ => return Err(bad()),
        };
        Ok(Self { way, name })
    }
}

/// A host with Docker's port where there is none.
fn with_port(host: &str) -> String {
    let host = if host.is_empty() { "localhost" } else { host };
    let after = host.rsplit_once(']').map_or(host, |it| it.1);
    match after.rsplit_once(':') {
        Some((name, "")) if host == after => format!("{name}:2375"),
        Some((_, port)) if !port.is_empty() => host.to_owned(),
        _ => format!("{}:2375", host.trim_end_matches(':')),
    }
}

fn without_password(host: &str) -> String {
    let Some((scheme, rest)) = host.split_once("://") else { return host.to_owned() };
    let Some((user, rest)) = rest.rsplit_once('@') else { return host.to_owned() };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}@{rest}")
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::{Surroundings, Target, Way};
    use std::path::PathBuf;

    fn told(host: Option<&str>, context: Option<&str>, around: &Surroundings) -> String {
        match Target::find(host, context, around) {
            Ok(it) => match &it.way {
                Way::Unix(path) => format!("{it}: socket {}", path.display()),
                Way::Tcp(address) => format!("{it}: tcp {address}"),
                Way::Client(args) => format!("{it}: docker {}", args.join(" ")),
            },
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn an_address_says_how_to_get_there() {
        let plain = Surroundings::default();
        let tls = Surroundings { tls: true, ..Surroundings::default() };
        for (host, around, expected) in [
            ("unix:///run/d.sock", &plain, "unix:///run/d.sock: socket /run/d.sock"),
            ("unix:///run/d.sock", &tls, "unix:///run/d.sock: socket /run/d.sock"),
            ("tcp://10.0.0.1:2375", &plain, "tcp://10.0.0.1:2375: tcp 10.0.0.1:2375"),
            ("tcp://manager/", &plain, "tcp://manager/: tcp manager:2375"),
            ("tcp://[fd00::1]", &plain, "tcp://[fd00::1]: tcp [fd00::1]:2375"),
            ("tcp://[fd00::1]:99", &plain, "tcp://[fd00::1]:99: tcp [fd00::1]:99"),
            ("10.0.0.1:2375", &plain, "10.0.0.1:2375: tcp 10.0.0.1:2375"),
            ("tcp://m:2376", &tls, "tcp://m:2376: docker --host tcp://m:2376"),
            ("ssh://deploy@m", &plain, "ssh://deploy@m: docker --host ssh://deploy@m"),
            ("ssh://a:word17x@m", &plain, "ssh://a@m: docker --host ssh://a:word17x@m"),
        ] {
            assert_eq!(told(Some(host), None, around), expected);
        }
        for host in ["ssh://-oProxyCommand=x", "http://a", "fd://", "tcp://a/b", "tcp://u@a"] {
            assert!(Target::find(Some(host), None, &plain).is_err(), "{host}");
        }
    }

    #[test]
    fn the_order_is_that_of_dockers_client() {
        let folder = tempfile::tempdir().expect("a folder");
        let context = |name: &str, meta: &str| {
            let sum = crate::value::sha256::sha256(name.as_bytes());
            let at = folder.path().join("contexts/meta").join(&sum);
            std::fs::create_dir_all(&at).expect("a folder");
            std::fs::write(at.join("meta.json"), meta).expect("a file");
            sum
        };
        let meta = |host: &str| format!(r#"{{"Endpoints": {{"docker": {{"Host": "{host}"}}}}}}"#);
        context("here", &meta("unix:///run/here.sock"));
        context("far", &meta("ssh://deploy@far"));
        let keys = context("safe", &meta("tcp://safe:2376"));
        std::fs::create_dir_all(folder.path().join("contexts/tls").join(keys)).expect("a folder");
        context("broken", "{");
        let mut around =
            Surroundings { folder: folder.path().to_owned(), ..Surroundings::default() };
        let usual = "unix:///var/run/docker.sock: socket /var/run/docker.sock";
        assert_eq!(told(None, None, &around), usual);
        std::fs::write(folder.path().join("config.json"), r#"{"currentContext": "here"}"#)
            .expect("a file");
        assert_eq!(told(None, None, &around), "unix:///run/here.sock: socket /run/here.sock");
        around.context = Some("far".to_owned());
        assert_eq!(told(None, None, &around), "ssh://deploy@far: docker --context far");
        around.host = Some("tcp://a:1".to_owned());
        assert_eq!(told(None, None, &around), "tcp://a:1: tcp a:1");
        assert_eq!(told(Some("b:2"), None, &around), "b:2: tcp b:2");
        assert_eq!(told(None, Some("safe"), &around), "tcp://safe:2376: docker --context safe");
        assert_eq!(told(None, Some("default"), &around), "tcp://a:1: tcp a:1");
        for name in ["none", "../here", "--help", "broken"] {
            let said = told(None, Some(name), &around);
            assert!(said.starts_with(&format!("cannot use context {name}: ")), "{said}");
        }
        std::fs::write(folder.path().join("config.json"), "{").expect("a file");
        (around.context, around.host) = (None, None);
        assert!(Target::find(None, None, &around).is_err());
        assert_eq!(around.folder, PathBuf::from(folder.path()));
    }
}
