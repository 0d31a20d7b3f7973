//! What several rules read in the labels and options of Traefik.

use crate::image;
use crate::rules::services::image;
use crate::source::Named;
use crate::stack::Service;
use crate::stack::model::{Labels, Text};

/// The start of every label of Traefik, which does not mind the case.
const PREFIX: &str = "traefik.";

/// The labels for Traefik among others.
pub(super) fn labels(all: &Labels) -> impl Iterator<Item = &Named<Text>> {
    all.iter().filter(|it| {
        it.name.value.get(..PREFIX.len()).is_some_and(|it| it.eq_ignore_ascii_case(PREFIX))
    })
}

/// The labels for Traefik of a service, where Traefik looks for them; none where it is told to pass
/// the service over.
pub(super) fn of_service(service: &Service) -> Vec<&Named<Text>> {
    let Some(deploy) = &service.deploy else { return Vec::new() };
    let found: Vec<_> = labels(&deploy.labels).collect();
    let is_off = |it: &&Named<Text>| {
        it.name.value.eq_ignore_ascii_case("traefik.enable")
            && !matches!(it.value.value.as_str(), "true" | "True" | "TRUE" | "1" | "t" | "T")
    };
    if found.iter().any(is_off) { Vec::new() } else { found }
}

/// The name of the router that a label is about, and the option that it sets.
pub(super) fn router(label: &str) -> Option<(&str, &str)> {
    let mut parts = label.splitn(5, '.');
    let (_, protocol, section) = (parts.next()?, parts.next()?, parts.next()?);
    let known = matches!(protocol.to_ascii_lowercase().as_str(), "http" | "tcp" | "udp")
        && section.eq_ignore_ascii_case("routers");
    known.then_some((parts.next()?, parts.next().unwrap_or_default()))
}

/// The major version of Traefik that a service runs, where its image is Traefik's and says so.
pub(super) fn version(service: &Service) -> Option<u32> {
    let image = &image(service)?.value;
    let is_traefik = image::repository(image) == "traefik";
    is_traefik.then(|| image::version(image::tag(image)?).first().copied()).flatten()
}

/// The command-line options of a service, without dashes, in lower case, and where they stand.
pub(super) fn options(service: &Service) -> impl Iterator<Item = (String, &Text)> {
    let words = service.command.iter().chain(&service.entrypoint).flatten();
    words.filter(|it| it.value.starts_with("--")).map(|it| {
        let text = it.value.trim_start_matches('-').to_ascii_lowercase();
        (text, it)
    })
}
