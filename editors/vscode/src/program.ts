// Finds the program, and says where it was looked for.

import * as path from "node:path";

/** What the search needs to know of the machine. */
export interface Machine {
  readonly windows: boolean;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a file is there that can be run. */
  runs(file: string): boolean;
}

/** The program's path, or the places where it is not. */
export type Search = { readonly file: string } | { readonly missing: readonly string[] };

/**
 * Looks for the program. What the user named is taken or refused: nothing else is started in its
 * place.
 */
export function find(wish: string, machine: Machine): Search {
  const tools = machine.windows ? path.win32 : path.posix;
  const named = wish.trim().replace(/^~(?=[/\\]|$)/, machine.home);
  const name = named === "" ? "swarm-plan" : named;
  const isPath = tools.isAbsolute(name) || name.includes("/") || (machine.windows && name.includes("\\"));
  const folders = isPath ? [""] : searched(machine, named === "", tools);
  const places = folders.map((folder) => (folder === "" ? name : tools.join(folder, name)));
  for (const place of places) {
    for (const file of spelled(place, machine, tools)) {
      if (machine.runs(file)) return { file };
    }
  }
  return { missing: isPath ? [name] : folders };
}

/** The folders of `PATH`, and those that a desktop's `PATH` tends to lack. */
function searched(machine: Machine, everywhere: boolean, tools: path.PlatformPath): string[] {
  const text = machine.environment["PATH"] ?? machine.environment["Path"] ?? "";
  // A relative folder would be the workspace's: whoever wrote the workspace would choose the program.
  const folders = text.split(tools.delimiter).filter((it) => tools.isAbsolute(it));
  if (everywhere) {
    folders.push(tools.join(machine.home, ".cargo", "bin"));
    if (!machine.windows) {
      folders.push(tools.join(machine.home, ".local", "bin"), "/usr/local/bin", "/opt/homebrew/bin", "/usr/bin");
    }
  }
  return [...new Set(folders)];
}

function spelled(file: string, machine: Machine, tools: path.PlatformPath): string[] {
  return machine.windows && tools.extname(file) === "" ? [`${file}.exe`] : [file];
}

/** What the user is told where there is no program. */
export function missing(wish: string, places: readonly string[]): string {
  if (wish.trim() !== "") {
    return places.length === 1 && places[0] !== undefined && /[/\\]/.test(wish)
      ? `The setting swarm-plan.path names ${places[0]}, and there is no program that can be run.`
      : `The setting swarm-plan.path names ${wish.trim()}, and no folder of PATH holds such a program.`;
  }
  return "The program swarm-plan is not installed, or not on PATH. Install it, or say with the setting swarm-plan.path where it is.";
}
