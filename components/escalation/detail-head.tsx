"use client";

import Link from "next/link";
import type { Me } from "@/components/act/form-values";
import { Icon } from "@/components/ui/icon";
import { Fact } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import { Ago, AsOf, Exact } from "@/components/ui/time";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import { saySubject } from "@/lib/kernel/words/subjects";
import { sayOwner, visibleText } from "@/lib/kernel/words/visible-text";
import { paths } from "@/lib/model/paths";
import { severityTable } from "@/lib/model/severities";
import { SlaClocks } from "./clocks";
import { NextItem } from "./next-item";
import { sayHolder, sayOutcome } from "./prepare";
import { itemAddress, viewAddress } from "./prepare-address";
import { sayRoute } from "./prepare-reach";

type Props = { detail: EscalationDetail; me: Me; serverNow: string; from: string };

/** What the item is, how it stands and what is to be done next, each fact once. */
export function DetailHead({ detail, me, serverNow, from }: Props) {
  const path = paths[detail.path];
  const active = isActive(detail.status);
  return (
    <header className="space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <p className="text-sm text-muted">
          <Link href={viewAddress(from)} className="text-accent underline">
            Escalations
          </Link>{" "}
          / {path.name} ({path.section})
        </p>
        <NextItem id={detail.id} from={from} look={active ? "plain" : "primary"} />
      </div>
      <h1 className="line-clamp-3 wrap-anywhere text-lg font-semibold" title={detail.reason}>
        <bdi>{detail.reason}</bdi>
      </h1>
      <p className="flex items-start gap-2 border-l-2 border-accent pl-3 font-medium">
        <Icon name="arrow" className="mt-[3px] text-accent" />
        <span>{detail.nextStep}</span>
      </p>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <SlaClocks detail={detail} serverNow={serverNow} />
        <Fact name="State">
          {active ? (
            <Holder detail={detail} me={me} serverNow={serverNow} />
          ) : (
            <Closed detail={detail} serverNow={serverNow} />
          )}
        </Fact>
        <Fact name="Severity">{detail.severity && `${detail.severity}: ${severityTable[detail.severity].means}`}</Fact>
        {detail.level > 0 && (
          <Fact name="Level">
            {detail.level}
            {detail.escalatedAt && (
              <>
                , since <AsOf at={detail.escalatedAt} serverNow={serverNow} />
              </>
            )}
          </Fact>
        )}
        {detail.breachedAt && !detail.signedOffBy && (
          <Fact name="Breach">
            <Sign tone="red" icon="alert">
              Waits for the sign-off
            </Sign>
          </Fact>
        )}
        <Fact name={detail.runId !== null ? "Run" : "About"}>
          <bdi className={detail.runId !== null ? "font-mono" : undefined}>{saySubject(detail.subject)}</bdi>
        </Fact>
        <Facts detail={detail} from={from} />
      </dl>
    </header>
  );
}

function Facts({ detail, from }: Pick<Props, "detail" | "from">) {
  return (
    <>
      <Fact name="Owner">{sayOwner(detail) ?? "nobody named"}</Fact>
      {detail.runId !== null && (
        <Fact name="Agent">{detail.agent === null ? "not named" : visibleText(detail.agent)}</Fact>
      )}
      <Fact name="Lane">{visibleText(detail.lane)}</Fact>
      <Fact name="Priority">{String(detail.priority)}</Fact>
      <Fact name={detail.runId !== null ? "Blocked since" : "Opened"}>
        <Exact at={detail.blockedAt} />
      </Fact>
      <Fact name="Routed to">{sayRoute(detail.route, detail.path)}</Fact>
      {detail.hasEpisode && <LinkFact name="Reviewed" href={`/drift/${detail.id}`} text="As an episode of drift" />}
      {detail.previous && <ItemFact name="Reopens" item={detail.previous} from={from} />}
      {detail.reopenedAs && <ItemFact name="Reopened as" item={detail.reopenedAs} from={from} />}
    </>
  );
}

const ItemFact = ({ name, item, from }: { name: string; item: { id: string; subject: string }; from: string }) => (
  <LinkFact name={name} href={itemAddress(item.id, from)} text={saySubject(item.subject)} />
);

const LinkFact = ({ name, href, text }: { name: string; href: string; text: string }) => (
  <Fact name={name}>
    <Link href={href} prefetch={false} className="text-accent underline">
      <bdi>{text}</bdi>
    </Link>
  </Fact>
);

function Holder({ detail, me, serverNow }: Pick<Props, "detail" | "me" | "serverNow">) {
  if (!detail.claimedBy) return <Sign {...sayHolder(detail, me)}>Open, unclaimed</Sign>;
  return (
    <Sign {...sayHolder(detail, me)}>
      Claimed by <bdi>{detail.claimedBy.id === me.id ? "you" : detail.claimedBy.name}</bdi>
      {detail.claimedAt && (
        <>
          , <Ago at={detail.claimedAt} serverNow={serverNow} />
        </>
      )}
    </Sign>
  );
}

function Closed({ detail, serverNow }: Pick<Props, "detail" | "serverNow">) {
  return (
    <Sign tone="ink" icon="check">
      {sayOutcome(detail)}
      {detail.closedAt && (
        <>
          , <Ago at={detail.closedAt} serverNow={serverNow} />
        </>
      )}
    </Sign>
  );
}
