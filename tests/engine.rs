//! What is read of a swarm, and what is said where it cannot be read: against small servers that
//! answer as an Engine does, or as one that is broken.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use swarm_plan::cluster::snapshot::Snapshot;

use crate::support::{expect_file, read, root};

/// What a server sends for a path, byte for byte.
type Answers = dyn Fn(&str) -> Vec<u8> + Send + Sync;

/// A server on a socket and on a port of this machine.
struct Server {
    folder: tempfile::TempDir,
    port: u16,
    /// The first lines of what was asked.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answers: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let answers: Arc<Answers> = Arc::new(answers);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = tcp.local_addr().unwrap().port();
        let unix =
            std::os::unix::net::UnixListener::bind(folder.path().join("docker.sock")).unwrap();
        let (a, b) = (answers.clone(), asked.clone());
        thread::spawn(move || {
            for stream in tcp.incoming() {
                let (a, b) = (a.clone(), b.clone());
                thread::spawn(move || serve(stream.unwrap(), &*a, &b));
            }
        });
        let (a, b) = (answers, asked.clone());
        thread::spawn(move || {
            for stream in unix.incoming() {
                let (a, b) = (a.clone(), b.clone());
                thread::spawn(move || serve(stream.unwrap(), &*a, &b));
            }
        });
        Self { folder, port, asked }
    }

    fn socket(&self) -> String {
        format!("unix://{}", self.folder.path().join("docker.sock").display())
    }

    fn tcp(&self) -> String {
        format!("tcp://127.0.0.1:{}", self.port)
    }
}

/// Answers what is asked on one connection. An answer that ends in the word STALL is not ended, one
/// that ends in ENDLESS never ends.
fn serve(mut stream: impl Read + Write, answers: &Answers, asked: &Mutex<Vec<String>>) {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 1024];
        let Ok(count @ 1..) = stream.read(&mut piece) else { return };
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let Some((head, rest)) = text.split_once("\r\n\r\n") else { continue };
        bytes = rest.as_bytes().to_vec();
        let line = head.lines().next().unwrap();
        asked.lock().unwrap().push(line.to_owned());
        let path = line.split(' ').nth(1).unwrap();
        let answer = answers(path);
        if let Some(answer) = answer.strip_suffix(b"STALL") {
            let _ = stream.write_all(answer).and_then(|()| stream.flush());
            thread::sleep(Duration::from_secs(30));
        }
        if let Some(answer) = answer.strip_suffix(b"ENDLESS") {
            let _ = stream.write_all(answer);
            while stream.write_all(&[b' '; 8192]).is_ok() {}
            return;
        }
        if let Some(answer) = answer.strip_suffix(b"CLOSE") {
            let _ = stream.write_all(answer);
            return;
        }
        if stream.write_all(&answer).and_then(|()| stream.flush()).is_err() {
            return;
        }
    }
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nApi-Version: 1.43\r\nContent-Length: {length}\r\n\r\n");
    (head + body).into_bytes()
}

fn ok(body: &Value) -> Vec<u8> {
    answer("200 OK", &body.to_string())
}

/// In chunks, with what nobody asked for between them.
fn chunked(body: &Value) -> Vec<u8> {
    let mut out =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            .to_owned();
    let text = body.to_string();
    for piece in text.as_bytes().chunks(7) {
        let piece = String::from_utf8_lossy(piece);
        out += &format!("{:X};x=y\r\n{piece}\r\n", piece.len());
    }
    (out + "0\r\nTrailer: x\r\n\r\n").into_bytes()
}

/// The swarm of `fixtures/engine/swarm.json`: what each path answers.
fn swarm() -> Value {
    serde_json::from_str(&read(&root().join("fixtures/engine/swarm.json"))).unwrap()
}

/// Answers as the Engine of this swarm does.
fn engine(swarm: Value) -> impl Fn(&str) -> Vec<u8> + Send + Sync + 'static {
    move |path| {
        if path == "/_ping" {
            return answer("200 OK", "OK");
        }
        let Some(path) = path.strip_prefix("/v1.43") else { return answer("404 Not Found", "") };
        match &swarm[path] {
            Value::Null => answer("404 Not Found", r#"{"message": "no such network"}"#),
            it if path == "/services" => chunked(it),
            it => ok(it),
        }
    }
}

