"use client";

import dynamic from "next/dynamic";
import { Section } from "@/components/ui/section";
import { useSeen } from "./use-seen";

/** Loaded, and its runs read, once it is in sight. */
const WhatIf = dynamic(() => import("./what-if").then(({ WhatIf: whatIf }) => whatIf), { ssr: false });

export function WhatIfSection() {
  const [ref, seen] = useSeen();
  return (
    <Section title="What would it take" aside="nothing is changed by looking">
      <div ref={ref} className="min-h-32">
        {seen && <WhatIf />}
      </div>
    </Section>
  );
}
