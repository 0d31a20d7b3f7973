// Pages of the program beside the text. They are made again when a file is saved.

import { randomBytes } from "node:crypto";
import * as path from "node:path";
import { ColorThemeKind, ViewColumn, window, workspace } from "vscode";
import type { Disposable, WebviewPanel } from "vscode";
import { nonce, page } from "./page";
import * as run from "./run";

/** A page and how to make it. */
export interface Order {
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
}

export class Panels implements Disposable {
  private readonly shown = new Map<string, Panel>();

  /** Shows a page, in the panel that shows it already if there is one. */
  async show(order: Order): Promise<void> {
    const key = JSON.stringify(order.args);
    const known = this.shown.get(key);
    if (known) return known.again(true);
    const result = await window.withProgress({ location: { viewId: "workbench.view.explorer" }, title: order.title }, () => make(order));
    if ("refusal" in result) return complain(result.refusal);
    const panel = new Panel(order, result.page, () => this.shown.delete(key));
    this.shown.set(key, panel);
  }

  dispose(): void {
    for (const it of [...this.shown.values()]) it.close();
  }
}

class Panel {
  private readonly view: WebviewPanel;
  private readonly watching: Disposable[];
  /** Counts what was ordered: only the last is shown. */
  private round = 0;

  constructor(private readonly order: Order, private html: string, gone: () => void) {
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.view = window.createWebviewPanel("swarm-plan", order.title, place, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
      retainContextWhenHidden: true,
    });
    this.watching = [
      workspace.onDidSaveTextDocument((it) => {
        if (/\.(ya?ml|toml|env|json)$|^\.env/.test(path.basename(it.fileName))) void this.again(false);
      }),
      window.onDidChangeActiveColorTheme(() => this.draw()),
    ];
    this.view.onDidDispose(() => {
      for (const it of this.watching) it.dispose();
      gone();
    });
    this.draw();
  }

  /** Makes the page again; only what the user asked for is complained about. */
  async again(asked: boolean): Promise<void> {
    const round = ++this.round;
    if (asked) this.view.reveal(undefined, true);
    const result = await make(this.order);
    if (round !== this.round) return;
    if ("refusal" in result) {
      this.view.title = `${this.order.title} (out of date)`;
      if (asked) await complain(result.refusal);
      return;
    }
    this.view.title = this.order.title;
    if (result.page === this.html) return;
    this.html = result.page;
    this.draw();
  }

  close(): void {
    this.view.dispose();
  }

  private draw(): void {
    const kind = window.activeColorTheme.kind;
    const dark = kind === ColorThemeKind.Dark || kind === ColorThemeKind.HighContrast;
    this.view.webview.html = page(this.html, nonce(randomBytes(16)), dark);
  }
}

function make(order: Order): Promise<run.Result> {
  return run.pageOf(order.program, order.args, order.folder);
}

async function complain(text: string): Promise<void> {
  await window.showErrorMessage(text);
}
