// Which files make up the stack that a file belongs to, as `swarm-plan.toml` says, and what the
// program is asked about it.

import * as path from "node:path";
import { parse } from "smol-toml";

/** A stack of the program's options. */
export interface Stack {
  /** The stack's name; none: the program's own default. */
  readonly name?: string;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
}

/** What the program is asked about, apart from the stack. */
export interface Request {
  /** The inventory; none where the settings name it. */
  readonly nodes?: string;
  /** The settings, in place of the nearest. */
  readonly settings?: string;
}

/** What a diff compares the stack with. */
export type Other =
  | { readonly kind: "revision"; readonly revision: string }
  | { readonly kind: "snapshot"; readonly file: string }
  | { readonly kind: "swarm" };

/** Reads a file's text; none where there is no file. */
export type Reader = (file: string) => string | undefined;

/** A settings file as far as it concerns us. */
export interface Settings {
  readonly file: string;
  readonly stacks: readonly Stack[];
  /** The inventory, absolute. */
  readonly nodes?: string;
}

export const SETTINGS = "swarm-plan.toml";
const INVENTORIES = ["nodes.yml", "nodes.yaml"];

/** The settings that apply in a folder: the nearest, upward to the repository's root. */
export function settings(folder: string, read: Reader, chosen?: string): Settings | undefined {
  const files = chosen ? [chosen] : upward(folder, read).map((it) => path.join(it, SETTINGS));
  for (const file of files) {
    const text = read(file);
    if (text !== undefined) return parsed(file, text);
  }
  return undefined;
}

/** The stacks that a file belongs to: those of the settings, or itself. */
export function stacks(file: string, settings: Settings | undefined): readonly Stack[] {
  const found = settings?.stacks.filter((it) => it.files.includes(file)) ?? [];
  return found.length > 0 ? found : [{ files: [file], envFiles: [] }];
}

/** The nearest `nodes.yml`. */
export function inventory(folder: string, read: Reader): string | undefined {
  const files = upward(folder, read).flatMap((it) => INVENTORIES.map((name) => path.join(it, name)));
  return files.find((it) => read(it) !== undefined);
}

/** The arguments that make the page of a plan. */
export function planArguments(stack: Stack, request: Request): string[] {
  return ["plan", ...options(stack, request), "--format", "html"];
}

/** The arguments that make the page of a diff. */
export function diffArguments(stack: Stack, request: Request, other: Other): string[] {
  const by =
    other.kind === "revision" ? ["--git", other.revision]
    : other.kind === "snapshot" ? ["--snapshot", other.file]
    : ["--live"];
  return ["diff", ...options(stack, request), ...by, "--format", "html"];
}

/** The arguments that start the language server. */
export function serverArguments(settings: string | undefined): string[] {
  return settings ? ["lsp", "--settings", settings] : ["lsp"];
}

function options(stack: Stack, request: Request): string[] {
  return [
    ...stack.files.flatMap((it) => ["-c", it]),
    ...(stack.name ? ["-s", stack.name] : []),
    ...stack.envFiles.flatMap((it) => ["--env-file", it]),
    ...(request.nodes ? ["-n", request.nodes] : []),
    ...(request.settings ? ["--settings", request.settings] : []),
  ];
}

/** A folder and those above it, as far as the repository goes. */
function upward(folder: string, read: Reader): string[] {
  const folders = [folder];
  for (;;) {
    const last = folders[folders.length - 1] as string;
    const above = path.dirname(last);
    const isRoot = read(path.join(last, ".git", "HEAD")) !== undefined || read(path.join(last, ".git")) !== undefined;
    if (isRoot || above === last) return folders;
    folders.push(above);
  }
}

/** What is odd counts as absent: the language server says what is wrong. */
function parsed(file: string, text: string): Settings {
  const folder = path.dirname(file);
  const texts = (it: unknown) => (Array.isArray(it) ? it.filter((it) => typeof it === "string") : []);
  const paths = (it: unknown) => texts(it).map((it) => path.resolve(folder, it));
  let table: Record<string, unknown>;
  try {
    table = parse(text);
  } catch {
    return { file, stacks: [] };
  }
  const entries: unknown[] = Array.isArray(table["stacks"]) ? table["stacks"] : [];
  const stacks = entries.flatMap((it) => {
    if (typeof it !== "object" || it === null) return [];
    const entry = it as Record<string, unknown>;
    const name = typeof entry["name"] === "string" ? entry["name"] : undefined;
    return [{ name, files: paths(entry["files"]), envFiles: paths(entry["env-files"]) }];
  });
  const nodes = typeof table["nodes"] === "string" ? path.resolve(folder, table["nodes"]) : undefined;
  return { file, stacks, nodes };
}
