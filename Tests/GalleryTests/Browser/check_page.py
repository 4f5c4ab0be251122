"""Uses an exported gallery as a person would, in headless Chromium over WebDriver.

usage: check_page.py FOLDER FIELDS [AXE.min.js]

FOLDER contains an export whose page is opened from file://. FIELDS are the names of the fields of the query language,
with commas between them. Prints one line for each check; exits with 1 if a check fails. Needs chromedriver, chromium and
Python's standard library. Writes screenshots at three widths into FOLDER/../screenshots, and a copy of the page into
FOLDER.
"""

import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# The driver and the servers are on this machine, so a proxy of the environment must not get their requests.
NO_PROXY = {"no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost"}
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Browser:
    """The part of the WebDriver protocol that the checks use."""

    def __init__(self, profile, more=()):
        # The driver takes a port that is free for IPv6, and exits if another program uses it for IPv4.
        port = next(filter(None, (self.start_driver() for _ in range(20))))
        self.base = f"http://127.0.0.1:{port}"
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--window-size=1440,900", f"--user-data-dir={profile}", *more]
        # A busy machine may need minutes for work that an idle machine does in a second.
        options = {"timeouts": {"script": 240_000, "pageLoad": 240_000},
                   "goog:chromeOptions": {"args": arguments},
                   "goog:loggingPrefs": {"browser": "ALL"}}
        try:
            session = self.send("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        except BaseException:
            # Nobody can close a browser whose construction failed.
            self.end_driver()
            raise
        self.base += "/session/" + session["sessionId"]

    def start_driver(self):
        """Returns the port of the driver; None if the driver ended before it listened."""
        self.process = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True, env={**os.environ, **NO_PROXY})
        for line in self.process.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return found.group(1)
        self.process.wait()
        return None

    def send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        with OPENER.open(request, timeout=300) as reply:
            return json.load(reply)["value"]

    def run(self, script, *arguments):
        return self.send("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_later(self, script, *arguments):
        return self.send("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def command(self, name, parameters):
        return self.send("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def find(self, selector):
        return self.send("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.send("POST", f"/element/{self.find(selector)}/click", {})

    def keys(self, text):
        actions = []
        for key in text:
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.send("POST", "/actions",
                  {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def wait(self, condition, *arguments):
        """Waits until the JavaScript expression is true; returns whether it became true."""
        end = time.monotonic() + 180
        while time.monotonic() < end:
            if self.run(f"return Boolean({condition})", *arguments):
                return True
            time.sleep(0.02)
        return False

    def log(self):
        return self.send("POST", "/se/log", {"type": "browser"})

    def close(self):
        try:
            self.send("DELETE", "")
        finally:
            self.end_driver()

    def end_driver(self):
        # The process that runs this script may have blocked other signals.
        self.process.kill()
        self.process.wait()


class Checks:
    def __init__(self):
        self.failed = 0

    def that(self, name, holds, detail=""):
        if not holds:
            self.failed += 1
        print(("ok    " if holds else "FAIL  ") + name + (f": {detail}" if not holds else ""))


UP, DOWN, LEFT, RIGHT = "\ue013", "\ue015", "\ue012", "\ue014"
ENTER, ESCAPE, TAB, END = "\ue007", "\ue00c", "\ue004", "\ue010"
COUNT = "document.getElementById('count').textContent"


def size(browser, width, height):
    browser.command("Emulation.setDeviceMetricsOverride",
                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})


def search(browser, text):
    browser.run(
        "const field = document.getElementById('search'); field.value = arguments[0];"
        "field.dispatchEvent(new Event('input', {bubbles: true}));", text)
    # The page shows the result in the next frame.
    browser.run_later("const done = arguments[0];"
                      "requestAnimationFrame(() => requestAnimationFrame(() => done()))")
    return count(browser)


def count(browser):
    """Returns the number of images that the page states, without thousands separators."""
    return re.sub(r"(?<=\d)[^\d\s](?=\d)", "", browser.run(f"return {COUNT}"))


def check_search(browser, checks, items, fields):
    """Searches by word, accent, script, tag and seed, and compares with a plain count."""
    whole = count(browser)
    checks.that("the page counts its pictures", str(len(items)) in whole, whole)
    seed = next(item["seed"] for item in items if item.get("seed") is not None)
    tagged = [item for item in items if "client/acme" in item.get("tags", [])]
    final = [item for item in items if "v1(final)" in item.get("tags", [])]
    drafts = sum("draft" in item.get("tags", []) for item in items)
    checks.that("some images have a tag with parentheses", final and drafts, [len(final), drafts])
    for text, wanted in [
        (f"seed:{seed}", sum(item.get("seed") == seed for item in items)),
        ("tag:client", sum(any(t.startswith("client") for t in item.get("tags", []))
                           for item in items)),
        ("cafe", sum("Café" in item["prompt"] for item in items)),
        ("猫", sum("猫" in item["prompt"] for item in items)),
        ("-tag:client/acme", len(items) - len(tagged)),
        ("tag:cli*", sum(any(t.startswith("cli") for t in item.get("tags", [])) for item in items)),
        ("tag:*acme", len(tagged)),
        ("tag:=*ent", 0),
        ('tag:"=a\\*"', sum("=a*" in item.get("tags", []) for item in items)),
        ("tag:port\\*", 0),
        ("size:none", 0),
        ("text:hat", sum("hat" in item["prompt"] for item in items)),
        ("\"in a hat\"", sum("in a hat" in item["prompt"] for item in items)),
        ("👧", sum("👧" in item["prompt"] for item in items)),
        ("rating:5", sum(item.get("rating") == 5 for item in items)),
        ("rating:none -tag:draft", sum(not item.get("rating") and "draft" not in item.get("tags", [])
                                       for item in items)),
        ("is:favorite", sum(bool(item.get("favorite")) for item in items)),
        ("hat OR (zurich note:crop)", sum("hat" in item["prompt"] or "Zürich" in item["prompt"]
                                          and "note" in item for item in items)),
        ("tag:v1(final)", len(final)),
        ("(tag:v1(final))", len(final)),
        ("hat OR (cafe OR tag:v1(final))", sum("hat" in item["prompt"] or "Café" in item["prompt"]
                                               or item in final for item in items)),
        ("-(tag:v1(final) OR hat)", sum("hat" not in item["prompt"] and item not in final for item in items)),
        ("--tag:draft", drafts),
        ("created:>1970", len(items)),
        ("collection:\"best of 2026\"", sum("Best of 2026" in item.get("collections", [])
                                            for item in items)),
    ]:
        shown = search(browser, text)
        right = shown.startswith(f"{wanted} of" if wanted < len(items) else f"{wanted} image")
        checks.that(f"search {text}", right, f"{shown}, not {wanted}")
    for what, text, wanted in [("parentheses", "(" * 20_000, drafts), ("exclusions", "NOT " * 20_001, len(items) - drafts)]:
        shown = search(browser, text + "tag:draft")
        checks.that(f"thousands of {what} are read", shown.startswith(f"{wanted} of"), f"{shown}, not {wanted}")
    words = "document.getElementById('search-words').textContent"
    unknown = []
    for field in fields:
        search(browser, f"{field}:x")
        if "is not a field" in browser.run(f"return {words}"):
            unknown.append(field)
    checks.that("the page knows every field of the query language", not unknown, unknown)
    search(browser, "constructor:x")
    checks.that("a name that all objects have is not a field", "is not a field" in browser.run(f"return {words}"),
                browser.run(f"return {words}"))
    browser.run("window.now = Date.now; Date.now = () => new Date(2026, 2, 31, 12).getTime()")
    shown = search(browser, "created:1m")
    browser.run("Date.now = window.now")
    checks.that("a month before 31 March is 28 February", shown.startswith("1 of"), shown)
    before = search(browser, "hat")
    for text, word in [("rating:best", "none"), ("similar:3", "seedbank search"), ("is:constructor", "favorite"),
                       ("ratio:constructor", "portrait")]:
        shown = search(browser, text)
        checks.that(f"{text} is explained and changes nothing",
                    shown == before and word in browser.run(f"return {words}"), browser.run(f"return {words}"))
    search(browser, "is:favorite")
    browser.send("POST", "/refresh", {})
    checks.that("the address keeps the query", browser.wait(f"{COUNT}.includes(' of ')")
                and browser.run("return document.getElementById('search').value") == "is:favorite")
    search(browser, "nothing-like-this")
    checks.that("an empty result says so and offers a way out",
                browser.run("return !document.getElementById('empty').hidden"))
    browser.click("#empty-clear")
    checks.that("clearing shows all again", count(browser) == whole)
    browser.run("const s = document.getElementById('tag'); s.value = 'client/acme';"
                "s.dispatchEvent(new Event('change'))")
    shown = count(browser)
    checks.that("a filter narrows", shown.startswith(f"{len(tagged)} of"), shown)
    browser.click("#clear")
    browser.run("const s = document.getElementById('favorite'); s.value = 'yes';"
                "s.dispatchEvent(new Event('change'))")
    favorites = sum(bool(item.get("favorite")) for item in items)
    checks.that("favorites can be filtered", count(browser).startswith(f"{favorites} of"), count(browser))
    browser.click("#clear")
    search(browser, "ha")
    browser.run("const s = document.getElementById('tag'); s.value = 'client/acme';"
                "s.dispatchEvent(new Event('change'))")
    hats = sum("hat" in item["prompt"] for item in tagged)
    checks.that("after a filter, a word that is not complete still finds longer ones",
                count(browser).startswith(f"{hats} of"), count(browser))
    browser.click("#clear")


def check_viewer(browser, checks, items, address):
    """Opens, steps, zooms, copies and closes by keyboard alone, then by address."""
    browser.run("document.querySelector('.tile').focus()")
    browser.keys(RIGHT)
    checks.that("arrows move between pictures",
                browser.run("return document.activeElement.dataset.index === '1'"))
    browser.keys(DOWN + UP + ENTER)
    opened = browser.wait("document.getElementById('viewer').open")
    checks.that("Enter opens a picture", opened)
    checks.that("the focus goes into the viewer",
                browser.run("return document.getElementById('viewer').contains(document.activeElement)"))
    first = browser.run("return location.hash")
    browser.keys(RIGHT)
    checks.that("an arrow turns the page", browser.wait(f"location.hash !== '{first}'"))
    prompts = json.dumps({item["id"]: item["prompt"] for item in items})
    checks.that("the prompt stands beside it", browser.wait(
        f"({prompts})[decodeURIComponent(location.hash.slice(1))] === "
        "document.getElementById('prompt').textContent"))
    identifier = urllib.parse.unquote(browser.run("return location.hash.slice(1)"))
    item = next(item for item in items if item["id"] == identifier)
    loaded = browser.wait("decodeURI(document.getElementById('picture').src).endsWith(decodeURI("
                          f"{json.dumps(item['file'])})) && document.getElementById('picture').naturalWidth > 0")
    checks.that("the picture itself is loaded", loaded)
    browser.keys("++")
    checks.that("plus zooms", browser.wait("document.getElementById('stage').classList.contains('zoomed')"))
    browser.keys("1")
    checks.that("1 shows pixel for pixel",
                browser.run("return document.getElementById('zoom-value').textContent") == "100%")
    browser.keys("0")
    name = browser.run("return document.getElementById('viewer').getAttribute('aria-label')")
    checks.that("the dialog is named after its image", identifier in name, name)
    for what, wanted in [("prompt", item["prompt"]), ("seed", str(item["seed"]))]:
        browser.click(f"[data-copy={what}]")
        # The message about the copy before may still be shown.
        browser.wait("document.getElementById('copied').textContent.includes(arguments[0])", what)
        copied = browser.run_later("const done = arguments[0];"
                                   "navigator.clipboard.readText().then(done, error => done('' + error))")
        checks.that(f"the {what} is copied", copied == wanted, copied)
    browser.click("[data-copy=command]")
    command = browser.run("return document.getElementById('command').textContent")
    words = subprocess.run(["bash", "-c", f"printf '%s\\0' {command}"], capture_output=True)
    arguments = words.stdout.decode().split("\0")[:-1]
    checks.that("the command survives a shell", arguments[:2] == ["seedbank", "generate"]
                and arguments[-1] == item["prompt"], command)
    browser.keys(ESCAPE)
    checks.that("Escape closes", browser.wait("!document.getElementById('viewer').open"))
    checks.that("the focus comes back to the picture", browser.run(
        "return document.activeElement.getAttribute('href') === '#' + arguments[0]", identifier))
    last = items[-1]["id"]
    browser.send("POST", "/url", {"url": f"{address}#{last}"})
    checks.that("an address opens its picture", browser.wait(
        f"document.getElementById('viewer').open && document.getElementById('about-title').textContent === '#{last}'"))
    browser.send("POST", "/refresh", {})
    checks.that("also when it is the first thing opened", browser.wait(
        f"document.getElementById('viewer').open && document.getElementById('about-title').textContent === '#{last}'"))
    check_narrowing(browser, checks)
    check_links(browser, checks, items, address)
    check_tag(browser, checks, items)


def check_narrowing(browser, checks):
    """Rotates a phone while an image is open."""
    size(browser, 320, 700)
    checks.that("nothing sticks out of a narrower window behind an open image", browser.wait(
        "document.documentElement.scrollWidth <= 320 && document.getElementById('grid').clientWidth <= 320"))
    browser.keys(ESCAPE)
    checks.that("nor after it is closed", browser.wait(
        "!document.getElementById('viewer').open && document.documentElement.scrollWidth <= 320"
        " && [...document.querySelectorAll('.tile')].every(t => t.getBoundingClientRect().right <= 320)"))
    size(browser, 1440, 900)


def check_links(browser, checks, items, address):
    child = next(item for item in items if item.get("parent"))
    browser.send("POST", "/url", {"url": f"{address}#{child['id']}"})
    browser.wait("document.getElementById('viewer').open")
    reference = child["references"][0]["file"]
    checks.that("the reference image of the request is shown, as a link to its file", browser.wait(
        "document.querySelector('#references a')?.getAttribute('href') === arguments[0]"
        " && document.querySelector('#references img').naturalWidth > 0"
        " && document.querySelector('#references img').alt === 'Reference image 1'", reference))
    checks.that("the command names the reference image, and the page says where its path begins", browser.run(
        "return document.getElementById('command').textContent.includes('--reference ' + arguments[0])"
        " && document.getElementById('command-note').textContent.startsWith('Run the command in the folder')", reference),
                browser.run("return document.getElementById('command').textContent"))
    browser.click("#facts a")
    checks.that("the original of a reproduction is a link", browser.wait(
        f"document.getElementById('about-title').textContent === {json.dumps(child['parent'])}"))
    browser.run("""
      const stage = document.getElementById('stage'), box = stage.getBoundingClientRect();
      stage.setPointerCapture = () => {};
      for (const type of ['pointerdown', 'pointerup']) stage.dispatchEvent(new PointerEvent(type,
        {bubbles: true, pointerId: 1, isPrimary: true, clientX: box.left + 3, clientY: box.bottom - 3}));
    """)
    checks.that("a click beside the image closes it", browser.wait("!document.getElementById('viewer').open"))
    search(browser, f"id:{child['id']} OR id:{child['parent'][1:]}")
    browser.run("document.querySelector(`.tile[href='#${arguments[0]}']`).click()", child["id"])
    browser.wait("document.getElementById('viewer').open && document.querySelector('#facts a')")
    browser.click("#facts a")
    browser.wait(f"document.getElementById('about-title').textContent === {json.dumps(child['parent'])}")
    browser.keys(ESCAPE)
    checks.that("closing after a link returns to the grid", browser.wait(
        "!document.getElementById('viewer').open && location.hash === ''"
        " && document.activeElement.classList.contains('tile')"), browser.run("return location.hash"))
    browser.keys(END + ENTER)
    browser.wait("document.getElementById('viewer').open && document.getElementById('next').disabled")
    browser.keys(LEFT)
    browser.wait("!document.getElementById('next').disabled")
    browser.click("#next")
    browser.wait("document.getElementById('next').disabled")
    browser.keys(LEFT)
    checks.that("keys work after the button for the next image was disabled", browser.wait(
        "!document.getElementById('next').disabled"))
    browser.keys(ESCAPE)
    browser.wait("!document.getElementById('viewer').open && location.hash === ''")
    # An error would be in the console, which is checked later.
    browser.run("location.hash = '50%'")
    browser.run_later("const done = arguments[0]; addEventListener('hashchange', () => setTimeout(done), {once: true});"
                      "location.hash = ''")
    search(browser, "")


def check_tag(browser, checks, items):
    """Clicks a tag of an image that was opened from the grid, and goes back."""
    viewer = "document.getElementById('viewer').open"
    browser.run("document.querySelector('.tile').click()")
    browser.wait(f"{viewer} && document.querySelector('#tags button')")
    image, tag = browser.run("return [location.hash, document.querySelector('#tags button').textContent]")
    wanted = sum(tag in item.get("tags", []) for item in items)
    browser.click("#tags button")
    shown = f"!{viewer} && document.getElementById('tag').value === {json.dumps(tag)} && {COUNT}.startsWith('{wanted} of')"
    checks.that("a tag beside an image shows the images with this tag", browser.wait(shown), count(browser))
    browser.send("POST", "/back", {})
    checks.that("going back shows the image again, without the filter", browser.wait(
        f"{viewer} && location.hash === {json.dumps(image)} && document.getElementById('tag').value === ''"),
                browser.run("return location.href"))
    browser.send("POST", "/forward", {})
    checks.that("and going forward the images with the tag", browser.wait(shown), count(browser))
    browser.click("#clear")


def check_safety(browser, checks, items):
    markup = next(item for item in items if "<script" in item["prompt"])
    checks.that("markup in a prompt is text", browser.run(
        "return document.title !== 'pwned' && !document.querySelector('.grid b')"))
    search(browser, f"id:{markup['id']}")
    checks.that("and is shown as it was written", browser.run(
        "return document.querySelector('.tile .caption').textContent") == markup["prompt"][:300])
    search(browser, "")
    blocked = browser.run_later(
        "const done = arguments[0];"
        "document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective), {once: true});"
        "const script = document.createElement('script'); script.textContent = 'document.title = \"run\"';"
        "document.head.append(script); setTimeout(() => done('nothing was blocked'), 500);")
    checks.that("the policy blocks any other script",
                blocked.startswith("script-src") and browser.run("return document.title !== 'run'"), blocked)
    fetched = browser.run_later("const done = arguments[0];"
                                "fetch('http://127.0.0.1:1/').then(() => done('sent'), () => done('blocked'))")
    checks.that("and any request", fetched == "blocked", fetched)


def check_access(browser, checks):
    """Checks the main rules of accessibility that a script can check."""
    unnamed = browser.run(r"""
      const name = (e) => (e.getAttribute('aria-label') || e.textContent || e.getAttribute('alt')
        || e.querySelector('img')?.alt || (e.labels && [...e.labels].map(l => l.textContent).join('')) || '').trim();
      return [...document.querySelectorAll('button, a[href], input, select, [role], dialog')]
        .filter(e => !['list', 'status'].includes(e.getAttribute('role')))
        .filter(e => !name(e) && !e.getAttribute('aria-labelledby') && e.id !== 'original').map(e => e.outerHTML.slice(0, 90));
    """)
    checks.that("everything that can be used has a name", not unnamed, unnamed)
    checks.that("every picture has a text", browser.run(
        "return [...document.images].filter(i => i.id !== 'picture').every(i => i.alt)"))
    checks.that("ids are used once", browser.run(
        "const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return new Set(ids).size === ids.length"))
    checks.that("the page has a language, a title and one main part", browser.run(
        "return document.documentElement.lang === 'en' && document.title !== '' && document.querySelectorAll('main').length === 1"))
    checks.that("one picture is in the order of tabbing", browser.run(
        "return document.querySelectorAll('.tile[tabindex=\"0\"]').length === 1"))
    for theme in ["light", "dark"]:
        browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
        ratios = browser.run(r"""
          const light = (c) => { const [r, g, b] = c.match(/[\d.]+/g).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
          const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
          const body = getComputedStyle(document.body);
          return ['#title', '#count', '.filters label > span', '#tag'].map(s => ratio(getComputedStyle(document.querySelector(s)).color, body.backgroundColor));
        """)
        checks.that(f"text stands out ({theme})", min(ratios) >= 4.5, ratios)
    browser.run("delete document.documentElement.dataset.theme")


def check_print(browser, checks, items):
    """Checks that every image of the result is printed, not only those near the window."""
    browser.run("window.printed = 0; addEventListener('beforeprint', () => {"
                " printed = document.querySelectorAll('.tile').length; })")
    paper = base64.b64decode(browser.command("Page.printToPDF", {})["data"])
    printed = browser.run("return window.printed")
    checks.that("all pictures are printed", printed == len(items) and paper[:5] == b"%PDF-", printed)


    browser.run("document.querySelector('.tile').click()")
    browser.wait("document.getElementById('viewer').open")
    paper = base64.b64decode(browser.command("Page.printToPDF", {})["data"])
    checks.that("with an image open, that image alone is printed",
                len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2)
    browser.keys(ESCAPE)
    # The browser goes back in the history a little later.
    browser.wait("!document.getElementById('viewer').open && location.hash === ''")


def check_edges(browser, checks, folder, page, data):
    """Opens a copy of the page with two images of unknown size, and with dates at the edges of the calendar."""
    content = json.loads(data)
    unknown, preset, old = content["images"][:3]
    for item in (unknown, preset):
        item.update(w=1, h=1)
        item.pop("thumb", None)
    unknown.pop("size", None)
    preset["size"] = "2K"
    unknown["month"] = "10000-01"
    old["created"] = "0001-01-01T12:00:00.000Z"
    copy = folder / "edges.html"
    copy.write_text(page.replace(data, json.dumps(content).replace("<", "\\u003c")), encoding="utf-8")
    browser.send("POST", "/url", {"url": copy.as_uri()})
    checks.that("a month after the year 9999 does not empty the page", browser.wait(
        f"{COUNT} === '{len(content['images'])} images' && document.querySelector('.tile')"), count(browser))

    def choices(name):
        return browser.run("return [...document.getElementById(arguments[0]).options].map(({value}) => value)", name)

    checks.that("and can be chosen", "10000-01" in choices("month"), choices("month"))
    checks.that("an unknown size cannot be chosen", "1×1" not in choices("size"), choices("size"))
    shown = search(browser, "created:0001")
    checks.that("search created:0001", shown.startswith("1 of"), shown)
    search(browser, "")
    for item, wanted in [(unknown, None), (preset, "2K")]:
        browser.run("location.hash = arguments[0]", item["id"])
        browser.wait("document.getElementById('viewer').open"
                     f" && document.getElementById('about-title').textContent === '#{item['id']}'")
        found = browser.run("return [...document.querySelectorAll('#facts dt')].find((name) => name.textContent === 'Size')"
                            "?.nextElementSibling.textContent ?? null")
        command = browser.run("return document.getElementById('command').textContent")
        option = re.search(r"--size (\S+)", command)
        checks.that(f"if the pixels are not known, the size is {wanted or 'left out'}",
                    found == wanted and (option.group(1) if option else None) == wanted, [found, command])
        checks.that("and the image is shown with its own pixels", browser.wait(
            "document.getElementById('picture').getBoundingClientRect().width > 1"))
    browser.keys(ESCAPE)
    browser.wait("!document.getElementById('viewer').open")


def check_axe(browser, checks, source):
    browser.run(source + "; window.axe = axe;")
    for theme, opened in [("light", False), ("dark", False), ("dark", True), ("light", True)]:
        browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
        if opened and not browser.run("return document.getElementById('viewer').open"):
            browser.run("document.querySelector('.tile').click()")
            browser.wait("document.getElementById('viewer').open")
        found = browser.run_later("const done = arguments[0]; axe.run().then(r => done(r.violations.map("
                                  "v => [v.impact, v.id, v.nodes.slice(0, 2).map(n => n.html.slice(0, 120))])))")
        checks.that(f"axe-core finds nothing ({theme} {'viewer' if opened else 'grid'})", not found, found)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    address = (folder / "index.html").as_uri()
    page = (folder / "index.html").read_text(encoding="utf-8")
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1)
    items = json.loads(data)["images"]
    fields = sys.argv[2].split(",")
    checks = Checks()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            size(browser, 1440, 900)
            browser.command("Browser.grantPermissions",
                            {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
            browser.send("POST", "/url", {"url": address})
            checks.that("pictures are shown", browser.wait(
                "document.querySelector('.tile img')?.naturalWidth > 0"))
            paint = browser.run("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
            print(f"      first paint after {paint:.0f} ms, {len(items)} pictures")
            checks.that("only what is in sight exists", browser.run(
                "return document.querySelectorAll('.tile').length") < 150)
            check_search(browser, checks, items, fields)
            check_viewer(browser, checks, items, address)
            check_safety(browser, checks, items)
            check_access(browser, checks)
            shots = folder.parent / "screenshots"
            shots.mkdir(exist_ok=True)
            for theme in ["light", "dark"]:
                browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
                for width in [320, 768, 1440]:
                    size(browser, width, 900)
                    checks.that(f"nothing sticks out at {width} pixels ({theme})", browser.wait(
                        f"innerWidth === {width} && document.documentElement.scrollWidth <= innerWidth"))
                    shot = base64.b64decode(browser.send("GET", "/screenshot"))
                    (shots / f"{theme}-{width}.png").write_bytes(shot)
            browser.run("delete document.documentElement.dataset.theme")
            check_print(browser, checks, items)
            size(browser, 1440, 900)
            check_edges(browser, checks, folder, page, data)
            browser.send("POST", "/url", {"url": address})
            browser.wait("document.querySelector('.tile')")
            problems = [entry for entry in browser.log() if entry["level"] == "SEVERE"
                        and "Content Security Policy" not in entry["message"]
                        and "127.0.0.1:1" not in entry["message"]]
            checks.that("the console is silent", not problems, problems)
            if len(sys.argv) > 3:
                browser.command("Page.setBypassCSP", {"enabled": True})
                browser.send("POST", "/refresh", {})
                browser.wait("document.querySelector('.tile')")
                check_axe(browser, checks, pathlib.Path(sys.argv[3]).read_text())
        finally:
            browser.close()
    print(f"{checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
