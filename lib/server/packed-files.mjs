// @ts-check
/** The build's scripts and style sheets, as they were packed when it was made (pack-scripts.ts). Their names say what is in them: they never change. */
import fs from "node:fs";
import path from "node:path";

/** @typedef {import("node:http").IncomingMessage} Request @typedef {import("node:http").ServerResponse} Response */

const types = { js: "application/javascript; charset=UTF-8", css: "text/css; charset=UTF-8" };
/** The smaller one first. */
const packings = /** @type {const} */ ([
  ["br", "br"],
  ["gzip", "gz"],
]);
const below = "/_next/static/";

export class PackedFiles {
  /** By address and packing: only what was there at the start is ever read. @type {Map<string, string>} */
  #files = new Map();

  /** @param {string} build */
  constructor(build) {
    const directory = path.join(build, ".next/static");
    if (!fs.existsSync(directory)) return;
    for (const name of fs.readdirSync(directory, { recursive: true, encoding: "utf8" }))
      if (/\.(js|css)\.(br|gz)$/.test(name))
        this.#files.set(below + name.split(path.sep).join("/"), path.join(directory, name));
  }

  /**
   * Answers with such a file, packed as the browser takes it; false where there is none, and Next is to answer.
   * @param {Request} request @param {Response} response
   */
  answer({ method, url = "", headers }, response) {
    if (method !== "GET" || !url.startsWith(below)) return false;
    const [address = ""] = url.split("?");
    const accepted = String(headers["accept-encoding"] ?? "");
    for (const [encoding, ending] of packings) {
      const file = takes(accepted, encoding) && this.#files.get(`${address}.${ending}`);
      if (!file) continue;
      response.setHeader("content-type", address.endsWith(".css") ? types.css : types.js);
      response.setHeader("content-encoding", encoding);
      response.setHeader("vary", "Accept-Encoding");
      response.setHeader("cache-control", "public, max-age=31536000, immutable");
      fs.readFile(file, (error, content) => {
        if (error) response.destroy();
        else response.setHeader("content-length", content.length).end(content);
      });
      return true;
    }
    return false;
  }
}

/**
 * @param {string} accepted
 * @param {string} encoding
 */
const takes = (accepted, encoding) =>
  accepted.split(",").some((one) => {
    const [name, ...rest] = one.trim().split(/\s*;\s*/);
    return name === encoding && !rest.some((weight) => /^q=0(\.0*)?$/.test(weight));
  });
