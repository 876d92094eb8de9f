import type { Metadata } from "next";
import { Inbox } from "@/components/inbox/inbox";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { inboxQuerySchema } from "@/lib/areas/inbox/contract";
import { inboxKeys, inboxParameters } from "@/lib/areas/inbox/queries/options";
import { readInbox, emailKinds } from "@/lib/areas/inbox/read/inbox";
import { env } from "@/lib/kernel/env";
import { systemClock } from "@/lib/kernel/time";
import { access, drawnFor } from "../access";
import { markRead, setEmailKinds } from "./actions";

export const metadata: Metadata = { title: "Inbox" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function InboxPage({ searchParams }: Props) {
  const { after: _, ...query } = inboxQuerySchema.parse(await searchParams);
  const { person, decision } = await access("inbox.read", `/inbox?${inboxParameters(query)}`);
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const { grant } = decision;
  const [page, kinds] = await Promise.all([readInbox(grant, query, systemClock()), emailKinds(grant)]);
  return (
    <Hydrate known={[[inboxKeys.inbox(query), { pages: [page], pageParams: [null] }]]}>
      <Inbox
        key={inboxParameters(query)}
        query={query}
        email={{ kinds, sent: env().mail !== undefined }}
        actions={drawnFor(person, { markRead, setEmailKinds })}
      />
    </Hydrate>
  );
}
