/**
 * A reporter of Vitest's that leaves how long each file took, hooks included, which Vitest's own report leaves out:
 * `[{ file, seconds }]` in TEST_FILES.
 */
import fs from "node:fs";

export default class FilesReporter {
  onTestRunEnd(modules) {
    const files = modules.map((module) => ({
      file: module.relativeModuleId,
      seconds: module.diagnostic().duration / 1000,
    }));
    if (process.env.TEST_FILES) fs.writeFileSync(process.env.TEST_FILES, JSON.stringify(files));
  }
}