/// The same, but for one path.
fn but(path: &'static str, it: Vec<u8>) -> impl Fn(&str) -> Vec<u8> + Send + Sync {
    let rest = engine(swarm());
    move |asked| if asked.ends_with(path) { it.clone() } else { rest(asked) }
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .args(args)
        .env_remove("DOCKER_HOST")
        .env_remove("DOCKER_CONTEXT")
        .env_remove("DOCKER_TLS_VERIFY")
        .env("DOCKER_CONFIG", "/nonexistent")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What is said where it fails, with exit code 2.
#[track_caller]
fn complaint(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!((output.status.code(), out(output).as_str()), (Some(2), ""), "{said}");
    said
}

#[test]
fn a_snapshot_holds_a_swarm_and_none_of_its_secrets() {
    let server = Server::start(engine(swarm()));
    let (by_socket, by_tcp) =
        (run(&["snapshot", "-H", &server.socket()]), run(&["snapshot", "--host", &server.tcp()]));
    let text = out(&by_socket);
    assert_eq!(by_socket.status.code(), Some(0), "{}", String::from_utf8_lossy(&by_socket.stderr));
    assert_eq!(out(&by_tcp).replace(&server.tcp(), &server.socket()), text);
    assert!(!text.contains("Kx9vTq27LmW"), "{text}");
    expect_file(
        "fixtures/engine/snapshot.json",
        &text.replace(&server.socket(), "unix:///var/run/docker.sock"),
    );
    let snapshot = Snapshot::read(&text).unwrap();
    assert!(snapshot.hashed && snapshot.secrets.is_some());
    // Nothing but GET is ever sent.
    let asked = server.asked.lock().unwrap().clone();
    assert!(asked.iter().all(|it| it.starts_with("GET /")), "{asked:?}");
    let shown = out(&run(&["snapshot", "-H", &server.socket(), "--show-secrets"]));
    assert!(shown.contains("DB_PASSWORD=Kx9vTq27LmW"), "{shown}");
    assert!(!Snapshot::read(&shown).unwrap().hashed);
}

#[test]
fn the_published_schema_takes_snapshots() {
    let schema = read(&root().join("schemas/snapshot.schema.json"));
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let mut snapshot: Value =
        serde_json::from_str(&read(&root().join("fixtures/engine/snapshot.json"))).unwrap();
    let errors: Vec<_> = schema.iter_errors(&snapshot).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    snapshot["schema"] = json!("swarm-plan/snapshot/2");
    assert!(!schema.is_valid(&snapshot));
}

#[test]
fn a_file_is_written_whole_and_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let server = Server::start(engine(swarm()));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("swarm.json");
    std::fs::write(&file, "old").unwrap();
    let path = file.to_str().unwrap();
    let written = run(&["snapshot", "-H", &server.socket(), "-o", path]);
    assert_eq!((written.status.code(), out(&written).as_str()), (Some(0), ""));
    assert_eq!(read(&file), out(&run(&["snapshot", "-H", &server.socket()])));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // What cannot be read leaves what is there.
    complaint(&run(&["snapshot", "-H", "unix:///nonexistent", "-o", path]));
    assert!(read(&file).starts_with('{'));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    // An inventory may hold what was written by hand.
    let said = complaint(&run(&["nodes", "export", "-H", &server.socket(), "-o", path]));
    assert!(said.contains("exists, and may hold what was added by hand"), "{said}");
    let forced = run(&["nodes", "export", "-H", &server.socket(), "-o", path, "--force"]);
    assert_eq!(forced.status.code(), Some(0));
    assert!(read(&file).contains("nodes:\n"));
}

