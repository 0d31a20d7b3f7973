#!/usr/bin/env bash
# Real editors with their packages of editors/: findings, completion, a rename, a fix.
# Usage: run.sh PROGRAM. Needs neovim, and emacs with eglot and yaml-mode.
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home"
ln -s "$program" "$work/bin/swarm-plan"
export PATH="$work/bin:$PATH" HOME="$work/home" XDG_CONFIG_HOME="$work/home" XDG_DATA_HOME="$work/home" XDG_STATE_HOME="$work/home" XDG_CACHE_HOME="$work/home"

# A shop of its own for each editor, in a repository as stacks usually are.
fresh() {
    rm -rf "$work/shop"
    cp -r "$here/shop" "$work/shop"
    mkdir "$work/shop/.git"
}

neovim() {
    PLUGIN="$project/editors/neovim" timeout 60 nvim --headless -u "$here/init.lua" -i NONE -n \
        "$work/shop/stack.yml" -c "luafile $here/neovim.lua" 2>&1
}

emacs_() {
    PLUGIN="$project/editors/emacs" STACK="$work/shop/stack.yml" timeout 60 emacs --batch -q -l "$here/emacs.el" 2>&1
}

for editor in neovim emacs_; do
    fresh
    export PATIENCE=20
    "$editor" > "$work/out" || { cat "$work/out" >&2; exit 1; }
    tail -n 1 "$work/out"
    # What is asserted fails where it is not so: where the mistake is not made.
    fresh
    export PATIENCE=3
    sed -i 's/db: {condition: .*}/- db/' "$work/shop/stack.yml"
    ! "$editor" > "$work/out" || { echo "$editor finds what is not there" >&2; exit 1; }
    grep -q 'depends_on is found in line 5' "$work/out" || { cat "$work/out" >&2; exit 1; }
done
