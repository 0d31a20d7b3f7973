// What package.json promises is what the code does, and what is built is pinned.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (file: string) => readFileSync(file, "utf8");
const manifest = JSON.parse(read("package.json")) as {
  version: string;
  contributes: { commands: { command: string }[]; configuration: { properties: Record<string, { scope?: string }> } };
  devDependencies: Record<string, string>;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
};

test("every command of the palette is registered", () => {
  const code = read("src/extension.ts");
  const registered = [...code.matchAll(/^ {2}add\("(\w+)"/gm)].map((it) => `swarm-plan.${it[1]}`);
  // The menu is the status bar's own.
  assert.deepEqual(registered.filter((it) => it !== "swarm-plan.menu").sort(), manifest.contributes.commands.map((it) => it.command).sort());
});

test("a workspace that nobody trusts chooses no program and no files", () => {
  const texts = ["swarm-plan.path", "swarm-plan.settings", "swarm-plan.nodes"];
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, texts);
  for (const it of texts) assert.ok(it in manifest.contributes.configuration.properties, it);
});

test("dependencies are pinned, and the lock file names no host", () => {
  for (const [name, version] of Object.entries(manifest.devDependencies)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
  const lock = read("package-lock.json");
  assert.doesNotMatch(lock, /"resolved"/);
  const packages = (JSON.parse(lock) as { packages: Record<string, { integrity?: string; version: string }> }).packages;
  assert.ok(Object.keys(packages).length > 50);
  for (const [name, it] of Object.entries(packages)) if (name !== "") assert.match(it.integrity ?? "", /^sha512-/, name);
  assert.equal(packages[""]?.version, manifest.version);
});

test("the extension has the program's version", () => {
  assert.equal(/^version = "(.*)"/m.exec(read("../../Cargo.toml"))?.[1], manifest.version);
});
