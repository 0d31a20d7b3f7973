#!/usr/bin/env bash
# The program where people work: the real pre-commit, real readers of the formats, the image.
# Usage: places.sh PROGRAM. What cannot be had here is said and passed over.
set -euo pipefail
program=$(realpath "$1")
project=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tools=(pre-commit junitparser check-jsonschema)
if command -v python3 > /dev/null && python3 -m venv "$work/venv" 2> /dev/null &&
    timeout 300 "$work/venv/bin/pip" install --quiet --disable-pip-version-check "${tools[@]}" > "$work/pip" 2>&1; then
    tools="$work/venv/bin"
else
    echo "passed over, for Python's packages cannot be had: pre-commit, readers of the formats"
    tools=
fi

mkdir "$work/bin" "$work/repository"
ln -s "$program" "$work/bin/swarm-plan"
export PATH="$work/bin:$PATH" PRE_COMMIT_HOME="$work/hooks" GIT_CONFIG_GLOBAL="$work/gitconfig"
git config --global user.name test
git config --global user.email test@example.org
git config --global safe.directory '*'
cd "$work/repository"
good='services: {web: {image: "nginx:1.27"}}'
bad='services: {web: {imaeg: "nginx:1.27"}}'

if [ -n "$tools" ]; then
    git init --quiet
    cat > .pre-commit-config.yaml << YAML
repos:
  - repo: $project
    rev: $(git -C "$project" rev-parse HEAD)
    hooks: [{id: swarm-plan-system}]
YAML
    "$tools/pre-commit" install > /dev/null
    echo "$good" > stack.yml
    git add . && git commit --quiet -m good > "$work/out" 2>&1 || { cat "$work/out"; echo "the hook blocks a good commit" >&2; exit 1; }
    echo "$bad" > stack.yml
    git add .
    if git commit --quiet -m bad > "$work/out" 2>&1; then echo "the hook lets a bad commit pass" >&2; exit 1; fi
    grep -q 'unknown key `imaeg`' "$work/out" || { cat "$work/out"; exit 1; }
    [ "$(git log --format=%s)" = good ]
    echo "$good" > stack.yml && echo "read me" > readme.txt
    git add . && git commit --quiet -m text > "$work/out" 2>&1 || { cat "$work/out"; exit 1; }
    echo "pre-commit: a bad commit is blocked, good ones pass"

    echo "$bad" > stack.yml
    swarm-plan check --format junit > report.xml || [ $? -eq 1 ]
    "$tools/python" -c '
import sys, junitparser, xml.etree.ElementTree as tree
report = junitparser.JUnitXml.fromfile("report.xml")
assert (report.tests, report.failures) == (2, 2), (report.tests, report.failures)
assert [case.result[0].type for suite in report for case in suite] == ["error"] * 2
'
    swarm-plan check --format checkstyle > report.xml || [ $? -eq 1 ]
    "$tools/python" -c '
import xml.etree.ElementTree as tree
errors = tree.parse("report.xml").findall("./file[@name=\"stack.yml\"]/error")
assert {error.get("source") for error in errors} == {"swarm-plan.unknown-key", "swarm-plan.image-missing"}, errors
'
    echo "JUnit and Checkstyle: read by other programs"
    "$tools/check-jsonschema" --builtin-schema vendor.github-actions "$project/action.yml"
    "$tools/check-jsonschema" --builtin-schema vendor.gitlab-ci "$project/.gitlab/swarm-plan.yml"
    "$tools/pre-commit" validate-manifest "$project/.pre-commit-hooks.yaml"
fi

if docker info > /dev/null 2>&1; then
    docker build --quiet --tag swarm-plan:gate "$project" > /dev/null
    echo "$good" > stack.yml
    docker run --rm --volume "$PWD:/work:ro" swarm-plan:gate
else
    echo "passed over, for there is no Docker engine: the image"
fi
