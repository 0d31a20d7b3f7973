//! Files → stack, in Docker's order: read all, then each file by itself, then merge.

use std::path::Path;

use crate::source::{Files, SourceId, Sources};
use crate::stack::decode::{Decoder, Sections};
use crate::stack::interpolate::{Interpolation, VariableUse};
use crate::stack::model::Environment;
use crate::stack::problem::{FileStep, Kind, Problem, Refusal, Step};
use crate::stack::{File, Stack, check, image, merge, support, version};
use crate::yaml::{self, Document, Node, Value};

/// What to load.
pub struct Input<'a> {
    /// The files, in the order in which they are merged.
    pub files: &'a [SourceId],
    /// The folder of the first file: absolute.
    pub working_dir: &'a Path,
    /// The process environment.
    pub environment: &'a Environment,
    /// Whether variables are put in.
    pub interpolate: bool,
    pub disk: &'a dyn Files,
}

/// Loads a stack. Never fails: what is wrong is in the result. Texts of env files are added to
/// the sources.
pub fn load(sources: &mut Sources, input: &Input) -> Stack {
    let mut stack =
        Stack { working_dir: input.working_dir.to_string_lossy().into_owned(), ..Stack::default() };
    for &source in input.files {
        let document = yaml::parse(source, &sources.get(source).text);
        read_problems(&document, &mut stack.problems);
        stack.files.push(File { source, document, interpolated: None });
    }

    let mut sections = Vec::new();
    let mut files = std::mem::take(&mut stack.files);
    let versions: Vec<_> = files.iter().map(|it| version::of(&it.document.root)).collect();
    for (at, file) in files.iter_mut().enumerate() {
        let version = &versions[at];
        if version.text != versions[0].text {
            stack.problems.push(version.mismatch(&versions[0], at));
        }
        support::forbidden(&file.document.root, at, &mut stack.problems);
        if input.interpolate && sources.get(file.source).text.contains('$') {
            file.interpolated = Some(interpolate(&file.document.root, at, input, &mut stack));
        }
        sections.push(decode(file, at, version, sources, input, &mut stack));
    }
    for file in &files {
        support::unsupported(&file.document.root, &mut stack.problems);
    }
    stack.files = files;
    stack.version = versions.first().map(|it| it.text.clone()).unwrap_or_default();

    let merged = merge::merge(sections);
    stack.services = merged.services;
    stack.networks = merged.networks;
    stack.volumes = merged.volumes;
    stack.secrets = merged.secrets;
    stack.configs = merged.configs;
    stack.extras = merged.extras;
    image::check(&stack.services, &mut stack.problems);
    stack
}

/// What the reading of a text found.
fn read_problems(document: &Document, problems: &mut Vec<Problem>) {
    for error in &document.errors {
        let kind = Kind::Syntax {
            message: error.message.clone(),
            help: error.help.clone(),
            related: error.related.clone(),
        };
        problems.push(Problem::at(kind, error.span).refused(Step::Read, error.docker.clone()));
    }
    // One answer names them all.
    let mut answer = document.duplicates_answer.clone();
    for it in &document.duplicates {
        let kind = Kind::DuplicateKey { key: it.key.clone(), first: it.first };
        let mut problem = Problem::at(kind, it.again);
        if let Some(answer) = answer.take() {
            let (step, group) = (Step::Read, "yaml".to_owned());
            problem.refusal = Some(Refusal { step, text: answer, weight: 0, group });
        }
        problems.push(problem);
    }
    if let Some(span) = document.second_document {
        problems.push(Problem::at(Kind::SecondDocument, span));
    }
    let top_is_text_map = match &document.root.value {
        Value::Map(map) => map.entries.iter().all(|it| it.key.is_text),
        _ => false,
    };
    if !top_is_text_map && document.errors.is_empty() && document.duplicates.is_empty() {
        let found = match &document.root.value {
            Value::Null => "nothing",
            Value::List(_) => "a list",
            Value::Map(_) => "a key that is no text",
            _ => "a single value",
        };
        let problem = Problem::new(Kind::NotMapping { found }, document.root.place);
        problems.push(problem.refused(Step::Read, "top-level object must be a mapping"));
    }
}

fn interpolate(root: &Node, file: usize, input: &Input, stack: &mut Stack) -> Node {
    let mut uses: Vec<VariableUse> = std::mem::take(&mut stack.variables);
    let problems = &mut stack.problems;
    let mut work =
        Interpolation { file, environment: input.environment, problems, uses: &mut uses };
    let tree = work.tree(root);
    stack.variables = uses;
    tree
}

fn decode(
    file: &File,
    at: usize,
    version: &version::Version,
    sources: &mut Sources,
    input: &Input,
    stack: &mut Stack,
) -> Sections {
    let problems = &mut stack.problems;
    problems.extend(version.unsupported(at));
    let minor = version.minor.unwrap_or(crate::stack::keys::NEWEST);
    for (span, docker) in check::json_problems(file.tree()) {
        let kind = if docker.starts_with("json: unsupported value") {
            Kind::NotFinite
        } else {
            Kind::KeyNotText { key: String::new() }
        };
        problems.push(Problem::at(kind, span).refused(Step::File(at, FileStep::Encode), docker));
    }
    let violations = check::check(file.tree(), minor, &formats());
    let choice = check::dockers_choice(&violations);
    let mut reported: rustc_hash::FxHashSet<_> = problems
        .iter()
        .filter(|it| it.refusal.is_some() && it.span.source == file.source)
        .map(|it| (it.span.start(), it.span.end()))
        .collect();
    for (number, violation) in violations.into_iter().enumerate() {
        let span = violation.span;
        reported.insert((span.start(), span.end()));
        let mut problem = Problem::new(Kind::NotFinite, violation.place);
        problem.span = span;
        problem.service = service_of(&violation);
        let weight = usize::from(Some(number) == choice);
        let step = Step::File(at, FileStep::Schema);
        let text = violation.docker.clone();
        problem.refusal = Some(Refusal { step, text, weight, group: String::new() });
        problem.kind = Kind::Shape(Box::new(violation));
        problems.push(problem);
    }
    let mut decoder = Decoder {
        file: at,
        minor,
        environment: input.environment,
        working_dir: input.working_dir,
        disk: input.disk,
        sources,
        env_files: &mut stack.env_files,
        problems,
        reported,
        step: FileStep::Services,
        service: None,
    };
    decoder.sections(file.tree())
}

/// The service that a violation lies in.
fn service_of(violation: &check::Violation) -> Option<String> {
    match violation.path.as_slice() {
        [check::Segment::Key(section), check::Segment::Key(name), ..] if section == "services" => {
            Some(name.clone())
        }
        _ => None,
    }
}

fn formats() -> check::Formats {
    check::Formats {
        duration: |text| crate::value::duration::parse(text).is_ok(),
        port: |text| crate::value::port::parse(text).is_ok(),
    }
}
