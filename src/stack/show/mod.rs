//! The merged stack as `docker stack config` prints it: the fields of Docker's types in their
//! order, empty ones left out, mappings sorted.

mod deploy;
mod service;

use crate::source::Named;
use crate::stack::Stack;
use crate::stack::model::{
    FileObject, Flag, Labels, Network, Text, Variable, Volume, is_true, text,
};
use crate::value::duration;
use crate::yaml::emit::{self, Item};
use crate::yaml::{Node, Value};

/// What `docker stack config` prints.
pub fn show(stack: &Stack) -> String {
    let mut out = Fields::default();
    out.text("version", &stack.version);
    let services = stack.services.iter().map(|it| (name(it), service::item(it))).collect();
    out.always("services", sorted(services));
    out.section("networks", &stack.networks, network);
    out.section("volumes", &stack.volumes, volume);
    out.section("secrets", &stack.secrets, file_object);
    out.section("configs", &stack.configs, file_object);
    out.extras(&stack.extras);
    emit::document(&out.item())
}

/// The fields of one record; empty values are left out.
#[derive(Default)]
struct Fields(Vec<(String, Item)>);

impl Fields {
    fn item(self) -> Item {
        Item::Map(self.0)
    }

    fn always(&mut self, key: &str, item: Item) {
        self.0.push((key.to_owned(), item));
    }

    /// Leaves out what is empty.
    fn some(&mut self, key: &str, item: Item) {
        let empty = match &item {
            Item::Null | Item::Bool(false) | Item::Int(0) => true,
            Item::Text(it) => it.is_empty(),
            Item::List(it) => it.is_empty(),
            Item::Map(it) => it.is_empty(),
            _ => false,
        };
        if !empty {
            self.always(key, item);
        }
    }

    fn text(&mut self, key: &str, text: &str) {
        self.some(key, Item::text(text));
    }

    fn word(&mut self, key: &str, it: Option<&Text>) {
        self.text(key, text(it));
    }

    fn flag(&mut self, key: &str, it: &Flag) {
        self.some(key, Item::Bool(is_true(it)));
    }

    fn texts(&mut self, key: &str, it: &[Text]) {
        self.some(key, Item::List(it.iter().map(|it| Item::text(&it.value)).collect()));
    }

    fn labels(&mut self, key: &str, it: &Labels) {
        self.some(key, labels(it));
    }

    fn variables(&mut self, key: &str, it: &[Variable]) {
        let value = |it: &Variable| {
            let value = it.value.as_ref().map_or(Item::Null, |it| Item::text(&it.value));
            (it.name.value.clone(), value)
        };
        self.some(key, sorted(it.iter().map(value).collect()));
    }

    /// A duration of Go's pointer type: zero is shown.
    fn duration(&mut self, key: &str, it: Option<&crate::source::Spanned<i64>>) {
        if let Some(it) = it {
            self.text(key, &duration::format(it.value));
        }
    }

    fn section<T>(&mut self, key: &str, all: &[Named<T>], item: fn(&T) -> Item) {
        self.some(key, sorted(all.iter().map(|it| (name(it), item(&it.value))).collect()));
    }

    fn extras(&mut self, extras: &[Named<Node>]) {
        let mut items: Vec<_> = extras.iter().map(|it| (name(it), node(&it.value))).collect();
        items.sort_by(|a, b| emit::natural(&a.0, &b.0));
        self.0.extend(items);
    }
}

fn name<T>(it: &Named<T>) -> String {
    it.name.value.clone()
}

/// A mapping of free keys, in the order in which Docker's library prints them.
fn sorted(mut entries: Vec<(String, Item)>) -> Item {
    entries.sort_by(|a, b| emit::natural(&a.0, &b.0));
    Item::Map(entries)
}

fn labels(it: &Labels) -> Item {
    sorted(it.iter().map(|it| (name(it), Item::text(&it.value.value))).collect())
}

/// A tree as it stands.
fn node(it: &Node) -> Item {
    match &it.value {
        Value::Null => Item::Null,
        Value::Bool(it) => Item::Bool(*it),
        Value::Int(it) => Item::Int((*it).into()),
        Value::Uint(it) => Item::Int((*it).into()),
        Value::Float(it) => Item::Float(*it),
        Value::Timestamp(it) => Item::Raw(it.rfc3339.clone()),
        Value::Text(it) => Item::text(it),
        Value::List(items) => Item::List(items.iter().map(node).collect()),
        Value::Map(map) => {
            sorted(map.entries.iter().map(|it| (it.key.text.clone(), node(&it.node))).collect())
        }
    }
}

fn network(it: &Network) -> Item {
    let mut out = Fields::default();
    out.word("name", it.name.as_ref());
    out.word("driver", it.driver.as_ref());
    out.labels("driver_opts", &it.driver_opts);
    let mut ipam = Fields::default();
    ipam.word("driver", it.ipam_driver.as_ref());
    let pool = |it: &Option<Text>| {
        let mut pool = Fields::default();
        pool.word("subnet", it.as_ref());
        pool.item()
    };
    ipam.some("config", Item::List(it.subnets.iter().map(pool).collect()));
    out.some("ipam", ipam.item());
    out.flag("external", &it.external);
    out.flag("internal", &it.internal);
    out.flag("attachable", &it.attachable);
    out.labels("labels", &it.labels);
    if is_true(&it.external) {
        out.extras(&it.extras);
    }
    out.item()
}

fn volume(it: &Volume) -> Item {
    let mut out = Fields::default();
    out.word("name", it.name.as_ref());
    out.word("driver", it.driver.as_ref());
    if let Some(options) = &it.driver_opts {
        out.labels("driver_opts", options);
    }
    out.flag("external", &it.external);
    out.labels("labels", &it.labels);
    if let Some(spec) = &it.cluster_spec {
        out.some("x-cluster-spec", node_in_order(spec));
    }
    out.item()
}

/// As `node`, with the order of the file kept.
fn node_in_order(it: &Node) -> Item {
    match &it.value {
        Value::Map(map) => {
            let entry = |it: &crate::yaml::Entry| (it.key.text.clone(), node_in_order(&it.node));
            Item::Map(map.entries.iter().map(entry).collect())
        }
        _ => node(it),
    }
}

fn file_object(it: &FileObject) -> Item {
    let mut out = Fields::default();
    out.word("name", it.name.as_ref());
    out.word("file", it.file.as_ref());
    out.flag("external", &it.external);
    out.labels("labels", &it.labels);
    out.word("driver", it.driver.as_ref());
    out.labels("driver_opts", &it.driver_opts);
    out.word("template_driver", it.template_driver.as_ref());
    out.extras(&it.extras);
    out.item()
}
