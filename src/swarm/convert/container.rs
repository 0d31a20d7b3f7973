//! What a container of a service is started with.

use crate::source::Named;
use crate::stack::model::{FileObject, FileReference, Healthcheck, Service, is_true, text};
use crate::stack::{Kind, Object};
use crate::swarm::convert::{Converter, map, owned, plain};
use crate::swarm::spec::{
    ConfigReference, ContainerSpec, CredentialSpec, DnsConfig, FileTarget, HealthConfig,
    Privileges, RuntimeTarget, SecretReference, Ulimit,
};
use crate::value::capability;

impl Converter<'_> {
    /// The fields that no check stands before.
    pub(super) fn container<'a>(&self, service: &'a Named<Service>) -> ContainerSpec {
        let labels = self.namespace_label(map(&service.labels));
        let words = |it: &'a [crate::stack::model::Text]| -> Vec<&'a str> {
            it.iter().map(|it| it.value.as_str()).collect()
        };
        let (add, drop) =
            capability::effective(&words(&service.cap_add), &words(&service.cap_drop));
        ContainerSpec {
            image: owned(service.image.as_ref()),
            labels,
            command: service.entrypoint.as_deref().map(plain).unwrap_or_default(),
            args: service.command.as_deref().map(plain).unwrap_or_default(),
            hostname: owned(service.hostname.as_ref()),
            env: environment(service),
            dir: owned(service.working_dir.as_ref()),
            user: owned(service.user.as_ref()),
            init: service.init.as_ref().map(|it| it.value),
            stop_signal: owned(service.stop_signal.as_ref()),
            tty: is_true(&service.tty),
            open_stdin: is_true(&service.stdin_open),
            read_only: is_true(&service.read_only),
            stop_grace_period: service.stop_grace_period.as_ref().map(|it| it.value),
            hosts: service.extra_hosts.iter().map(|it| host(&it.value)).collect(),
            dns_config: dns(service),
            isolation: owned(service.isolation.as_ref()),
            sysctls: map(&service.sysctls),
            capability_add: add,
            capability_drop: drop,
            ulimits: ulimits(service),
            ..ContainerSpec::default()
        }
    }

    pub(super) fn healthcheck(&mut self, service: &Named<Service>) -> Option<HealthConfig> {
        let it = service.healthcheck.as_ref()?;
        if is_true(&it.disable) {
            if !it.test.is_empty() {
                let reason = "test and disable can't be set at the same time";
                self.refuse(Kind::TestAndDisable, it.place, reason);
                return None;
            }
            let test = vec!["NONE".to_owned()];
            return Some(HealthConfig { test, ..HealthConfig::default() });
        }
        Some(health(it))
    }

    /// The service's secrets, in the order of their names in the swarm.
    pub(super) fn secret_references(&mut self, service: &Named<Service>) -> Vec<SecretReference> {
        let stack = self.stack;
        let found = self.references(&service.secrets, &stack.secrets, Object::Secret);
        let reference = |(name, file): (String, FileTarget)| SecretReference {
            file: Some(file),
            id: format!("id-of-{name}"),
            name,
        };
        found.into_iter().map(reference).collect()
    }

    /// The service's configs, and the one of its credential spec.
    pub(super) fn config_references(&mut self, service: &Named<Service>) -> Vec<ConfigReference> {
        let stack = self.stack;
        let found = self.references(&service.configs, &stack.configs, Object::Config);
        let reference = |(name, file): (String, FileTarget)| ConfigReference {
            file: Some(file),
            runtime: None,
            id: format!("id-of-{name}"),
            name,
        };
        let mut found: Vec<_> = found.into_iter().map(reference).collect();
        if let Some(config) = service
            .credential_spec
            .as_ref()
            .and_then(|it| it.config.as_ref())
            .filter(|it| !it.value.is_empty())
        {
            let key = &config.value;
            match self.names.configs.get(key.as_str()).copied() {
                Some(object) => {
                    let name = self.object_name(object);
                    if self.exists(Object::Config, &name, config.place) {
                        found.push(ConfigReference {
                            file: None,
                            runtime: Some(RuntimeTarget {}),
                            id: format!("id-of-{name}"),
                            name,
                        });
                    }
                }
                None => self.undefined(Object::Config, key, &stack.configs, config.place),
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    fn undefined(
        &mut self,
        object: Object,
        name: &str,
        all: &[Named<FileObject>],
        place: crate::source::Place,
    ) {
        let reason = format!("undefined {} {}", object.word(), crate::value::quote::quote(name));
        let known = self.known(all);
        self.refuse(Kind::Undefined { object, name: name.to_owned(), known }, place, reason);
    }

    fn references(
        &mut self,
        references: &[FileReference],
        all: &[Named<FileObject>],
        object: Object,
    ) -> Vec<(String, FileTarget)> {
        let mut found: Vec<(String, FileTarget)> = Vec::new();
        let mut targets = rustc_hash::FxHashSet::default();
        for it in references {
            let source = text(it.source.as_ref());
            let names = match object {
                Object::Secret => &self.names.secrets,
                _ => &self.names.configs,
            };
            let Some(&defined) = names.get(source) else {
                self.undefined(object, source, all, it.place);
                continue;
            };
            let name = self.object_name(defined);
            let or = |text: &str, default: &str| {
                if text.is_empty() { default.to_owned() } else { text.to_owned() }
            };
            let file = FileTarget {
                name: or(text(it.target.as_ref()), source),
                uid: or(text(it.uid.as_ref()), "0"),
                gid: or(text(it.gid.as_ref()), "0"),
                mode: it.mode.as_ref().map_or(0o444, |it| it.value),
            };
            if !targets.insert(file.name.clone()) {
                let word = object.word();
                let reason = format!("duplicate {word} target for {name} not allowed");
                let kind = Kind::DuplicateTarget { object, name: file.name.clone() };
                self.refuse(kind, it.place, reason);
                continue;
            }
            if self.exists(object, &name, it.place) {
                found.push((name, file));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found
    }

    /// Whether a secret or a config is in the swarm once the stack's own are created.
    fn exists(&mut self, object: Object, name: &str, place: crate::source::Place) -> bool {
        let (all, missing, own) = match object {
            Object::Secret => {
                let it = self.existing;
                (it.secrets.as_ref(), &it.missing_secrets, &self.stack.secrets)
            }
            _ => (
                self.existing.configs.as_ref(),
                &self.existing.missing_configs,
                &self.stack.configs,
            ),
        };
        let created =
            |it: &Named<FileObject>| !is_true(&it.external) && self.object_name(it) == name;
        let listed =
            all.is_none_or(|all| all.iter().any(|it| it == name) || own.iter().any(created));
        if listed && !missing.iter().any(|it| it == name) {
            return true;
        }
        let known = all.cloned().unwrap_or_default();
        let declared = own.iter().find(|it| self.object_name(it) == name);
        let place = declared.map_or(place, |it| it.name.place);
        let kind = Kind::ExternalMissing { object, name: name.to_owned(), known, scope: None };
        self.refuse(kind, place, format!("{} not found: {name}", object.word()));
        false
    }

    pub(super) fn privileges(
        &mut self,
        service: &Named<Service>,
        configs: &[ConfigReference],
    ) -> Privileges {
        let Some(it) = &service.credential_spec else { return Privileges::default() };
        let set = |it: &Option<crate::stack::model::Text>| {
            it.as_ref().is_some_and(|it| !it.value.is_empty())
        };
        let given: Vec<_> =
            [("Config", &it.config), ("File", &it.file), ("Registry", &it.registry)]
                .into_iter()
                .filter(|(_, it)| set(it))
                .map(|(name, _)| format!("\"{name}\""))
                .collect();
        let reason = match given.as_slice() {
            [] => return Privileges::default(),
            [_] => None,
            [a, b] => Some(format!("cannot specify both {a} and {b}")),
            _ => Some(format!("cannot specify both {}, and {}", given[..2].join(", "), given[2])),
        };
        let mut spec = CredentialSpec {
            config: owned(it.config.as_ref()),
            file: owned(it.file.as_ref()),
            registry: owned(it.registry.as_ref()),
        };
        let mut reason = reason;
        if reason.is_none() && !spec.config.is_empty() {
            // Docker compares the key with the name, so a config with a name of its own is lost.
            let key = self.scoped(&spec.config);
            let named = |it: &ConfigReference| it.name == key || it.name == spec.config;
            let runtime = |it: &&ConfigReference| named(it) && it.runtime.is_some();
            match configs.iter().find(runtime) {
                Some(reference) => spec.config.clone_from(&reference.id),
                None => {
                    reason = Some(format!(
                        "spec specifies config {}, but no such config can be found",
                        spec.config
                    ));
                }
            }
        }
        if let Some(reason) = reason {
            let text = format!("invalid credential spec: {reason}");
            self.refuse(Kind::CredentialSpec { reason }, it.place, text);
            return Privileges::default();
        }
        Privileges { credential_spec: Some(spec), ..Privileges::default() }
    }
}

fn health(it: &Healthcheck) -> HealthConfig {
    let nanoseconds =
        |it: &Option<crate::source::Spanned<i64>>| it.as_ref().map_or(0, |it| it.value);
    HealthConfig {
        test: plain(&it.test),
        interval: nanoseconds(&it.interval),
        timeout: nanoseconds(&it.timeout),
        start_period: nanoseconds(&it.start_period),
        start_interval: nanoseconds(&it.start_interval),
        retries: it.retries.as_ref().map_or(0, |it| it.value as i64),
    }
}

/// `ADDRESS NAME` of `NAME:ADDRESS`.
fn host(line: &str) -> String {
    let (name, address) = line.split_once(':').unwrap_or((line, ""));
    format!("{address} {name}")
}

fn environment(service: &Service) -> Vec<String> {
    let line = |it: &crate::stack::model::Variable| match &it.value {
        Some(value) => format!("{}={}", it.name.value, value.value),
        None => it.name.value.clone(),
    };
    let mut lines: Vec<_> = service.environment.iter().map(line).collect();
    lines.sort();
    lines
}

fn dns(service: &Service) -> Option<DnsConfig> {
    if service.dns.is_none() && service.dns_search.is_none() {
        return None;
    }
    Some(DnsConfig {
        nameservers: service.dns.as_deref().map(plain).unwrap_or_default(),
        search: service.dns_search.as_deref().map(plain).unwrap_or_default(),
        options: Vec::new(),
    })
}

fn ulimits(service: &Service) -> Vec<Ulimit> {
    let limit = |it: &Named<crate::stack::model::Ulimit>| {
        let (soft, hard) = if it.single == 0 { (it.soft, it.hard) } else { (it.single, it.single) };
        Ulimit { name: it.name.value.clone(), hard, soft }
    };
    let mut found: Vec<_> = service.ulimits.iter().map(limit).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}
