"use client";

import { useRef, useState, type SyntheticEvent } from "react";
import { signIn } from "@/components/shell/session";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";

/** Signs in and goes on to `next`. What was typed stays when it is refused; the password is asked for again. */
export function SignInForm({ next, problem }: { next: string; problem: string | null }) {
  const [says, setSays] = useState(problem);
  const [pending, setPending] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const typed = (name: string) => {
      const value = new FormData(event.currentTarget).get(name);
      return typeof value === "string" ? value : "";
    };
    const [email, secret] = [typed("email").trim(), typed("password")];
    setPending(true);
    const answer = await signIn(email, secret);
    // A whole load: nothing of an earlier person's session stays in this page.
    if (answer.ok) return window.location.assign(next);
    setPending(false);
    setSays(answer.says);
    password.current?.focus();
    password.current?.select();
  };

  return (
    <form onSubmit={submit} method="post" className="space-y-4">
      {says && (
        <Notice tone="red" live="assertive">
          {says}
        </Notice>
      )}
      <TextField id="email" name="email" label="E-mail" type="email" autoComplete="username" required autoFocus />
      <TextField
        ref={password}
        id="password"
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        required
      />
      <SubmitButton look="primary" pending={pending}>
        {pending ? "Signing in…" : "Sign in"}
      </SubmitButton>
    </form>
  );
}
