/** What other areas may know of runs. */
export { foldRun, type RegistryLine, type RunView } from "./domain/fold-run";
