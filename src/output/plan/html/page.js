"use strict";
(() => {
  const plan = JSON.parse(document.getElementById("data").textContent);
  const main = document.getElementById("plan");

  /** An element with attributes and children; texts are never read as HTML. */
  function make(name, attributes, ...children) {
    const it = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) it.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined) it.setAttribute(key, value);
    }
    it.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return it;
  }
  const short = (name) => (plan.services.find((it) => it.name === name) || {}).key || name;
  const plural = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;
  const table = (heads, rows) => make("div", { class: "scroll" }, make("table", null,
    make("thead", null, make("tr", null, heads.map((it) => make("th", { scope: "col" }, it)))),
    make("tbody", null, rows.map((row) => make("tr", null, row.map((it) => make("td", null, it)))))));
  function section(title, ...children) {
    main.append(make("section", null, make("h2", null, title), ...children));
  }
  function memory(bytes) {
    for (const [unit, size] of [["TiB", 2 ** 40], ["GiB", 2 ** 30], ["MiB", 2 ** 20], ["KiB", 2 ** 10]]) {
      if (Math.abs(bytes) >= size) return `${Math.round((bytes / size) * 10) / 10} ${unit}`;
    }
    return `${bytes} B`;
  }
  const cpus = (nano) => String(Math.round(nano / 1e6) / 1e3);
  function time(ms) {
    const seconds = Math.round(ms / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }

  // The verdict.
  const { succeeds, pending, tasks } = plan.summary;
  main.append(make("h1", { class: succeeds ? "good" : "bad" }, `${succeeds ? "✓" : "✗"} ${plan.stack}`));
  main.append(make("p", null,
    `${plural(plan.nodes.length, "node")}, ${plural(tasks, "task")}: `,
    pending === 0 ? "every one has its place" : make("b", { class: "bad" }, `${pending} pending`)));
  for (const it of plan.breaches) main.append(make("p", { class: "bad" }, `✗ ${it}`));
  if (!plan.quorum.kept) main.append(make("p", { class: "bad" }, "✗ the managers have no quorum"));
  if (plan.order) {
    main.append(make("p", { class: "doubt" },
      `! Docker deploys in random order: ${plan.order.worse.join(" → ")} leaves ${plan.order.worse_pending} pending, `
      + `${plan.order.better.join(" → ")} leaves ${plan.order.better_pending}`));
  }

  // The nodes, and what happens without one.
  const stage = make("div", { class: "zones" });
  const told = make("div", { "aria-live": "polite" });
  let lost = null;
  const asked = plan.what_if ? [plan.what_if] : [];
  const failures = plan.failures.concat(asked);
  const failureOf = (kind, name) => failures.find((it) => it.kind === kind && it.lost === name);
  const choose = (failure) => { lost = lost === failure ? null : failure; draw(); };

  function meter(label, amount, words) {
    const { total, reserved } = amount;
    const share = total > 0 ? Math.max(0, Math.min(100, (reserved / total) * 100)) : 0;
    const of = total === null ? "" : ` of ${words(total)}`;
    return [make("span", { class: "soft" }, `${label} ${words(reserved)}${of}`),
      make("span", { class: "meter" }, make("i", { class: share >= 100 ? "full" : null, style: `width:${share}%` }))];
  }
  function chips(node) {
    const chips = new Map();
    const add = (service, kind) => {
      const key = `${service}\n${kind}`;
      chips.set(key, (chips.get(key) || 0) + 1);
    };
    const gone = lost ? lost.nodes.includes(node.name) : false;
    for (const it of plan.placement) {
      if (it.node === node.name && it.message === null) add(it.service, gone ? "lost" : "here");
    }
    for (const it of lost ? lost.moves : []) if (it.to === node.name) add(it.service, "came");
    return [...chips].map(([key, count]) => {
      const [service, kind] = key.split("\n");
      return make("span", { class: `task ${kind}` }, short(service) + (count > 1 ? ` ×${count}` : ""));
    });
  }
  function drawNode(node) {
    const failure = failureOf("node", node.name);
    const state = [node.state !== "ready" ? node.state : null, node.availability !== "active" ? node.availability : null];
    return make("button", {
      class: "node", type: "button", "data-node": node.name,
      "aria-pressed": String(Boolean(lost && lost.nodes.includes(node.name))),
      title: failure ? "Show the cluster without this node" : null,
      onclick: () => { if (failure) choose(failure); },
    }, make("b", null, node.name), " ", make("span", { class: "soft" }, [node.role, ...state].filter(Boolean).join(", ")),
    make("br"), meter("CPUs", node.nano_cpus, cpus), meter("memory", node.memory_bytes, memory),
    Object.entries(node.generic).map(([kind, it]) => meter(kind, it, String)), chips(node));
  }
  function describe(failure) {
    const outcomes = {
      moved: (it) => `${it.from} → ${it.to}`,
      pending: (it) => `stays pending: ${it.message}`,
      "no-quorum": () => "is not replaced: without a quorum nothing is",
      "not-restarted": () => "is not replaced: restart_policy says none",
      gone: () => "ends with the node",
    };
    const rows = failure.moves.map((it) => {
      const bad = it.outcome !== "moved" && it.outcome !== "gone" || it.left_behind.length > 0;
      const left = it.left_behind.length ? `; its data stays on ${it.from}: ${it.left_behind.join(", ")}` : "";
      return [it.slot === null ? it.service : `${it.service}.${it.slot}`,
        make("span", { class: bad ? "bad" : null }, outcomes[it.outcome](it) + left)];
    });
    return make("div", null,
      make("h2", { class: failure.survived ? "good" : "bad" }, `${failure.survived ? "✓" : "✗"} Without ${failure.lost}`),
      make("p", null, failure.quorum
        ? `${failure.managers} of ${plural(plan.quorum.managers.length, "manager")} left.`
        : `No quorum: ${failure.managers} of ${plan.quorum.managers.length} managers left, ${plan.quorum.needed} needed.`,
      " ", make("button", { class: "small", type: "button", onclick: () => choose(failure) }, "back")),
      rows.length ? table(["task", "what becomes of it"], rows) : make("p", null, "Nothing runs there."),
      make("p", { class: "soft" }, "Nothing moves back when a node returns."));
  }
  function draw() {
    const focused = document.activeElement && document.activeElement.getAttribute("data-node");
    const zones = new Map();
    for (const node of plan.nodes) {
      const zone = node.zone || "";
      if (!zones.has(zone)) zones.set(zone, []);
      zones.get(zone).push(node);
    }
    stage.replaceChildren(...[...zones].map(([zone, nodes]) => {
      const failure = failureOf("zone", `zone ${zone}`);
      const head = zone === "" ? null : make("header", null, make("b", null, `zone ${zone}`),
        failure ? make("button", { class: "small", type: "button", onclick: () => choose(failure) }, "without it") : null);
      return make("div", { class: zone === "" ? "" : "zone" }, head, make("div", { class: "nodes" }, nodes.map(drawNode)));
    }));
    const others = failures.filter((it) => it.kind === "managers" || it.kind === "asked").map((it) =>
      make("button", { class: "small", type: "button", onclick: () => choose(it) }, `without ${it.lost}`));
    told.replaceChildren(...(lost ? [describe(lost)] : [make("p", { class: "soft" }, "Choose a node to see the cluster without it. ", ...others)]));
    if (focused) {
      const again = [...stage.querySelectorAll("[data-node]")].find((it) => it.getAttribute("data-node") === focused);
      if (again) again.focus();
    }
  }
  draw();
  section("Nodes", stage, told);

  // Tasks that stay pending.
  if (plan.pending.length) {
    section("Pending", ...plan.pending.map((it) => make("div", null,
      make("p", null, make("b", { class: "bad" }, plural(it.tasks, "task") + ` of ${it.service}`)),
      it.messages.map((message) => make("p", { class: "swarm" }, message.text)),
      table(["nodes", "filter", "why"], it.reasons.flatMap((reason) => reason.refusals.map((refusal, at) =>
        [at === 0 ? reason.nodes.join(", ") : "", refusal.filter, refusal.lacks.join("; ")]))),
      it.remedies.length ? make("p", null, "What would help:") : null,
      make("ul", null, it.remedies.map((remedy) => make("li", null, remedy.text))))));
  }

  section("Services", table(["service", "tasks", "mode", ""], plan.services.map((it) => [it.name,
    make("span", { class: it.pending ? "bad" : "good" }, `${it.placed}/${it.wanted}`), it.mode,
    it.varies ? "may be spread otherwise: Swarm draws lots" : ""])));

  // The updates, to be moved through.
  function lanes(update) {
    const lanes = new Map();
    for (const step of update.steps) {
      if (!lanes.has(step.task)) lanes.set(step.task, { old: null, runs: [] });
      const lane = lanes.get(step.task);
      if (step.what === "stopped" && lane.old === null) lane.old = step.at_ms;
      if (step.what === "runs") lane.runs.push(step.at_ms);
    }
    return lanes;
  }
  function course(update) {
    const end = update.duration_ms || Math.max(1, ...update.steps.map((it) => it.at_ms));
    const percent = (at) => `${Math.min(100, (at / end) * 100)}%`;
    const said = make("p", { "aria-live": "polite" });
    const cursors = [];
    const grid = make("div", { class: "course" });
    for (const [task, lane] of lanes(update)) {
      const cursor = make("u");
      cursors.push(cursor);
      const bars = [make("i", { style: `left:0;width:${percent(lane.old === null ? end : lane.old)}` })];
      if (lane.runs.length) bars.push(make("i", { class: "new", style: `left:${percent(lane.runs[0])};right:0` }));
      grid.append(make("span", null, task), make("div", { class: "lane" }, bars, cursor));
    }
    const slider = make("input", { type: "range", min: 0, max: end, value: 0, step: Math.max(1, Math.round(end / 500)), "aria-label": `time of the update of ${update.service}`, oninput: show });
    function show() {
      const at = Number(slider.value);
      const past = update.steps.filter((it) => it.at_ms <= at);
      const running = past.length ? past[past.length - 1].running : update.running;
      for (const it of cursors) it.style.left = percent(at);
      said.textContent = `after ${time(at)}: ${running} of ${update.running} running`;
    }
    show();
    return [slider, said, grid];
  }
  if (plan.update.length) {
    const { pull_ms, start_ms, stop_ms } = plan.assumptions;
    section("When a service's tasks are replaced", ...plan.update.map((it) => make("details", null,
      make("summary", null, make("b", null, it.service), ` ${it.order}, ${it.at_once} at a time: at least `,
        make("b", { class: it.min_running < it.running ? "doubt" : "good" }, `${it.min_running} of ${it.running}`),
        it.duration_ms === null ? make("b", { class: "bad" }, " running, never ends") : ` running, about ${time(it.duration_ms)}`),
      it.dead_ends.map((end) => make("p", { class: "bad" }, end.text)), course(it))),
    make("p", { class: "soft" }, `Assumed: ${time(pull_ms)} to pull an image, ${time(start_ms)} to start, ${time(stop_ms)} to stop. Slots come in random order.`));
  }

  if (plan.addresses.length) {
    section("Addresses", table(["network", "used", "in an update", "there are"], plan.addresses.map((it) => [it.network,
      make("span", { class: it.size !== null && it.used > it.size ? "bad" : null }, String(it.used)), String(it.used_in_update),
      it.size === null ? "?" : String(it.size)])));
  }
  if (plan.capacity.length) {
    section("Room to grow", table(["service", "more replicas", "what runs out"], plan.capacity.map((it) => [it.service,
      it.more === null ? "no limit" : String(it.more), it.limits.map((limit) => limit.what).join("; ")])));
  }
  section("Quorum", make("p", null, `${plural(plan.quorum.managers.length, "manager")}, ${plan.quorum.needed} needed, ${plan.quorum.spare} may be lost.`));
})();
