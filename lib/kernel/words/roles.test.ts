import { expect, test } from "vitest";
import { theRoles } from "./roles";

test.each([
  [[], "nobody more"],
  [["product_owner"], "the Product Owner"],
  [["tech_lead", "security"], "the Tech Lead and Security/Compliance"],
  [["tech_lead", "product_owner", "security"], "the Tech Lead, the Product Owner and Security/Compliance"],
] as const)("roles in a sentence: %o", (roles, says) => expect(theRoles(roles)).toBe(says));
