import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Entry } from "@/components/person/entry";
import { SignInForm } from "@/components/person/sign-in-form";
import { readSignIn, safeNext } from "@/components/shell/session";
import { currentPerson, sessionHasEnded } from "@/lib/kernel/session/current-person";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, error } = await searchParams;
  if (await currentPerson()) redirect(safeNext(next));
  const refused = typeof error === "string" ? readSignIn({ url: `/?${new URLSearchParams({ error })}` }) : null;
  const ended = (await sessionHasEnded()) ? "Your session has ended. Sign in again." : null;
  return (
    <Entry title="Sign in">
      <SignInForm next={safeNext(next)} problem={refused && !refused.ok ? refused.says : ended} />
    </Entry>
  );
}
