//! Image references such as `registry.example.com:5000/app:1.2@sha256:…`.

mod plain;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::value::digest::{self, is_hexadecimal};
use crate::value::quote::lower_text;
use crate::value::{Part, Refusal};

const DEFAULT_DOMAIN: &str = "docker.io";
const LEGACY_DOMAIN: &str = "index.docker.io";
const OFFICIAL: &str = "library/";
const LONGEST_PATH: usize = 255;

/// The grammar of distribution/reference: domain, path, tag, digest.
static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    let domain = format!(r"(?:{label}(?:\.{label})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?");
    let component = "[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*";
    let path = format!("{component}(?:/{component})*");
    let tag = "[0-9A-Za-z_][0-9A-Za-z_.-]{0,127}";
    let algorithm = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*";
    let digest = format!("{algorithm}:[0-9A-Fa-f]{{32,}}");
    Regex::new(&format!("^(?:({domain})/)?({path})(?::({tag}))?(?:@({digest}))?$")).ok()
});

/// Which image a service runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// The registry, `docker.io` by default; empty for a bare identifier, and where Docker takes
    /// what looks like one for a part of the repository, as with the `_` of `my_host.net/app`.
    pub domain: String,
    /// The repository in the registry, such as `library/nginx`; empty for a bare identifier.
    pub path: String,
    pub tag: Option<Part>,
    pub digest: Option<Part>,
    /// The registry's bytes, if it is written.
    pub domain_range: Option<Range<usize>>,
    /// The bytes of the repository without the registry.
    pub path_range: Range<usize>,
}

impl Image {
    /// Registry and repository in full, such as `docker.io/library/nginx`.
    pub fn name(&self) -> String {
        if self.domain.is_empty() {
            return self.path.clone();
        }
        format!("{}/{}", self.domain, self.path)
    }

    /// Registry and repository as people write them, such as `nginx`.
    pub fn familiar_name(&self) -> String {
        if self.domain != DEFAULT_DOMAIN {
            return self.name();
        }
        let short = self.path.strip_prefix(OFFICIAL).filter(|it| !it.contains('/'));
        short.unwrap_or(&self.path).to_owned()
    }

    /// The whole reference as people write it, such as `nginx:1.27`.
    pub fn familiar(&self) -> String {
        let mut out = self.familiar_name();
        if let Some(tag) = &self.tag {
            out = format!("{out}:{}", tag.text);
        }
        match &self.digest {
            Some(digest) if out.is_empty() => digest.text.clone(),
            Some(digest) => format!("{out}@{}", digest.text),
            None => out,
        }
    }

    /// Whether the reference is an image's identifier or digest alone.
    pub fn is_identifier(&self) -> bool {
        self.path.is_empty()
    }
}

/// Reads a reference (`ParseAnyReference` of distribution/reference), 64 hexadecimal digits and
/// bare digests included.
///
/// The texts of refusals come after `invalid image reference for service NAME: ` in Docker.
pub fn parse(text: &str) -> Result<Image, Refusal> {
    let all = 0..text.len();
    let bare = text.len() == 64 && is_hexadecimal(text);
    let is_digest = text.starts_with("sha");
    if bare || (is_digest && digest::check(text).is_ok()) {
        let prefix = if bare { "sha256:" } else { "" };
        let digest = Part { text: format!("{prefix}{text}"), range: all };
        return Ok(Image { digest: Some(digest), ..Image::default() });
    }
    let (domain, path, written) = split_domain(text);
    let name = path.split(':').next().unwrap_or_default();
    if lower_text(name) != name {
        let length = path.len() - name.len();
        let start = written.map_or(0, |it| it + 1);
        return Err(Refusal::new(
            format!("invalid reference format: repository name ({name}) must be lowercase"),
            start..text.len() - length,
        ));
    }
    let whole = format!("{domain}/{path}");
    let Some(groups) = groups(&whole) else {
        let lower = lower_text(&whole);
        let uppercase = REFERENCE.as_ref().is_some_and(|it| it.is_match(&lower));
        let message = if uppercase {
            "repository name must be lowercase"
        } else {
            "invalid reference format"
        };
        return Err(Refusal::new(message, all));
    };
    // The end of the whole is the end of the text; only its beginning may be added.
    let part = |found: Range<usize>| {
        let from_end = |at: usize| text.len().saturating_sub(whole.len() - at);
        let range = from_end(found.start)..from_end(found.end);
        Part { text: whole[found].to_owned(), range }
    };
    let (path, digest) = (part(groups.path), groups.digest.map(part));
    let (domain, written) = if groups.has_domain { (domain, written) } else { ("", None) };
    let path_start = written.map_or(0, |it| it + 1);
    let path_range = path_start..path.range.end.max(path_start);
    if path.text.len() > LONGEST_PATH {
        let message = format!("repository name must not be more than {LONGEST_PATH} characters");
        return Err(Refusal::new(message, path_range));
    }
    if let Some(digest) = &digest {
        digest::check(&digest.text).map_err(|it| Refusal::new(it.message, digest.range.clone()))?;
    }
    Ok(Image {
        domain: domain.to_owned(),
        path: path.text,
        tag: groups.tag.map(part),
        digest,
        domain_range: written.map(|it| 0..it),
        path_range,
    })
}

/// What the grammar finds in a reference.
struct Groups {
    has_domain: bool,
    path: Range<usize>,
    tag: Option<Range<usize>>,
    digest: Option<Range<usize>>,
}

fn groups(whole: &str) -> Option<Groups> {
    if let Some(plain::Plain { path, tag }) = plain::read(whole) {
        return Some(Groups { has_domain: true, path, tag, digest: None });
    }
    let found = REFERENCE.as_ref()?.captures(whole)?;
    let range = |group: usize| found.get(group).map(|it| it.range());
    Some(Groups {
        has_domain: range(1).is_some(),
        path: range(2)?,
        tag: range(3),
        digest: range(4),
    })
}

/// Registry, the rest, and where the registry ends if it is written.
fn split_domain(text: &str) -> (&str, String, Option<usize>) {
    let Some((first, rest)) = text.split_once('/') else {
        return (DEFAULT_DOMAIN, format!("{OFFICIAL}{text}"), None);
    };
    let hub = first == LEGACY_DOMAIN || first == DEFAULT_DOMAIN;
    if hub {
        let official = if rest.contains('/') { "" } else { OFFICIAL };
        (DEFAULT_DOMAIN, format!("{official}{rest}"), Some(first.len()))
    } else if first == "localhost" || first.contains(['.', ':']) || lower_text(first) != first {
        (first, rest.to_owned(), Some(first.len()))
    } else {
        (DEFAULT_DOMAIN, text.to_owned(), None)
    }
}

#[cfg(test)]
mod tests;
