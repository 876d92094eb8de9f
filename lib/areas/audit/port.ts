/** thegent's own verdict on its run registry, from the file alone. */
export { auditRegistryFile as verifyRegistryFile } from "@/lib/thegent/registry/audit-file";
export type { RegistryVerdict } from "@/lib/thegent/registry/verdict";
