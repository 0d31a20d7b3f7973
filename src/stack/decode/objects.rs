//! Networks, volumes, secrets and configs of the stack.

use crate::source::Spanned;
use crate::stack::decode::number::type_name;
use crate::stack::decode::{Decoder, Fields, extras, key_text};
use crate::stack::model::{FileObject, Flag, Network, Text, Volume, is_true};
use crate::stack::problem::{Kind, Object};
use crate::yaml::{Entry, Key, Map, Node, Value};

impl Decoder<'_> {
    pub(super) fn network(&mut self, entry: &Entry) -> Network {
        let node = &entry.node;
        let mut it = Network { place: node.place, ..Network::default() };
        let path = format!("[{}]", entry.key.text);
        let Some(of) = &Fields::of(node, &path) else {
            let found = match &node.value {
                Value::Null => return it,
                Value::List(_) => "slice",
                other => type_name(other),
            };
            // A network's name that is none lets any shape pass the schema.
            let line = format!("'{path}' expected a map, got '{found}'");
            self.refuse(Kind::Undecodable { found: found.to_owned() }, node.place, line);
            return it;
        };
        it.name = self.text(of, "name", "Name");
        it.driver = self.text(of, "driver", "Driver");
        it.driver_opts = self.labels(of, "driver_opts").unwrap_or_default();
        if let Some(of) = of.get("ipam").and_then(|node| Fields::of(node, of.path("Ipam"))) {
            it.ipam_driver = self.text(&of, "driver", "Driver");
            let pools = of.get("config").and_then(Node::as_list).unwrap_or_default();
            for (at, pool) in pools.iter().enumerate() {
                let path = format!("{}[{at}]", of.path("Config"));
                let subnet =
                    Fields::of(pool, path).and_then(|of| self.text(&of, "subnet", "Subnet"));
                it.subnets.push(subnet);
            }
        }
        it.internal = self.flag(of, "internal", "Internal");
        it.attachable = self.flag(of, "attachable", "Attachable");
        it.labels = self.labels(of, "labels").unwrap_or_default();
        (it.external, it.name) = self.external(of, entry, it.name, Object::Network);
        it.extras = extras(node);
        it
    }

    pub(super) fn volume(&mut self, entry: &Entry) -> Volume {
        let node = &entry.node;
        let mut it = Volume { place: node.place, ..Volume::default() };
        let Some(of) = &Fields::of(node, format!("[{}]", entry.key.text)) else { return it };
        it.name = self.text(of, "name", "Name");
        it.driver = self.text(of, "driver", "Driver");
        it.driver_opts = self.labels(of, "driver_opts");
        it.labels = self.labels(of, "labels").unwrap_or_default();
        it.cluster_spec =
            of.get("x-cluster-spec").map(|spec| self.cluster_spec(spec, &entry.key.text));
        let external = external_flag(of);
        if is_true(&external) {
            let options = it.driver_opts.as_ref().is_some_and(|it| !it.is_empty());
            let driver = it.driver.as_ref().is_some_and(|it| !it.value.is_empty());
            let conflict = match () {
                () if driver => Some("driver"),
                () if options => Some("driver_opts"),
                () if !it.labels.is_empty() => Some("labels"),
                () => None,
            };
            if let Some(key) = conflict {
                let docker = format!(
                    "conflicting parameters \"external\" and \"{key}\" specified for volume \"{}\"",
                    entry.key.text
                );
                let place = of.map.entry(key).map_or(node.place, |it| key_text(it).place);
                self.stop(Kind::ExternalConflict { object: Object::Volume, key }, place, docker);
            }
        }
        (it.external, it.name) = self.external(of, entry, it.name, Object::Volume);
        it
    }

    pub(super) fn secret(&mut self, entry: &Entry) -> FileObject {
        self.file_object(entry, Object::Secret)
    }

    pub(super) fn config(&mut self, entry: &Entry) -> FileObject {
        self.file_object(entry, Object::Config)
    }

    fn file_object(&mut self, entry: &Entry, object: Object) -> FileObject {
        let node = &entry.node;
        let mut it = FileObject { place: node.place, ..FileObject::default() };
        let Some(of) = &Fields::of(node, format!("[{}]", entry.key.text)) else { return it };
        it.name = self.text(of, "name", "Name");
        it.file = self.text(of, "file", "File");
        it.labels = self.labels(of, "labels").unwrap_or_default();
        it.driver = self.text(of, "driver", "Driver");
        it.driver_opts = self.labels(of, "driver_opts").unwrap_or_default();
        it.template_driver = self.text(of, "template_driver", "template_driver");
        it.extras = extras(node);
        let name = it.name.take();
        (it.external, it.name) = self.external(of, entry, name, object);
        let written = |text: &Option<Text>| text.as_ref().is_some_and(|it| !it.value.is_empty());
        if is_true(&it.external) {
            return it;
        }
        if written(&it.driver) {
            if written(&it.file) {
                let place = it.file.as_ref().map_or(node.place, |it| it.place);
                let docker = format!(
                    "{0} {1}: {0}.driver and {0}.file conflict; only use {0}.driver",
                    object.word(),
                    entry.key.text
                );
                self.stop(Kind::DriverAndFile, place, docker);
            }
        } else {
            // An absent file leaves the folder itself.
            let file = it.file.take().unwrap_or_else(|| Spanned::new(String::new(), node.place));
            let path = self.absolute(&file.value);
            it.file = Some(Spanned::new(path, file.place));
        }
        it
    }

    /// Whether an object is external, and its name in the swarm.
    fn external(
        &mut self,
        of: &Fields,
        entry: &Entry,
        name: Option<Text>,
        object: Object,
    ) -> (Flag, Option<Text>) {
        let external = external_flag(of);
        if !is_true(&external) {
            return (external, name);
        }
        let (word, key) = (object.word(), &entry.key.text);
        let inner = of.get("external").and_then(|it| it.get("name"));
        let inner = inner.and_then(|it| self.node_text(it, "External.Name"));
        let inner = inner.filter(|it| !it.value.is_empty());
        let own = name.filter(|it| !it.value.is_empty());
        let name = match (inner, own) {
            (Some(inner), Some(_)) => {
                let docker = format!(
                    "{word} {key}: {word}.external.name and {word}.name conflict; only use \
                     {word}.name"
                );
                let kind = Kind::ExternalConflict { object, key: "name" };
                self.stop(kind, inner.place, docker);
                inner
            }
            (Some(inner), None) => {
                let since = if object == Object::Volume { 4 } else { 5 };
                if self.minor >= since {
                    self.note(Kind::ExternalNameDeprecated { object }, inner.place);
                }
                inner
            }
            (None, Some(own)) => own,
            (None, None) => key_text(entry),
        };
        (external, Some(name))
    }

    /// A cluster volume's sizes become numbers of bytes.
    fn cluster_spec(&mut self, spec: &Node, volume: &str) -> Node {
        let mut spec = spec.clone();
        let Value::Map(map) = &mut spec.value else { return spec };
        for entry in &mut map.entries {
            if entry.key.text == "accessibility_requirements" {
                segments(&mut entry.node);
            }
            let Value::Map(range) = &mut entry.node.value else { continue };
            if entry.key.text != "capacity_range" {
                continue;
            }
            let path = format!("[{volume}].x-cluster-spec.capacity_range");
            let sizes = range.clone();
            let of = Fields { map: &sizes, path, any_case: false };
            for entry in &mut range.entries {
                let key = entry.key.text.clone();
                if let Some(bytes) = self.size(&of, &key, &key) {
                    entry.node.value = Value::Text(bytes.value.to_string());
                }
            }
        }
        spec
    }
}

