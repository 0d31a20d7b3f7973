//! Which variable of an image takes the path of a file instead of the value.

use std::sync::OnceLock;

use crate::image::repository;

/// What an image does about one variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVariable {
    /// The variable that takes a path; `None` where the image is known to have none.
    pub name: Option<String>,
    /// Whether it was seen in the image's own start script or source.
    pub verified: bool,
    /// What happens if the plain variable is set as well.
    pub both: Both,
    /// The file modes that the image accepts, all if there is none: `0400`.
    pub modes: &'static [&'static str],
    /// The user that must be able to read the file.
    pub uid: Option<u32>,
    /// A variable that looks right and does not work.
    pub not: Option<&'static str>,
}

/// What an image does with a variable and its file variable both set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Both {
    /// The container stops.
    Fails,
    FileWins,
    VariableWins,
    Unknown,
}

/// One row of the table.
struct Row {
    image: &'static str,
    variable: &'static str,
    file: &'static str,
    both: Both,
    verified: bool,
    modes: Vec<&'static str>,
    uid: Option<u32>,
    not: Option<&'static str>,
}

/// Looks up a variable of an image, which may be written with registry, tag and digest.
pub fn file_variable(image: &str, variable: &str) -> Option<FileVariable> {
    let image = repository(image);
    let of_image = |it: &Row| match it.image.strip_suffix('*') {
        Some(prefix) => image.starts_with(prefix),
        None => it.image == image,
    };
    let exact = rows().iter().find(|it| it.variable == variable && of_image(it));
    let matching = |it: &&Row| {
        it.variable.strip_suffix('*').is_some_and(|prefix| variable.starts_with(prefix))
    };
    let row = exact.or_else(|| rows().iter().filter(matching).find(|it| of_image(it)))?;
    let name = match row.file.split_once('*') {
        // `GF_*__FILE` for `GF_*`, `FILE__*` for `*`.
        Some((before, after)) => {
            let start = row.variable.trim_end_matches('*');
            let rest = variable.strip_prefix(start).unwrap_or(variable);
            Some(format!("{before}{rest}{after}"))
        }
        None => Some(row.file.to_owned()).filter(|it| !it.is_empty()),
    };
    Some(FileVariable {
        name,
        verified: row.verified,
        both: row.both,
        modes: &row.modes,
        uid: row.uid,
        not: row.not,
    })
}

/// The variables of an image that take a value, each with the one that takes the path of a file.
pub fn file_variables(image: &str) -> Vec<(&'static str, &'static str)> {
    let image = repository(image);
    let known = rows().iter().filter(|it| it.image == image);
    let named = known.filter(|it| !it.file.is_empty() && !it.file.contains('*'));
    named.map(|it| (it.variable, it.file)).collect()
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = include_str!("file_variables.tsv").lines();
        lines.filter(|it| !it.starts_with('#')).filter_map(row).collect()
    })
}

fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Row {
        image: next()?,
        variable: next()?,
        file: next()?,
        both: match next()? {
            "error" => Both::Fails,
            "file_wins" => Both::FileWins,
            "env_wins" => Both::VariableWins,
            _ => Both::Unknown,
        },
        verified: next()? == "verified",
        modes: next()?.split('|').filter(|it| !it.is_empty()).collect(),
        uid: next()?.parse().ok(),
        not: next().filter(|it| !it.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::{Both, file_variable, file_variables, rows};

    fn name(image: &str, variable: &str) -> Option<String> {
        file_variable(image, variable).and_then(|it| it.name)
    }

    #[test]
    fn images_are_known_by_any_spelling() {
        let file = Some("POSTGRES_PASSWORD_FILE".to_owned());
        for image in [
            "postgres",
            "postgres:16-alpine",
            "docker.io/library/postgres:16",
            "postgres@sha256:00",
        ] {
            assert_eq!(name(image, "POSTGRES_PASSWORD"), file, "{image}");
        }
        assert_eq!(name("me/postgres", "POSTGRES_PASSWORD"), None);
        assert_eq!(name("localhost:5000/postgres", "POSTGRES_PASSWORD"), None);
    }

    #[test]
    fn patterns_give_names() {
        for (image, variable, file) in [
            ("grafana/grafana:11", "GF_SMTP_PASSWORD", "GF_SMTP_PASSWORD__FILE"),
            ("grafana/grafana", "GF_AUTH_X_SECRET", "GF_AUTH_X_SECRET__FILE"),
            ("lscr.io/linuxserver/sonarr:4", "API_KEY", "FILE__API_KEY"),
        ] {
            assert_eq!(name(image, variable).as_deref(), Some(file), "{variable}");
        }
    }

    #[test]
    fn images_without_one_say_so() {
        let found = file_variable("rabbitmq:4", "RABBITMQ_DEFAULT_PASS").expect("a row");
        assert_eq!((found.name, found.verified), (None, true));
        assert_eq!(found.not, Some("RABBITMQ_DEFAULT_PASS_FILE"));
        let found = file_variable("elasticsearch:8", "ELASTIC_PASSWORD").expect("a row");
        assert_eq!((found.modes, found.uid), (["0400", "0600"].as_slice(), Some(1000)));
        assert_eq!(file_variable("postgres", "POSTGRES_DB").expect("a row").both, Both::Fails);
    }

    #[test]
    fn variables_of_an_image_are_listed() {
        let found = file_variables("postgres:16");
        assert!(found.contains(&("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE")), "{found:?}");
        assert_eq!(file_variables("me/postgres"), []);
    }

    #[test]
    fn every_row_is_read() {
        let lines = include_str!("file_variables.tsv").lines().count() - 1;
        assert_eq!(rows().len(), lines);
    }
}
