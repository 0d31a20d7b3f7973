//! What is declared at the top of a stack file and used by no service.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::Findings;
use crate::rules::words::code;
use crate::source::Spanned;
use crate::stack::Stack;
use crate::stack::model::Text;
use crate::stack::problem::Object;

/// What is declared: its name, and whether it is made elsewhere.
pub(super) type Declared<'a> = (&'a Text, bool);

/// Reports the names that no service uses. Where a name lacks a variable, or a service could not
/// be read, nobody knows what is used.
pub(super) fn report<'a>(
    object: Object,
    declared: impl Iterator<Item = Declared<'a>>,
    used: &[&Spanned<String>],
    stack: &Stack,
    found: &mut Findings,
) {
    let word = object.word();
    let unknown = stack.services.is_empty()
        || used.iter().any(|it| it.place.is_unset())
        || stack.problems.iter().chain(&stack.incomplete).any(|it| it.refusal.is_some());
    if unknown {
        return;
    }
    for (name, is_external) in declared {
        if used.iter().any(|it| it.value == name.value) {
            continue;
        }
        let what = match object {
            _ if is_external => "nothing is looked up",
            Object::Network | Object::Volume => "Docker does not create it",
            Object::Secret | Object::Config => "Docker creates it all the same",
        };
        let patch = found.site(name.span()).and_then(|it| it.remove());
        let finding = found.report(
            name.place,
            format!("no service uses the {word} {}: {what}", code(&name.value)),
        );
        finding.help("remove it, or give it to the service that is meant to have it");
        finding.fix(Patch::risky(patch, format!("remove the {word}")));
        if is_external {
            finding.at_most(Severity::Info);
        }
    }
}
