"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Content } from "@/lib/areas/override/domain/blast-radius";
import { differences } from "@/lib/areas/override/domain/blast-radius";

type Props = { seen: Content; current: Content; onSeen: () => void };

/** What it would let pass is not what the person looked at any more: what is different, and a press that says they have seen it. */
export function ContentChanges({ seen, current, onSeen }: Props) {
  const says = differences(seen, current);
  return (
    <Notice tone="amber" live="assertive">
      <p className="font-medium">What this would let pass has changed since you began. What you typed is kept.</p>
      <ul className="list-disc pl-4">
        {(says.length ? says : ["It was changed and changed back in part; look at all of it."]).map((line) => (
          <li key={line}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
      <Button className="my-1" onClick={onSeen}>
        I have seen what is different
      </Button>
    </Notice>
  );
}
