//! Plain references, as nearly all are: read without the grammar, and just as it would read them.

use std::ops::Range;

use crate::value::image::LONGEST_PATH;

/// The parts of `domain/path:tag`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plain {
    pub path: Range<usize>,
    pub tag: Option<Range<usize>>,
}

/// The longest tag.
const LONGEST_TAG: usize = 128;

/// Reads a reference that begins with a registry; none where only the grammar can tell.
pub(super) fn read(whole: &str) -> Option<Plain> {
    let slash = whole.find('/')?;
    let rest = &whole[slash + 1..];
    let (path, tag) = match rest.split_once(':') {
        Some((path, tag)) => (path, Some(tag)),
        None => (rest, None),
    };
    let is_plain = is_domain(&whole[..slash])
        && path.len() <= LONGEST_PATH
        && path.split('/').all(is_component)
        && tag.is_none_or(is_tag);
    let end = slash + 1 + path.len();
    is_plain.then(|| Plain { path: slash + 1..end, tag: tag.map(|_| end + 1..whole.len()) })
}

fn is_domain(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "0"));
    let is_label = |it: &str| {
        let bytes = it.as_bytes();
        bytes.first().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.iter().all(|it| it.is_ascii_alphanumeric() || *it == b'-')
    };
    let is_port = !port.is_empty() && port.bytes().all(|it| it.is_ascii_digit());
    is_port && host.split('.').all(is_label)
}

/// Small letters and digits in groups, single signs between them.
fn is_component(text: &str) -> bool {
    let is_group = |it: &[u8]| {
        !it.is_empty() && it.iter().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    text.as_bytes().split(|it| matches!(it, b'.' | b'_' | b'-')).all(is_group)
}

fn is_tag(text: &str) -> bool {
    let is_inner = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'.' | b'-');
    text.len() <= LONGEST_TAG
        && !text.starts_with(['.', '-'])
        && !text.is_empty()
        && text.as_bytes().iter().all(is_inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::read;
    use crate::value::image::REFERENCE;

    #[test]
    fn most_references_are_plain() {
        for text in ["docker.io/library/nginx", "h:5000/a/b-c:1.27", "ghcr.io/a_b/c:V1_x"] {
            assert!(read(text).is_some(), "{text}");
        }
    }

    proptest! {
        /// What is read has the parts that the grammar finds.
        #[test]
        fn what_is_plain_is_read_as_the_grammar_reads_it(text in "[aB1._:/@-]{0,12}|[a-c]{1,2}[.:][a1]{1,2}/[a-c._-]{1,5}/?[a-c]{0,2}(:[A1._-]{0,4})?") {
            if let Some(plain) = read(&text) {
                let grammar = REFERENCE.as_ref().expect("a grammar");
                let groups = grammar.captures(&text).expect(&text);
                prop_assert!(groups.get(1).is_some());
                prop_assert_eq!(plain.path, groups.get(2).expect("a path").range());
                prop_assert_eq!(plain.tag, groups.get(3).map(|it| it.range()));
                prop_assert!(groups.get(4).is_none());
            }
        }
    }
}
