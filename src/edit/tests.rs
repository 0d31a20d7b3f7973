//! Each edit, in the layouts that people write.

use crate::edit::{New, Patch, Site, quoted};
use crate::source::SourceId;
use crate::yaml;

/// The text after an edit at a path; nothing where it cannot be edited.
fn edited(text: &str, path: &str, work: impl Fn(&Site) -> Option<Patch>) -> Option<String> {
    let document = yaml::parse(SourceId::default(), text);
    assert!(document.errors.is_empty(), "{:?}", document.errors);
    let mut site = Site::top(SourceId::default(), text, &document.root);
    for step in path.split('/').filter(|it| !it.is_empty()) {
        let node = match step.parse::<usize>() {
            Ok(at) => site.node().as_list()?.get(at)?.span(),
            Err(_) => site.node().as_map()?.entry(step)?.key.span,
        };
        site = Site::top(SourceId::default(), text, &document.root).find(node)?;
    }
    let made = work(&site)?;
    assert!(made.edits.is_sorted(), "{made:?}");
    let mut after = text.to_owned();
    for it in made.edits.iter().rev() {
        after.replace_range(it.span.start()..it.span.end(), &it.replacement);
    }
    let read = yaml::parse(SourceId::default(), &after);
    assert!(read.errors.is_empty(), "{after}\n{:?}", read.errors);
    Some(after)
}

fn removed(site: &Site) -> Option<Patch> {
    site.remove()
}

fn listed(site: &Site) -> Option<Patch> {
    site.keys_to_list()
}

/// What is left of a text once the entry or item at a path is removed.
#[track_caller]
fn removes(path: &str, text: &str, expected: &str) {
    assert_eq!(edited(text, path, removed).as_deref(), Some(expected));
}

#[test]
fn an_entry_goes_with_its_lines_and_its_comments() {
    removes("a/b", "a:\n  b: 1  # one\n  c: 2\n", "a:\n  c: 2\n");
    removes(
        "a/c",
        "a:\n  b: 1\n\n  # about c\n  # and more\n  c:\n    d: 1\n    # inside\n",
        "a:\n  b: 1\n\n",
    );
    removes("a/c", "a:\r\n  b: 1\r\n  c: 2", "a:\r\n  b: 1\r\n");
    removes("a/b", "a:\n  b:\n  - x\n  c: 2\n", "a:\n  c: 2\n");
    removes("a/b", "a:\n  b: |\n    x\n\n    y\n  c: 2\n", "a:\n  c: 2\n");
    removes("b", "a: 1\n\nb: 2\n\nc: 3\n", "a: 1\n\nc: 3\n");
}

#[test]
fn a_switched_off_entry_and_the_head_of_a_file_stay() {
    removes("a/c", "a:\n  b: 1\n  # x: 1\n  # why c\n  c: 2\n", "a:\n  b: 1\n  # x: 1\n");
    removes("version", "# About the file\nversion: '3'\n\nb: 1\n", "# About the file\n\nb: 1\n");
    removes("version", "\u{feff}version: '3'\n\nb: 1\n", "\u{feff}b: 1\n");
}

#[test]
fn what_would_be_empty_goes_too_up_to_a_service() {
    let text = "services:\n  web:\n    image: x\n    deploy:\n      placement:\n        constraints: [a]\n";
    removes(
        "services/web/deploy/placement/constraints/0",
        text,
        "services:\n  web:\n    image: x\n",
    );
    removes(
        "services/web/image",
        "services:\n  web:\n    image: x\n  b: 1\n",
        "services:\n  web: {}\n  b: 1\n",
    );
    removes("services/web/image", "services: {web: {image: x}}\n", "services: {web: {}}\n");
}

#[test]
fn an_entry_between_brackets_goes_with_one_comma() {
    removes("a/b", "a: {b: 1, c: 2}\n", "a: {c: 2}\n");
    removes("a/c", "a: {b: 1, c: 2}\n", "a: {b: 1}\n");
    removes("a/c", "a: {b: 1, c: {x: [1]} , d: 1}\n", "a: {b: 1, d: 1}\n");
    removes("a/1", "a: [x, y, z]\n", "a: [x, z]\n");
    removes("a/b", "a: {\n  b: 1,\n  c: 2\n}\n", "a: {\n  c: 2\n}\n");
    removes("a/c", "a: {\n  b: 1,\n  c: 2\n}\n", "a: {\n  b: 1\n}\n");
}

#[test]
fn an_item_goes_with_its_line() {
    removes("a/0", "a:\n  - x  # one\n  - y\n", "a:\n  - y\n");
    removes("a/1", "a:\n- x\n# about y\n- y: 1\n  z: 2\n", "a:\n- x\n");
    removes("a/0/y", "a:\n  - y: 1\n    z: 2\n", "a:\n  - z: 2\n");
    removes("a/0/z", "a:\n  - y: 1\n    z: 2\n", "a:\n  - y: 1\n");
}

#[test]
fn a_text_keeps_its_quotes_where_it_can() {
    let replaced = |text: &str, by: &str| edited(text, "a", |it| it.replace(by));
    assert_eq!(replaced("a: x  # y\n", "z").as_deref(), Some("a: z  # y\n"));
    assert_eq!(replaced("a: 'x'\n", "it's").as_deref(), Some("a: 'it''s'\n"));
    assert_eq!(replaced("a: \"x\"\n", "8").as_deref(), Some("a: \"8\"\n"));
    assert_eq!(replaced("a: x\n", "8").as_deref(), Some("a: \"8\"\n"));
    assert_eq!(replaced("a: x\n", "b: c").as_deref(), Some("a: \"b: c\"\n"));
    assert_eq!(replaced("a: |\n  x\n", "y"), None);
    assert_eq!(
        edited("a: [x]\n", "a/0", |it| it.replace("y,z")).as_deref(),
        Some("a: [\"y,z\"]\n")
    );
    assert_eq!(quoted("true"), "\"true\"");
}

