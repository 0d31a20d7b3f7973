// A user's way through VS Code: findings, completion, a fix, a rename, the plan, a program that is missing.
//
//     node run.mjs PROGRAM TOOLS EXTENSION PICTURES
//
// TOOLS is a folder in which the packages of package.json are installed.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [program, tools, extension, pictures] = process.argv.slice(2).map((it) => resolve(it));
const { chromium } = createRequire(join(tools, "package.json"))("playwright-core");
const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), "swarm-plan-vscode-"));
const shop = join(work, "shop");
const stack = join(shop, "stack.yml");
const original = readFileSync(join(here, "../shop/stack.yml"), "utf8");
cpSync(join(here, "../shop"), shop, { recursive: true });
const git = (...args) => assert.equal(spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd: shop }).status, 0);
git("init", "--quiet");
git("add", ".");
git("commit", "--quiet", "--message", "first");

/** The user's settings, and those of the machine: which program is started is said there. */
const writeSettings = (path) => {
  const write = (folder, it) => {
    mkdirSync(join(work, "user", folder), { recursive: true });
    writeFileSync(join(work, "user", folder, "settings.json"), JSON.stringify(it));
  };
  write("Machine", { "swarm-plan.path": path });
  write("User", {
    "security.workspace.trust.enabled": false,
    "workbench.startupEditor": "none",
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": true,
    "editor.accessibilitySupport": "off",
  });
};
writeSettings(program);

const node = join(tools, "node_modules/node/bin/node");
const server = join(tools, "node_modules/code-server/out/node/entry.js");
const folders = ["--user-data-dir", join(work, "user"), "--extensions-dir", join(work, "extensions")];
const environment = { ...process.env, HOME: work, XDG_CONFIG_HOME: work, XDG_DATA_HOME: work };
const installed = spawnSync(node, [server, ...folders, "--install-extension", extension], { env: environment, encoding: "utf8" });
assert.match(installed.stdout, /successfully installed/, installed.stderr);

const port = await new Promise((done) => {
  const it = createServer().listen(0, "127.0.0.1", () => {
    const { port } = it.address();
    it.close(() => done(port));
  });
});
const options = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
const code = spawn(node, [server, ...folders, ...options], { env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
let log = "";
code.stdout.on("data", (it) => { log += it; });
code.stderr.on("data", (it) => { log += it; });
const address = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(shop)}`;

const switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: switches });
const page = await (await browser.newContext({ viewport: { width: 1500, height: 950 } })).newPage();
page.setDefaultTimeout(30_000);

const picture = (name) => page.screenshot({ path: join(pictures, `${name}.png`) });
const press = async (...keys) => { for (const it of keys) await page.keyboard.press(it); };
const pick = async (text) => {
  const input = page.locator(".quick-input-widget input[type=text]");
  await input.waitFor();
  await input.fill(text);
  return input;
};
const command = async (text) => {
  await press("F1");
  await pick(`>${text}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first().click();
};
const go = async (line, column) => {
  await page.locator(".editor-instance .view-lines").first().click();
  await press("Control+g");
  await pick(`:${line}:${column}`);
  await press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
};
const until = async (what, condition) => {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const it = await condition();
    if (it) return it;
    await page.waitForTimeout(100);
  }
  assert.fail(what);
};
const save = async () => { await press("Control+s"); await page.waitForTimeout(500); return readFileSync(stack, "utf8"); };
const problems = () => page.locator(".markers-panel .monaco-list-row");
/** The frame of a page of the program. */
const shown = (title) => until(`a panel shows a page with ${title}`, async () => {
  for (const frame of page.frames()) {
    const text = await frame.evaluate(() => document.querySelector("h1")?.innerText).catch(() => "");
    if (text && title.test(text)) return { frame, text };
  }
  return undefined;
});

