import type { OverrideDetail } from "@/lib/areas/override/contract";
import type { Instant } from "@/lib/kernel/contract";
import { saySeconds } from "./prepare";

/** What approving does with the escalation it was asked from. */
export const sayOverridden = ({ escalation }: Pick<OverrideDetail, "escalation">): string =>
  escalation ? ` ${escalation.subject} is closed as overridden, here and in thegent’s queue file.` : "";

/** "1 h; asked for were 8 h" */
export const sayApproved = ({
  approvedSeconds,
  requestedSeconds,
}: Pick<OverrideDetail, "approvedSeconds" | "requestedSeconds">): string =>
  approvedSeconds === null
    ? ""
    : `${saySeconds(approvedSeconds)}${approvedSeconds < requestedSeconds ? `; ${saySeconds(requestedSeconds)} were asked for` : ""}`;

/** The end of a validity that begins now, to the second. */
export const endAfter = (seconds: number, now: number): Instant =>
  new Date(Math.floor(now / 1000) * 1000 + seconds * 1000).toISOString();
