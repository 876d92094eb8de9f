import "server-only";
import pg from "pg";
import { liveChannel, type LiveMessage } from "@/lib/contracts/live";
import { databaseUrl } from "@/lib/data/client";
import { log } from "@/lib/log";

/**
 * One LISTEN connection a process, fanned out to every open page. While the connection is down nothing is heard, so after each
 * reconnect everybody is told that anything may have changed.
 */
type Listener = (message: LiveMessage) => void;

class Hub {
  private readonly listeners = new Set<Listener>();
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private failures = 0;

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    if (!this.client && !this.retry) void this.connect();
    return () => {
      this.listeners.delete(listener);
      if (!this.listeners.size) this.close();
    };
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl(), keepAlive: true });
    this.client = client;
    client.on("notification", ({ payload }) => this.publish(parse(payload)));
    client.on("error", () => this.lost(client));
    client.on("end", () => this.lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${liveChannel}`);
      if (this.client !== client) return void client.end();
      if (this.failures) this.publish([{ topic: "escalations" }, { topic: "sources" }]);
      this.failures = 0;
    } catch {
      this.lost(client);
    }
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.failures++;
    client.end().catch(() => {});
    if (!this.listeners.size) return;
    if (this.failures === 1) log.warn("The live connection to the database was lost; trying again.");
    this.retry = setTimeout(() => {
      this.retry = undefined;
      void this.connect();
    }, Math.min(5000, 200 * 2 ** Math.min(this.failures, 5)));
  }

  private publish(messages: LiveMessage[]): void {
    for (const message of messages) for (const listener of this.listeners) listener(message);
  }

  private close(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    const client = this.client;
    this.client = undefined;
    client?.end().catch(() => {});
  }
}

function parse(payload: string | undefined): LiveMessage[] {
  try {
    const message = JSON.parse(payload ?? "") as LiveMessage;
    return message.topic === "escalations" || message.topic === "sources" ? [message] : [];
  } catch {
    return [];
  }
}

// On globalThis: the bundler may load this module more than once in one process.
const holder = globalThis as unknown as { cockpitHub?: Hub };

export const liveHub = (): Hub => (holder.cockpitHub ??= new Hub());
