//! Facts about well-known images, in tables: where they keep data, which ports they serve, which
//! versions have ended. What a table does not hold is not known.

mod end_of_life;
mod file_variable;
mod product;
mod products;
mod version;

pub use end_of_life::ended;
pub use file_variable::{Both, FileVariable, file_variable, file_variables};
pub use product::{Kind, Known, Product, Tool, known, serving};
pub use version::version;

/// Places that copy Docker Hub's official images.
const MIRRORS: &[&str] = &[
    "docker.io/",
    "index.docker.io/",
    "registry-1.docker.io/",
    "mirror.gcr.io/",
    "public.ecr.aws/docker/",
];

/// The name of an image without Docker Hub's address, tag and digest.
pub fn repository(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    let slash = image.rfind('/').map_or(0, |it| it + 1);
    let image = image[slash..].find(':').map_or(image, |colon| &image[..slash + colon]);
    let image = MIRRORS.iter().find_map(|it| image.strip_prefix(it)).unwrap_or(image);
    image.strip_prefix("library/").unwrap_or(image)
}

/// The name of an image with the registry that it comes from: `docker.io/library/nginx`.
pub fn full_name(image: &str) -> String {
    let name = repository(image);
    match name.split_once('/') {
        Some((host, _)) if host.contains(['.', ':']) || host == "localhost" => name.to_owned(),
        Some(_) => format!("docker.io/{name}"),
        None => format!("docker.io/library/{name}"),
    }
}

/// The tag of an image, as written.
pub fn tag(image: &str) -> Option<&str> {
    let image = image.split('@').next().unwrap_or(image);
    let slash = image.rfind('/').map_or(0, |it| it + 1);
    image[slash..].split_once(':').map(|it| it.1)
}
