// Changes of the library by this page, other tabs, the command line and syncs.

import { betweenTries, get } from "./api.js";

/**
 * Collects events for a moment and hands them over: changed ids, and whether the result must be read again.
 * `last` is the number of the last event whose changes are known; without it, everything is read again when the
 * stream opens. `changed(null)` means that any generation may have changed. `lost(isRefused)` is called when the
 * connection breaks; it is refused if the server has another token now.
 */
export function followEvents({ last = null, changed, added, reload, lost, found }) {
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
  const readAll = () => {
    isReload = true;
    changed(null);
    soon();
  };
  // A browser has six connections to one server for all of its tabs, so only a page in sight keeps one. What happens
  // meanwhile is sent when it is shown again.
  let source = null;
  const listen = () => {
    if (source || document.hidden) return;
    // The browser repeats the number only as long as it connects again by itself.
    const isBlind = last == null;
    const own = source = new EventSource(isBlind ? "/api/events" : `/api/events?last_event_id=${last}`);
    const note = (event) => { if (event.lastEventId) last = event.lastEventId; };
    own.addEventListener("generation", (event) => {
      note(event);
      const { id, kind } = JSON.parse(event.data);
      ids.add(id);
      if (kind === "added") added(id);
      if (kind !== "changed") isReload = true;
      soon();
    });
    own.addEventListener("reset", (event) => {
      note(event);
      readAll();
    });
    own.addEventListener("open", () => found());
    if (isBlind) own.addEventListener("open", readAll, { once: true });
    own.addEventListener("error", async () => {
      if (own !== source) return;
      lost(false);
      if (own.readyState !== EventSource.CLOSED) return;
      // The server answered, but not with events, and the browser does not try again.
      source = null;
      try {
        await get("library");
      } catch (error) {
        if (error.status === 401) return lost(true);
      }
      setTimeout(listen, betweenTries);
    });
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return listen();
    source?.close();
    source = null;
  });
  listen();
}
