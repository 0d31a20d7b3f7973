//! What several rules ask about mounts and the volumes behind them.

use crate::image::Known;
use crate::source::Named;
use crate::stack::model::{Mount, Text, is_true, text};
use crate::stack::{Service, Stack, Volume};

/// A declared volume.
pub(super) fn volume<'a>(stack: &'a Stack, name: &str) -> Option<&'a Named<Volume>> {
    stack.volumes.iter().find(|it| it.name.value == name)
}

/// The name of a volume that each node has for itself, where a mount is one; none where the volume
/// is external or may be reached from every node.
pub(super) fn local_volume<'a>(mount: &'a Mount, stack: &Stack) -> Option<&'a Text> {
    let source = volume_source(mount)?;
    let volume = volume(stack, &source.value).filter(|it| !is_per_task(it))?;
    let plain = volume.driver_opts.as_ref().is_none_or(Vec::is_empty);
    let driver = text(volume.driver.as_ref());
    let is_local = plain && matches!(driver, "" | "local") && !is_true(&volume.external);
    (is_local && volume.cluster_spec.is_none()).then_some(source)
}

/// Whether each task or node has a volume of its own behind one declaration, by a template in its
/// name.
pub(super) fn is_per_task(volume: &Volume) -> bool {
    text(volume.name.as_ref()).contains("{{")
}

/// The name of a volume as a mount gives it.
pub(super) fn volume_source(mount: &Mount) -> Option<&Text> {
    let source = mount.source.as_ref().filter(|_| text(mount.kind.as_ref()) == "volume")?;
    let is_one =
        !source.value.is_empty() && !source.place.is_unset() && !source.value.contains("{{");
    is_one.then_some(source)
}

/// A host path that is mounted, as an absolute path.
pub(super) fn bind_source(mount: &Mount) -> Option<&Text> {
    let source = mount.source.as_ref().filter(|_| text(mount.kind.as_ref()) == "bind")?;
    let is_known =
        !source.value.is_empty() && !source.place.is_unset() && !source.value.contains("{{");
    is_known.then_some(source)
}

/// The mount that holds the data of a known image, if it can be written.
pub(super) fn data_mount<'a>(service: &'a Service, known: &Known) -> Option<&'a Mount> {
    let paths = known.product.data;
    service.volumes.iter().filter(|it| !is_true(&it.read_only)).find(|mount| {
        let target = mount.target.as_ref().map_or("", |it| it.value.trim_end_matches('/'));
        let lasts = matches!(text(mount.kind.as_ref()), "volume" | "bind");
        lasts
            && mount.source.is_some()
            && paths.iter().any(|(_, path)| holds(target, path) || holds(path, target))
    })
}

/// Whether a folder is another one or holds it.
pub(super) fn holds(outer: &str, inner: &str) -> bool {
    let outer = outer.trim_end_matches('/');
    inner.strip_prefix(outer).is_some_and(|it| it.is_empty() || it.starts_with('/'))
}
