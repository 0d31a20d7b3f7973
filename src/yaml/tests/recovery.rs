//! Errors are explained, and what is right is kept.

use super::{at, read, text};
use crate::yaml::Document;

const STACK: &str = "\
services:
  web:
    image: nginx
    ports:
      - \"80:80\"
    command: [\"a\", 'b']
  db:
    image: postgres
    environment:
      A: \"x: y\"
volumes:
  data: {}
";

/// Line and column of the first error from one, its words and its advice.
fn first(text: &str) -> (usize, usize, String, String) {
    let document = read(text);
    let error = document.errors.first().expect("an error");
    let before = &text[..error.span.start()];
    let line = before.matches('\n').count() + 1;
    let column = error.span.start() - before.rfind('\n').map_or(0, |it| it + 1) + 1;
    (line, column, error.message.clone(), error.help.clone().unwrap_or_default())
}

#[test]
fn usual_mistakes_get_their_place_and_advice() {
    let cases = [
        ("a:\n\tb: c\n", 2, 1, "tab", "use spaces"),
        ("a:\n  image:nginx\n  b: c\n", 2, 3, "space is missing", "`image: …`"),
        ("a: \"b\nc: d\n", 1, 4, "not closed", "add a `\"`"),
        ("a: [b, c\nd: e\n", 1, 8, "`]` or a comma", "close the `[`"),
        ("a: {b: c\nd: e\n", 1, 8, "`}` or a comma", "close the `{`"),
        ("a: @b\n", 1, 4, "begin with `@`", "quotes"),
        ("a: `b`\n", 1, 4, "begin with ``", "quotes"),
        ("a: %b\n", 1, 4, "begin with `%`", "quotes"),
        ("a: b: c\n", 1, 4, "colon and a space", "quotes"),
        ("a:\n    b: c\n   d: e\n", 3, 4, "indentation", "4 spaces"),
        ("a: *.b\n", 1, 4, "`*`", "quotes"),
        ("a: \"\\d\"\n", 1, 5, "`\\d`", "backslash"),
        ("a: - b\n", 1, 4, "list", "line of its own"),
        ("a:\n  b\n  c: d\n", 2, 3, "no colon", "`b:`"),
        ("a\n  b: c\n", 1, 1, "`a` has no colon", "`a:`"),
        ("a: {b: ${C}}\n", 1, 8, "quotes", "quotes"),
        ("%YAML 1.2\n---\na: b\n", 1, 1, "directive", "remove"),
        ("a: \u{7}b\n", 1, 4, "U+0007", "remove"),
    ];
    for (text, line, column, message, help) in cases {
        let found = first(text);
        assert_eq!((found.0, found.1), (line, column), "{text:?}: {found:?}");
        assert!(found.2.contains(message) && found.3.contains(help), "{text:?}: {found:?}");
    }
}

#[test]
fn the_opening_bracket_is_shown_too() {
    let text = "a: [\n  b\nc: d\n";
    let document = read(text);
    let (place, _) = document.errors[0].related.as_ref().expect("a related place");
    assert_eq!((place.start(), place.end()), (3, 4));
}

#[test]
fn further_errors_are_found_and_the_rest_is_kept() {
    let text_of = "\
services:
  web:
    image: a: b
    command: [a, \"b
    ports:
\t  - 80
  db:
    image: @x
    init: true
   user: y
  last:
    image: z
    broken: *nowhere
";
    let document = read(text_of);
    let lines: Vec<_> = document
        .errors
        .iter()
        .map(|it| text_of[..it.span.start()].matches('\n').count() + 1)
        .collect();
    assert_eq!(lines, [3, 4, 6, 8, 10, 13]);
    assert_eq!(
        document.errors[0].docker,
        "yaml: line 3: mapping values are not allowed in this context"
    );
    assert_eq!(text(&document, "services/web/image"), "a: b");
    assert_eq!(text(&document, "services/web/command/1"), "b");
    assert_eq!(text(&document, "services/db/user"), "y");
    assert_eq!(text(&document, "services/last/image"), "z");
    let place = at(&document, "services/last/image").span();
    assert_eq!(&text_of[place.range()], "z");
}

fn keeps_db(document: &Document, whole: &Document) -> bool {
    let db = |it: &Document| it.root.get("services").and_then(|it| it.get("db").cloned());
    db(document) == db(whole) && document.root.get("volumes") == whole.root.get("volumes")
}

#[test]
fn while_one_service_is_typed_the_others_stay() {
    let whole = read(STACK);
    assert!(whole.errors.is_empty());
    let lines: Vec<&str> = STACK.lines().collect();
    // From the image of the first service to its last line.
    for edited in 2..6 {
        for width in 0..lines[edited].len() {
            let mut lines = lines.clone();
            lines[edited] = &lines[edited][..width];
            let typed = lines.join("\n") + "\n";
            assert!(keeps_db(&read(&typed), &whole), "{typed}\n{:?}", read(&typed));
        }
    }
    let fragments = [
        "im", "a: b: c", "x: [1, ", "x: \"y", "x: 'y", "x: {a: ", "@", "&", "*", "{{", "\tx",
        "x: |",
    ];
    for fragment in fragments {
        let typed = STACK.replace("    ports:", &format!("    {fragment}\n    ports:"));
        assert!(keeps_db(&read(&typed), &whole), "{typed}\n{:?}", read(&typed));
    }
}

#[test]
fn dockers_first_error_stays_the_first() {
    // While it reads, the library meets the alias first and stops there.
    let document = read("a: *b\nc: d: e\n");
    assert_eq!(document.errors[0].docker, "yaml: unknown anchor 'b' referenced");
    assert_eq!(document.errors.len(), 2);
    // A value is typed only once all is read.
    let document = read("a: !!int b\nc: d: e\n");
    assert_eq!(
        document.errors[0].docker,
        "yaml: line 2: mapping values are not allowed in this context"
    );
    assert_eq!(document.errors.len(), 2);
}
