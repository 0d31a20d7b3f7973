// Makes a page of the program fit to be shown in a panel.

/**
 * The page with a policy that runs its own script and nothing else: no other script, no request,
 * no form, no frame. Colours follow the editor, not the desktop.
 */
export function page(html: string, nonce: string, dark: boolean): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src-elem 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const own = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
  const head = own.test(html) ? html.replace(own, () => meta) : html.replace(/<head[^>]*>/, (it) => it + meta);
  if (!head.includes(meta)) throw new Error("what the program wrote is no page");
  const first = head.indexOf("<style>");
  const end = head.indexOf("</style>");
  const styled = first < 0 || end < first ? head : head.slice(0, first) + style(head.slice(first, end), nonce, dark) + head.slice(end);
  // The program's own script is the last: one that got in by a name in the stack has no nonce.
  const last = styled.lastIndexOf("<script>");
  return last < 0 ? styled : `${styled.slice(0, last)}<script nonce="${nonce}">${styled.slice(last + "<script>".length)}`;
}

function style(text: string, nonce: string, dark: boolean): string {
  return text
    .replace("<style>", `<style nonce="${nonce}">`)
    .replaceAll("(prefers-color-scheme: dark)", dark ? "all" : "not all")
    .replaceAll("(prefers-color-scheme: light)", dark ? "not all" : "all")
    .replaceAll(/color-scheme:\s*light dark/g, `color-scheme: ${dark ? "dark" : "light"}`);
}

/** A number used once, that no page can guess. */
export function nonce(random: Uint8Array): string {
  return Buffer.from(random).toString("hex");
}
