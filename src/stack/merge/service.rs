//! A service of an override over the service of the same name.

use crate::source::Named;
use crate::stack::merge::field;
use crate::stack::model::{
    Attachment, Build, CredentialSpec, Deploy, Healthcheck, Logging, Placement, Resource,
    RestartPolicy, Service, UpdateConfig, text,
};

pub(super) fn merge(base: &mut Service, over: Service) {
    for key in over.keys {
        if base.key(&key.value).is_none() {
            base.keys.push(key);
        }
    }
    inside(&mut base.build, over.build, |base, over| build(base, *over));
    field::append(&mut base.cap_add, over.cap_add);
    field::append(&mut base.cap_drop, over.cap_drop);
    field::text(&mut base.cgroupns_mode, over.cgroupns_mode);
    field::text(&mut base.cgroup_parent, over.cgroup_parent);
    field::list(&mut base.command, over.command);
    field::keyed(&mut base.configs, over.configs, true, |it| text(it.source.as_ref()).to_owned());
    field::text(&mut base.container_name, over.container_name);
    inside(&mut base.credential_spec, over.credential_spec, credential_spec);
    field::append(&mut base.depends_on, over.depends_on);
    inside(&mut base.deploy, over.deploy, |base, over| deploy(base, *over));
    field::append(&mut base.devices, over.devices);
    field::append_optional(&mut base.dns, over.dns);
    field::append_optional(&mut base.dns_search, over.dns_search);
    field::text(&mut base.domainname, over.domainname);
    field::list(&mut base.entrypoint, over.entrypoint);
    field::variables(&mut base.environment, over.environment);
    field::append(&mut base.env_file, over.env_file);
    field::append(&mut base.expose, over.expose);
    field::append(&mut base.external_links, over.external_links);
    field::append(&mut base.extra_hosts, over.extra_hosts);
    field::text(&mut base.hostname, over.hostname);
    inside(&mut base.healthcheck, over.healthcheck, healthcheck);
    field::text(&mut base.image, over.image);
    field::flag(&mut base.init, over.init);
    field::text(&mut base.ipc, over.ipc);
    field::text(&mut base.isolation, over.isolation);
    field::labels(&mut base.labels, over.labels);
    field::append(&mut base.links, over.links);
    inside(&mut base.logging, over.logging, logging);
    field::text(&mut base.mac_address, over.mac_address);
    field::text(&mut base.network_mode, over.network_mode);
    networks(&mut base.networks, over.networks);
    field::text(&mut base.pid, over.pid);
    field::keyed(&mut base.ports, over.ports, true, |it| {
        it.published.as_ref().map_or(0, |it| it.value)
    });
    field::flag(&mut base.privileged, over.privileged);
    field::flag(&mut base.read_only, over.read_only);
    field::text(&mut base.restart, over.restart);
    field::keyed(&mut base.secrets, over.secrets, true, |it| text(it.source.as_ref()).to_owned());
    field::append(&mut base.security_opt, over.security_opt);
    field::text(&mut base.shm_size, over.shm_size);
    field::flag(&mut base.stdin_open, over.stdin_open);
    field::number(&mut base.stop_grace_period, over.stop_grace_period);
    field::text(&mut base.stop_signal, over.stop_signal);
    field::labels(&mut base.sysctls, over.sysctls);
    field::append(&mut base.tmpfs, over.tmpfs);
    field::flag(&mut base.tty, over.tty);
    field::by_name(&mut base.ulimits, over.ulimits);
    field::text(&mut base.user, over.user);
    field::text(&mut base.userns_mode, over.userns_mode);
    field::keyed(&mut base.volumes, over.volumes, true, |it| text(it.target.as_ref()).to_owned());
    field::text(&mut base.working_dir, over.working_dir);
    extras(&mut base.extras, over.extras);
}

/// Merges what both have; takes what one has.
fn inside<T>(base: &mut Option<T>, over: Option<T>, merge: fn(&mut T, T)) {
    match (base.as_mut(), over) {
        (Some(base), Some(over)) => merge(base, over),
        (None, Some(over)) => *base = Some(over),
        (_, None) => {}
    }
}

/// Lists grow, mappings merge, all else is replaced unless it is empty.
fn extras(base: &mut Vec<Named<crate::yaml::Node>>, over: Vec<Named<crate::yaml::Node>>) {
    for it in over {
        match base.iter_mut().find(|old| old.name.value == it.name.value) {
            Some(old) => node(&mut old.value, it.value),
            None => base.push(it),
        }
    }
}

