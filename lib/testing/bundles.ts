import type { Bundle, Told } from "@/lib/kernel/notice/channel";

export const at = new Date("2026-02-10T09:30:00Z");

/** One notice about run_x, which passed its SLA 30 minutes before `at`. */
export function told({ item, ...rest }: Partial<Omit<Told, "item">> & { item?: Partial<Told["item"]> } = {}): Told {
  const about: Told["item"] = {
    kind: "escalation",
    due: "sla",
    id: "item-x",
    subject: "run_x",
    reason: "policy: no network",
    owner: "team-a",
    dueAt: new Date("2026-02-10T09:00:00Z"),
    ...item,
  };
  return {
    noticeId: `notice-${about.id}`,
    times: 1,
    kind: "action",
    says: "run_x passed its SLA and is yours now.",
    at,
    ...rest,
    item: about,
  };
}

export function bundleOf(notices: readonly Told[] = [told()], person: Partial<Bundle["person"]> = {}): Bundle {
  return {
    id: "0123456789abcdef0123456789abcdef",
    heldSince: null,
    person: { id: "person-1", name: "Maya Okafor", email: "maya@example.com", ...person },
    told: notices,
    at,
  };
}

/** What somebody might put into a name or a reason: another header, text that runs backwards, markup, more than anybody reads. */
export const hostileTexts: readonly [name: string, text: string][] = [
  ["another header", "x\r\nBcc: thief@example.net\r\n\r\nBody"],
  ["a bare line feed", "x\nX-Injected: yes"],
  ["a line separator", "x\u2028Bcc: thief@example.net"],
  ["a next line", "x\u0085Bcc: thief@example.net"],
  ["control characters", "x\u0000\u001b[31m\u0007"],
  ["text turned round", "\u202Ecod.exe\u202C \u2066hidden\u2069\u200b"],
  ["markup", "<script>alert(1)</script>"],
  ["an encoded word", "=?UTF-8?Q?=0D=0ABcc:_thief@example.net?="],
  ["another address", "a@b.example>, <thief@example.net"],
  ["half a character", "\uD800 half a character"],
  ["more than anybody reads", "ten thousand ".repeat(800)],
];
