/**
 * A Chromium spoken to by its own protocol. Playwright tells every page that it is in front, so that nothing is ever hidden; here a window has one tab
 * in front, and the others are hidden, as on a desk.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";

type Answer = { result?: unknown; error?: { message: string } };
type Heard = Answer & { id?: number };

export type Tab = {
  targetId: string;
  send(method: string, params?: object): Promise<unknown>;
  /** The value of an expression in the page; a promise is waited for. */
  evaluate<T>(expression: string): Promise<T>;
};

export type Chromium = {
  pid: number;
  send(method: string, params?: object, sessionId?: string): Promise<unknown>;
  /** A tab of the last window of a person's browser (`context`), or of a window of its own. */
  openTab(context: string, wanted: { inWindowOfItsOwn: boolean; atFirst?: string }): Promise<Tab>;
  close(): Promise<void>;
};

export async function launchChromium(executable: string, args: readonly string[]): Promise<Chromium> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-bench-browser-"));
  const browser = spawn(
    executable,
    ["--remote-debugging-pipe", `--user-data-dir=${profile}`, "--no-first-run", ...args, "about:blank"],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const ended = once(browser, "exit");
  const send = speaking(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  await send("Target.getTargets");
  return {
    pid: browser.pid!,
    send,
    openTab: (context, wanted) => openTab(send, context, wanted),
    async close() {
      await send("Browser.close").catch(() => undefined);
      await ended;
      fs.rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Messages end with a zero byte, in both directions. */
function speaking(to: Writable, from: Readable): Chromium["send"] {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  let unread = "";
  from.setEncoding("utf8").on("data", (piece: string) => {
    const messages = (unread + piece).split("\0");
    unread = messages.pop()!;
    for (const message of messages) {
      const { id, ...answer } = JSON.parse(message) as Heard;
      if (id !== undefined) waiting.get(id)?.(answer);
      if (id !== undefined) waiting.delete(id);
    }
  });
  from.on("close", () => {
    for (const answer of waiting.values()) answer({ error: { message: "The browser has ended." } });
  });
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      );
      to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
}

type Evaluated<T> = { result: { value: T }; exceptionDetails?: { text: string; exception?: { description?: string } } };

async function openTab(
  send: Chromium["send"],
  browserContextId: string,
  { inWindowOfItsOwn, atFirst }: { inWindowOfItsOwn: boolean; atFirst?: string },
): Promise<Tab> {
  const { targetId } = (await send("Target.createTarget", {
    url: "about:blank",
    browserContextId,
    newWindow: inWindowOfItsOwn,
    ...(inWindowOfItsOwn && { width: 1440, height: 900 }),
  })) as { targetId: string };
  const { sessionId } = (await send("Target.attachToTarget", { targetId, flatten: true })) as { sessionId: string };
  const say = (method: string, params?: object) => send(method, params, sessionId);
  await say("Page.enable");
  if (atFirst) await say("Page.addScriptToEvaluateOnNewDocument", { source: atFirst });
  return {
    targetId,
    send: say,
    async evaluate<T>(expression: string): Promise<T> {
      const { result, exceptionDetails } = (await say("Runtime.evaluate", {
        expression,
        awaitPromise: true,
        returnByValue: true,
      })) as Evaluated<T>;
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
  };
}