fn node(base: &mut crate::yaml::Node, over: crate::yaml::Node) {
    use crate::yaml::Value;
    match (&mut base.value, over.value) {
        (Value::Map(base), Value::Map(over)) => {
            for entry in over.entries {
                match base.entries.iter_mut().find(|it| it.key.text == entry.key.text) {
                    Some(old) => node(&mut old.node, entry.node),
                    None => base.entries.push(entry),
                }
            }
        }
        (Value::List(base), Value::List(over)) => base.extend(over),
        (base, over) => {
            let empty = match &over {
                Value::Null | Value::Bool(false) | Value::Int(0) => true,
                Value::Text(text) => text.is_empty(),
                _ => false,
            };
            if !empty {
                *base = over;
            }
        }
    }
}

fn build(base: &mut Build, over: Build) {
    field::text(&mut base.context, over.context);
    field::text(&mut base.dockerfile, over.dockerfile);
    field::variables(&mut base.args, over.args);
    field::labels(&mut base.labels, over.labels);
    field::append(&mut base.cache_from, over.cache_from);
    field::append(&mut base.extra_hosts, over.extra_hosts);
    field::text(&mut base.network, over.network);
    field::text(&mut base.target, over.target);
}

fn credential_spec(base: &mut CredentialSpec, over: CredentialSpec) {
    field::text(&mut base.config, over.config);
    field::text(&mut base.file, over.file);
    field::text(&mut base.registry, over.registry);
}

fn healthcheck(base: &mut Healthcheck, over: Healthcheck) {
    field::append(&mut base.test, over.test);
    field::number(&mut base.timeout, over.timeout);
    field::number(&mut base.interval, over.interval);
    field::pointer(&mut base.retries, over.retries);
    field::number(&mut base.start_period, over.start_period);
    field::number(&mut base.start_interval, over.start_interval);
    field::flag(&mut base.disable, over.disable);
}

/// Options add up when the driver is the same or one side names none, and then only where the
/// base has some; else the override's logging counts alone.
fn logging(base: &mut Logging, over: Logging) {
    let (old, new) = (text(base.driver.as_ref()), text(over.driver.as_ref()));
    if old.is_empty() || new.is_empty() || old == new {
        if let (Some(options), Some(more)) = (&mut base.options, over.options)
            && !options.is_empty()
        {
            field::labels(options, more);
        }
        if old.is_empty() {
            base.driver = over.driver;
        }
    } else {
        *base = over;
    }
}

/// A mapping replaces aliases whole and loses its driver options; a list or null changes nothing.
fn networks(base: &mut Vec<Named<Option<Attachment>>>, over: Vec<Named<Option<Attachment>>>) {
    for it in over {
        let Some(old) = base.iter_mut().find(|old| old.name.value == it.name.value) else {
            base.push(it);
            continue;
        };
        match (&mut old.value, it.value) {
            (Some(old), Some(new)) => {
                old.aliases = new.aliases;
                field::text(&mut old.ipv4_address, new.ipv4_address);
                field::text(&mut old.ipv6_address, new.ipv6_address);
            }
            (old @ None, new) => *old = new,
            (Some(_), None) => {}
        }
    }
}

fn deploy(base: &mut Deploy, over: Deploy) {
    field::text(&mut base.mode, over.mode);
    field::pointer(&mut base.replicas, over.replicas);
    field::labels(&mut base.labels, over.labels);
    inside(&mut base.update_config, over.update_config, update_config);
    inside(&mut base.rollback_config, over.rollback_config, update_config);
    inside(&mut base.resources.limits, over.resources.limits, resource);
    inside(&mut base.resources.reservations, over.resources.reservations, resource);
    inside(&mut base.restart_policy, over.restart_policy, restart_policy);
    placement(&mut base.placement, over.placement);
    field::text(&mut base.endpoint_mode, over.endpoint_mode);
}

fn update_config(base: &mut UpdateConfig, over: UpdateConfig) {
    field::pointer(&mut base.parallelism, over.parallelism);
    field::number(&mut base.delay, over.delay);
    field::text(&mut base.failure_action, over.failure_action);
    field::number(&mut base.monitor, over.monitor);
    field::number(&mut base.max_failure_ratio, over.max_failure_ratio);
    field::text(&mut base.order, over.order);
}

fn resource(base: &mut Resource, over: Resource) {
    field::text(&mut base.cpus, over.cpus);
    field::number(&mut base.memory, over.memory);
    field::number(&mut base.pids, over.pids);
    field::append(&mut base.generic, over.generic);
}

fn restart_policy(base: &mut RestartPolicy, over: RestartPolicy) {
    field::text(&mut base.condition, over.condition);
    field::number(&mut base.delay, over.delay);
    field::pointer(&mut base.max_attempts, over.max_attempts);
    field::number(&mut base.window, over.window);
}

fn placement(base: &mut Placement, over: Placement) {
    if base.place == crate::source::Place::default() {
        base.place = over.place;
    }
    field::append(&mut base.constraints, over.constraints);
    field::append(&mut base.preferences, over.preferences);
    field::number(&mut base.max_replicas_per_node, over.max_replicas_per_node);
}
