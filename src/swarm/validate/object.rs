//! Secrets and configs.

use crate::swarm::spec::{ConfigSpec, Data, SecretSpec};
use crate::swarm::validate::name;
use crate::swarm::validate::refusal::{Field, INVALID, Refusal};

/// A secret's content must be smaller than this: 500 KiB.
pub const SECRET_LIMIT: usize = 500 * 1024;

/// A config's content must be smaller than this: 1,000 KiB (500 KiB up to Docker 20.10.14).
pub const CONFIG_LIMIT: usize = 1000 * 1024;

/// What is refused of a secret whatever else the swarm has.
pub fn secret(spec: &SecretSpec) -> Vec<Refusal> {
    let mut refusals = name::object(&spec.name);
    match &spec.driver {
        None => refusals.extend(size(&spec.data, "secret", SECRET_LIMIT)),
        Some(driver) if driver.name.is_empty() => {
            let field = Field::of("Driver.Name");
            refusals.push(Refusal::new(field, INVALID, "secret driver must have a name"));
        }
        Some(_) => {}
    }
    refusals
}

/// What is refused of a config whatever else the swarm has.
pub fn config(spec: &ConfigSpec) -> Vec<Refusal> {
    let mut refusals = name::object(&spec.name);
    refusals.extend(size(&spec.data, "config", CONFIG_LIMIT));
    refusals
}

fn size(data: &Data, word: &str, limit: usize) -> Option<Refusal> {
    let message = format!("{word} data must be larger than 0 and less than {limit} bytes");
    let fits = (1..limit).contains(&data.len());
    (!fits).then(|| Refusal::new(Field::of("Data"), INVALID, message))
}
