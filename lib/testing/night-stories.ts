/**
 * A night, 28 March 22:00 to 29 March 08:00 UTC, told as stories: each a kind of item's life, with everything that anybody must hear
 * of it. Written by hand from the operating model (sections 2 to 4) and its severities, not from the code.
 *
 * Minutes of `from`, the duties and the pauses count from 22:00; all others from the item's opening. "up": when the worker is back.
 */
import type { EscalationPath } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import type { Severity } from "@/lib/model/severities";

/** Piet is never on duty; Maya holds two roles. */
export const team = {
  Maya: ["operator", "tech_lead"],
  Olga: ["operator"],
  Omar: ["operator"],
  Paula: ["product_owner"],
  Piet: ["product_owner"],
  Sam: ["security"],
  Stella: ["stakeholder"],
  Tom: ["tech_lead"],
} as const satisfies Record<string, readonly Role[]>;
export type Who = keyof typeof team;

export const duties: readonly [minute: number, Who, "takes" | "leaves", Role][] = [
  [0, "Paula", "takes", "product_owner"],
  [0, "Tom", "takes", "tech_lead"],
  [0, "Olga", "takes", "operator"],
  [0, "Sam", "takes", "security"],
  [120, "Paula", "leaves", "product_owner"], // Sam stands in for the Product Owner
  [300, "Olga", "leaves", "operator"],
  [300, "Tom", "leaves", "tech_lead"],
  [300, "Sam", "leaves", "security"],
  [300, "Maya", "takes", "operator"],
  [300, "Maya", "takes", "tech_lead"],
  [420, "Maya", "leaves", "operator"], // the Tech Lead stands in for the Operator, the Product Owner for Security
  [420, "Maya", "leaves", "tech_lead"],
  [420, "Paula", "takes", "product_owner"],
  [420, "Tom", "takes", "tech_lead"],
];

/** Twice no worker runs for 47 minutes; the first time over 01:00 UTC, when Europe's clocks go forward. */
export const pauses = [
  { from: 170, until: 217 },
  { from: 440, until: 487 },
] as const;

export const nightEnds = 600;

export type Act =
  | readonly [
      minute: number,
      by: Who,
      (
        | "claims"
        | "says"
        | "advises"
        | "finds"
        | "finds an adapter change"
        | "resolves"
        | "resolves late"
        | "cancels"
        | "signs off"
      ),
    ]
  | readonly [minute: number, by: Who, "assigns to", to: Who]
  | readonly [minute: number, by: "thegent", "resolves"];

export type Story = {
  story: string;
  path: EscalationPath;
  severity?: Severity;
  /** A person by hand; a record of thegent's file; the cockpit by itself. */
  opens: Who | "thegent" | "cockpit";
  /** When the first of its items opens. */
  from: number;
  acts?: readonly Act[];
  /** What the clock did, one event of the chain each: minute, clock, level before and after. "late": not at its instant. */
  time?: readonly string[];
  /** minute, step, who, kind, role, letter; "for": in whose place; "×2 at": counted again; "|": ended when, by which act of whom. */
  hear: readonly string[];
  ends: string;
};

