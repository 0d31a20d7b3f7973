//! The table of keys: every key of a stack file, the version that brought it, what it may hold and
//! what Swarm does with it.

mod build;
mod deploy;
mod healthcheck;
mod json_schema;
mod mount;
mod network;
mod port;
mod reference;
mod root;
mod secret;
mod service;
mod shape;
#[cfg(test)]
mod tests;
mod volume;

pub use json_schema::json_schema;
pub use root::ROOT;
pub use service::SERVICE;
pub use shape::{KeyDoc, MapShape, Names, Others, Record, Shape, Type, Unknown, Usage};

/// The newest minor version of the format: `3.13`.
pub const NEWEST: u8 = 13;

/// What a stack file as a whole must look like.
pub static TOP: Shape = Shape::Record(&ROOT);

/// What is known about the key at a path, such as `services`, `web`, `deploy`, `replicas`. Places
/// in lists count as a segment.
pub fn lookup(path: &[&str]) -> Option<&'static KeyDoc> {
    let (last, parents) = path.split_last()?;
    records(parents, NEWEST).into_iter().find_map(|it| it.key(last))
}

/// The keys that a mapping may hold, as far as the table names them; none where the user chooses
/// the names.
pub fn known(path: &[&str], minor: u8) -> Vec<&'static KeyDoc> {
    records(path, minor).into_iter().flat_map(|it| it.known(minor)).collect()
}

/// The shapes that a value may have at a path, alternatives told apart.
pub fn shapes(path: &[&str], minor: u8) -> Vec<&'static Shape> {
    path.iter().fold(alternatives(&TOP, minor), |shapes, segment| {
        let inner = shapes.into_iter().filter_map(|it| inside(it, segment));
        inner.flat_map(|it| alternatives(it, minor)).collect()
    })
}

fn records(path: &[&str], minor: u8) -> Vec<&'static Record> {
    let record = |it: &'static Shape| if let Shape::Record(it) = it { Some(*it) } else { None };
    shapes(path, minor).into_iter().filter_map(record).collect()
}

/// What a value holds under a name or at an index.
fn inside(shape: &'static Shape, segment: &str) -> Option<&'static Shape> {
    match shape {
        Shape::List { item, .. } => Some(*item),
        Shape::Map(map) => Some(map.value),
        Shape::Record(record) => record.key(segment).map(|it| it.shape),
        _ => None,
    }
}

/// A shape with its alternatives and versions taken apart. The nesting is that of the table.
fn alternatives(shape: &'static Shape, minor: u8) -> Vec<&'static Shape> {
    match shape {
        Shape::OneOf(them) => them.iter().flat_map(|it| alternatives(it, minor)).collect(),
        Shape::Changed { before, since, after } => {
            alternatives(if minor < *since { before } else { after }, minor)
        }
        _ => vec![shape],
    }
}

/// Where a key exists, each as a path with `*` for what the user names: helps a user who wrote it
/// in the wrong place. In the order of the table.
pub fn places(key: &str, minor: u8) -> Vec<String> {
    let mut found = Vec::new();
    search(&TOP, key, minor, String::new(), &mut found);
    found
}

fn search(shape: &'static Shape, key: &str, minor: u8, path: String, found: &mut Vec<String>) {
    let join =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match shape {
        Shape::List { item, .. } => search(item, key, minor, join("*"), found),
        Shape::Map(map) => search(map.value, key, minor, join("*"), found),
        Shape::OneOf(them) => {
            them.iter().for_each(|it| search(it, key, minor, path.clone(), found));
        }
        Shape::Changed { before, since, after } => {
            search(if minor < *since { before } else { after }, key, minor, path, found);
        }
        Shape::Record(record) => {
            for it in record.known(minor) {
                if it.name == key {
                    found.push(join(key));
                }
                search(it.shape, key, minor, join(it.name), found);
            }
        }
        _ => {}
    }
}
