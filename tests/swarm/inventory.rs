//! An inventory of the real swarm, with what runs there.

use serde_json::{Map, Value, json};

use crate::swarm::docker::{Swarm, list, text};

/// Nodes, networks, services and tasks, as swarm-plan reads them from `-n`.
pub fn of(swarm: &Swarm) -> String {
    let nodes: Map<String, Value> = list(&swarm.get("/nodes"))
        .map(|it| (text(&it["Description"]["Hostname"]), node(it)))
        .collect();
    let networks: Map<String, Value> = list(&swarm.get("/networks"))
        .map(|it| (text(&it["Name"]), json!({"driver": it["Driver"], "scope": it["Scope"]})))
        .collect();
    let tasks: Vec<Value> = swarm
        .tasks()
        .into_iter()
        .filter(|it| it.node.is_some() && it.state != "new" && it.desired != "remove")
        .map(|it| {
            let mut task = json!({
                "service": it.service, "node": it.node, "state": it.state,
                "desired_state": it.desired,
            });
            if let Some(slot) = it.slot.filter(|it| *it > 0) {
                task["slot"] = json!(slot);
            }
            task
        })
        .collect();
    let services: Vec<Value> = list(&swarm.get("/services"))
        .map(|it| json!({"ID": it["ID"], "Spec": it["Spec"]}))
        .collect();
    let mut services = json!(services).to_string();
    for (id, name) in swarm.object_names() {
        services = services.replace(&id, &name);
    }
    let services: Value = serde_json::from_str(&services).unwrap();
    json!({"nodes": nodes, "networks": networks, "services": services, "tasks": tasks}).to_string()
}

fn node(it: &Value) -> Value {
    let (spec, description) = (&it["Spec"], &it["Description"]);
    let resources = &description["Resources"];
    let plugins: Vec<String> = list(&description["Engine"]["Plugins"])
        .map(|it| format!("{}/{}", text(&it["Type"]), text(&it["Name"])))
        .collect();
    let mut generic = Map::new();
    for it in list(&resources["GenericResources"]) {
        if let Some(it) = it.get("DiscreteResourceSpec") {
            generic.insert(text(&it["Kind"]), it["Value"].clone());
        } else {
            let it = &it["NamedResourceSpec"];
            let names = generic.entry(text(&it["Kind"])).or_insert_with(|| json!([]));
            names.as_array_mut().unwrap().push(it["Value"].clone());
        }
    }
    json!({
        "id": it["ID"], "role": spec["Role"], "availability": spec["Availability"],
        "state": it["Status"]["State"], "address": it["Status"]["Addr"],
        "os": description["Platform"]["OS"], "arch": description["Platform"]["Architecture"],
        "nano_cpus": resources["NanoCPUs"], "memory_bytes": resources["MemoryBytes"],
        "labels": spec["Labels"], "engine_labels": description["Engine"]["Labels"],
        "generic_resources": generic, "plugins": plugins,
    })
}
