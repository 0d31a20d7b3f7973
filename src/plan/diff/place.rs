//! Where a stack file says what a field of a spec holds.

use crate::plan::diff::Difference;
use crate::source::{Named, Place, Span};
use crate::stack::model::{FileReference, Service, text};

/// The place of a service's field: as near as the stack file has it.
pub(super) fn of(service: &Named<Service>, it: &Difference, name: &str) -> Option<Span> {
    found(service, it, name).map(|it| it.span)
}

fn found(service: &Named<Service>, it: &Difference, name: &str) -> Option<Place> {
    let key = it.keys.first().map(String::as_str);
    let top = name.split([' ', '.']).next().unwrap_or_default();
    let exact = match (top, key) {
        ("image", _) => service.image.as_ref().map(|it| it.place),
        ("hostname", _) => service.hostname.as_ref().map(|it| it.place),
        ("environment", Some(key)) => {
            service.environment.iter().find(|it| it.name.value == key).map(|it| it.place)
        }
        ("labels", Some(key)) => {
            service.labels.iter().find(|it| it.name.value == key).map(|it| it.value.place)
        }
        ("volumes", Some(key)) => {
            let mount = service.volumes.iter().find(|it| text(it.target.as_ref()) == key);
            mount.map(|it| it.place)
        }
        ("secrets", Some(key)) => reference(&service.secrets, key),
        ("configs", Some(key)) => reference(&service.configs, key),
        ("ports", Some(key)) => port(service, key),
        ("deploy", _) => deploy(service, name, key),
        _ => None,
    };
    exact.or_else(|| service.key(top))
}

fn reference(all: &[FileReference], target: &str) -> Option<Place> {
    let named = |it: &&FileReference| text(it.target.as_ref().or(it.source.as_ref())) == target;
    all.iter().find(named).map(|it| it.place)
}

fn port(service: &Service, key: &str) -> Option<Place> {
    let number = |it: &Option<crate::source::Spanned<u32>>| it.as_ref().map_or(0, |it| it.value);
    let published: u32 = key.split([':', '/']).next()?.parse().ok()?;
    let own = |it: &&crate::stack::model::Port| {
        number(&it.published) == published || number(&it.target) == published
    };
    service.ports.iter().find(own).map(|it| it.place)
}

fn deploy(service: &Service, name: &str, key: Option<&str>) -> Option<Place> {
    let deploy = service.deploy.as_ref()?;
    let mut words = name.split([' ', '.']).skip(1);
    match words.next()? {
        "labels" => {
            let label = deploy.labels.iter().find(|it| Some(it.name.value.as_str()) == key);
            label.map(|it| it.value.place)
        }
        "mode" => deploy.mode.as_ref().map(|it| it.place),
        "replicas" => deploy.replicas.as_ref().map(|it| it.place),
        "endpoint_mode" => deploy.endpoint_mode.as_ref().map(|it| it.place),
        "update_config" => deploy.update_config.as_ref().map(|it| it.place),
        "rollback_config" => deploy.rollback_config.as_ref().map(|it| it.place),
        "restart_policy" => deploy.restart_policy.as_ref().map(|it| it.place),
        "placement" => {
            let constraints = deploy.placement.constraints.iter();
            let own = constraints.clone().find(|it| Some(it.value.as_str()) == key);
            own.map(|it| it.place)
        }
        "resources" => match words.next()? {
            "limits" => deploy.resources.limits.as_ref().map(|it| it.place),
            _ => deploy.resources.reservations.as_ref().map(|it| it.place),
        },
        _ => None,
    }
    .or(Some(deploy.place))
}
