//! Which rule words what the manager refuses, so that each refusal is worded once.

use crate::source::Span;
use crate::stack::problem::{Kind, Problem, Refused};

/// What the manager says, as far as a rule needs it.
pub(super) struct Refusal<'a> {
    pub subject: Refused,
    pub reason: &'a str,
    /// The other place that explains it.
    pub other: Option<&'a (Span, String)>,
}

/// The manager's refusal, if the rule with this id is to word it.
pub(super) fn refused<'a>(problem: &'a Problem, id: &str) -> Option<Refusal<'a>> {
    let Kind::Refused { subject, reason, other } = &problem.kind else { return None };
    let mine = rule_of(*subject, reason) == id;
    mine.then_some(Refusal { subject: *subject, reason, other: other.as_ref() })
}

/// The id of the rule that words a refusal: for each subject one, unless the words are of another.
fn rule_of(subject: Refused, reason: &str) -> &'static str {
    let says = |part: &str| reason.contains(part);
    match subject {
        Refused::ServiceName if says("63 characters") => "service-name-too-long",
        Refused::ServiceName if says("already exists") => "name-conflict",
        Refused::ServiceName => "service-name-invalid",
        Refused::ObjectName(_) => "object-name-invalid",
        Refused::Constraint => "invalid-constraint",
        Refused::PortConflict => "port-conflict",
        Refused::DuplicatePort | Refused::Endpoint if says("dnsrr") => "dnsrr-with-ingress-port",
        Refused::DuplicatePort => "port-duplicate-in-service",
        Refused::Resources => "resource-below-minimum",
        Refused::Mode => "number-out-of-range",
        Refused::UpdateConfig if says("Jobs") => "job-update-config",
        Refused::UpdateConfig if says("ratio") => "failure-ratio-range",
        Refused::UpdateConfig | Refused::RestartPolicy | Refused::Healthcheck
            if says("negative") =>
        {
            "number-out-of-range"
        }
        Refused::Healthcheck => "healthcheck-timing",
        Refused::Image => "image-reference-invalid",
        Refused::Mount if says("expanding mounts") => "invalid-template",
        Refused::Mount if says("duplicate mount point") => "duplicate-mount-target",
        Refused::Target(_) => "duplicate-file-target",
        Refused::Template => "invalid-template",
        Refused::CredentialSpec => "invalid-credential-spec",
        Refused::Network => "invalid-subnet",
        Refused::Ingress => "ingress-network-attached",
        Refused::Endpoint | Refused::UpdateConfig | Refused::RestartPolicy | Refused::Mount => {
            "invalid-enum"
        }
    }
}
