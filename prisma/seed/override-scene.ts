import { adviseOverride } from "@/lib/areas/override/acts/advise";
import { approveOverride } from "@/lib/areas/override/acts/approve";
import { denyOverride } from "@/lib/areas/override/acts/deny";
import { requestOverride } from "@/lib/areas/override/acts/request";
import { revokeOverride } from "@/lib/areas/override/acts/revoke";
import { withdrawOverride } from "@/lib/areas/override/acts/withdraw";
import { contentHash } from "@/lib/areas/override/domain/content-hash";
import { contentOf } from "@/lib/areas/override/read/blast-radius";
import type { StoredOverride } from "@/lib/areas/override/read/item";
import { findOverrideOf } from "@/lib/areas/override/store/writes";
import { inTransaction } from "@/lib/kernel/db/client";
import type { Role } from "@/lib/model/roles";
import { as, nameOf, type Scene, type Stage } from "./scene";

const hour = 3600;
const withoutConsultation = "Production stands still, and the advice is not to be had at night.";

export const findStored = (id: string): Promise<StoredOverride | null> => inTransaction((tx) => findOverrideOf(tx, id));

/** What somebody who has just opened it is shown: its version and the hash of its content. */
export async function look(id: string, now: Date): Promise<{ id: string; version: number; seenHash: string }> {
  const override = await findStored(id);
  if (!override) return { id, version: 1, seenHash: "0".repeat(64) };
  return { id, version: override.version, seenHash: contentHash(await contentOf(null, override, now)) };
}

/** How each comes to be what it is; the owner is named after it. */
const lives: Readonly<Record<string, (stage: Stage, id: string) => Promise<void>>> = {
  requested: async () => {},
  advised: async (stage, id) =>
    adviseOverride(as(stage, "security"), {
      ...(await look(id, stage.now)),
      inFavour: "against",
      text: "Rather a retry in the morning.",
    }),
  approved: (stage, id) => approve(stage, id),
  denied: async (stage, id) =>
    denyOverride(as(stage, "product_owner"), {
      ...(await look(id, stage.now)),
      note: "Not without a fix.",
      withoutConsultation,
    }),
  withdrawn: async (stage, id) => withdrawOverride(as(stage, "operator"), await look(id, stage.now)),
  revoked: async (stage, id) => {
    await approve(stage, id);
    await revokeOverride(as(stage, "operator"), { ...(await look(id, stage.now)), reason: "The cause is gone." });
  },
};

async function approve(stage: Stage, id: string): Promise<void> {
  await approveOverride(as(stage, "product_owner"), {
    ...(await look(id, stage.now)),
    seconds: hour,
    note: "For one hour.",
    withoutConsultation,
  });
}

export const overrides: Scene = {
  says: "An override in each state that people bring about: requested, advised on, approved, denied, withdrawn, revoked.",
  async play(stage) {
    for (const [state, live] of Object.entries(lives))
      await live(stage, await ask(stage, "operator", `${state}-${nameOf(stage)}:shop`));
    return `Six overrides of owners named after their state and ${nameOf(stage)}.`;
  },
};

async function ask(stage: Stage, role: Role, owner: string): Promise<string> {
  const justification = "The month-end run must finish before six; confidence was measured anew at 0.93.";
  return (
    await requestOverride(as(stage, role), {
      owner,
      escalationId: null,
      previousId: null,
      justification,
      ticket: null,
      seconds: hour,
    })
  ).id;
}
