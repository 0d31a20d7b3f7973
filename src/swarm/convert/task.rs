//! Resources, restarts, placement and logging of a service's tasks.

use crate::source::{Named, Place, Spanned};
use crate::stack::Kind;
use crate::stack::model::{Resource, Service, Text};
use crate::stack::problem::Grammar;
use crate::swarm::convert::{Converter, map, owned, plain};
use crate::swarm::spec::{
    DiscreteResource, Driver, GenericResource, Limit, Placement, Preference, Reservations,
    Resources, RestartPolicy, SpreadOver,
};
use crate::value::restart::{self, Restart};
use crate::value::{Refusal, cpus};

impl Converter<'_> {
    pub(super) fn resources(&mut self, service: &Named<Service>) -> Resources {
        let Some(deploy) = &service.deploy else { return Resources::default() };
        let resources = &deploy.resources;
        let limits = resources.limits.as_ref().map(|it| Limit {
            nano_cpus: self.cpus(it.cpus.as_ref()),
            memory_bytes: number(it.memory.as_ref()),
            pids: number(it.pids.as_ref()),
        });
        let reservations = resources.reservations.as_ref().map(|it| Reservations {
            nano_cpus: self.cpus(it.cpus.as_ref()),
            memory_bytes: number(it.memory.as_ref()),
            generic_resources: generic(it),
        });
        Resources { limits, reservations }
    }

    fn cpus(&mut self, text: Option<&Text>) -> i64 {
        let Some(text) = text.filter(|it| !it.value.is_empty()) else { return 0 };
        match cpus::parse(text) {
            Ok(nano_cpus) => nano_cpus,
            Err(refusal) => {
                self.refuse_value(Grammar::Cpus, text, &refusal);
                0
            }
        }
    }

    fn refuse_value(&mut self, grammar: Grammar, text: &Text, refusal: &Refusal) {
        let reason = refusal.message.clone();
        let span = text.place.part(refusal.range.start, refusal.range.end);
        let kind = Kind::Value { grammar, text: text.value.clone(), reason: reason.clone() };
        self.refuse(kind, Place { span, ..text.place }, reason);
    }

    pub(super) fn restart_policy(&mut self, service: &Named<Service>) -> Option<RestartPolicy> {
        let policy = service.deploy.as_ref().and_then(|it| it.restart_policy.as_ref());
        if let Some(it) = policy {
            return Some(RestartPolicy {
                condition: owned(it.condition.as_ref()),
                delay: it.delay.as_ref().map(|it| it.value),
                max_attempts: it.max_attempts.as_ref().map(|it| it.value),
                window: it.window.as_ref().map(|it| it.value),
            });
        }
        let text = service.restart.as_ref()?;
        match restart::parse(text) {
            Ok(Restart::Unsaid) => None,
            Ok(Restart::Any) => {
                Some(RestartPolicy { condition: "any".to_owned(), ..RestartPolicy::default() })
            }
            Ok(Restart::OnFailure { max_attempts }) => Some(RestartPolicy {
                condition: "on-failure".to_owned(),
                max_attempts: Some(max_attempts),
                ..RestartPolicy::default()
            }),
            Err(refusal) => {
                self.refuse_value(Grammar::Restart, text, &refusal);
                None
            }
        }
    }
}

pub(super) fn placement(service: &Service) -> Placement {
    let Some(deploy) = &service.deploy else { return Placement::default() };
    let it = &deploy.placement;
    let spread = |it: &Option<Text>| Preference {
        spread: Some(SpreadOver { spread_descriptor: owned(it.as_ref()) }),
    };
    Placement {
        constraints: plain(&it.constraints),
        preferences: it.preferences.iter().map(spread).collect(),
        max_replicas: number(it.max_replicas_per_node.as_ref()),
        ..Placement::default()
    }
}

pub(super) fn log_driver(service: &Service) -> Option<Driver> {
    service.logging.as_ref().map(|it| Driver {
        name: owned(it.driver.as_ref()),
        options: it.options.as_ref().map(map).unwrap_or_default(),
    })
}

fn generic(it: &Resource) -> Vec<GenericResource> {
    let resource = |it: &crate::stack::model::GenericResource| GenericResource {
        named_resource_spec: None,
        discrete_resource_spec: it.discrete.then(|| DiscreteResource {
            kind: owned(it.kind.as_ref()),
            value: number(it.value.as_ref()),
        }),
    };
    it.generic.iter().map(resource).collect()
}

fn number<T: Copy + Default>(it: Option<&Spanned<T>>) -> T {
    it.map_or(T::default(), |it| it.value)
}
