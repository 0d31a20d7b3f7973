//! No text takes the program down or holds it up.

use std::fmt::Write;
use std::time::{Duration, Instant};

use proptest::prelude::{any, prop, proptest};
use proptest::sample::select;
use proptest::test_runner::Config;

use super::{docker, read};
use crate::source::Place;
use crate::yaml::{Entry, Node, Value};

/// Runs with the stack that threads usually have.
fn on_a_small_stack(work: fn()) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(work).expect("a thread");
    thread.join().expect("no overflow");
}

#[test]
fn deep_nesting_is_borne() {
    on_a_small_stack(|| {
        let brackets = |depth: usize| format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(docker(&brackets(500)), None);
        assert_eq!(docker(&brackets(10_001)).as_deref(), Some("yaml: exceeded max depth of 10000"));
        // Docker takes these; here the tree ends before, and an error says so.
        assert_eq!(docker(&brackets(9_999)).as_deref(), Some(""));
        let pairs = format!("{}{}", "[a: ".repeat(9_999), "]".repeat(9_999));
        assert_eq!(docker(&pairs).as_deref(), Some(""));
        let merges = format!("{}a: b{}", "{<<: ".repeat(9_999), "}".repeat(9_999));
        assert!(docker(&merges).is_some());
        let mut blocks = String::new();
        for depth in 0..3_000 {
            let _ = writeln!(blocks, "{}a:", " ".repeat(depth));
        }
        assert_eq!(docker(&blocks).as_deref(), Some(""));
        let mut chain = "a0: &a0 [x]\n".to_owned();
        for at in 1..20_000 {
            let _ = writeln!(chain, "a{at}: &a{at} [*a{}]", at - 1);
        }
        assert!(docker(&chain).is_some());
        assert!(!read(&"[{".repeat(200_000)).errors.is_empty());
    });
}

#[test]
fn alias_bombs_are_refused() {
    for item in ["[x, x, x, x, x, x, x, x, x]", "{a: 1, b: 2, c: 3, d: 4}"] {
        let mut text = format!("a0: &a0 {item}\n");
        for at in 1..12 {
            let aliases = vec![format!("*a{}", at - 1); 9].join(", ");
            let _ = writeln!(text, "a{at}: &a{at} [{aliases}]");
        }
        let _ = writeln!(text, "last: kept");
        assert_eq!(docker(&text).as_deref(), Some("yaml: document contains excessive aliasing"));
        assert_eq!(super::text(&read(&text), "last"), "kept");
    }
    assert_eq!(
        docker("a: &a {b: *a}\n").as_deref(),
        Some("yaml: anchor 'a' value contains itself")
    );
    assert_eq!(docker("a: &a [1]\nb: [*a, *a]\n"), None);
}

#[test]
fn there_is_room_for_a_million_nodes() {
    let items = "-\n".repeat(999_999);
    assert_eq!(docker(&items), None);
    let document = read(&format!("{items}- a\n- b: c\n"));
    let [error] = &document.errors[..] else { panic!("{} errors", document.errors.len()) };
    assert_eq!(error.span.range(), items.len() + 2..items.len() + 3);
    assert!(error.docker.is_empty(), "Docker takes it");
    assert_eq!(document.root.as_list().map(<[_]>::len), Some(999_999));
    assert!(document.second_document.is_none());
}

#[test]
fn of_countless_errors_the_first_are_kept_and_the_others_counted() {
    for (item, help) in [("*x", "unknown anchor"), ("!!int x", "cannot decode")] {
        let text = format!("a:\n{}", format!("- {item}\n").repeat(5_000));
        let document = read(&text);
        assert_eq!(document.errors.len(), 1_000, "{item}");
        assert!(document.errors.iter().all(|it| it.message.contains(help)), "{item}");
        let Some((first, count)) = document.more_errors else { panic!("{item}") };
        assert_eq!((text[first.start()..].lines().count(), count), (4_000, 4_000), "{item}");
    }
}

#[test]
fn aliases_repeat_no_more_text_than_there_is_room_for() {
    let text = format!("a: &a \"{}\"\nb: [{}]\nc: *a\n", "x".repeat(1 << 20), "*a, ".repeat(15));
    assert_eq!(docker(&text), None);
    let text = text.replace("*a]", "*a, *a, *a, *a]").replace("*a, ]", "*a, *a, *a]");
    let document = read(&text);
    let messages: Vec<_> = document.errors.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["aliases repeat more than 16 MiB of text"]);
    assert_eq!(document.root.get("c").map(Node::is_null), Some(true));
}

#[test]
fn large_texts_take_no_longer_than_they_have_to() {
    let numbered = |line: &str| {
        (0..20_000).fold(String::new(), |mut text, at| {
            let _ = writeln!(text, "{}", line.replace("%d", &at.to_string()));
            text
        })
    };
    let texts = [
        numbered("key%d: 1"),
        numbered("key: %d"),
        numbered("a: b: %d"),
        numbered("\ta: %d"),
        numbered("a: \"b"),
        numbered("# %d"),
        numbered("a%d: *nowhere"),
        numbered("- &a%d {<<: *a0}"),
        format!("a: {}\n", "word ".repeat(60_000)),
        format!("a: [{}]\n", "\"item\", ".repeat(40_000)),
        format!("a: {}", "\n".repeat(1_000_000)),
        format!("a: |\n{}", "  x\n\n".repeat(60_000)),
        format!("a: {}: b", "k".repeat(1_000_000)),
    ];
    for text in texts {
        let start = Instant::now();
        let document = read(&text);
        let took = start.elapsed();
        // Without optimisation; what grows with the square would take minutes.
        assert!(took < Duration::from_secs(10), "{took:?} for {:?}", &text[..40]);
        assert!(document.errors.len() < 25_000);
    }
}

fn assert_places(node: &Node, text: &str) {
    assert!(text.get(node.place.span.range()).is_some(), "{node:?}");
    match &node.value {
        Value::List(items) => items.iter().for_each(|it| assert_places(it, text)),
        Value::Map(map) => {
            for entry in &map.entries {
                assert!(text.get(entry.key.span.range()).is_some());
                assert_places(&entry.node, text);
            }
        }
        _ => {}
    }
}

const BITS: &[&str] = &[
    "a",
    "b: ",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "\t",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    ": ",
    ":",
    "#",
    " # c",
    "&a ",
    "*a",
    "<<: ",
    "|",
    ">-",
    "!!int ",
    "!x!y ",
    "%",
    "---\n",
    "...\n",
    "? ",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "é",
    "😀",
    "\\",
    "\\u00e9",
    "\u{7}",
    "12",
    "~",
    "2001-01-01",
];

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(400) })]

    #[test]
    fn whatever_is_typed_places_lie_inside(bits in prop::collection::vec(select(BITS), 0..40)) {
        let text = bits.concat();
        let document = read(&text);
        assert_places(&document.root, &text);
        for error in &document.errors {
            assert!(text.get(error.span.range()).is_some());
        }
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        assert_places(&read(&text).root, &text);
    }
}

/// Large files make many of them.
#[test]
fn a_node_is_small() {
    assert_eq!((size_of::<Node>(), size_of::<Place>(), size_of::<Entry>()), (64, 32, 120));
}
