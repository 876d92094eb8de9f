// @ts-check
/** What Next answers, held back: nothing of it goes to anybody. */
import http from "node:http";

export class DrawnAnswer extends http.ServerResponse {
  /** @type {Buffer[]} */
  #chunks = [];
  /** @type {(body: Buffer) => void} */
  #done = () => {};
  /** The whole body, once it is there. @type {Promise<Buffer>} */
  body = new Promise((resolve) => (this.#done = resolve));

  /** @override */
  flushHeaders() {}

  /**
   * @override
   * @param {string | Uint8Array} chunk
   * @param {unknown[]} rest
   */
  write(chunk, ...rest) {
    if (!this.headersSent) this.writeHead(this.statusCode);
    const [encoding] = rest;
    this.#chunks.push(
      typeof chunk === "string"
        ? Buffer.from(chunk, typeof encoding === "string" ? encodingOf(encoding) : "utf8")
        : Buffer.from(chunk),
    );
    rest.find((one) => typeof one === "function")?.();
    return true;
  }

  /**
   * @override
   * @param {unknown[]} args
   */
  end(...args) {
    const [chunk, encoding] = args;
    if (typeof chunk === "string" || chunk instanceof Uint8Array) this.write(chunk, encoding);
    else if (!this.headersSent) this.writeHead(this.statusCode);
    this.finished = true;
    this.#done(Buffer.concat(this.#chunks));
    // Next waits for it.
    this.emit("finish");
    args.find((one) => typeof one === "function")?.();
    return this;
  }
}

/** @param {string} name @returns {BufferEncoding} */
const encodingOf = (name) => (Buffer.isEncoding(name) ? name : "utf8");
