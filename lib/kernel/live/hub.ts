import "server-only";
import type { Client } from "pg";
import { openOwnConnection, type OwnConnection } from "@/lib/kernel/db/own-connection";
import { forgetAnswers } from "@/lib/kernel/list/kept-answers";
import { log } from "@/lib/kernel/log";
import { liveChannel, liveTopics, type HubMessage } from "./contract";

export type Listener = {
  hear(message: HubMessage): void;
  /** The connection is gone: nothing more is heard, and what happened meanwhile never will be. */
  lost(): void;
};

/** How often the connection is asked whether it still hears, and how long it may take to say so. */
const asking = { everyMs: 10_000, answerWithinMs: 5000 };

/**
 * One LISTEN connection a process, fanned out to every open page. When it breaks, or does not answer when it is asked, every listener is
 * told and dropped: a page that goes on believing it is live would be lying. Pages come back by themselves and read anew.
 */
export class Hub {
  private readonly listeners = new Set<Listener>();
  private connection: Promise<OwnConnection> | undefined;

  constructor(private readonly often = asking) {}

  /** Once this resolves, every later change is heard. Refuses when the database does not answer. */
  async subscribe(listener: Listener): Promise<() => void> {
    this.listeners.add(listener);
    try {
      await (this.connection ??= this.connect());
    } catch (error) {
      this.listeners.delete(listener);
      throw error;
    }
    return () => {
      this.listeners.delete(listener);
      if (!this.listeners.size) this.close();
    };
  }

  private connect(): Promise<OwnConnection> {
    const connecting: Promise<OwnConnection> = openOwnConnection(
      { ...this.often, name: "live", ask: listen, lost: () => this.lose(connecting) },
      (client) => {
        client.on("notification", ({ payload }) => this.hear(payload));
        return listen(client);
      },
    );
    connecting.then(forgetAnswers, () => this.connection === connecting && (this.connection = undefined));
    return connecting;
  }

  private hear(payload: string | undefined): void {
    const message = parse(payload);
    if (!message) return;
    // Before anybody is told: who asks because of it must not be given what was counted before.
    forgetAnswers();
    for (const listener of [...this.listeners]) listener.hear(message);
  }

  private lose(connection: Promise<OwnConnection>): void {
    if (this.connection !== connection) return;
    this.connection = undefined;
    log.warn("The live connection to the database was lost.");
    for (const listener of [...this.listeners]) listener.lost();
    this.listeners.clear();
  }

  private close(): void {
    const connection = this.connection;
    this.connection = undefined;
    connection?.then(({ close }) => close()).catch(() => {});
  }
}

/** Asked of one that listens already it changes nothing. */
const listen = (client: Client): Promise<unknown> => client.query(`LISTEN ${liveChannel}`);

function parse(payload: string | undefined): HubMessage | null {
  try {
    const message = JSON.parse(payload ?? "") as HubMessage;
    return message.topic === "access" || liveTopics.includes(message.topic) ? message : null;
  } catch {
    return null;
  }
}

// On globalThis: the bundler may load this module more than once in one process.
const holder = globalThis as unknown as { cockpitHub?: Hub };

export const liveHub = (): Hub => (holder.cockpitHub ??= new Hub());
