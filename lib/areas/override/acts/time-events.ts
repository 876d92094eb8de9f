import type { OverrideDue } from "@/lib/areas/override/domain/next";
import type { Override } from "@/lib/areas/override/domain/override";
import { doneEvent } from "@/lib/kernel/act/authorise";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

const clockGrant = () => grantSystem(operatingModel, "override.pass-time", "The clock");

/** The chain's events of what time did to an override, whoever noticed it. */
export const overrideTimeEvents = (
  { id }: Pick<Override, "id">,
  happened: readonly OverrideDue[],
  by: { now: Date; requestId: string },
): DoneEvent<"override.pass-time">[] =>
  happened.map(({ do: did, lateMs }) => doneEvent(clockGrant(), by, { kind: "override", id }, null, { did, lateMs }));
