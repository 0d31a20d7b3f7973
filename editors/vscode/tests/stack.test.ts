import assert from "node:assert/strict";
import { test } from "node:test";
import { diffArguments, inventory, planArguments, serverArguments, settings, stacks } from "../src/stack";
import type { Reader } from "../src/stack";

const disk = (files: Record<string, string>): Reader => (file) => files[file];

const shop = `
nodes = "swarm/nodes.yml"
[[stacks]]
name = "shop"
files = ["stack.yml", "prod/stack.yml"]
env-files = ["prod.env"]
[[stacks]]
name = "stage"
files = ["stack.yml"]
`;

test("the settings say which files are one stack", () => {
  const found = settings("/repo/prod", disk({ "/repo/swarm-plan.toml": shop }));
  assert.equal(found?.file, "/repo/swarm-plan.toml");
  assert.equal(found.nodes, "/repo/swarm/nodes.yml");
  const both = { name: "shop", files: ["/repo/stack.yml", "/repo/prod/stack.yml"], envFiles: ["/repo/prod.env"] };
  const stage = { name: "stage", files: ["/repo/stack.yml"], envFiles: [] };
  assert.deepEqual(stacks("/repo/prod/stack.yml", found), [both]);
  assert.deepEqual(stacks("/repo/stack.yml", found), [both, stage]);
  assert.deepEqual(stacks("/repo/other.yml", found), [{ files: ["/repo/other.yml"], envFiles: [] }]);
});

test("the search for settings ends at the repository's root", () => {
  const outside = { "/swarm-plan.toml": shop };
  assert.equal(settings("/repo/a", disk(outside))?.file, "/swarm-plan.toml");
  assert.equal(settings("/repo/a", disk({ ...outside, "/repo/.git/HEAD": "ref: refs/heads/main" })), undefined);
  assert.equal(settings("/repo/a", disk({ ...outside, "/repo/.git": "gitdir: /else" })), undefined);
  assert.equal(settings("/repo/a", disk({ ...outside, "/conf/x.toml": "" }), "/conf/x.toml")?.file, "/conf/x.toml");
});

test("settings with mistakes are no settings", () => {
  for (const text of ["stacks = [", "stacks = 1", "stacks = [1]", "[[stacks]]\nfiles = [1]\nname = 2", "nodes = 3"]) {
    const found = settings("/repo", disk({ "/repo/swarm-plan.toml": text }));
    assert.deepEqual(stacks("/repo/stack.yml", found), [{ files: ["/repo/stack.yml"], envFiles: [] }], text);
    assert.equal(found?.nodes, undefined, text);
  }
});

test("the nearest inventory is taken", () => {
  const files = { "/repo/.git/HEAD": "", "/repo/nodes.yml": "", "/repo/a/nodes.yaml": "", "/nodes.yml": "" };
  assert.equal(inventory("/repo/a/b", disk(files)), "/repo/a/nodes.yaml");
  assert.equal(inventory("/repo/b", disk(files)), "/repo/nodes.yml");
  assert.equal(inventory("/repo/b", disk({ "/repo/.git/HEAD": "", "/nodes.yml": "" })), undefined);
});

test("the program is asked as on the command line", () => {
  const stack = { name: "shop", files: ["/r/a.yml", "/r/b c.yml"], envFiles: ["/r/.env"] };
  const all = ["-c", "/r/a.yml", "-c", "/r/b c.yml", "-s", "shop", "--env-file", "/r/.env"];
  assert.deepEqual(planArguments(stack, { nodes: "/r/n.yml" }), ["plan", ...all, "-n", "/r/n.yml", "--format", "html"]);
  const alone = { files: ["/r/a.yml"], envFiles: [] };
  assert.deepEqual(planArguments(alone, { settings: "/s.toml" }), ["plan", "-c", "/r/a.yml", "--settings", "/s.toml", "--format", "html"]);
  const diff = (other: Parameters<typeof diffArguments>[2]) => diffArguments(alone, {}, other).slice(3);
  assert.deepEqual(diff({ kind: "revision", revision: "HEAD" }), ["--git", "HEAD", "--format", "html"]);
  assert.deepEqual(diff({ kind: "snapshot", file: "/s.json" }), ["--snapshot", "/s.json", "--format", "html"]);
  assert.deepEqual(diff({ kind: "swarm" }), ["--live", "--format", "html"]);
  assert.deepEqual(serverArguments(undefined), ["lsp"]);
  assert.deepEqual(serverArguments("/s.toml"), ["lsp", "--settings", "/s.toml"]);
});
