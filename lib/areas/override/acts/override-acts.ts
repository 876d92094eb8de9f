import "server-only";
import type { OverrideActName } from "@/lib/areas/override/contract";
import { whyNotRenewed } from "@/lib/areas/override/domain/rights";
import type { OverrideWords } from "@/lib/areas/override/domain/timeline";
import type { Context } from "@/lib/kernel/act/context";
import { adviseOverride } from "./advise";
import { approveOverride } from "./approve";
import { denyOverride } from "./deny";
import type { OverrideAct, OverrideOffer } from "./override-act";
import { revokeOverride } from "./revoke";
import { withdrawOverride } from "./withdraw";

/** As it is called with what its own schema has read. */
type Called = (ctx: Context, input: never) => Promise<void>;

/** Everything that can be done with an override, in the order in which it is offered. Its page, its door, its story and its tests are made of these. */
export const overrideActs: Readonly<Record<OverrideActName, OverrideAct & Called>> = {
  approve: approveOverride,
  deny: denyOverride,
  advise: adviseOverride,
  withdraw: withdrawOverride,
  revoke: revokeOverride,
};

/** How an override's story tells each of them, by its action. */
export const wordsOfOverrideActs: Readonly<Record<string, OverrideWords>> = Object.fromEntries(
  Object.values(overrideActs).map(({ action, timeline }) => [action, timeline]),
);

/** A new request that names this one (lib/areas/override/acts/request.ts); its form is handed in. */
const renew: OverrideOffer = {
  act: "renew",
  title: "Renew",
  right: (_, { rights }) => rights.renew,
  fits: ({ shown }) => whyNotRenewed(shown.status) === null,
  handedIn: { texts: ["justification", "ticket"] },
  done: "It is asked for again.",
};

/** What an override's page offers. */
export const overrideOffers: readonly OverrideOffer[] = [...Object.values(overrideActs), renew];
