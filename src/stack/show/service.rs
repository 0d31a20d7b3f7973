//! One service as Docker prints it.

use crate::source::Named;
use crate::stack::model::{
    Attachment, Build, FileReference, Healthcheck, Logging, Mount, Port, Service, Ulimit,
    VolumeOptions,
};
use crate::stack::show::{Fields, deploy, name, sorted};
use crate::yaml::emit::Item;

pub(super) fn item(it: &Named<Service>) -> Item {
    let mut out = Fields::default();
    if let Some(it) = &it.build {
        out.some("build", build(it));
    }
    out.texts("cap_add", &it.cap_add);
    out.texts("cap_drop", &it.cap_drop);
    out.word("cgroupns_mode", it.cgroupns_mode.as_ref());
    out.word("cgroup_parent", it.cgroup_parent.as_ref());
    out.texts("command", it.command.as_deref().unwrap_or_default());
    out.some("configs", Item::List(it.configs.iter().map(reference).collect()));
    out.word("container_name", it.container_name.as_ref());
    if let Some(spec) = &it.credential_spec {
        let mut fields = Fields::default();
        fields.word("config", spec.config.as_ref());
        fields.word("file", spec.file.as_ref());
        fields.word("registry", spec.registry.as_ref());
        out.some("credential_spec", fields.item());
    }
    out.texts("depends_on", &it.depends_on);
    if let Some(it) = &it.deploy {
        out.some("deploy", deploy::item(it));
    }
    out.texts("devices", &it.devices);
    out.texts("dns", it.dns.as_deref().unwrap_or_default());
    out.texts("dns_search", it.dns_search.as_deref().unwrap_or_default());
    out.word("domainname", it.domainname.as_ref());
    out.texts("entrypoint", it.entrypoint.as_deref().unwrap_or_default());
    out.variables("environment", &it.environment);
    out.texts("env_file", &it.env_file);
    out.texts("expose", &it.expose);
    out.texts("external_links", &it.external_links);
    out.texts("extra_hosts", &it.extra_hosts);
    out.word("hostname", it.hostname.as_ref());
    if let Some(it) = &it.healthcheck {
        out.always("healthcheck", healthcheck(it));
    }
    out.word("image", it.image.as_ref());
    if let Some(it) = &it.init {
        out.always("init", Item::Bool(it.value));
    }
    out.word("ipc", it.ipc.as_ref());
    out.word("isolation", it.isolation.as_ref());
    out.labels("labels", &it.labels);
    out.texts("links", &it.links);
    if let Some(it) = &it.logging {
        out.always("logging", logging(it));
    }
    out.word("mac_address", it.mac_address.as_ref());
    out.word("network_mode", it.network_mode.as_ref());
    let networks = it.networks.iter().map(|it| (name(it), attachment(it.value.as_ref())));
    out.some("networks", sorted(networks.collect()));
    out.word("pid", it.pid.as_ref());
    out.some("ports", Item::List(it.ports.iter().map(port).collect()));
    out.flag("privileged", &it.privileged);
    out.flag("read_only", &it.read_only);
    out.word("restart", it.restart.as_ref());
    out.some("secrets", Item::List(it.secrets.iter().map(reference).collect()));
    out.texts("security_opt", &it.security_opt);
    out.word("shm_size", it.shm_size.as_ref());
    out.flag("stdin_open", &it.stdin_open);
    out.duration("stop_grace_period", it.stop_grace_period.as_ref());
    out.word("stop_signal", it.stop_signal.as_ref());
    out.labels("sysctls", &it.sysctls);
    out.texts("tmpfs", &it.tmpfs);
    out.flag("tty", &it.tty);
    let ulimits = it.ulimits.iter().map(|it| (name(it), ulimit(it)));
    out.some("ulimits", sorted(ulimits.collect()));
    out.word("user", it.user.as_ref());
    out.word("userns_mode", it.userns_mode.as_ref());
    out.some("volumes", Item::List(it.volumes.iter().map(mount).collect()));
    out.word("working_dir", it.working_dir.as_ref());
    out.extras(&it.extras);
    out.item()
}

