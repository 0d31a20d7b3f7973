//! What the manager would refuse of a converted stack, at the place in the file.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::source::{Named, Place};
use crate::stack::model::{Service, Text};
use crate::stack::problem::Refused;
use crate::stack::{Kind, Object, Problem, Stack, Step};
use crate::swarm::convert::NAMESPACE_LABEL;
use crate::swarm::spec::{ServiceSpec, Specs};
use crate::swarm::validate::{self, Clash, Field, Refusal, Subject};

/// Everything that the manager would refuse, service by service.
pub fn refusals(stack: &Stack, specs: &Specs) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut networks_made = specs.networks.values();
    let makes_ingress = networks_made.any(|it| validate::is_ingress(&it.name));
    for service in &stack.services {
        let Some(spec) = specs.services.get(&service.name.value) else { continue };
        for refusal in validate::service(spec) {
            let other = refusal.other.map(|it| place(stack, service, spec, &it));
            let other = other.map(|it| (it.span, "the first is here".to_owned()));
            let at = place(stack, service, spec, &refusal.field);
            let subject = subject(&refusal);
            // Docker stops before, at the network of that name.
            if subject == Refused::Ingress && makes_ingress {
                continue;
            }
            found.push(problem(subject, at, &refusal, other).of_service(&service.name.value));
        }
    }
    let networks = Places::of(stack.networks.iter().map(|it| (it, it.value.name.as_ref())), false);
    for spec in specs.networks.values() {
        for refusal in validate::network(spec) {
            let at = networks.find(&spec.name, &spec.labels);
            let subject = match refusal.field.path {
                "Name" if validate::is_ingress(&spec.name) => Refused::Ingress,
                "Name" => Refused::ObjectName(Object::Network),
                _ => Refused::Network,
            };
            found.push(problem(subject, at, &refusal, None));
        }
    }
    let secrets = Places::of(stack.secrets.iter().map(|it| (it, it.value.name.as_ref())), true);
    for spec in &specs.secrets {
        let at = secrets.find(&spec.name, &spec.labels);
        objects(&validate::secret(spec), at, Object::Secret, &mut found);
    }
    let configs = Places::of(stack.configs.iter().map(|it| (it, it.value.name.as_ref())), true);
    for spec in &specs.configs {
        let at = configs.find(&spec.name, &spec.labels);
        objects(&validate::config(spec), at, Object::Config, &mut found);
    }
    found.extend(validate::stack(specs).iter().filter_map(|it| clash(stack, specs, it)));
    found
}

fn problem(
    subject: Refused,
    at: Place,
    refusal: &Refusal,
    other: Option<(crate::source::Span, String)>,
) -> Problem {
    let reason = refusal.message.clone();
    let docker = format!("Error response from daemon: {refusal}");
    Problem::new(Kind::Refused { subject, reason, other }, at).refused(Step::Manager, docker)
}

fn objects(refusals: &[Refusal], at: Place, object: Object, found: &mut Vec<Problem>) {
    // The size of the file is looked at without reading it.
    for refusal in refusals.iter().filter(|it| it.field.path == "Name") {
        found.push(problem(Refused::ObjectName(object), at, refusal, None));
    }
}

fn clash(stack: &Stack, specs: &Specs, clash: &Clash) -> Option<Problem> {
    let (Subject::Service(key), Subject::Service(with)) = (&clash.subject, &clash.with) else {
        return None;
    };
    let (service, first) = (stack.service(key)?, stack.service(with)?);
    let at = place(stack, service, specs.services.get(key)?, &clash.refusal.field);
    let other = clash.refusal.other?;
    let other = place(stack, first, specs.services.get(with)?, &other);
    // Docker creates services in random order; who reads a file takes the first for the owner.
    let (key, with, at, other) =
        if at.span < other.span { (with, key, other, at) } else { (key, with, at, other) };
    let label = format!("`{with}` has it already");
    let subject = match clash.refusal.field.path {
        "Name" => Refused::ServiceName,
        _ => Refused::PortConflict,
    };
    let problem = problem(subject, at, &clash.refusal, Some((other.span, label)));
    Some(problem.of_service(key))
}

