//! The real Docker: its own client to deploy, the Engine's API to look.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

/// The swarm that `lab.sh up` made.
pub struct Swarm {
    folder: PathBuf,
}

/// What the manager says of tasks that a node has no room for, whenever it looks at the node again.
pub const TURNED_AWAY: &str = "assigned node no longer meets constraints";

/// A task as Swarm has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub id: String,
    pub service: String,
    pub image: String,
    pub slot: Option<u64>,
    /// The host name; none before it is placed.
    pub node: Option<String>,
    pub state: String,
    pub desired: String,
    /// Why it waits or ended.
    pub error: String,
}

impl Task {
    /// Whether the manager wants it to run.
    pub fn is_wanted(&self) -> bool {
        matches!(self.desired.as_str(), "running" | "ready")
    }

    /// Whether it is to run, or ended by itself as one of a job.
    pub fn counts(&self) -> bool {
        matches!(self.desired.as_str(), "running" | "ready" | "complete")
            && (self.is_turned_away()
                || !matches!(self.state.as_str(), "failed" | "rejected" | "shutdown" | "orphaned"))
    }

    /// Whether the manager took it off its node again before it ran: the task that follows waits
    /// for its node as well.
    pub fn is_turned_away(&self) -> bool {
        self.state == "rejected" && self.error == TURNED_AWAY && self.desired != "shutdown"
    }

    /// Whether its node is to make it run, or to end it.
    pub fn is_on_its_way(&self) -> bool {
        match self.state.as_str() {
            "new" | "assigned" | "accepted" | "preparing" | "ready" | "starting" => true,
            "pending" => self.error.is_empty(),
            "running" => !self.is_wanted(),
            _ => false,
        }
    }

    /// Why it waits for a node, if it does.
    fn waits(&self) -> Option<String> {
        (self.state == "pending").then(|| self.error.clone())
    }

    fn is_placed(&self) -> bool {
        match self.state.as_str() {
            "new" => false,
            "pending" => !self.error.is_empty(),
            _ => true,
        }
    }

    fn is_settled(&self) -> bool {
        match self.state.as_str() {
            "running" | "complete" => true,
            "pending" => !self.error.is_empty(),
            _ => self.is_turned_away(),
        }
    }
}

impl Swarm {
    /// The lab, with nothing left of the test before.
    pub fn of_the_lab() -> Self {
        let folder = std::env::var_os("SWARM_LAB_DIR");
        let folder = folder.map_or_else(|| PathBuf::from("/tmp/swarm-plan-lab"), PathBuf::from);
        let swarm = Self { folder };
        assert!(swarm.socket("n1").exists(), "bring the lab up first: bash tests/swarm/lab.sh up");
        swarm.reset();
        for node in swarm.host_names().values() {
            swarm.on(node, &["volume", "prune", "-f"]).unwrap();
        }
        swarm
    }

