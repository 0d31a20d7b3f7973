//! One service, field by field in the order in which Docker's decoder reports.

use crate::source::{Named, Spanned};
use crate::stack::decode::environment::Scope;
use crate::stack::decode::fields::scalar_text;
use crate::stack::decode::{Decoder, Fields, extras, key_text};
use crate::stack::model::{Build, CredentialSpec, Healthcheck, Logging, Service, Texts, Ulimit};
use crate::stack::problem::{Grammar, Kind};
use crate::value::shlex;
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    pub(super) fn service(&mut self, node: &Node) -> Service {
        let Some(of) = &Fields::of(node, "") else {
            return Service { place: node.place, ..Service::default() };
        };
        let mut it = Service { place: node.place, ..Service::default() };
        it.keys = of.map.entries.iter().map(key_text).collect();
        it.build = of.get("build").and_then(|node| self.build(node)).map(Box::new);
        it.cap_add = self.texts(of, "cap_add", "CapAdd");
        it.cap_drop = self.texts(of, "cap_drop", "CapDrop");
        it.cgroupns_mode = self.text(of, "cgroupns_mode", "CgroupNSMode");
        it.cgroup_parent = self.text(of, "cgroup_parent", "CgroupParent");
        it.command = self.command(of, "command", "Command");
        it.configs = self.file_references(of, "configs", "Configs");
        it.container_name = self.text(of, "container_name", "ContainerName");
        it.credential_spec = of.get("credential_spec").and_then(|it| self.credential_spec(it));
        it.depends_on = self.texts(of, "depends_on", "DependsOn");
        it.deploy = of.get("deploy").and_then(|node| self.deploy(node)).map(Box::new);
        it.devices = self.texts(of, "devices", "Devices");
        it.dns = self.text_or_texts(of, "dns", "DNS");
        it.dns_search = self.text_or_texts(of, "dns_search", "DNSSearch");
        it.domainname = self.text(of, "domainname", "DomainName");
        it.entrypoint = self.command(of, "entrypoint", "Entrypoint");
        it.env_file = self.text_or_texts(of, "env_file", "EnvFile").unwrap_or_default();
        it.expose = expose(of);
        it.external_links = self.texts(of, "external_links", "ExternalLinks");
        it.extra_hosts = self.extra_hosts(of);
        it.hostname = self.text(of, "hostname", "Hostname");
        it.healthcheck = of.get("healthcheck").and_then(|node| self.healthcheck(node));
        it.image = self.text(of, "image", "Image");
        it.init = self.flag(of, "init", "Init");
        it.ipc = self.text(of, "ipc", "Ipc");
        it.isolation = self.text(of, "isolation", "Isolation");
        it.labels = self.labels(of, "labels").unwrap_or_default();
        it.links = self.texts(of, "links", "Links");
        it.logging = of.get("logging").and_then(|node| self.logging(node));
        it.mac_address = self.text(of, "mac_address", "MacAddress");
        it.network_mode = self.text(of, "network_mode", "NetworkMode");
        it.networks = self.attachments(of);
        it.pid = self.text(of, "pid", "Pid");
        it.ports = self.ports(of);
        it.privileged = self.flag(of, "privileged", "Privileged");
        it.read_only = self.flag(of, "read_only", "ReadOnly");
        it.restart = self.text(of, "restart", "Restart");
        it.secrets = self.file_references(of, "secrets", "Secrets");
        it.security_opt = self.texts(of, "security_opt", "SecurityOpt");
        it.shm_size = self.text(of, "shm_size", "shm_size");
        it.stdin_open = self.flag(of, "stdin_open", "stdin_open");
        it.stop_grace_period = self.duration(of, "stop_grace_period", "stop_grace_period");
        it.stop_signal = self.text(of, "stop_signal", "stop_signal");
        it.sysctls = self.labels(of, "sysctls").unwrap_or_default();
        it.tmpfs = self.text_or_texts(of, "tmpfs", "Tmpfs").unwrap_or_default();
        it.tty = self.flag(of, "tty", "tty");
        it.ulimits = self.ulimits(of);
        it.user = self.text(of, "user", "User");
        it.userns_mode = self.text(of, "userns_mode", "userns_mode");
        it.volumes = self.mounts(of);
        it.working_dir = self.text(of, "working_dir", "working_dir");
        it.extras = extras(node);
        // Docker reads env files only after the whole service is decoded.
        let written = self.variables(of, "environment", Scope::Service);
        it.environment = self.environment(&it.env_file, written);
        self.resolve_bind_sources(&mut it.volumes);
        it
    }

    fn build(&mut self, node: &Node) -> Option<Build> {
        if let Value::Text(text) = &node.value {
            let context = Some(Spanned::new(text.clone(), node.place));
            return Some(Build { context, ..Build::default() });
        }
        let of = &Fields::open(node, "Build")?;
        Some(Build {
            context: self.text(of, "context", "Context"),
            dockerfile: self.text(of, "dockerfile", "Dockerfile"),
            args: self.variables(of, "args", Scope::Arguments),
            labels: self.labels(of, "labels").unwrap_or_default(),
            cache_from: self.texts(of, "cache_from", "cache_from"),
            extra_hosts: self.extra_hosts(of),
            network: self.text(of, "network", "Network"),
            target: self.text(of, "target", "Target"),
        })
    }

    fn command(&mut self, of: &Fields, key: &str, field: &str) -> Option<Texts> {
        let node = of.get(key)?;
        let Value::Text(text) = &node.value else {
            return node.as_list().map(|_| self.texts(of, key, field));
        };
        match shlex::split(text) {
            Ok(words) => {
                Some(words.into_iter().map(|word| Spanned::new(word, node.place)).collect())
            }
            Err(reason) => {
                let line = format!("error decoding '{}': {reason}", of.path(field));
                self.refuse_value(Grammar::Command, text, &reason, node.place, line);
                None
            }
        }
    }

    fn credential_spec(&mut self, node: &Node) -> Option<CredentialSpec> {
        let of = &Fields::of(node, "credential_spec")?;
        Some(CredentialSpec {
            place: node.place,
            config: self.text(of, "config", "Config"),
            file: self.text(of, "file", "File"),
            registry: self.text(of, "registry", "Registry"),
        })
    }

    fn healthcheck(&mut self, node: &Node) -> Option<Healthcheck> {
        let of = &Fields::of(node, "HealthCheck")?;
        let shell = of.get("test").filter(|it| it.as_text().is_some());
        let test = match shell {
            Some(test) => {
                let word = Spanned::new("CMD-SHELL".to_owned(), test.place);
                vec![word, Spanned::new(test.as_text()?.to_owned(), test.place)]
            }
            None => self.texts(of, "test", "Test"),
        };
        Some(Healthcheck {
            place: node.place,
            test,
            test_is_shell: shell.is_some(),
            timeout: self.duration(of, "timeout", "Timeout"),
            interval: self.duration(of, "interval", "Interval"),
            retries: self.unsigned(of, "retries", "Retries"),
            start_period: self.duration(of, "start_period", "start_period"),
            start_interval: self.duration(of, "start_interval", "start_interval"),
            disable: self.flag(of, "disable", "Disable"),
        })
    }

    fn logging(&mut self, node: &Node) -> Option<Logging> {
        let of = &Fields::of(node, "Logging")?;
        let driver = self.text(of, "driver", "Driver");
        Some(Logging { place: node.place, driver, options: self.labels(of, "options") })
    }

    fn ulimits(&mut self, of: &Fields) -> Vec<Named<Ulimit>> {
        let Some(map) = of.get("ulimits").and_then(Node::as_map) else { return Vec::new() };
        let mut found = Vec::new();
        for entry in &map.entries {
            if let Some(value) = self.ulimit(&entry.key.text, &entry.node) {
                found.push(Named { name: key_text(entry), value });
            }
        }
        found
    }

    fn ulimit(&mut self, name: &str, node: &Node) -> Option<Ulimit> {
        let mut it = Ulimit { place: node.place, ..Ulimit::default() };
        match &node.value {
            Value::Int(single) => it.single = *single,
            Value::Map(map) => {
                for (key, field) in [("soft", &mut it.soft), ("hard", &mut it.hard)] {
                    match map.get(key).map(|node| &node.value) {
                        Some(Value::Int(value)) => *field = *value,
                        other => {
                            let found =
                                other.map_or("nil", crate::stack::decode::number::type_name);
                            let found_is = if found == "nil" { "nil" } else { found };
                            let docker = format!(
                                "panic: interface conversion: interface {{}} is {found_is}, not int"
                            );
                            let kind = Kind::Undecodable { found: found.to_owned() };
                            self.stop(kind, node.place, docker);
                            return None;
                        }
                    }
                }
            }
            // Docker goes on with nothing, and dies of it when it deploys.
            Value::Null => {
                let docker =
                    "panic: runtime error: invalid memory address or nil pointer dereference";
                let mut problem = crate::stack::Problem::new(
                    Kind::Undecodable { found: "null".to_owned() },
                    node.place,
                )
                .refused(crate::stack::Step::Services, docker);
                problem.service.clone_from(&self.service);
                self.problems.push(problem);
                it.is_null = true;
            }
            other => {
                let found = crate::stack::decode::number::type_name(other).to_owned();
                let line =
                    format!("error decoding 'Ulimits[{name}]': invalid type {found} for ulimits");
                self.refuse(Kind::Undecodable { found }, node.place, line);
                return None;
            }
        }
        Some(it)
    }
}

fn expose(of: &Fields) -> Texts {
    let items = of.get("expose").and_then(Node::as_list).unwrap_or_default();
    let text = |it: &Node| scalar_text(it).map(|text| Spanned::new(text, it.place));
    items.iter().filter_map(text).collect()
}
