//! Services that got another name: Docker takes them for one that went and one that came.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::diff::compare::compare;
use crate::plan::diff::{Request, normal, services};
use crate::plan::effect;
use crate::swarm::spec::ServiceSpec;
use crate::value::image;

/// More services than this are not compared with each other.
const MOST: usize = 60;

/// A renamed service may differ in so many fields.
const FIELDS: usize = 2;

/// The old names of new services, by the new name.
pub(super) fn renamed<'a>(request: &Request<'a>, gone: &[&'a str]) -> BTreeMap<&'a str, &'a str> {
    let Request { specs, running, .. } = request;
    let new: Vec<&ServiceSpec> =
        specs.services.values().filter(|it| !running.services.contains_key(&it.name)).collect();
    if gone.len() > MOST || new.len() > MOST {
        return BTreeMap::new();
    }
    let mut pairs = Vec::new();
    for &name in gone {
        let Some(old) = running.services.get(name) else { continue };
        for spec in &new {
            if let Some(differences) = differences(&old.spec, spec) {
                pairs.push((differences, name, spec.name.as_str()));
            }
        }
    }
    pairs.sort_unstable();
    let (mut renamed, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, old, new) in pairs {
        if !renamed.contains_key(new) && taken.insert(old) {
            renamed.insert(new, old);
        }
    }
    renamed
}

/// In how many fields two services differ that may be one; none where they are two.
fn differences(old: &ServiceSpec, new: &ServiceSpec) -> Option<usize> {
    let image = |it: &ServiceSpec| {
        let text = it.task_template.container_spec.image.clone();
        image::parse(&text).map(|it| it.name().clone()).unwrap_or(text)
    };
    if image(old) != image(new) {
        return None;
    }
    let (mut a, mut b) = (normal::service(old, new), normal::service(new, new));
    for it in [&mut a, &mut b] {
        it.name.clear();
        // A service is known under its own name in its networks.
        it.task_template.networks.iter_mut().for_each(|it| it.aliases.clear());
    }
    let count = compare(&services::json(&a), &services::json(&b), &effect::keyed).len();
    (count <= FIELDS).then_some(count)
}
