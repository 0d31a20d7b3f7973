//! The short syntax of `volumes`: `[SOURCE:]TARGET[:OPTIONS]`.

use std::ops::Range;

use crate::value::path::{Resolved, resolve_bind};
use crate::value::quote::is_letter;
use crate::value::{Part, Refusal};

/// What a mount puts into the container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A named volume, or a nameless one where there is no source.
    Volume,
    /// A path of the node.
    Bind,
}

impl Kind {
    /// The word for it in long syntax.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::Bind => "bind",
        }
    }
}

/// One item of `volumes` in short syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    pub kind: Kind,
    /// As written; see [`Mount::resolve_source`].
    pub source: Option<Part>,
    pub target: Part,
    pub read_only: bool,
    pub nocopy: bool,
    /// The last propagation option, such as `rslave`. With a volume the deploy fails on it.
    pub propagation: Option<Part>,
    /// What Docker passes over in silence: `z`, `cached`, typing errors.
    pub ignored_options: Vec<Part>,
}

/// Ends a text in Docker's reading, and any section before it.
const END: char = '\0';

/// Reads one item, such as `data:/var/lib/data:ro`.
pub fn parse(text: &str) -> Result<Mount, Refusal> {
    let mut mount = Mount {
        kind: Kind::Volume,
        source: None,
        target: Part::default(),
        read_only: false,
        nocopy: false,
        propagation: None,
        ignored_options: Vec::new(),
    };
    match text.len() {
        0 => return Err(Refusal::new("invalid empty volume spec", 0..0)),
        // Too short for a source and a target, even `:` and `d:`.
        1 | 2 => mount.target = Part::of(text, 0..text.len()),
        _ => {
            let mut start = 0;
            for (at, c) in text.char_indices().chain([(text.len(), END)]) {
                let section = start..at;
                let drive = c == ':' && is_drive(text.get(section.clone()).unwrap_or_default());
                if (c == ':' || c == END) && !drive {
                    mount.add(text, section, c).map_err(|(reason, range)| {
                        Refusal::new(format!("invalid spec: {text}: {reason}"), range)
                    })?;
                    start = at + 1;
                }
            }
        }
    }
    if mount.source.as_ref().is_some_and(|it| is_path(&it.text)) {
        mount.kind = Kind::Bind;
    }
    Ok(mount)
}

impl Mount {
    /// The source as Docker sends it: of a bind an absolute path, else as written.
    pub fn resolve_source(&self, home: Option<&str>, working_dir: &str) -> Option<Resolved> {
        self.source.as_ref().map(|it| match self.kind {
            Kind::Bind => resolve_bind(&it.text, home, working_dir),
            Kind::Volume => Resolved { path: it.text.clone(), home_missing: false },
        })
    }

    fn add(
        &mut self,
        text: &str,
        range: Range<usize>,
        end: char,
    ) -> Result<(), (&'static str, Range<usize>)> {
        if range.is_empty() {
            return Err(("empty section between colons", range));
        }
        let part = Part::of(text, range);
        if self.source.is_none() && end == END {
            self.target = part;
        } else if self.source.is_none() {
            self.source = Some(part);
        } else if self.target.text.is_empty() {
            self.target = part;
        } else if end == ':' {
            return Err(("too many colons", part.range.end..text.len()));
        } else {
            self.add_options(text, part.range);
        }
        Ok(())
    }

    fn add_options(&mut self, text: &str, range: Range<usize>) {
        let mut start = range.start;
        for option in text.get(range).unwrap_or_default().split(',') {
            let end = start + option.len();
            let part = Part::of(text, start..end);
            match option {
                "ro" => self.read_only = true,
                "rw" => self.read_only = false,
                "nocopy" => self.nocopy = true,
                "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave" => {
                    self.propagation = Some(part);
                }
                _ => self.ignored_options.push(part),
            }
            start = end + 1;
        }
    }
}

/// Whether a section is a single letter and so takes a colon after it for a drive's.
fn is_drive(section: &str) -> bool {
    let mut chars = section.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if is_letter(c))
}

/// Whether a source is a path and not the name of a volume.
fn is_path(source: &str) -> bool {
    let mut chars = source.chars();
    let first = chars.next().is_some_and(is_letter);
    source.starts_with(['.', '/', '~'])
        || source.starts_with(r"\\")
        || first && chars.next() == Some(':')
}

#[cfg(test)]
mod tests {
    use super::{Kind, parse};

