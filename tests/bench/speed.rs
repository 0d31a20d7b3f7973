//! `cargo bench`: parse, load and check on a small, a middle and a huge stack file, in MB/s.

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

mod placement;

use std::fmt::Write;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use swarm_plan::analysis::{self, Request};
use swarm_plan::settings::Levels;
use swarm_plan::source::{NoFiles, SourceId, Sources};
use swarm_plan::stack::model::Environment;
use swarm_plan::swarm::convert::Existing;
use swarm_plan::{stack, yaml};

fn main() {
    divan::main();
}

/// Twenty lines; 200 services of some 25 lines; 5 MB.
const SIZES: [&str; 3] = ["20 lines", "200 services", "5 MB"];

fn text(size: &str) -> String {
    match size {
        "20 lines" => stack_of(1),
        "200 services" => stack_of(200),
        _ => {
            let one = stack_of(200).len() / 200;
            stack_of(5_000_000 / one)
        }
    }
}

fn stack_of(services: usize) -> String {
    let mut text = String::from("version: \"3.8\"\nservices:\n");
    for at in 0..services {
        write!(
            text,
            "  service{at}:
    image: registry.example.com/team/app-{at}:1.{at}.0
    command: [serve, --port, \"8080\"]
    environment:
      LOG_LEVEL: info
      UPSTREAM: http://service{at}:8080/api
    networks: [backend]
    healthcheck:
      test: [CMD, curl, -f, http://localhost:8080/health]
      interval: 30s
      timeout: 5s
    deploy:
      replicas: 3
      update_config:
        order: start-first
        failure_action: rollback
      resources:
        limits: {{cpus: \"0.5\", memory: 256M}}
"
        )
        .unwrap();
    }
    text.push_str("networks:\n  backend:\n    driver: overlay\n");
    text
}

#[divan::bench(args = SIZES)]
fn parse(bencher: Bencher, size: &str) {
    let text = text(size);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| yaml::parse(SourceId::default(), &text));
}

#[divan::bench(args = SIZES)]
fn load(bencher: Bencher, size: &str) {
    let text = text(size);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut sources = Sources::default();
        let file = sources.add("stack.yml", text.as_str());
        let environment = Environment::new();
        stack::load(
            &mut sources,
            &stack::Input {
                files: &[file],
                working_dir: Path::new("/stacks"),
                environment: &environment,
                interpolate: true,
                disk: &NoFiles,
            },
        )
    });
}

#[divan::bench(args = SIZES)]
fn check(bencher: Bencher, size: &str) {
    let text = text(size);
    let environment = Environment::new();
    let levels = Levels::default();
    let existing = Existing::default();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut sources = Sources::default();
        let file = sources.add("stack.yml", text.as_str());
        analysis::analyze(
            &mut sources,
            &Request {
                files: &[file],
                working_dir: Path::new("/stacks"),
                environment: &environment,
                disk: &NoFiles,
                levels: &levels,
                stack_name: "shop",
                existing: &existing,
                cluster: None,
                inventory: &[],
            },
        )
    });
}
