"""Measures `seedbank serve` on a large library, over HTTP and in headless Chromium.

usage: measure_live.py SEEDBANK COUNT FOLDER

Creates a library of COUNT generations in FOLDER, which share 300 image files. Prints one line for each figure: its
value, and the limit that docs/benchmarks.md states for a million generations on an idle machine. A library that
is already in FOLDER is measured as it is.
"""

import http.client
import json
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "GalleryTests" / "Browser"))

from check_page import Browser, size  # noqa: E402

IMAGES = 300
STARTS = 7
CLIENTS = 8
# Without a screen, the browser assumes a device that cannot hover. Such devices show all captions.
MOUSE = "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
WORDS = ["lighthouse", "harbour", "meadow", "portrait", "mountain", "market", "bridge", "garden", "winter",
         "river", "station", "forest", "island", "tower", "orchard", "canyon"]


def png(path, dice):
    """Returns a small image with so much detail that its thumbnail is realistic."""
    width, height = dice.choice([(768, 512), (512, 512), (512, 768)])
    tone = [dice.randrange(256) for _ in range(3)]
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(0, width, 8):
            rows += bytes((tone[c] + x * (c + 1) // 4 + y) & 255 for c in range(3)) * 8

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows), 1))
                     + chunk(b"IEND", b""))


def make_library(run, folder, count):
    dice = random.Random(1)
    pictures = folder / "pictures"
    pictures.mkdir()
    for number in range(IMAGES):
        png(pictures / f"{number}.png", dice)
    imported = str(folder / "imported")
    run("import", str(pictures), "--quiet", "--library", imported)
    records = json.loads(run("search", "--format", "json", "--limit", "0", "--library", imported))
    images = [{key: record["images"][0][key] for key in ("sha256", "width", "height", "bytes", "format")}
              for record in records]
    lines = folder / "library.jsonl"
    with lines.open("w") as file:
        for number in range(count):
            image = images[number % len(images)]
            second = 1_700_000_000 + number * 30
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
            file.write(json.dumps({
                "prompt": " ".join(dice.sample(WORDS, 5)) + f" {number}", "status": "complete",
                "model": f"model-{number % 7}", "seed": number, "width": image["width"], "height": image["height"],
                "size": f"{image['width']}x{image['height']}", "created_at": at, "completed_at": at,
                "tags": dice.sample([f"tag-{place}" for place in range(60)], 2), "rating": dice.choice([None, 1, 3, 5]),
                "images": [{"position": 1, **image, "missing": False}]}) + "\n")
    # The library does not contain the imported records: they are newer than all others but would have smaller ids.
    run("init", "--quiet")
    shutil.copytree(folder / "imported" / "images", folder / "library" / "images", dirs_exist_ok=True)
    run("restore", str(lines), "--quiet")


class Client:
    def __init__(self, address, token):
        self.host = address.split("//")[1].strip("/")
        self.fields = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.connection = http.client.HTTPConnection(self.host, timeout=120)

    def call(self, method, target, body=None):
        self.connection.request(method, target, body and json.dumps(body), self.fields)
        reply = self.connection.getresponse()
        data = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"{target}: {reply.status} {data[:200]}")
        return data

    def timed(self, target):
        begin = time.perf_counter()
        self.call("GET", target)
        return (time.perf_counter() - begin) * 1000


def percentile(values, share=0.95):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def figure(name, value, unit, limit):
    print(f"{name:<58} {value:>10.1f} {unit:<4} (limit {limit})", flush=True)


