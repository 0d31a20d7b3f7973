//! Recorded items of `ports` and what Docker makes of them.

use super::{Port, Ports, Protocol, parse};

fn triples(ports: &Ports) -> Vec<(&'static str, u16, u16)> {
    let triple = |it: &Port| (it.protocol.as_str(), it.target, it.published);
    ports.ports.iter().map(triple).collect()
}

#[test]
fn items_become_the_ports_that_docker_makes_of_them() {
    for (text, expected) in [
        ("80", &[("tcp", 80, 0)][..]),
        ("8080:80", &[("tcp", 80, 8080)]),
        (":80", &[("tcp", 80, 0)]),
        ("80/udp", &[("udp", 80, 0)]),
        ("80/SCTP", &[("sctp", 80, 0)]),
        ("80/", &[("tcp", 80, 0)]),
        ("80//tcp", &[("tcp", 80, 0)]),
        ("80/tcp/udp", &[("tcp", 80, 0)]),
        ("8080:80/udp", &[("udp", 80, 8080)]),
        ("0:0", &[("tcp", 0, 0)]),
        ("080", &[("tcp", 80, 0)]),
        ("[::]:8080:80", &[("tcp", 80, 8080)]),
        ("[]:8080:80", &[("tcp", 80, 8080)]),
        ("3000-3002", &[("tcp", 3000, 0), ("tcp", 3001, 0), ("tcp", 3002, 0)]),
        ("9-11", &[("tcp", 10, 0), ("tcp", 11, 0), ("tcp", 9, 0)]),
        ("99-101:99-101", &[("tcp", 100, 100), ("tcp", 101, 101), ("tcp", 99, 99)]),
        ("3000-3002:80", &[("tcp", 80, 3000), ("tcp", 80, 3001), ("tcp", 80, 3002)]),
        ("3000-3000:80", &[("tcp", 80, 3000)]),
        ("80-80", &[("tcp", 80, 0)]),
        ("3000-3001:80-81/udp", &[("udp", 80, 3000), ("udp", 81, 3001)]),
        ("80-81-82", &[("tcp", 80, 0), ("tcp", 81, 0)]),
        ("3000-3001-9:80-81", &[("tcp", 80, 3000), ("tcp", 81, 3001)]),
    ] {
        let ports = parse(text).expect(text);
        assert_eq!((triples(&ports).as_slice(), &ports.warnings), (expected, &vec![]), "{text}");
    }
}

#[test]
fn an_address_is_ignored_with_a_warning_per_port() {
    for (text, address, inside) in [
        ("127.0.0.1:8080:80", "127.0.0.1", &["127.0.0.1:8080:80/tcp"][..]),
        ("[::1]:8080:80", "[::1]", &["[::1]:8080:80/tcp"]),
        ("::1:8080:80", "::1", &["[::1]:8080:80/tcp"]),
        ("[::1]::80", "[::1]", &["[::1]::80/tcp"]),
        ("1.2.3.4:0:80", "1.2.3.4", &["1.2.3.4:0:80/tcp"]),
        ("127.0.0.1:98-99:98-99/UDP", "127.0.0.1", &["127.0.0.1:98:98/udp", "127.0.0.1:99:99/udp"]),
        ("127.0.0.1:5000-5002:80", "127.0.0.1", &["127.0.0.1:5000-5002:80/tcp"]),
    ] {
        let ports = parse(text).expect(text);
        let tail = ") service will listen on '0.0.0.0'";
        let warnings: Vec<_> =
            inside.iter().map(|it| format!("ignoring IP-address ({it}{tail}")).collect();
        assert_eq!(ports.warnings, warnings);
        assert_eq!(ports.ignored_address.map(|it| it.text).as_deref(), Some(address));
    }
}

#[test]
fn refusals_say_what_docker_run_says_and_point_at_the_part() {
    for (text, message, range) in [
        ("", "no port specified: <empty>", 0..0),
        ("80:", "no port specified: 80:<empty>", 3..3),
        ("/tcp", "no port specified: /tcp<empty>", 0..0),
        (" ", "invalid containerPort:  ", 0..1),
        (" 80", "invalid containerPort:  80", 0..3),
        ("a", "invalid containerPort: a", 0..1),
        ("8080:a", "invalid containerPort: a", 5..6),
        ("+80", "invalid containerPort: +80", 0..3),
        ("65536", "invalid containerPort: 65536", 0..5),
        ("80-", "invalid containerPort: 80-", 0..3),
        ("82-80/foo", "invalid containerPort: 82-80", 0..5),
        ("８０", "invalid containerPort: ８０", 0..6),
        ("a:80/foo", "invalid hostPort: a", 0..1),
        ("-1:80", "invalid hostPort: -1", 0..2),
        ("80/tcp:90", "invalid hostPort: 80/tcp", 0..6),
        (
            "3000:80-82",
            "invalid ranges specified for container and host Ports: 80-82 and 3000",
            0..10,
        ),
        ("80/FOO", "invalid proto: FOO", 3..6),
        ("80/tcp ", "invalid proto: tcp ", 3..7),
        ("localhost:8080:80", "invalid IP address: localhost", 0..9),
        ("256.1.1.1:8080:80", "invalid IP address: 256.1.1.1", 0..9),
        ("01.2.3.4:8080:80", "invalid IP address: 01.2.3.4", 0..8),
        ("[fe80::1%eth0]:8080:80", "invalid IP address: fe80::1%eth0", 0..14),
        ("::8080:80", "invalid IP address: :", 0..1),
        ("[::1:80:80", "invalid IP address [::1: address [::1:: missing ']' in address", 0..4),
        (
            "[::1]x:80:80",
            "invalid IP address [::1]x: address [::1]x:: missing port in address",
            0..6,
        ),
        (
            "[::1]:1:80:80",
            "invalid IP address [::1]:1: address [::1]:1:: too many colons in address",
            0..7,
        ),
        (
            "[[::1]:80:80",
            "invalid IP address [[::1]: address [[::1]:: unexpected '[' in address",
            0..6,
        ),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!((error.message.as_str(), error.range), (message, range));
    }
}

#[test]
fn the_parts_know_their_bytes() {
    let ports = parse("127.0.0.1:8080:80/udp").expect("a port");
    assert_eq!((ports.published_range, ports.target_range), (Some(10..14), 15..17));
    assert_eq!(ports.ports, [Port { protocol: Protocol::Udp, target: 80, published: 8080 }]);
}