fn subject(refusal: &Refusal) -> Refused {
    let path = refusal.field.path;
    let starts = |prefix: &str| path.starts_with(prefix);
    match path {
        "Name" => Refused::ServiceName,
        "EndpointSpec.Ports[]" => Refused::DuplicatePort,
        "TaskTemplate.ContainerSpec.Image" => Refused::Image,
        _ if starts("EndpointSpec") => Refused::Endpoint,
        _ if starts("TaskTemplate.Placement") => Refused::Constraint,
        _ if starts("TaskTemplate.Resources") => Refused::Resources,
        _ if starts("Mode") => Refused::Mode,
        _ if starts("UpdateConfig") || starts("RollbackConfig") => Refused::UpdateConfig,
        _ if starts("TaskTemplate.RestartPolicy") => Refused::RestartPolicy,
        _ if starts("TaskTemplate.ContainerSpec.Healthcheck") => Refused::Healthcheck,
        _ if starts("TaskTemplate.ContainerSpec.Mounts") => Refused::Mount,
        _ if starts("TaskTemplate.ContainerSpec.Secrets") => Refused::Target(Object::Secret),
        _ if starts("TaskTemplate.ContainerSpec.Configs") => Refused::Target(Object::Config),
        _ if starts("TaskTemplate.ContainerSpec.Privileges") => Refused::CredentialSpec,
        "TaskTemplate.Networks[]" => Refused::Ingress,
        _ => Refused::Template,
    }
}

/// Where a field of a service's spec is written; the service's name where it is not.
fn place(stack: &Stack, service: &Named<Service>, spec: &ServiceSpec, field: &Field) -> Place {
    written(stack, service, spec, field).unwrap_or(service.name.place)
}

fn written(
    stack: &Stack,
    service: &Named<Service>,
    spec: &ServiceSpec,
    field: &Field,
) -> Option<Place> {
    let deploy = service.deploy.as_ref();
    let container = &spec.task_template.container_spec;
    let index = field.index.unwrap_or_default();
    let path = field.path;
    let starts = |prefix: &str| path.starts_with(prefix);
    match path {
        _ if starts("EndpointSpec.Ports") => {
            let port = spec.endpoint_spec.as_ref()?.ports.get(index)?;
            let same = |it: &&crate::stack::model::Port| {
                let number =
                    |it: &Option<crate::source::Spanned<u32>>| it.as_ref().map_or(0, |it| it.value);
                number(&it.target) == port.target_port
                    && number(&it.published) == port.published_port
                    && crate::stack::model::text(it.protocol.as_ref()) == port.protocol
            };
            // Of two alike the second is to blame.
            service.ports.iter().rev().find(same).map(|it| it.place)
        }
        _ if starts("EndpointSpec") => Some(deploy?.endpoint_mode.as_ref()?.place),
        _ if starts("TaskTemplate.Placement") => {
            Some(deploy?.placement.constraints.get(index)?.place)
        }
        _ if starts("TaskTemplate.Resources.Limits") => {
            Some(deploy?.resources.limits.as_ref()?.place)
        }
        _ if starts("TaskTemplate.Resources") => {
            Some(deploy?.resources.reservations.as_ref()?.place)
        }
        _ if starts("Mode") => Some(deploy?.replicas.as_ref()?.place),
        _ if starts("UpdateConfig") => update_place(deploy?.update_config.as_ref()?, path),
        _ if starts("RollbackConfig") => update_place(deploy?.rollback_config.as_ref()?, path),
        _ if starts("TaskTemplate.RestartPolicy") => Some(deploy?.restart_policy.as_ref()?.place),
        _ if starts("TaskTemplate.ContainerSpec.Mounts") => {
            let alike = service.volumes.len() == container.mounts.len();
            let mount = service.volumes.get(index).filter(|_| alike)?;
            if path.ends_with("Source") {
                return mount.source.as_ref().map(|it| it.place);
            }
            Some(mount.target.as_ref().filter(|_| mount.short).map_or(mount.place, |it| it.place))
        }
        _ if starts("TaskTemplate.ContainerSpec.Secrets") => {
            let target = &container.secrets.get(index)?.file.as_ref()?.name;
            reference_place(&service.secrets, target)
        }
        _ if starts("TaskTemplate.ContainerSpec.Configs") => {
            let target = &container.configs.get(index)?.file.as_ref()?.name;
            reference_place(&service.configs, target)
        }
        _ if starts("TaskTemplate.ContainerSpec.Env") => {
            let name = container.env.get(index)?.split('=').next()?;
            let variable = service.environment.iter().find(|it| it.name.value == name)?;
            Some(variable.place)
        }
        _ if starts("TaskTemplate.ContainerSpec.Healthcheck") => {
            let it = service.healthcheck.as_ref()?;
            let field = match path.rsplit('.').next()? {
                "Interval" => it.interval.as_ref()?.place,
                "Timeout" => it.timeout.as_ref()?.place,
                "StartPeriod" => it.start_period.as_ref()?.place,
                "StartInterval" => it.start_interval.as_ref()?.place,
                _ => it.retries.as_ref()?.place,
            };
            Some(field)
        }
        _ if starts("TaskTemplate.ContainerSpec.Privileges") => {
            Some(service.credential_spec.as_ref()?.place)
        }
        "TaskTemplate.Networks[]" => {
            let target = &spec.task_template.networks.get(index)?.target;
            let is_it = |name: &str| {
                let network = stack.networks.iter().find(|it| it.name.value == name);
                let own = network.and_then(|it| it.value.name.as_ref());
                own.is_some_and(|it| it.value == *target)
            };
            service.networks.iter().find(|it| is_it(&it.name.value)).map(|it| it.name.place)
        }
        "TaskTemplate.ContainerSpec.Hostname" => Some(service.hostname.as_ref()?.place),
        "TaskTemplate.ContainerSpec.Image" => Some(service.image.as_ref()?.place),
        _ => None,
    }
}

