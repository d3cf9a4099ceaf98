const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** One HTTP/1.1 request as it came over the socket: header names keep their case and their order. */
export class RawRequest {
  constructor({ method, target, version, headers, body }) {
    this.method = method;
    this.target = target;
    this.version = version;
    this.headers = headers;
    this.body = body;
  }

  /** The values of one header, whatever the case of its name, as one text; undefined where it was not sent. */
  header(name) {
    const wanted = name.toLowerCase();
    const values = this.headers.filter(([sent]) => sent.toLowerCase() === wanted).map(([, value]) => value);
    return values.length === 0 ? undefined : values.join(", ");
  }

  get path() {
    return this.target.split("?", 1)[0];
  }

  get sourceId() {
    return /\/sources\/([^/]*)\/status$/.exec(this.path)?.[1];
  }

  get statusType() {
    const query = this.target.slice(this.path.length);
    return new URLSearchParams(query).get("statusType") ?? undefined;
  }
}

/** Turns the bytes of one connection into requests; throws on what is no HTTP/1.1. */
export class RequestReader {
  #bytes = Buffer.alloc(0);
  #head;

  /** @returns {RawRequest[]} the requests that these bytes completed */
  read(chunk) {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const requests = [];
    for (let request = this.#next(); request; request = this.#next()) requests.push(request);
    return requests;
  }

  #next() {
    if (!this.#head) {
      const end = this.#bytes.indexOf(END_OF_HEAD);
      if (end < 0) return undefined;
      this.#head = parseHead(this.#bytes.toString("latin1", 0, end));
      this.#bytes = this.#bytes.subarray(end + END_OF_HEAD.length);
    }
    const { contentLength, ...head } = this.#head;
    if (this.#bytes.length < contentLength) return undefined;
    const body = this.#bytes.toString("utf8", 0, contentLength);
    this.#bytes = this.#bytes.subarray(contentLength);
    this.#head = undefined;
    return new RawRequest({ ...head, body });
  }
}

function parseHead(text) {
  const [requestLine, ...lines] = text.split("\r\n");
  const parts = /^(\S+) (\S+) HTTP\/(1\.1)$/.exec(requestLine);
  if (!parts) throw new SyntaxError(`no request line: ${JSON.stringify(requestLine)}`);
  const headers = lines.map(parseHeaderLine);
  return {
    method: parts[1],
    target: parts[2],
    version: parts[3],
    headers,
    contentLength: bodyLength(headers),
  };
}

function parseHeaderLine(line) {
  const parts = /^([^\s:]+):[ \t]*(.*?)[ \t]*$/.exec(line);
  if (!parts) throw new SyntaxError("a header line without a name");
  return [parts[1], parts[2]];
}

function bodyLength(headers) {
  let length = 0;
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (lower === "transfer-encoding")
      throw new SyntaxError("a body without a content-length is not read here");
    if (lower !== "content-length") continue;
    if (!/^\d+$/.test(value)) throw new SyntaxError(`content-length is ${JSON.stringify(value)}`);
    length = Number(value);
  }
  return length;
}
