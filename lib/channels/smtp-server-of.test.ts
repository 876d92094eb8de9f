import { expect, test } from "vitest";
import { smtpServerOf } from "./smtp-server-of";

const plain = { secure: false, requireTLS: false, auth: undefined };

test.each([
  ["smtp://mail.example.org", { ...plain, host: "mail.example.org", port: 587 }],
  ["smtp://mail.example.org:25/", { ...plain, host: "mail.example.org", port: 25 }],
  ["smtps://mail.example.org", { ...plain, host: "mail.example.org", port: 465, secure: true }],
  ["smtp://[::1]:2525", { ...plain, host: "::1", port: 2525 }],
  [
    "smtps://a%40b:p%3A%2Fw@mail.example.org",
    { host: "mail.example.org", port: 465, secure: true, requireTLS: false, auth: { user: "a@b", pass: "p:/w" } },
  ],
])("%s is understood", (address, server) => expect(smtpServerOf(address)).toEqual(server));

test("a password goes to another machine only under TLS", () => {
  expect(smtpServerOf("smtp://u:p@mail.example.org").requireTLS).toBe(true);
  expect(smtpServerOf("smtp://u:p@127.0.0.1.example.org").requireTLS).toBe(true);
  for (const host of ["localhost", "127.0.0.1", "[::1]"])
    expect(smtpServerOf(`smtp://u:p@${host}`).requireTLS).toBe(false);
});