export const stories: readonly Story[] = [
  // The first watch: somebody of every role but the stakeholders, of whom there is one, is on duty.
  {
    story: "a denial that is resolved in time",
    path: "policy_denial",
    opens: "thegent",
    from: 0,
    acts: [
      [5, "Olga", "claims"],
      [18, "Olga", "resolves"],
    ],
    hear: [
      "0 opened Paula action product_owner A | 5 claim Olga",
      "0 opened Olga action operator R | 5 claim Olga",
      "0 opened Sam consult security C | 18 resolve Olga",
      "0 opened Tom informed tech_lead I | 18 resolve Olga",
      "0 opened Stella informed stakeholder I | 18 resolve Olga",
    ],
    ends: "resolved, level 0",
  },
  {
    story: "a denial that an operator adds and nobody touches",
    path: "policy_denial",
    opens: "Olga",
    from: 10,
    time: ["30 resolve 0→1"],
    hear: [
      "0 opened Paula action product_owner A",
      "0 opened Sam consult security C",
      "0 opened Tom informed tech_lead I",
      "0 opened Stella informed stakeholder I",
      "30 breach Paula action product_owner A",
    ],
    ends: "open, level 1, breached 30",
  },
  {
    story: "a denial that is advised on, resolved late and signed off",
    path: "policy_denial",
    opens: "thegent",
    from: 20,
    acts: [
      [10, "Olga", "claims"],
      [12, "Sam", "advises"],
      [20, "Olga", "says"],
      [34, "Olga", "resolves late"],
      [50, "Paula", "signs off"],
    ],
    time: ["30 resolve 0→1"],
    hear: [
      "0 opened Paula action product_owner A | 10 claim Olga",
      "0 opened Olga action operator R | 10 claim Olga",
      "0 opened Sam consult security C | 12 advise Sam",
      "0 opened Tom informed tech_lead I | 34 resolve Olga",
      "0 opened Stella informed stakeholder I | 34 resolve Olga",
      "30 breach Paula action product_owner A | 50 sign-off Paula",
    ],
    ends: "resolved, level 1, breached 30, signed off",
  },
  {
    story: "a denial whose holders go quiet, one after the other",
    path: "policy_denial",
    opens: "thegent",
    from: 40,
    acts: [
      [2, "Olga", "claims"],
      [20, "Omar", "claims"],
    ],
    time: ["17 returned", "30 resolve 0→1", "35 returned"],
    hear: [
      "0 opened Paula action product_owner A | 2 claim Olga",
      "0 opened Olga action operator R | 2 claim Olga",
      "0 opened Sam consult security C",
      "0 opened Tom informed tech_lead I",
      "0 opened Stella informed stakeholder I",
      "17 returned Olga action operator R | 20 claim Omar",
      "30 breach Paula action product_owner A",
      "35 returned Olga action operator R", // on duty
      "35 returned Omar action operator R", // held it
    ],
    ends: "open, level 1, breached 30",
  },
  {
    story: "a denial that should not be there",
    path: "policy_denial",
    opens: "thegent",
    from: 60,
    acts: [[8, "Paula", "cancels"]],
    hear: [
      "0 opened Paula action product_owner A | 8 cancel Paula",
      "0 opened Olga action operator R | 8 cancel Paula",
      "0 opened Sam consult security C | 8 cancel Paula",
      "0 opened Tom informed tech_lead I | 8 cancel Paula",
      "0 opened Stella informed stakeholder I | 8 cancel Paula",
    ],
    ends: "cancelled, level 0",
  },
  {
    story: "a denial that is given to a colleague off duty",
    path: "policy_denial",
    opens: "thegent",
    from: 70,
    acts: [
      [5, "Olga", "assigns to", "Omar"],
      [10, "Omar", "claims"],
      [20, "Omar", "resolves"],
    ],
    hear: [
      "0 opened Paula action product_owner A | 5 assign Olga",
      "0 opened Olga action operator R | 5 assign Olga",
      "0 opened Sam consult security C | 20 resolve Omar",
      "0 opened Tom informed tech_lead I | 20 resolve Omar",
      "0 opened Stella informed stakeholder I | 20 resolve Omar",
      "5 assigned Omar action operator R | 10 claim Omar",
    ],
    ends: "resolved, level 0",
  },
  {
    story: "drift that is looked into and remediated in time",
    path: "contract_drift",
    opens: "cockpit",
    from: 0,
    acts: [
      [10, "Tom", "claims"],
      [20, "Tom", "says"],
      [30, "Tom", "finds"],
      [40, "Tom", "resolves"],
    ],
    hear: [
      "0 opened Tom action tech_lead R | 10 claim Tom",
      "0 opened Olga action operator R | 10 claim Tom",
      "0 opened Paula informed product_owner I | 40 resolve Tom",
      "0 opened Sam informed security I | 40 resolve Tom",
      "0 opened Stella informed stakeholder I | 40 resolve Tom",
    ],
    ends: "resolved, level 0",
  },
  {
    story: "drift that nobody touches all night",
    path: "contract_drift",
    opens: "cockpit",
    from: 5,
    time: ["60 investigate 0→1", "240 remediate 1→1"],
    hear: [
      "0 opened Tom action tech_lead R",
      "0 opened Olga action operator R",
      "0 opened Paula informed product_owner I",
      "0 opened Sam informed security I",
      "0 opened Stella informed stakeholder I",
      "60 missed-investigate Tom action tech_lead R",
      "60 breach Paula action product_owner A ×2 at 240",
      "240 missed-remediate Tom action tech_lead R",
      "240 breach Piet action product_owner A", // no Product Owner is on duty by then: all of them
    ],
    ends: "open, level 1, breached 60",
  },
  {
    story: "drift that needs an adapter change, and whose holder then goes quiet",
    path: "contract_drift",
    opens: "Omar",
    from: 20,
    acts: [
      [5, "Olga", "claims"],
      [15, "Olga", "finds an adapter change"],
      [50, "Tom", "resolves"],
    ],
    time: ["30 returned"],
    hear: [
      "0 opened Tom action tech_lead R | 5 claim Olga",
      "0 opened Olga action operator R | 5 claim Olga",
      "0 opened Paula informed product_owner I | 50 resolve Tom",
      "0 opened Sam informed security I | 50 resolve Tom",
      "0 opened Stella informed stakeholder I | 50 resolve Tom",
      "15 raised-2 Paula action product_owner A | 50 resolve Tom", // a change of contract: hers to decide
      "30 returned Tom action tech_lead R | 50 resolve Tom",
      "30 returned Olga action operator R | 50 resolve Tom",
    ],
    ends: "resolved, level 2",
  },
  {
    story: "drift whose first breach is signed off before the second",
    path: "contract_drift",
    opens: "cockpit",
    from: 30,
    acts: [[70, "Paula", "signs off"]],
    time: ["60 investigate 0→1", "240 remediate 1→1"],
    hear: [
      "0 opened Tom action tech_lead R",
      "0 opened Olga action operator R",
      "0 opened Paula informed product_owner I",
      "0 opened Sam informed security I",
      "0 opened Stella informed stakeholder I",
      "60 missed-investigate Tom action tech_lead R",
      "60 breach Paula action product_owner A | 70 sign-off Paula",
      "240 missed-remediate Tom action tech_lead R",
      "240 breach Paula action product_owner A",
      "240 breach Piet action product_owner A",
    ],
    ends: "open, level 1, breached 60",
  },
  {
    story: "a broken chain whose cause is found",
    path: "integrity",
    severity: "P1",
    opens: "cockpit",
    from: 50,
    acts: [
      [10, "Sam", "claims"],
      [12, "Stella", "advises"],
      [20, "Sam", "finds"],
      [30, "Sam", "resolves"],
    ],
    hear: [
      "0 raised-1 Sam action security R | 10 claim Sam", // at once
      "0 opened Tom action tech_lead R | 10 claim Sam",
      "0 opened Stella consult stakeholder C | 12 advise Stella",
      "0 opened Paula informed product_owner I | 30 resolve Sam",
      "0 opened Olga informed operator I | 30 resolve Sam",
    ],
    ends: "resolved, level 1",
  },
  {
    story: "a P1 incident that is handled at once",
    path: "incident",
    severity: "P1",
    opens: "Omar",
    from: 80,
    acts: [
      [5, "Tom", "claims"],
      [12, "Tom", "says"],
      [18, "Tom", "resolves"],
    ],
    hear: [
      "0 raised-1 Tom action tech_lead R | 5 claim Tom",
      "0 raised-1 Paula action product_owner A | 5 claim Tom",
      "0 raised-1 Sam informed security I | 18 resolve Tom",
      "0 opened Olga action operator R | 5 claim Tom",
      "0 opened Stella informed stakeholder I | 18 resolve Tom",
    ],
    ends: "resolved, level 1",
  },
  {
    story: "a P2 incident that nobody touches all night",
    path: "incident",
    severity: "P2",
    opens: "cockpit",
    from: 0,
    // The Tech Lead's step at 60 says nothing new: the missed response reached them at 30.
    time: ["30 first response 0→1", "240 tell the Product Owner 1→2", "up resolution 2→2 late"],
    hear: [
      "0 opened Paula action product_owner A",
      "0 opened Tom action tech_lead R",
      "0 opened Olga action operator R",
      "0 opened Sam informed security I",
      "0 opened Stella informed stakeholder I",
      "30 missed-first response Tom action tech_lead R",
      "30 breach Paula action product_owner A ×2 at up",
      "240 raised-2 Paula action product_owner A",
      "240 raised-2 Piet action product_owner A",
      "up missed-resolution Tom action tech_lead R",
    ],
    ends: "open, level 2, breached 30",
  },
  {
    story: "a P2 incident that is taken twice and closed in time",
    path: "incident",
    severity: "P2",
    opens: "cockpit",
    from: 85,
    acts: [
      [10, "Olga", "claims"],
      [65, "Omar", "claims"],
      [75, "Omar", "resolves"],
    ],
    time: ["25 returned", "60 tell the Tech Lead 0→1"],
    hear: [
      "0 opened Paula action product_owner A | 10 claim Olga",
      "0 opened Tom action tech_lead R | 10 claim Olga",
      "0 opened Olga action operator R | 10 claim Olga",
      "0 opened Sam informed security I | 75 resolve Omar",
      "0 opened Stella informed stakeholder I | 75 resolve Omar",
      "25 returned Tom action tech_lead R | 65 claim Omar",
      "25 returned Olga action operator R | 65 claim Omar",
      "60 raised-1 Tom action tech_lead R | 65 claim Omar",
    ],
    ends: "resolved, level 1",
  },

  // The second watch: no Product Owner on duty.
  {
    story: "a P2 integrity failure that nobody touches",
    path: "integrity",
    severity: "P2",
    opens: "cockpit",
    from: 122,
    time: ["120 root cause 1→1"],
    hear: [
      "0 raised-1 Sam action security R",
      "0 opened Tom action tech_lead R",
      "0 opened Stella consult stakeholder C",
      "0 opened Paula informed product_owner I",
      "0 opened Piet informed product_owner I",
      "0 opened Olga informed operator I",
      "120 missed-root cause Tom action tech_lead R",
      "120 breach Paula action product_owner A",
      "120 breach Piet action product_owner A",
    ],
    ends: "open, level 1, breached 120",
  },
  {
    story: "a P3 incident that nobody touches",
    path: "incident",
    severity: "P3",
    opens: "cockpit",
    from: 130,
    time: ["120 first response 0→1"],
    hear: [
      "0 opened Paula action product_owner A",
      "0 opened Piet action product_owner A",
      "0 opened Tom action tech_lead R",
      "0 opened Olga action operator R",
      "0 opened Sam informed security I",
      "0 opened Stella informed stakeholder I",
      "120 missed-first response Tom action tech_lead R",
      "120 breach Paula action product_owner A",
      "120 breach Piet action product_owner A",
    ],
    ends: "open, level 1, breached 120",
  },
  {
    story: "a P4 incident, which nobody need touch before the morning",
    path: "incident",
    severity: "P4",
    opens: "Omar",
    from: 130,
    hear: [
      "0 opened Paula action product_owner A",
      "0 opened Piet action product_owner A",
      "0 opened Tom action tech_lead R",
      "0 opened Olga action operator R",
      "0 opened Sam informed security I",
      "0 opened Stella informed stakeholder I",
    ],
    ends: "open, level 0",
  },
  {
    story: "a denial with Security in the Product Owner's place, signed off while it is open",
    path: "policy_denial",
    opens: "thegent",
    from: 130,
    acts: [[35, "Paula", "signs off"]],
    time: ["30 resolve 0→1"],
    hear: [
      "0 opened Paula action product_owner A",
      "0 opened Piet action product_owner A",
      "0 opened Olga action operator R",
      "0 opened Sam consult security C for product_owner",
      "0 opened Tom informed tech_lead I",
      "0 opened Stella informed stakeholder I",
      "30 breach Paula action product_owner A | 35 sign-off Paula",
      "30 breach Piet action product_owner A | 35 sign-off Paula",
    ],
    ends: "open, level 1, breached 30, signed off",
  },

  // The first pause, over the change of Europe's clocks.
  {
    story: "a denial that falls due while no worker runs",
    path: "policy_denial",
    opens: "Olga",
    from: 150,
    time: ["up resolve 0→1 late"],
    hear: [
      "0 opened Paula action product_owner A",
      "0 opened Piet action product_owner A",
      "0 opened Sam consult security C for product_owner",
      "0 opened Tom informed tech_lead I",
      "0 opened Stella informed stakeholder I",
      "up breach Paula action product_owner A",
      "up breach Piet action product_owner A",
    ],
    ends: "open, level 1, breached 30",
  },
  {
    // The claim acknowledges the miss that nobody had heard: of it nothing is left to tell, but the breach.
    story: "a denial that falls due while no worker runs, and is claimed and resolved before one does",
    path: "policy_denial",
    opens: "thegent",
    from: 151,
    acts: [
      [45, "Omar", "claims"],
      [55, "Omar", "resolves late"],
    ],
    time: ["45 resolve 0→1 late"],
    hear: [
      "0 opened Paula action product_owner A | 45 claim Omar",
      "0 opened Piet action product_owner A | 45 claim Omar",
      "0 opened Olga action operator R | 45 claim Omar",
      "0 opened Sam consult security C for product_owner | 55 resolve Omar",
      "0 opened Tom informed tech_lead I | 55 resolve Omar",
      "0 opened Stella informed stakeholder I | 55 resolve Omar",
      "45 breach Paula action product_owner A",
      "45 breach Piet action product_owner A",
    ],
    ends: "resolved, level 1, breached 30",
  },
  {
    // That she resolved it herself does not spare her the sign-off.
    story: "a denial that falls due while no worker runs, and is resolved by a Product Owner before one does",
    path: "policy_denial",
    opens: "Olga",
    from: 152,
    acts: [[46, "Paula", "resolves late"]],
    time: ["46 resolve 0→1 late"],
    hear: [
      "0 opened Paula action product_owner A | 46 resolve Paula",
      "0 opened Piet action product_owner A | 46 resolve Paula",
      "0 opened Sam consult security C for product_owner | 46 resolve Paula",
      "0 opened Tom informed tech_lead I | 46 resolve Paula",
      "0 opened Stella informed stakeholder I | 46 resolve Paula",
      "46 breach Paula action product_owner A",
      "46 breach Piet action product_owner A",
    ],
    ends: "resolved, level 1, breached 30",
  },
  {
    story: "drift whose holder goes quiet and whose clock runs out while no worker runs",
    path: "contract_drift",
    opens: "cockpit",
    from: 140,
    acts: [[20, "Tom", "claims"]],
    time: ["up returned late", "up investigate 0→1 late", "240 remediate 1→1"],
    hear: [
      "0 opened Tom action tech_lead R | 20 claim Tom",
      "0 opened Olga action operator R | 20 claim Tom",
      "0 opened Paula informed product_owner I",
      "0 opened Piet informed product_owner I",
      "0 opened Sam informed security I",
      "0 opened Stella informed stakeholder I",
      "up returned Tom action tech_lead R",
      "up returned Olga action operator R",
      "up missed-investigate Tom action tech_lead R",
      "up breach Paula action product_owner A ×2 at 240",
      "up breach Piet action product_owner A ×2 at 240",
      "240 missed-remediate Maya action tech_lead R", // by then she is on duty
    ],
    ends: "open, level 1, breached 60",
  },
  {
    story: "a denial whose holder acts again before anybody noticed that they had gone quiet",
    path: "policy_denial",
    opens: "thegent",
    from: 145,
    acts: [
      [24, "Olga", "claims"],
      [50, "Olga", "resolves late"],
    ],
    time: ["50 resolve 0→1 late"],
    hear: [
      "0 opened Paula action product_owner A | 24 claim Olga",
      "0 opened Piet action product_owner A | 24 claim Olga",
      "0 opened Olga action operator R | 24 claim Olga",
      "0 opened Sam consult security C for product_owner | 50 resolve Olga",
      "0 opened Tom informed tech_lead I | 50 resolve Olga",
      "0 opened Stella informed stakeholder I | 50 resolve Olga",
      "50 breach Paula action product_owner A",
      "50 breach Piet action product_owner A",
    ],
    ends: "resolved, level 1, breached 30",
  },

  // The third watch: Maya alone, as Operator and Tech Lead.
  {
    story: "a P1 integrity failure that nobody touches",
    path: "integrity",
    severity: "P1",
    opens: "cockpit",
    from: 310,
    time: ["120 root cause 1→2", "240 remediate 2→2"],
    hear: [
      "0 raised-1 Sam action security R",
      "0 opened Maya action tech_lead R",
      "0 opened Stella consult stakeholder C",
      "0 opened Paula informed product_owner I",
      "0 opened Piet informed product_owner I",
      "120 missed-root cause Tom action tech_lead R",
      "120 missed-root cause Sam action security R",
      "120 breach Paula action product_owner A ×2 at 240",
      "240 missed-remediate Tom action tech_lead R",
      "240 missed-remediate Sam action security R",
    ],
    ends: "open, level 2, breached 120",
  },
  {
    story: "a P1 incident that nobody touches",
    path: "incident",
    severity: "P1",
    opens: "cockpit",
    from: 320,
    time: ["15 first response 1→2", "240 resolution 2→2"],
    hear: [
      "0 raised-1 Maya action tech_lead R",
      "0 raised-1 Paula action product_owner A",
      "0 raised-1 Piet action product_owner A",
      "0 raised-1 Sam informed security I",
      "0 opened Stella informed stakeholder I",
      "15 missed-first response Maya action tech_lead R",
      "15 missed-first response Sam informed security I",
      "15 breach Paula action product_owner A ×2 at 240",
      "15 breach Piet action product_owner A", // off duty at 240, when Paula is on
      "240 missed-resolution Tom action tech_lead R",
      "240 missed-resolution Sam informed security I",
    ],
    ends: "open, level 2, breached 15",
  },
  {
    story: "a denial with nobody on duty who owns it",
    path: "policy_denial",
    opens: "thegent",
    from: 330,
    acts: [
      [5, "Maya", "claims"],
      [15, "Maya", "resolves"],
    ],
    hear: [
      "0 opened Paula action product_owner A | 5 claim Maya",
      "0 opened Piet action product_owner A | 5 claim Maya",
      "0 opened Maya action operator R | 5 claim Maya",
      "0 opened Sam consult security C | 15 resolve Maya",
      "0 opened Stella informed stakeholder I | 15 resolve Maya",
    ],
    ends: "resolved, level 0",
  },
  {
    story: "a denial that thegent resolves in time",
    path: "policy_denial",
    opens: "thegent",
    from: 340,
    acts: [[20, "thegent", "resolves"]],
    hear: [
      "0 opened Paula action product_owner A | 20 sync itself",
      "0 opened Piet action product_owner A | 20 sync itself",
      "0 opened Maya action operator R | 20 sync itself",
      "0 opened Sam consult security C | 20 sync itself",
      "0 opened Stella informed stakeholder I | 20 sync itself",
    ],
    ends: "resolved, level 0",
  },

  // The fourth watch: no Operator and no Security on duty; in it the second pause.
  {
    story: "a denial that thegent resolves late, before anybody noticed that it was",
    path: "policy_denial",
    opens: "thegent",
    from: 430,
    acts: [[33, "thegent", "resolves"]],
    time: ["33 resolve 0→1 late"],
    hear: [
      "0 opened Paula action product_owner A | 33 sync itself",
      "0 opened Olga action operator R | 33 sync itself",
      "0 opened Omar action operator R | 33 sync itself",
      "0 opened Maya action operator R | 33 sync itself",
      "0 opened Sam consult security C | 33 sync itself",
      "0 opened Tom informed tech_lead I | 33 sync itself",
      "0 opened Stella informed stakeholder I | 33 sync itself",
      "33 breach Paula action product_owner A",
    ],
    ends: "resolved, level 1, breached 30",
  },
  {
    story: "a P3 incident with the Tech Lead in the Operator's place",
    path: "incident",
    severity: "P3",
    opens: "cockpit",
    from: 425,
    acts: [
      [6, "Tom", "claims"],
      [14, "Tom", "resolves"],
    ],
    hear: [
      "0 opened Tom action tech_lead R for operator | 6 claim Tom",
      "0 opened Paula action product_owner A | 6 claim Tom",
      "0 opened Olga action operator R | 6 claim Tom",
      "0 opened Omar action operator R | 6 claim Tom",
      "0 opened Maya action operator R | 6 claim Tom",
      "0 opened Sam informed security I | 14 resolve Tom",
      "0 opened Stella informed stakeholder I | 14 resolve Tom",
    ],
    ends: "resolved, level 0",
  },
  {
    story: "a denial that a Product Owner adds, and that falls due, while no worker runs",
    path: "policy_denial",
    opens: "Paula",
    from: 442,
    time: ["up resolve 0→1 late"],
    hear: [
      "0 opened Olga action operator R",
      "0 opened Omar action operator R",
      "0 opened Maya action operator R",
      "0 opened Sam consult security C",
      "0 opened Tom informed tech_lead I",
      "0 opened Stella informed stakeholder I",
      "up breach Paula action product_owner A",
    ],
    ends: "open, level 1, breached 30",
  },
  {
    story: "a P3 integrity failure with the Product Owner in Security's place",
    path: "integrity",
    severity: "P3",
    opens: "cockpit",
    from: 500,
    acts: [[7, "Stella", "advises"]],
    hear: [
      "0 raised-1 Sam action security R",
      "0 opened Tom action tech_lead R",
      "0 opened Stella consult stakeholder C | 7 advise Stella",
      "0 opened Paula informed product_owner I for security",
      "0 opened Olga informed operator I",
      "0 opened Omar informed operator I",
      "0 opened Maya informed operator I",
    ],
    ends: "open, level 1",
  },
];
