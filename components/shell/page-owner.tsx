"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { personKeys, personQuery } from "@/lib/areas/person/queries/options";
import { news } from "@/lib/composition/live-parts";
import type { Whose } from "@/lib/kernel/act/whose";
import { connectLive } from "@/lib/kernel/query/live";
import { drawnFor, sayOther } from "@/lib/kernel/query/page-owner";
import { personChannel } from "./session";
import { useOtherPerson } from "./use-other-person";

/** The page belongs to whom it was drawn for first: their news keep it true, and it says so when somebody else is signed in beside it. */
export function PageOwner({ person }: { person: Whose }) {
  const [owner] = useState(person);
  const other = useOtherPerson();
  const client = useQueryClient();
  useEffect(() => drawnFor(owner), [owner]);
  useEffect(() => (other === undefined ? connectLive(client, owner.id, news) : undefined), [client, owner, other]);
  useAsking(other?.name === null);

  if (other === undefined) return null;
  return (
    <div
      role="alert"
      className="no-print sticky top-11 z-10 flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-amber bg-amber-wash px-4 py-1.5 max-sm:px-3"
    >
      <p className="min-w-0 wrap-anywhere">
        <Icon name="person" className="mr-2 inline-block align-[-2px] text-amber" />
        <strong className="font-semibold">{sayOther(other, owner)}</strong>{" "}
        {other ? "It does nothing any more" : "It does nothing until you sign in again"}; what you typed is still here.
      </p>
      {other ? (
        <Button size="small" onClick={() => window.location.reload()}>
          Reload as {other.name ?? "them"}
        </Button>
      ) : (
        <a
          href="/sign-in"
          target="_blank"
          title="Opens a new tab; once you are signed in, this page goes on"
          className="inline-flex h-[30px] items-center rounded border border-edge bg-raised px-2 text-sm font-medium whitespace-nowrap hover:bg-surface"
        >
          Sign in again
        </a>
      )}
    </div>
  );
}

/** Asks who is signed in whenever it may have changed: a tab signed in or out, a page was opened, one comes back to this one, a name is missing. */
function useAsking(nameless: boolean): void {
  const client = useQueryClient();
  const path = usePathname();
  useQuery({ ...personQuery, staleTime: 0 });
  useEffect(() => {
    void client.invalidateQueries({ queryKey: personKeys.person });
  }, [client, path, nameless]);
  useEffect(() => {
    const channel = new BroadcastChannel(personChannel);
    channel.onmessage = () => void client.invalidateQueries({ queryKey: personKeys.person });
    return () => channel.close();
  }, [client]);
}
