import assert from "node:assert/strict";
import { test } from "node:test";
import { find, missing } from "../src/program";
import type { Machine } from "../src/program";

function machine(files: readonly string[], path: string, windows = false): Machine {
  const home = windows ? "C:\\Users\\ada" : "/home/ada";
  return { windows, home, environment: { PATH: path }, runs: (it) => files.includes(it) };
}

const cases: readonly [what: string, wish: string, machine: Machine, file: string | undefined][] = [
  ["the first folder of PATH wins", "", machine(["/a/swarm-plan", "/b/swarm-plan"], "/x:/a:/b"), "/a/swarm-plan"],
  ["PATH wins over other places", "", machine(["/a/swarm-plan", "/home/ada/.cargo/bin/swarm-plan"], "/a"), "/a/swarm-plan"],
  ["cargo's folder is known where PATH lacks it", "", machine(["/home/ada/.cargo/bin/swarm-plan"], ""), "/home/ada/.cargo/bin/swarm-plan"],
  ["so is Homebrew's", "", machine(["/opt/homebrew/bin/swarm-plan"], "/usr/bin"), "/opt/homebrew/bin/swarm-plan"],
  ["a path is taken as it is", "/opt/it/sp", machine(["/opt/it/sp", "/a/swarm-plan"], "/a"), "/opt/it/sp"],
  ["~ is the user's folder", "~/bin/sp", machine(["/home/ada/bin/sp"], ""), "/home/ada/bin/sp"],
  ["~ada is a name, not the user's folder", "~ada/sp", machine(["/home/adaada/sp"], ""), undefined],
  ["a path that is nowhere is not replaced", "/opt/it/sp", machine(["/a/swarm-plan"], "/a"), undefined],
  ["a name is looked for on PATH", "sp-next", machine(["/a/sp-next"], "/a"), "/a/sp-next"],
  ["a name that is nowhere is not replaced", "sp-next", machine(["/a/swarm-plan", "/home/ada/.cargo/bin/swarm-plan"], "/a"), undefined],
  ["the workspace's folder is not searched", "", machine(["swarm-plan", "./swarm-plan", "bin/swarm-plan"], ":.:bin"), undefined],
  ["spaces around a path do not count", "  /opt/it/sp ", machine(["/opt/it/sp"], ""), "/opt/it/sp"],
  ["Windows has .exe, ; and Path", "", machine(["C:\\b\\swarm-plan.exe"], "C:\\a;C:\\b", true), "C:\\b\\swarm-plan.exe"],
  ["Windows: a path without .exe", "C:\\b\\sp", machine(["C:\\b\\sp.exe"], "", true), "C:\\b\\sp.exe"],
  ["Windows: cargo's folder", "", machine(["C:\\Users\\ada\\.cargo\\bin\\swarm-plan.exe"], "", true), "C:\\Users\\ada\\.cargo\\bin\\swarm-plan.exe"],
];

for (const [what, wish, it, file] of cases) {
  test(what, () => {
    const search = find(wish, it);
    assert.equal("file" in search ? search.file : undefined, file);
  });
}

test("what is missing is said with its remedy", () => {
  const places = (wish: string) => {
    const search = find(wish, machine([], "/a:/b"));
    assert.ok("missing" in search);
    return search.missing;
  };
  assert.deepEqual(places("").slice(0, 3), ["/a", "/b", "/home/ada/.cargo/bin"]);
  assert.match(missing("", places("")), /not installed, or not on PATH\. Install it, or say with the setting swarm-plan\.path/);
  assert.match(missing("/opt/sp", places("/opt/sp")), /names \/opt\/sp, and there is no program/);
  assert.match(missing("~/sp", places("~/sp")), /names \/home\/ada\/sp,/);
  assert.match(missing("sp", places("sp")), /names sp, and no folder of PATH/);
});
