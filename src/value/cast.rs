//! Values that variables brought in become numbers and booleans where the stack file wants them.

use crate::value::number::{atoi, parse_float};
use crate::value::quote::lower_text;

/// What a text becomes after interpolation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    Integer,
    Float,
    Boolean,
}

/// A value after its cast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    Integer(i64),
    Float(f64),
    Boolean(bool),
}

/// `*` stands for any one part of a path, `[]` for an item of a list.
const CASTS: &[(&str, Cast)] = &[
    ("services.*.configs.[].mode", Cast::Integer),
    ("services.*.secrets.[].mode", Cast::Integer),
    ("services.*.healthcheck.retries", Cast::Integer),
    ("services.*.healthcheck.disable", Cast::Boolean),
    ("services.*.deploy.replicas", Cast::Integer),
    ("services.*.deploy.update_config.parallelism", Cast::Integer),
    ("services.*.deploy.update_config.max_failure_ratio", Cast::Float),
    ("services.*.deploy.rollback_config.parallelism", Cast::Integer),
    ("services.*.deploy.rollback_config.max_failure_ratio", Cast::Float),
    ("services.*.deploy.restart_policy.max_attempts", Cast::Integer),
    ("services.*.deploy.placement.max_replicas_per_node", Cast::Integer),
    ("services.*.ports.[].target", Cast::Integer),
    ("services.*.ports.[].published", Cast::Integer),
    ("services.*.ulimits.*", Cast::Integer),
    ("services.*.ulimits.*.hard", Cast::Integer),
    ("services.*.ulimits.*.soft", Cast::Integer),
    ("services.*.oom_score_adj", Cast::Integer),
    ("services.*.privileged", Cast::Boolean),
    ("services.*.read_only", Cast::Boolean),
    ("services.*.stdin_open", Cast::Boolean),
    ("services.*.tty", Cast::Boolean),
    ("services.*.volumes.[].read_only", Cast::Boolean),
    ("services.*.volumes.[].volume.nocopy", Cast::Boolean),
    ("networks.*.external", Cast::Boolean),
    ("networks.*.internal", Cast::Boolean),
    ("networks.*.attachable", Cast::Boolean),
    ("volumes.*.external", Cast::Boolean),
    ("secrets.*.external", Cast::Boolean),
    ("configs.*.external", Cast::Boolean),
];

impl Cast {
    /// The cast for a path such as `services.web.ports.[].target`. Names with a dot in them count
    /// as several parts, so that Docker casts nothing below them.
    pub fn for_path(path: &str) -> Option<Self> {
        let matches = |pattern: &str| {
            let mut parts = path.split('.');
            let fits = pattern
                .split('.')
                .all(|it| parts.next().is_some_and(|part| it == "*" || it == part));
            fits && parts.next().is_none()
        };
        CASTS.iter().find(|(pattern, _)| matches(pattern)).map(|(_, cast)| *cast)
    }

    /// The value, or the words that follow `error while interpolating PATH: failed to cast to
    /// expected type: ` in Docker.
    pub fn apply(self, text: &str) -> Result<Scalar, String> {
        match self {
            Self::Integer => atoi(text).map(Scalar::Integer),
            Self::Float => parse_float(text).map(Scalar::Float),
            Self::Boolean => boolean(text).map(Scalar::Boolean),
        }
    }

    /// Docker's whole message for a text at a path that cannot be cast.
    pub fn message(path: &str, reason: &str) -> String {
        format!("error while interpolating {path}: failed to cast to expected type: {reason}")
    }
}

fn boolean(text: &str) -> Result<bool, String> {
    match lower_text(text).as_str() {
        "y" | "yes" | "true" | "on" => Ok(true),
        "n" | "no" | "false" | "off" => Ok(false),
        _ => Err(format!("invalid boolean: {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cast, Scalar};

    #[test]
    fn casts_belong_to_paths() {
        for (path, cast) in [
            ("services.web.deploy.replicas", Some(Cast::Integer)),
            ("services.web.ports.[].target", Some(Cast::Integer)),
            ("services.web.ulimits.nofile", Some(Cast::Integer)),
            ("services.web.ulimits.nofile.soft", Some(Cast::Integer)),
            ("services.web.deploy.update_config.max_failure_ratio", Some(Cast::Float)),
            ("services.web.volumes.[].volume.nocopy", Some(Cast::Boolean)),
            ("networks.a.attachable", Some(Cast::Boolean)),
            ("services.my.web.deploy.replicas", None),
            ("services.web.init", None),
            ("services.web.deploy.resources.limits.pids", None),
            ("services.web", None),
            ("", None),
        ] {
            assert_eq!(Cast::for_path(path), cast, "{path}");
        }
    }

    #[test]
    fn texts_become_values_or_docker_says_why_not() {
        for (cast, text, value) in [
            (Cast::Integer, "010", Scalar::Integer(10)),
            (Cast::Float, "1e-1", Scalar::Float(0.1)),
            (Cast::Boolean, "Y", Scalar::Boolean(true)),
            (Cast::Boolean, "oN", Scalar::Boolean(true)),
            (Cast::Boolean, "No", Scalar::Boolean(false)),
        ] {
            assert_eq!(cast.apply(text), Ok(value));
        }
        for (cast, text, reason) in [
            (Cast::Integer, "foo", r#"strconv.Atoi: parsing "foo": invalid syntax"#),
            (Cast::Float, "foo", r#"strconv.ParseFloat: parsing "foo": invalid syntax"#),
            (Cast::Boolean, "1", "invalid boolean: 1"),
            (Cast::Boolean, "T", "invalid boolean: T"),
            (Cast::Boolean, "yeſ", "invalid boolean: yeſ"),
            (Cast::Boolean, "", "invalid boolean: "),
        ] {
            assert_eq!(cast.apply(text), Err(reason.to_owned()));
        }
        assert_eq!(
            Cast::message("services.web.tty", "invalid boolean: 1"),
            "error while interpolating services.web.tty: failed to cast to expected type: invalid boolean: 1"
        );
    }
}
