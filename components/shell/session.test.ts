import { describe, expect, test } from "vitest";
import { readSignIn, safeNext } from "./session";

describe("after signing in one goes to a page of the cockpit, never to another site", () => {
  test.each([
    ["/escalations?sla=past", "/escalations?sla=past"],
    ["/", "/"],
    [undefined, "/"],
    [["/a", "/b"], "/"],
    ["", "/"],
    ["https://evil.example", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/a\\b", "/"],
    ["javascript:alert(1)", "/"],
  ])("%j leads to %s", (next, path) => expect(safeNext(next)).toBe(path));
});

describe("next-auth's answer is told in a sentence", () => {
  test.each([
    [{ url: "http://localhost:3000/" }, undefined],
    [
      { url: "http://localhost:3000/sign-in?error=CredentialsSignin" },
      "That e-mail address and password do not belong together.",
    ],
    [{ url: "http://localhost:3000/sign-in?error=RateLimited%3A840" }, "Too many attempts. Try again in 14 minutes."],
    [{ url: "/sign-in?error=RateLimited" }, "Too many attempts. Try again in a minute."],
    [{ url: "/sign-in?error=Stale" }, "This page stood open for too long. Load it again, and sign in."],
    [
      { url: "/sign-in?error=Unavailable" },
      "Signing in does not work at the moment. Try again; if it stays, tell whoever runs the cockpit.",
    ],
    [{ url: "/sign-in?error=toString" }, "That e-mail address and password do not belong together."],
    [{ url: "/sign-in?error=" }, "That e-mail address and password do not belong together."],
    [{ error: { message: "This form was sent from elsewhere." } }, "This form was sent from elsewhere."],
    [null, "The cockpit's server cannot be reached. Try again in a moment."],
  ])("%j", (answer, says) => expect(readSignIn(answer)).toEqual(says ? { ok: false, says } : { ok: true }));
});
