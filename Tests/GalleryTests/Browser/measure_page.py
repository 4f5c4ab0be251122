"""Measures an exported gallery in headless Chromium: how long it takes to open, to scroll and to search.

usage: measure_page.py FOLDER

Prints one row of a table. All times except the first paint are processor time of the page's main thread,
so that other programs on the machine do not affect them.
"""

import pathlib
import sys
import tempfile

from check_page import Browser, search, size

FRAMES = 120


def metrics(browser):
    found = browser.command("Performance.getMetrics", {})["metrics"]
    return {metric["name"]: metric["value"] for metric in found}


def milliseconds(before, after):
    return (after["TaskDuration"] - before.get("TaskDuration", 0)) * 1000


def main():
    address = (pathlib.Path(sys.argv[1]).resolve() / "index.html").as_uri()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            size(browser, 1440, 900)
            browser.command("Performance.enable", {"timeDomain": "threadTicks"})
            browser.send("POST", "/url", {"url": address})
            browser.wait("document.querySelector('.tile img')?.naturalWidth > 0")
            opened = metrics(browser)
            paint = browser.run(
                "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
            browser.run_later(
                "const done = arguments[0]; let frames = 0;"
                "const step = () => { document.getElementById('scroller').scrollBy(0, 400);"
                f"  if (++frames < {FRAMES}) requestAnimationFrame(step); else done(); }};"
                "requestAnimationFrame(step);")
            scrolled = metrics(browser)
            search(browser, "light")
            first = metrics(browser)
            search(browser, "light cat")
            second = metrics(browser)
        finally:
            browser.close()
    print(f"first paint after {paint:.0f} ms, opened in {milliseconds({}, opened):.0f} ms, "
          f"{opened['JSHeapUsedSize'] / 1e6:.0f} MB, "
          f"{milliseconds(opened, scrolled) / FRAMES:.1f} ms a frame of scrolling, "
          f"first search {milliseconds(scrolled, first):.0f} ms, "
          f"next {milliseconds(first, second):.0f} ms")


if __name__ == "__main__":
    main()
