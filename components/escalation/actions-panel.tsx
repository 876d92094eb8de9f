"use client";

import { useState, type ComponentType } from "react";
import { AskedForm, useAddressedForm, useOpenForm } from "@/components/act/asked-form";
import { FormTabs } from "@/components/act/form-tabs";
import type { Me } from "@/components/act/form-values";
import { announce } from "@/components/shell/announcer";
import { Section } from "@/components/ui/section";
import { useTicking } from "@/components/ui/time";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import { AssignForm } from "./assign-form";
import { SignedOff } from "./breach";
import { CancelForm } from "./cancel-form";
import { ClaimBar } from "./claim-bar";
import { Receipt } from "./decision";
import type { FormProps } from "./form-props";
import { Lost } from "./lost";
import { blockOf, formsFor, formTitles, isTyped, sayNotOffered, type Drafts, type FormName } from "./prepare-acts";
import { isLateAt } from "./prepare-clocks";
import { Refusals } from "./refusals";
import { ReopenForm } from "./reopen-form";
import { ReportForm } from "./report-form";
import { ResolveForm } from "./resolve-form";
import type { EscalationActions } from "./use-act";
import { WordsForm } from "./words-form";

const forms: Record<Exclude<FormName, "override">, ComponentType<FormProps>> = {
  signOff: (props) => <WordsForm kind="signOff" {...props} />,
  report: ReportForm,
  resolve: ResolveForm,
  assign: AssignForm,
  advise: (props) => <WordsForm kind="advise" {...props} />,
  cancel: CancelForm,
  comment: (props) => <WordsForm kind="comment" {...props} />,
  reopen: ReopenForm,
};

const done: Partial<Record<FormName, string>> = { report: "The finding is recorded.", override: "The override is asked for. Who decides was told.", assign: "The item is assigned.", advise: "Your advice is given.", comment: "Your comment is written." };

type Props = { detail: EscalationDetail; me: Me; actions: EscalationActions; mostSeconds: number; serverNow: string; OverrideForm: ComponentType<FormProps> };

/** What may be done with the item by this person, theirs first; for the rest, whose it is. */
export function ActionsPanel({ detail, me, actions, mostSeconds, serverNow, OverrideForm }: Props) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const late = useTicking((now) => isLateAt(detail, now), serverNow);
  // A form that closes the item, or signs its breach off, is gone once its press was heard: whoever pressed it goes on at the receipt.
  const [finished, setFinished] = useState<FormName | null>(null);
  const active = isActive(detail.status);
  const names = formsFor(detail, me, drafts);
  const { open, asked, ask, choose } = useOpenForm(names, names[0] ?? null);
  const Form = open && (open === "override" ? OverrideForm : forms[open]);

  const finish = (name: FormName) => {
    setDrafts((before) => ({ ...before, [name]: {} }));
    const said = done[name];
    if (said) announce(said, "green");
    setFinished(name);
  };
  const goTo = (name: FormName) => {
    if (!ask(name)) announce(sayNotOffered(name, detail), "amber");
  };
  useAddressedForm((name) => (name === "override" || name in forms) && goTo(name as FormName));

  return (
    <Section title={active ? "What may be done" : "What was decided"}>
      <div className="space-y-3" data-holds-text={Object.values(drafts).some(isTyped) || undefined}>
        {!active && <Receipt detail={detail} focused={finished === "resolve" || finished === "cancel"} retry={actions.retry} />}
        {detail.signedOffBy && <SignedOff detail={detail} focused={finished === "signOff"} />}
        {active && detail.lostAt && <Lost detail={detail} addAgain={actions.addAgain} />}
        <ClaimBar detail={detail} me={me} actions={actions} serverNow={serverNow} go={goTo} />
        {open && Form && (
          <FormTabs names={names} titles={formTitles} open={open} onOpen={choose}>
            <AskedForm value={asked}>
              <Form
                key={open}
                {...{ detail, me, actions, late, mostSeconds }}
                fields={drafts[open] ?? {}}
                onFields={(change) => {
                  choose(open);
                  setDrafts((before) => ({ ...before, [open]: { ...before[open], ...change } }));
                }}
                blocked={blockOf(open, detail, me, Date.parse(detail.now))}
                onDone={() => finish(open)}
              />
            </AskedForm>
          </FormTabs>
        )}
        <Refusals detail={detail} />
      </div>
    </Section>
  );
}
