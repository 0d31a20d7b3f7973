//! The running swarm asked as its users ask it: an inventory that plans come true with, a snapshot in
//! no time, behind a proxy that lets nothing through but GET, over TCP and by a context.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::swarm::docker::Swarm;
use crate::swarm::outcome;
use crate::swarm::planned::Plan;

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_swarm-plan"));
    command.args(args).env_remove("DOCKER_HOST").output().unwrap()
}

#[track_caller]
fn text(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A proxy that passes on what begins with `GET ` and nothing else; what it was asked.
fn proxy(socket: PathBuf) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    thread::spawn(move || {
        for client in listener.incoming() {
            let (client, log) = (client.unwrap(), log.clone());
            let engine = UnixStream::connect(&socket).unwrap();
            let mut back = engine.try_clone().unwrap();
            let mut to = client.try_clone().unwrap();
            thread::spawn(move || std::io::copy(&mut back, &mut to));
            thread::spawn(move || pass_on(client, engine, &log));
        }
    });
    (address, asked)
}

fn pass_on(mut client: TcpStream, mut engine: UnixStream, log: &Mutex<Vec<String>>) {
    let mut piece = [0; 8192];
    while let Ok(count @ 1..) = client.read(&mut piece) {
        let asked = String::from_utf8_lossy(&piece[..count]);
        log.lock().unwrap().push(asked.lines().next().unwrap().to_owned());
        if !asked.starts_with("GET ") {
            let _ = client.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        engine.write_all(&piece[..count]).unwrap();
    }
}

/// Thirty services of a few tasks, with what must not be told.
fn thirty() -> String {
    let mut stack = "services:\n".to_owned();
    for at in 0..30 {
        stack += &format!(
            "  s{at}:\n    image: lab/busybox:1\n    environment: {{DB_PASSWORD: Kx9vTq27LmW}}\n    \
             deploy: {{replicas: 1, resources: {{reservations: {{memory: 4M}}}}}}\n"
        );
    }
    stack
}

#[test]
#[ignore = "needs a real swarm: bash tests/swarm/lab.sh test"]
fn the_running_swarm_is_read_as_it_is() {
    let swarm = Swarm::of_the_lab();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let socket = swarm.socket("n1");
    let host = format!("unix://{}", socket.display());
    swarm.deploy("many", &at("many.yml", &thirty())).unwrap();
    swarm.settled();

    let start = Instant::now();
    let snapshot = text(&run(&["snapshot", "-H", &host]));
    let took = start.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
    println!("a snapshot of 5 nodes with 30 services takes {took:?}");
    assert!(!snapshot.contains("Kx9vTq27LmW"));
    let told: Value = serde_json::from_str(&snapshot).unwrap();
    let count = |list: &str| told[list].as_array().map_or(0, Vec::len);
    assert_eq!((count("nodes"), count("services")), (5, 30));
    assert_eq!(text(&run(&["snapshot", "-H", &host])), snapshot);

    // Every other way leads to the same.
    let (proxied, asked) = proxy(socket);
    let by_tcp = text(&run(&["snapshot", "-H", &proxied]));
    assert_eq!(by_tcp.replace(&proxied, &host), snapshot);
    let asked = asked.lock().unwrap().clone();
    assert!(!asked.is_empty() && asked.iter().all(|it| it.starts_with("GET ")), "{asked:?}");
    let settings = folder.path().join("docker");
    let context = format!("host={host}");
    let made = Command::new("docker")
        .env("DOCKER_CONFIG", &settings)
        .args(["context", "create", "lab", "--docker", &context])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let by_context = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .env("DOCKER_CONFIG", &settings)
        .args(["snapshot", "--context", "lab"])
        .output()
        .unwrap();
    assert_eq!(text(&by_context), snapshot);

    // Whoever is no manager, and who is in no swarm, says so.
    let worker = format!("unix://{}", swarm.socket("n2").display());
    let refused = run(&["snapshot", "-H", &worker]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said.contains("it is a worker, and only managers know the swarm"), "{said}");

    // The inventory says what is there, and plans that are made with it come true.
    let inventory = text(&run(&["nodes", "export", "-H", &host]));
    let nodes = at("nodes.yml", &inventory);
    let check = run(&["nodes", "check", nodes.to_str().unwrap(), "--live", "-H", &host]);
    assert!(!text(&check).contains("inventory-drift"), "{inventory}");
    let stack = at(
        "placed.yml",
        "services:\n  ssd:\n    image: lab/busybox:1\n    deploy:\n      replicas: 2\n      \
         placement: {constraints: [node.labels.disk == ssd], max_replicas_per_node: 1}\n  \
         gpu:\n    image: lab/busybox:1\n    deploy:\n      resources: {reservations: \
         {generic_resources: [{discrete_resource_spec: {kind: gpu, value: 3}}]}}\n  \
         none:\n    image: lab/busybox:1\n    deploy: {placement: {constraints: [node.labels.zone == x]}}\n",
    );
    let plan = Plan::of("placed", &stack, &inventory, &[]);
    swarm.deploy("placed", &stack).unwrap();
    let planned = plan.outcomes();
    let placed = outcome::real(planned.keys().map(String::as_str), &swarm.placed());
    for service in ["placed_ssd", "placed_gpu", "placed_none"] {
        assert_eq!(planned[service], placed[service], "{service}");
    }

    // What changes meanwhile is found.
    swarm.docker(&["node", "update", "--label-add", "zone=z", "n5"]).unwrap();
    let drifted = run(&["nodes", "check", nodes.to_str().unwrap(), "--live", "-H", &host]);
    swarm.docker(&["node", "update", "--label-add", "zone=c", "n5"]).unwrap();
    let said = String::from_utf8(drifted.stdout).unwrap();
    assert_eq!(drifted.status.code(), Some(1), "{said}");
    assert!(said.contains("the label `zone` of `n5` has another value"), "{said}");
    swarm.reset();
}
