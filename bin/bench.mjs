/** `npm run bench -- <name> …`: a measurement of bench/. */
import fs from "node:fs";
import path from "node:path";
import { makeReady, refuse, root } from "./lib/repository.mjs";
import { runTypeScript } from "./lib/typescript.mjs";

const names = fs
  .readdirSync(path.join(root, "bench"))
  .filter(
    (file) =>
      file.endsWith(".ts") &&
      fs.readFileSync(path.join(root, "bench", file), "utf8").includes(`\`npm run bench -- ${file.slice(0, -3)}\``),
  )
  .map((file) => file.slice(0, -3));
const [name, ...args] = process.argv.slice(2);
if (!names.includes(name))
  refuse(
    name ? `There is no measurement called ${name}.` : "Which measurement?",
    `Usage: npm run bench -- ${names.join("|")}`,
  );
await makeReady();
runTypeScript(`bench/${name}.ts`, args);
