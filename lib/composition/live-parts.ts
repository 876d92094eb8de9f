import { dutyKeys } from "@/lib/areas/duty/queries/options";
import { driftKeys } from "@/lib/areas/drift/queries/options";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import { inboxKeys } from "@/lib/areas/inbox/queries/options";
import { overrideKeys } from "@/lib/areas/override/queries/options";
import { personKeys } from "@/lib/areas/person/queries/options";
import { sourceKeys } from "@/lib/areas/source/queries/options";
import type { LiveTopic } from "@/lib/kernel/live/contract";
import type { Changed, Pace } from "@/lib/kernel/query/coalesce";
import type { Key, News } from "@/lib/kernel/query/live";

/** Soon: what one waits for. Along: what every line of thegent's changes, and what only counts; it is read with what is waited for, and less often. */
const soon: Pace = { breathMs: 15, restMs: 100 };
const along: Pace = { breathMs: 200, restMs: 500, goesAlong: true };

/** The parts of a page that are read again, how, and which keys they are; `changed`: of their things. */
const parts = {
  queue: {
    pace: soon,
    keys: (changed: Changed): Key[] => [
      escalationKeys.lists,
      ...(changed ? [...changed].map(escalationKeys.detail) : [escalationKeys.details]),
    ],
  },
  items: { pace: soon, keys: () => [escalationKeys.details] },
  overrides: { pace: soon, keys: () => [overrideKeys.overrides] },
  inbox: { pace: soon, keys: () => [inboxKeys.inboxes] },
  duty: { pace: soon, keys: () => [dutyKeys.duty] },
  drift: { pace: along, keys: () => [driftKeys.all] },
  figures: { pace: along, keys: () => [escalationKeys.summary] },
  unread: { pace: along, keys: () => [inboxKeys.inboxCounts] },
  files: { pace: along, keys: () => [sourceKeys.sources, overrideKeys.overrides] },
} satisfies Record<string, { pace: Pace; keys: (changed: Changed) => readonly Key[] }>;

export type Part = keyof typeof parts;

const paces = Object.fromEntries(Object.entries(parts).map(([part, { pace }]) => [part, pace])) as Record<Part, Pace>;

/**
 * What a change makes old. An item says whom it would reach at this moment, so a change of duty makes it old too, and names its overrides. What
 * lies in thegent's files is part of an override.
 */
const partsOf: Readonly<Record<LiveTopic, readonly Part[]>> = {
  escalations: ["queue", "figures", "drift"],
  overrides: ["overrides", "items"],
  notices: ["inbox", "unread"],
  duty: ["duty", "items"],
  sources: ["files", "figures", "drift"],
  drift: ["drift"],
};

export const news: News<Part> = {
  paces,
  partsOf,
  keysOf: (part, changed) => parts[part].keys(changed),
  afterLoss: personKeys.person,
  afterJump: escalationKeys.summary,
};
