// Bundles the extension, and puts the licences of what is in the bundle beside it.

import { build } from "esbuild";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  metafile: true,
  platform: "node",
  target: "node20",
  external: ["vscode"],
  logLevel: "warning",
});

const folders = Object.keys(metafile.inputs).map((it) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(it)?.[0]);
const notices = [...new Set(folders)].filter(Boolean).sort().map((folder) => {
  const file = readdirSync(folder).find((it) => /^licen[cs]e/i.test(it));
  if (file === undefined) throw new Error(`${folder} has no licence`);
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
writeFileSync("LICENSES-BUNDLED", notices.join(`\n${"-".repeat(80)}\n\n`));
for (const it of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join("../..", it), it);
