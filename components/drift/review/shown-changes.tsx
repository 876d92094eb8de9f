"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { differences, type Shown } from "@/lib/areas/drift/domain/shown";

type Props = { seen: Shown; current: Shown; onSeen: () => void };

/** The drift is not as the person looked at it any more: what is different, and a press that says they have seen it. */
export function ShownChanges({ seen, current, onSeen }: Props) {
  const says = differences(seen, current);
  return (
    <Notice tone="amber" live="assertive">
      <p className="font-medium">The drift has changed since you began. What you typed is kept.</p>
      <ul className="list-disc pl-4">
        {(says.length ? says : ["It changed in part; look at all of it."]).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Button className="my-1" onClick={onSeen}>
        I have seen what is different
      </Button>
    </Notice>
  );
}