#[test]
fn an_inventory_is_exported_that_plans_read() {
    let server = Server::start(engine(swarm()));
    let exported = run(&["nodes", "export", "-H", &server.socket()]);
    let text = out(&exported);
    let shown = text.replace(&server.socket(), "unix:///var/run/docker.sock");
    expect_file("fixtures/engine/nodes.yml", &shown);
    assert!(!text.contains("Kx9vTq27LmW"), "{text}");
    let stack = root().join("fixtures/engine/stack.yml");
    let plan = |more: &[&str]| {
        let stack = stack.to_str().unwrap();
        let args = [&["plan", "--format", "json", "-s", "shop", "-c", stack], more].concat();
        let output = run(&args);
        let said = String::from_utf8(output.stderr.clone()).unwrap();
        assert!(said.is_empty(), "{said}");
        serde_json::from_str::<Value>(&out(&output)).unwrap()
    };
    let live = plan(&["--live", "-H", &server.socket()]);
    let file = plan(&["-n", root().join("fixtures/engine/nodes.yml").to_str().unwrap()]);
    assert_eq!(live["placement"], file["placement"]);
    let nodes: Vec<_> =
        live["placement"].as_array().unwrap().iter().map(|it| it["node"].clone()).collect();
    assert!(nodes.contains(&json!("w1")), "{nodes:?}");
    // The running swarm tells more than the file: that the command is another.
    let fields = |plan: &Value| plan["services"][0]["change"]["fields"].to_string();
    assert!(fields(&live).contains("command") && !fields(&file).contains("command"));
}

#[test]
fn stacks_are_checked_on_the_running_swarm() {
    let server = Server::start(engine(swarm()));
    let stack = root().join("fixtures/engine/stack.yml");
    let stack = stack.to_str().unwrap();
    let check = run(&["check", "--live", "-H", &server.socket(), "--format", "short", stack]);
    let text = out(&check);
    let line = text.lines().find(|it| it.contains("[single-manager]")).expect(&text);
    assert!(line.starts_with(&server.socket()), "{line}");
    let said = complaint(&run(&["check", "-H", &server.socket(), stack]));
    assert!(said.contains("`--live`"), "{said}");
}

/// A server that goes wrong at one path, and what is said of it.
fn wrong(path: &'static str, it: Vec<u8>, expected: &str) {
    let server = Server::start(but(path, it));
    for host in [server.socket(), server.tcp()] {
        let start = Instant::now();
        let said = complaint(&run(&["snapshot", "-H", &host]));
        assert!(said.contains(expected), "{path}: {said}");
        assert!(said.contains(&host), "{said}");
        assert!(start.elapsed() < Duration::from_secs(12), "{path}: {:?}", start.elapsed());
    }
}

