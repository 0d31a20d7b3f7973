//! Every shape on texts that fit it, and every kind of text on what must and must not be found.

mod example;

use crate::secret::leak::{Gravity, LeakKind};
use crate::secret::token::{Shape, table};
use crate::secret::{Context, Text, find, find_in_words};
use example::example;
use proptest::prelude::{any, prop_assert, proptest};

const CONTEXTS: &[Context] = &[
    Context::Environment,
    Context::Command,
    Context::Label,
    Context::Healthcheck,
    Context::BuildArg,
    Context::Option,
    Context::Config,
    Context::EnvFile,
    Context::Other,
];

fn leaks(context: Context, name: &str, value: &str) -> Vec<String> {
    let found = find(&Text { name: Some(name), value, context });
    found.into_iter().map(|it| value[it.range].to_owned()).collect()
}

fn is(shape: &Shape, kind: LeakKind) -> bool {
    match kind {
        LeakKind::Token { provider, kind } => (provider, kind) == (shape.provider, shape.kind),
        LeakKind::Hash { scheme } => scheme == shape.kind,
        LeakKind::PrivateKey => shape.kind.contains("key"),
        _ => false,
    }
}

#[test]
fn every_row_is_read_and_every_shape_compiles() {
    let rows = include_str!("../tokens.tsv").lines().filter(|it| !it.starts_with('#')).count();
    assert_eq!(table().shapes.len(), rows);
    for shape in &table().shapes {
        assert!(shape.regex().is_some(), "{} {}", shape.provider, shape.kind);
        let searched = (shape.keywords().count() > 0) != (shape.names().count() > 0);
        assert!(searched, "{} {}: keywords or names", shape.provider, shape.kind);
    }
}

#[test]
fn keywords_find_what_shapes_match() {
    for (at, shape) in table().shapes.iter().enumerate() {
        for seed in 0..20 {
            let text = example(shape.pattern, seed);
            let regex = shape.regex().expect("a shape");
            assert!(regex.is_match(text.as_bytes()), "{}: {text}", shape.pattern);
            let found = shape.names().count() > 0 || table().candidates(&text).contains(&at);
            assert!(found, "{}: {text}", shape.pattern);
        }
    }
}

#[test]
fn tokens_are_found_wherever_they_stand() {
    // Another shape takes these as well, and comes first.
    const SHARED: &[&str] = &["personal-access-token-routable", "cloud-token"];
    let anywhere = |it: &&Shape| it.names().count() == 0 && !it.pattern.starts_with('^');
    for shape in table().shapes.iter().filter(anywhere) {
        let token = example(shape.pattern, 7);
        let value = format!("see {} there", token.replace('$', "$$"));
        let found = find(&Text { name: None, value: &value, context: Context::Other });
        if shape.kind == "publishable-key" {
            assert_eq!(found, [], "{}", shape.pattern);
        } else if !SHARED.contains(&shape.kind) {
            assert!(found.iter().any(|it| is(shape, it.kind)), "{}: {value}", shape.pattern);
        }
    }
}

#[test]
fn named_tokens_are_found_under_their_names() {
    for shape in table().shapes.iter().filter(|it| it.names().count() > 0) {
        let name = shape.names().next().expect("a name").to_uppercase();
        let value = example(shape.pattern, 3);
        assert_eq!(leaks(Context::Environment, &name, &value), [value.as_str()], "{name}");
    }
}

#[test]
fn each_kind_of_text_has_its_own_leaks() {
    for (context, name, value, leak) in [
        (Context::Environment, "DB_PASSWORD", "Harbor17x", "Harbor17x"),
        (Context::Environment, "DB_PASSWORD", "${P:-Harbor17x}", "Harbor17x"),
        (Context::Environment, "JAVA_OPTS", "-Xmx1g -Dstore.password=Harbor17x", "Harbor17x"),
        (Context::Environment, "APP", "{\"password\":\"Harbor17x\"}", "Harbor17x"),
        (Context::Environment, "NEO4J_AUTH", "neo4j/Harbor17x", "Harbor17x"),
        (Context::Environment, "BASIC_AUTH", "admin:Harbor17x", "Harbor17x"),
        (
            Context::Environment,
            "EXTRA",
            "define('A', 1);\ndefine('PASS', 'Harbor17x');",
            "Harbor17x",
        ),
        (Context::Environment, "CONN", "Server=db;User Id=sa;Password=Harbor17x;", "Harbor17x"),
        (Context::BuildArg, "NPM_TOKEN", "Harbor17x", "Harbor17x"),
        (Context::Option, "o", "username=u,password=Harbor17x", "Harbor17x"),
        (Context::Label, "homepage.widget.password", "Harbor17x", "Harbor17x"),
        (Context::Label, "traefik.http.middlewares.a.basicauth.users", "u:Harbor17x", "Harbor17x"),
        (Context::Label, "caddy.basicauth.admin", "JDJhJDEwJGZFZZ", "JDJhJDEwJGZFZZ"),
        (Context::Command, "", "turnserver --user=app:Harbor17x", "Harbor17x"),
        (Context::Command, "", "samba -u \"bob;Harbor17x\"", "Harbor17x"),
        (Context::Command, "", "bob:Harbor17x:1001", "Harbor17x"),
        (Context::Command, "", "htpasswd -Bbn admin Harbor17x", "Harbor17x"),
        (Context::Command, "", "docker login -u me -p Harbor17x", "Harbor17x"),
        (Context::Command, "", "openssl x -passin pass:Harbor17x", "Harbor17x"),
        (Context::Command, "", "redis-server --requirepass Harbor17x", "Harbor17x"),
        (Context::Command, "", "sh -c 'PGPASSWORD=Harbor17x psql'", "Harbor17x"),
        (Context::Healthcheck, "", "mysqladmin ping -pHarbor17x", "Harbor17x"),
        (Context::Command, "", "curl -u admin:Harbor17x http://h", "Harbor17x"),
        (Context::Config, "", "auth_password: 'Harbor17x' # note", "Harbor17x"),
        (Context::EnvFile, "", "A=1\nDB_PASSWORD=Harbor17x", "Harbor17x"),
        (Context::Other, "", "http://u:Harbor17x@h/", "Harbor17x"),
    ] {
        assert_eq!(leaks(context, name, value), [leak], "{value}");
    }
}