fn build(it: &Build) -> Item {
    let mut out = Fields::default();
    out.word("context", it.context.as_ref());
    out.word("dockerfile", it.dockerfile.as_ref());
    out.variables("args", &it.args);
    out.labels("labels", &it.labels);
    out.texts("cache_from", &it.cache_from);
    out.texts("extra_hosts", &it.extra_hosts);
    out.word("network", it.network.as_ref());
    out.word("target", it.target.as_ref());
    out.item()
}

fn reference(it: &FileReference) -> Item {
    let mut out = Fields::default();
    out.word("source", it.source.as_ref());
    out.word("target", it.target.as_ref());
    out.word("uid", it.uid.as_ref());
    out.word("gid", it.gid.as_ref());
    if let Some(it) = &it.mode {
        out.always("mode", Item::Int(it.value.into()));
    }
    out.item()
}

fn healthcheck(it: &Healthcheck) -> Item {
    let mut out = Fields::default();
    out.texts("test", &it.test);
    out.duration("timeout", it.timeout.as_ref());
    out.duration("interval", it.interval.as_ref());
    if let Some(it) = &it.retries {
        out.always("retries", Item::Int(it.value.into()));
    }
    out.duration("start_period", it.start_period.as_ref());
    out.duration("start_interval", it.start_interval.as_ref());
    out.flag("disable", &it.disable);
    out.item()
}

fn logging(it: &Logging) -> Item {
    let mut out = Fields::default();
    out.word("driver", it.driver.as_ref());
    if let Some(options) = &it.options {
        out.labels("options", options);
    }
    out.item()
}

fn attachment(it: Option<&Attachment>) -> Item {
    let Some(it) = it else { return Item::Null };
    let mut out = Fields::default();
    out.texts("aliases", &it.aliases);
    out.labels("driver_opts", &it.driver_opts);
    out.word("ipv4_address", it.ipv4_address.as_ref());
    out.word("ipv6_address", it.ipv6_address.as_ref());
    out.item()
}

fn port(it: &Port) -> Item {
    let mut out = Fields::default();
    let number = |it: &Option<crate::source::Spanned<u32>>| {
        Item::Int(it.as_ref().map_or(0, |it| it.value).into())
    };
    out.word("mode", it.mode.as_ref());
    out.some("target", number(&it.target));
    out.some("published", number(&it.published));
    out.word("protocol", it.protocol.as_ref());
    out.item()
}

fn ulimit(it: &Named<Ulimit>) -> Item {
    if it.is_null {
        return Item::Null;
    }
    if it.single != 0 {
        return Item::Int(it.single.into());
    }
    let mut out = Fields::default();
    out.some("soft", Item::Int(it.soft.into()));
    out.some("hard", Item::Int(it.hard.into()));
    out.item()
}

fn mount(it: &Mount) -> Item {
    let mut out = Fields::default();
    out.word("type", it.kind.as_ref());
    out.word("source", it.source.as_ref());
    out.word("target", it.target.as_ref());
    out.flag("read_only", &it.read_only);
    out.word("consistency", it.consistency.as_ref());
    if let Some(propagation) = &it.bind {
        let mut bind = Fields::default();
        bind.word("propagation", propagation.as_ref());
        out.always("bind", bind.item());
    }
    if let Some(it) = &it.volume {
        out.always("volume", options(it));
    }
    if let Some(size) = it.tmpfs {
        let mut tmpfs = Fields::default();
        tmpfs.some("size", Item::Int(size.into()));
        out.always("tmpfs", tmpfs.item());
    }
    if let Some(it) = &it.image {
        out.always("image", options(it));
    }
    if it.cluster {
        out.always("cluster", Fields::default().item());
    }
    out.item()
}

fn options(it: &VolumeOptions) -> Item {
    let mut out = Fields::default();
    out.some("nocopy", Item::Bool(it.nocopy));
    out.word("subpath", it.subpath.as_ref());
    out.item()
}
