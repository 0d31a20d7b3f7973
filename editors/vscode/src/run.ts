// Runs the program and takes what it writes.

import { execFile } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import type { Machine } from "./program";

/** How long a plan may take, in milliseconds. */
const PATIENCE = 120_000;

/** What a run came to: a page, or why there is none. */
export type Result = { readonly page: string } | { readonly refusal: string };

/** This machine. */
export const machine: Machine = {
  windows: process.platform === "win32",
  home: homedir(),
  environment: process.env,
  runs(file) {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  },
};

/** A file's text; none where it is no file that can be read. */
export function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** The version of the program, or why it is not swarm-plan. */
export async function version(program: string): Promise<{ version: string } | { refusal: string }> {
  const { out, error } = await execute(program, ["--version"], homedir());
  const found = /^swarm-plan (\S+)/.exec(out)?.[1];
  return found ? { version: found } : { refusal: error.trim() || `${program} does not answer as swarm-plan does` };
}

/** Runs a command that writes a page. Findings make it exit with 1, and there is a page all the same. */
export async function pageOf(program: string, args: readonly string[], folder: string): Promise<Result> {
  const { code, out, error } = await execute(program, args, folder);
  const ended = code === 0 || code === 1;
  if (ended && /^\s*<!doctype html>/i.test(out)) return { page: out };
  return { refusal: error.trim() || `swarm-plan ended with ${code ?? "a signal"} and said nothing` };
}

/** Runs a command for what it does; some text says why it did not. */
export async function refusalOf(program: string, args: readonly string[], folder: string): Promise<string | undefined> {
  const { code, error } = await execute(program, args, folder);
  return code === 0 ? undefined : error.trim() || `swarm-plan ended with ${code ?? "a signal"}`;
}

function execute(program: string, args: readonly string[], folder: string): Promise<{ code: number | undefined; out: string; error: string }> {
  const environment = { ...process.env, NO_COLOR: "1" };
  const options = { cwd: folder, env: environment, timeout: PATIENCE, maxBuffer: 256 << 20, windowsHide: true };
  return new Promise((resolve) => {
    const child = execFile(program, args, options, (failure, out, error) => {
      const code = failure === null ? 0 : typeof failure.code === "number" ? failure.code : undefined;
      const why = failure?.killed ? `swarm-plan took longer than ${PATIENCE / 1000} s` : (failure?.message ?? "");
      resolve({ code, out, error: error || (code === undefined ? why : "") });
    });
    child.stdin?.end();
  });
}
