import type { Metadata } from "next";
import { Entry } from "@/components/person/entry";
import { SignUpForm } from "@/components/person/sign-up-form";

// The address holds a secret: no page that is left for is told of it.
export const metadata: Metadata = { title: "Sign up", referrer: "no-referrer" };

export default function SignUpPage() {
  return (
    <Entry title="Sign up">
      <SignUpForm />
    </Entry>
  );
}
