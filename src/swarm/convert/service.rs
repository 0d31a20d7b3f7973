//! One service, checked in the order in which Docker checks.

use crate::source::Named;
use crate::stack::Kind;
use crate::stack::model::{Service, UpdateConfig, text};
use crate::swarm::convert::task::{log_driver, placement};
use crate::swarm::convert::{Converter, IMAGE_LABEL, map, owned};
use crate::swarm::spec::{
    EndpointSpec, GlobalMode, JobMode, Mode, PortConfig, ReplicatedMode, ServiceSpec, TaskSpec,
    UpdateConfig as UpdateSpec,
};

impl Converter<'_> {
    pub(super) fn service(&mut self, service: &Named<Service>) -> ServiceSpec {
        let secrets = self.secret_references(service);
        let configs = self.config_references(service);
        let mode = self.mode(service);
        let mounts = self.mounts(service);
        let resources = self.resources(service);
        let restart_policy = self.restart_policy(service);
        let healthcheck = self.healthcheck(service);
        let networks = self.attachments(service);
        let privileges = self.privileges(service, &configs);

        let mut container_spec = self.container(service);
        container_spec.secrets = secrets;
        container_spec.configs = configs;
        container_spec.mounts = mounts;
        container_spec.healthcheck = healthcheck;
        container_spec.privileges = Some(privileges);

        let deploy = service.deploy.as_ref();
        let labels = deploy.map(|it| map(&it.labels)).unwrap_or_default();
        let mut labels = self.namespace_label(labels);
        labels.insert(IMAGE_LABEL.to_owned(), owned(service.image.as_ref()));
        ServiceSpec {
            name: self.scoped(&service.name.value),
            labels,
            task_template: TaskSpec {
                container_spec,
                resources: Some(resources),
                restart_policy,
                placement: Some(placement(service)),
                networks,
                log_driver: log_driver(service),
                ..TaskSpec::default()
            },
            mode,
            update_config: deploy.and_then(|it| it.update_config.as_ref()).map(update),
            rollback_config: deploy.and_then(|it| it.rollback_config.as_ref()).map(update),
            endpoint_spec: Some(endpoint(service)),
        }
    }

    fn mode(&mut self, service: &Named<Service>) -> Mode {
        let Some(deploy) = &service.deploy else { return Mode::default() };
        let replicas = deploy.replicas.as_ref().map(|it| it.value);
        let mode = text(deploy.mode.as_ref());
        let job = JobMode { max_concurrent: replicas, total_completions: replicas };
        let place = deploy.mode.as_ref().map_or(deploy.place, |it| it.place);
        match (mode, &deploy.replicas) {
            ("global" | "global-job", Some(replicas)) => {
                let reason = "replicas can only be used with replicated or replicated-job mode";
                let kind = Kind::ReplicasWithoutReplicated { mode: mode.to_owned() };
                self.refuse(kind, replicas.place, reason);
                Mode::Global(GlobalMode {})
            }
            ("global", None) => Mode::Global(GlobalMode {}),
            ("global-job", None) => Mode::GlobalJob(GlobalMode {}),
            ("" | "replicated", _) => Mode::Replicated(ReplicatedMode { replicas }),
            ("replicated-job", _) => Mode::ReplicatedJob(job),
            _ => {
                let kind = Kind::UnknownMode { mode: mode.to_owned() };
                self.refuse(kind, place, format!("Unknown mode: {mode}"));
                Mode::default()
            }
        }
    }
}

fn update(it: &UpdateConfig) -> UpdateSpec {
    UpdateSpec {
        parallelism: it.parallelism.as_ref().map_or(1, |it| it.value),
        delay: it.delay.as_ref().map_or(0, |it| it.value),
        failure_action: owned(it.failure_action.as_ref()),
        monitor: it.monitor.as_ref().map_or(0, |it| it.value),
        max_failure_ratio: it.max_failure_ratio.as_ref().map_or(0.0, |it| it.value),
        order: owned(it.order.as_ref()),
    }
}

fn endpoint(service: &Service) -> EndpointSpec {
    let port = |it: &crate::stack::model::Port| PortConfig {
        name: String::new(),
        protocol: owned(it.protocol.as_ref()),
        target_port: it.target.as_ref().map_or(0, |it| it.value),
        published_port: it.published.as_ref().map_or(0, |it| it.value),
        publish_mode: owned(it.mode.as_ref()),
    };
    let mut ports: Vec<_> = service.ports.iter().map(port).collect();
    // Docker's sort is stable up to twelve ports; beyond that their order is Go's affair.
    crate::swarm::gosort::sort_by(&mut ports, |a, b| a.published_port < b.published_port);
    let mode = service.deploy.as_ref().and_then(|it| it.endpoint_mode.as_ref());
    EndpointSpec { mode: owned(mode).to_lowercase(), ports }
}
