"use client";

import { AsOf, useTicking, useTimeZone } from "@/components/ui/time";
import type { EscalationDetail } from "@/lib/contracts/escalations";
import { listed } from "@/lib/domain/operating-model/decide";
import { roleNames } from "@/lib/domain/operating-model/roles";
import { sayExact } from "@/lib/format/instants";
import { isAhead } from "./prepare-breach";

/** In a row: that the item was raised. Whom to and when, on hover. */
export function LevelMark({ level, at }: { level: number; at: string | null }) {
  const zone = useTimeZone();
  if (level === 0) return null;
  return (
    <span className="text-xs font-medium text-muted" title={`Raised to the ${roleNames.product_owner}${at ? ` at ${sayExact(at, zone)}` : ""}`}>
      L{level}{" "}
    </span>
  );
}

/** At which level the item is, with whom, and since when. */
export function LevelFact({ detail, serverNow }: { detail: EscalationDetail; serverNow: string }) {
  return (
    <>
      Level {detail.level}, with the {roleNames.product_owner}
      {detail.escalatedAt && (
        <>
          {" "}
          since <AsOf at={detail.escalatedAt} serverNow={serverNow} />
        </>
      )}
    </>
  );
}

/** What the item's clock does next by itself, until it does. */
export function ComesNext({ detail, serverNow }: { detail: EscalationDetail; serverNow: string }) {
  const ahead = useTicking((now) => isAhead(detail, now), serverNow);
  const { comesNext } = detail;
  if (!ahead || !comesNext) return null;
  return (
    <p className="text-sm text-muted">
      At <AsOf at={comesNext.at} serverNow={serverNow} /> it goes to the {listed(comesNext.to)}, level {comesNext.level}.
    </p>
  );
}
