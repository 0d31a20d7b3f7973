//! The examples in the pages of rules. `src/rules/mod.rs` says how they are written.

use std::path::Path;

use swarm_plan::value::shlex;

use crate::support::{Case, FOLDER};

/// A block with a verdict, and what it is checked with.
pub struct Example {
    pub is_good: bool,
    /// The file that the block holds; none where it holds commands.
    pub file: Option<String>,
    /// The block as it stands in the page.
    pub text: String,
    pub case: Case,
    /// The rules that a bad example cannot do without.
    pub also: Vec<String>,
}

/// The examples of a page, in its order.
pub fn examples(markdown: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut world = Case::of("services: {}\n");
    for block in markdown.split("\n```").skip(1).step_by(2) {
        let (info, text) = block.split_once('\n').unwrap();
        let text = format!("{text}\n");
        let (language, words) = info.split_once(' ').unwrap_or((info, ""));
        let (words, also) = words.split_once(" also ").unwrap_or((words, ""));
        let (name, verdict) = match *words.split_whitespace().collect::<Vec<_>>() {
            [] => (None, None),
            [verdict @ ("bad" | "good")] => (None, Some(verdict)),
            [name] => (Some(name), None),
            [name, verdict @ ("bad" | "good")] => (Some(name), Some(verdict)),
            _ => panic!("```{info}: expected a language, a file's name, and `bad` or `good`"),
        };
        let shown = name.is_none() && verdict.is_none() && language != "console";
        if shown {
            let is_free = ["", "sh", "text", "toml"].contains(&language);
            assert!(is_free, "```{info}: name the file, or say `bad` or `good`:\n{text}");
            continue;
        }
        let mut case = world.clone();
        let file = if language == "console" { None } else { Some(name.unwrap_or("stack.yml")) };
        match file {
            Some(file) => case.put(file, text.clone().into_bytes()),
            None => enter(&text, &mut case),
        }
        if verdict != Some("good") {
            world = case.clone();
        }
        if let Some(verdict) = verdict {
            let file = file.map(str::to_owned);
            let also = also.split_whitespace().map(str::to_owned).collect();
            found.push(Example { is_good: verdict == "good", file, text, case, also });
        }
    }
    found
}

/// Does to a case what commands do to a shell's surroundings.
fn enter(commands: &str, case: &mut Case) {
    let mut lines = commands.lines();
    while let Some(line) = lines.next() {
        let words = line.strip_prefix("$ ").and_then(|it| shlex::split(it).ok());
        let words = words.unwrap_or_else(|| panic!("{line:?} is no command"));
        match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["export", variable] => {
                let (name, value) = variable.split_once('=').unwrap();
                case.environment.insert(name.to_owned(), value.to_owned());
            }
            ["git", "add", file] => case.tracked.push(Path::new(FOLDER).join(file)),
            ["docker", "stack", "deploy", .., name] => case.name = Some(name.to_owned()),
            ["wc", "-c", file] => {
                let output = lines.next().unwrap_or_default();
                let size = output.strip_suffix(file).unwrap_or_default().trim().parse();
                let size = size.unwrap_or_else(|_| panic!("{output:?} is not what `wc` prints"));
                case.sizes.insert(Path::new(FOLDER).join(file), size);
            }
            _ => panic!("no example is made with {line:?}"),
        }
    }
}
