//! References that Docker takes or refuses.

use super::{Image, parse};

fn text(part: Option<&crate::value::Part>) -> &str {
    part.map_or("", |it| &it.text)
}

#[test]
fn references_are_split_and_completed() {
    let hex = "a".repeat(64);
    let digest = format!("sha256:{hex}");
    for (reference, domain, path, tag, has_digest, familiar) in [
        ("nginx", "docker.io", "library/nginx", "", false, "nginx"),
        ("nginx:1.27", "docker.io", "library/nginx", "1.27", false, "nginx"),
        ("nginx:Latest", "docker.io", "library/nginx", "Latest", false, "nginx"),
        ("nginx:1@D", "docker.io", "library/nginx", "1", true, "nginx"),
        ("docker.io/nginx", "docker.io", "library/nginx", "", false, "nginx"),
        ("index.docker.io/a/b", "docker.io", "a/b", "", false, "a/b"),
        ("my_reg/a", "docker.io", "my_reg/a", "", false, "my_reg/a"),
        ("library/a/b", "docker.io", "library/a/b", "", false, "library/a/b"),
        ("localhost:5000/app", "localhost:5000", "app", "", false, "localhost:5000/app"),
        ("localhost/app", "localhost", "app", "", false, "localhost/app"),
        ("Reg/app", "Reg", "app", "", false, "Reg/app"),
        (
            "reg.example.com:5000/a/b:1.2",
            "reg.example.com:5000",
            "a/b",
            "1.2",
            false,
            "reg.example.com:5000/a/b",
        ),
        ("[::1]:5000/a__b---c.d", "[::1]:5000", "a__b---c.d", "", false, "[::1]:5000/a__b---c.d"),
        (
            "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "docker.io",
            "library/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "",
            false,
            "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        ),
        ("D", "", "", "", true, ""),
        ("H", "", "", "", true, ""),
    ] {
        let reference = reference.replace('D', &digest).replace('H', &hex);
        let image = parse(&reference).expect(&reference);
        assert_eq!((image.domain.as_str(), image.path.as_str()), (domain, path), "{reference}");
        assert_eq!((text(image.tag.as_ref()), image.familiar_name().as_str()), (tag, familiar));
        assert_eq!(text(image.digest.as_ref()), if has_digest { &digest } else { "" });
        assert_eq!(image.is_identifier(), domain.is_empty());
    }
}

#[test]
fn the_parts_know_their_bytes() {
    let digest = format!("sha256:{}", "a".repeat(64));
    for prefix in ["docker.io/", "index.docker.io/", "", "my.reg:5000/"] {
        let reference = format!("{prefix}nginx:1.2@{digest}");
        let image = parse(&reference).expect(&reference);
        let start = prefix.len();
        assert_eq!(image.domain_range, (start > 0).then(|| 0..start - 1));
        assert_eq!(image.path_range, start..start + 5);
        assert_eq!(image.tag.map(|it| it.range), Some(start + 6..start + 9));
        assert_eq!(image.digest.map(|it| it.range), Some(start + 10..start + 81));
    }
    assert_eq!(parse("a/b:c").map(|it: Image| it.path_range), Ok(0..3));
}

#[test]
fn what_cannot_be_a_registry_is_a_part_of_the_repository() {
    let image = parse("my_host.net/app:1").expect("Docker takes it");
    assert_eq!((image.domain.as_str(), image.path.as_str()), ("", "my_host.net/app"));
    assert_eq!((image.domain_range.clone(), image.path_range.clone()), (None, 0..15));
    assert_eq!(image.familiar(), "my_host.net/app:1");
}

#[test]
fn the_familiar_form_has_tag_and_digest() {
    let digest = format!("sha256:{}", "a".repeat(64));
    for (reference, familiar) in [
        (format!("docker.io/library/nginx:1@{digest}"), format!("nginx:1@{digest}")),
        ("quay.io/a:1".to_owned(), "quay.io/a:1".to_owned()),
        ("a".repeat(64), digest.clone()),
    ] {
        assert_eq!(parse(&reference).map(|it| it.familiar()), Ok(familiar));
    }
}

#[test]
fn refusals_use_the_words_of_docker() {
    let hex = "A".repeat(64);
    let long = format!("a/{}", "b".repeat(260));
    for (reference, message) in [
        ("", "invalid reference format"),
        (":1", "invalid reference format"),
        ("nginx:", "invalid reference format"),
        ("nginx ", "invalid reference format"),
        ("a//b", "invalid reference format"),
        ("a/", "invalid reference format"),
        ("-a", "invalid reference format"),
        ("a___b", "invalid reference format"),
        ("https://a/b", "invalid reference format"),
        ("nginx@sha256:abc", "invalid reference format"),
        ("nginx:\u{212a}", "repository name must be lowercase"),
        ("Nginx", "invalid reference format: repository name (library/Nginx) must be lowercase"),
        ("a/B:C", "invalid reference format: repository name (a/B) must be lowercase"),
        ("a.b/C", "invalid reference format: repository name (C) must be lowercase"),
        (&long, "repository name must not be more than 255 characters"),
        (&format!("nginx@sha256:{hex}"), "invalid checksum digest format"),
        (&format!("nginx@sha256:{}", "a".repeat(32)), "invalid checksum digest length"),
        (&format!("nginx@md5:{}", "a".repeat(32)), "unsupported digest algorithm"),
    ] {
        assert_eq!(
            parse(reference).map_err(|it| it.message),
            Err(message.to_owned()),
            "{reference}"
        );
    }
    assert_eq!(parse("Nginx:1").map_err(|it| it.range), Err(0..5));
    assert_eq!(parse("a.b/C:1").map_err(|it| it.range), Err(4..5));
}
