//! What the manager says in place of taking a stack.

use std::fs;
use std::path::Path;

use crate::conformance::Tally;
use crate::support::root;
use crate::swarm::docker::{Swarm, list, text};
use crate::swarm::stack::Stack;

/// How often a stack is deployed until its services come in the order that is looked for.
const ATTEMPTS: usize = 16;

#[test]
#[ignore = "needs a real swarm: bash tests/swarm/lab.sh test"]
fn refusals_are_in_the_managers_words() {
    let swarm = Swarm::of_the_lab();
    let mut tally = Tally::default();
    let files = fs::read_dir(root().join("fixtures/swarm/refused")).unwrap();
    let mut files: Vec<_> = files.map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "yml"));
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let stack = Stack::read(name, &file);
        let here = stack.refusal.as_ref().map_or("taken", |it| it.text.as_str());
        let mut said = String::new();
        // Docker draws lots for which of several services comes first.
        let attempts = if stack.specs.services.len() > 1 { ATTEMPTS } else { 1 };
        let agrees = (0..attempts).any(|_| {
            said = deploy(&swarm, name, &file);
            swarm.reset();
            said == here
        });
        tally.count("swarm: refusals", name, agrees, || {
            format!("\n    Swarm: {said}\n    here:  {here}")
        });
    }
    tally.finish();
}

/// What Swarm says to a stack.
fn deploy(swarm: &Swarm, name: &str, file: &Path) -> String {
    let said = match swarm.deploy(name, file) {
        Ok(_) => "taken".to_owned(),
        Err(words) => words,
    };
    // What Docker's client puts before the manager's words names the object at hand.
    let error = "Error response from daemon: ";
    match said.split_once(error) {
        Some((_, words)) => without_ids(&format!("{error}{words}"), swarm),
        None => said,
    }
}

/// Only the swarm knows the ids of services.
fn without_ids(words: &str, swarm: &Swarm) -> String {
    let services = swarm.get("/services");
    let ids = list(&services).map(|it| text(&it["ID"]));
    ids.fold(words.to_owned(), |words, id| words.replace(&id, "<service-id>"))
}
