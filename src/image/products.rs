//! The table of products. Sources: the Dockerfiles (`VOLUME`, `EXPOSE`) and start scripts of the
//! images, and the vendors' documentation of their ports.

use crate::image::product::{Kind, Product, Tool};

/// What the other rows leave out.
const PLAIN: Product = Product {
    names: &[],
    kind: Kind::Other,
    speaks: "",
    ports: &[],
    data: &[],
    single_writer: false,
    curl: Tool::Unknown,
    wget: Tool::Unknown,
    boot: 0,
};

const DATABASE: Product = Product { kind: Kind::Database, single_writer: true, ..PLAIN };

const QUORUM: Product = Product { kind: Kind::Quorum, single_writer: true, ..PLAIN };

pub(super) const PRODUCTS: &[Product] = &[
    Product {
        names: &["postgres", "postgis/postgis", "pgvector/pgvector"],
        speaks: "PostgreSQL",
        ports: &[5432],
        // docker-library/postgres#1259: one folder per major version below the volume.
        data: &[(0, "/var/lib/postgresql/data"), (18, "/var/lib/postgresql")],
        curl: Tool::Absent,
        wget: Tool::OnAlpine,
        ..DATABASE
    },
    Product {
        names: &["timescale/timescaledb"],
        speaks: "PostgreSQL",
        ports: &[5432],
        data: &[(0, "/var/lib/postgresql/data"), (18, "/var/lib/postgresql")],
        ..DATABASE
    },
    Product {
        names: &["bitnami/postgresql", "bitnamilegacy/postgresql"],
        speaks: "PostgreSQL",
        ports: &[5432],
        data: &[(0, "/bitnami/postgresql")],
        ..DATABASE
    },
    Product {
        names: &["mysql", "mysql/mysql-server", "percona", "percona/percona-server"],
        speaks: "MySQL",
        ports: &[3306],
        data: &[(0, "/var/lib/mysql")],
        boot: 30,
        ..DATABASE
    },
    Product {
        names: &["mariadb"],
        speaks: "MySQL",
        ports: &[3306],
        data: &[(0, "/var/lib/mysql")],
        curl: Tool::Absent,
        ..DATABASE
    },
    Product {
        names: &["bitnami/mariadb", "bitnamilegacy/mariadb"],
        speaks: "MySQL",
        ports: &[3306],
        data: &[(0, "/bitnami/mariadb")],
        ..DATABASE
    },
    Product {
        names: &["mongo", "mongodb/mongodb-community-server"],
        speaks: "MongoDB",
        ports: &[27017],
        data: &[(0, "/data/db")],
        curl: Tool::Absent,
        wget: Tool::Absent,
        ..DATABASE
    },
    Product {
        names: &["mcr.microsoft.com/mssql/server"],
        speaks: "SQL Server",
        ports: &[1433],
        data: &[(0, "/var/opt/mssql")],
        boot: 30,
        ..DATABASE
    },
    Product {
        names: &["influxdb"],
        speaks: "InfluxDB",
        ports: &[8086],
        data: &[(0, "/var/lib/influxdb"), (2, "/var/lib/influxdb2"), (3, "/var/lib/influxdb3")],
        ..DATABASE
    },
    Product {
        names: &["couchdb", "apache/couchdb"],
        speaks: "CouchDB",
        ports: &[5984],
        data: &[(0, "/opt/couchdb/data")],
        ..DATABASE
    },
    Product {
        names: &["neo4j"],
        speaks: "Neo4j",
        ports: &[7687],
        data: &[(0, "/data")],
        boot: 30,
        ..DATABASE
    },
    Product {
        names: &["cassandra", "scylladb/scylla"],
        speaks: "Cassandra",
        ports: &[9042],
        boot: 60,
        ..DATABASE
    },
    Product {
        names: &["clickhouse/clickhouse-server", "clickhouse", "yandex/clickhouse-server"],
        speaks: "ClickHouse",
        ports: &[8123],
        data: &[(0, "/var/lib/clickhouse")],
        ..DATABASE
    },
    Product {
        names: &[
            "elasticsearch",
            "docker.elastic.co/elasticsearch/elasticsearch",
            "opensearchproject/opensearch",
        ],
        speaks: "Elasticsearch",
        ports: &[9200],
        boot: 60,
        ..DATABASE
    },
    Product {
        names: &["solr"],
        speaks: "Solr",
        ports: &[8983],
        data: &[(0, "/opt/solr/server/solr"), (8, "/var/solr")],
        ..DATABASE
    },
    Product {
        names: &["rethinkdb"],
        speaks: "RethinkDB",
        ports: &[28015],
        data: &[(0, "/data")],
        ..DATABASE
    },
    Product {
        names: &["arangodb", "arangodb/arangodb"],
        speaks: "ArangoDB",
        ports: &[8529],
        data: &[(0, "/var/lib/arangodb3")],
        ..DATABASE
    },
    Product { names: &["getmeili/meilisearch"], data: &[(0, "/meili_data")], ..DATABASE },
    Product {
        names: &["redis", "valkey/valkey", "redis/redis-stack-server"],
        kind: Kind::Cache,
        speaks: "Redis",
        ports: &[6379],
        data: &[(0, "/data")],
        single_writer: true,
        curl: Tool::Absent,
        wget: Tool::OnAlpine,
        ..PLAIN
    },
    Product {
        names: &["memcached"],
        kind: Kind::Cache,
        speaks: "memcached",
        ports: &[11211],
        curl: Tool::Absent,
        wget: Tool::OnAlpine,
        ..PLAIN
    },
    Product {
        names: &["rabbitmq"],
        kind: Kind::Queue,
        speaks: "AMQP",
        ports: &[5672],
        data: &[(0, "/var/lib/rabbitmq")],
        single_writer: true,
        boot: 20,
        ..PLAIN
    },
    Product {
        names: &["apache/kafka", "confluentinc/cp-kafka", "bitnami/kafka", "bitnamilegacy/kafka"],
        kind: Kind::Quorum,
        speaks: "Kafka",
        ports: &[9092],
        boot: 20,
        ..QUORUM
    },
    Product {
        names: &[
            "quay.io/coreos/etcd",
            "gcr.io/etcd-development/etcd",
            "bitnami/etcd",
            "bitnamilegacy/etcd",
        ],
        speaks: "etcd",
        ports: &[2379],
        ..QUORUM
    },
    Product {
        names: &["zookeeper", "confluentinc/cp-zookeeper", "bitnami/zookeeper"],
        speaks: "ZooKeeper",
        ports: &[2181],
        ..QUORUM
    },
    Product {
        names: &["consul", "hashicorp/consul"],
        speaks: "Consul",
        ports: &[8500],
        data: &[(0, "/consul/data")],
        ..QUORUM
    },
    Product { names: &["nats"], kind: Kind::Queue, ..PLAIN },
    Product {
        names: &["prom/prometheus"],
        data: &[(0, "/prometheus")],
        single_writer: true,
        curl: Tool::Absent,
        wget: Tool::Present,
        ..PLAIN
    },
    Product {
        names: &["prom/alertmanager", "prom/node-exporter", "prom/blackbox-exporter"],
        curl: Tool::Absent,
        wget: Tool::Present,
        ..PLAIN
    },
    Product {
        names: &["traefik"],
        kind: Kind::Proxy,
        curl: Tool::Absent,
        wget: Tool::Present,
        ..PLAIN
    },
    Product {
        names: &["caddy"],
        kind: Kind::Proxy,
        data: &[(0, "/data")],
        curl: Tool::Absent,
        wget: Tool::Present,
        ..PLAIN
    },
    Product {
        names: &["haproxy"],
        kind: Kind::Proxy,
        curl: Tool::Absent,
        wget: Tool::OnAlpine,
        ..PLAIN
    },
    Product {
        names: &["nginx", "nginxinc/nginx-unprivileged", "jc21/nginx-proxy-manager", "httpd"],
        kind: Kind::Proxy,
        ..PLAIN
    },
    Product {
        names: &[
            "portainer/portainer-ce",
            "portainer/portainer-ee",
            "cloudflare/cloudflared",
            "traefik/whoami",
            "hashicorp/http-echo",
            "containrrr/watchtower",
        ],
        curl: Tool::Absent,
        wget: Tool::Absent,
        ..PLAIN
    },
    Product {
        names: &["registry"],
        data: &[(0, "/var/lib/registry")],
        curl: Tool::Absent,
        wget: Tool::Present,
        ..PLAIN
    },
    Product { names: &["alpine"], curl: Tool::Absent, wget: Tool::Present, ..PLAIN },
    Product {
        names: &["quay.io/keycloak/keycloak"],
        curl: Tool::Absent,
        wget: Tool::Absent,
        boot: 60,
        ..PLAIN
    },
    Product { names: &["gitlab/gitlab-ce", "gitlab/gitlab-ee"], boot: 180, ..PLAIN },
    Product { names: &["sonarqube"], boot: 90, ..PLAIN },
    Product { names: &["jenkins/jenkins"], boot: 60, ..PLAIN },
    Product { names: &["nextcloud"], boot: 30, ..PLAIN },
];
