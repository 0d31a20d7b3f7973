// Plans in a real browser: nodes are clicked, updates are moved through, drawings are drawn.
//
//     node tests/browser/run.mjs PROGRAM TOOLS
//
// PROGRAM is swarm-plan, TOOLS a folder in which the packages of package.json are installed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [program, tools] = process.argv.slice(2).map((it) => resolve(it));
const load = createRequire(join(tools, "package.json"));
const { chromium } = load("playwright-core");
const stories = join(dirname(fileURLToPath(import.meta.url)), "../../fixtures/plan");
const work = mkdtempSync(join(tmpdir(), "swarm-plan-pages-"));

/** A plan of a folder with `stack.yml`, `nodes.yml` and perhaps `args`. */
function plan(folder, format) {
  let args = "";
  try { args = readFileSync(join(folder, "args"), "utf8"); } catch { /* Most have none. */ }
  const name = folder.endsWith("running") ? "running" : "shop";
  const options = ["plan", "-c", "stack.yml", "-n", "nodes.yml", "-s", name, "--format", format, ...args.split(/\s+/).filter(Boolean)];
  const done = spawnSync(program, options, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok(done.status === 0 || done.status === 1, `${folder}: ${done.stderr}`);
  return done.stdout;
}

const switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: switches });

/** Opens a page, and holds it to asking for nothing and complaining of nothing. */
async function open(name, text, options = {}, hash = "") {
  const file = join(work, `${name}.html`);
  writeFileSync(file, text);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light", ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (it) => wrong.push(`error: ${it.message}`));
  page.on("console", (it) => wrong.push(`console: ${it.text()}`));
  page.on("dialog", (it) => { wrong.push(`dialog: ${it.message()}`); it.dismiss(); });
  page.on("request", (it) => { if (!it.url().startsWith(`file://${file}`) && it.url() !== "data:,") wrong.push(`request: ${it.url()}`); });
  await page.goto(`file://${file}${hash}`);
  const done = async () => {
    assert.deepEqual(wrong, [], name);
    await context.close();
  };
  return { page, done };
}

