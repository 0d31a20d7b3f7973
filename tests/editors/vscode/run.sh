#!/usr/bin/env bash
# VS Code itself, with the packaged extension, driven in a browser.
# Usage: run.sh PROGRAM [PICTURES]. Installs code-server from npm into a folder that is kept; needs
# Chromium, and takes some minutes the first time.
set -euo pipefail
program=$(realpath "$1")
pictures=$(realpath -m "${2:-/tmp/swarm-plan-pictures}")
here=$(cd "$(dirname "$0")" && pwd)
tools="${XDG_CACHE_HOME:-$HOME/.cache}/swarm-plan-vscode"

if [ ! -e "$tools/ready" ]; then
    mkdir -p "$tools"
    cp "$here/package.json" "$tools"
    quiet=(--ignore-scripts --no-audit --no-fund --loglevel=error)
    npm install --prefix "$tools" "${quiet[@]}" --no-package-lock
    # What code-server's own script would do, without building anything.
    for folder in lib/vscode lib/vscode/extensions; do
        npm install --prefix "$tools/node_modules/code-server/$folder" "${quiet[@]}" --omit=dev
    done
    (cd "$tools/node_modules/node" && node installArchSpecificPackage.js > /dev/null)
    touch "$tools/ready"
fi
command -v chromium > /dev/null || { apt-get update -qq && apt-get install -y -qq chromium > /dev/null; }
extension="$here/../../../editors/vscode"
(cd "$extension" && npm run package --silent > "$tools/package.log" 2>&1) || { cat "$tools/package.log" >&2; exit 1; }
mkdir -p "$pictures"
node "$here/run.mjs" "$program" "$tools" "$extension/swarm-plan.vsix" "$pictures"
