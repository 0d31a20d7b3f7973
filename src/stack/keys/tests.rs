//! The table holds together, and the published schema is up to date.

use std::collections::BTreeSet;
use std::path::Path;

use crate::stack::keys::{
    NEWEST, Record, Shape, TOP, Type, Usage, json_schema, known, lookup, places,
};

/// Calls `see` for every shape of the table.
fn each(shape: &'static Shape, see: &mut dyn FnMut(&'static Shape)) {
    see(shape);
    match shape {
        Shape::List { item, .. } => each(item, see),
        Shape::Map(map) => each(map.value, see),
        Shape::Record(record) => record.keys.iter().for_each(|it| each(it.shape, see)),
        Shape::OneOf(them) => them.iter().for_each(|it| each(it, see)),
        Shape::Changed { before, after, .. } => {
            each(before, see);
            each(after, see);
        }
        _ => {}
    }
}

fn each_record(mut see: impl FnMut(&'static Record)) {
    each(&TOP, &mut |it| {
        if let Shape::Record(record) = it {
            see(record);
        }
    });
}

#[test]
fn every_key_is_written_once_and_explained() {
    each_record(|record| {
        let names: BTreeSet<_> = record.keys.iter().map(|it| it.name).collect();
        assert_eq!(names.len(), record.keys.len(), "a key stands twice in {names:?}");
        assert!(record.types.contains(&Type::Mapping), "{names:?}");
        for key in record.keys {
            assert!(key.since <= NEWEST, "{}", key.name);
            assert!(key.doc.ends_with('.') && key.doc.len() <= 250, "{}: {}", key.name, key.doc);
            assert!(!key.doc.contains("  "), "{}: {}", key.name, key.doc);
        }
        assert!(record.required.iter().all(|it| names.contains(it)), "{names:?}");
    });
}

#[test]
fn alternatives_are_told_apart_by_type() {
    each(&TOP, &mut |shape| {
        let Shape::OneOf(them) = shape else { return };
        let mut seen = Vec::new();
        for it in *them {
            assert!(!it.types().is_empty(), "alternatives within alternatives: {shape:?}");
            for kind in it.types() {
                assert!(!seen.contains(kind), "two alternatives take a {kind:?}: {shape:?}");
                seen.push(*kind);
            }
        }
    });
}

#[test]
fn a_key_is_looked_up_by_its_path() {
    for (path, since) in [
        ("version", Some(0)),
        ("services.web.deploy.replicas", Some(0)),
        ("services.web.deploy.resources.limits.pids", Some(9)),
        ("services.web.ports.0.target", Some(0)),
        ("services.web.volumes.3.tmpfs.size", Some(0)),
        ("services.web.networks.front.driver_opts", Some(13)),
        ("services.web.ulimits.nofile.hard", Some(0)),
        ("networks.front.external.name", Some(0)),
        ("services.web", None),
        ("services.web.labels.a", None),
        ("services.web.nonsense", None),
        ("replicas", None),
    ] {
        let path: Vec<_> = path.split('.').collect();
        assert_eq!(lookup(&path).map(|it| it.since), since, "{path:?}");
        assert!(lookup(&path).is_none_or(|it| Some(&it.name) == path.last()));
    }
    assert!(lookup(&[]).is_none());
}

#[test]
fn known_keys_depend_on_the_version() {
    let names = |path: &[&str], minor| known(path, minor).into_iter().map(|it| it.name);
    let limits = ["services", "web", "deploy", "resources", "limits"];
    assert_eq!(names(&limits, 8).collect::<Vec<_>>(), ["cpus", "memory"]);
    assert_eq!(names(&limits, 9).collect::<Vec<_>>(), ["cpus", "memory", "pids"]);
    assert_eq!(names(&["services", "web", "ports", "0"], 1).count(), 0);
    assert_eq!(names(&["services", "web", "ports", "0"], 2).count(), 4);
    assert_eq!(names(&["services"], 13).count(), 0);
    assert!(!names(&["services", "web"], 13).any(|it| it == "extends"));
}

#[test]
fn a_misplaced_key_is_found_elsewhere() {
    assert_eq!(places("replicas", 13), ["services.*.deploy.replicas"]);
    assert_eq!(places("pids", 8), [""; 0]);
    assert_eq!(places("nocopy", 13), ["services.*.volumes.*.volume.nocopy"]);
    assert_eq!(places("nonsense", 13), [""; 0]);
}

#[test]
fn the_keys_that_a_deploy_names_in_warnings() {
    let names = |usage: fn(Usage) -> bool| {
        let keys = known(&["services", "web"], NEWEST).into_iter();
        let mut names: Vec<_> = keys.filter(|it| usage(it.usage)).map(|it| it.name).collect();
        names.sort_unstable();
        names.join(" ")
    };
    assert_eq!(
        names(|it| it == Usage::Unsupported),
        "build cgroup_parent cgroupns_mode devices domainname external_links ipc links mac_address \
         network_mode pid privileged restart security_opt shm_size userns_mode"
    );
    assert_eq!(names(|it| matches!(it, Usage::Deprecated(_))), "container_name expose");
    assert_eq!(names(|it| it == Usage::Ignored), "depends_on oom_score_adj tmpfs");
}

#[test]
fn the_published_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/stack.schema.json");
    let mut schema = serde_json::to_string_pretty(&json_schema(NEWEST)).expect("plain JSON");
    schema.push('\n');
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        std::fs::write(&path, &schema).expect("a file to write to");
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(published == schema, "run `UPDATE=1 cargo test` to write {}", path.display());
}
