/** What thegent's own auditor answers for a registry (FORMATS §2.7), by its own names; `unreadable` where it would raise instead. */
export type RegistryVerdict =
  | {
      status: "empty" | "passed" | "failed";
      valid_count: number;
      corrupt_count: number;
      chain_broken: boolean;
      issues: string[];
    }
  | { status: "unreadable"; reason: string };

export const emptyVerdict = (): RegistryVerdict => ({
  status: "empty",
  valid_count: 0,
  corrupt_count: 0,
  chain_broken: false,
  issues: [],
});
