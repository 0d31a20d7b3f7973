//! Several files → one, with the rules of Docker's merge, oddities included
//! (docker/cli `cli/compose/loader/merge.go`).

mod field;
mod service;

use crate::source::Named;
use crate::stack::decode::Sections;

/// Merges files in order. The services of several files come sorted by name.
pub(super) fn merge(files: Vec<Sections>) -> Sections {
    let mut files = files.into_iter();
    let Some(mut base) = files.next() else { return Sections::default() };
    for over in files {
        services(&mut base.services, over.services);
        replace(&mut base.networks, over.networks);
        replace(&mut base.volumes, over.volumes);
        replace(&mut base.secrets, over.secrets);
        replace(&mut base.configs, over.configs);
    }
    base
}

fn services(
    base: &mut Vec<Named<crate::stack::model::Service>>,
    over: Vec<Named<crate::stack::model::Service>>,
) {
    let mut at: std::collections::HashMap<String, usize> =
        base.iter().enumerate().map(|(at, it)| (it.name.value.clone(), at)).collect();
    for service in over {
        if let Some(&old) = at.get(&service.name.value) {
            service::merge(&mut base[old].value, service.value);
        } else {
            at.insert(service.name.value.clone(), base.len());
            base.push(service);
        }
    }
    base.sort_by(|a, b| a.name.value.cmp(&b.name.value));
}

/// Definitions of one name are replaced whole.
fn replace<T>(base: &mut Vec<Named<T>>, over: Vec<Named<T>>) {
    for it in over {
        match base.iter_mut().find(|old| old.name.value == it.name.value) {
            Some(old) => *old = it,
            None => base.push(it),
        }
    }
}
