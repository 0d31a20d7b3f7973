//! Helpers shared by all tests.

mod examples;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use serde_json::Value;
use swarm_plan::analysis::{self, Analysis, Request};
use swarm_plan::cluster;
use swarm_plan::cluster::running::Running;
use swarm_plan::diagnostic::{Diagnostic, Safety};
use swarm_plan::fix::{self, Fixed};
use swarm_plan::found::Found;
use swarm_plan::output::{Checked, Format, Report};
use swarm_plan::rule::{Check, Options, Preset};
use swarm_plan::rules;
use swarm_plan::settings::{self, Levels};
use swarm_plan::source::{Files, SourceId, Sources};
use swarm_plan::stack::model::Environment;
use swarm_plan::stack::{self, Problem, Stack};
use swarm_plan::swarm::convert::{self, Existing};

pub use examples::examples;

pub fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files below a folder, sorted.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The fixtures of the rules: stack files, and folders with files beside one.
pub fn rule_fixtures() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("fixtures/rules")).unwrap();
    let mut found: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    found.sort();
    found
}

/// A stack and what surrounds it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The stack's files, in the order in which they are merged.
    pub files: Vec<(String, String)>,
    pub environment: Environment,
    /// The files beside them, by absolute path.
    pub beside: BTreeMap<PathBuf, Vec<u8>>,
    /// The files beside them that a repository keeps.
    pub tracked: Vec<PathBuf>,
    /// Files of which only the size is known.
    pub sizes: BTreeMap<PathBuf, u64>,
    /// What the stack is called, if not `shop`.
    pub name: Option<String>,
    /// The settings file.
    pub settings: String,
    pub preset: Preset,
    /// What is in the swarm already.
    pub existing: Existing,
    /// The inventory, which says what exists in place of `existing`.
    pub nodes: Option<String>,
    /// The stack as it was deployed.
    pub old: Option<String>,
    /// The running swarm, as an inventory, that the inventory is compared with.
    pub live: Option<String>,
}

/// Where the stacks of all cases are.
const FOLDER: &str = "/stack";

impl Case {
    /// One file and nothing else.
    pub fn of(text: &str) -> Self {
        Self { files: vec![("stack.yml".to_owned(), text.to_owned())], ..Self::default() }
    }

    /// A fixture: a stack file, or a folder with the files that [`Case::put`] takes.
    pub fn fixture(path: &Path) -> Self {
        if path.is_file() {
            return Self::of(&read(path));
        }
        let mut case = Self::default();
        let folder = path.strip_prefix(root()).unwrap().display().to_string();
        for file in files(&folder) {
            let name = file.strip_prefix(path).unwrap().to_str().unwrap();
            case.put(name, fs::read(&file).unwrap());
        }
        case
    }

    /// Adds a file, or replaces it. `stack.yml` and `override.yml` are the stack, `nodes.yml` is the
    /// inventory, `live.yml` the running swarm that it is compared with, `settings.toml` the settings,
    /// `name.txt` the stack's name, `old.yml` the stack as it was deployed, and `env.json` the
    /// environment; `tracked.txt` lists files that a repository keeps, `sizes.json` gives files by
    /// size alone, and `swarm.json` the names of what
    /// exists: `secrets`, `configs`, and `networks` with their scopes. All others are files beside
    /// the stack.
    pub fn put(&mut self, name: &str, bytes: Vec<u8>) {
        let text = || String::from_utf8(bytes.clone()).unwrap();
        match name {
            "stack.yml" | "override.yml" => {
                self.files.retain(|it| it.0 != name);
                self.files.push((name.to_owned(), text()));
                self.files.sort_by_key(|it| it.0 != "stack.yml");
            }
            "old.yml" => self.old = Some(text()),
            "nodes.yml" => self.nodes = Some(text()),
            "live.yml" => self.live = Some(text()),
            "settings.toml" => self.settings = text(),
            "name.txt" => self.name = Some(text().trim_end_matches('\n').to_owned()),
            "env.json" => self.environment = serde_json::from_str(&text()).unwrap(),
            "tracked.txt" => {
                self.tracked = text().lines().map(|it| Path::new(FOLDER).join(it)).collect();
            }
            "swarm.json" => self.existing = existing(&text()),
            "sizes.json" => {
                let sizes: BTreeMap<PathBuf, u64> = serde_json::from_str(&text()).unwrap();
                let there = |(name, size)| (Path::new(FOLDER).join::<PathBuf>(name), size);
                self.sizes = sizes.into_iter().map(there).collect();
            }
            _ => {
                self.beside.insert(Path::new(FOLDER).join(name), bytes);
            }
        }
    }

