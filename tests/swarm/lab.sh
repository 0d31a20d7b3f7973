#!/usr/bin/env bash
# A real swarm of five nodes on this machine, for the tests that ask Docker itself.
#
#   lab.sh up         install what is missing, start the nodes, join them, make the images
#   lab.sh test [ARG] the same, run the tests that need it, take everything away
#   lab.sh down       take everything away, also what an aborted run left
#   lab.sh kill N     stop node N's daemon without a word to the others
#   lab.sh start N    start it again
#   lab.sh cut N      cut node N off from the others
#   lab.sh join N     let it hear them again
#
# Each node is a dockerd of its own in a network, host name and mount namespace of its own. Needs
# root. The nodes differ in memory, processors, labels, and what they call `gpu`. Everything is in
# SWARM_LAB_DIR; one lab at a time.
set -euo pipefail

lab="${SWARM_LAB_DIR:-/tmp/swarm-plan-lab}"
bridge="${SWARM_LAB_BRIDGE:-swarmlab0}"
net="${SWARM_LAB_NET:-10.213.77}"
nodes="1 2 3 4 5"

# What distinguishes the nodes: engine flags, memory in kB, processors, labels given by the manager.
flags() {
    case "$1" in
    1) echo "--label rack=r1 --label storage=ssd" ;;
    2) echo "--label rack=r1 --label storage=hdd" ;;
    3) echo "--label rack=r2 --label storage=ssd --node-generic-resource gpu=3" ;;
    4) echo "--label rack=r2 --node-generic-resource gpu=red --node-generic-resource gpu=blue" ;;
    5) echo "--label rack=r3" ;;
    esac
}
memory() { case "$1" in 1) echo 4194304 ;; 2) echo 2097152 ;; 3 | 4) echo 8388608 ;; 5) echo 1048576 ;; esac }
processors() { if [ "$1" = 5 ] || [ "$(nproc --all)" = 1 ]; then echo 0; else echo 0,1; fi; }
labels() {
    case "$1" in
    1) echo "--label-add zone=a --label-add disk=ssd" ;;
    2) echo "--label-add zone=a --label-add disk=hdd" ;;
    3) echo "--label-add zone=b --label-add disk=ssd" ;;
    4) echo "--label-add zone=b" ;;
    5) echo "--label-add zone=c --label-add edge" ;;
    esac
}

on() { local node=$1; shift; docker -H "unix://$lab/n$node/docker.sock" "$@"; }

