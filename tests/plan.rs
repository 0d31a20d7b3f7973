//! Plans as a user gets them. A folder of `fixtures/plan` is a story: `stack.yml` on `nodes.yml`,
//! with the options of `args`, gives `plan.txt` and `plan.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::{expect_file, read, root};

fn stories() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join("fixtures/plan"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() > 8, "{names:?}");
    names
}

fn run(story: &str, options: &[&str]) -> Output {
    let folder: PathBuf = root().join("fixtures/plan").join(story);
    // Its services run already, under this name.
    let stack = if story == "running" { story } else { "shop" };
    let args = fs::read_to_string(folder.join("args")).unwrap_or_default();
    Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .current_dir(folder)
        .args(["plan", "-c", "stack.yml", "-n", "nodes.yml", "-s", stack])
        .args(args.split_whitespace())
        .args(options)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(output: &Output) -> &str {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    std::str::from_utf8(&output.stdout).unwrap()
}

fn json(story: &str, options: &[&str]) -> Value {
    let options: Vec<_> = ["--format", "json"].iter().chain(options).copied().collect();
    serde_json::from_str(text(&run(story, &options))).unwrap()
}

/// How many tasks of each service every node has.
fn places(plan: &Value, service: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for it in list(&plan["placement"]) {
        if it["service"] == service && it["message"].is_null() {
            *counts.entry(it["node"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    counts
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// The entry of a list whose field has this value.
fn with<'v>(list: &'v Value, field: &str, value: &str) -> &'v Value {
    let found = self::list(list).iter().find(|it| it[field] == value);
    found.unwrap_or_else(|| panic!("nothing has {field} = {value}: {list:#}"))
}

#[test]
fn every_story_is_told_as_before() {
    for story in stories() {
        let output = run(&story, &[]);
        expect_file(&format!("fixtures/plan/{story}/plan.txt"), text(&output));
        let output = run(&story, &["--format", "json"]);
        let json = text(&output).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        expect_file(&format!("fixtures/plan/{story}/plan.json"), &json);
    }
}

#[test]
fn a_pull_request_gets_drawings() {
    for story in ["fits", "pending-by-constraint", "deadlock"] {
        let markdown = run(story, &["--format", "markdown"]);
        expect_file(&format!("fixtures/plan/{story}/plan.md"), text(&markdown));
    }
}

#[test]
fn a_page_needs_nothing_else_and_holds_the_plan() {
    for story in stories() {
        let page = run(&story, &["--format", "html"]);
        let page = text(&page);
        let outside = ["http://", "https://", " src=", "@import", "url("];
        assert!(outside.iter().all(|it| !page.contains(it)), "{story}");
        assert!(!page.contains("{{"), "{story}");
        let (_, data) = page.split_once("id=\"data\">").unwrap();
        let (data, _) = data.split_once("</script>").unwrap();
        assert_eq!(serde_json::from_str::<Value>(data).unwrap(), json(&story, &[]), "{story}");
    }
}

#[test]
fn a_name_cannot_end_the_pages_script() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("stack.yml"), "services: {web: {image: nginx}}\n").unwrap();
    let nodes = "nodes: {'</script><b>': {zone: '\"><i>'}}\n";
    fs::write(folder.path().join("nodes.yml"), nodes).unwrap();
    let page = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .current_dir(folder.path())
        .args(["plan", "-c", "stack.yml", "-n", "nodes.yml", "--format", "html"])
        .output()
        .unwrap();
    let page = text(&page);
    assert!(!page.contains("<b>") && !page.contains("<i>"), "{page}");
    assert_eq!(page.matches("</script>").count(), 2);
}

#[test]
fn the_exit_code_says_whether_a_plan_succeeds() {
    let mut codes = BTreeSet::new();
    for story in stories() {
        let output = run(&story, &["--format", "json"]);
        let plan: Value = serde_json::from_str(text(&output)).unwrap();
        let code = i32::from(plan["summary"]["succeeds"] == false);
        assert_eq!(output.status.code(), Some(code), "{story}");
        assert_eq!(run(&story, &[]).status.code(), Some(code), "{story}");
        codes.insert(code);
    }
    assert_eq!(codes.len(), 2);
}

#[test]
fn plans_follow_their_published_schema() {
    let schema = read(&root().join("schemas/plan.schema.json"));
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    close(&mut schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    for story in stories() {
        let plan = json(&story, &[]);
        let errors: Vec<_> = validator
            .iter_errors(&plan)
            .map(|it| format!("{}: {it}", it.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{story}: {errors:#?}");
    }
    let wrong: Value = serde_json::from_str(r#"{"schema": "swarm-plan/plan/1"}"#).unwrap();
    assert!(!validator.is_valid(&wrong));
}

/// Lets objects have no fields but those that the schema describes.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.values_mut().for_each(close);
            if map.contains_key("properties") && !map.contains_key("additionalProperties") {
                map.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn a_plan_fits_eighty_columns() {
    for story in stories() {
        for line in text(&run(&story, &[])).lines() {
            assert!(line.chars().count() <= 80, "{story}: {line}");
        }
    }
}

#[test]
fn a_stack_that_fits_has_a_place_for_every_task() {
    let plan = json("fits", &[]);
    assert_eq!(plan["summary"]["succeeds"], true);
    let two = |a: &str, b: &str| BTreeMap::from([(a.to_owned(), 2), (b.to_owned(), 2)]);
    assert_eq!(places(&plan, "shop_api"), two("w1", "w2"));
    assert_eq!(places(&plan, "shop_db"), BTreeMap::from([("w1".to_owned(), 1)]));
    assert_eq!(places(&plan, "shop_agent").len(), 5);
    // 1 CPU of the database and twice half a CPU of the API.
    assert_eq!(with(&plan["nodes"], "name", "w1")["nano_cpus"]["reserved"], 2_000_000_000_u64);
    // 2 CPUs on w1 and 3 on w2 are free, and half a one is wanted.
    assert_eq!(with(&plan["capacity"], "service", "shop_api")["more"], 10);
}

#[test]
fn a_task_without_a_node_is_told_in_swarms_words_and_with_every_reason() {
    let plan = json("pending-by-constraint", &[]);
    let task = with(&plan["placement"], "service", "shop_db");
    assert_eq!(
        task["message"],
        "no suitable node (scheduling constraints not satisfied on 2 nodes; \
         1 node not available for new tasks; insufficient resources on 1 node)"
    );
    assert!(task["node"].is_null());
    let pending = with(&plan["pending"], "service", "shop_db");
    let reasons = list(&pending["reasons"]);
    let filters = |node: &str| {
        let reason = reasons.iter().find(|it| list(&it["nodes"]).contains(&node.into())).unwrap();
        let filters = list(&reason["refusals"]).iter();
        filters.map(|it| it["filter"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // Swarm counts this node for its memory only.
    assert_eq!(filters("w2"), ["resources", "constraints"]);
    assert_eq!(filters("w3"), ["ready"]);
    let remedies: Vec<_> = list(&pending["remedies"]).iter().map(|it| &it["text"]).collect();
    assert_eq!(
        remedies,
        [
            "make w3 active: docker node update --availability active w3",
            "label w1: docker node update --label-add storage=ssd w1"
        ]
    );
}

#[test]
fn remedies_do_what_they_promise() {
    let plan = json("pending-by-memory", &[]);
    let pending = with(&plan["pending"], "service", "shop_cache");
    let remedies: Vec<_> = list(&pending["remedies"]).iter().map(|it| &it["text"]).collect();
    assert_eq!(
        remedies,
        [
            "reserve at most 2720M of memory for each task, now 3G",
            "add 1 node like w1 (4 CPUs, 8 GiB)",
            "run 4 replicas in place of 5"
        ]
    );
    // The second one, done.
    let plan = json("pending-by-memory", &["--add", "4cpu8GiB"]);
    assert_eq!(plan["summary"]["pending"], 0);
    assert!(places(&plan, "shop_cache").contains_key("new-1"));
}

#[test]
fn a_plan_says_why_tasks_are_where_they_are() {
    let why = |story: &str, service: &str| {
        let plan = json(story, &[]);
        with(&plan["services"], "name", service)["why"].clone()
    };
    let db = why("fits", "shop_db");
    assert_eq!(db["text"], "only w1 meets node.labels.storage==ssd");
    assert_eq!((db["candidates"].as_u64(), db["closed"].as_u64()), (Some(1), Some(0)));
    let constraint = serde_json::json!({"constraint": "node.labels.storage==ssd", "nodes": 4});
    assert_eq!(list(&db["constraints"]), [constraint]);
    assert_eq!(why("fits", "shop_agent")["text"], "one on every node");
    // m1 is drained, and w1 is full of others.
    let jobs = why("order", "shop_jobs");
    assert_eq!(jobs["closed"], 1);
    assert_eq!(list(&jobs["full"])[0]["nodes"], serde_json::json!(["w1"]));
    // Nodes without the label take part in the division though they may not run it.
    let api = why("shared-host", "shop_api");
    let spread = &list(&api["spread"])[0];
    assert_eq!(spread["tasks"], serde_json::json!({"a": 3, "b": 1}));
    assert_eq!(spread["idle"], serde_json::json!([""]));
    assert_eq!(why("update", "shop_web")["stays"], true);
    assert!(why("running", "other_cache").is_null());
}

#[test]
fn a_machine_under_several_managers_is_lost_as_a_whole() {
    let plan = json("shared-host", &[]);
    let hosts = list(&plan["quorum"]["shared_hosts"]);
    assert_eq!(hosts.len(), 1, "{hosts:#?}");
    assert_eq!(hosts[0]["managers"], serde_json::json!(["m2", "m3"]));
    assert_eq!((&hosts[0]["host"], &hosts[0]["decides"]), (&"pve2".into(), &true.into()));
    let lost = with(&plan["failures"], "lost", "host pve2");
    assert_eq!((&lost["quorum"], &lost["survived"]), (&false.into(), &false.into()));
    // A host with one node on it is that node.
    assert!(list(&plan["failures"]).iter().all(|it| it["lost"] != "host pve3"));
}

#[test]
fn a_port_of_a_node_is_taken_once() {
    let plan = json("host-ports", &[]);
    assert_eq!(places(&plan, "edge_proxy"), BTreeMap::from([("w1".to_owned(), 1)]));
    assert_eq!(places(&plan, "shop_web").into_keys().collect::<Vec<_>>(), ["m1", "w2"]);
    let probe = with(&plan["placement"], "service", "shop_probe");
    assert_eq!(probe["node"], "w1");
    assert_eq!(probe["message"], "host-mode port already in use on 1 node");
    assert_eq!(with(&plan["capacity"], "service", "shop_web")["more"], 0);
}

#[test]
fn what_a_lost_node_held_moves_or_waits_or_is_gone() {
    let plan = json("node-lost", &[]);
    let lost = |name: &str| with(&plan["failures"], "lost", name);
    let moves = |failure: &Value, service: &str| {
        let own = list(&failure["moves"]).iter().filter(|it| it["service"] == service);
        own.map(|it| it["outcome"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // A worker has room for four tasks of one CPU.
    assert_eq!(moves(lost("w1"), "shop_api"), ["moved", "pending"]);
    assert_eq!(moves(lost("w1"), "shop_batch"), ["not-restarted"]);
    assert_eq!(moves(lost("w2"), "shop_db"), ["pending"]);
    let db = with(&lost("w2")["moves"], "service", "shop_db");
    assert_eq!(db["left_behind"], serde_json::json!(["shop_data"]));
    assert_eq!(lost("w1")["survived"], false);
    assert_eq!(lost("m1")["survived"], true);
    let hit = with(&lost("w1")["services"], "service", "shop_api");
    assert_eq!((&hit["before"], &hit["at_once"], &hit["after"]), (&4.into(), &2.into(), &3.into()));
    // The same as asked for by name.
    assert_eq!(plan["what_if"]["moves"], lost("w1")["moves"]);
    assert_eq!(plan["what_if"]["kind"], "asked");
}

#[test]
fn draining_moves_tasks_but_keeps_the_quorum() {
    let plan = json("quorum-lost", &["--drain", "m2"]);
    assert_eq!(plan["what_if"]["quorum"], false, "m1 goes down, too");
    let folder = root().join("fixtures/plan/quorum-lost");
    let output = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .current_dir(folder)
        .args(["plan", "-c", "stack.yml", "-n", "nodes.yml", "--drain", "m2", "--format", "json"])
        .output()
        .unwrap();
    let plan: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(plan["what_if"]["quorum"], true);
    assert_eq!(plan["what_if"]["survived"], true);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn without_a_quorum_nothing_is_replaced() {
    let plan = json("quorum-lost", &[]);
    let outcomes: Vec<_> =
        list(&plan["what_if"]["moves"]).iter().map(|it| &it["outcome"]).collect();
    assert_eq!(outcomes, ["no-quorum"]);
    assert_eq!(plan["quorum"]["spare"], 0);
    assert_eq!(plan["quorum"]["deciding_zones"], serde_json::json!(["a"]));
    assert_eq!(with(&plan["failures"], "lost", "w1")["survived"], true);
}

#[test]
fn the_order_of_a_deploy_decides_what_fits() {
    let plan = json("order", &[]);
    assert_eq!(plan["order"]["better_pending"], 0);
    assert_eq!(plan["order"]["worse_pending"], 1);
    assert_eq!(list(&plan["order"]["worse"]).last().unwrap(), "shop_db");
    assert_eq!(json("fits", &[])["order"], Value::Null);
    // All six orders; the two fail in which the database comes last.
    assert_eq!((&plan["order"]["tried"], &plan["order"]["failing"]), (&6.into(), &2.into()));
    assert_eq!(plan["order"]["waiting"], serde_json::json!(["shop_db"]));
    let remedies: Vec<_> = list(&plan["order"]["remedies"]).iter().collect();
    assert_eq!(remedies.len(), 3, "{remedies:#?}");
    assert_eq!(remedies[0], "keep shop_jobs off w1: node.hostname!=w1");
    let jobs = "replicas: 2\n";
    let kept = "replicas: 2\n      placement: {constraints: [node.hostname != w1]}\n";
    assert_eq!(changed("order", jobs, kept)["order"], Value::Null);
    assert_eq!(remedies[1], "reserve at most 1 CPU for each task of shop_db, now 2");
    assert_eq!(changed("order", "{cpus: \"2\"}", "{cpus: \"1\"}")["order"], Value::Null);
}

/// The plan of a story in which the stack file is changed.
fn changed(story: &str, from: &str, to: &str) -> Value {
    let folder = root().join("fixtures/plan").join(story);
    let text = read(&folder.join("stack.yml"));
    assert!(text.contains(from), "{text}");
    let own = tempfile::tempdir().unwrap();
    fs::write(own.path().join("stack.yml"), text.replace(from, to)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .current_dir(own.path())
        .args(["plan", "-s", "shop", "-c", "stack.yml", "--format", "json", "-n"])
        .arg(folder.join("nodes.yml"))
        .env_clear()
        .output()
        .unwrap();
    serde_json::from_str(self::text(&output)).unwrap()
}

#[test]
fn updates_that_never_end_are_foretold() {
    let plan = json("deadlock", &[]);
    assert_eq!(plan["summary"]["succeeds"], true);
    let update = |service: &str| with(&plan["update"], "service", service);
    let kinds = |service: &str| {
        let ends = list(&update(service)["dead_ends"]).iter();
        ends.map(|it| it["kind"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(kinds("shop_edge"), BTreeSet::from(["start-first-host-port".to_owned()]));
    assert_eq!(kinds("shop_api"), BTreeSet::from(["start-first-no-room".to_owned()]));
    assert_eq!(kinds("shop_web"), BTreeSet::from(["overlap".to_owned()]));
    assert!(update("shop_edge")["duration_ms"].is_null());
    assert_eq!(update("shop_web")["min_running"], 2);
    assert_eq!(update("shop_web")["crash"]["state"], "ROLLBACK_COMPLETED");
    // Nothing is lost where the old tasks stay.
    assert_eq!(update("shop_api")["min_running"], 4);
}

#[test]
fn an_update_that_never_ends_is_told_what_lets_it_end() {
    for story in ["deadlock", "update-stuck"] {
        let plan = json(story, &[]);
        let update = with(&plan["update"], "service", "shop_api");
        let remedies: Vec<_> = list(&update["remedies"]).iter().collect();
        let least = if story == "deadlock" { 2 } else { 3 };
        let stop = format!("order: stop-first, with which at least {least} of 4 run");
        let all = [&stop, "run 3 replicas in place of 4", "add 1 node like w1 (2 CPUs, 4 GiB)"];
        assert_eq!(remedies, all, "{story}");
        assert_eq!(update["less_is_no_help"], true, "{story}");
        let changes = [("order: start-first", "order: stop-first"), ("replicas: 4", "replicas: 3")];
        for (from, to) in changes {
            let plan = changed(story, from, to);
            let update = with(&plan["update"], "service", "shop_api");
            assert!(update["duration_ms"].is_u64(), "{story}: {to}");
        }
    }
}

#[test]
fn addresses_are_counted_with_those_that_an_update_needs() {
    let plan = json("addresses", &[]);
    let network = |name: &str| with(&plan["addresses"], "network", name);
    // 12 tasks, 1 service, 2 nodes in the 13 addresses of a /28.
    assert_eq!((&network("shared")["used"], &network("shared")["size"]), (&15.into(), &13.into()));
    // 57 tasks and 2 nodes in a /26: dnsrr takes no address for the service.
    let own = network("shop_own");
    assert_eq!(
        (&own["used"], &own["used_in_update"], &own["size"]),
        (&59.into(), &60.into(), &61.into())
    );
    assert_eq!(network("shop_wide")["used"], 72);
    assert_eq!(network("shop_wide")["subnet"], "10.6.0.0/22");
    assert_eq!(plan["summary"]["succeeds"], false);
}

#[test]
fn a_policy_that_does_not_hold_fails_the_plan() {
    let plan = json("policy", &[]);
    assert_eq!(plan["summary"]["pending"], 0);
    assert_eq!(plan["summary"]["succeeds"], false);
    let breaches: Vec<_> = list(&plan["breaches"]).iter().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(
        breaches,
        [
            "min-available shop_api = 2: only 1 run when w1 goes down",
            "survive any-node: not when w2 goes down",
        ]
    );
}

#[test]
fn services_that_run_are_part_of_the_plan() {
    let plan = json("running", &[]);
    assert_eq!(plan["services"][0]["name"], "running_web");
    assert!(list(&plan["placement"]).iter().any(|it| it["existing"] == true));
    let cache = with(&plan["services"], "name", "other_cache");
    assert!(cache["key"].is_null());
    assert_eq!(cache["placed"], 2);
    assert!(!list(&plan["leaving"]).is_empty());
}

#[test]
fn a_deploy_updates_what_runs() {
    let plan = json("update", &[]);
    let change = |name: &str| &with(&plan["services"], "name", name)["change"];
    assert_eq!(change("shop_api")["fields"], serde_json::json!(["image"]));
    assert_eq!(change("shop_api")["replaced"], 4);
    // Labels of the service, and fewer replicas, replace nothing.
    assert_eq!(
        change("shop_web"),
        &serde_json::json!({
            "fields": [], "replaced": 0, "refused": null
        })
    );
    assert_eq!(change("shop_worker")["replaced"], 0);
    // Either node may run the job; of the API's tasks each node gets as many as before.
    let varies = |name: &str| with(&plan["services"], "name", name)["varies"] == true;
    assert!(varies("shop_migrate") && !varies("shop_api") && !varies("shop_web"));
    let made: Vec<_> = list(&plan["update"]).iter().filter(|it| it["deploy"] == true).collect();
    assert_eq!(made.len(), 1);
    assert_eq!((&made[0]["service"], &made[0]["min_running"]), (&"shop_api".into(), &3.into()));
    let reasons: Vec<_> = list(&plan["leaving"]).iter().map(|it| &it["reason"]).collect();
    assert_eq!(reasons, ["replaced", "replaced", "replaced", "replaced", "removed"]);
    assert_eq!(plan["summary"]["succeeds"], true);
}

#[test]
fn an_update_that_never_ends_fails_the_plan_that_makes_it() {
    let plan = json("update-stuck", &[]);
    assert_eq!(plan["summary"]["succeeds"], false);
    let api = with(&plan["update"], "service", "shop_api");
    assert_eq!((&api["deploy"], &api["duration_ms"]), (&true.into(), &Value::Null));
    assert_eq!(api["dead_ends"][0]["kind"], "start-first-no-room");
    let refused = &with(&plan["services"], "name", "shop_agent")["change"]["refused"];
    assert_eq!(refused, "service mode change is not allowed");
    // The same stack on nodes that run nothing yet: its next update would hang.
    assert_eq!(json("deadlock", &[])["summary"]["succeeds"], true);
}

#[test]
fn jobs_end_and_run_again() {
    let plan = json("jobs", &[]);
    let job = with(&plan["jobs"], "service", "shop_migrate");
    // Two find a node at once, the third when one of them has ended.
    assert_eq!((&job["total"], &job["completed"]), (&3.into(), &3.into()));
    let (two, one) = (10_000 + 5_000 + 10_000, 25_000);
    let took = job["duration_ms"].as_u64().unwrap();
    assert!((two + one..two + one + 2_000).contains(&took), "{took}");
    assert_eq!(with(&plan["services"], "name", "shop_migrate")["pending"], 1);
    assert_eq!(plan["summary"]["succeeds"], true);
    let lost = with(&plan["failures"], "lost", "w1");
    assert_eq!(with(&lost["moves"], "service", "shop_migrate")["outcome"], "not-moved");
    assert_eq!(with(&lost["moves"], "service", "shop_report")["outcome"], "gone");
}

#[test]
fn what_cannot_be_done_is_an_error() {
    let cases: &[(&[&str], &str)] = &[
        (&["--down", "w9"], "the inventory has no node `w9`; did you mean `w1`?"),
        (&["--add", "4"], "--add `4`: write it as `2x4cpu8GiB`"),
        (&["--assume", "pull"], "--assume `pull`"),
    ];
    for (options, message) in cases {
        let output = run("fits", options);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(message), "{error}");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .current_dir(root().join("fixtures/plan/fits"))
        .args(["plan", "-c", "stack.yml"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("name the inventory"));
}
