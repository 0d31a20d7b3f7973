// The language server's life: found, started, watched, started again.

import { ConfigurationTarget, StatusBarAlignment, ThemeColor, commands, window, workspace } from "vscode";
import type { Disposable, LogOutputChannel, StatusBarItem } from "vscode";
import { LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";
import * as program from "./program";
import * as run from "./run";
import { SETTINGS, serverArguments } from "./stack";
import { configured } from "./workspace";

export class Server implements Disposable {
  private readonly output: LogOutputChannel = window.createOutputChannel("Swarm Plan", { log: true });
  private readonly status: StatusBarItem = window.createStatusBarItem("swarm-plan", StatusBarAlignment.Right, 100);
  private client: LanguageClient | undefined;
  /** One start or stop after the other. */
  private turn: Promise<void> = Promise.resolve();

  constructor() {
    this.status.name = "Swarm Plan";
    this.status.command = "swarm-plan.menu";
    this.show("$(sync~spin)", "is starting");
    this.status.show();
  }

  /** The program, or nothing after the user was told what to do. */
  async program(): Promise<string | undefined> {
    const wish = workspace.getConfiguration("swarm-plan").get("path", "");
    const search = program.find(wish, run.machine);
    if ("missing" in search) {
      const text = program.missing(wish, search.missing);
      this.output.error(`${text}\nLooked for in:\n  ${search.missing.join("\n  ")}`);
      this.fail(text);
      return undefined;
    }
    return search.file;
  }

  /** Starts the server, or starts it again. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.start()).catch((it: unknown) => this.fail(String(it)));
    return this.turn;
  }

  reveal(): void {
    this.output.show();
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop()) await client.stop();
    await client?.dispose();
  }

  dispose(): void {
    this.status.dispose();
    this.output.dispose();
  }

  private async start(): Promise<void> {
    await this.stop();
    this.show("$(sync~spin)", "is starting");
    const file = await this.program();
    if (file === undefined) return;
    const answer = await run.version(file);
    if ("refusal" in answer) return this.fail(answer.refusal);
    this.output.info(`${file}: version ${answer.version}`);
    const args = serverArguments(configured("settings", undefined));
    const files = [{ language: "yaml" }, { language: "dockercompose" }, { pattern: `**/${SETTINGS}` }];
    const client = new LanguageClient(
      "swarm-plan",
      "Swarm Plan",
      { command: file, args },
      {
        documentSelector: files.flatMap((it) => [{ scheme: "file", ...it }, { scheme: "untitled", ...it }]),
        initializationOptions: { ...workspace.getConfiguration("swarm-plan"), commands: ["swarm-plan.plan", "swarm-plan.diff"] },
        outputChannel: this.output,
        // What fails is told in the status bar: a panel that jumps up while one types helps nobody.
        revealOutputChannelOn: RevealOutputChannelOn.Never,
      },
    );
    client.onDidChangeState((it) => {
      if (client !== this.client) return;
      if (it.newState === State.Running) this.show("$(check)", `${answer.version} is running\n${file}`);
      if (it.newState === State.Starting) this.show("$(sync~spin)", "is starting");
      if (it.newState === State.Stopped) this.show("$(error)", "has stopped; the output says why", true);
    });
    this.client = client;
    await client.start();
  }

  private show(icon: string, text: string, bad = false): void {
    this.status.text = `${icon} Swarm Plan`;
    this.status.tooltip = `Swarm Plan ${text}`;
    this.status.backgroundColor = bad ? new ThemeColor("statusBarItem.errorBackground") : undefined;
  }

  private fail(text: string): void {
    this.show("$(error)", `does not run: ${text}`, true);
    const [choose, settings, again] = ["Choose the program…", "Open settings", "Try again"];
    void window.showErrorMessage(text, choose, settings, again).then(async (it) => {
      if (it === choose) await this.choose();
      if (it === settings) await commands.executeCommand("workbench.action.openSettings", "swarm-plan.path");
      if (it === again) await this.restart();
    });
  }

  /** Has the user point at the program. The change of the setting starts the server. */
  async choose(): Promise<void> {
    const title = "The program swarm-plan";
    const [file] = (await window.showOpenDialog({ title, openLabel: "Use this program" })) ?? [];
    if (file === undefined) return;
    await workspace.getConfiguration("swarm-plan").update("path", file.fsPath, ConfigurationTarget.Global);
  }
}