install_missing() {
    local missing=""
    command -v dockerd >/dev/null || missing="$missing docker.io"
    command -v ip >/dev/null || missing="$missing iproute2"
    command -v iptables >/dev/null || missing="$missing iptables"
    [ -x /bin/busybox ] || missing="$missing busybox-static"
    [ -z "$missing" ] && return
    echo "installing$missing"
    apt-get update -qq
    # No daemon of the machine's own is to start, hence the run level.
    # shellcheck disable=SC2086
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

network() {
    ip link add "$bridge" type bridge
    ip addr add "$net.254/24" dev "$bridge"
    ip link set "$bridge" up
    # A daemon of the machine's own would have what passes the bridge dropped.
    sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || true
    iptables -I FORWARD -i "$bridge" -o "$bridge" -j ACCEPT 2>/dev/null || true
    for node in $nodes; do
        ip netns add "$bridge-n$node"
        ip link add "${bridge}v$node" type veth peer name eth0 netns "$bridge-n$node"
        ip link set "${bridge}v$node" master "$bridge" up
        ip -n "$bridge-n$node" link set lo up
        ip -n "$bridge-n$node" addr add "$net.$node/24" dev eth0
        ip -n "$bridge-n$node" link set eth0 up
        ip -n "$bridge-n$node" route add default via "$net.254"
    done
}

start() {
    local node=$1 at="$lab/n$1"
    mkdir -p "$at"
    sed "s/^MemTotal:.*/MemTotal: $(memory "$node") kB/" /proc/meminfo >"$at/meminfo"
    # The image is there: asking a registry for it is to fail at once.
    echo "nameserver 127.0.0.1" >"$at/resolv.conf"
    rm -f "$at/pid"
    # shellcheck disable=SC2016,SC2046
    nohup setsid taskset -c "$(processors "$node")" \
        nsenter --net="/run/netns/$bridge-n$node" unshare --uts --mount sh -c '
            at=$1 name=$2; shift 2
            hostname "$name"
            mkdir -p /run/docker /run/containerd
            mount -t tmpfs tmpfs /run/docker
            mount -t tmpfs tmpfs /run/containerd
            mount --bind "$at/meminfo" /proc/meminfo
            mount --bind "$at/resolv.conf" /etc/resolv.conf
            unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY
            exec dockerd --data-root "$at/data" --exec-root "$at/exec" --pidfile "$at/pid" \
                -H "unix://$at/docker.sock" --log-level warn "$@"
        ' sh "$at" "n$node" $(flags "$node") >>"$at/log" 2>&1 </dev/null 9>&- &
    disown
}

wait_for() {
    for _ in $(seq 300); do
        on "$1" version >/dev/null 2>&1 && return
        sleep 0.2
    done
    echo "node $1 does not come up:" >&2
    tail -20 "$lab/n$1/log" >&2
    exit 1
}

# One that runs, in three versions, and one that ends with an error after a second.
make_images() {
    local root="$lab/root" runs='["/bin/sh","-c","trap exit TERM; sleep 2147483647 & wait"]'
    mkdir -p "$root/bin" "$root/tmp" "$root/etc"
    cp /bin/busybox "$root/bin/busybox"
    for tool in sh sleep true false cat httpd wget nc echo; do ln -sf busybox "$root/bin/$tool"; done
    tar -C "$root" -c . >"$lab/image.tar"
    local jobs=""
    for node in $nodes; do
        {
            on "$node" import -c "CMD $runs" "$lab/image.tar" lab/busybox:1
            on "$node" tag lab/busybox:1 lab/busybox:2
            on "$node" tag lab/busybox:1 lab/busybox:3
            on "$node" import -c 'CMD ["/bin/sh","-c","sleep 1; exit 1"]' \
                "$lab/image.tar" lab/crash:1
        } >/dev/null &
        jobs="$jobs $!"
    done
    for node in $jobs; do wait "$node"; done
}

up() {
    install_missing
    mkdir -p "$lab"
    network
    for node in $nodes; do start "$node"; done
    for node in $nodes; do wait_for "$node"; done
    make_images
    on 1 swarm init --advertise-addr "$net.1" >/dev/null
    local token
    token=$(on 1 swarm join-token -q worker)
    for node in $nodes; do
        [ "$node" = 1 ] || on "$node" swarm join --token "$token" "$net.1:2377" >/dev/null
    done
    # shellcheck disable=SC2046
    for node in $nodes; do on 1 node update $(labels "$node") "n$node" >/dev/null; done
    on 1 node ls
    echo "DOCKER_HOST=unix://$lab/n1/docker.sock"
}

# Ends a node's daemon and waits until it is gone.
end() {
    local pid
    pid=$(cat "$lab/n$1/pid" 2>/dev/null) || return 0
    # After an aborted run the number may be another's.
    [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ] || return 0
    kill "-$2" "$pid" 2>/dev/null || return 0
    for _ in $(seq 100); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
}

# Whatever a node leaves: what the daemon started in its namespace, and the containers.
end_all() {
    local id pid
    for pid in $(ip netns pids "$bridge-n$1" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null || true; done
    for id in $(ls "$lab/n$1/data/containers" 2>/dev/null); do
        for pid in $(grep -l "$id" /proc/[0-9]*/cgroup 2>/dev/null | cut -d/ -f3); do
            kill -KILL "$pid" 2>/dev/null || true
        done
    done
}

down() {
    local node jobs=""
    for node in $nodes; do
        [ -S "$lab/n$node/docker.sock" ] || continue
        timeout 20 docker -H "unix://$lab/n$node/docker.sock" swarm leave -f >/dev/null 2>&1 &
        jobs="$jobs $!"
    done
    for node in $jobs; do wait "$node" || true; done
    for node in $nodes; do end "$node" TERM & done
    wait
    for node in $nodes; do
        end_all "$node"
        ip netns delete "$bridge-n$node" 2>/dev/null || true
        ip link delete "${bridge}v$node" 2>/dev/null || true
    done
    ip link delete "$bridge" 2>/dev/null || true
    iptables -D FORWARD -i "$bridge" -o "$bridge" -j ACCEPT 2>/dev/null || true
    rm -rf "$lab"
}

# What is left of the lab when this ends, however it ends.
finish() {
    local code=$?
    trap - EXIT
    if [ "$code" != 0 ] && [ -z "${is_up:-}" ]; then
        echo "the lab does not come up; its nodes say:" >&2
        tail -n 20 "$lab"/n*/log >&2 || true
    fi
    down
    exit "$code"
}

run_tests() {
    exec 9>"$lab.lock"
    flock -w 900 9 || { echo "another lab is up for long: $lab" >&2; exit 1; }
    trap finish EXIT
    trap 'exit 1' INT TERM HUP
    down
    up
    is_up=1
    cd "$(dirname "$0")/../.."
    SWARM_LAB_DIR="$lab" cargo test --quiet --test tests "swarm::$1" -- \
        --ignored --nocapture --test-threads=1
}

case "${1:-}" in
up) up ;;
test) run_tests "${2:-}" ;;
down) down ;;
kill)
    end "$2" KILL
    end_all "$2"
    ;;
start)
    start "$2"
    wait_for "$2"
    ;;
cut) ip link set "${bridge}v$2" down ;;
join) ip link set "${bridge}v$2" up ;;
*)
    echo "usage: lab.sh up | test [NAME] | down | kill N | start N | cut N | join N" >&2
    exit 2
    ;;
esac