    /// Asks the Engine.
    pub fn get(&self, path: &str) -> Value {
        let mut stream = UnixStream::connect(self.socket("n1")).unwrap();
        write!(stream, "GET /v1.41{path} HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{path}: {error}: {answer}"))
    }

    pub fn socket(&self, node: &str) -> PathBuf {
        self.folder.join(node).join("docker.sock")
    }

    /// Runs Docker's client on the manager: what it prints, or what it complains.
    pub fn docker(&self, args: &[&str]) -> Result<String, String> {
        self.on("n1", args)
    }

    fn on(&self, node: &str, args: &[&str]) -> Result<String, String> {
        let host = format!("unix://{}", self.socket(node).display());
        let out = Command::new("docker").env("DOCKER_HOST", host).args(args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if out.status.success() { Ok(text(&out.stdout)) } else { Err(text(&out.stderr)) }
    }

    pub fn deploy(&self, name: &str, file: &Path) -> Result<String, String> {
        let file = file.display().to_string();
        self.docker(&[
            "stack",
            "deploy",
            "--detach=true",
            "--resolve-image",
            "never",
            "-c",
            &file,
            name,
        ])
    }

    /// The nodes as `docker node inspect` prints them.
    pub fn nodes(&self) -> String {
        let ids = self.docker(&["node", "ls", "-q"]).unwrap();
        let ids: Vec<_> = ids.lines().collect();
        self.docker(&[&["node", "inspect"], &ids[..]].concat()).unwrap()
    }

    /// Host names by id.
    pub fn host_names(&self) -> BTreeMap<String, String> {
        self.names("/nodes", |it| &it["Description"]["Hostname"])
    }

    pub fn service_names(&self) -> BTreeMap<String, String> {
        self.names("/services", |it| &it["Spec"]["Name"])
    }

    /// What stands for names in a spec that was taken: names of networks, secrets and configs by id.
    pub fn object_names(&self) -> BTreeMap<String, String> {
        let mut found = self.names("/secrets", |it| &it["Spec"]["Name"]);
        found.extend(self.names("/configs", |it| &it["Spec"]["Name"]));
        let networks = self.get("/networks");
        found.extend(list(&networks).map(|it| (text(&it["Id"]), text(&it["Name"]))));
        // The list leaves out those that every node has.
        for service in list(&self.get("/services")) {
            for it in list(&service["Spec"]["TaskTemplate"]["Networks"]) {
                let id = text(&it["Target"]);
                let name = || text(&self.get(&format!("/networks/{id}"))["Name"]);
                found.entry(id.clone()).or_insert_with(name);
            }
        }
        found
    }

    fn names(&self, path: &str, name: fn(&Value) -> &Value) -> BTreeMap<String, String> {
        list(&self.get(path)).map(|it| (text(&it["ID"]), text(name(it)))).collect()
    }

    pub fn tasks(&self) -> Vec<Task> {
        let (nodes, services) = (self.host_names(), self.service_names());
        let task = |it: &Value| Task {
            id: text(&it["ID"]),
            service: services.get(&text(&it["ServiceID"])).cloned().unwrap_or_default(),
            image: text(&it["Spec"]["ContainerSpec"]["Image"]),
            slot: it["Slot"].as_u64(),
            node: nodes.get(&text(&it["NodeID"])).cloned(),
            state: text(&it["Status"]["State"]),
            desired: text(&it["DesiredState"]),
            error: text(&it["Status"]["Err"]),
        };
        let all = self.get("/tasks");
        let is_of_a_service = |it: &&Value| services.contains_key(&text(&it["ServiceID"]));
        let mut tasks: Vec<_> = list(&all).filter(is_of_a_service).map(task).collect();
        tasks.sort_by(|a, b| a.id.cmp(&b.id));
        tasks
    }

    /// Gives nodes other availabilities.
    pub fn set(&self, availabilities: &BTreeMap<String, String>) {
        for (node, availability) in availabilities {
            self.docker(&["node", "update", "--availability", availability, node]).unwrap();
        }
    }

    /// Waits until the nodes that the manager hears of are these.
    pub fn wait_for(&self, ready: usize) {
        let start = Instant::now();
        loop {
            let nodes = self.get("/nodes");
            let is_ready = |it: &&Value| it["Status"]["State"] == "ready";
            if list(&nodes).filter(is_ready).count() == ready {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(90), "no {ready} nodes: {nodes:#}");
            sleep(Duration::from_millis(100));
        }
    }

    /// Everything as the lab made it: five active nodes, and nothing on them.
    pub fn reset(&self) {
        self.clear();
        self.sweep();
        self.wait_for(5);
    }

    /// Takes all services away and makes all nodes active, and does not wait until tasks are gone:
    /// those on their way out count for nothing but the resources and ports that they hold.
    pub fn clear(&self) {
        // Swarm forgets to take away the tasks of jobs: those have to end by themselves.
        self.wait_until("jobs stay", |it| !is_of_a_job(it) || has_ended(it));
        for (path, kind) in
            [("/services", "service"), ("/secrets", "secret"), ("/configs", "config")]
        {
            let ids: Vec<String> = list(&self.get(path)).map(|it| text(&it["ID"])).collect();
            let ids: Vec<_> = ids.iter().map(String::as_str).collect();
            if !ids.is_empty() {
                self.docker(&[&[kind, "rm"], &ids[..]].concat()).unwrap();
            }
        }
        for node in list(&self.get("/nodes")) {
            if node["Spec"]["Availability"] != "active" {
                let name = text(&node["Description"]["Hostname"]);
                self.set(&BTreeMap::from([(name, "active".to_owned())]));
            }
        }
    }

    /// Waits until no task is left of stacks that were taken away.
    pub fn wait_for_end_of(&self, stacks: &[String]) {
        let label = "com.docker.stack.namespace";
        self.wait_until("tasks stay", |it| {
            let stack = text(&it["Spec"]["ContainerSpec"]["Labels"][label]);
            is_of_a_job(it) || !stacks.contains(&stack)
        });
    }

    fn wait_until(&self, what: &str, is_good: impl Fn(&Value) -> bool) {
        let start = Instant::now();
        loop {
            let tasks = self.get("/tasks");
            if list(&tasks).all(&is_good) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{what}: {tasks:#}");
            sleep(Duration::from_millis(100));
        }
    }

    /// Waits until every task has its node or says why it waits, and nothing moves any more.
    pub fn placed(&self) -> Vec<Task> {
        self.quiet(Task::is_placed, Duration::from_millis(400))
    }

    /// Waits until every task runs, or says why it waits.
    pub fn settled(&self) -> Vec<Task> {
        self.quiet(Task::is_settled, Duration::from_millis(500))
    }

    /// Waits until all tasks are as they are to be, and stay so for a while.
    pub fn quiet(&self, is_done: fn(&Task) -> bool, span: Duration) -> Vec<Task> {
        let start = Instant::now();
        let (mut last, mut since) = (Vec::new(), Instant::now());
        loop {
            let mut tasks = self.tasks();
            tasks.retain(Task::counts);
            // Those that are turned away come again and again.
            let lasting = tasks.iter().filter(|it| !it.is_turned_away());
            let lasting = lasting.map(|it| (it.id.clone(), it.node.clone(), it.waits()));
            let lasting: Vec<_> = lasting.collect();
            if lasting != last || !tasks.iter().all(is_done) {
                since = Instant::now();
            }
            if since.elapsed() > span {
                return tasks;
            }
            assert!(start.elapsed() < Duration::from_secs(120), "it does not settle: {tasks:#?}");
            last = lasting;
            sleep(Duration::from_millis(100));
        }
    }

    /// Waits until nothing is left of services that were taken away.
    fn sweep(&self) {
        let start = Instant::now();
        self.wait_until("tasks stay", is_of_a_job);
        let own = "com.docker.stack.namespace";
        for network in list(&self.get("/networks")).filter(|it| it["Labels"][own].is_string()) {
            let id = text(&network["Id"]);
            while self.docker(&["network", "rm", &id]).is_err() {
                assert!(start.elapsed() < Duration::from_secs(60), "networks stay");
                sleep(Duration::from_millis(200));
            }
        }
    }
}

fn is_of_a_job(task: &Value) -> bool {
    task["JobIteration"].is_object()
}

fn has_ended(task: &Value) -> bool {
    let state = text(&task["Status"]["State"]);
    ["complete", "failed", "rejected", "shutdown"].contains(&state.as_str())
}

pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
