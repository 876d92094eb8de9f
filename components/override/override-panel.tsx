"use client";

import dynamic from "next/dynamic";
import { useState, type ComponentType } from "react";
import { AskedForm, useAddressedForm, useOpenForm } from "@/components/act/asked-form";
import { FormTabs } from "@/components/act/form-tabs";
import { formsFor, type Drafts } from "@/components/act/prepare-acts";
import { Refusals } from "@/components/act/refusals";
import { Said } from "@/components/act/said";
import { SpecForm } from "@/components/act/spec-form";
import { announce } from "@/components/shell/announcer";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Exact } from "@/components/ui/time";
import type { OverrideActInput, OverrideDetail } from "@/lib/areas/override/contract";
import { isHungIn, isTyped, type AllowedAct, type Fields } from "@/lib/kernel/act/view";
import type { FormProps, Seen } from "./form-props";
import { sayConsultation } from "./prepare";
import { Receipt } from "./receipt";
import { useOverrideAct, type OverrideActions } from "./use-override-act";

const ApproveForm = dynamic(() => import("./approve-form").then((all) => all.ApproveForm));
const RenewForm = dynamic(() => import("./renew-form").then((all) => all.RenewForm));

/** The forms that the server does not draw. */
const handedIn: Readonly<Record<string, ComponentType<FormProps>>> = { approve: ApproveForm, renew: RenewForm };

type Props = { detail: OverrideDetail; most: number; actions: OverrideActions; serverNow: string };

/** What may be done with the override by this person, theirs first; for the rest, whose it is. And the receipt of what was done. */
export function OverridePanel({ detail, most, actions, serverNow }: Props) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const [finished, setFinished] = useState(false);
  const { seen, begin, catchUp } = useSeen(detail);
  const forms = formsFor(detail.acts, drafts);
  const names = forms.map(({ name }) => name);
  const { open, asked, ask, choose } = useOpenForm(names, null);
  useAddressedForm((name) => ask(name));
  const shown = forms.find(({ name }) => name === open);

  const finish = ({ done }: AllowedAct) => {
    setDrafts({});
    if (done) announce(done, "green");
    else setFinished(true);
  };
  const change = (of: AllowedAct, typed: Fields) => {
    choose(of.name);
    if (of.name === "approve") begin();
    setDrafts((before) => ({ ...before, [of.name]: { of, fields: { ...before[of.name]?.fields, ...typed } } }));
  };

  return (
    <Section title={detail.status === "requested" ? "What may be done" : "What was decided"}>
      <div
        className="space-y-3"
        data-holds-text={Object.values(drafts).some(({ of, fields }) => isTyped(of.form, fields)) || undefined}
      >
        <Advice detail={detail} serverNow={serverNow} />
        <Receipt detail={detail} focused={finished} />
        {shown && (
          <FormTabs
            names={names}
            titles={Object.fromEntries(forms.map(({ name, title }) => [name, title]))}
            open={shown.name}
            onOpen={choose}
          >
            <AskedForm value={asked}>
              <OpenForm
                key={shown.name}
                act={shown}
                {...{ detail, actions, serverNow, most, seen }}
                fields={drafts[shown.name]?.fields ?? {}}
                onFields={(typed) => change(shown, typed)}
                onDone={() => finish(shown)}
                onSeen={catchUp}
              />
            </AskedForm>
          </FormTabs>
        )}
        <Refusals acts={detail.acts} />
      </div>
    </Section>
  );
}

/** The form of an act: the server's, or one of our own. */
function OpenForm({ act: { name, form, blocked }, ...props }: Omit<FormProps, "blocked"> & { act: AllowedAct }) {
  const { detail, fields, onFields, onDone, serverNow } = props;
  const send = useOverrideAct(props.actions.act);
  const Own = handedIn[name];
  if (!form) return null;
  if (isHungIn(form)) return Own ? <Own {...props} blocked={blocked} /> : null;
  return (
    <SpecForm
      {...{ name, fields, onFields, blocked, onDone, serverNow }}
      spec={form}
      send={(input) => send({ ...input, act: name as OverrideActInput["act"], id: detail.id, version: detail.version })}
    />
  );
}

/**
 * What the person looked at: what is on the screen until they begin to decide, then what stood there at that moment, until they say that
 * they have seen what is different. An approval is sent with its hash.
 */
function useSeen({ content, contentHash }: OverrideDetail): { seen: Seen; begin: () => void; catchUp: () => void } {
  const [frozen, setFrozen] = useState<Seen | null>(null);
  const current = { content, hash: contentHash };
  return {
    seen: frozen ?? current,
    begin: () => setFrozen((before) => before ?? current),
    catchUp: () => setFrozen(current),
  };
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
