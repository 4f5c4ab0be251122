// Changes of the library by this page, other tabs, the command line and syncs.

/** Collects events for a moment and hands them over: changed ids, and whether the result must be read again. */
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
  source.addEventListener("error", lost);
}