const tests = {
  async "the language server runs"() {
    await until("code-server answers", () => fetch(address).then(() => true, () => false));
    await page.goto(address);
    await page.locator(".monaco-workbench").waitFor();
    await press("Control+p");
    await pick("stack.yml");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "stack.yml" }).first().click();
    await page.locator(".statusbar-item", { hasText: "Swarm Plan" }).locator(".codicon-check").waitFor();
  },
  async "the Problems panel shows findings at their places"() {
    await press("Control+Shift+m");
    const row = problems().filter({ hasText: "depends-on-long-form" });
    await row.waitFor();
    assert.match(await row.innerText(), /Ln 5, Col 7/);
    await picture("problems");
    // What is said of the nodes stands at the nodes.
    await problems().filter({ hasText: "nodes.yml" }).waitFor();
  },
  async "keys are completed"() {
    await go(8, 18);
    await press("End", "Enter");
    await page.keyboard.type("upd", { delay: 40 });
    await press("Control+Space");
    const row = page.locator(".suggest-widget .monaco-list-row", { hasText: "update_config" });
    await row.waitFor();
    await picture("completion");
    await press("Escape");
    await command("File: Revert File");
    await page.locator(".editor-instance .view-lines", { hasText: "upd" }).waitFor({ state: "detached" });
  },
  async "a hover explains"() {
    await go(8, 8);
    await press("Control+k", "Control+i");
    await page.locator(".monaco-hover", { hasText: "replicas" }).first().waitFor();
    await picture("hover");
    await press("Escape");
  },
  async "a network is renamed wherever it is named"() {
    await go(13, 4);
    await press("F2");
    await page.locator(".rename-box input").fill("inner");
    await press("Enter");
    await until("three places are renamed", async () => {
      const text = await save();
      return text.split("inner").length === 4 && !text.includes("backend");
    });
  },
  async "a fix makes a list, and the finding goes"() {
    await go(5, 8);
    await press("Control+.");
    const action = page.locator(".action-widget .monaco-list-row.action").filter({ hasText: /list/ }).first();
    await action.waitFor();
    await picture("fix");
    await action.click();
    await until("depends_on is a list", async () => /depends_on:(?: \[ ?db ?\]|\n +- db)\n/.test(await save()));
    await problems().filter({ hasText: "depends-on-long-form" }).waitFor({ state: "detached" });
  },
  async "the plan is shown, can be used, and follows what is saved"() {
    writeFileSync(stack, original.replace("db: {condition: service_started}", "- db"));
    await command("Swarm Plan: Show plan");
    const { frame, text } = await shown(/3 tasks, every one has its place/);
    assert.match(text, /^shop on 2 nodes/);
    const paper = () => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(await paper(), "rgb(14, 19, 25)", "dark as the editor is");
    await picture("plan");
    // The policy stops nothing of the page, not even a style in an attribute, and every other script.
    assert.match(await frame.locator(".node .task").first().evaluate((it) => getComputedStyle(it).getPropertyValue("--h")), /\d/);
    assert.equal(await frame.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      return window.ran;
    }), undefined);
    await frame.locator(".node button, button.node").first().click();
    await frame.locator("text=bring it back").first().waitFor();
    await picture("plan-without-a-node");
    await go(8, 17);
    await press("Delete");
    await page.keyboard.type("5");
    await save();
    await shown(/6 tasks/);
    await command("Preferences: Color Theme");
    await pick("Light Modern");
    await press("Enter");
    await until("the page is light as the editor is", async () => {
      const { frame } = await shown(/6 tasks/);
      return "rgb(244, 246, 248)" === await frame.evaluate(() => getComputedStyle(document.body).backgroundColor).catch(() => "");
    });
    await picture("plan-light");
  },
  async "the diff with the last commit is shown"() {
    const fixed = original.replace("db: {condition: service_started}", "- db");
    writeFileSync(stack, fixed);
    git("commit", "--quiet", "--all", "--message", "second");
    writeFileSync(stack, fixed.replace("nginx:1.27", "nginx:1.28"));
    await page.locator(".editor-instance .view-lines", { hasText: "nginx:1.28" }).waitFor();
    await page.locator(".editor-instance .view-lines").first().click();
    await command("Swarm Plan: Show diff");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "The last commit" }).click();
    const { frame } = await shown(/^shop 1 service restarts/);
    await frame.locator("text=nginx:1.28").first().waitFor();
    await picture("diff");
  },
  async "a missing program is said with what to do"() {
    writeSettings("/nowhere/swarm-plan");
    const note = page.locator(".notification-list-item", { hasText: "/nowhere/swarm-plan" });
    await note.waitFor();
    const text = await note.innerText();
    for (const it of ["there is no program that can be run", "Open settings", "Choose the program", "Try again"]) assert.ok(text.includes(it), text);
    await page.locator(".statusbar-item", { hasText: "Swarm Plan" }).locator(".codicon-error").waitFor();
    await picture("missing");
    writeSettings(program);
    await page.locator(".statusbar-item", { hasText: "Swarm Plan" }).locator(".codicon-check").waitFor();
  },
};

const only = process.env.ONLY;
let failed = 0;
for (const [name, run] of Object.entries(tests)) {
  if (only && !name.includes("server runs") && !new RegExp(only).test(name)) continue;
  const begin = Date.now();
  try {
    await run();
    console.log(`ok   ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`);
    await picture(`failed-${failed}`).catch(() => {});
    // The next begins as if nothing had been done.
    await press("Escape", "Escape").catch(() => {});
    await command("File: Revert File").catch(() => {});
    writeFileSync(stack, original);
  }
}
await browser.close();
process.kill(-code.pid);
if (failed) console.log(log.slice(-3000));
rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
process.exit(failed ? 1 : 0);
