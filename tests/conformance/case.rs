//! One recorded case: its files, its environment, and Docker's answer.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use swarm_plan::source::{self, Files, Sources};
use swarm_plan::stack::{self, Stack};
use swarm_plan::swarm::convert::{self, Existing};
use swarm_plan::swarm::spec::Specs;

pub struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub expected: Value,
    options: Value,
    environment: BTreeMap<String, String>,
}

/// What swarm-plan says of a case.
pub struct Answer {
    pub stack: Stack,
    pub specs: Specs,
    /// Stage and text of the refusal.
    pub deploy: Option<(&'static str, String)>,
    pub config: Result<String, String>,
}

struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        Ok(fs::metadata(path)?.len())
    }
}

fn json(path: &Path) -> Value {
    fs::read_to_string(path).map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
}

impl Case {
    pub fn read(folder: PathBuf) -> Self {
        let here = folder.display().to_string();
        let above = folder.parent().unwrap().display().to_string();
        let text = fs::read_to_string(folder.join("expected.json")).unwrap();
        let text = text.replace("@CASE@", &here).replace("@PARENT@", &above);
        let environment = match json(&folder.join("env.json")) {
            Value::Object(map) => {
                let value = |it: &Value| {
                    it.as_str().unwrap().replace("@CASE@", &here).replace("@PARENT@", &above)
                };
                map.iter().map(|(name, it)| (name.clone(), value(it))).collect()
            }
            _ => BTreeMap::new(),
        };
        Self {
            name: folder.file_name().unwrap().to_string_lossy().into_owned(),
            expected: serde_json::from_str(&text).unwrap(),
            options: json(&folder.join("case.json")),
            environment,
            folder,
        }
    }

    fn files(&self) -> Vec<String> {
        if let Some(files) = self.options["files"].as_array() {
            return files.iter().map(|it| it.as_str().unwrap().to_owned()).collect();
        }
        let files = ["stack.yml", "override.yml", "override2.yml"];
        files.iter().filter(|it| self.folder.join(it).exists()).map(|&it| it.to_owned()).collect()
    }

    fn existing(&self) -> Existing {
        let cluster = &self.options["cluster"];
        let names = |it: &Value| {
            let all = it.as_array().into_iter().flatten();
            all.map(|it| it.as_str().unwrap().to_owned()).collect()
        };
        let scopes = cluster["networks"].as_object().into_iter().flatten();
        Existing {
            missing_secrets: names(&cluster["missing_secrets"]),
            missing_configs: names(&cluster["missing_configs"]),
            scopes: scopes
                .map(|(name, it)| (name.clone(), it.as_str().unwrap().to_owned()))
                .collect(),
            ..Existing::default()
        }
    }

    /// Runs the case, as the command line would.
    pub fn answer(&self) -> Answer {
        let namespace = self.options["namespace"].as_str().unwrap_or("stk");
        let names = self.files();
        let mut sources = Sources::default();
        let mut ids = Vec::new();
        let mut unread = None;
        if names.is_empty() {
            unread = Some("Specify a Compose file (with --compose-file)".to_owned());
        }
        let mut stdin = self.options["stdin"].as_str().map(|it| self.folder.join(it));
        let mut working_dir = None;
        for name in &names {
            let bytes = if name == "-" {
                let taken = stdin.take();
                Ok(taken.map(|it| fs::read(it).unwrap()).unwrap_or_default())
            } else {
                fs::read(self.folder.join(name))
            };
            let path = if name == "-" { self.folder.join("-") } else { self.folder.join(name) };
            working_dir.get_or_insert_with(|| path.parent().unwrap().to_path_buf());
            match bytes {
                Ok(bytes) => ids.push(sources.add(name.clone(), source::decode(bytes).unwrap())),
                Err(error) => {
                    let shown = self.folder.join(name).display().to_string();
                    unread = Some(format!("open {shown}: {}", source::go_error(&error)));
                    break;
                }
            }
        }
        let working_dir = working_dir.unwrap_or_else(|| self.folder.clone());
        let stack = stack::load(
            &mut sources,
            &stack::Input {
                files: &ids,
                working_dir: &working_dir,
                environment: &self.environment,
                interpolate: true,
                disk: &Disk,
            },
        );
        let existing = self.existing();
        let (specs, problems) = convert::convert(&convert::Input {
            stack: &stack,
            namespace,
            existing: &existing,
            disk: &Disk,
            read_data: true,
        });
        let name = convert::check_name(namespace);
        let all = || name.iter().chain(&stack.problems).chain(&problems);
        let is_read = |it: &stack::Verdict| it.step <= stack::Step::Read;
        let mut deploy = stack::verdict(all());
        let mut config = stack::config_verdict(&stack.problems);
        if let Some(text) = unread {
            if !deploy.as_ref().is_some_and(is_read) {
                deploy = Some(stack::Verdict { step: stack::Step::Read, text: text.clone() });
            }
            if !config.as_ref().is_some_and(is_read) {
                config = Some(stack::Verdict { step: stack::Step::Read, text });
            }
        }
        Answer {
            specs,
            deploy: deploy.map(|it| (it.step.stage(), it.text)),
            config: config.map_or_else(|| Ok(stack::show(&stack)), |it| Err(it.text)),
            stack,
        }
    }
}
