//! From files to findings in one call: the one entry point.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::cluster::running::Running;
use crate::cluster::{self, Cluster};
use crate::diagnostic::{Diagnostic, Severity};
use crate::found::{Found, Untold, place};
use crate::plan::diff;
use crate::plan::{Policy, Survive};
use crate::rule::{Check, Deployment, Group};
use crate::rules;
use crate::scheduler::{self, Options};
use crate::settings::Levels;
use crate::source::{Files, Source, SourceId, Sources, Span};
use crate::stack::beside;
use crate::stack::check::ViolationKind;
use crate::stack::exposure;
use crate::stack::model::Environment;
use crate::stack::problem::{FileStep, Step};
use crate::stack::{self, Input, Kind, Problem, Stack};
use crate::suppression::{self, Directive, Silenced, Standing};
use crate::swarm::convert::{self, Existing};
use crate::swarm::manager;
use crate::swarm::spec::Specs;
use crate::yaml::Comment;

/// What to analyze.
pub struct Request<'a> {
    /// The files of one stack, in the order in which they are merged.
    pub files: &'a [SourceId],
    /// The folder of the first file: absolute.
    pub working_dir: &'a Path,
    /// The variables that Docker would see.
    pub environment: &'a Environment,
    pub disk: &'a dyn Files,
    pub levels: &'a Levels,
    /// What comes before the `_` in the name of everything that is created.
    pub stack_name: &'a str,
    /// What is in the swarm already.
    pub existing: &'a Existing,
    /// The inventory.
    pub cluster: Option<&'a Cluster>,
    /// What cannot be used of the inventory.
    pub inventory: &'a [cluster::Problem],
}

/// Everything known about a stack.
#[derive(Debug, Default)]
pub struct Analysis {
    pub stack: Stack,
    /// What a deploy would send, as far as it can be known.
    pub specs: Specs,
    /// In the order of the texts.
    pub diagnostics: Vec<Diagnostic>,
    /// What is found but not told, save in a finding of each rule that counts its own.
    pub untold: Vec<Untold>,
    /// What comments silence, in the same order.
    pub silenced: Vec<Silenced>,
}

/// The most syntax errors of one text that are told: the first ones cause the others.
const SYNTAX_ERRORS: usize = 10;

/// Analyzes a stack. Never fails: what is wrong is in the result. Texts of env files are added to
/// the sources.
pub fn analyze(sources: &mut Sources, request: &Request) -> Analysis {
    let input = Input {
        files: request.files,
        working_dir: request.working_dir,
        environment: request.environment,
        interpolate: true,
        disk: request.disk,
    };
    let mut stack = stack::load(sources, &input);
    let broken = stack.files.iter().any(|it| !it.document.errors.is_empty());
    let nameless = convert::check_name(request.stack_name);
    let (specs, problems) = convert::convert(&convert::Input {
        stack: &stack,
        namespace: request.stack_name,
        existing: request.existing,
        disk: request.disk,
        read_data: false,
    });
    // A stack without a name would make every name in it wrong.
    let refused = if nameless.is_none() { manager::refusals(&stack, &specs) } else { Vec::new() };
    stack.problems.extend(problems);
    stack.problems.extend(nameless);
    stack.problems.extend(refused);
    drop_consequences(&mut stack.problems);
    let problems = std::mem::take(&mut stack.problems);
    (stack.incomplete, stack.problems) = problems
        .into_iter()
        .partition(|it| it.lacks_variable && !matches!(it.kind, Kind::Cast { .. }));
    stack.beside = beside::read(&stack, request.disk);
    stack.exposures = exposure::find(&stack, sources, request.disk);

    let levels = request.levels;
    let mut found = Found::default();
    for rule in rules::ALL.iter().map(|it| it.rule).filter(|it| !levels.is_off(it)) {
        let options = levels.options(rule.id);
        rule.run(&stack, sources, options, &mut found);
        rule.run_over_inventory(request.inventory, sources, options, &mut found);
    }
    if let Some(cluster) = request.cluster {
        deploy(&stack, &specs, cluster, sources, request, &mut found);
    }
    if broken {
        keep_what_caused_the_rest(&mut found, &stack);
    }
    found.told.retain_mut(|it| adjust(it.rule, &mut it.severity, levels));
    found.untold.retain_mut(|it| adjust(it.rule, &mut it.severity, levels));

    let mut directives = directives(sources, &stack);
    let line_of = |span: Span| sources.get(span.source).line_of(span.start());
    let mut silenced = suppression::apply(&mut directives, line_of, &mut found);
    judge(&mut directives, levels, broken);
    for rule in rules::ALL.iter().map(|it| it.rule).filter(|it| !levels.is_off(it)) {
        let mut about = Found::default();
        rule.run_over(&directives, sources, levels.options(rule.id), &mut about);
        about.told.retain_mut(|it| adjust(it.rule, &mut it.severity, levels));
        about.untold.retain_mut(|it| adjust(it.rule, &mut it.severity, levels));
        found.told.append(&mut about.told);
        found.untold.append(&mut about.untold);
    }

    silenced.sort_by(|a, b| place(&a.diagnostic).cmp(&place(&b.diagnostic)));
    silenced.dedup_by(|a, b| place(&a.diagnostic) == place(&b.diagnostic));
    let untold = found.untold.clone();
    Analysis { stack, specs, diagnostics: found.into_diagnostics(), untold, silenced }
}

