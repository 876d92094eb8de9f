import "server-only";
import type { Context } from "@/lib/kernel/act/context";
import type { ActKey } from "@/lib/kernel/act/view";
import type { ActWords } from "@/lib/kernel/chain/timeline";
import type { ItemActName } from "@/lib/model/actions";
import { addAgain } from "./add-again";
import { adviseEscalation } from "./advise";
import { askForOverride } from "./ask-for-override";
import { assignEscalation } from "./assign";
import { cancelEscalation } from "./cancel";
import { claimEscalation } from "./claim";
import { commentEscalation } from "./comment";
import type { ItemAct, ItemOffer } from "./item-act";
import { releaseEscalation } from "./release";
import { reopenEscalation } from "./reopen";
import { reportFinding } from "./report";
import { resolveEscalation } from "./resolve";
import { retryEscalation } from "./retry";
import { signOffBreach } from "./sign-off";

/** As it is called with what its own schema has read; what is made by it has an id. */
type Called = (ctx: Context, input: never) => Promise<{ id: string } | void>;

/** Everything that can be done with an item, in the order in which it is offered. Its page, its door, its story and its tests are made of these. */
export const escalationActs: { readonly [Name in ItemActName]: ItemAct<`escalation.${Name}`> & Called } = {
  claim: claimEscalation,
  release: releaseEscalation,
  retry: retryEscalation,
  "add-again": addAgain,
  resolve: resolveEscalation,
  "sign-off": signOffBreach,
  report: reportFinding,
  advise: adviseEscalation,
  assign: assignEscalation,
  comment: commentEscalation,
  cancel: cancelEscalation,
  reopen: reopenEscalation,
};

/** How an item's story tells each of them, by its action. */
export const wordsOfActs: Readonly<Record<string, ActWords>> = Object.fromEntries(
  Object.values(escalationActs).map(({ action, timeline }) => [action, timeline]),
);

/** What an item's page offers: these, and the form of another area. */
export const itemOffers: readonly ItemOffer[] = Object.values(escalationActs).flatMap((act: ItemOffer) =>
  act.act === "resolve" ? [act, askForOverride] : [act],
);

/** The letters of those acts: the page of an item hears them, its list for the row in focus or what is selected, and the list of all keys names them. */
export const keysOfActs: readonly ActKey[] = itemOffers.flatMap(({ act, key }) => (key ? [{ act, ...key }] : []));