#[test]
fn a_key_gets_another_name_unless_it_is_taken() {
    let renamed = |text: &str| edited(text, "a", |it| it.rename("b"));
    assert_eq!(renamed("a: 1\n").as_deref(), Some("b: 1\n"));
    assert_eq!(renamed("'a': 1\n").as_deref(), Some("'b': 1\n"));
    assert_eq!(renamed("a: 1\nb: 2\n"), None);
}

#[test]
fn a_value_is_put_where_it_belongs() {
    let put = |text: &str| {
        edited(text, "s/w", |it| it.insert(&["deploy", "limits", "memory"], New::text("50M")))
    };
    let inserts = |text: &str, expected: &str| assert_eq!(put(text).as_deref(), Some(expected));
    inserts(
        "s:\n    w:\n        image: x  # y\n\nn: 1\n",
        "s:\n    w:\n        image: x  # y\n        deploy:\n            limits:\n                memory: 50M\n\nn: 1\n",
    );
    inserts(
        "s:\r\n  w:\r\n    deploy:\r\n      limits:\r\n        cpus: '1'",
        "s:\r\n  w:\r\n    deploy:\r\n      limits:\r\n        cpus: '1'\r\n        memory: 50M",
    );
    inserts("s: {w: {image: x}}\n", "s: {w: {image: x, deploy: {limits: {memory: 50M}}}}\n");
    inserts("s: {w: {deploy: {}}}\n", "s: {w: {deploy: {limits: {memory: 50M}}}}\n");
    inserts(
        "s:\n  w:\n    deploy:  # none\n    image: x\n",
        "s:\n  w:\n    deploy:  # none\n      limits:\n        memory: 50M\n    image: x\n",
    );
    inserts(
        "x: &x {image: x}\ns:\n  w:\n    <<: *x\n    init: true\n",
        "x: &x {image: x}\ns:\n  w:\n    <<: *x\n    init: true\n    deploy:\n      limits:\n        memory: 50M\n",
    );
    assert_eq!(put("x: &x {cpus: '1'}\ns:\n  w:\n    deploy:\n      limits: *x\n"), None);
    assert_eq!(put("x: &x\n  deploy: {}\ns:\n  w:\n    <<: *x\n"), None);
    assert_eq!(put("s: {w: {deploy: {limits: {memory: 1G}}}}\n"), None);
}

#[test]
fn a_list_gets_an_item_in_its_layout() {
    let appended = |text: &str| edited(text, "a", |it| it.append(New::text("z")));
    assert_eq!(
        appended("a:\n  - x\n  - y\nb: 1\n").as_deref(),
        Some("a:\n  - x\n  - y\n  - z\nb: 1\n")
    );
    assert_eq!(appended("a:\n- x\n").as_deref(), Some("a:\n- x\n- z\n"));
    assert_eq!(appended("a: [x]\n").as_deref(), Some("a: [x, z]\n"));
    assert_eq!(appended("a: []\n").as_deref(), Some("a: [z]\n"));
}

#[test]
fn a_new_section_is_apart_where_others_are() {
    let declared = |text: &str| {
        edited(text, "", |it| it.insert(&["networks", "n"], New::Inline(String::new())))
    };
    assert_eq!(declared("a:\n  b: 1\n").as_deref(), Some("a:\n  b: 1\nnetworks:\n  n:\n"));
    assert_eq!(
        declared("a:\n  b: 1\n\nc: 1\n").as_deref(),
        Some("a:\n  b: 1\n\nc: 1\n\nnetworks:\n  n:\n")
    );
    assert_eq!(
        declared("networks:\n  m:\nc: 1\n").as_deref(),
        Some("networks:\n  m:\n  n:\nc: 1\n")
    );
}

#[test]
fn an_entry_is_moved_with_its_value() {
    let moved = |text: &str| {
        edited(text, "s/w/mem_limit", |it| it.move_to(&["deploy", "resources", "limits", "memory"]))
    };
    let expected = "s:\n  w:\n    image: x\n    deploy:\n      resources:\n        limits:\n          memory: 50M\n";
    assert_eq!(
        moved("s:\n  w:\n    image: x\n    # why\n    mem_limit: 50M\n      # deep\n").as_deref(),
        Some(expected)
    );
    assert_eq!(moved("s:\n  w:\n    mem_limit: 50M\n    image: x\n").as_deref(), Some(expected));
    assert_eq!(
        moved("s: {w: {mem_limit: 50M, image: x, deploy: {mode: global}}}\n").as_deref(),
        Some("s: {w: {image: x, deploy: {mode: global, resources: {limits: {memory: 50M}}}}}\n")
    );
}

#[test]
fn a_mapping_becomes_the_list_of_its_keys() {
    let as_list = |text: &str| edited(text, "d", listed);
    assert_eq!(
        as_list("d:\n  a:  # one\n    x: 1  # two\n  'b': {x: 1}\n  c:\n# end\n").as_deref(),
        Some("d:\n  - a  # one\n  - 'b'\n  - c\n# end\n")
    );
    assert_eq!(as_list("d: {a: {x: 1}, b: }\n").as_deref(), Some("d: [a, b]\n"));
}