/// Runs the rules about the stack on the nodes that there are.
fn deploy(
    stack: &Stack,
    specs: &Specs,
    cluster: &Cluster,
    sources: &Sources,
    request: &Request,
    found: &mut Found,
) {
    let networks = scheduler::network_drivers(specs, cluster);
    let options = Options { networks: networks.clone(), ..Options::default() };
    let services: Vec<_> = specs.services.values().collect();
    // Where nothing is created, or a value is not known, nobody can say what goes where.
    let mut all = stack.problems.iter().chain(&stack.incomplete);
    let is_refused = all.any(|it| it.refusal.is_some() || it.lacks_variable);
    let schedule = (!is_refused && !cluster.nodes.is_empty())
        .then(|| scheduler::schedule(&services, cluster, &options));
    let wanted = request.levels.policy();
    let policy = Policy {
        survive: wanted.survive.iter().filter_map(|it| Survive::read(it, cluster)).collect(),
        min_available: wanted.min_available.clone(),
    };
    let deployment = Deployment {
        cluster,
        stack,
        name: request.stack_name,
        specs,
        networks: &networks,
        policy: &policy,
        schedule: schedule.as_ref(),
        diff: None,
    };
    let levels = request.levels;
    for rule in rules::ALL.iter().map(|it| it.rule).filter(|it| !levels.is_off(it)) {
        rule.run_on(&deployment, sources, levels.options(rule.id), found);
    }
    if let Some(running) = &cluster.running {
        compare(&deployment, running, sources, request, found);
    }
}

/// Runs the rules about what a deploy changes, if it gets as far as to change anything.
fn compare(
    deployment: &Deployment,
    running: &Running,
    sources: &Sources,
    request: &Request,
    found: &mut Found,
) {
    let stack = deployment.stack;
    let mut all = stack.problems.iter().chain(&stack.incomplete);
    let is_early = |it: &Problem| it.refusal.as_ref().is_some_and(|it| it.step < Step::Networks);
    if all.any(|it| is_early(it) || it.lacks_variable) {
        return;
    }
    let (specs, _) = convert::convert(&convert::Input {
        stack,
        namespace: request.stack_name,
        existing: request.existing,
        disk: request.disk,
        read_data: true,
    });
    let diff = diff::diff(&diff::Request {
        name: request.stack_name,
        stack,
        specs: &specs,
        running,
        prune: false,
        cluster: Some(deployment.cluster),
    });
    let deployment = Deployment { diff: Some(&diff), ..*deployment };
    let levels = request.levels;
    for rule in rules::ALL.iter().map(|it| it.rule).filter(|it| !levels.is_off(it)) {
        if let Check::Change(_) = rule.check {
            rule.run_on(&deployment, sources, levels.options(rule.id), found);
        }
    }
}

