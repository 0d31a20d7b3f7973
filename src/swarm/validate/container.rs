//! Placeholders, image, mount points and health check of a container.

use crate::swarm::spec::{ContainerSpec, HealthConfig, Map, Mount};
use crate::swarm::validate::refusal::{Field, INVALID, Refusal};
use crate::swarm::validate::template::expand;
use crate::value::image;
use crate::value::quote::quote;
use std::collections::BTreeMap;

/// A health check's times are 0 or at least this: a millisecond.
const LEAST_TIME: i64 = 1_000_000;

pub(crate) fn all(container: &ContainerSpec) -> Vec<Refusal> {
    let mut refusals = env(&container.env);
    let mut targets = Vec::new();
    for (index, mount) in container.mounts.iter().enumerate() {
        refusals.extend(placeholders(index, mount));
        targets.push(expand(&mount.target).unwrap_or_default());
    }
    refusals.extend(hostname(&container.hostname));
    refusals.extend(image(&container.image));
    refusals.extend(mount_points(&targets));
    refusals.extend(container.healthcheck.iter().flat_map(health));
    refusals
}

fn env(entries: &[String]) -> Vec<Refusal> {
    let one = |(index, entry): (usize, &String)| {
        let why = expand(entry.split_once('=')?.1).err()?;
        let field = Field::item("TaskTemplate.ContainerSpec.Env[]", index);
        let message = format!("expanding env failed: expanding env {}: {why}", quote(entry));
        Some(Refusal::new(field, INVALID, message))
    };
    entries.iter().enumerate().filter_map(one).collect()
}

fn placeholders(index: usize, mount: &Mount) -> Vec<Refusal> {
    const LABELS: &str = "TaskTemplate.ContainerSpec.Mounts[].VolumeOptions.Labels";
    const OPTIONS: &str = "TaskTemplate.ContainerSpec.Mounts[].VolumeOptions.DriverConfig.Options";

    let refused = |path: &'static str, what: &str, why: &str| {
        let message = format!("expanding mounts failed: expanding {what}: {why}");
        Refusal::new(Field::item(path, index), INVALID, message)
    };
    let text = |path, what: &str, text: &str| {
        let why = expand(text).err()?;
        Some(refused(path, &format!("mount {what} {}", quote(text)), &why))
    };
    let map = |path, what: &str, map: &Map| {
        let (key, value, why) = map
            .iter()
            .find_map(|(key, value)| Some((quote(key), quote(value), expand(value).err()?)))?;
        Some(refused(path, what, &format!("expanding map entry {key}={value}: {why}")))
    };
    let options = mount.volume_options.as_ref();
    let driver = options.and_then(|it| it.driver_config.as_ref());
    [
        text("TaskTemplate.ContainerSpec.Mounts[].Source", "source", &mount.source),
        text("TaskTemplate.ContainerSpec.Mounts[].Target", "target", &mount.target),
        options.and_then(|it| map(LABELS, "volume labels", &it.labels)),
        driver.and_then(|it| map(OPTIONS, "volume driver config", &it.options)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn hostname(hostname: &str) -> Option<Refusal> {
    let why = expand(hostname).err()?;
    let field = Field::of("TaskTemplate.ContainerSpec.Hostname");
    Some(Refusal::new(field, INVALID, format!("expanding hostname failed: {why}")))
}

fn image(image: &str) -> Option<Refusal> {
    let message = if image.is_empty() {
        "ContainerSpec: image reference must be provided".to_owned()
    } else if image::parse(image).is_err() || is_identifier(image) {
        format!("ContainerSpec: {} is not a valid repository/tag", quote(image))
    } else {
        return None;
    };
    Some(Refusal::new(Field::of("TaskTemplate.ContainerSpec.Image"), INVALID, message))
}

/// An image's identifier, which Docker's client takes for a reference.
fn is_identifier(image: &str) -> bool {
    image.len() == 64 && image.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// `targets` are expanded; none where the placeholders' values cannot be told.
fn mount_points(targets: &[Option<String>]) -> Vec<Refusal> {
    const TARGET: &str = "TaskTemplate.ContainerSpec.Mounts[].Target";

    let mut taken = BTreeMap::new();
    let mut refusals = Vec::new();
    for (index, target) in targets.iter().enumerate() {
        let Some(target) = target else { continue };
        let first = *taken.entry(target).or_insert(index);
        if first != index {
            let message = format!("ContainerSpec: duplicate mount point: {target}");
            let refusal = Refusal::new(Field::item(TARGET, index), INVALID, message);
            refusals.push(refusal.because_of(Field::item(TARGET, first)));
        }
    }
    refusals
}

fn health(check: &HealthConfig) -> Vec<Refusal> {
    let refused = |path, message: String| Refusal::new(Field::of(path), INVALID, message);
    let times = [
        ("TaskTemplate.ContainerSpec.Healthcheck.Interval", "Interval", check.interval),
        ("TaskTemplate.ContainerSpec.Healthcheck.Timeout", "Timeout", check.timeout),
        ("TaskTemplate.ContainerSpec.Healthcheck.StartPeriod", "StartPeriod", check.start_period),
        (
            "TaskTemplate.ContainerSpec.Healthcheck.StartInterval",
            "StartInterval",
            check.start_interval,
        ),
    ];
    let too_short = times.into_iter().filter(|&(_, _, time)| time != 0 && time < LEAST_TIME);
    let mut refusals: Vec<_> = too_short
        .map(|(path, word, _)| {
            refused(path, format!("ContainerSpec: {word} in HealthConfig cannot be less than 1ms"))
        })
        .collect();
    // The Engine hands the number on in 32 bits.
    if (check.retries as i32) < 0 {
        let message = "ContainerSpec: Retries in HealthConfig cannot be negative";
        let path = "TaskTemplate.ContainerSpec.Healthcheck.Retries";
        refusals.push(refused(path, message.to_owned()));
    }
    refusals
}
