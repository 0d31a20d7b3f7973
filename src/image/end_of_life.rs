//! Versions of images that get no more fixes, and since when: the last day of support by the
//! projects' own release calendars.

use crate::image::{repository, tag, version};

/// Image, leading numbers of the version, last day of support.
const ENDED: &[(&str, &[u32], &str)] = &[
    ("postgres", &[9], "2021-11-11"),
    ("postgres", &[10], "2022-11-10"),
    ("postgres", &[11], "2023-11-09"),
    ("postgres", &[12], "2024-11-21"),
    ("postgres", &[13], "2025-11-13"),
    ("mysql", &[5], "2023-10-31"),
    ("mysql", &[8, 0], "2026-04-30"),
    ("mariadb", &[5], "2020-04-11"),
    ("mariadb", &[10, 1], "2020-10-17"),
    ("mariadb", &[10, 2], "2022-05-23"),
    ("mariadb", &[10, 3], "2023-05-25"),
    ("mariadb", &[10, 4], "2024-06-18"),
    ("mariadb", &[10, 5], "2025-06-24"),
    ("mongo", &[3], "2021-04-30"),
    ("mongo", &[4], "2024-02-29"),
    ("mongo", &[5], "2024-10-31"),
    ("mongo", &[6], "2025-07-31"),
    ("redis", &[3], "2018-10-17"),
    ("redis", &[4], "2020-04-30"),
    ("redis", &[5], "2022-04-27"),
    ("elasticsearch", &[5], "2019-03-11"),
    ("elasticsearch", &[6], "2022-02-10"),
    ("elasticsearch", &[7], "2026-01-15"),
    ("docker.elastic.co/elasticsearch/elasticsearch", &[5], "2019-03-11"),
    ("docker.elastic.co/elasticsearch/elasticsearch", &[6], "2022-02-10"),
    ("docker.elastic.co/elasticsearch/elasticsearch", &[7], "2026-01-15"),
    ("traefik", &[1], "2021-12-31"),
    ("node", &[8], "2019-12-31"),
    ("node", &[10], "2021-04-30"),
    ("node", &[12], "2022-04-30"),
    ("node", &[14], "2023-04-30"),
    ("node", &[16], "2023-09-11"),
    ("node", &[18], "2025-04-30"),
    ("python", &[2], "2020-01-01"),
    ("python", &[3, 6], "2021-12-23"),
    ("python", &[3, 7], "2023-06-27"),
    ("python", &[3, 8], "2024-10-07"),
    ("python", &[3, 9], "2025-10-31"),
    ("php", &[5], "2018-12-31"),
    ("php", &[7], "2022-11-28"),
    ("php", &[8, 0], "2023-11-26"),
    ("ubuntu", &[16, 4], "2021-04-30"),
    ("ubuntu", &[18, 4], "2023-05-31"),
    ("ubuntu", &[20, 4], "2025-05-31"),
    ("debian", &[9], "2022-06-30"),
    ("debian", &[10], "2024-06-30"),
    ("centos", &[6], "2020-11-30"),
    ("centos", &[7], "2024-06-30"),
    ("centos", &[8], "2021-12-31"),
];

/// The last day of support of the version that an image's tag names, where that has passed.
pub fn ended(image: &str) -> Option<&'static str> {
    let (name, version) = (repository(image), version(tag(image)?));
    let row = ENDED.iter().find(|it| it.0 == name && version.starts_with(it.1))?;
    Some(row.2)
}

#[cfg(test)]
mod tests {
    use super::{ENDED, ended};

    #[test]
    fn versions_end() {
        assert_eq!(ended("postgres:11.22-alpine"), Some("2023-11-09"));
        assert_eq!(ended("docker.io/library/ubuntu:18.04"), Some("2023-05-31"));
        assert_eq!(ended("postgres:17"), None);
        assert_eq!(ended("postgres"), None);
        assert_eq!(ended("postgres:115"), None);
        assert!(ENDED.iter().all(|it| it.2.len() == "2020-01-01".len()));
    }
}
