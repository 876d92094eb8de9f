"use client";

import dynamic from "next/dynamic";
import { useState, type ComponentType } from "react";
import { AskedForm, useAddressedForm, useOpenForm } from "@/components/act/asked-form";
import { FormTabs } from "@/components/act/form-tabs";
import { formsFor, type Drafts } from "@/components/act/prepare-acts";
import { Refusals } from "@/components/act/refusals";
import { SpecForm } from "@/components/act/spec-form";
import { announce } from "@/components/shell/announcer";
import { Section } from "@/components/ui/section";
import type { EpisodeActInput, EpisodeDetail } from "@/lib/areas/drift/contract";
import { isHungIn, isTyped, type AllowedAct, type Fields } from "@/lib/kernel/act/view";
import type { FormProps, Seen } from "./form-props";
import { toggled } from "./prepare-decision";
import { useEpisodeAct, type EpisodeActions } from "./use-episode-act";

const DecideForm = dynamic(() => import("./decide-form").then((all) => all.DecideForm));
const ApproveForm = dynamic(() => import("./approve-form").then((all) => all.ApproveForm));

/** The forms that the server does not draw. */
const handedIn: Readonly<Record<string, ComponentType<FormProps>>> = {
  decide: DecideForm,
  "approve-change": ApproveForm,
  "approve-waiver": ApproveForm,
};

/** What is typed and what was looked at, for whoever stands beside the forms: an event is picked where it is shown. */
export function useDecision(detail: EpisodeDetail) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const [frozen, setFrozen] = useState<Seen | null>(null);
  const current: Seen = { shown: detail.shown, hash: detail.shownHash };
  const change = (of: AllowedAct, typed: Fields) => {
    // What the person decides on is what stood there as they began, until they say that they have seen what is different.
    if (of.form && isHungIn(of.form)) setFrozen((before) => before ?? current);
    setDrafts((before) => ({ ...before, [of.name]: { of, fields: { ...before[of.name]?.fields, ...typed } } }));
  };
  const deciding = detail.acts.find((act): act is AllowedAct => act.name === "decide" && act.allowed && act.offered);
  const evidence = drafts.decide?.fields.evidence ?? "";
  return {
    drafts,
    seen: frozen ?? current,
    change,
    catchUp: () => setFrozen(current),
    clear: () => {
      setDrafts({});
      setFrozen(null);
    },
    evidence,
    /** Null: nothing is decided by this person now. */
    toggle: deciding ? (line: number) => change(deciding, { evidence: toggled(evidence, line) }) : null,
  };
}

type Props = {
  detail: EpisodeDetail;
  decision: ReturnType<typeof useDecision>;
  actions: EpisodeActions;
  serverNow: string;
};

/** What may be done with the episode by this person; for the rest, whose it is. */
export function Decision({ detail, decision, actions, serverNow }: Props) {
  const { drafts, seen, change, catchUp, clear } = decision;
  const forms = formsFor(detail.acts, drafts);
  const names = forms.map(({ name }) => name);
  const { open, asked, ask, choose } = useOpenForm(names, null);
  useAddressedForm((name) => ask(name));
  const shown = forms.find(({ name }) => name === open);
  return (
    <Section title="What may be done">
      <div
        className="space-y-3"
        data-holds-text={Object.values(drafts).some(({ of, fields }) => isTyped(of.form, fields)) || undefined}
      >
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
                {...{ detail, actions, serverNow, seen }}
                fields={drafts[shown.name]?.fields ?? {}}
                onFields={(typed) => {
                  choose(shown.name);
                  change(shown, typed);
                }}
                onDone={() => {
                  clear();
                  if (shown.done) announce(shown.done, "green");
                }}
                onSeen={catchUp}
              />
            </AskedForm>
          </FormTabs>
        )}
        {!shown && <p className="text-sm text-muted">There is nothing for you to do here as things are.</p>}
        <Refusals acts={detail.acts} />
      </div>
    </Section>
  );
}

/** The form of an act: the server's, or one of our own. */
function OpenForm({
  act: { name, form, blocked },
  ...props
}: Omit<FormProps, "blocked" | "name"> & { act: AllowedAct }) {
  const { detail, fields, onFields, onDone, serverNow } = props;
  const send = useEpisodeAct(props.actions.act);
  const Own = handedIn[name];
  if (!form) return null;
  if (isHungIn(form)) return Own ? <Own {...props} name={name} blocked={blocked} /> : null;
  return (
    <SpecForm
      {...{ name, fields, onFields, blocked, onDone, serverNow }}
      spec={form}
      send={(input) => send({ ...input, act: name as EpisodeActInput["act"], id: detail.id, version: detail.version })}
    />
  );
}