    pub fn check(&self) -> Findings {
        self.with(|mut sources, _, analyze| {
            let analysis = analyze(&mut sources);
            Findings { sources, analysis }
        })
    }

    /// Applies the fixes, with [`Safety::Unsafe`] all.
    pub fn fix(&self, most: Safety) -> Fixed {
        self.with(|sources, files, analyze| fix::fix(&sources, files, most, analyze))
    }

    /// The same with the texts that a fix made.
    pub fn fixed(&self, fixed: &Fixed) -> Self {
        let mut case = self.clone();
        for (file, (_, source)) in case.files.iter_mut().zip(fixed.sources.all()) {
            file.1.clone_from(&source.text);
        }
        case
    }

    /// The texts of the stack and of the inventory, the files of the stack, and what analyzes them.
    fn with<T>(
        &self,
        work: impl FnOnce(Sources, &[SourceId], &mut dyn FnMut(&mut Sources) -> Analysis) -> T,
    ) -> T {
        let mut sources = Sources::default();
        let files: Vec<SourceId> =
            self.files.iter().map(|(name, text)| sources.add(name, text.as_str())).collect();
        let names: Vec<_> = self.files.iter().map(|it| &it.0).collect();
        let levels = self.levels(&names);
        let (mut existing, mut inventory) = (self.existing.clone(), Vec::new());
        let mut nodes = None;
        if let Some(text) = &self.nodes {
            let source = sources.add("nodes.yml", text.as_str());
            let (cluster, problems) = cluster::inventory::read(source, text);
            (existing, inventory) = (cluster.existing(), problems);
            if let Some(live) = &self.live {
                let live = cluster::inventory::read(SourceId::default(), live).0;
                inventory.extend(cluster::drift::drift(&cluster, source, &live));
            }
            nodes = Some(cluster);
        }
        if let Some(text) = &self.old {
            nodes.get_or_insert_default().running = Some(Box::new(self.running(text)));
        }
        let request = Request {
            files: &files,
            working_dir: Path::new(FOLDER),
            environment: &self.environment,
            disk: self,
            levels: &levels,
            stack_name: self.name.as_deref().unwrap_or("shop"),
            existing: &existing,
            cluster: nodes.as_ref(),
            inventory: &inventory,
        };
        work(sources, &files, &mut |sources| analysis::analyze(sources, &request))
    }

    /// What a deploy of another text left.
    fn running(&self, text: &str) -> Running {
        let mut sources = Sources::default();
        let files = [sources.add("old.yml", text)];
        let old = Old(self);
        let input = stack::Input {
            files: &files,
            working_dir: Path::new(FOLDER),
            environment: &self.environment,
            interpolate: true,
            disk: &old,
        };
        let stack = stack::load(&mut sources, &input);
        let (specs, _) = convert::convert(&convert::Input {
            stack: &stack,
            namespace: self.name.as_deref().unwrap_or("shop"),
            existing: &Existing::default(),
            disk: &old,
            read_data: true,
        });
        Running::of_specs("old.yml", &specs, &|_| true)
    }

    fn levels(&self, names: &[&String]) -> Levels {
        let mut sources = Sources::default();
        let id = sources.add("swarm-plan.toml", self.settings.as_str());
        let (settings, mistakes) = settings::parse(id, &self.settings);
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let mut levels = settings.levels(names);
        levels.preset = levels.preset.max(self.preset);
        levels
    }

    /// The same with every rule.
    pub fn all_rules(self) -> Self {
        Self { preset: Preset::All, ..self }
    }
}

/// The files beside a stack as they were.
struct Old<'a>(&'a Case);

impl Files for Old<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let below = path.strip_prefix(FOLDER).unwrap_or(path);
        self.0.read(&Path::new(FOLDER).join("old").join(below)).or_else(|_| self.0.read(path))
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        self.read(path).map(|it| it.len() as u64)
    }
}

