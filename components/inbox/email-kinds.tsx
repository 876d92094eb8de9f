"use client";

import { useState } from "react";
import { announce } from "@/components/shell/announcer";
import { ask } from "@/components/shell/ask";
import type { EmailKindsInput, InboxCounts } from "@/lib/areas/inbox/contract";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { noticeKinds, type NoticeKind } from "@/lib/kernel/notice/steps";
import { kindNames } from "./prepare";

export type SetEmailKinds = (input: EmailKindsInput) => Promise<ActionResult<InboxCounts>>;

/** Which kinds a person hears by e-mail too, and whether this cockpit sends any. */
export type ByEmail = { kinds: readonly NoticeKind[]; sent: boolean };

const means: Readonly<Record<NoticeKind, string>> = {
  action: "you are asked to act",
  consult: "your advice is asked",
  informed: "it is only for you to know",
};

/** Of which kinds one hears by e-mail too. Kept at once when changed, taken back when the server says no. */
export function EmailKinds({ email, setEmailKinds }: { email: ByEmail; setEmailKinds: SetEmailKinds }) {
  const [chosen, setChosen] = useState(email.kinds);
  const change = async (kind: NoticeKind, on: boolean) => {
    const next = noticeKinds.filter((each) => (each === kind ? on : chosen.includes(each)));
    setChosen(next);
    const answer = await ask(() => setEmailKinds({ kinds: next }));
    if (!answer.done) setChosen(chosen);
    announce(
      answer.done
        ? `${kindNames[kind]} notices ${on ? "are sent to you by e-mail too" : "are not sent to you by e-mail any more"}.`
        : answer.failure.message,
      answer.done ? "green" : "red",
    );
  };
  return (
    <fieldset className="mx-4 mt-6 mb-8 max-w-2xl border-t border-line pt-3">
      <legend className="pr-3 font-semibold">By e-mail too</legend>
      <p className="mb-1 text-sm text-muted">
        {email.sent
          ? "These notices are sent to you when they come."
          : "This cockpit is not set up to send e-mail. What is chosen here holds once it is."}
      </p>
      {noticeKinds.map((kind) => (
        <label key={kind} className="flex min-h-6 items-baseline gap-2">
          <input
            type="checkbox"
            checked={chosen.includes(kind)}
            onChange={(event) => void change(kind, event.target.checked)}
            className="translate-y-0.5"
          />
          <span className="w-20 font-medium">{kindNames[kind]}</span>
          <span className="text-sm text-muted">{means[kind]}</span>
        </label>
      ))}
    </fieldset>
  );
}