def processor_time(root):
    """Returns the clock ticks that a process and its descendants have used."""
    used, parents = {}, {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        number = int(path.parent.name)
        used[number], parents[number] = int(fields[11]) + int(fields[12]), int(fields[1])

    def descends(number):
        while number and number != root:
            number = parents.get(number)
        return number == root

    return sum(ticks for number, ticks in used.items() if descends(number))


def settle(browser):
    """Waits until the browser has finished its own start: its pages for new tabs use more time than ours."""
    browser.send("POST", "/url", {"url": "about:blank"})
    last = -10
    while (now := processor_time(browser.process.pid)) - last > 1:
        last = now
        time.sleep(0.5)


def measure_start(browser, start, thumbnails):
    """Measures from the start of the server to the frame after the first image; returns the last server."""
    # The page itself takes the time. The driver would notice the image later, after other work of the page.
    browser.command("Page.enable", {})
    browser.command("Page.addScriptToEvaluateOnNewDocument", {"source": """
      document.addEventListener('load', (event) => {
        if (window.firstImage || !event.target.matches?.('.tile img')) return;
        window.firstImage = 1;
        requestAnimationFrame(() => requestAnimationFrame(() => {
          window.firstImage = performance.timeOrigin + performance.now();
        }));
      }, true);"""})
    times, stages, server = [], [], None
    for _ in range(STARTS):
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(thumbnails, ignore_errors=True)
        settle(browser)
        begin = time.time() * 1000
        server, url = start()
        listening = time.time() * 1000
        browser.send("POST", "/url", {"url": url})
        browser.wait("window.firstImage > 1")
        times.append(browser.run("return window.firstImage") - begin)
        origin, *ends = browser.run("""
          const entries = performance.getEntriesByType('resource'), thumbnail = (entry) => entry.name.includes('/thumbnails/');
          const end = (part) => Math.max(...entries.filter((entry) => entry.name.includes(part)).map((e) => e.responseEnd));
          return [performance.timeOrigin, performance.getEntriesByType('navigation')[0].responseEnd,
                  Math.max(end('app.js'), end('/api/generations')),
                  Math.min(...entries.filter(thumbnail).map((entry) => entry.startTime)),
                  Math.min(...entries.filter(thumbnail).map((entry) => entry.responseEnd))];""")
        points = [begin, listening, *(origin + end for end in ends), begin + times[-1]]
        stages.append([after - before for before, after in zip(points, points[1:])])
    spread = f"{min(times):.0f} to {max(times):.0f}"
    figure(f"first image on screen, from the start of the server ({spread})", percentile(times, 0.5), "ms", "250 ms")
    for name, values in zip(["until the server listens", "until the page has arrived", "until script and records have arrived",
                             "until the first thumbnail is requested", "until it has arrived", "until it is on screen"],
                            zip(*stages)):
        figure(f"  {name}, median", percentile(values, 0.5), "ms", "none")
    return server, url


def measure_typing(browser):
    """Measures from a typed character to the frame with the new result, and how much of it is the server's answer."""
    script = """
      const [text, done] = arguments, field = document.getElementById('search');
      performance.clearResourceTimings();
      const start = performance.now();
      const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => {
          const calls = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/api/generations?q='));
          done([performance.now() - start, ...calls.slice(-1).map((entry) => entry.responseEnd - entry.startTime)]);
        }));
      });
      seen.observe(document.getElementById('grid'), {childList: true});
      field.value = text;
      field.dispatchEvent(new Event('input', {bubbles: true}));"""
    times, answers = [], []
    for word in WORDS[:10]:
        for end in range(1, 5):
            total, answer = browser.run_later(script, word[:end])
            times.append(total)
            answers.append(answer)
            # What follows the first images is not part of the next measurement.
            time.sleep(0.6)
    figure(f"a typed prefix in the search box, 95th percentile of {len(times)}", percentile(times), "ms", "100 ms")
    figure("  median", percentile(times, 0.5), "ms", "none")
    figure("  the server's answer, 95th percentile", percentile(answers), "ms", "none")
    figure("  the server's answer, median", percentile(answers, 0.5), "ms", "none")
    browser.run("document.getElementById('search').value = ''; document.getElementById('find').requestSubmit()")
    time.sleep(1)


def measure_calls(client, count):
    dice = random.Random(2)
    first = json.loads(client.call("GET", "/api/generations?limit=1"))["generations"][0]["id"]

    def page():
        top = dice.randrange(first - count + 1, first - 120)
        return "/api/generations?ids=" + ",".join(str(top + place) for place in range(120))

    def prefix():
        word = dice.choice(WORDS)
        return "/api/generations?limit=100&q=" + word[:dice.randrange(2, len(word))] + "*"

    def query():
        return f"q=tag:tag-{dice.randrange(60)}%20model:model-{dice.randrange(7)}"

    for name, target in [("a page at a random position", page), ("a typed prefix, first page", prefix),
                         ("a facet click, first page", lambda: "/api/generations?limit=100&" + query()),
                         ("a facet click, new counts", lambda: "/api/facets?limit=12&" + query())]:
        client.timed(target())
        figure(f"{name}, 95th percentile", percentile([client.timed(target()) for _ in range(100)]), "ms", "100 ms")
    figure("ids of the whole result", percentile([client.timed("/api/ids") for _ in range(5)], 0.5), "ms", "none")


def measure_memory(address, token, process, digests, count):
    """Measures eight clients that read pages and thumbnails at random positions for ten seconds."""
    end = time.monotonic() + 10
    calls = []

    def scroll(number):
        client, dice, done = Client(address, token), random.Random(number), 0
        first = json.loads(client.call("GET", "/api/generations?limit=1"))["generations"][0]["id"]
        while time.monotonic() < end:
            top = dice.randrange(first - count + 1, first - 120)
            client.call("GET", "/api/generations?ids=" + ",".join(str(top + place) for place in range(120)))
            for digest in dice.sample(digests, 20):
                client.call("GET", f"/thumbnails/{digest}?size=320")
            done += 1
        calls.append(done)

    threads = [threading.Thread(target=scroll, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    figure(f"server memory at its peak, {CLIENTS} clients, {sum(calls)} screens", peak / 1024, "MB", "80 MB")


def measure_edits(browser, client, run):
    """Measures the time from an edit until another tab shows it."""
    times = {"the API": [], "a command": []}
    number = browser.run("return document.querySelector('.tile').dataset.index")
    identity = json.loads(client.call("GET", "/api/generations?limit=1"))["generations"][0]["id"]
    browser.run("window.shown = []; new MutationObserver(() => shown.push(performance.timeOrigin + performance.now()))"
                ".observe(document.getElementById('grid'), {subtree: true, childList: true, attributes: true,"
                " characterData: true})")
    for place in range(12):
        # No image has one of these two ratings at the start.
        stars = 4 if place % 2 else 2
        how = "the API" if place % 2 else "a command"
        browser.run("window.shown = []")
        if place % 2:
            client.call("PATCH", "/api/selection", {"ids": [identity], "edit": {"rating": stars}})
        else:
            run("rate", str(identity), "--stars", str(stars))
        done = time.time() * 1000
        if not browser.wait("window.shown.length > 0"):
            raise RuntimeError(f"image {number} never showed its rating")
        times[how].append(max(0, browser.run("return window.shown[0]") - done))
        time.sleep(0.3)
    for how, values in times.items():
        figure(f"an edit by {how} shows in another tab, slowest of {len(values)}", max(values), "ms", "250 ms")


SCROLL = """
  const [seconds, done] = arguments, scroller = document.getElementById('scroller');
  scroller.scrollTop = 0;
  const gaps = [], start = performance.now();
  let last = start;
  const step = (now) => {
    gaps.push(now - last); last = now;
    scroller.scrollTop += 12;
    if (now - start < seconds * 1000) requestAnimationFrame(step); else done(gaps.slice(2));
  };
  requestAnimationFrame(step);"""


def measure_frames(browser):
    """Scrolls for twenty seconds. Scrolls over the same images once before, so that all thumbnails exist.

    A page with plain images of the same number, size and distance shows what the browser can do on this machine.
    """
    browser.run_later(SCROLL, 20)
    gaps = browser.run_later(SCROLL, 20)
    # At 60 Hz, two frames take 33.3 ms.
    late = sum(gap > 33.4 for gap in gaps)
    figure(f"longest of {len(gaps)} frames while scrolling 20 s", max(gaps), "ms", "33 ms")
    figure("frames over 33 ms", late, "", "0")
    browser.run("""
      const tiles = [...document.querySelectorAll('.tile')].filter((tile) => tile.firstChild.currentSrc);
      const {width, height} = tiles[0].getBoundingClientRect(), across = Math.floor(1200 / (width + 6));
      const plain = document.createElement('div'), content = document.createElement('div');
      plain.style.cssText = 'position: fixed; inset: 0; z-index: 9; overflow: hidden scroll; background: white';
      content.style.cssText = 'position: relative; height: 15600px';
      for (let place = 0; place < across * Math.floor(15600 / (height + 6)); place++) {
        const image = new Image(width, height);
        image.decoding = 'async';
        image.src = tiles[place % tiles.length].firstChild.currentSrc;
        image.style.cssText = `position: absolute; left: ${place % across * (width + 6)}px;`
          + `top: ${Math.floor(place / across) * (height + 6)}px; object-fit: cover; border-radius: 7px`;
        content.append(image);
      }
      plain.append(content);
      document.getElementById('scroller').id = 'covered';
      plain.id = 'scroller';
      document.body.replaceChildren(plain);""")
    browser.run_later(SCROLL, 20)
    gaps = browser.run_later(SCROLL, 20)
    figure(f"  a page of plain images: longest of {len(gaps)} frames", max(gaps), "ms", "none")
    figure("  a page of plain images: frames over 33 ms", sum(gap > 33.4 for gap in gaps), "", "none")


def load():
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def main():
    seedbank, count, folder = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3])
    environment = os.environ | {"SEEDBANK_LIBRARY": str(folder / "library"), "SEEDBANK_CONFIG": str(folder / "none")}

    def run(*arguments):
        return subprocess.run([seedbank, *arguments], env=environment, check=True, capture_output=True).stdout

    if not (folder / "library").exists():
        begin = time.monotonic()
        make_library(run, folder, count)
        print(f"{count} generations with {IMAGES} image files made in {time.monotonic() - begin:.0f} s", flush=True)
    print(f"load of the machine before: {load()}", flush=True)
    starts = []
    for _ in range(50):
        begin = time.perf_counter()
        run("--version")
        starts.append((time.perf_counter() - begin) * 1000)
    figure("start of `seedbank --version`, median of 50", percentile(starts, 0.5), "ms", "see docs")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile, [MOUSE])
        size(browser, 1440, 900)
        started = []

        def start():
            server = subprocess.Popen([seedbank, "serve", "--port", "0"], env=environment,
                                      stdout=subprocess.PIPE, text=True)
            started.append(server)
            return server, server.stdout.readline().strip()

        try:
            server, url = measure_start(browser, start, folder / "library" / "thumbnails")
            address, token = url.split("?token=")
            client = Client(address, token)
            # The thumbnails are created first, so that the measurement is that of a server in use.
            page = json.loads(client.call("GET", f"/api/generations?limit={IMAGES}"))["generations"]
            digests = sorted({record["images"][0]["sha256"] for record in page if record["images"]})
            for digest in digests:
                for side in (320, 640):
                    client.call("GET", f"/thumbnails/{digest}?size={side}")
            measure_calls(client, count)
            measure_typing(browser)
            measure_edits(browser, client, run)
            measure_memory(address, token, server, digests, count)
            measure_frames(browser)
            print(f"load of the machine after: {load()}", flush=True)
        finally:
            for server in started:
                server.terminate()
                server.wait()
            browser.close()


main()
