import assert from "node:assert/strict";
import { test } from "node:test";
import { nonce, page } from "../src/page";

const html = (text: string) => `<!doctype html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<style>:root { color-scheme: light dark; } @media (prefers-color-scheme: dark) { a { color: red } }</style></head>
<body><main>${text}</main><script type="application/json" id="data">{"a": "\\u003cscript>"}</script>
<script>run()</script></body></html>`;

test("one policy, which only the page's own script and style pass", () => {
  const made = page(html("x"), "abc", true);
  const policies = [...made.matchAll(/Content-Security-Policy" content="([^"]*)"/g)].map((it) => it[1]);
  assert.equal(policies.length, 1);
  assert.match(policies[0] ?? "", /default-src 'none'; script-src 'nonce-abc'; style-src-elem 'nonce-abc'/);
  assert.doesNotMatch(policies[0] ?? "", /script-src[^;]*unsafe|https?:|\*/);
  assert.ok(made.includes('<script nonce="abc">run()</script>'));
  assert.ok(made.includes('<style nonce="abc">'));
  assert.equal(made.split('nonce="abc"').length - 1, 2);
});

test("a script that got into the page is not run", () => {
  const made = page(html("<script>evil()</script><style>x</style><script>worse()</script>"), "abc", true);
  assert.ok(made.includes("<script>evil()</script><style>x</style><script>worse()</script>"));
  assert.equal(made.split('nonce="abc"').length - 1, 2);
});

test("colours follow the editor", () => {
  assert.match(page(html("x"), "a", true), /color-scheme: dark; } @media all \{/);
  assert.match(page(html("x"), "a", false), /color-scheme: light; } @media not all \{/);
  assert.ok(page(html("(prefers-color-scheme: dark)"), "a", true).includes("<main>(prefers-color-scheme: dark)</main>"));
});

test("a page without a policy gets one, and what is no page is not shown", () => {
  const bare = "<!doctype html><html><head><title>t</title></head><body>$& $1</body></html>";
  assert.ok(page(bare, "abc", true).startsWith('<!doctype html><html><head><meta http-equiv="Content-Security-Policy"'));
  assert.ok(page(bare, "abc", true).includes("<body>$& $1</body>"));
  assert.throws(() => page("error: no such file", "abc", true));
});

test("a nonce is never the same", () => {
  assert.equal(nonce(Uint8Array.of(0, 255)), "00ff");
});
