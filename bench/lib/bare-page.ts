/**
 * A Next page that does nothing but render the elements of another page: no data, no session, no script of its own. What it
 * costs is what Next and React cost.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { freePort } from "@/lib/server/embedded-postgres";

/** An element: its tag, its attributes, what is in it; text is a string. */
export type Tree = string | { tag: string; attributes: Record<string, string>; children: Tree[] };

export type BarePage = { byServer: string; byClient: string; stop(): Promise<void> };

/** The elements of a page's body as they stand in the browser, without scripts. */
export async function captureTree(page: Page): Promise<Tree> {
  // The TypeScript loader wraps named functions in a helper that the browser does not have.
  await page.evaluate("globalThis.__name = (named) => named");
  return page.evaluate(() => {
    const left = ["SCRIPT", "TEMPLATE", "LINK", "NEXT-ROUTE-ANNOUNCER"];
    const walk = (node: Element): Tree => ({
      tag: node.tagName.toLowerCase(),
      attributes: Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])),
      children: [...node.childNodes].flatMap((child) => {
        if (child instanceof Element) return left.includes(child.tagName) ? [] : [walk(child)];
        return child.nodeType === Node.TEXT_NODE && child.textContent ? [child.textContent] : [];
      }),
    });
    return walk(document.body);
  });
}

/**
 * Two ways to render them. By a server component: the elements travel twice, as HTML and as React's own stream. By a client
 * component: as HTML only, and in the script. The second is the least that such a page can cost.
 *
 * React's words for the attributes that HTML spells otherwise; events and inline styles are left out.
 */
const rendering = `
import tree from "./tree.json";
import { createElement } from "react";

const renamed = { class: "className", for: "htmlFor", tabindex: "tabIndex", readonly: "readOnly", maxlength: "maxLength", colspan: "colSpan", autocomplete: "autoComplete", datetime: "dateTime", "stroke-width": "strokeWidth", "stroke-linecap": "strokeLinecap", "stroke-linejoin": "strokeLinejoin", "fill-rule": "fillRule", "clip-rule": "clipRule", viewbox: "viewBox" };
const dropped = new Set(["style", "selected", "checked", "value"]);

function render(node, key) {
  if (typeof node === "string") return node;
  const attributes = Object.entries(node.attributes).flatMap(([name, value]) => (dropped.has(name) || name.startsWith("on") ? [] : [[renamed[name] ?? name, value]]));
  return createElement(node.tag, { key, ...Object.fromEntries(attributes) }, node.children.length ? node.children.map(render) : undefined);
}

export function Rendered() {
  return render({ ...tree, tag: "div" }, 0);
}
`;

const page = (from: string) => `
import { Rendered } from "${from}";
export const dynamic = "force-dynamic";
export default function Page() { return <Rendered />; }
`;

const files = (root: string): Record<string, string> => ({
  "package.json": JSON.stringify({ private: true, type: "module" }),
  "next.config.mjs": `export default { poweredByHeader: false, agentRules: false, turbopack: { root: ${JSON.stringify(root)} }, outputFileTracingRoot: ${JSON.stringify(root)} };`,
  "app/layout.js": `export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }`,
  "app/rendered.js": rendering,
  "app/rendered-client.js": `"use client";\n${rendering}`,
  "app/by-server/page.js": page("../rendered"),
  "app/by-client/page.js": page("../rendered-client"),
});

/** Builds and starts it in `directory`, which must lie inside the repository, whose packages it uses. */
export async function startBarePage(directory: string, tree: Tree): Promise<BarePage> {
  fs.rmSync(directory, { recursive: true, force: true });
  for (const [name, text] of Object.entries({ ...files(process.cwd()), "app/tree.json": JSON.stringify(tree) })) {
    fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    fs.writeFileSync(path.join(directory, name), text);
  }
  const next = path.resolve("node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  const built = spawnSync(process.execPath, [next, "build"], { cwd: directory, env, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`The bare page does not build:\n${built.stdout}${built.stderr}`);
  const port = await freePort();
  const child = spawn(process.execPath, [next, "start", "--port", String(port), "--hostname", "127.0.0.1"], {
    cwd: directory,
    env,
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(`${url}/by-server`, child);
  return {
    byServer: `${url}/by-server`,
    byClient: `${url}/by-client`,
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  throw new Error("The bare page does not answer.");
}
