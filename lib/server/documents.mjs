// @ts-check
/**
 * Documents of pages that have a shell (app/(cockpit)/documents.ts). Drawing the shell is what a page costs, and it is the same whenever the
 * same person with the same roles asks for the same address: so it is drawn once, kept, and sent at once, with a nonce of its own each time;
 * what is read for it follows in the same answer. Who asks is looked up for each request, before anything is sent.
 */
import { randomUUID } from "node:crypto";
import zlib from "node:zlib";
import { DrawnAnswer } from "./drawn-answer.mjs";
import { withOwnStatus } from "./response-status.mjs";

/** @typedef {import("node:http").IncomingMessage} Request @typedef {import("node:http").ServerResponse} Response */
/** Somebody asks for such a page; see app/(cockpit)/documents.ts. @typedef {{ whose: string, key: string, known: Promise<string> }} Opened */
/** Drawn with a nonce, between whose places the parts stand. @typedef {{ headers: [string, string | string[]][], nonce: string, parts: string[] }} Shell */
/** @typedef {(request: Request, response: Response) => Promise<void>} Draw */

const longestUrl = 2000;

/** In the address of a page that is to be drawn whole. */
const whole = "drawn=whole";

/** Said anew for each answer, or not of the shell's making. */
const ownHeaders = /^(content-(encoding|length)|transfer-encoding|connection|keep-alive|date|etag)$/;

const end = "</body></html>";

export class Documents {
  /** By what it depends on; the one that was asked for last comes last. @type {Map<string, Promise<Shell | DrawnAnswer>>} */
  #shells = new Map();
  #draw;
  #most;

  /**
   * @param {Draw} draw Next's own way to answer
   * @param {number} [most] shells kept at once: those of some dozen people at their lists; each is some 30 kB
   */
  constructor(draw, most = 500) {
    this.#draw = draw;
    this.#most = most;
  }

  /**
   * Answers with the shell and what follows it; with what was drawn instead where that turned out to be no shell.
   * @param {Request} request @param {Response} response @param {Opened} opened
   */
  async answer(request, response, { key, whose, known }) {
    const drawing = this.#shells.get(key) ?? this.#drawShell(request, whose);
    this.#shells.delete(key);
    this.#shells.set(key, drawing);
    for (const [old] of this.#shells) if (this.#shells.size > this.#most) this.#shells.delete(old);
    const drawn = await drawing.catch((/** @type {unknown} */ error) => {
      if (this.#shells.get(key) === drawing) this.#shells.delete(key);
      throw error;
    });
    if (!(drawn instanceof DrawnAnswer)) return send(request, response, drawn, known);
    if (this.#shells.get(key) === drawing) this.#shells.delete(key);
    // Somebody else's drawing is theirs alone.
    if (drawn.req === request) response.writeHead(drawn.statusCode, drawn.getHeaders()).end(await drawn.body);
    else withOwnStatus(response, false, () => this.#draw(request, response));
  }

  /**
   * @param {Request} request @param {string} whose
   * @returns {Promise<Shell | DrawnAnswer>}
   */
  async #drawShell(request, whose) {
    const answer = new DrawnAnswer(request);
    const accepted = request.headers["accept-encoding"];
    request.headers["accept-encoding"] = "identity";
    /** @type {import("./response-status.mjs").Served} */
    const served = { status: undefined, begun: false, shellOf: null };
    await Promise.race([
      answer.body,
      new Promise((_, fail) => withOwnStatus(answer, false, () => this.#draw(request, answer).catch(fail), served)),
    ]);
    request.headers["accept-encoding"] = accepted;
    // Roles may have changed between the look-up and the drawing: then it is not what it would be kept as.
    return (served.shellOf === whose && (await toShell(answer))) || answer;
  }
}

/**
 * @param {DrawnAnswer} answer
 * @returns {Promise<Shell | null>}
 */
async function toShell(answer) {
  const policy = String(answer.getHeader("content-security-policy"));
  const nonce = /'nonce-([^']{16,})'/.exec(policy)?.[1];
  const html = (await answer.body).toString("utf8");
  if (answer.statusCode !== 200 || !nonce || !html.endsWith(end) || answer.hasHeader("set-cookie")) return null;
  const headers = Object.entries(answer.getHeaders()).flatMap(([name, value]) =>
    ownHeaders.test(name) || value === undefined
      ? []
      : [/** @type {[string, string | string[]]} */ ([name, typeof value === "number" ? String(value) : value])],
  );
  return { headers, nonce, parts: html.slice(0, -end.length).split(nonce) };
}

/**
 * @param {Request} request @param {Response} response @param {Shell} shell @param {Promise<string>} known
 */
async function send(request, response, { headers, nonce, parts }, known) {
  const own = btoa(randomUUID());
  // What is to be loaded first is named with the nonce, too.
  for (const [name, value] of headers)
    response.setHeader(name, typeof value === "string" ? value.replaceAll(nonce, own) : value);
  const packed = /\bgzip\b/.test(String(request.headers["accept-encoding"])) ? zlib.createGzip({ level: 4 }) : null;
  if (packed) {
    response.setHeader("content-encoding", "gzip");
    packed.pipe(response);
  }
  const out = packed ?? response;
  out.write(parts.join(own));
  packed?.flush();
  out.end(
    `${withoutScript(request.url ?? "")}<script type="application/json" id="known" nonce="${own}">${await known}</script>${end}`,
  );
}

/**
 * Rows are drawn by the page's script; where there is none, the page is asked for whole.
 * @param {string} url
 */
function withoutScript(url) {
  const to = `${url}${url.includes("?") ? "&" : "?"}${whole}`;
  const text = to.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<noscript><meta http-equiv="refresh" content="0; url=${text}"></noscript>`;
}

/**
 * Whether a browser opens a page by this, which may have a shell; its parts, and what its scripts ask for, are Next's alone.
 * @param {Request} request
 */
export const isDocument = ({ method, url = "", headers }) =>
  method === "GET" &&
  headers.rsc === undefined &&
  url.length < longestUrl &&
  !/^\/(api|_next)\//.test(url) &&
  !url.includes(whole);