#[test]
fn whoever_is_no_manager_says_so() {
    let state = |state: &str, control: bool| {
        ok(&json!({ "Swarm": { "LocalNodeState": state, "ControlAvailable": control } }))
    };
    wrong("/info", state("inactive", false), "it is in no swarm: name a manager");
    wrong("/info", state("active", false), "it is a worker");
    wrong("/info", state("locked", false), "docker swarm unlock");
    let words = |it: &str| answer("503 Service Unavailable", &json!({ "message": it }).to_string());
    wrong(
        "/nodes",
        words("This node is not a swarm manager. Use \"docker swarm init\""),
        "in no swarm",
    );
    wrong(
        "/nodes",
        words("This node is not a swarm manager. Worker nodes can't be used to view"),
        "it is a worker",
    );
    wrong(
        "/tasks",
        answer("500 Internal", r#"{"message": "rpc error: The swarm does not have a leader"}"#),
        "GET /tasks was answered with status 500: rpc error: The swarm does not have a leader",
    );
}

#[test]
fn what_is_no_engine_is_told_from_one() {
    for (path, it) in [
        ("/_ping", b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()),
        ("/nodes", answer("200 OK", "<html>It works!</html>")),
        ("/nodes", answer("200 OK", "{}")),
        ("/nodes", answer("200 OK", "[1]")),
        ("/services", answer("200 OK", r#"[{"ID": "x"}]"#)),
        ("/tasks", answer("200 OK", r#"[{"ID": "x", "Serv"#)),
        ("/tasks", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n".to_vec()),
        ("/tasks", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n".to_vec()),
        ("/tasks", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n".to_vec()),
    ] {
        wrong(path, it, "is none of a Docker Engine");
    }
    // As Go says it.
    let words =
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\nCLOSE";
    wrong("", words.as_bytes().to_vec(), "it wants TLS: set DOCKER_TLS_VERIFY=1");
}

#[test]
fn versions_are_agreed_on() {
    for (version, expected) in [
        ("1.40", Err(())),
        ("2.0", Err(())),
        ("new", Err(())),
        ("1.41", Ok("1.41")),
        ("1.99", Ok("1.51")),
    ] {
        let told = version.to_owned();
        let server = Server::start(move |path| {
            if path == "/_ping" {
                let head =
                    format!("HTTP/1.1 200 OK\r\nApi-Version: {told}\r\nContent-Length: 0\r\n\r\n");
                return head.into_bytes();
            }
            ok(&swarm()[&path[path[1..].find('/').unwrap() + 1..]])
        });
        let output = run(&["snapshot", "-H", &server.socket()]);
        match expected {
            Err(()) => {
                let said = complaint(&output);
                assert!(said.contains(&format!("it speaks version `{version}`")), "{said}");
            }
            Ok(agreed) => {
                assert_eq!(output.status.code(), Some(0));
                let asked = server.asked.lock().unwrap();
                assert_eq!(asked[2], format!("GET /v{agreed}/nodes HTTP/1.1"));
            }
        }
    }
    // Where `/_ping` says nothing, `/version` does.
    let rest = engine(swarm());
    let server = Server::start(move |path| match path {
        "/_ping" => answer("403 Forbidden", "<html>"),
        "/version" => ok(&json!({ "ApiVersion": "1.43", "Version": "24.0.7" })),
        _ => rest(path),
    });
    assert_eq!(run(&["snapshot", "-H", &server.socket()]).status.code(), Some(0));
}

#[test]
fn what_breaks_off_or_never_ends_is_an_error_in_time() {
    let start = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[".to_vec();
    let ends_in = |word: &str| [&start[..], word.as_bytes()].concat();
    wrong(
        "/services",
        ends_in("CLOSE"),
        "was closed in the middle of the answer to GET /v1.43/services",
    );
    wrong("/_ping", b"CLOSE".to_vec(), "was closed in the middle of the answer to GET /_ping");
    let chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[CLOSE".to_vec();
    wrong("/services", chunks, "was closed in the middle");
    let endless = b"HTTP/1.1 200 OK\r\n\r\n[ENDLESS".to_vec();
    wrong("/tasks", endless, "is larger than the 64 MiB");
    let large = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec();
    wrong("/tasks", large, "is larger than the 64 MiB");
}

#[test]
fn who_does_not_answer_is_not_waited_for() {
    wrong("/nodes", b"STALL".to_vec(), "no answer to GET /v1.43/nodes within 5 s");
}

#[test]
fn where_nobody_listens_it_is_said_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| format!("unix://{}", folder.path().join(name).display());
    let said = complaint(&run(&["snapshot", "-H", &at("none")]));
    assert!(said.contains("there is no such socket"), "{said}");
    // A socket that a dead Docker left.
    drop(std::os::unix::net::UnixListener::bind(folder.path().join("dead")).unwrap());
    let said = complaint(&run(&["snapshot", "-H", &at("dead")]));
    assert!(said.contains("connection refused"), "{said}");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let said = complaint(&run(&["snapshot", "-H", &format!("tcp://127.0.0.1:{port}")]));
    assert!(said.contains("connection refused"), "{said}");
    let said = complaint(&run(&["snapshot", "--context", "nowhere"]));
    assert!(said.contains("there is no context of this name"), "{said}");
    let said = complaint(&run(&["snapshot", "-H", "http://a"]));
    assert!(said.contains("it is no address of an engine"), "{said}");
}

#[test]
fn what_a_proxy_forbids_is_not_known() {
    let rest = engine(swarm());
    let server = Server::start(move |path| {
        let forbidden = ["/info", "/secrets", "/configs"].iter().any(|it| path.ends_with(it));
        if forbidden { answer("403 Forbidden", "<html>") } else { rest(path) }
    });
    let output = run(&["snapshot", "-H", &server.socket()]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let host = server.socket();
    let line = |it: &str| {
        format!("swarm-plan: the {it} are not known: {host} forbids GET /{it} (status 403)\n")
    };
    assert_eq!(said, line("configs") + &line("secrets"));
    let snapshot = Snapshot::read(&out(&output)).unwrap();
    assert_eq!((snapshot.secrets, snapshot.configs), (None, None));
    assert!(snapshot.services.is_some());
    let nodes = out(&run(&["-q", "nodes", "export", "-H", &server.socket()]));
    assert!(nodes.contains("# secrets: not known"), "{nodes}");
    // Without nodes there is no inventory.
    let rest = engine(swarm());
    let server = Server::start(move |path| {
        if path.ends_with("/nodes") { answer("403 Forbidden", "") } else { rest(path) }
    });
    let said = complaint(&run(&["-q", "nodes", "export", "-H", &server.socket()]));
    assert!(said.contains("GET /nodes is forbidden there"), "{said}");
}

/// A stand-in for Docker's client, which passes bytes on.
fn client(folder: &Path, script: &str) -> String {
    std::fs::write(folder.join("script"), format!("#!/bin/sh\n{script}\n")).unwrap();
    // Were it written here, a program that another test starts could hold it open: "text file busy".
    let copied = Command::new("sh")
        .args(["-c", "rm -f docker; cp script docker && chmod 755 docker"])
        .current_dir(folder)
        .status();
    assert!(copied.unwrap().success());
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

#[test]
fn dockers_own_client_leads_to_far_engines() {
    let server = Server::start(engine(swarm()));
    let folder = tempfile::tempdir().unwrap();
    let run = |script: &str, path: Option<&str>| {
        let own = client(folder.path(), script);
        let start = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
            .args(["snapshot", "-H", "ssh://deploy@manager"])
            .env("PATH", path.unwrap_or(&own))
            .output()
            .unwrap();
        assert!(start.elapsed() < Duration::from_secs(12), "{:?}", start.elapsed());
        output
    };
    let pass = format!(
        "echo \"$@\" >{0}/args\nexec python3 -c '\nimport os, socket, sys, threading\n\
         s = socket.create_connection((\"127.0.0.1\", {1}))\n\
         def up():\n  while True:\n    b = os.read(0, 65536)\n    if not b: break\n    s.sendall(b)\n\
         threading.Thread(target=up, daemon=True).start()\n\
         while True:\n  b = s.recv(65536)\n  if not b: break\n  os.write(1, b)\n'",
        folder.path().display(),
        server.port
    );
    let output = run(&pass, None);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(out(&output).contains("\"source\": \"ssh://deploy@manager\""));
    let args = read(&folder.path().join("args"));
    assert_eq!(args, "--host ssh://deploy@manager system dial-stdio\n");
    let said = complaint(&run(
        "echo 'deploy@manager: Permission denied (publickey).' >&2; exit 255",
        None,
    ));
    assert!(
        said.contains("cannot use ssh://deploy@manager: deploy@manager: Permission denied"),
        "{said}"
    );
    let said = complaint(&run("exec sleep 60", None));
    assert!(said.contains("no answer to GET /_ping within 10 s"), "{said}");
    let said = complaint(&run("", Some("/nonexistent")));
    assert!(said.contains("need Docker's own client"), "{said}");
}

#[test]
fn an_inventory_is_compared_with_the_running_swarm() {
    let server = Server::start(engine(swarm()));
    let folder = tempfile::tempdir().unwrap();
    let check = |text: &str, more: &[&str]| {
        let file = folder.path().join("nodes.yml");
        std::fs::write(&file, text).unwrap();
        let output =
            run(&[&["nodes", "check", "--format", "short", file.to_str().unwrap()], more].concat());
        let said = String::from_utf8(output.stderr.clone()).unwrap();
        assert!(said.is_empty(), "{said}");
        (output.status.code(), out(&output))
    };
    let live = ["--live", "-H", &server.socket()];
    let text = read(&root().join("fixtures/engine/nodes.yml"));
    let (code, said) = check(&text, &live);
    assert_eq!((code, said.contains("[inventory-drift]")), (Some(0), false), "{said}");
    assert!(said.contains("[single-manager]"), "{said}");
    let other = text.replace("labels: {zone: b}", "labels: {zone: c}");
    let (code, said) = check(&other, &live);
    assert_eq!((code, said.matches("[inventory-drift]").count()), (Some(1), 2), "{said}");
    assert!(
        said.contains("nodes.yml:30:14: error: the label `zone` of `w1` has another value"),
        "{said}"
    );
    // Without the swarm only the file itself is judged.
    assert_eq!(check(&other, &[]).0, Some(0));
    assert_eq!(check("nodes: {a: {rol: worker}}", &[]).0, Some(1));
    let said = complaint(&run(&["nodes", "check"]));
    assert!(said.contains("name the inventory"), "{said}");
    let gone = run(&[
        "nodes",
        "check",
        "--live",
        "-H",
        "unix:///nonexistent",
        "fixtures/engine/nodes.yml",
    ]);
    assert!(complaint(&gone).contains("no such socket"));
}
