//! What is known about one image.

use crate::image::products::PRODUCTS;
use crate::image::{repository, tag, version};

/// An image that many stacks run, under all its names. Every figure is that of the image's own
/// Dockerfile and start script; where they differ between variants, nothing is said.
#[derive(Debug)]
pub struct Product {
    /// As people write them, without registry where that is Docker Hub, without tag.
    pub names: &'static [&'static str],
    pub kind: Kind,
    /// What it speaks on its ports, such as `PostgreSQL`.
    pub speaks: &'static str,
    /// The ports that its clients use, TCP.
    pub ports: &'static [u32],
    /// Where it keeps what must not be lost, and from which major version on.
    pub data: &'static [(u32, &'static str)],
    /// Whether two processes on one data folder destroy it, or the second one stops.
    pub single_writer: bool,
    pub curl: Tool,
    pub wget: Tool,
    /// Seconds until it serves for the first time on an ordinary machine; 0 where that is short.
    pub boot: u32,
}

/// What an image is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Keeps data that clients rely on.
    Database,
    /// Keeps data, and its members vote: losing most of them stops it.
    Quorum,
    /// Keeps messages.
    Queue,
    /// Keeps what can be made again.
    Cache,
    /// Reverse proxies and load balancers: they see clients.
    Proxy,
    Other,
}

/// Whether a program is in an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Unknown,
    Absent,
    /// Only variants on Alpine have it, as a part of `BusyBox`.
    OnAlpine,
    /// In every variant.
    Present,
}

/// A product and the version of it that a service runs.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub product: &'static Product,
    /// The tag, as written.
    pub tag: Option<&'a str>,
}

/// What is known about an image, which may be written with registry, tag and digest.
pub fn known(image: &str) -> Option<Known<'_>> {
    let name = repository(image);
    let product = PRODUCTS.iter().find(|it| it.names.contains(&name))?;
    Some(Known { product, tag: tag(image) })
}

/// Ports that little else than the product uses.
const WELL_KNOWN: &[u32] = &[1433, 2379, 3306, 5432, 6379, 9042, 9200, 11211, 27017];

/// The product whose clients use a port, where it holds data and little else uses that port.
pub fn serving(port: u32) -> Option<&'static Product> {
    if !WELL_KNOWN.contains(&port) {
        return None;
    }
    let holds_data = |it: &&Product| !matches!(it.kind, Kind::Proxy | Kind::Other);
    PRODUCTS.iter().filter(holds_data).find(|it| it.ports.contains(&port))
}

impl Known<'_> {
    /// The major version; none where the tag does not say.
    pub fn major(&self) -> Option<u32> {
        version(self.tag?).first().copied()
    }

    /// Where this version keeps its data; none where it keeps none, or where that depends on a
    /// version that the tag does not name.
    pub fn data(&self) -> Option<&'static str> {
        let paths = self.product.data;
        match paths {
            [] => None,
            [(_, path)] => Some(path),
            _ => {
                let major = self.major()?;
                paths.iter().rev().find(|(since, _)| major >= *since).map(|(_, path)| *path)
            }
        }
    }

    /// Whether the variant is built on Alpine.
    pub fn is_alpine(&self) -> bool {
        self.tag.is_some_and(|it| it.contains("alpine"))
    }

    /// Whether a program is known not to be in the image.
    pub fn lacks(&self, program: &str) -> bool {
        let tool = match program {
            "curl" => self.product.curl,
            "wget" => self.product.wget,
            _ => Tool::Unknown,
        };
        match tool {
            Tool::Absent => true,
            Tool::OnAlpine => !self.is_alpine() && self.tag.is_some(),
            Tool::Unknown | Tool::Present => false,
        }
    }

    /// Whether the image keeps data that is lost or broken when two tasks write it.
    pub fn is_stateful(&self) -> bool {
        matches!(self.product.kind, Kind::Database | Kind::Quorum | Kind::Queue)
    }
}

#[cfg(test)]
mod tests {
    use super::{PRODUCTS, WELL_KNOWN, known, serving};

    #[test]
    fn images_are_known_by_any_spelling() {
        for image in
            ["postgres:17", "docker.io/library/postgres", "mirror.gcr.io/library/postgres:16"]
        {
            assert_eq!(known(image).map(|it| it.product.speaks), Some("PostgreSQL"), "{image}");
        }
        assert!(known("me/postgres:17").is_none());
        assert!(known("localhost:5000/postgres:17").is_none());
    }

    #[test]
    fn the_place_of_data_depends_on_the_version() {
        let data = |image| known(image).and_then(|it| it.data());
        assert_eq!(data("postgres:17"), Some("/var/lib/postgresql/data"));
        assert_eq!(data("postgres:18-alpine"), Some("/var/lib/postgresql"));
        assert_eq!(data("postgres"), None);
        assert_eq!(data("mysql"), Some("/var/lib/mysql"));
    }

    #[test]
    fn names_are_unique_and_paths_are_absolute() {
        let mut names: Vec<_> = PRODUCTS.iter().flat_map(|it| it.names).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        for it in PRODUCTS {
            assert!(it.data.iter().all(|(_, path)| path.starts_with('/')), "{it:?}");
            assert!(it.data.is_sorted_by_key(|it| it.0), "{it:?}");
            assert!(it.ports.is_empty() || !it.speaks.is_empty(), "{it:?}");
        }
        assert_eq!(serving(5432).map(|it| it.speaks), Some("PostgreSQL"));
        assert!(WELL_KNOWN.iter().all(|it| serving(*it).is_some()));
        // Home Assistant is there as often as ClickHouse.
        assert!(serving(8123).is_none());
    }
}
