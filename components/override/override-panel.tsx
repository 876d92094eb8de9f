"use client";

import dynamic from "next/dynamic";
import { useState, type ComponentType } from "react";
import { AskedForm, useAddressedForm, useOpenForm } from "@/components/act/asked-form";
import { FormTabs } from "@/components/act/form-tabs";
import type { Me } from "@/components/act/form-values";
import { Said } from "@/components/act/said";
import { announce } from "@/components/shell/announcer";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Exact } from "@/components/ui/time";
import type { OverrideDetail } from "@/lib/areas/override/contract";
import type { FormProps, Seen } from "./form-props";
import { sayConsultation } from "./prepare";
import { blockOf, formsFor, formTitles, isTyped, refusalsOf, type Drafts, type FormName } from "./prepare-acts";
import type { Fields } from "./prepare-forms";
import { Receipt } from "./receipt";
import type { OverrideActions } from "./use-override-act";

const DecideForm = dynamic(() => import("./decide-form").then((all) => all.DecideForm));
const AdviseForm = dynamic(() => import("./advise-form").then((all) => all.AdviseForm));
const WithdrawForm = dynamic(() => import("./end-forms").then((all) => all.WithdrawForm));
const RevokeForm = dynamic(() => import("./end-forms").then((all) => all.RevokeForm));
const RenewForm = dynamic(() => import("./end-forms").then((all) => all.RenewForm));

const forms: Record<FormName, ComponentType<FormProps>> = {
  approve: (props) => <DecideForm kind="approve" {...props} />,
  deny: (props) => <DecideForm kind="deny" {...props} />,
  advise: AdviseForm,
  withdraw: WithdrawForm,
  revoke: RevokeForm,
  renew: RenewForm,
};

const done: Partial<Record<FormName, string>> = { advise: "Your advice is given.", renew: "It is asked for again." };

type Props = { detail: OverrideDetail; me: Me; most: number; actions: OverrideActions; serverNow: string };

/** What may be done with the override by this person, theirs first; for the rest, whose it is. And the receipt of what was done. */
export function OverridePanel({ detail, me, most, actions, serverNow }: Props) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const [finished, setFinished] = useState(false);
  const { seen, begin, catchUp } = useSeen(detail);
  const names = formsFor(detail, drafts);
  const { open, asked, ask, choose } = useOpenForm<FormName>(names, null);
  useAddressedForm((name) => ask(name as FormName));
  const Form = open && forms[open];

  const finish = (name: FormName) => {
    setDrafts({});
    const said = done[name];
    if (said) announce(said, "green");
    else setFinished(true);
  };
  const change = (name: FormName, fields: Fields) => {
    choose(name);
    if (name === "approve") begin();
    setDrafts((before) => ({ ...before, [name]: { ...before[name], ...fields } }));
  };

  return (
    <Section title={detail.status === "requested" ? "What may be done" : "What was decided"}>
      <div className="space-y-3" data-holds-text={Object.values(drafts).some(isTyped) || undefined}>
        <Advice detail={detail} serverNow={serverNow} />
        <Receipt detail={detail} focused={finished} />
        {open && Form && (
          <FormTabs names={names} titles={formTitles} open={open} onOpen={choose}>
            <AskedForm value={asked}>
              <Form
                key={open}
                {...{ detail, actions, serverNow, most, seen }}
                fields={drafts[open] ?? {}}
                onFields={(fields) => change(open, fields)}
                blocked={blockOf(open, detail, me)}
                onDone={() => finish(open)}
                onSeen={catchUp}
              />
            </AskedForm>
          </FormTabs>
        )}
        {refusalsOf(detail).map(({ because, names: refused }) => (
          <Notice key={because} icon="person">
            <p className="font-medium">{refused.join(", ")}</p>
            <p>{because}</p>
          </Notice>
        ))}
      </div>
    </Section>
  );
}

/**
 * What the person looked at: what is on the screen until they begin to decide, then what stood there at that moment, until they say that
 * they have seen what is different. An approval is sent with its hash.
 */
function useSeen({ content, contentHash }: OverrideDetail): { seen: Seen; begin: () => void; catchUp: () => void } {
  const [frozen, setFrozen] = useState<Seen | null>(null);
  const current = { content, hash: contentHash };
  return { seen: frozen ?? current, begin: () => setFrozen((before) => before ?? current), catchUp: () => setFrozen(current) };
}

/** The consulted role's advice, as it was given. */
function Advice({ detail, serverNow }: Pick<Props, "detail" | "serverNow">) {
  if (!detail.advisedBy) return null;
  const { tone, icon, says } = sayConsultation(detail, Date.parse(serverNow));
  return (
    <Notice tone={tone === "amber" ? "amber" : "green"} icon={icon}>
      <strong className="font-semibold">{says}</strong> by <bdi>{detail.advisedBy.name}</bdi>
      {detail.advisedAt && (
        <>
          , at <Exact at={detail.advisedAt} />
        </>
      )}
      <Said text={detail.adviceText} />
    </Notice>
  );
}
