// The extension: starts the language server, and shows plans and diffs.

import * as path from "node:path";
import { Uri, commands, window, workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import { Panels } from "./panel";
import * as run from "./run";
import { Server } from "./server";
import { diffArguments, planArguments } from "./stack";
import type { Other } from "./stack";
import { hasInventory, subject } from "./workspace";
import type { Subject } from "./workspace";

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const own = new Server();
  server = own;
  const panels = new Panels();
  const add = (name: string, work: (uri?: Uri) => unknown) =>
    context.subscriptions.push(commands.registerCommand(`swarm-plan.${name}`, (it: unknown) => work(uri(it))));
  add("plan", (it) => plan(own, panels, it));
  add("diff", (it) => diff(own, panels, it));
  add("restart", () => own.restart());
  add("output", () => own.reveal());
  add("choose", () => own.choose());
  add("menu", menu);
  context.subscriptions.push(
    own,
    panels,
    workspace.onDidChangeConfiguration((it) => {
      if (["path", "settings"].some((key) => it.affectsConfiguration(`swarm-plan.${key}`))) void own.restart();
    }),
    workspace.onDidGrantWorkspaceTrust(() => void own.restart()),
  );
  await own.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Commands get a URI from a menu, and its text from the language server. */
function uri(it: unknown): Uri | undefined {
  return it instanceof Uri ? it : typeof it === "string" ? Uri.parse(it) : undefined;
}

async function plan(server: Server, panels: Panels, uri: Uri | undefined): Promise<void> {
  const [program, it] = [await server.program(), await subject(uri)];
  if (program === undefined || it === undefined) return;
  const request = hasInventory(it) ? it.request : await ask(program, it);
  if (request === undefined) return;
  const args = planArguments(it.stack, request);
  await panels.show({ title: `Plan of ${name(it)}`, program, args, folder: it.folder });
}

/** A plan needs to know the nodes. */
async function ask(program: string, it: Subject): Promise<Subject["request"] | undefined> {
  const [choose, write] = ["Choose a file…", "Write a first nodes.yml"];
  const text = "A plan needs the nodes of the swarm, and there is no nodes.yml.";
  const answer = await window.showWarningMessage(text, choose, write);
  if (answer === choose) {
    const title = "The inventory, or what docker node inspect wrote";
    const [file] = (await window.showOpenDialog({ title, defaultUri: Uri.file(it.folder) })) ?? [];
    return file && { ...it.request, nodes: file.fsPath };
  }
  if (answer === write) {
    const refusal = await run.refusalOf(program, ["init", it.folder], it.folder);
    if (refusal !== undefined) await window.showErrorMessage(refusal);
    else await window.showTextDocument(Uri.file(path.join(it.folder, "nodes.yml")));
  }
  return undefined;
}

async function diff(server: Server, panels: Panels, uri: Uri | undefined): Promise<void> {
  const [program, it] = [await server.program(), await subject(uri)];
  if (program === undefined || it === undefined) return;
  const other = await otherOf(it);
  if (other === undefined) return;
  const args = diffArguments(it.stack, it.request, other);
  await panels.show({ title: `Diff of ${name(it)}`, program, args, folder: it.folder });
}

async function otherOf(it: Subject): Promise<Other | undefined> {
  const git = workspace.isTrusted;
  const items = [
    ...(git ? [{ label: "The last commit", description: "HEAD", as: "head" }, { label: "Another revision…", description: "of Git", as: "revision" }] : []),
    { label: "A snapshot…", description: "as swarm-plan snapshot wrote it", as: "snapshot" },
    { label: "The running swarm", description: "Docker's API, read only", as: "swarm" },
  ];
  const answer = await window.showQuickPick(items, { placeHolder: "Compare with what is deployed: which is it?" });
  switch (answer?.as) {
    case "head":
      return { kind: "revision", revision: "HEAD" };
    case "revision": {
      const revision = (await window.showInputBox({ prompt: "A revision of Git, such as main or v1.2" }))?.trim();
      return revision ? { kind: "revision", revision } : undefined;
    }
    case "snapshot": {
      const [file] = (await window.showOpenDialog({ title: "The snapshot", defaultUri: Uri.file(it.folder) })) ?? [];
      return file && { kind: "snapshot", file: file.fsPath };
    }
    case "swarm":
      return { kind: "swarm" };
    default:
      return undefined;
  }
}

function name(it: Subject): string {
  return it.stack.name ?? path.basename(it.stack.files[0] ?? "");
}

/** What the status bar leads to. */
async function menu(): Promise<void> {
  const items = [
    { label: "$(type-hierarchy-sub) Show plan", command: "swarm-plan.plan" },
    { label: "$(diff) Show diff", command: "swarm-plan.diff" },
    { label: "$(refresh) Restart language server", command: "swarm-plan.restart" },
    { label: "$(output) Show output", command: "swarm-plan.output" },
    { label: "$(gear) Settings", command: "workbench.action.openSettings" },
  ];
  const it = await window.showQuickPick(items, { placeHolder: "Swarm Plan" });
  if (it) await commands.executeCommand(it.command, ...(it.command.startsWith("workbench") ? ["swarm-plan."] : []));
}