    #[test]
    fn sections_become_source_target_and_options() {
        for (text, kind, source, target, tail) in [
            ("data", Kind::Volume, None, "data", ""),
            ("data:/data", Kind::Volume, Some("data"), "/data", ""),
            ("data:/data:ro", Kind::Volume, Some("data"), "/data", "ro"),
            ("data:/data:RO", Kind::Volume, Some("data"), "/data", "ignored RO"),
            ("data:/data:ro,nocopy", Kind::Volume, Some("data"), "/data", "ro nocopy"),
            (
                "data:/data:z,cached",
                Kind::Volume,
                Some("data"),
                "/data",
                "ignored z ignored cached",
            ),
            ("/a:/b:ro,rw", Kind::Bind, Some("/a"), "/b", ""),
            ("/a:/b:rw,ro", Kind::Bind, Some("/a"), "/b", "ro"),
            ("/a:/b:slave,shared", Kind::Bind, Some("/a"), "/b", "shared"),
            ("/a:/b: ro", Kind::Bind, Some("/a"), "/b", "ignored  ro"),
            (":", Kind::Volume, None, ":", ""),
            ("d:", Kind::Volume, None, "d:", ""),
            ("./", Kind::Volume, None, "./", ""),
            ("./a", Kind::Volume, None, "./a", ""),
            ("./a:/b", Kind::Bind, Some("./a"), "/b", ""),
            ("..:/b", Kind::Bind, Some(".."), "/b", ""),
            ("~:/b", Kind::Bind, Some("~"), "/b", ""),
            ("a:/a", Kind::Volume, None, "a:/a", ""),
            ("é:/a", Kind::Volume, None, "é:/a", ""),
            ("éé:/a", Kind::Volume, Some("éé"), "/a", ""),
            ("1:/a", Kind::Volume, Some("1"), "/a", ""),
            ("a:/a:ro", Kind::Bind, Some("a:/a"), "ro", ""),
            (r"C:\a:D:\b", Kind::Bind, Some(r"C:\a"), r"D:\b", ""),
            ("name:D:", Kind::Volume, Some("name"), "D:", ""),
            ("//./pipe/x://./pipe/x", Kind::Bind, Some("//./pipe/x"), "//./pipe/x", ""),
            (r"\\.\pipe\x:/b", Kind::Bind, Some(r"\\.\pipe\x"), "/b", ""),
            (r"\a:/b", Kind::Volume, Some(r"\a"), "/b", ""),
            (" /a:/b", Kind::Volume, Some(" /a"), "/b", ""),
            ("ab:c:d:ro", Kind::Volume, Some("ab"), "c:d", "ro"),
            ("ab:c:d:e:f", Kind::Volume, Some("ab"), "c:d", "ignored e:f"),
            ("a:b:c:d", Kind::Bind, Some("a:b"), "c:d", ""),
        ] {
            let mount = parse(text).expect(text);
            let mut words = Vec::new();
            words.extend(mount.read_only.then_some("ro"));
            words.extend(mount.nocopy.then_some("nocopy"));
            words.extend(mount.propagation.as_ref().map(|it| it.text.as_str()));
            words.extend(mount.ignored_options.iter().flat_map(|it| ["ignored", &it.text]));
            assert_eq!(mount.source.as_ref().map(|it| it.text.as_str()), source, "{text}");
            assert_eq!((mount.kind, mount.target.text.as_str()), (kind, target), "{text}");
            assert_eq!(words.join(" "), tail, "{text}");
        }
    }

    #[test]
    fn the_parts_know_their_bytes() {
        let mount = parse("./é:/b:ro,z,rslave").expect("a mount");
        assert_eq!(mount.source.map(|it| it.range), Some(0..4));
        assert_eq!(mount.target.range, 5..7);
        assert_eq!(mount.ignored_options.first().map(|it| it.range.clone()), Some(11..12));
        assert_eq!(mount.propagation.map(|it| it.range), Some(13..19));
    }

    #[test]
    fn refusals_use_the_words_of_docker_and_point_at_the_part() {
        for (text, message, range) in [
            ("", "invalid empty volume spec", 0..0),
            ("data:/data:", "invalid spec: data:/data:: empty section between colons", 11..11),
            ("data::ro", "invalid spec: data::ro: empty section between colons", 5..5),
            (":/data", "invalid spec: :/data: empty section between colons", 0..0),
            ("data:/data:ro:x", "invalid spec: data:/data:ro:x: too many colons", 13..15),
            ("/a:/b:ro:", "invalid spec: /a:/b:ro:: too many colons", 8..9),
            ("/a:", "invalid spec: /a:: empty section between colons", 3..3),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!((error.message.as_str(), error.range), (message, range));
        }
    }
}
