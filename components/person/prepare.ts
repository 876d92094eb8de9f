import { limits } from "@/lib/areas/person/limits";

export type SignUpFields = { name: string; email: string; password: string };

/** One sentence for each field that the server would refuse. The rules are the server's (lib/areas/person/contract.ts); this only saves the way there. */
export function signUpProblems({ name, email, password }: SignUpFields): Partial<SignUpFields> {
  const problems: Partial<SignUpFields> = {};
  if (!name.trim()) problems.name = "The name is missing.";
  if (!/^[^\s@]+@[^\s@]+$/.test(email.trim())) problems.email = "That is not an e-mail address.";
  if (password.length < limits.password.least)
    problems.password = `The password needs at least ${limits.password.least} characters.`;
  return problems;
}

/** The token of a one-time link, from its fragment; null when the link is not whole. */
export function tokenOf(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#/, "")).get("token");
  return token && token.length >= 20 ? token : null;
}
