import type { Metadata } from "next";
import Link from "next/link";
import { NewRequest } from "@/components/override/new-request";
import { Refused } from "@/components/shell/refused";
import { env } from "@/lib/kernel/env";
import { ttlSecondsOf } from "@/lib/model/settings";
import { access, drawnFor } from "../../access";
import { requestOverride } from "../actions";

export const metadata: Metadata = { title: "Ask for an override" };

type Props = { searchParams: Promise<{ owner?: string | string[] }> };

export default async function NewRequestPage({ searchParams }: Props) {
  const { owner } = await searchParams;
  const { person, decision } = await access("override.request", "/overrides/new");
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  return (
    <div className="space-y-3 px-4 pt-2 pb-8">
      <header>
        <p className="text-sm text-muted">
          <Link href="/overrides" className="text-accent underline">
            Overrides
          </Link>{" "}
          / for an owner directly
        </p>
        <h1 className="text-lg font-semibold">Ask for an override</h1>
      </header>
      <NewRequest
        most={ttlSecondsOf(env().settings)}
        owner={typeof owner === "string" ? owner.slice(0, 200) : ""}
        {...drawnFor(person, { request: requestOverride })}
      />
    </div>
  );
}
