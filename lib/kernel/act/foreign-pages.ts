import "server-only";
import { log } from "@/lib/kernel/log";
import { systemClock } from "@/lib/kernel/time";
import { refuseForeignPage } from "./refuse-foreign-page";

/** On globalThis: server and bundled application are two module graphs in one process. */
const holder = globalThis as unknown as { cockpitForeignPage?: (origin: string | undefined) => void };

/** The web server refuses what another site's page sends before anything of the application sees it, and tells us here. */
export function listenForForeignPages(): void {
  holder.cockpitForeignPage = (origin) =>
    void refuseForeignPage(origin, systemClock()).catch((error: unknown) =>
      log.error({ err: error }, "a refusal could not be recorded"),
    );
}
