// Calls of the server's API. docs/serve.md describes them.

/** Milliseconds until another try if the server cannot be reached or is busy. */
export const betweenTries = 5000;

/** An error as the server words it. */
export class ServerError extends Error {
  constructor({ code, message, hint, offset }, status) {
    const sentence = message ? message[0].toUpperCase() + message.slice(1) : "The server did not answer as expected";
    super(/[.!?]$/.test(sentence) ? sentence : sentence + ".");
    this.code = code;
    this.hint = hint ?? (message ? undefined : "reload the page");
    this.offset = offset;
    this.status = status;
  }

  /** Whether another try can succeed. */
  get isTemporary() { return this.status === 0 || this.status === 503; }

  get words() { return this.hint ? `${this.message} Hint: ${this.hint}` : this.message; }
}

/** `last` is the number of the last event before the first records were read. Later events report what they lack. */
export const firstEvent = { last: null };

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ServerError({ code: "offline", message: "the server cannot be reached", hint: "start `seedbank serve` again" }, 0);
  }
  firstEvent.last ??= response.headers.get("Seedbank-Event");
  if (response.ok) return response;
  let found = {};
  try { found = (await response.json()).error ?? {}; } catch { /* The status says enough. */ }
  if (response.status === 401) found.hint = "open the address that `seedbank serve` printed";
  throw new ServerError(found, response.status);
}

/** Whole numbers that a number would round become text. In JSON, an unescaped quotation mark ends a name. */
const parse = (text) => JSON.parse(text.replace(/(?<!\\)":\s*(-?\d{16,})(?=[,}\]])/g, '":"$1"'));

const address = (path, parameters) => {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null && value !== ""));
  return `/api/${path}?${query}`;
};

export async function get(path, parameters = {}, signal) {
  return parse(await (await call(address(path, parameters), { signal })).text());
}

export async function send(method, path, body) {
  const response = await call(`/api/${path}`, {
    method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
  });
  return parse(await response.text());
}

/** The ids of a whole result. Each is coded as its zigzag difference to the one before, in LEB128. */
export async function fetchIDs(parameters, signal) {
  const bytes = new Uint8Array(await (await call(address("ids", parameters), { signal })).arrayBuffer());
  return decodeIDs(bytes);
}

export function decodeIDs(bytes) {
  let count = 0;
  for (const byte of bytes) if (byte < 128) count++;
  const ids = new Float64Array(count);
  let at = 0, id = 0, value = 0, scale = 1;
  for (const byte of bytes) {
    if (byte < 128 && scale === 1) {
      // Nearly all differences have one byte.
      id += byte & 1 ? -((byte + 1) >> 1) : byte >> 1;
      ids[at++] = id;
      continue;
    }
    value += (byte & 127) * scale;
    if (byte > 127) { scale *= 128; continue; }
    id += value % 2 ? -(value + 1) / 2 : value / 2;
    ids[at++] = id;
    value = 0;
    scale = 1;
  }
  return ids;
}
