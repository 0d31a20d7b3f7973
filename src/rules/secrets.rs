//! How a secret in plain text is told: its name, its kind and its length, never its value.

use crate::diagnostic::{Diagnostic, Severity};
use crate::image::file_variable;
use crate::rule::Findings;
use crate::rules::words::code;
use crate::secret::{Confidence, Gravity, Leak, LeakKind};
use crate::stack::Stack;
use crate::stack::exposure::Exposure;
use crate::stack::model::text;

/// Reports a leak; `place` says where, as in "in a label".
pub(super) fn report<'f>(
    exposure: &Exposure,
    place: &str,
    found: &'f mut Findings,
) -> Option<&'f mut Diagnostic> {
    let leak = &exposure.leak;
    if leak.name.as_ref().is_some_and(|it| found.allows(it)) {
        return None;
    }
    let what = what(leak);
    let of = leak.name.as_ref().map_or(String::new(), |it| match leak.kind {
        LeakKind::ProgramOption if it.starts_with('-') => format!(" of the option {}", code(it)),
        _ => format!(" of {}", code(it)),
    });
    let how = if leak.in_default { " as the default of a variable" } else { "" };
    let characters = if leak.length == 1 { "character" } else { "characters" };
    let finding = found.report(
        exposure.span,
        format!("{what}{of} stands in plain text {place}{how} ({} {characters})", leak.length),
    );
    if leak.gravity == Gravity::Placeholder {
        finding.at_most(Severity::Info);
    } else if leak.gravity == Gravity::Minor || leak.confidence == Confidence::Low {
        finding.at_most(Severity::Warning);
    }
    Some(finding)
}

/// What to do about a variable: the image's own `_FILE` variable, where it has one.
pub(super) fn variable_help(exposure: &Exposure, stack: &Stack) -> String {
    let general =
        || "keep it in a Docker secret and let the program read `/run/secrets/NAME`".to_owned();
    let service = exposure.service.as_ref().and_then(|it| stack.service(it));
    let image = service.map_or("", |it| text(it.image.as_ref()));
    let Some(name) = exposure.leak.name.as_ref() else { return general() };
    match file_variable(image, name) {
        Some(it) => match it.name {
            Some(file) => format!(
                "keep it in a Docker secret and set {} in place of {}",
                code(&format!("{file}: /run/secrets/{}", name.to_lowercase())),
                code(name)
            ),
            None => format!(
                "{} reads no file for {}: keep it in a Docker secret and export it in an \
                 entrypoint of your own",
                code(image),
                code(name)
            ),
        },
        None => general(),
    }
}

fn what(leak: &Leak) -> String {
    match leak.kind {
        LeakKind::Token { provider, kind } if kind.contains(provider) || provider.is_empty() => {
            format!("the {kind}")
        }
        LeakKind::Token { provider, kind } => format!("the {provider} {kind}"),
        LeakKind::PrivateKey => "the private key".to_owned(),
        LeakKind::Hash { scheme } => format!("the {scheme} hash of a password"),
        LeakKind::UrlPassword => "the password of a URL".to_owned(),
        LeakKind::ConnectionString => "the password of a connection".to_owned(),
        LeakKind::Authorization => "the credential of a request".to_owned(),
        LeakKind::ProgramOption if leak.name.is_none() => "the secret of an option".to_owned(),
        LeakKind::ProgramOption | LeakKind::Named => "the secret".to_owned(),
    }
}