impl Files for Case {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.beside.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        match self.sizes.get(path) {
            Some(size) => Ok(*size),
            None => self.read(path).map(|it| it.len() as u64),
        }
    }

    fn is_tracked(&self, path: &Path) -> bool {
        self.tracked.iter().any(|it| it == path)
    }
}

/// What was found, and the texts it was found in.
pub struct Findings {
    pub sources: Sources,
    pub analysis: Analysis,
}

impl Findings {
    /// File, line from one, and rule of each finding, sorted.
    pub fn places(&self) -> Vec<(String, usize, String)> {
        let place = |it: &Diagnostic| {
            let source = self.sources.get(it.span.source);
            let line = source.line_of(it.span.start()) + 1;
            (file_name(&source.name), line, it.rule.to_owned())
        };
        let mut places: Vec<_> = self.analysis.diagnostics.iter().map(place).collect();
        places.sort();
        places
    }

    /// What the texts say that is to be found: `#~ rule other` at the end of a line for that line,
    /// `#~^ rule` for the line above.
    pub fn marked(&self) -> Vec<(String, usize, String)> {
        let mut marked = Vec::new();
        for (_, source) in self.sources.all() {
            for (at, line) in source.text.lines().enumerate() {
                let Some((_, mark)) = line.split_once("#~") else { continue };
                let (line, ids) = match mark.strip_prefix('^') {
                    Some(ids) => (at, ids),
                    None => (at + 1, mark),
                };
                for id in ids.split_whitespace() {
                    marked.push((file_name(&source.name), line, id.to_owned()));
                }
            }
        }
        marked.sort();
        marked
    }

    /// The rules that found something.
    pub fn rules(&self) -> Vec<&'static str> {
        self.analysis.diagnostics.iter().map(|it| it.rule).collect()
    }

    pub fn report(&self, format: Format) -> String {
        let silenced = &self.analysis.silenced;
        let stack = Checked::new(&self.sources, &self.analysis.diagnostics);
        write(Checked { silenced, ..stack }, format)
    }
}

/// What all rules say about one problem.
pub fn wording(problem: &Problem, sources: &Sources) -> Vec<Diagnostic> {
    let mut words = Found::default();
    let stack = Stack { problems: vec![problem.clone()], ..Stack::default() };
    for rule in rules::ALL.iter().map(|it| it.rule) {
        if let Check::Problem(_) = rule.check {
            rule.run(&stack, sources, &Options::default(), &mut words);
        }
    }
    words.told
}

/// A report without colours.
pub fn report(sources: &Sources, diagnostics: &[Diagnostic], format: Format) -> String {
    write(Checked::new(sources, diagnostics), format)
}

fn write(stack: Checked, format: Format) -> String {
    let mut out = termcolor::NoColor::new(Vec::new());
    let stacks = &[stack];
    format.write(Report::of(stacks), &mut out).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

/// The formats in which a command writes, as its own words list them.
pub fn formats_of(command: &str) -> Vec<String> {
    let mut it = Command::new(env!("CARGO_BIN_EXE_swarm-plan"));
    let said = it.args([command, "--format", "nonsense"]).output().unwrap().stderr;
    let said = String::from_utf8(said).unwrap();
    let (_, rest) = said.split_once("[possible values: ").unwrap();
    let (names, _) = rest.split_once(']').unwrap();
    let names: Vec<_> = names.split(',').map(|it| it.trim().to_owned()).collect();
    assert!(names.len() > 2, "{said}");
    names
}

fn existing(text: &str) -> Existing {
    let json: Value = serde_json::from_str(text).unwrap();
    Existing {
        secrets: serde_json::from_value(json["secrets"].clone()).unwrap(),
        configs: serde_json::from_value(json["configs"].clone()).unwrap(),
        networks: serde_json::from_value(json["networks"].clone()).unwrap(),
        ..Existing::default()
    }
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// Compares with a file below the project's folder; `UPDATE=1` rewrites the file instead.
#[track_caller]
pub fn expect_file(path: &str, actual: &str) {
    let file = root().join(path);
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, actual).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(actual == expected, "{path} differs; run `UPDATE=1 cargo test` and review\n{actual}");
}