fn update_place(it: &crate::stack::model::UpdateConfig, path: &str) -> Option<Place> {
    let field = match path.rsplit('.').next()? {
        "Order" => it.order.as_ref()?.place,
        "FailureAction" => it.failure_action.as_ref()?.place,
        "Delay" => it.delay.as_ref()?.place,
        "Monitor" => it.monitor.as_ref()?.place,
        "MaxFailureRatio" => it.max_failure_ratio.as_ref()?.place,
        _ => it.place,
    };
    Some(field)
}

fn reference_place(all: &[crate::stack::model::FileReference], target: &str) -> Option<Place> {
    let same = |it: &&crate::stack::model::FileReference| {
        let written = it.target.as_ref().or(it.source.as_ref());
        written.is_some_and(|it| it.value == target)
    };
    all.iter().rev().find(same).map(|it| it.place)
}

/// Where the objects of one section are named.
struct Places<'a> {
    /// By the name that an object gives itself.
    own: FxHashMap<&'a str, Place>,
    /// By the name that it has in the section.
    section: FxHashMap<&'a str, Place>,
}

impl<'a> Places<'a> {
    /// `at_own` says whether an object with a name of its own is shown there.
    fn of<T: 'a>(
        all: impl DoubleEndedIterator<Item = (&'a Named<T>, Option<&'a Text>)>,
        at_own: bool,
    ) -> Self {
        let mut places = Self { own: FxHashMap::default(), section: FxHashMap::default() };
        // The first of a name counts.
        for (it, own) in all.rev() {
            match own.filter(|it| !it.value.is_empty()) {
                Some(own) => {
                    let at = if at_own { own.place } else { it.name.place };
                    places.own.insert(&own.value, at);
                }
                None => {
                    places.section.insert(&it.name.value, it.name.place);
                }
            }
        }
        places
    }

    /// The place of an object by the name that it gets in the swarm.
    fn find(&self, real: &str, labels: &BTreeMap<String, String>) -> Place {
        let of_stack = || {
            let namespace = labels.get(NAMESPACE_LABEL)?;
            self.section.get(real.strip_prefix(namespace.as_str())?.strip_prefix('_')?)
        };
        self.own.get(real).or_else(of_stack).copied().unwrap_or_default()
    }
}
