import { expect, test } from "vitest";
import { signUpProblems, tokenOf } from "./prepare";

test("what the server would refuse is said before it is sent", () => {
  expect(signUpProblems({ name: "Maya", email: "maya@example.org", password: "twelve chars" })).toEqual({});
  expect(signUpProblems({ name: " ", email: "maya", password: "short" })).toEqual({
    name: "The name is missing.",
    email: "That is not an e-mail address.",
    password: "The password needs at least 12 characters.",
  });
});

test.each([
  ["#token=abcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvwx"],
  ["#token=short", null],
  ["#", null],
  ["", null],
])("the token of %j is %j", (fragment, token) => expect(tokenOf(fragment)).toBe(token));
