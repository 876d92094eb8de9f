/** The embedded PostgreSQL of a running cockpit: started again when it dies. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Env } from "@/lib/kernel/env";
import { StartError } from "@/lib/kernel/errors";
import { ownDatabaseUrl, startOwnPostgres } from "./database";
import type { EmbeddedPostgres } from "./embedded-postgres";
import type { Undo } from "./undo";

const retryMs = 5_000;

export class WatchedPostgres {
  private current: Promise<EmbeddedPostgres>;

  constructor(
    private readonly env: Env,
    private readonly undo: Undo,
  ) {
    this.current = startOwnPostgres(env);
    // Pushed before it has started, so that a Ctrl-C meanwhile ends it too; and once, so that it stays the last to end.
    undo.push(async () => (await this.current.catch(() => undefined))?.stop());
  }

  async url(): Promise<string> {
    return ownDatabaseUrl(await this.current);
  }

  /** It comes back on its port where it can; else `moved` hears the new address. Returns when everything ends. */
  async watch(say: (line: string) => void, moved: (url: string) => Promise<void>): Promise<void> {
    for (let url = await this.url(); ;) {
      await (
        await this.current
      ).ended;
      if (this.undo.begun) return;
      say("PostgreSQL ended; starting it again.");
      await this.again(say);
      if (this.undo.begun) return;
      const next = await this.url();
      if (next !== url) await moved(next);
      url = next;
    }
  }

  private async again(say: (line: string) => void): Promise<void> {
    while (!this.undo.begun) {
      this.current = startOwnPostgres(this.env);
      try {
        await this.current;
        return;
      } catch (error) {
        // A disk without room for a file of ours is no reason to end what could go on once there is some.
        say(
          error instanceof StartError
            ? `${error.message} ${error.remedy}`
            : `PostgreSQL could not be started: ${(error as Error).message}.`,
        );
        await sleep(retryMs, undefined, { ref: false });
      }
    }
  }
}
