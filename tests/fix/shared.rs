//! Fixes of what several services share, of what lies in several files, and of what is silenced.

use swarm_plan::diagnostic::Safety;

use crate::support::Case;

/// The text after its fixes.
fn fixed(text: &str, most: Safety) -> String {
    let case = Case::of(text);
    case.fixed(&case.fix(most)).files[0].1.clone()
}

#[test]
fn what_all_who_share_it_have_wrong_is_fixed_where_it_is_written() {
    let text = "x-labels: &labels {on: true}\nservices:\n  a:\n    image: a:1\n    labels: *labels\n  b:\n    image: b:1\n    labels:\n      <<: *labels\n";
    let expected = text.replace("{on: true}", "{on: \"true\"}");
    assert_eq!(fixed(text, Safety::Safe), expected);
}

#[test]
fn what_only_one_of_those_who_share_it_has_wrong_stays() {
    let text = "x-deploy: &deploy\n  replicas: 2\n  labels: {x: y}\nservices:\n  a:\n    image: a:1\n    deploy:\n      <<: *deploy\n      mode: global\n  b:\n    image: b:1\n    deploy: *deploy\n";
    let case = Case::of(text);
    let result = case.fix(Safety::Unsafe);
    assert_eq!(case.fixed(&result).files, case.files);
    let notes: Vec<_> = result.analysis.diagnostics.iter().flat_map(|it| &it.notes).collect();
    assert!(
        notes
            .iter()
            .any(|it| *it == "not fixed: it would change `services.b.deploy.replicas`, too"),
        "{notes:?}"
    );
}

#[test]
fn each_file_of_a_stack_is_fixed_where_it_is_wrong() {
    let mut case =
        Case::of("version: '3.1'\nservices:\n  a:\n    image: a:1\n    deploy: {mode: global}\n");
    let other =
        "version: '3.1'\nservices:\n  a:\n    labels: {on: true}\n    deploy:\n      replicas: 2\n";
    case.files.push(("override.yml".to_owned(), other.to_owned()));
    let files = case.fixed(&case.fix(Safety::Safe)).files;
    assert_eq!(files[1].1, "version: '3.1'\nservices:\n  a:\n    labels: {on: \"true\"}\n");
    assert_eq!(files[0], case.files[0]);
}

#[test]
fn a_version_goes_in_all_files_at_once() {
    let mut case = Case::of("version: '3.1'\n\nservices:\n  a:\n    image: a:1\n    init: true\n");
    case.files.push(("override.yml".to_owned(), "version: '3.1'\nservices: {}\n".to_owned()));
    let files = case.fixed(&case.fix(Safety::Safe)).files;
    assert_eq!(files[0].1, "services:\n  a:\n    image: a:1\n    init: true\n");
    assert_eq!(files[1].1, "services: {}\n");
}

#[test]
fn silenced_findings_are_not_fixed() {
    let text = "services:\n  a:\n    image: a:1\n    labels:\n      on: true  # swarm-plan: ignore[yaml-bool-value] later\n      off: false\n";
    let expected = text.replace("off: false", "off: \"false\"");
    assert_eq!(fixed(text, Safety::Safe), expected);
}

#[test]
fn what_an_anchor_is_needed_for_stays() {
    let text = "services:\n  a:\n    image: a:1\n    privileged: &yes true\n  b:\n    image: b:1\n    init: *yes\n";
    assert_eq!(fixed(text, Safety::Unsafe), text);
}

#[test]
fn many_fixes_come_together() {
    let mut text = "services:\n".to_owned();
    for at in 0..300 {
        let service = format!(
            "  s{at}:\n    image: a:1\n    mem_limit: 50M\n    privileged: true\n    labels: {{on: true}}\n    networks: [n{at}]\n"
        );
        text.push_str(&service);
    }
    let after = fixed(&text, Safety::Unsafe);
    assert_eq!(after.matches("\"true\"").count(), 300);
    assert_eq!(after.matches("          memory: 50M\n").count(), 300);
    assert_eq!(after.matches("privileged").count(), 0);
}

#[test]
fn a_config_gets_another_name_when_its_content_changes() {
    let text = "services:\n  web:\n    image: nginx:1.27\n    configs: [site]\nconfigs:\n  site: {file: ./site.conf}\n";
    let mut case = Case::of(text).all_rules();
    case.put("site.conf", b"one".to_vec());
    let name = |case: &Case| {
        let (_, rest) = case.files[0].1.split_once("name: ").expect("a name");
        rest.split([',', '}', '\n']).next().unwrap_or_default().to_owned()
    };
    case = case.fixed(&case.fix(Safety::Safe));
    let first = name(&case);
    // The first digits of the hash of `one`.
    assert_eq!(first, "site.7692c3ad3540");
    assert!(case.fix(Safety::Safe).applied.is_empty());
    case.put("site.conf", b"two".to_vec());
    case = case.fixed(&case.fix(Safety::Safe));
    assert_eq!(name(&case), "site.3fc4ccfe7458");
    assert!(case.fix(Safety::Safe).applied.is_empty());
    case.put("site.conf", b"one".to_vec());
    case = case.fixed(&case.fix(Safety::Safe));
    assert_eq!(name(&case), first);
}
