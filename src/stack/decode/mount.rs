//! `volumes` of a service, short and long.

use crate::source::{Spanned, Written};
use crate::stack::decode::number::signed;
use crate::stack::decode::{Decoder, Fields};
use crate::stack::model::{Mount, Text, VolumeOptions, is_true, text};
use crate::stack::problem::{Grammar, Kind};
use crate::value::{Part, mount, path};
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    pub(super) fn mounts(&mut self, of: &Fields) -> Vec<Mount> {
        let items = of.get("volumes").and_then(Node::as_list).unwrap_or_default();
        let mut found = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match &item.value {
                Value::Map(_) => found.extend(self.long_mount(item, at)),
                Value::Text(text) => found.extend(self.short_mount(item, text, at)),
                Value::Timestamp(_) => {
                    self.node_text(item, &format!("Volumes[{at}]"));
                }
                _ => {}
            }
        }
        found
    }

    fn short_mount(&mut self, item: &Node, spec: &str, at: usize) -> Option<Mount> {
        let short = match mount::parse(spec) {
            Ok(short) => short,
            Err(reason) => {
                let line = format!("error decoding 'Volumes[{at}]': {reason}");
                self.refuse_value(Grammar::Mount, spec, &reason, item.place, line);
                return None;
            }
        };
        let part = |part: &Part| Spanned::new(part.text.clone(), item.place.inner(&part.range));
        let volume = VolumeOptions { nocopy: true, subpath: None };
        for option in &short.ignored_options {
            let place = item.place.inner(&option.range);
            self.note(Kind::IgnoredOption { option: option.text.clone() }, place);
        }
        Some(Mount {
            place: item.place,
            kind: Some(Spanned::new(short.kind.as_str().to_owned(), item.place)),
            source: short.source.as_ref().map(part),
            target: Some(part(&short.target)),
            read_only: short.read_only.then(|| Spanned::new(true, item.place)),
            bind: short.propagation.as_ref().map(|it| Some(part(it))),
            volume: short.nocopy.then_some(volume),
            short: true,
            ..Mount::default()
        })
    }

    fn long_mount(&mut self, item: &Node, at: usize) -> Option<Mount> {
        let of = &Fields::of(item, format!("Volumes[{at}]"))?;
        let mut it = Mount {
            place: item.place,
            kind: self.text(of, "type", "Type"),
            source: self.text(of, "source", "Source"),
            target: self.text(of, "target", "Target"),
            read_only: self.flag(of, "read_only", "read_only"),
            consistency: self.text(of, "consistency", "Consistency"),
            ..Mount::default()
        };
        let options = |key: &str, field: &str| {
            of.get(key).and_then(|node| Fields::open(node, of.path(field)))
        };
        if let Some(of) = options("bind", "Bind") {
            it.bind = Some(self.text(&of, "propagation", "Propagation"));
        }
        if let Some(of) = options("volume", "Volume") {
            it.volume = Some(self.volume_options(&of));
        }
        if let Some(of) = options("tmpfs", "Tmpfs") {
            it.tmpfs = Some(of.get("size").and_then(signed).unwrap_or(0));
        }
        if let Some(of) = options("image", "Image") {
            it.image = Some(self.volume_options(&of));
        }
        it.cluster = options("cluster", "Cluster").is_some();
        Some(it)
    }

    fn volume_options(&mut self, of: &Fields) -> VolumeOptions {
        let nocopy = self.flag(of, "nocopy", "nocopy");
        let subpath = self.text(of, "subpath", "subpath");
        VolumeOptions { nocopy: is_true(&nocopy), subpath }
    }

    /// Makes the sources of bind mounts absolute, after all else of the service is read.
    pub(super) fn resolve_bind_sources(&mut self, mounts: &mut [Mount]) {
        for it in mounts {
            if text(it.kind.as_ref()) != "bind" {
                continue;
            }
            match &mut it.source {
                Some(source) if !source.value.is_empty() => self.resolve(source),
                _ => {
                    let docker = "invalid mount config for type \"bind\": field Source must not \
                                  be empty";
                    let place = it.source.as_ref().map_or(it.place, |it| it.place);
                    self.stop(Kind::BindWithoutSource, place, docker);
                }
            }
        }
    }

    fn resolve(&mut self, source: &mut Text) {
        let home = self.environment.get("HOME").map(String::as_str).filter(|it| !it.is_empty());
        let resolved = path::resolve_bind(&source.value, home, &self.folder());
        if resolved.home_missing {
            self.note(Kind::HomeUnset, source.place);
        }
        if resolved.path != source.value {
            source.place.written = Written::Encoded;
            source.value = resolved.path;
        }
    }
}
