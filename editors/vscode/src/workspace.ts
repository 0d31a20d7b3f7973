// What the user means by a stack: the file in front, the settings' stacks, the inventory.

import { homedir } from "node:os";
import * as path from "node:path";
import { Uri, window, workspace } from "vscode";
import * as run from "./run";
import * as stack from "./stack";

/** A path of the configuration, absolute: a relative one begins at the workspace's folder. */
export function configured(key: "nodes" | "settings", uri: Uri | undefined): string | undefined {
  const text = workspace.getConfiguration("swarm-plan", uri).get(key, "").trim();
  if (text === "") return undefined;
  const folder = (uri && workspace.getWorkspaceFolder(uri)) ?? workspace.workspaceFolders?.[0];
  return path.resolve(folder?.uri.fsPath ?? homedir(), text.replace(/^~(?=[/\\]|$)/, homedir()));
}

/** A stack to ask the program about. */
export interface Subject {
  readonly folder: string;
  readonly stack: stack.Stack;
  readonly request: stack.Request;
}

/** The stack of a file: the one in front where none is named. Where several are meant, the user chooses. */
export async function subject(uri: Uri | undefined): Promise<Subject | undefined> {
  const it = uri ?? window.activeTextEditor?.document.uri;
  if (it?.scheme !== "file") {
    void window.showErrorMessage("Open a stack file first: plans and diffs are made of files.");
    return undefined;
  }
  const file = it.fsPath;
  const chosen = configured("settings", it);
  const isSettings = path.basename(file) === stack.SETTINGS || file === chosen;
  const settings = stack.settings(path.dirname(file), run.read, chosen);
  const all = isSettings ? (settings?.stacks ?? []) : stack.stacks(file, settings);
  if (all.length === 0) {
    void window.showErrorMessage(`${path.basename(file)} names no stacks: open a stack file.`);
    return undefined;
  }
  const one = all.length === 1 ? all[0] : await pick(all);
  if (one === undefined || !(await saved(one))) return undefined;
  const folder = path.dirname(one.files[0] ?? file);
  const nodes = configured("nodes", it) ?? (settings?.nodes ? undefined : stack.inventory(folder, run.read));
  return { folder, stack: one, request: { nodes, settings: chosen } };
}

/** Whether an inventory is known, be it by the settings. */
export function hasInventory(it: Subject): boolean {
  return it.request.nodes !== undefined || stack.settings(it.folder, run.read, it.request.settings)?.nodes !== undefined;
}

async function pick(stacks: readonly stack.Stack[]): Promise<stack.Stack | undefined> {
  const items = stacks.map((it) => ({
    label: it.name ?? path.basename(it.files[0] ?? ""),
    description: it.files.map((file) => workspace.asRelativePath(file)).join(", "),
    stack: it,
  }));
  return (await window.showQuickPick(items, { placeHolder: "Which stack?" }))?.stack;
}

/** The program reads the disk, so what is open must be there. */
async function saved(it: stack.Stack): Promise<boolean> {
  for (const document of workspace.textDocuments) {
    const concerns = it.files.includes(document.uri.fsPath) || it.envFiles.includes(document.uri.fsPath);
    if (concerns && document.isDirty && !(await document.save())) return false;
  }
  return true;
}
