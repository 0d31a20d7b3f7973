//! Lists of a service that stand in a short and a long form: secrets, configs, networks, hosts.

use rustc_hash::FxHashSet;

use crate::source::{Named, Spanned};
use crate::stack::decode::fields::scalar_text;
use crate::stack::decode::number::go_value;
use crate::stack::decode::{Decoder, Fields, key_text};
use crate::stack::model::{Attachment, FileReference, Texts};
use crate::value::extra_host;
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    /// The service's secrets or configs.
    pub(super) fn file_references(
        &mut self,
        of: &Fields,
        key: &str,
        field: &str,
    ) -> Vec<FileReference> {
        let items = of.get(key).and_then(Node::as_list).unwrap_or_default();
        let mut found = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let mut it = FileReference { place: item.place, ..FileReference::default() };
            if let Some(of) = &Fields::open(item, format!("{field}[{at}]")) {
                it.source = self.text(of, "source", "Source");
                it.target = self.text(of, "target", "Target");
                it.uid = self.text(of, "uid", "UID");
                it.gid = self.text(of, "gid", "GID");
                it.mode = self.unsigned32(of, "mode", "Mode");
            } else if let Value::Text(text) = &item.value {
                it.source = Some(Spanned::new(text.clone(), item.place));
            } else {
                if let Value::Timestamp(_) = item.value {
                    self.node_text(item, &format!("{field}[{at}]"));
                }
                continue;
            }
            found.push(it);
        }
        found
    }

    /// The networks of a service; in list form without options.
    pub(super) fn attachments(&mut self, of: &Fields) -> Vec<Named<Option<Attachment>>> {
        let mut found: Vec<Named<Option<Attachment>>> = Vec::new();
        match of.get("networks").map(|it| &it.value) {
            Some(Value::List(items)) => {
                let mut names = FxHashSet::default();
                for item in items {
                    let Some(name) = self.list_item(item) else { continue };
                    if names.insert(name.value.clone()) {
                        found.push(Named { name, value: None });
                    }
                }
            }
            Some(Value::Map(map)) => {
                for entry in &map.entries {
                    let path = format!("Networks[{}]", entry.key.text);
                    let value = self.attachment(&entry.node, path);
                    found.push(Named { name: key_text(entry), value });
                }
            }
            _ => {}
        }
        found
    }

    fn attachment(&mut self, node: &Node, path: String) -> Option<Attachment> {
        let of = &Fields::of(node, path)?;
        Some(Attachment {
            place: node.place,
            aliases: self.texts(of, "aliases", "Aliases"),
            ipv4_address: self.text(of, "ipv4_address", "ipv4_address"),
            ipv6_address: self.text(of, "ipv6_address", "ipv6_address"),
            driver_opts: self.labels(of, "driver_opts").unwrap_or_default(),
        })
    }

    /// `host:address`, from a list or from a mapping; the mapping's come sorted.
    pub(super) fn extra_hosts(&mut self, of: &Fields) -> Texts {
        match of.get("extra_hosts").map(|it| &it.value) {
            Some(Value::List(items)) => {
                let mut found = Texts::new();
                for item in items {
                    let Some(text) = self.list_item(item) else { continue };
                    if let Some(host) = extra_host::from_item(&text) {
                        let line = format!("{}:{}", host.name, host.address);
                        found.push(Spanned::new(line, text.place));
                    }
                }
                found
            }
            Some(Value::Map(map)) => {
                let mut found = Texts::new();
                for entry in &map.entries {
                    if let Some(text) = host_line(&entry.key.text, &entry.node) {
                        found.push(Spanned::new(text, entry.node.place));
                    }
                }
                found.sort_by(|a, b| a.value.cmp(&b.value));
                found
            }
            _ => Texts::new(),
        }
    }
}

/// Docker prints numbers here with a verb for text, and so shows Go's complaint.
fn host_line(host: &str, node: &Node) -> Option<String> {
    match &node.value {
        Value::Null => None,
        Value::Text(address) => {
            let inner = address.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
            let address = inner.filter(|_| address.len() > 2).unwrap_or(address);
            Some(format!("{host}:{address}"))
        }
        Value::Timestamp(_) => Some(format!("{host}:{}", scalar_text(node)?)),
        other => {
            let kind = crate::stack::decode::number::type_name(other);
            Some(format!("{host}:%!s({kind}={})", go_value(other)))
        }
    }
}