/// Drops what Docker would not get to see: what it refuses in a value that it refused before, and
/// in a value that lacks a variable's part.
fn drop_consequences(problems: &mut Vec<Problem>) {
    let mut earliest: BTreeMap<Span, Step> = BTreeMap::new();
    let mut incomplete = BTreeSet::new();
    let mut refused = BTreeSet::new();
    for problem in &*problems {
        let Some(refusal) = &problem.refusal else { continue };
        let first = earliest.entry(problem.span).or_insert(refusal.step);
        *first = refusal.step.min(*first);
        if matches!(refusal.step, Step::File(_, FileStep::Interpolate)) {
            incomplete.insert(problem.span);
        }
        if is_misread_text(&problem.kind) {
            refused.insert(problem.span);
        }
    }
    problems.retain(|it| {
        let Some(refusal) = &it.refusal else { return true };
        if earliest.get(&it.span).is_some_and(|first| *first < refusal.step) {
            return false;
        }
        let from_start = Span::new(it.span.source, it.span.start(), it.span.start());
        let part = incomplete.range(from_start..).next();
        let lacks_a_part = part.is_some_and(|part| *part != it.span && holds(it.span, *part));
        if lacks_a_part && (is_misread_text(&it.kind) || is_misread_value(&it.kind)) {
            return false;
        }
        let whole = refused.range(..it.span).next_back();
        let is_part = whole.is_some_and(|whole| *whole != it.span && holds(*whole, it.span));
        !(is_part && is_misread_value(&it.kind))
    });
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start() <= inner.start() && inner.end() <= outer.end()
}

/// Whether the schema refuses a text for its grammar.
fn is_misread_text(kind: &Kind) -> bool {
    let Kind::Shape(violation) = kind else { return false };
    matches!(violation.kind, ViolationKind::InvalidDuration | ViolationKind::InvalidPort)
}

/// Whether a later step refuses a text for its grammar.
fn is_misread_value(kind: &Kind) -> bool {
    matches!(kind, Kind::Value { .. } | Kind::ImageInvalid { .. })
}

/// In a text that could only be read in part, what the reading found counts; the rest may be wrong.
fn keep_what_caused_the_rest(found: &mut Found, stack: &Stack) {
    let is_reading = |id: &str| rules::find(id).is_some_and(|it| it.rule.group == Group::Yaml);
    found.told.retain(|it| is_reading(it.rule));
    found.untold.retain(|it| is_reading(it.rule));
    found.told.sort_by_key(|it| it.span);
    let mut counts: BTreeMap<(SourceId, &str), usize> = BTreeMap::new();
    let rest = found.told.extract_if(.., |it| {
        let count = counts.entry((it.span.source, it.rule)).or_default();
        *count += 1;
        *count > SYNTAX_ERRORS
    });
    found.untold.extend(rest.map(|it| Untold::from(&it)));
    let uncounted = stack.files.iter().filter_map(|it| it.document.more_errors);
    let Some(rule) = rules::find(UNREADABLE).map(|it| it.rule) else { return };
    let more = uncounted.map(|(first, count)| Untold::of(rule.id, first, rule.severity, count));
    found.untold.extend(more);
}

/// The rule about what cannot be read.
const UNREADABLE: &str = "yaml-syntax";

/// Gives a finding the severity that the settings want; false where they want none of it.
fn adjust(rule: &str, severity: &mut Severity, levels: &Levels) -> bool {
    let default = rules::find(rule).map_or(*severity, |it| it.rule.severity);
    match levels.severity(rule, default, *severity) {
        Some(wanted) => {
            *severity = wanted;
            true
        }
        None => false,
    }
}

/// The directives in the comments of all texts: stack files and env files.
fn directives(sources: &Sources, stack: &Stack) -> Vec<Directive> {
    let mut found = Vec::new();
    for (id, source) in sources.all() {
        if !source.text.contains("swarm-plan:") {
            continue;
        }
        let file = stack.files.iter().find(|it| it.source == id);
        let comments = file.map(|it| it.document.comments.clone());
        let comments = comments.unwrap_or_else(|| env_file_comments(id, source));
        found.extend(suppression::directives(id, source, &comments));
    }
    found
}

/// The lines of an env file that begin with `#`.
fn env_file_comments(id: SourceId, source: &Source) -> Vec<Comment> {
    let lines = (0..source.lines()).map(|line| source.line_range(line));
    let comments = lines.filter_map(|range| {
        let text = &source.text[range.clone()];
        let indent = text.len() - text.trim_start().len();
        let span = Span::new(id, range.start + indent, range.end);
        text[indent..].starts_with('#').then_some(Comment { span, own_line: true })
    });
    comments.collect()
}

/// Says of the names that silenced nothing why that is.
fn judge(directives: &mut [Directive], levels: &Levels, broken: bool) {
    for directive in directives {
        let readable = directive.malformed.is_none();
        for name in &mut directive.names {
            if name.standing == Standing::Used || !readable {
                continue;
            }
            name.standing = match rules::find(&name.id) {
                None => Standing::Unknown,
                Some(it) if broken || levels.is_off(it.rule) => Standing::Unjudged,
                Some(_) => Standing::Unused,
            };
        }
    }
}