fn external_flag(of: &Fields) -> Flag {
    let node = of.get("external")?;
    match node.value {
        Value::Bool(it) => Some(Spanned::new(it, node.place)),
        Value::Map(_) => Some(Spanned::new(true, node.place)),
        _ => None,
    }
}

/// Lists of `name=value` under `segments` become mappings.
fn segments(requirements: &mut Node) {
    let Value::Map(map) = &mut requirements.value else { return };
    for topologies in &mut map.entries {
        let Value::List(items) = &mut topologies.node.value else { continue };
        for item in items {
            let Value::Map(topology) = &mut item.value else { continue };
            for entry in topology.entries.iter_mut().filter(|it| it.key.text == "segments") {
                if let Some(list) = entry.node.as_list() {
                    let texts = list.iter().filter_map(|it| Some((it.as_text()?, it.place)));
                    let entries = texts.map(|(text, place)| {
                        let (name, value) = text.split_once('=').unwrap_or((text, ""));
                        let key = Key {
                            text: name.to_owned(),
                            span: place.span,
                            is_text: true,
                            via: None,
                        };
                        Entry { key, node: Node::new(Value::Text(value.to_owned()), place) }
                    });
                    entry.node.value = Value::Map(Map { entries: entries.collect() });
                }
            }
        }
    }
}