const tests = {
  async "every page shows its plan, wide and narrow, light, dark and printed"() {
    for (const story of readdirSync(stories)) {
      const folder = join(stories, story);
      const [text, facts] = [plan(folder, "html"), JSON.parse(plan(folder, "json"))];
      const { page, done } = await open(story, text);
      assert.equal(await page.locator("h1").innerText(), `${facts.stack} ${facts.summary.text}`);
      assert.equal(await page.locator(".node").count(), facts.nodes.length, story);
      assert.equal(await page.locator("[data-update]").count(), facts.update.length, story);
      assert.equal(await page.locator("[data-pending]").count(), facts.pending.length, story);
      const chips = await page.locator(".nodes .task").allInnerTexts();
      const shown = chips.map((it) => Number((it.match(/×(\d+)$/) || [0, 1])[1])).reduce((sum, it) => sum + it, 0);
      // A job's tasks that only wait their turn are no failure, yet have no node.
      const waiting = facts.pending.reduce((sum, it) => sum + it.tasks, 0);
      assert.equal(shown, facts.summary.tasks - waiting, story);
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await paper();
      await page.emulateMedia({ colorScheme: "dark" });
      assert.notEqual(await paper(), light);
      await page.emulateMedia({ media: "print" });
      assert.equal(await paper(), "rgb(255, 255, 255)");
      assert.equal(await page.locator("input[type=range]:visible").count(), 0);
      await page.emulateMedia({ media: "screen", colorScheme: "light" });
      await page.setViewportSize({ width: 360, height: 800 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, `${story} is wider than a telephone`);
      await done();
    }
  },

  async "a node that is clicked is taken away, and comes back"() {
    const { page, done } = await open("click", plan(join(stories, "node-lost"), "html"));
    const node = (name) => page.locator(`[data-node="${name}"]`);
    const chips = (name) => node(name).locator(".task").allInnerTexts();
    assert.deepEqual(await chips("w2"), ["api ×2", "db"]);
    await node("w1").click();
    assert.equal(await node("w1").getAttribute("aria-pressed"), "true");
    assert.deepEqual(await chips("w2"), ["api ×2", "db", "+ api"]);
    assert.deepEqual(await page.locator("#nowhere .task").allInnerTexts(), ["api", "batch"]);
    const told = await page.locator("[data-lost]").innerText();
    assert.match(told, /✗ Without w1/);
    assert.match(told, /shop_api\.3\s+✗ stays pending: no suitable node \(/);
    assert.match(told, /shop_batch\.1\s+✗ is not replaced: restart_policy says none/);
    assert.match(await node("w2").innerText(), /CPUs\s+4 of 4/);
    assert.equal(await page.evaluate(() => location.hash), "#without=w1");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("[data-lost]").count(), 0);
    assert.deepEqual(await chips("w2"), ["api ×2", "db"]);
    await page.locator('[data-zone="b"]').click();
    assert.deepEqual(await page.locator('[data-node][aria-pressed="true"]').evaluateAll((them) => them.map((it) => it.dataset.node)), ["m2", "w2"]);
    await done();
  },

  async "the keyboard is enough"() {
    const { page, done } = await open("keyboard", plan(join(stories, "node-lost"), "html"));
    for (let presses = 0; presses < 30 && !(await page.evaluate(() => document.activeElement.matches(".node"))); presses++) await page.keyboard.press("Tab");
    const focused = () => page.evaluate(() => document.activeElement.dataset.node);
    assert.equal(await focused(), "m1");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(), "w1");
    await page.keyboard.press("Enter");
    assert.match(await page.locator("[data-lost]").innerText(), /Without w1/);
    assert.equal(await focused(), "w1");
    await page.locator("input[type=range]").first().focus();
    const said = () => page.locator("output").first().innerText();
    const before = await said();
    await page.keyboard.press("End");
    assert.notEqual(await said(), before);
    await done();
  },

  async "an update is moved through"() {
    const folder = join(stories, "fits");
    const update = JSON.parse(plan(folder, "json")).update.find((it) => it.service === "shop_api");
    const { page, done } = await open("scrub", plan(folder, "html"));
    const card = page.locator('[data-update="shop_api"]');
    const said = () => card.locator("output").innerText();
    assert.match(await said(), /^after 0 s: 4 of 4 running/);
    // By the slider: halfway between two events the number is the one of the earlier.
    const steps = update.steps.filter((it, at, all) => at + 1 < all.length && all[at + 1].at_ms - it.at_ms > 2000);
    assert.ok(steps.length >= 4);
    for (const step of steps) {
      await card.locator("input").evaluate((it, at) => { it.step = 1; it.value = at; it.dispatchEvent(new Event("input")); }, step.at_ms + 500);
      assert.match(await said(), new RegExp(`: ${step.running} of 4 running · ${step.task.replace(".", "\\.")}`));
    }
    // From event to event, and by dragging the drawing.
    await card.locator("input").evaluate((it) => { it.value = 0; it.dispatchEvent(new Event("input")); });
    await card.getByText("event ▸").click();
    assert.match(await said(), /3 of 4 running · shop_api\.1: the old task is gone/);
    await card.getByText("◂ event").click();
    assert.match(await said(), /^after 0 s: 4 of 4 running/);
    const curve = await card.locator(".curve").boundingBox();
    await page.mouse.move(curve.x + 5, curve.y + 20);
    await page.mouse.down();
    await page.mouse.move(curve.x + curve.width + 5, curve.y + 20);
    await page.mouse.up();
    assert.match(await said(), /^after 1 min \d+ s: 4 of 4 running/);
    await card.getByText("play").click();
    await page.waitForFunction(() => /^after [1-9]\d* s/.test(document.querySelector('[data-update="shop_api"] output').innerText));
    await done();
    const there = await open("address", plan(folder, "html"), {}, "#without=w2&update=shop_db&at=5000");
    assert.match(await there.page.locator('[data-update="shop_db"] output').innerText(), /^after 5 s: 0 of 1 running/);
    assert.match(await there.page.locator("[data-lost]").innerText(), /Without w2/);
    await there.done();
  },

  async "a pending task gets every filter on every node"() {
    const { page, done } = await open("pending", plan(join(stories, "pending-by-constraint"), "html"));
    const rows = await page.locator("[data-pending=shop_db] tr").evaluateAll((them) => them.map((row) => [...row.cells].map((it) => it.innerText.trim() + (it.className === "first" ? " (Swarm's)" : ""))));
    assert.deepEqual(rows[0], ["nodes", "ready", "resources", "constraints"]);
    assert.deepEqual(rows.find((it) => it[0] === "w2"), ["w2", "✓", "✗ needs 4 GiB, 2 GiB free (Swarm's)", "✗ does not meet node.labels.storage==ssd"]);
    assert.match(await page.locator("[data-pending=shop_db]").innerText(), /docker node update --label-add storage=ssd w1/);
    await done();
  },

  async "names are names, whatever they hold"() {
    const names = ["</script><b>bold</b>", `it's "quoted" <!--`, "<img src=x onerror=alert(1)>", "{{text}} ${x}"];
    const nodes = names.map((it, at) => `  ${JSON.stringify(it)}: {zone: ${JSON.stringify(`"><i>${at}</i>`)}, role: ${at ? "worker" : "manager"}}`);
    writeFileSync(join(work, "nodes.yml"), `nodes:\n${nodes.join("\n")}\n`);
    writeFileSync(join(work, "stack.yml"), "services: {web: {image: nginx, deploy: {replicas: 4}}, db: {image: x, deploy: {placement: {constraints: [node.hostname == nowhere]}}}}\n");
    const { page, done } = await open("hostile", plan(work, "html"));
    assert.deepEqual(await page.locator(".node header b").allInnerTexts(), names);
    assert.deepEqual(await page.locator(".zone > header b").allInnerTexts(), names.map((_, at) => `zone "><i>${at}</i>`));
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("script").count(), 2);
    await page.locator(".node").nth(2).click();
    assert.match(await page.locator("[data-lost]").innerText(), /Without <img src=x onerror=alert\(1\)>/);
    await done();
    await drawn(plan(work, "markdown"), "hostile");
  },

  async "Mermaid draws every picture for pull requests"() {
    let count = 0;
    for (const story of readdirSync(stories)) count += await drawn(plan(join(stories, story), "markdown"), story);
    assert.ok(count > 15, `${count} pictures`);
  },
};

