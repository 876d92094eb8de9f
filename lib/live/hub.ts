import "server-only";
import pg from "pg";
import { liveChannel, liveTopics, type HubMessage } from "@/lib/contracts/live";
import { databaseUrl } from "@/lib/data/client";
import { forgetAnswers } from "@/lib/data/kept-answers";
import { log } from "@/lib/log";

export type Listener = {
  hear(message: HubMessage): void;
  /** The connection is gone: nothing more is heard, and what happened meanwhile never will be. */
  lost(): void;
};

/**
 * One LISTEN connection a process, fanned out to every open page. When it breaks every listener is told and dropped: a page that
 * goes on believing it is live would be lying. Pages come back by themselves and read anew.
 */
class Hub {
  private readonly listeners = new Set<Listener>();
  private connection: Promise<pg.Client> | undefined;
  /** The one that listens now; what ends otherwise was closed by us or never began. */
  private current: pg.Client | undefined;

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

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: databaseUrl(), keepAlive: true, connectionTimeoutMillis: 5000 });
    client.on("notification", ({ payload }) => {
      const message = parse(payload);
      // Before anybody is told: who asks because of it must not be given what was counted before.
      if (message) forgetAnswers();
      if (message) for (const listener of [...this.listeners]) listener.hear(message);
    });
    const lost = () => this.lose(client);
    client.on("error", lost).on("end", lost);
    try {
      await client.connect();
      await client.query(`LISTEN ${liveChannel}`);
      forgetAnswers();
      this.current = client;
      return client;
    } catch (error) {
      this.connection = undefined;
      client.end().catch(() => {});
      throw error;
    }
  }

  private lose(client: pg.Client): void {
    if (this.current !== client) return;
    this.current = undefined;
    this.connection = undefined;
    log.warn("The live connection to the database was lost.");
    for (const listener of [...this.listeners]) listener.lost();
    this.listeners.clear();
  }

  private close(): void {
    const client = this.current;
    this.current = undefined;
    this.connection = undefined;
    client?.end().catch(() => {});
  }
}

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
