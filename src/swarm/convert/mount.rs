//! Mounts of a service.

use crate::source::Named;
use crate::stack::model::{Mount, Service, Volume, is_true, text};
use crate::stack::{Kind, Object, Problem};
use crate::swarm::convert::{Converter, map, owned};
use crate::swarm::spec::{
    BindOptions, ClusterOptions, ImageOptions, Mount as MountSpec, TmpfsOptions, VolumeDriver,
    VolumeOptions,
};

impl Converter<'_> {
    pub(super) fn mounts(&mut self, service: &Named<Service>) -> Vec<MountSpec> {
        let mut found = Vec::new();
        for mount in &service.volumes {
            match self.mount(mount) {
                Ok(spec) => found.push(spec),
                Err((kind, reason)) => {
                    let empty = mount.source.as_ref().filter(|it| it.value.is_empty());
                    let place = empty.map_or(mount.place, |it| it.place);
                    self.refuse(kind, place, reason);
                }
            }
        }
        found
    }

    fn mount(&self, mount: &Mount) -> Result<MountSpec, (Kind, String)> {
        let kind = text(mount.kind.as_ref());
        let source = text(mount.source.as_ref());
        let mut spec = MountSpec {
            kind: kind.to_owned(),
            source: source.to_owned(),
            target: owned(mount.target.as_ref()),
            read_only: is_true(&mount.read_only),
            consistency: owned(mount.consistency.as_ref()),
            ..MountSpec::default()
        };
        check_options(mount, kind).map_err(mismatch)?;
        match kind {
            "" | "volume" => self.volume(mount, &mut spec)?,
            "bind" => {
                if source.is_empty() {
                    return Err(mismatch("invalid bind source, source cannot be empty".to_owned()));
                }
                spec.bind_options = mount.bind.as_ref().map(|it| BindOptions {
                    propagation: owned(it.as_ref()),
                    ..BindOptions::default()
                });
            }
            "tmpfs" => {
                if !source.is_empty() {
                    let reason = "invalid tmpfs source, source must be empty".to_owned();
                    return Err(mismatch(reason));
                }
                spec.tmpfs_options = mount
                    .tmpfs
                    .map(|size_bytes| TmpfsOptions { size_bytes, ..TmpfsOptions::default() });
            }
            "npipe" => {
                if source.is_empty() {
                    let reason = "invalid npipe source, source cannot be empty".to_owned();
                    return Err(mismatch(reason));
                }
                spec.bind_options = mount.bind.as_ref().map(|it| BindOptions {
                    propagation: owned(it.as_ref()),
                    ..BindOptions::default()
                });
            }
            "cluster" => self.cluster(source, &mut spec)?,
            "image" => {
                if source.is_empty() {
                    let reason = "invalid image source, source cannot be empty".to_owned();
                    return Err(mismatch(reason));
                }
                spec.image_options = mount
                    .image
                    .as_ref()
                    .map(|it| ImageOptions { subpath: owned(it.subpath.as_ref()) });
            }
            _ => {
                let reason = "volume type must be volume, bind, tmpfs, npipe, or cluster";
                return Err(mismatch(reason.to_owned()));
            }
        }
        Ok(spec)
    }

    fn defined(&self, source: &str) -> Result<&Named<Volume>, (Kind, String)> {
        self.names.volumes.get(source).copied().ok_or_else(|| {
            let known = self.known(&self.stack.volumes);
            let reason = format!("undefined volume {}", crate::value::quote::quote(source));
            let name = source.to_owned();
            (Kind::Undefined { object: Object::Volume, name, known }, reason)
        })
    }

    /// Names external volumes that do not exist: the nodes would make empty ones.
    pub(super) fn look_up_volumes(&mut self) {
        let Some(known) = &self.existing.volumes else { return };
        for volume in self.stack.volumes.iter().filter(|it| is_true(&it.external)) {
            let name = self.real_name(volume);
            if !known.contains(&name) {
                let (object, known) = (Object::Volume, known.clone());
                let kind = Kind::ExternalMissing { object, name, known, scope: None };
                self.problems.push(Problem::new(kind, volume.name.place));
            }
        }
    }

    fn real_name(&self, volume: &Named<Volume>) -> String {
        match text(volume.value.name.as_ref()) {
            "" => self.scoped(&volume.name.value),
            name => name.to_owned(),
        }
    }

    fn volume(&self, mount: &Mount, spec: &mut MountSpec) -> Result<(), (Kind, String)> {
        // An anonymous volume has no options, whatever is written.
        if spec.source.is_empty() {
            return Ok(());
        }
        let volume = self.defined(&spec.source)?;
        spec.source = self.real_name(volume);
        let mut options = VolumeOptions::default();
        if let Some(written) = &mount.volume {
            options.no_copy = written.nocopy;
            options.subpath = owned(written.subpath.as_ref());
        }
        if !is_true(&volume.external) {
            options.labels = self.namespace_label(map(&volume.labels));
            let driver = text(volume.driver.as_ref());
            if !driver.is_empty() || volume.driver_opts.is_some() {
                options.driver_config = Some(VolumeDriver {
                    name: driver.to_owned(),
                    options: volume.driver_opts.as_ref().map(map).unwrap_or_default(),
                });
            }
        }
        spec.volume_options = Some(options);
        Ok(())
    }

    fn cluster(&self, source: &str, spec: &mut MountSpec) -> Result<(), (Kind, String)> {
        if source.is_empty() {
            return Err(mismatch("invalid cluster source, source cannot be empty".to_owned()));
        }
        spec.cluster_options = Some(ClusterOptions {});
        if !source.starts_with("group:") {
            let volume = self.defined(source)?;
            spec.source = self.real_name(volume);
        }
        Ok(())
    }
}

/// Options of one kind on a mount of another, in the order in which Docker looks.
fn check_options(mount: &Mount, kind: &str) -> Result<(), String> {
    let order: &[&str] = match kind {
        "" | "volume" => &["images", "tmpfs", "bind", "cluster"],
        "bind" => &["volume", "image", "tmpfs", "cluster"],
        "tmpfs" => &["bind", "volume", "image", "cluster"],
        "npipe" => &["volume", "image", "tmpfs"],
        "cluster" => &["tmpfs", "bind", "volume"],
        "image" => &["volume", "bind", "tmpfs", "cluster"],
        _ => &[],
    };
    let kind = if kind.is_empty() { "volume" } else { kind };
    for options in order {
        let written = match *options {
            "volume" => mount.volume.is_some(),
            "image" | "images" => mount.image.is_some(),
            "tmpfs" => mount.tmpfs.is_some(),
            "bind" => mount.bind.is_some(),
            _ => mount.cluster,
        };
        if written {
            return Err(format!("{options} options are incompatible with type {kind}"));
        }
    }
    Ok(())
}

fn mismatch(reason: String) -> (Kind, String) {
    (Kind::MountMismatch { reason: reason.clone() }, reason)
}
