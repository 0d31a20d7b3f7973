//! `deploy`.

use crate::source::Spanned;
use crate::stack::decode::number::{float, signed};
use crate::stack::decode::{Decoder, Fields};
use crate::stack::model::{
    Deploy, GenericResource, Placement, Resource, Resources, RestartPolicy, UpdateConfig,
};
use crate::stack::problem::Grammar;
use crate::value::size;
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    /// None for null, which is as good as absent.
    pub(super) fn deploy(&mut self, node: &Node) -> Option<Deploy> {
        let of = &Fields::of(node, "Deploy")?;
        Some(Deploy {
            place: node.place,
            mode: self.text(of, "mode", "Mode"),
            replicas: self.unsigned(of, "replicas", "Replicas"),
            labels: self.labels(of, "labels").unwrap_or_default(),
            update_config: self.update_config(of, "update_config"),
            rollback_config: self.update_config(of, "rollback_config"),
            resources: self.resources(of),
            restart_policy: self.restart_policy(of),
            placement: self.placement(of),
            endpoint_mode: self.text(of, "endpoint_mode", "endpoint_mode"),
        })
    }

    fn update_config(&mut self, of: &Fields, key: &str) -> Option<UpdateConfig> {
        let node = of.get(key)?;
        let of = &Fields::of(node, of.path(key))?;
        let ratio = of.get("max_failure_ratio");
        Some(UpdateConfig {
            place: node.place,
            parallelism: self.unsigned(of, "parallelism", "Parallelism"),
            delay: self.duration(of, "delay", "Delay"),
            failure_action: self.text(of, "failure_action", "failure_action"),
            monitor: self.duration(of, "monitor", "Monitor"),
            max_failure_ratio: ratio
                .and_then(|node| Some(Spanned::new(float(node)? as f32, node.place))),
            order: self.text(of, "order", "Order"),
        })
    }

    fn resources(&mut self, of: &Fields) -> Resources {
        let Some(node) = of.get("resources") else { return Resources::default() };
        let Some(of) = &Fields::of(node, of.path("Resources")) else { return Resources::default() };
        Resources {
            limits: self.resource(of, "limits", "Limits"),
            reservations: self.resource(of, "reservations", "Reservations"),
        }
    }

    fn resource(&mut self, of: &Fields, key: &str, field: &str) -> Option<Resource> {
        let node = of.get(key)?;
        let of = &Fields::of(node, of.path(field))?;
        Some(Resource {
            place: node.place,
            cpus: self.text(of, "cpus", "cpus"),
            memory: self.size(of, "memory", "memory"),
            pids: Self::signed(of, "pids"),
            generic: self.generic_resources(of),
        })
    }

    /// Bytes.
    pub(super) fn size(&mut self, of: &Fields, key: &str, field: &str) -> Option<Spanned<i64>> {
        let text = self.text(of, key, field)?;
        match size::parse(&text) {
            Ok(bytes) => Some(Spanned::new(bytes, text.place)),
            Err(reason) => {
                let line = format!("error decoding '{}': {reason}", of.path(field));
                self.refuse_value(Grammar::Size, &text, &reason, text.place, line);
                None
            }
        }
    }

    fn generic_resources(&mut self, of: &Fields) -> Vec<GenericResource> {
        let Some(items) = of.get("generic_resources").and_then(Node::as_list) else {
            return Vec::new();
        };
        let path = of.path("generic_resources");
        let mut found = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let mut it = GenericResource { place: item.place, ..GenericResource::default() };
            let spec = item.get("discrete_resource_spec");
            let path = format!("{path}[{at}].discrete_resource_spec");
            if let Some(of) = spec.and_then(|spec| Fields::of(spec, path)) {
                it.discrete = true;
                it.kind = self.text(&of, "kind", "Kind");
                it.value =
                    of.get("value").and_then(|node| Some(Spanned::new(signed(node)?, node.place)));
            }
            found.push(it);
        }
        found
    }

    fn restart_policy(&mut self, of: &Fields) -> Option<RestartPolicy> {
        let node = of.get("restart_policy")?;
        let of = &Fields::of(node, of.path("restart_policy"))?;
        Some(RestartPolicy {
            place: node.place,
            condition: self.text(of, "condition", "Condition"),
            delay: self.duration(of, "delay", "Delay"),
            max_attempts: self.unsigned(of, "max_attempts", "max_attempts"),
            window: self.duration(of, "window", "Window"),
        })
    }

    fn placement(&mut self, of: &Fields) -> Placement {
        let Some(node) = of.get("placement") else { return Placement::default() };
        let Some(of) = &Fields::of(node, of.path("Placement")) else { return Placement::default() };
        let preferences = of.get("preferences").and_then(Node::as_list).unwrap_or_default();
        let spread = |it: &Node| match it.get("spread") {
            Some(Node { value: Value::Text(text), place }) => {
                Some(Spanned::new(text.clone(), *place))
            }
            _ => None,
        };
        Placement {
            place: node.place,
            constraints: self.texts(of, "constraints", "Constraints"),
            preferences: preferences.iter().map(spread).collect(),
            max_replicas_per_node: self.unsigned(
                of,
                "max_replicas_per_node",
                "max_replicas_per_node",
            ),
        }
    }
}
