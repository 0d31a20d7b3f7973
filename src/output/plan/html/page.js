"use strict";
(() => {
  const plan = JSON.parse(document.getElementById("data").textContent);
  const main = document.getElementById("plan");
  const SIGNS = { good: "✓", doubtful: "!", bad: "✗" };
  const FILTERS = ["ready", "resources", "plugins", "constraints", "platform", "host-ports", "max-replicas", "volumes"];
  const HUES = [212, 28, 152, 322, 265, 186, 46, 2, 95, 295];

  /** An element with attributes and children; texts are never read as HTML. */
  function make(name, attributes, ...children) {
    const drawn = ["svg", "path", "line"].includes(name);
    const it = drawn ? document.createElementNS(document.querySelector("svg").namespaceURI, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) it.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) it.setAttribute(key, value);
    }
    it.append(...children.flat(3).filter((child) => child !== null && child !== undefined));
    return it;
  }
  const services = new Map(plan.services.map((it, at) => [it.name, { ...it, hue: HUES[at % HUES.length] }]));
  const service = (name) => services.get(name) || { name, key: null, hue: 0, reservations: { nano_cpus: 0, memory_bytes: 0 } };
  const short = (name) => service(name).key || name;
  const plural = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;
  const few = (names, most = 8) => names.slice(0, most).join(", ") + (names.length > most ? ` and ${names.length - most} more` : "");
  const dot = (name) => make("span", { class: "dot", style: `--h:${service(name).hue}`, "aria-hidden": "true" });
  const named = (name) => [dot(name), " ", name];
  const sign = (good) => make("b", { class: good ? "good" : "bad" }, good ? "✓" : "✗");
  const table = (heads, rows) => make("div", { class: "scroll" }, make("table", null,
    make("thead", null, make("tr", null, heads.map((it) => make("th", { scope: "col" }, it)))),
    make("tbody", null, rows.map((row) => make("tr", null, row.map((it, at) =>
      it instanceof HTMLTableCellElement ? it : make(at === 0 ? "th" : "td", at === 0 ? { scope: "row" } : null, it)))))));
  const helps = (texts) => (texts.length ? [make("h3", null, "What would help"), make("ul", { class: "helps" }, texts.map((it) => make("li", null, it)))] : null);
  function section(id, title, ...children) {
    main.append(make("section", { id }, make("h2", null, title), ...children));
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
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min${seconds % 60 ? ` ${seconds % 60} s` : ""}`;
    return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  }

  // The verdict.
  const { summary } = plan;
  const cause = (it) => make("li", null, make("b", { class: it.verdict }, SIGNS[it.verdict]), it.text);
  main.append(make("header", { class: `card verdict ${summary.verdict}` },
    make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[summary.verdict]),
    make("div", null, make("h1", null, `${plan.stack} `, make("span", { class: "said" }, summary.text)),
      summary.causes.length || plan.breaches.length ? make("ul", { class: "causes" }, summary.causes.map(cause),
        plan.breaches.map((text) => cause({ verdict: "bad", text }))) : null)));
  const singles = plan.failures.filter((it) => it.kind === "node");
  const hurt = singles.filter((it) => !it.survived);
  const tile = (value, label, bad) => make("div", { class: "card tile" }, make("b", { class: bad ? "bad" : null }, value), make("span", { class: "soft" }, label));
  main.append(make("div", { class: "tiles" },
    tile(`${summary.tasks - summary.pending} of ${summary.tasks}`, "tasks have a node", summary.pending > 0),
    singles.length ? tile(`${singles.length - hurt.length} of ${singles.length}`, "nodes can be lost, each alone", hurt.length > 0) : null,
    plan.quorum.managers.length ? tile(plan.quorum.kept ? String(plan.quorum.spare) : "none", `of ${plural(plan.quorum.managers.length, "manager")} may be lost`, plan.quorum.spare === 0) : null,
    plan.update.length ? tile(String(plan.update.filter((it) => it.duration_ms === null).length), `of ${plural(plan.update.length, "update")} would never end`, plan.update.some((it) => it.duration_ms === null)) : null));

  // Tasks that stay pending: every filter on every node.
  if (plan.pending.length) {
    section("pending", "Pending", plan.pending.map((it) => {
      const shown = FILTERS.filter((filter) => it.reasons.some((reason) => reason.refusals.some((refusal) => refusal.filter === filter)));
      const passed = FILTERS.filter((filter) => !shown.includes(filter));
      const row = (reason) => [few(reason.nodes), ...shown.map((filter) => {
        const refusal = reason.refusals.find((refusal) => refusal.filter === filter);
        if (!refusal) return make("td", { class: "good" }, "✓");
        return make("td", { class: refusal === reason.refusals[0] ? "first" : null }, make("b", { class: "bad" }, "✗"), " ", refusal.lacks.join("; "));
      })];
      return make("div", { class: "card", "data-pending": it.service },
        make("h3", null, named(it.service), " ", make("span", { class: "bad" }, `${plural(it.tasks, "task")} without a node`)),
        make("p", { class: "soft" }, "Swarm will say:"),
        it.messages.map((message) => make("p", { class: "swarm mono" }, message.text)),
        table(["nodes", ...shown], it.reasons.map(row)),
        make("p", { class: "legend" }, "Swarm asks the filters from left to right and counts a node for the first that refuses it, which is marked. ",
          passed.length ? `Every node passes: ${passed.join(", ")}.` : ""),
        helps(it.remedies.map((remedy) => remedy.text)));
    }));
  }
  if (plan.order) {
    const order = (names, count) => make("li", null, names.map(short).join(" → "), ` leaves ${count ? plural(count, "task") : "nothing"} pending`);
    section("order", "Order", make("div", { class: "card" }, make("p", null, `${plan.order.text}:`),
      make("ul", { class: "helps" }, order(plan.order.worse, plan.order.worse_pending), order(plan.order.better, plan.order.better_pending)),
      helps(plan.order.remedies)));
  }

  // The nodes, and what happens without some of them.
  const MOST = 300;
  const stage = make("div", { class: "zones" });
  const tools = make("div", { class: "bar" });
  const nowhere = make("div", null);
  const told = make("div", { "aria-live": "polite" });
  const failures = plan.failures.concat(plan.what_if ? [plan.what_if] : []);
  const keyed = new Map(failures.map((it) => [`${it.kind}\n${it.lost}`, it]));
  const failureOf = (kind, name) => keyed.get(`${kind}\n${name}`);
  const here = new Map(plan.nodes.map((it) => [it.name, new Map()]));
  for (const it of plan.placement) {
    const counts = it.message === null && here.get(it.node);
    if (counts) counts.set(it.service, (counts.get(it.service) || 0) + 1);
  }
  let lost = null;
  let wanted = "";
  function choose(failure) {
    lost = lost === failure ? null : failure || null;
    draw();
    remember(lost ? `without=${encodeURIComponent(lost.lost)}` : "");
  }
  function remember(text) {
    try { history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search); } catch { /* A page may have no address. */ }
  }

  function meter(label, amount, more, words) {
    const { total } = amount;
    const part = (value) => (total > 0 ? Math.max(0, Math.min(100, (value / total) * 100)) : 0);
    const [before, after] = [part(amount.reserved), part(amount.reserved + more)];
    return [make("span", { class: "amount" }, make("span", null, label),
      make("span", null, words(amount.reserved + more), total === null ? "" : ` of ${words(total)}`)),
    make("span", { class: "meter" }, make("i", { class: before >= 100 ? "full" : null, style: `width:${before}%` }),
      make("i", { class: "more", style: `width:${after - before}%` }))];
  }
  const chip = (name, count, kind, text = "") => make("span", { class: `task ${kind}`, style: `--h:${service(name).hue}`, "data-task": name },
    dot(name), `${text}${short(name)}${count > 1 ? ` ×${count}` : ""}`);
  const counted = (items) => {
    const counts = new Map();
    for (const it of items) counts.set(it.service, (counts.get(it.service) || 0) + 1);
    return [...counts];
  };
  function drawNode(node, came) {
    const failure = failureOf("node", node.name);
    const gone = Boolean(lost && lost.nodes.includes(node.name));
    const got = came.get(node.name) || [];
    const off = node.state !== "ready" || node.availability === "drain";
    const state = [node.state !== "ready" ? node.state : null, { drain: "drained", pause: "paused" }[node.availability] || null, gone ? "lost" : null];
    const more = (field) => got.reduce((sum, it) => sum + service(it.service).reservations[field], 0);
    const button = make("button", {
      class: `node ${node.role}${off ? " off" : ""}${got.length ? " got" : ""}`, type: "button", "data-node": node.name, "aria-pressed": String(gone),
      title: failure ? (gone ? "Bring the node back" : `Show the cluster without ${node.name}`) : "The loss of this node was not looked at",
      onclick: () => { if (lost && gone) choose(lost); else if (failure) choose(failure); },
    }, make("header", null, make("b", null, node.name), make("span", { class: "soft" }, node.role),
      state.filter(Boolean).map((it) => make("span", { class: "badge bad" }, it))),
    meter("CPUs", node.nano_cpus, more("nano_cpus"), cpus), meter("memory", node.memory_bytes, more("memory_bytes"), memory),
    Object.entries(node.generic).map(([kind, it]) => meter(kind, it, 0, String)));
    const chips = [...here.get(node.name)].map(([name, count]) => chip(name, count, gone ? "lost" : "here"));
    button.append(make("span", { class: "chips" }, chips, counted(got).map(([name, count]) => chip(name, count, "came", "+ "))));
    return button;
  }
  function describe(failure) {
    const outcomes = {
      moved: (it) => `${it.from} → ${it.to}`,
      pending: (it) => `stays pending: ${it.message}`,
      "no-quorum": () => "is not replaced: without a quorum nothing is",
      "not-restarted": () => "is not replaced: restart_policy says none",
      gone: () => "ends with the node",
    };
    const rows = failure.moves.slice(0, 200).map((it) => {
      const good = (it.outcome === "moved" || it.outcome === "gone") && it.left_behind.length === 0;
      const left = it.left_behind.length ? `; its data stays on ${it.from}: ${it.left_behind.join(", ")}` : "";
      return [[dot(it.service), " ", it.slot === null ? it.service : `${it.service}.${it.slot}`], [sign(good), " ", outcomes[it.outcome](it) + left]];
    });
    const left = failure.moves.length - rows.length;
    const hits = failure.services.map((it) => [named(it.service), String(it.before), make("span", { class: it.at_once < it.before ? "doubtful" : null }, String(it.at_once)),
      make("span", { class: it.after < it.before ? "bad" : "good" }, String(it.after))]);
    return make("div", { class: `card told ${failure.survived ? "good" : "bad"}`, "data-lost": failure.lost },
      make("header", null, make("h3", { class: failure.survived ? "good" : "bad" }, `${failure.survived ? "✓" : "✗"} Without ${failure.lost}`),
        make("button", { class: "small", type: "button", onclick: () => choose(failure) }, "bring it back (Esc)")),
      make("p", null, failure.text),
      hits.length ? table(["service", "running before", "at once", "in the end"], hits) : null,
      rows.length ? table(["task", "what becomes of it"], rows) : null,
      left > 0 ? make("p", { class: "soft" }, `and ${left} more`) : null,
      make("p", { class: "legend" }, "A lost node is noticed after about 15 s. Nothing moves back when it returns."));
  }
  function draw() {
    const focused = document.activeElement && document.activeElement.getAttribute("data-node");
    const came = new Map();
    for (const it of lost ? lost.moves : []) {
      if (it.to === null) continue;
      if (!came.has(it.to)) came.set(it.to, []);
      came.get(it.to).push(it);
    }
    let shown = plan.nodes.filter((it) => wanted === "" || it.name.includes(wanted) || (it.zone || "").includes(wanted));
    if (shown.length > MOST && lost) shown = shown.filter((it) => lost.nodes.includes(it.name) || came.has(it.name));
    const hidden = plan.nodes.length - Math.min(MOST, shown.length);
    shown = shown.slice(0, MOST);
    const zones = new Map();
    for (const node of shown) {
      const zone = node.zone || "";
      if (!zones.has(zone)) zones.set(zone, []);
      zones.get(zone).push(node);
    }
    stage.replaceChildren(...[...zones].map(([zone, nodes]) => {
      const failure = failureOf("zone", `zone ${zone}`);
      const gone = Boolean(failure && lost === failure);
      const head = zone === "" ? null : make("header", null, make("b", { class: "name" }, `zone ${zone}`),
        failure ? make("button", { class: "small", type: "button", "aria-pressed": String(gone), "data-zone": zone, onclick: () => choose(failure) }, gone ? "bring it back" : "without it") : null);
      return make("div", { class: zone === "" ? "bare" : `zone${gone ? " gone" : ""}`, style: zone === "" ? null : `flex-grow:${nodes.length}` }, head,
        make("div", { class: "nodes" }, nodes.map((it) => drawNode(it, came))));
    }));
    if (hidden > 0) stage.append(make("p", { class: "soft bare" }, `${plural(hidden, "node")} not shown`));
    const waiting = plan.placement.filter((it) => it.message !== null && it.node === null);
    const stranded = lost ? lost.moves.filter((it) => it.outcome !== "moved" && it.outcome !== "gone") : [];
    const all = counted(waiting.concat(stranded));
    nowhere.replaceChildren(...(all.length ? [make("div", { class: "card nowhere", id: "nowhere" }, make("b", { class: "bad" }, "Without a node"),
      make("div", { class: "chips" }, all.map(([name, count]) => chip(name, count, "waits"))))] : []));
    told.replaceChildren(...(lost ? [describe(lost)] : []));
    if (focused) {
      const again = [...stage.querySelectorAll("[data-node]")].find((it) => it.getAttribute("data-node") === focused);
      if (again) again.focus({ preventScroll: true });
    }
    for (const it of tools.querySelectorAll("[data-failure]")) it.setAttribute("aria-pressed", String(Boolean(lost && it.getAttribute("data-failure") === lost.lost)));
  }
  // Three managers have three pairs; of more, the table below tells.
  const pairs = failures.filter((it) => it.kind === "managers");
  const others = failures.filter((it) => it.kind === "asked" || it.kind === "host").concat(pairs.length <= 3 ? pairs : []);
  tools.append(make("span", { class: "soft" }, "Choose a node to see the cluster without it."),
    ...others.map((it) => make("button", { class: "small", type: "button", "aria-pressed": "false", "data-failure": it.lost, onclick: () => choose(it) },
      it.kind === "asked" ? `if ${it.lost}` : `without ${it.lost}`)));
  if (plan.nodes.length > 24) {
    tools.append(make("input", { type: "search", placeholder: "find a node or zone", "aria-label": "find a node or zone", oninput: (event) => { wanted = event.target.value; draw(); } }));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && lost) choose(lost);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = step && document.activeElement && document.activeElement.matches(".node") ? [...stage.querySelectorAll(".node")] : [];
    const next = at[at.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
  if (plan.nodes.length) section("nodes", "Nodes", tools, stage, nowhere, told);

  // What every loss leads to.
  const role = new Map(plan.nodes.map((it) => [it.name, it.role]));
  const telling = failures.filter((it) => {
    if (it.kind === "node") return it.moves.length > 0 || !it.quorum || role.get(it.nodes[0]) === "manager";
    return it.kind !== "managers" || !it.quorum || !it.survived;
  });
  if (telling.length) {
    const rows = new Map();
    for (const it of telling) {
      const key = `${it.survived}\n${it.text}`;
      if (!rows.has(key)) rows.set(key, []);
      rows.get(key).push(it);
    }
    const show = (it) => make("button", { class: "link", type: "button", onclick: () => { if (lost !== it) choose(it); stage.scrollIntoView({ block: "start" }); } }, it.lost);
    const names = (them) => [them.slice(0, 4).map((it, at) => [at ? ", " : null, show(it)]), them.length > 4 ? ` and ${them.length - 4} more` : null];
    const more = rows.size - 60 + plan.failures_left_out;
    const shown = [...rows.values()].slice(0, 60);
    const hit = plan.services.filter((it) => telling.some((loss) => loss.services.some((other) => other.service === it.name))).slice(0, 24);
    const cell = (loss, it) => {
      const found = loss.services.find((other) => other.service === it.name);
      const own = loss.moves.filter((step) => step.service === it.name);
      const good = own.every((step) => (step.outcome === "moved" || step.outcome === "gone") && step.left_behind.length === 0);
      return make("td", { class: found ? (good ? "good" : "bad") : "soft" }, found ? `${found.after}/${found.before}${good ? "" : " ✗"}` : `${it.placed}/${it.placed}`);
    };
    const first = (them) => make("th", { scope: "row", class: "many" }, ...names(them).flat(3).filter((it) => it !== null));
    const all = plan.quorum.managers.length;
    const matrix = hit.length ? [make("p", { class: "soft" }, "Tasks that run in the end, of those that ran before:"),
      table(["lost", ...hit.map((it) => it.key || it.name), "managers"], shown.map((them) => [first(them), ...hit.map((it) => cell(them[0], it)),
        make("td", { class: them[0].quorum ? "soft" : "bad" }, `${them[0].managers} of ${all}${them[0].quorum ? "" : " ✗"}`)]))] : null;
    section("losses", "If this is lost", make("div", { class: "card" }, matrix, table(["lost", "", "what follows"],
      [...rows.values()].slice(0, 60).map((them) => [make("th", { scope: "row", class: "many" }, ...names(them).flat(3).filter((it) => it !== null)), sign(them[0].survived), them[0].text])),
    more > 0 ? make("p", { class: "soft" }, `and ${more} more`) : null));
  }

  // The services.
  const where = (name) => plan.nodes.filter((it) => here.get(it.name).has(name)).map((it) => {
    const count = here.get(it.name).get(name);
    return count > 1 ? `${it.name} ×${count}` : it.name;
  });
  if (plan.services.length) {
    section("services", "Services", make("div", { class: "card" }, table(["service", "tasks", "where", "why", "each reserves", ""], plan.services.map((it) => {
      const { nano_cpus, memory_bytes } = it.reservations;
      const reserves = [nano_cpus ? `${cpus(nano_cpus)} CPU${nano_cpus === 1e9 ? "" : "s"}` : null, memory_bytes ? memory(memory_bytes) : null].filter(Boolean).join(", ");
      return [named(it.name), make("b", { class: it.pending ? "bad" : "good" }, `${it.placed}/${it.wanted}`), few(where(it.name), 12), make("span", { class: "soft" }, (it.why && it.why.text) || ""),
        reserves || make("span", { class: "soft" }, "nothing"),
        [it.mode !== "replicated" ? it.mode : null, it.key === null ? "runs already" : null, it.varies ? "may be spread otherwise: Swarm draws lots" : null].filter(Boolean).join("; ")];
    }))));
  }

  // The updates, to be moved through.
  const EVENTS = {
    stops: "the old task is told to stop", stopped: "the old task is gone", made: "the new task is made, its image is pulled",
    runs: "the new task runs", fails: "the new task fails",
  };
  /** What each place has at which time: `[kind, from, until]`. */
  function lanes(update, end) {
    const lanes = new Map();
    for (const step of update.steps) {
      if (!lanes.has(step.task)) lanes.set(step.task, { spans: [], old: ["old", 0], next: null });
      const lane = lanes.get(step.task);
      const close = (span) => { if (span && step.at_ms > span[1]) lane.spans.push([span[0], span[1], step.at_ms]); };
      const target = lane.old ? "old" : "next";
      if (step.what === "stops" && lane[target]) {
        close(lane[target]);
        lane[target] = [target === "old" ? "stopping" : "starting", step.at_ms];
      } else if (step.what === "stopped") {
        close(lane[target]);
        lane[target] = null;
      } else if (step.what === "made") {
        close(lane.next);
        lane.next = ["starting", step.at_ms];
      } else if (step.what === "runs") {
        close(lane.next);
        lane.next = ["new", step.at_ms];
      } else if (step.what === "fails") {
        close(lane.next);
        lane.next = null;
      }
    }
    for (const lane of lanes.values()) {
      if (lane.old) lane.spans.push([...lane.old, end]);
      if (lane.next) lane.spans.push([lane.next[0] === "starting" && update.duration_ms === null ? "waits" : lane.next[0], lane.next[1], end]);
    }
    return lanes;
  }
  function ticks(end) {
    const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400].map((it) => it * 1000).find((it) => end / it <= 7) || end;
    const at = [];
    // The end is told, too, and wants its room.
    for (let it = 0; it < end * 0.88; it += step) at.push(it);
    return at;
  }
  function course(update) {
    const last = update.steps.reduce((most, it) => Math.max(most, it.at_ms), 0);
    const end = Math.max(1, update.duration_ms === null ? Math.round(last * 1.15) + 5000 : Math.max(update.duration_ms, last));
    const percent = (at) => `${Math.max(0, Math.min(100, (at / end) * 100))}%`;
    const said = make("output", { "aria-live": "off" });
    const cursors = [];
    const area = (kind, ...children) => {
      const cursor = make("u");
      cursors.push(cursor);
      const it = make("div", { class: `area ${kind}` }, ...children, cursor);
      const move = (event) => {
        const box = it.getBoundingClientRect();
        slider.value = ((event.clientX - box.left) / box.width) * end;
        show();
      };
      it.addEventListener("pointerdown", (event) => { it.setPointerCapture(event.pointerId); move(event); });
      it.addEventListener("pointermove", (event) => { if (event.buttons) move(event); });
      return it;
    };
    const most = Math.max(update.running, 1, ...update.steps.map((it) => it.running));
    const height = (running) => 100 - (running / most) * 94;
    let path = `M0 ${height(update.running)}`;
    for (const step of update.steps) path += `H${(step.at_ms / end) * 1000}V${height(step.running)}`;
    path += "H1000";
    const slider = make("input", { type: "range", min: 0, max: end, value: 0, step: Math.max(1, Math.min(1000, Math.round(end / 200))), "aria-label": `time in the update of ${update.service}`, oninput: () => show() });
    const grid = make("div", { class: "course" }, make("span", null, `running (${update.running})`),
      area("curve", make("svg", { viewBox: "0 0 1000 100", preserveAspectRatio: "none", "aria-hidden": "true" },
        make("path", { class: "fill", d: `${path}V100H0Z` }), make("path", { class: "edge", d: path }),
        make("line", { class: "all", x1: 0, x2: 1000, y1: height(update.running), y2: height(update.running) }))));
    const all = [...lanes(update, end)].sort((one, other) => one[0].localeCompare(other[0], undefined, { numeric: true }));
    for (const [task, lane] of all.slice(0, 40)) {
      grid.append(make("span", null, task), area("lane", lane.spans.map(([kind, from, until]) =>
        make("i", { class: kind, style: `left:${percent(from)};width:${percent(until - from)}` }))));
    }
    grid.append(make("span"), slider, make("span"),
      make("div", { class: "axis", "aria-hidden": "true" }, ticks(end).concat([end]).map((at) => make("span", { style: `left:${percent(at)}` }, at === end && update.duration_ms === null ? "…" : time(at)))));
    function show() {
      const at = Number(slider.value);
      const past = update.steps.filter((it) => it.at_ms <= at);
      const now = past[past.length - 1];
      const running = now ? now.running : update.running;
      for (const it of cursors) it.style.left = percent(at);
      const words = now ? `${now.task}: ${EVENTS[now.what]}` : "nothing has changed yet";
      said.replaceChildren(make("b", null, `after ${time(at)}`), ": ", make("b", { class: running < update.running ? "doubtful" : "good" }, `${running} of ${update.running} running`), ` · ${words}`);
      slider.setAttribute("aria-valuetext", said.textContent);
    }
    const times = [...new Set([0, ...update.steps.map((it) => it.at_ms), end])].sort((one, other) => one - other);
    const jump = (to) => { if (to !== undefined) { slider.step = 1; slider.value = to; show(); } };
    let timer = null;
    const play = make("button", { class: "small", type: "button", onclick: () => {
      if (timer === null && Number(slider.value) >= end) slider.value = 0;
      if (timer === null) timer = setInterval(() => {
        slider.value = Number(slider.value) + end / 160;
        show();
        if (Number(slider.value) >= end) play.click();
      }, 50);
      else { clearInterval(timer); timer = null; }
      play.textContent = timer === null ? "play" : "pause";
    } }, "play");
    show();
    const key = (style, text) => make("span", null, make("i", { style }), text);
    const stripes = (colour) => `background:repeating-linear-gradient(90deg,var(${colour}) 0 3px,transparent 3px 6px)`;
    return { slider, jump, parts: [make("div", { class: "controls" }, play,
      make("button", { class: "small", type: "button", onclick: () => jump([...times].reverse().find((it) => it < Number(slider.value))) }, "◂ event"),
      make("button", { class: "small", type: "button", onclick: () => jump(times.find((it) => it > Number(slider.value))) }, "event ▸"), said), grid,
    all.length < update.running ? make("p", { class: "soft" }, `${plural(update.running - all.length, "task")} of ${update.running} would not be reached`) : null,
    all.length > 40 ? make("p", { class: "soft" }, `and ${plural(all.length - 40, "task")} more`) : null,
    make("p", { class: "legend" }, key("background:var(--old)", "old runs"), key(stripes("--old"), "old stops"), key(stripes("--new"), "new is prepared"),
      key("background:var(--new)", "new runs"), update.duration_ms === null ? key(stripes("--bad"), "waits for ever") : null)] };
  }
  const courses = new Map();
  if (plan.update.length) {
    const { pull_ms, start_ms, stop_ms, withdrawal_ms } = plan.assumptions;
    const open = (it, at) => at === 0 || (plan.update.length <= 4) || it.duration_ms === null;
    section("updates", "When a service's tasks are replaced", plan.update.slice(0, 100).map((it, at) => {
      const details = make("details", { class: "card", open: open(it, at) ? "" : null, "data-update": it.service },
        make("summary", null, make("b", null, named(it.service)), make("span", { class: "soft" }, ` · ${it.order}, ${it.at_once === 1 ? "one" : it.at_once} at a time · `), "at least ",
          make("b", { class: it.min_running === 0 ? "bad" : it.min_running < it.running ? "doubtful" : "good" }, `${it.min_running} of ${it.running}`), " running, ",
          it.duration_ms === null ? make("b", { class: "bad" }, "never ends") : `about ${time(it.duration_ms)}`),
        it.dead_ends.filter((end, at, all) => all.findIndex((other) => other.text === end.text) === at).map((end) =>
          make("p", { class: "ends" }, make("b", { class: end.kind === "overlap" ? "doubtful" : "bad" }, end.kind === "overlap" ? "!" : "✗"), ` ${end.text}`)),
        helps(it.remedies), it.less_is_no_help ? make("p", { class: "soft" }, "A smaller reservation in the same deploy is no help: until they are replaced, the old tasks hold theirs.") : null);
      const fill = () => {
        if (courses.has(it.service)) return;
        const made = course(it);
        courses.set(it.service, made);
        details.append(...made.parts.filter(Boolean), it.crash.text ? make("p", { class: "legend" }, `${it.crash.text}.`.replace(/^./, (c) => c.toUpperCase())) : "");
      };
      if (details.open) fill();
      details.addEventListener("toggle", fill);
      return details;
    }), make("p", { class: "legend" }, `Assumed: ${time(pull_ms)} to pull an image, ${time(start_ms)} to start, ${time(stop_ms)} to stop once Docker signals, which is ${time(withdrawal_ms)} after it takes a task out of its networks; --assume says otherwise. Slots come in random order.`));
    window.addEventListener("beforeprint", () => { for (const it of document.querySelectorAll("details")) it.open = true; });
  }

  // What limits the cluster.
  if (plan.addresses.length) {
    section("addresses", "Addresses", make("div", { class: "card" }, table(["network", "used", "in an update", "there are", ""], plan.addresses.map((it) => {
      const [over, short] = [it.size !== null && it.used > it.size, it.size !== null && it.used_in_update > it.size];
      return [it.network, make("span", { class: over ? "bad" : null }, String(it.used)), make("span", { class: short ? "doubtful" : null }, String(it.used_in_update)),
        it.size === null ? "?" : String(it.size), over ? "tasks stay New without a word: take a larger subnet" : short ? "an update waits for addresses: take a larger subnet" : ""];
    }))));
  }
  if (plan.capacity.length) {
    section("room", "Room to grow", make("div", { class: "card" }, table(["service", "more replicas", "what runs out"], plan.capacity.map((it) => [named(it.service),
      it.more === null ? "no limit" : String(it.more), it.limits.map((limit) => limit.what).join("; ")]))));
  }
  const { managers, reachable, needed, spare, kept, warnings } = plan.quorum;
  if (managers.length) {
    section("quorum", "Quorum", make("div", { class: "card" }, make("p", null,
      `${plural(managers.length, "manager")}${reachable < managers.length ? `, ${reachable} reachable` : ""}, ${needed} needed: `,
      make("b", { class: !kept ? "bad" : spare ? "good" : "doubtful" }, !kept ? "the swarm decides nothing, and takes no deploy" : spare ? `${spare} may be lost` : "none may be lost")),
    make("p", { class: "soft" }, managers.join(", ")),
    warnings.map((it) => make("p", { class: "doubtful" }, it))));
  }
  main.append(make("footer", null, `swarm-plan ${plan.version}${summary.left_out ? ` · ${summary.left_out}` : ""}`));

  // An address may say what to show: #without=w1, #update=shop_api&at=16000.
  function follow() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const name = asked.get("without");
    lost = (name !== null && failures.find((it) => it.lost === name)) || null;
    draw();
    const details = [...document.querySelectorAll("[data-update]")].find((it) => it.getAttribute("data-update") === asked.get("update"));
    if (details) {
      details.open = true;
      details.dispatchEvent(new Event("toggle"));
      courses.get(asked.get("update")).jump(Number(asked.get("at")) || 0);
      details.scrollIntoView({ block: "start" });
    }
  }
  window.addEventListener("hashchange", follow);
  follow();
})();
