//! A name for each finding that stays the same when lines move: from its rule, file, message and the
//! keys above it.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::output::outline::Outlines;
use crate::output::{Checked, Report};

/// The names of the findings of one stack.
#[derive(Debug, Default)]
pub struct Prints {
    /// Of what is reported, in its order.
    pub diagnostics: Vec<String>,
    /// Of what comments silence, in its order.
    pub silenced: Vec<String>,
}

/// Names every finding of a report whose words show no secret.
pub(super) fn fingerprints(report: Report) -> Vec<Prints> {
    let mut counts = BTreeMap::new();
    report.stacks.iter().map(|stack| of_stack(report, stack, &mut counts)).collect()
}

fn of_stack(report: Report, stack: &Checked, counts: &mut BTreeMap<u128, u64>) -> Prints {
    let mut outlines = Outlines::of(stack);
    let mut prints = Prints {
        diagnostics: vec![String::new(); stack.diagnostics.len()],
        silenced: vec![String::new(); stack.silenced.len()],
    };
    // Whatever keeps the first of two from being reported must not rename the second.
    let mut all: Vec<(&Diagnostic, Option<&mut String>)> = (stack.diagnostics.iter())
        .zip(prints.diagnostics.iter_mut().map(Some))
        .chain(
            stack
                .silenced
                .iter()
                .map(|it| &it.diagnostic)
                .zip(prints.silenced.iter_mut().map(Some)),
        )
        .chain(stack.unshown.iter().map(|it| (it, None)))
        .collect();
    all.sort_by_key(|(it, _)| it.span);
    for (it, print) in all {
        let mut hash = Hash::new();
        hash.add(it.rule);
        hash.add(&report.path(stack, it.span));
        hash.add(it.service.as_deref().unwrap_or_default());
        hash.add(&outlines.path(it.span));
        hash.add(&it.message);
        let count = counts.entry(hash.0).or_default();
        hash.add(&count.to_string());
        *count += 1;
        if let Some(print) = print {
            *print = format!("{:032x}", hash.0);
        }
    }
    prints
}

/// FNV-1a of 128 bits: the same on every machine and in every version.
struct Hash(u128);

impl Hash {
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

    fn new() -> Self {
        Self(Self::START)
    }

    /// Adds a text and its end.
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(Self::PRIME);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    #[test]
    fn the_hash_is_the_published_one() {
        let mut hash = Hash::new();
        for byte in *b"foobar" {
            hash.0 = (hash.0 ^ u128::from(byte)).wrapping_mul(Hash::PRIME);
        }
        assert_eq!(hash.0, 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }
}
