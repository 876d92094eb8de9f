import type { PersonActor } from "@/lib/model/decide";

/** Who acts, when, and under which request: what every use case is given besides its input. */
export type Context = { actor: PersonActor | null; now: Date; requestId: string };
