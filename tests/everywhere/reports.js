import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

/** A server for the reports of the programs. Each program has its own address. */
export class Reports {
  #server = createServer((request, response) => this.#receive(request, response));
  #expected = new Map();

  static async open() {
    const reports = new Reports();
    reports.#server.listen(0, "127.0.0.1");
    await once(reports.#server, "listening");
    return reports;
  }

  /** Returns an address, and a promise of the report that is sent there. */
  expect() {
    const path = `/${this.#expected.size + 1}`;
    const report = new Promise((settle) => this.#expected.set(path, settle));
    return { url: `http://127.0.0.1:${this.#server.address().port}${path}`, report };
  }

  async #receive(request, response) {
    const body = await text(request);
    response.writeHead(204, { "Access-Control-Allow-Origin": "*", Connection: "close" }).end();
    if (request.method === "POST") this.#expected.get(request.url)?.(JSON.parse(body));
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
