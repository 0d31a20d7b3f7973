//! `deploy` as Docker prints it.

use crate::stack::model::{
    Deploy, GenericResource, Placement, Resource, RestartPolicy, Text, UpdateConfig,
};
use crate::stack::show::Fields;
use crate::value::duration;
use crate::yaml::emit::Item;

pub(super) fn item(it: &Deploy) -> Item {
    let mut out = Fields::default();
    out.word("mode", it.mode.as_ref());
    if let Some(it) = &it.replicas {
        out.always("replicas", Item::Int(it.value.into()));
    }
    out.labels("labels", &it.labels);
    if let Some(it) = &it.update_config {
        out.always("update_config", update_config(it));
    }
    if let Some(it) = &it.rollback_config {
        out.always("rollback_config", update_config(it));
    }
    let mut resources = Fields::default();
    if let Some(it) = &it.resources.limits {
        resources.always("limits", resource(it));
    }
    if let Some(it) = &it.resources.reservations {
        resources.always("reservations", resource(it));
    }
    out.some("resources", resources.item());
    if let Some(it) = &it.restart_policy {
        out.always("restart_policy", restart_policy(it));
    }
    out.some("placement", placement(&it.placement));
    out.word("endpoint_mode", it.endpoint_mode.as_ref());
    out.item()
}

fn update_config(it: &UpdateConfig) -> Item {
    let mut out = Fields::default();
    if let Some(it) = &it.parallelism {
        out.always("parallelism", Item::Int(it.value.into()));
    }
    let nonzero = |it: &Option<crate::source::Spanned<i64>>| {
        it.as_ref().filter(|it| it.value != 0).map(|it| duration::format(it.value))
    };
    out.text("delay", &nonzero(&it.delay).unwrap_or_default());
    out.word("failure_action", it.failure_action.as_ref());
    out.text("monitor", &nonzero(&it.monitor).unwrap_or_default());
    if let Some(it) = it.max_failure_ratio.as_ref().filter(|it| it.value != 0.0) {
        // The shortest digits of the narrow number are those of the wide one that they spell.
        let ratio = it.value.to_string().parse().unwrap_or_default();
        out.always("max_failure_ratio", Item::Float(ratio));
    }
    out.word("order", it.order.as_ref());
    out.item()
}

fn resource(it: &Resource) -> Item {
    let mut out = Fields::default();
    out.word("cpus", it.cpus.as_ref());
    if let Some(it) = it.memory.as_ref().filter(|it| it.value != 0) {
        out.text("memory", &it.value.to_string());
    }
    if let Some(it) = &it.pids {
        out.some("pids", Item::Int(it.value.into()));
    }
    out.some("generic_resources", Item::List(it.generic.iter().map(generic).collect()));
    out.item()
}

fn generic(it: &GenericResource) -> Item {
    let mut out = Fields::default();
    if it.discrete {
        let mut spec = Fields::default();
        spec.always("kind", Item::text(crate::stack::model::text(it.kind.as_ref())));
        let value = it.value.as_ref().map_or(0, |it| it.value);
        spec.always("value", Item::Int(value.into()));
        out.always("discrete_resource_spec", spec.item());
    }
    out.item()
}

fn restart_policy(it: &RestartPolicy) -> Item {
    let mut out = Fields::default();
    out.word("condition", it.condition.as_ref());
    out.duration("delay", it.delay.as_ref());
    if let Some(it) = &it.max_attempts {
        out.always("max_attempts", Item::Int(it.value.into()));
    }
    out.duration("window", it.window.as_ref());
    out.item()
}

fn placement(it: &Placement) -> Item {
    let mut out = Fields::default();
    out.texts("constraints", &it.constraints);
    let spread = |it: &Option<Text>| {
        let mut out = Fields::default();
        out.word("spread", it.as_ref());
        out.item()
    };
    out.some("preferences", Item::List(it.preferences.iter().map(spread).collect()));
    if let Some(it) = &it.max_replicas_per_node {
        out.some("max_replicas_per_node", Item::Int(it.value.into()));
    }
    out.item()
}
