"use client";

import Link from "next/link";
import { useRef, useState, useSyncExternalStore, type SyntheticEvent } from "react";
import { signIn } from "@/components/shell/session";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useTypedEarly } from "@/components/ui/typed-early";
import { limits } from "@/lib/areas/person/limits";
import { signUpProblems, tokenOf, type SignUpFields } from "./prepare";

type Refusal = { error?: { message?: string; fields?: Partial<SignUpFields> } } | null;

const unreachable = "The cockpit's server cannot be reached. Try again in a moment.";

/** The token stays in the address's fragment, which no browser sends; it travels once, in the body. */
const useToken = () =>
  useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => window.removeEventListener("hashchange", changed);
    },
    () => tokenOf(window.location.hash),
    () => undefined,
  );

async function send(body: SignUpFields & { token: string }): Promise<Refusal | "made"> {
  const answer = await fetch("/api/sign-up", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.status === 201 ? "made" : ((await answer.json().catch(() => null)) as Refusal);
}

/** Makes a person with a one-time link, and signs them in. */
export function SignUpForm() {
  const token = useToken();
  const frame = useRef<HTMLFormElement>(null);
  useTypedEarly(frame);
  const [fields, setFields] = useState<SignUpFields>({ name: "", email: "", password: "" });
  const [errors, setErrors] = useState<Partial<SignUpFields>>({});
  const [says, setSays] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  if (token === null) {
    return (
      <Notice tone="amber">
        This link is incomplete. Open the one that was printed when the cockpit started, or ask for a new one. If you
        have an account already,{" "}
        <Link href="/sign-in" className="underline">
          sign in
        </Link>
        .
      </Notice>
    );
  }

  const refuse = (form: HTMLFormElement, problems: Partial<SignUpFields>, sentence: string | null) => {
    setErrors(problems);
    setSays(sentence);
    setPending(false);
    const first = Object.keys(problems)[0];
    if (first) (form.elements.namedItem(first) as HTMLInputElement | null)?.focus();
  };

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (pending || !token) return;
    const problems = signUpProblems(fields);
    if (Object.keys(problems).length) return refuse(form, problems, null);
    setPending(true);
    const answer = await send({ ...fields, token }).catch(() => null);
    if (answer !== "made") return refuse(form, answer?.error?.fields ?? {}, answer?.error?.message ?? unreachable);
    const signedIn = await signIn(fields.email.trim().toLowerCase(), fields.password);
    window.location.assign(signedIn.ok ? "/" : "/sign-in");
  };

  const input = (name: keyof SignUpFields) => ({
    id: name,
    name,
    value: fields[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) => {
      const next = { ...fields, [name]: event.target.value };
      setFields(next);
      // Once a field was called wrong, it is judged as it is typed.
      if (errors[name]) setErrors({ ...errors, [name]: signUpProblems(next)[name] });
    },
  });

  return (
    <form ref={frame} onSubmit={submit} method="post" noValidate className="space-y-4">
      {says && (
        <Notice tone="red" live="assertive">
          {says}
        </Notice>
      )}
      <TextField
        {...input("name")}
        label="Name"
        autoComplete="name"
        hint="As colleagues and the audit trail will see it."
      />
      <TextField {...input("email")} label="E-mail" type="email" autoComplete="username" />
      <TextField
        {...input("password")}
        label="Password"
        type="password"
        autoComplete="new-password"
        hint={`At least ${limits.password.least} characters.`}
      />
      <SubmitButton look="primary" pending={pending}>
        {pending ? "Signing up…" : "Sign up"}
      </SubmitButton>
    </form>
  );
}
