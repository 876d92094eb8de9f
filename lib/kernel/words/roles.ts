import { roleNames, type Role } from "@/lib/model/roles";

/** "the Product Owner"; "Security/Compliance", which is nobody's title, stands alone. */
export const theRole = (role: Role): string => (role === "security" ? roleNames[role] : `the ${roleNames[role]}`);

/** "the Tech Lead, the Product Owner and Security/Compliance"; `none` where there are none. */
export function theRoles(some: readonly Role[], none = "nobody more"): string {
  const names = some.map(theRole);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? none);
}
