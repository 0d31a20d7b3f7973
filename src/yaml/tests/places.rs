//! Everything knows where it is written.

use super::{at, read};
use crate::source::{Span, Written};
use crate::yaml::{Document, Value};

/// Each path's text as it is written.
fn written<'t>(text: &'t str, document: &Document, path: &str) -> &'t str {
    let span = at(document, path).span();
    &text[span.range()]
}

#[test]
fn places_hold_what_is_written() {
    let text = "\
a: !!str &x 'it''s'  # comment
b: [1, {c: d}]
e:
  f: \"g\"
  h:
    - i
    - j: |
        k
        l

m:
n: x
  y
";
    let document = read(text);
    assert!(document.errors.is_empty());
    let cases = [
        ("a", "'it''s'"),
        ("b", "[1, {c: d}]"),
        ("b/1", "{c: d}"),
        ("b/1/c", "d"),
        ("e", "f: \"g\"\n  h:\n    - i\n    - j: |\n        k\n        l"),
        ("e/f", "\"g\""),
        ("e/h", "- i\n    - j: |\n        k\n        l"),
        ("e/h/1", "j: |\n        k\n        l"),
        ("e/h/1/j", "|\n        k\n        l"),
        ("m", ""),
        ("n", "x\n  y"),
    ];
    for (path, expected) in cases {
        assert_eq!(written(text, &document, path), expected, "{path}");
    }
    let empty = at(&document, "m").span().start();
    assert_eq!(&text[empty - 2..empty], "m:");
    let key = &document.root.as_map().expect("a mapping").entries[0].key;
    assert_eq!(&text[key.span.range()], "a");
}

#[test]
fn a_value_is_verbatim_where_it_stands_byte_for_byte() {
    let text = "a: plain é\nb: 'quoted—'\nc: \"x\"\nd: 'it''s'\ne: \"\\n\"\nf: x\n  y\ng: |\n  one\nh: >-\n  one\n  two\n";
    let document = read(text);
    for (path, expected) in [
        ("a", Some("plain é")),
        ("b", Some("quoted—")),
        ("c", Some("x")),
        ("d", None),
        ("e", None),
        ("f", None),
        ("g", Some("one\n")),
        ("h", None),
    ] {
        let node = at(&document, path);
        let place = match node.place.written {
            Written::Verbatim(at) => {
                text.get(at as usize..at as usize + node.as_text().map_or(0, str::len))
            }
            _ => None,
        };
        assert_eq!(place, expected, "{path}");
    }
}

#[test]
fn what_was_pulled_in_keeps_its_place_and_names_its_way() {
    let text = "a: &a {b: [c]}\nd: *a\ne:\n  <<: *a\nf:\n  <<: {g: h}\n";
    let document = read(text);
    let via = |path: &str| {
        let place = at(&document, path).place;
        let via = place.via.map(|it| (it.start(), &text[it.range()]));
        (&text[place.span.range()], via)
    };
    assert_eq!(via("a/b"), ("[c]", None));
    assert_eq!(via("d"), ("{b: [c]}", Some((18, "*a"))));
    assert_eq!(via("d/b/0"), ("c", Some((18, "*a"))));
    assert_eq!(via("e/b"), ("[c]", Some((30, "*a"))));
    assert_eq!(via("f/g"), ("h", Some((38, "<<"))));
    let merged = &at(&document, "e").as_map().expect("a mapping").entries[0].key;
    assert_eq!(merged.via.map(Span::start), Some(30));
    assert_eq!(merged.span.start(), 7);
}

#[test]
fn anchors_know_their_uses() {
    let text = "a: &x 1\nb: *x\nc: &x 2\nd: [*x, *x]\n";
    let document = read(text);
    let anchors: Vec<_> =
        document.anchors.iter().map(|it| (&text[it.span.range()], it.uses.len())).collect();
    assert_eq!(anchors, [("&x", 1), ("&x", 2)]);
    assert_eq!(at(&document, "d/1").value, Value::Int(2));
}

#[test]
fn comments_are_listed() {
    let text = "# one\na: 'no # comment'  # two\nb: |  # three\n  # text\n  # four\nc: x#y\n---\n# other\n";
    let document = read(text);
    let comments: Vec<_> =
        document.comments.iter().map(|it| (&text[it.span.range()], it.own_line)).collect();
    assert_eq!(comments, [("# one", true), ("# two", false), ("# three", false)]);
}

#[test]
fn only_the_first_document_counts() {
    let second = |text: &str| {
        let document = read(text);
        assert!(document.errors.is_empty(), "{:?}", document.errors);
        document.second_document.map(|it| (it.start(), &text[it.range()]).1.to_owned())
    };
    assert_eq!(second("a: 1\n---\nb: 2\n").as_deref(), Some("---"));
    assert_eq!(second("a: 1\n---\nb: 2\nc: [\n").as_deref(), Some("---"));
    assert_eq!(second("a: 1\n---\n# nothing\n\n"), None);
    assert_eq!(second("---\na: 1\n...\n"), None);
    assert_eq!(second("a: 1\n...\nb: 2\n").as_deref(), Some("b: 2"));
    assert_eq!(second(""), None);
}

#[test]
fn byte_order_marks_and_line_breaks_of_all_kinds_are_read() {
    let text = "\u{feff}a: 1\r\nb: 2\rc: 3\u{85}d: 4\u{2028}e: 5\u{2029}f: é\n";
    let document = read(text);
    assert_eq!(document.root.as_map().map(|it| it.entries.len()), Some(6));
    assert_eq!(written(text, &document, "f"), "é");
}