let canvas = null;
/** Draws the pictures of a Markdown text; how many there are. */
async function drawn(markdown, story) {
  if (!canvas) {
    // A zone that is half an hour off: times are of the update, not of the day.
    canvas = await browser.newPage({ timezoneId: "Asia/Kolkata" });
    await canvas.addScriptTag({ path: join(dirname(load.resolve("mermaid/package.json")), "dist/mermaid.min.js") });
    await canvas.evaluate(() => window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" }));
  }
  const pictures = [...markdown.matchAll(/```mermaid\n([^]*?)```/g)].map((it) => it[1]);
  for (const picture of pictures) {
    const svg = await canvas.evaluate(async (text) => {
      try { return (await window.mermaid.render("picture", text)).svg; } catch (error) { return `failed: ${error.message}`; }
    }, picture);
    assert.ok(svg.startsWith("<svg"), `${story}: ${svg}\n${picture}`);
    assert.ok(!svg.includes("Syntax error"), `${story}: ${picture}`);
    if (picture.startsWith("gantt")) assert.match(svg, />00:00</, story);
    const nodes = [...picture.matchAll(/^\s+(N\d+)\[/gm)].map((it) => it[1]);
    for (const node of nodes) assert.ok(svg.includes(`flowchart-${node}-`), `${story}: ${node} is not drawn\n${picture}`);
  }
  return pictures.length;
}

const began = Date.now();
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
await browser.close();
rmSync(work, { recursive: true, force: true });
console.log(`${Object.keys(tests).length} tests, ${failed} failed, ${((Date.now() - began) / 1000).toFixed(1)} s`);
process.exit(failed ? 1 : 0);
