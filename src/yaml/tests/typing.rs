//! Scalars, tags, keys, merge keys and duplicates mean what they mean to Docker.

use super::{at, docker, read, text};
use crate::yaml::Value::{self, Bool, Float, Int, Null, Text, Uint};

fn value(scalar: &str) -> Value {
    let document = read(&format!("v: {scalar}\n"));
    assert!(document.errors.is_empty(), "{scalar}: {:?}", document.errors);
    at(&document, "v").value.clone()
}

fn kept(scalar: &str) -> (&str, Value) {
    (scalar, Text(scalar.to_owned()))
}

#[test]
fn plain_scalars_are_typed_as_docker_types_them() {
    let cases = [
        ("", Null),
        ("~", Null),
        ("Null", Null),
        kept("nULL"),
        ("TRUE", Bool(true)),
        kept("yes"),
        kept("off"),
        ("012", Int(10)),
        ("0o17", Int(15)),
        ("0b-101", Int(-5)),
        ("-0x1f", Int(-31)),
        ("1__0", Int(10)),
        ("_1", Text("_1".to_owned())),
        ("0999", Float(999.0)),
        ("1.", Float(1.0)),
        ("+.5", Float(0.5)),
        (".1_5", Float(0.15)),
        kept("._5"),
        ("1e3", Float(1000.0)),
        kept("1e400"),
        kept("22:22"),
        ("9223372036854775807", Int(i64::MAX)),
        ("-9223372036854775808", Int(i64::MIN)),
        ("9223372036854775808", Uint(1 << 63)),
        ("18446744073709551616", Float(18_446_744_073_709_551_616.0)),
        ("-.INF", Float(f64::NEG_INFINITY)),
        kept("Infinity"),
        kept("2001-02-29"),
        kept("2001-01-01T10:00:00"),
        kept("<<x"),
    ];
    for (scalar, expected) in cases {
        assert_eq!(value(scalar), expected, "{scalar}");
    }
}

#[test]
fn times_print_as_go_prints_them() {
    let cases = [
        ("2001-1-2", "2001-01-02 00:00:00 +0000 UTC", "2001-01-02T00:00:00Z"),
        ("2001-01-01   1:2:3.120", "2001-01-01 01:02:03.12 +0000 UTC", "2001-01-01T01:02:03.12Z"),
        (
            "2001-01-01t10:00:00-05:30",
            "2001-01-01 10:00:00 -0530 -0530",
            "2001-01-01T10:00:00-05:30",
        ),
    ];
    for (scalar, go, rfc3339) in cases {
        let Value::Timestamp(time) = value(scalar) else { panic!("{scalar} is no time") };
        assert_eq!((time.go.as_str(), time.rfc3339.as_str()), (go, rfc3339));
    }
}

#[test]
fn tags_convert_or_are_ignored() {
    assert_eq!(value("!!str 012"), Text("012".to_owned()));
    assert_eq!(value("!!int \"3\""), Int(3));
    assert_eq!(value("!!float 1"), Float(1.0));
    assert_eq!(value("!!binary aGVsbG8="), Text("hello".to_owned()));
    assert_eq!(value("!reset null"), Text("null".to_owned()));
    assert_eq!(value("! 12"), Int(12));
    assert_eq!(value("!<tag:yaml.org,2002:int> 5"), Int(5));
    let cases = [
        ("!!int abc", "yaml: cannot decode !!str `abc` as a !!int"),
        ("!!bool yes", "yaml: cannot decode !!str `yes` as a !!bool"),
        (
            "!!float 18446744073709551615",
            "yaml: cannot decode !!int `18446744073709551615` as a !!float",
        ),
        ("!!binary aGVsbG8", "yaml: !!binary value contains invalid base64 data"),
    ];
    for (scalar, answer) in cases {
        assert_eq!(docker(&format!("v: {scalar}\n")).as_deref(), Some(answer));
    }
}

#[test]
fn keys_know_whether_they_are_text() {
    let document = read("{8080: a, \"8080\": b, yes: c, true: d, ~: e}");
    let map = document.root.as_map().expect("a mapping");
    let keys: Vec<_> =
        map.entries.iter().map(|it| (it.key.text.as_str(), it.key.is_text)).collect();
    // The quoted 8080 repeats the first key.
    assert_eq!(keys, [("8080", false), ("yes", true), ("true", false), ("~", false)]);
    assert_eq!(document.duplicates.len(), 1);
}

#[test]
fn merge_keys_bring_in_what_is_not_there() {
    let text_of = "
base: &base {image: a, init: true, 1: one, null: none}
other: &other {image: b, user: u}
both:
  <<: [*base, *other, {tty: t}]
  init:
";
    let document = read(text_of);
    assert_eq!(at(&document, "both/init").value, Null);
    assert_eq!(text(&document, "both/image"), "a");
    assert_eq!(text(&document, "both/user"), "u");
    assert_eq!(text(&document, "both/tty"), "t");
    let merged = at(&document, "both").as_map().expect("a mapping");
    // Into a mapping of text other keys come as text, and null does not come at all.
    assert!(merged.entry("1").is_some_and(|it| it.key.is_text) && merged.entry("null").is_none());
    assert!(merged.entries[0].key.text == "init", "own keys come first");
    assert_eq!(text(&read("{\"<<\": {a: b}}"), "<</a"), "b");
    for wrong in ["<<: 1", "<<:", "<<: [1]", "a: &a [1]\n<<: *a"] {
        let answer = "yaml: map merge requires map or sequence of maps as the value";
        assert_eq!(docker(wrong).as_deref(), Some(answer), "{wrong}");
    }
}

#[test]
fn duplicates_are_answered_as_docker_answers_them() {
    let text = "a: 1\n'a': 2\nb: {c: 1, c: 2}\na: 3\n";
    let document = read(text);
    assert_eq!(at(&document, "a").value, Int(1));
    let lines: Vec<_> = document.duplicates.iter().map(|it| it.lines).collect();
    assert_eq!(lines, [(2, 1), (3, 3), (4, 1)]);
    // Docker names every pair, but does not look inside.
    let answer = "yaml: unmarshal errors:
  line 2: mapping key \"a\" already defined at line 1
  line 4: mapping key \"a\" already defined at line 1
  line 4: mapping key \"a\" already defined at line 2";
    assert_eq!(document.duplicates_answer.as_deref(), Some(answer));
    let aliased = read("a: &a {b: 1, b: 2}\nc: [*a, *a]\n");
    assert_eq!(aliased.duplicates.len(), 1);
    assert_eq!(aliased.duplicates_answer.map(|it| it.lines().count()), Some(4));
    assert_eq!(read("a: &a {b: 1}\nc: *a\nd: {<<: *a, b: 2}\n").duplicates.len(), 0);
}
