/**
 * Glossary of the operating model
 *   role      one of five hats of the document; a person may wear several
 *   letter    what a role is to an activity: Responsible, Accountable, Consulted, Informed
 *   duty      what an action needs of its activity: decide, perform, advise, view
 *   action    something the cockpit can do; belongs to one activity and needs one duty
 *   grant     the proof that an action was allowed to somebody: role and letter that did it
 */
export const roles = ["product_owner", "tech_lead", "operator", "security", "stakeholder"] as const;
export type Role = (typeof roles)[number];

export const roleNames: Record<Role, string> = {
  product_owner: "Product Owner",
  tech_lead: "Tech Lead",
  operator: "Operator",
  security: "Security/Compliance",
  stakeholder: "Stakeholder",
};

export function isRole(value: unknown): value is Role {
  return typeof value === "string" && (roles as readonly string[]).includes(value);
}

export type Letter = "R" | "A" | "C" | "I";

/** Asked for advice; to give it is theirs alone, whoever else may speak. */
export const isConsulted = (letter: Letter | null): boolean => letter === "C";

export const letterNames: Record<Letter, string> = {
  R: "Responsible",
  A: "Accountable",
  C: "Consulted",
  I: "Informed",
};

export type Duty = "decide" | "perform" | "advise" | "view";