#[test]
fn what_gives_nothing_away_is_quiet() {
    for (context, name, value) in [
        (Context::Environment, "DB_PASSWORD", "${P}"),
        (Context::Environment, "DB_PASSWORD", "${P:?set it}"),
        (Context::Environment, "DB_PASSWORD_FILE", "/run/secrets/db"),
        (Context::Environment, "REGISTRY_AUTH", "htpasswd"),
        (Context::Environment, "GPG_KEY", "35DC00000000A1B2C3D4E5F60718293A4B5C6D7E"),
        (Context::Environment, "JAVA_OPTS", "-Xmx512m -Dspring.config.location=/etc/app/"),
        (Context::Label, "caddy.basicauth", "/*"),
        (Context::Label, "traefik.http.routers.a.rule", "Host(`token.example.com`)"),
        (Context::Label, "traefik.http.middlewares.a.basicauth.users", "admin:${HASH?x}"),
        (Context::Command, "", "redis-server --requirepass \"$$(cat /run/secrets/p)\""),
        (Context::Command, "", "mysqladmin ping -p$$MYSQL_ROOT_PASSWORD"),
        (Context::Command, "", "mongo -p 27017 --auth=ldap --password-file /x"),
        (Context::Command, "", "docker run -p 80:80 -u 1000:1000 x"),
        (Context::Option, "o", "addr=nas,credentials=/root/.smb"),
        (Context::Other, "DB_PASSWORD", "Harbor17x"),
    ] {
        assert_eq!(leaks(context, name, value), [""; 0], "{value}");
    }
}

#[test]
fn words_of_a_list_are_read_together() {
    for (words, at, leak) in [
        (&["worker", "--token", "Harbor17x"][..], 2, "Harbor17x"),
        (&["CMD", "redis-cli", "-a", "Harbor17x", "ping"], 3, "Harbor17x"),
        (&["CMD-SHELL", "redis-cli -a Harbor17x ping || exit 1"], 1, "Harbor17x"),
        (&["sh", "-c", "exec mysqld -p1 & mysql -pHarbor17x"], 2, "Harbor17x"),
        (&["exporter", "--uri", "http://u:Harbor17x@es:9200"], 2, "Harbor17x"),
        (&["rabbitmqctl", "add_user", "app", "Harbor17x"], 3, "Harbor17x"),
    ] {
        let found = find_in_words(words);
        let texts: Vec<_> =
            found.iter().map(|(at, it)| (*at, &words[*at][it.range.clone()])).collect();
        assert_eq!(texts, [(at, leak)]);
    }
    assert_eq!(find_in_words(&["sync", "--token-file", "/run/secrets/token"]), []);
}

#[test]
fn a_leak_says_how_bad_it_is_and_never_what_it_is() {
    let value = "${P:-Harbor17x}";
    let found = find(&Text { name: Some("PASSWORD"), value, context: Context::Environment });
    let leak = found.first().expect("a leak");
    assert_eq!((leak.gravity, leak.in_default, leak.length), (Gravity::Major, true, 9));
    assert!(!format!("{leak:?}").contains("Harbor"));
    let hash = format!("u:$$2y$$10$${}", "a".repeat(53));
    let name = Some("traefik.http.middlewares.a.basicauth.users");
    let found = find(&Text { name, value: &hash, context: Context::Label });
    assert_eq!(found.first().map(|it| it.kind), Some(LeakKind::Hash { scheme: "bcrypt" }));
}

proptest! {
    #[test]
    fn any_text_gives_ranges_inside_it(
        value in "(?s)([a-z$:/@=\"'{}<> \\-\u{e9}\n,;()]|://|\\$\\{A:-|password|mysql -p|--token ){0,40}",
        name in any::<String>(),
    ) {
        for &context in CONTEXTS {
            for leak in find(&Text { name: Some(&name), value: &value, context }) {
                prop_assert!(value.get(leak.range.clone()).is_some(), "{:?}", leak.range);
            }
        }
        let words: Vec<&str> = value.split(' ').collect();
        for (at, leak) in find_in_words(&words) {
            prop_assert!(words[at].get(leak.range.clone()).is_some(), "{:?}", leak.range);
        }
    }
}
