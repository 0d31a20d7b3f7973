//! What the manager says in place of taking a stack.

use std::fs;

use crate::conformance::Tally;
use crate::support::root;
use crate::swarm::docker::{Swarm, list, text};
use crate::swarm::stack::Stack;

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
        let said = match swarm.deploy(name, &file) {
            Ok(_) => "taken".to_owned(),
            Err(words) => words,
        };
        // What Docker's client puts before the manager's words names the object at hand.
        let words = match said.split_once("Error response from daemon: ") {
            Some((_, words)) => format!("Error response from daemon: {words}"),
            None => said.clone(),
        };
        let words = without_ids(&words, &swarm);
        let stack = Stack::read(name, &file);
        let here = stack.refusal.as_ref().map_or("taken", |it| it.text.as_str());
        // Of services whose names differ in case only, the one that Docker takes last is named.
        let agrees = words == here || words.to_lowercase() == here.to_lowercase();
        tally.count("swarm: refusals", name, agrees, || {
            format!("\n    Swarm: {said}\n    here:  {here}")
        });
        swarm.reset();
    }
    tally.finish();
}

/// Only the swarm knows the ids of services.
fn without_ids(words: &str, swarm: &Swarm) -> String {
    let services = swarm.get("/services");
    let ids = list(&services).map(|it| text(&it["ID"]));
    ids.fold(words.to_owned(), |words, id| words.replace(&id, "<service-id>"))
}
