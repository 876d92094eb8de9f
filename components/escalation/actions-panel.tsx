"use client";

import { useState, type ComponentType } from "react";
import { AskedForm, useAddressedForm, useOpenForm } from "@/components/act/asked-form";
import { FormTabs } from "@/components/act/form-tabs";
import type { Me } from "@/components/act/form-values";
import { formsFor, sayNotOffered, type Drafts } from "@/components/act/prepare-acts";
import { Refusals } from "@/components/act/refusals";
import { SpecForm } from "@/components/act/spec-form";
import { announce } from "@/components/shell/announcer";
import { Section } from "@/components/ui/section";
import type { EscalationDetail, ItemActInput } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import { isHungIn, isTyped, type AllowedAct, type Fields } from "@/lib/kernel/act/view";
import { SignedOff } from "./breach";
import { ClaimBar } from "./claim-bar";
import { Receipt } from "./decision";
import type { FormProps } from "./form-props";
import { Lost } from "./lost";
import { useAct, type EscalationActions } from "./use-act";

type Props = {
  detail: EscalationDetail;
  me: Me;
  actions: EscalationActions;
  mostSeconds: number;
  serverNow: string;
  OverrideForm: ComponentType<FormProps>;
};

/** What may be done with the item by this person, theirs first; for the rest, whose it is. */
export function ActionsPanel({ detail, me, actions, mostSeconds, serverNow, OverrideForm }: Props) {
  const [drafts, setDrafts] = useState<Drafts>({});
  // A form that closes the item, or signs its breach off, is gone once its press was heard: whoever pressed it goes on at the receipt.
  const [finished, setFinished] = useState<string | null>(null);
  const act = useAct(actions.act);
  const active = isActive(detail.status);
  const forms = formsFor(detail.acts, drafts);
  const names = forms.map(({ name }) => name);
  const { open, asked, ask, choose } = useOpenForm(names, names[0] ?? null);
  const shown = forms.find(({ name }) => name === open);

  const finish = ({ name, done }: AllowedAct) => {
    setDrafts(({ [name]: _, ...others }) => others);
    if (done) announce(done, "green");
    setFinished(name);
  };
  const goTo = (name: string) => {
    const absent = sayNotOffered(detail.acts, name);
    if (absent !== null && !ask(name)) announce(absent, "amber");
  };
  useAddressedForm(goTo);
  const change = (of: AllowedAct, typed: Fields) => {
    choose(of.name);
    setDrafts((before) => ({ ...before, [of.name]: { of, fields: { ...before[of.name]?.fields, ...typed } } }));
  };

  return (
    <Section title={active ? "What may be done" : "What was decided"}>
      <div
        className="space-y-3"
        data-holds-text={Object.values(drafts).some(({ of, fields }) => isTyped(of.form, fields)) || undefined}
      >
        {!active && <Receipt detail={detail} focused={finished === "resolve" || finished === "cancel"} act={act} />}
        {detail.signedOffBy && <SignedOff detail={detail} focused={finished === "sign-off"} />}
        {active && detail.lostAt && <Lost detail={detail} act={act} />}
        <ClaimBar detail={detail} me={me} actions={actions} serverNow={serverNow} go={goTo} />
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
                {...{ detail, actions, mostSeconds, serverNow, OverrideForm }}
                fields={drafts[shown.name]?.fields ?? {}}
                onFields={(typed) => change(shown, typed)}
                onDone={() => finish(shown)}
              />
            </AskedForm>
          </FormTabs>
        )}
        <Refusals acts={detail.acts} />
      </div>
    </Section>
  );
}

type OpenProps = Omit<FormProps, "blocked"> & Pick<Props, "serverNow" | "OverrideForm"> & { act: AllowedAct };

/** The form of an act: the server's, or that of another area. */
function OpenForm({ act: { name, form, blocked }, serverNow, OverrideForm, ...props }: OpenProps) {
  const { detail, fields, onFields, onDone } = props;
  const send = useAct(props.actions.act);
  if (!form) return null;
  if (isHungIn(form)) return <OverrideForm {...props} blocked={blocked} />;
  return (
    <SpecForm
      {...{ name, fields, onFields, blocked, onDone, serverNow }}
      spec={form}
      send={(input) => send({ ...input, act: name as ItemActInput["act"], id: detail.id, version: detail.version })}
    />
  );
}
