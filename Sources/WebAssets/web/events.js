// Changes of the library by this page, other tabs, the command line and syncs.

import { get } from "./api.js";

/** Milliseconds until another try if the server refuses to send events. */
const betweenTries = 5000;

/**
 * Collects events for a moment and hands them over: changed ids, and whether the result must be read again.
 * `lost(isRefused)` is called when the connection breaks; it is refused if the server has another token now.
 */
export function followEvents({ changed, added, reload, lost, found }) {
  let ids = new Set(), isReload = false, timer = 0;
  const flush = () => {
    timer = 0;
    const taken = ids, needsReload = isReload;
    ids = new Set();
    isReload = false;
    if (taken.size) changed(taken);
    if (needsReload) reload();
  };
  const soon = () => { timer ||= setTimeout(flush, 60); };
  const listen = () => {
    const source = new EventSource("/api/events");
    source.addEventListener("generation", (event) => {
      const { id, kind } = JSON.parse(event.data);
      ids.add(id);
      if (kind === "added") added(id);
      if (kind !== "changed") isReload = true;
      soon();
    });
    source.addEventListener("reset", () => { isReload = true; changed(null); soon(); });
    source.addEventListener("open", found);
    source.addEventListener("error", async () => {
      lost(false);
      if (source.readyState !== EventSource.CLOSED) return;
      // The server answered, but not with events, and the browser does not try again.
      try {
        await get("library");
      } catch (error) {
        if (error.status === 401) return lost(true);
      }
      setTimeout(() => { isReload = true; soon(); listen(); }, betweenTries);
    });
  };
  listen();
}
