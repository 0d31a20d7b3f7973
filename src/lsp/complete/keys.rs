//! Keys, with what follows them.

use gen_lsp_types::CompletionItemKind;

use crate::lsp::complete::Context;
use crate::lsp::complete::item::Item;
use crate::lsp::place::Slot;
use crate::lsp::trees;
use crate::stack::keys::{self, KeyDoc, NEWEST, Shape, Type, Usage};
use crate::yaml::Node;

/// The keys that may be written here and are not there yet; where a list belongs, its dash.
pub(super) fn of(context: &Context) -> Vec<Item> {
    let shapes = context.shapes();
    let mut found = Vec::new();
    let present = present(context);
    for shape in &shapes {
        match shape {
            Shape::Record(record) => {
                for it in record.known(NEWEST) {
                    let is_there = present.iter().any(|own| own == it.name);
                    if !is_there && !found.iter().any(|own: &Item| own.label == it.name) {
                        found.push(key(context, it, record.required.contains(&it.name)));
                    }
                }
            }
            Shape::List { .. } if context.place.slot == Slot::Key && !context.place.flow => {
                found.extend(items(context));
            }
            Shape::Map(_) if context.place.slot == Slot::Key => {
                found.extend(super::names::keys(context));
                found.extend(super::variables::keys(context));
            }
            _ => {}
        }
    }
    // What Swarm takes no notice of comes last, and what is better left out.
    found.sort_by_key(|it| it.is_dead || it.label == "version");
    found.retain(|it| !present.contains(&it.label));
    found
}

/// The keys that the mapping has besides the one that is being typed.
fn present(context: &Context) -> Vec<String> {
    let map = trees::at(context.root, &context.place.path).and_then(Node::as_map);
    let typed = &context.place.typed;
    let others = map.into_iter().flat_map(|it| &it.entries).filter(|it| {
        it.key.via.is_none() && (it.key.span.end() < typed.start || it.key.span.start() > typed.end)
    });
    others.map(|it| it.key.text.clone()).collect()
}

/// Items of a list that begins here, each with its dash.
fn items(context: &Context) -> Vec<Item> {
    let mut path = context.place.path.clone();
    path.push("0".to_owned());
    let place = crate::lsp::place::Place { path, slot: Slot::Item, ..context.place.clone() };
    let inner = Context { place: &place, folder: context.folder.clone(), ..*context };
    let mut found = super::values(&inner);
    found.extend(of(&inner));
    for it in &mut found {
        it.insert.insert_str(0, "- ");
        it.label.insert_str(0, "- ");
        if it.insert.contains('\n') {
            it.insert = it.insert.replace('\n', "\n  ");
        }
        it.kind = CompletionItemKind::Value;
    }
    if found.is_empty() {
        found.push(Item::word("- ").detail("an item of the list"));
    }
    found
}

fn key(context: &Context, it: &'static KeyDoc, required: bool) -> Item {
    let mut path = context.place.path.clone();
    path.push(it.name.to_owned());
    let mut item = Item::word(it.name).of_kind(CompletionItemKind::Property).key(&path);
    item = item.snippet(if context.place.flow {
        format!("{}: {}", it.name, inline(it.shape))
    } else {
        format!("{}:{}", it.name, below(it))
    });
    item.is_dead = it.usage != Usage::Used;
    let since = (it.since > 0).then(|| format!("since 3.{}", it.since));
    let usage = match it.usage {
        Usage::Used => required.then(|| "required".to_owned()),
        _ => Some("ignored by Swarm".to_owned()),
    };
    let words: Vec<String> = [Some(kind(it.shape)), usage, since].into_iter().flatten().collect();
    item.detail(words.join(", "))
}

/// What follows a key and its colon, as a snippet.
fn below(key: &KeyDoc) -> String {
    if key.usage != Usage::Used {
        return " $0".to_owned();
    }
    match first(key.shape) {
        Shape::Record(record) => match record.required.first() {
            Some(it) => format!("\n  {it}: $0"),
            None => "\n  $0".to_owned(),
        },
        Shape::List { item, .. } => match first(item) {
            Shape::Record(_) => "\n  - $0".to_owned(),
            shape => format!("\n  - {}", inline(shape)),
        },
        Shape::Map(_) => match key.name {
            "services" => "\n  ${1:web}:\n    image: $0".to_owned(),
            _ => "\n  $0".to_owned(),
        },
        shape => format!(" {}", inline(shape)),
    }
}

/// What stands in the line of a key, as a snippet.
fn inline(shape: &'static Shape) -> String {
    match first(shape) {
        Shape::Enum(words) => format!("${{1|{}|}}", words.join(",")),
        Shape::Plain([Type::Bool]) => "${1|true,false|}".to_owned(),
        Shape::Record(_) | Shape::Map(_) => "{ $0 }".to_owned(),
        Shape::List { .. } => "[$0]".to_owned(),
        _ => "$0".to_owned(),
    }
}

/// Of several shapes the one that is written most: a list before a text, a mapping before a list.
fn first(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::OneOf(them) => {
            let rank = |it: &&'static Shape| match it {
                Shape::Map(_) => 0,
                Shape::List { .. } => 1,
                Shape::Record(_) => 2,
                _ => 3,
            };
            let is_networks = them
                .iter()
                .any(|it| matches!(it, Shape::Map(map) if !matches!(map.value, Shape::Plain(_))));
            let best = them.iter().min_by_key(|it| {
                if is_networks && matches!(it, Shape::Map(_)) { 2 } else { rank(it) }
            });
            best.map_or(shape, first)
        }
        Shape::Changed { after, .. } => first(after),
        _ => shape,
    }
}

/// What a value is, in a word or two.
pub(in crate::lsp) fn kind(shape: &'static Shape) -> String {
    let word = match shape {
        Shape::Any => "anything",
        Shape::Plain(types) => {
            let words: Vec<_> = types.iter().map(|it| type_word(*it)).collect();
            return words.join(" or ");
        }
        Shape::Duration { .. } => "duration",
        Shape::Port(_) => "port",
        Shape::Enum(words) => return words.join(" or "),
        Shape::Size => "whole number",
        Shape::List { item, .. } => return format!("list of {}", plural(&kind(first(item)))),
        Shape::Map(_) | Shape::Record(_) => "mapping",
        Shape::OneOf(them) => {
            let mut words: Vec<String> = Vec::new();
            for word in them.iter().map(kind) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            return words.join(" or ");
        }
        Shape::Changed { after, .. } => return kind(after),
    };
    word.to_owned()
}

fn plural(word: &str) -> String {
    if word.contains(' ') || word.ends_with('s') { word.to_owned() } else { format!("{word}s") }
}

fn type_word(it: Type) -> &'static str {
    match it {
        Type::Text => "text",
        Type::Number => "number",
        Type::Integer => "whole number",
        Type::Bool => "true or false",
        Type::Mapping => "mapping",
        Type::List => "list",
        Type::Null => "nothing",
    }
}

/// What is known about the key at a path.
pub(in crate::lsp) fn lookup(path: &[String]) -> Option<&'static KeyDoc> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    keys::lookup(&path)
}
