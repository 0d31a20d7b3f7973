//! Secrets and configs.

use std::io::ErrorKind;

use crate::source::{Named, go_error, is_ours};
use crate::stack::model::{FileObject, is_true, text};
use crate::stack::{Kind, Object, Problem, Step};
use crate::swarm::convert::{Converter, map, owned, path};
use crate::swarm::spec::{ConfigSpec, Data, Driver, SecretSpec};

impl Converter<'_> {
    pub(super) fn secrets(&mut self) -> Vec<SecretSpec> {
        let stack = self.stack;
        let mut specs = Vec::new();
        for it in own(&stack.secrets) {
            let driver = text(it.driver.as_ref());
            let labels = self.namespace_label(map(&it.labels));
            let mut spec = SecretSpec {
                name: self.object_name(it),
                labels,
                templating: templating(it),
                ..SecretSpec::default()
            };
            if driver.is_empty() {
                let Some(data) = self.data(it, Object::Secret, Step::Secrets) else { continue };
                spec.data = data;
            } else {
                spec.driver =
                    Some(Driver { name: driver.to_owned(), options: map(&it.driver_opts) });
            }
            specs.push(spec);
        }
        specs.sort_by(|a, b| a.name.cmp(&b.name));
        specs
    }

    pub(super) fn configs(&mut self) -> Vec<ConfigSpec> {
        let stack = self.stack;
        let mut specs = Vec::new();
        for it in own(&stack.configs) {
            let Some(data) = self.data(it, Object::Config, Step::Configs) else { continue };
            specs.push(ConfigSpec {
                name: self.object_name(it),
                labels: self.namespace_label(map(&it.labels)),
                data,
                templating: templating(it),
            });
        }
        specs.sort_by(|a, b| a.name.cmp(&b.name));
        specs
    }

    /// The name of a secret or a config in the swarm.
    pub(super) fn object_name(&self, it: &Named<FileObject>) -> String {
        match text(it.value.name.as_ref()) {
            "" => self.scoped(&it.name.value),
            name => name.to_owned(),
        }
    }

    fn data(&mut self, it: &Named<FileObject>, object: Object, step: Step) -> Option<Data> {
        let file = owned(it.file.as_ref());
        let place = it.file.as_ref().map_or(it.name.place, |file| file.place);
        let place = if place == it.value.place { it.name.place } else { place };
        let read = if self.read_data {
            self.disk.read(path(&file)).map(|bytes| Data::new(&bytes))
        } else {
            self.disk.size(path(&file)).map(|size| {
                let kind = Kind::FileSize { object, size };
                self.problems.push(Problem::new(kind, place));
                Data::default()
            })
        };
        match read {
            Ok(data) => Some(data),
            Err(error) => {
                let reason = go_error(&error);
                let verb = if error.kind() == ErrorKind::IsADirectory { "read" } else { "open" };
                let docker = format!("{verb} {file}: {reason}");
                let problem =
                    Problem::new(Kind::FileUnreadable { object, path: file, reason }, place);
                let refused = !is_ours(&error);
                self.problems.push(if refused { problem.refused(step, docker) } else { problem });
                None
            }
        }
    }
}

fn own(objects: &[Named<FileObject>]) -> impl Iterator<Item = &Named<FileObject>> {
    objects.iter().filter(|it| !is_true(&it.external))
}

fn templating(it: &FileObject) -> Option<Driver> {
    let driver = text(it.template_driver.as_ref());
    let name = driver.to_owned();
    (!driver.is_empty()).then(|| Driver { name, ..Driver::default() })
}
