//! Comments that silence rules, apart from what the rules find.

use swarm_plan::diagnostic::Diagnostic;
use swarm_plan::diagnostic::Severity;
use swarm_plan::found::Found;
use swarm_plan::source::{SourceId, Sources, Span};
use swarm_plan::suppression::{self, Standing};
use swarm_plan::yaml::Comment;

/// The lines, from one, that a directive for `image-missing` in a text speaks for.
fn lines(text: &str) -> Vec<usize> {
    let mut sources = Sources::default();
    let id = sources.add("stack.yml", text);
    let directives = suppression::directives(id, sources.get(id), &comments(id, text));
    assert!(!directives.is_empty(), "{text}");
    directives.into_iter().flat_map(|it| it.lines).map(|it| it + 1).collect()
}

fn comments(id: SourceId, text: &str) -> Vec<Comment> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(at) = line.find('#') {
            let span = Span::new(id, start + at, start + line.trim_end().len());
            found.push(Comment { span, own_line: line[..at].trim().is_empty() });
        }
        start += line.len();
    }
    found
}

#[test]
fn a_comment_behind_a_value_speaks_for_its_line() {
    assert_eq!(lines("a:\n  b: 1 # swarm-plan: ignore[image-missing] why\n  c: 2\n"), [2]);
}

#[test]
fn a_comment_on_its_own_line_speaks_for_the_block_below() {
    let text = "a:\n  # swarm-plan: ignore[image-missing]\n\n  b:\n    c: 1\n\n    d: 2\n  e: 3\n";
    assert_eq!(lines(text), [4, 5, 6, 7]);
}

#[test]
fn a_list_may_stand_as_deep_as_its_key() {
    let text = "# swarm-plan: ignore[image-missing]\nports:\n- 1\n- 2\nvolumes:\n- 3\n";
    assert_eq!(lines(text), [2, 3, 4]);
    let text = "ports:\n# swarm-plan: ignore[image-missing]\n- a: 1\n  b: 2\n- c: 3\n";
    assert_eq!(lines(text), [3, 4]);
}

#[test]
fn ignore_file_speaks_for_all_lines_from_the_top_only() {
    assert_eq!(lines("# x\n# swarm-plan: ignore-file[image-missing]\na: 1\n"), [1, 2, 3, 4]);
    assert!(lines("a: 1\n# swarm-plan: ignore-file[image-missing]\nb: 1\n").is_empty());
}

#[test]
fn what_cannot_be_read_silences_nothing() {
    for comment in ["ingore[image-missing]", "ignore", "ignore[]", "ignore[image-missing", "[x]"] {
        assert!(lines(&format!("# swarm-plan: {comment}\na: 1\n")).is_empty(), "{comment}");
    }
}

#[test]
fn names_know_whether_they_silenced_something() {
    let text = "\
# swarm-plan: ignore[a, b] both
x:
  y: 1 # swarm-plan: ignore[a]
  z: 1
# swarm-plan: ignore[a]
v: 1
w: 1
";
    let mut sources = Sources::default();
    let id = sources.add("stack.yml", text);
    let source = sources.get(id);
    let mut directives = suppression::directives(id, source, &comments(id, text));
    let at = |line: usize, rule: &'static str| {
        let start = source.line_range(line - 1).start;
        finding(rule, Span::new(id, start, start + 1))
    };
    let told = vec![at(7, "a"), at(4, "c"), at(4, "a"), at(3, "a")];
    let mut found = Found { told, ..Found::default() };
    let line_of = |span: Span| source.line_of(span.start());
    suppression::apply(&mut directives, line_of, &mut found);

    let left: Vec<_> = found.told.iter().map(|it| (line_of(it.span) + 1, it.rule)).collect();
    assert_eq!(left, [(4, "c"), (7, "a")]);
    let standing: Vec<_> = directives
        .iter()
        .flat_map(|it| &it.names)
        .map(|it| (it.id.as_str(), it.standing == Standing::Used))
        .collect();
    assert_eq!(standing, [("a", true), ("b", false), ("a", true), ("a", false)]);
}

fn finding(rule: &'static str, span: Span) -> Diagnostic {
    Diagnostic {
        rule,
        severity: Severity::Error,
        message: "x".to_owned(),
        span,
        service: None,
        related: Vec::new(),
        help: None,
        notes: Vec::new(),
        fix: None,
    }
}
