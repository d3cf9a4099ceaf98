import { once } from "node:events";
import { createServer } from "node:net";

/** Below the ports that Linux, macOS and Windows assign by themselves. */
const FIRST = 15_000;
const COUNT = 15_000;

/** Finds a port of 127.0.0.1 at which nothing listens, and which the system assigns to nobody meanwhile. */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const server = createServer();
    try {
      await once(server.listen(port, "127.0.0.1"), "listening");
    } catch (error) {
      if (error.code === "EADDRINUSE") continue;
      throw error;
    }
    server.close();
    await once(server, "close");
    return port;
  }
}
