"""Uses the live page as a person would, in headless Chromium over WebDriver.

usage: check_live.py cull|look|generate ADDRESS [AXE.min.js]

ADDRESS is the address that `seedbank serve` prints, with its token. `cull` rates, tags and trashes 300 images with the
keyboard alone; each image's position determines the edits, and the caller checks them. `look` checks search, viewer,
comparison and accessibility with a large result. `generate` requests a grid of six images. Prints one line for each
check; exits with 1 if a check fails.
"""

import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "GalleryTests" / "Browser"))

from check_page import DOWN, ENTER, ESCAPE, LEFT, RIGHT, Browser, Checks, size  # noqa: E402

PAGE_DOWN, END, HOME, DELETE = "\ue00f", "\ue010", "\ue011", "\ue017"
COUNT = "document.getElementById('count').textContent"


class Axe:
    """Runs axe-core on what is shown, in both themes."""

    def __init__(self, browser, checks, source):
        self.browser, self.checks, self.source = browser, checks, source
        if source:
            browser.command("Page.setBypassCSP", {"enabled": True})

    def __call__(self, what):
        if not self.source:
            return
        # Colours that fade in are not yet those that stay.
        self.browser.run("const s = document.createElement('style'); s.id = 'still';"
                                 "s.textContent = '* { transition: none !important; animation: none !important }';"
                                 "document.head.append(s)")
        for theme in ["light", "dark"]:
            self.browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
            if not self.browser.run("return Boolean(window.axe)"):
                self.browser.run(self.source + "; window.axe = axe;")
            found = self.browser.run_later(
                "const done = arguments[0]; axe.run().then(r => done(r.violations.map("
                "v => [v.impact, v.id, v.nodes.slice(0, 2).map(n => n.html.slice(0, 120))])))")
            self.checks.that(f"axe-core finds nothing ({what}, {theme})", not found, found)
        self.browser.run("delete document.documentElement.dataset.theme; document.getElementById('still').remove()")


def settled(browser):
    """Waits until all edits have been answered."""
    return browser.wait("document.getElementById('grid').getAttribute('aria-busy') !== 'true'")


def start(browser, address):
    browser.send("POST", "/url", {"url": address})
    return browser.wait("document.querySelector('.tile img')?.naturalWidth > 0")


def keys_of(place):
    """Returns the keys that edit the image at a position, counted from the newest image."""
    keys = str(place % 6)
    if place % 7 == 3:
        keys += "f"
    if place % 13 == 4:
        keys += "tkeep" + ENTER
    if place % 17 == 6:
        keys += "xx"
    # After an image is trashed, the next image is at its position.
    return keys + (DELETE if place % 11 == 5 else RIGHT)


def cull(browser, checks, address):
    checks.that("images are shown", start(browser, address))
    browser.run("document.querySelector('.tile').focus()")
    for first in range(0, 300, 25):
        browser.keys("".join(keys_of(place) for place in range(first, first + 25)))
    settled(browser)
    left = 300 - sum(place % 11 == 5 for place in range(300))
    checks.that("what was trashed has left the grid", browser.wait(f"{COUNT} === '{left} generations'"),
                browser.run(f"return {COUNT}"))
    checks.that("the focus is still on an image", browser.run(
        "return document.activeElement.classList.contains('tile')"))
    browser.run("document.activeElement.blur()")
    browser.keys(HOME)
    checks.that("keys that move work if no element has the focus", browser.wait(
        "document.activeElement.dataset.index === '0'"), browser.run("return document.activeElement.outerHTML.slice(0, 300)"))
    browser.keys(DELETE)
    settled(browser)
    browser.wait(f"{COUNT} === '{left - 1} generations'")
    browser.keys("z")
    settled(browser)
    checks.that("z brings the last trashed image back", browser.wait(f"{COUNT} === '{left} generations'"))
    # All in one task, so that the browser does not give the focus to another element first.
    moved = browser.run("""
      const tile = document.querySelector('.tile[tabindex="0"]'), dialog = document.getElementById('name');
      tile.focus();
      dialog.showModal();
      document.getElementById('name-field').focus();
      tile.remove();
      dialog.close();
      document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
      return [tile.dataset.index, document.activeElement.dataset.index]""")
    checks.that("a key right after a dialog is for the grid, even if the image was drawn again meanwhile",
                moved[1] is not None and int(moved[1]) == int(moved[0]) + 1, moved)
    browser.run("document.activeElement.blur(); const s = document.getElementById('scroller'); s.scrollTop = s.scrollHeight")
    browser.wait(f"document.querySelector('.tile[aria-posinset=\"{left}\"]')")
    browser.keys(DELETE)
    settled(browser)
    checks.that("a key does not edit an image that is out of sight", browser.run(f"return {COUNT}") == f"{left} generations",
                browser.run(f"return {COUNT}"))
    checks.that("but shows it, with the focus", browser.run(
        "const tile = document.activeElement, box = tile.getBoundingClientRect(),"
        " area = document.getElementById('scroller').getBoundingClientRect();"
        "return tile.classList.contains('current') && box.top >= area.top && box.bottom <= area.bottom"),
                browser.run("return document.activeElement.outerHTML.slice(0, 300)"))


def check_start(browser, checks):
    """Checks which requests the page sends before those for the first images."""
    browser.wait("performance.getEntriesByType('resource').some(e => e.name.includes('/api/facets'))")
    paths = browser.run("return performance.getEntriesByType('resource').sort((a, b) => a.startTime - b.startTime)"
                        ".map(e => new URL(e.name).pathname)")
    first = next(place for place, path in enumerate(paths) if path.startswith("/thumbnails/"))
    before = sorted(path for path in paths[:first] if path != "/assets/icon.svg")
    checks.that("before the first images, only the page's files and the first records are requested",
                before == ["/api/generations", "/assets/app.css", "/assets/app.js"], before)
    checks.that("the first records are requested once", paths.count("/api/generations") == 1, paths)
    early = browser.run("""
      const entries = performance.getEntriesByType('resource');
      const of = (name) => entries.find(e => e.name.includes(name));
      return [of('/api/generations').initiatorType, of('/api/generations').startTime < of('/assets/app.js').responseEnd]""")
    checks.that("the first records are requested while the script is loaded", early[1], early)


def check_typing(browser, checks):
    """Checks what is requested for each typed character, and what only when the typing pauses."""
    queries = browser.run_later("""
      const done = arguments[0], field = document.getElementById('search'), asked = [], real = window.fetch;
      window.fetch = (address, ...more) => { asked.push(new URL(address, location)); return real(address, ...more); };
      // Three characters in one task: nothing can be answered between them.
      for (const text of ['c', 'ca', 'cat']) {
        field.value = text;
        field.dispatchEvent(new Event('input', {bubbles: true}));
      }
      const wait = () => {
        if (!asked.some(({pathname}) => pathname === '/api/facets')) return setTimeout(wait, 20);
        window.fetch = real;
        done(asked.filter((url) => url.searchParams.has('q')).map((url) => [url.pathname, url.searchParams.get('q')]));
      };
      wait();""")

    def of(path):
        return [text for name, text in queries if name == path]

    checks.that("the first character is searched at once, and the last after a pause, but none between them",
                of("/api/generations") == ["c", "cat*"], queries)
    checks.that("facets and ids are read once, when the typing has paused",
                of("/api/facets") == of("/api/ids") == ["cat*"], queries)


def check_partial(browser, checks):
    """Orders and narrows the result of a word that is not complete, and goes back."""
    browser.wait("document.querySelector('#facet-tags button')")
    queries = browser.run("""
      const field = document.getElementById('search'), sort = document.getElementById('sort');
      const asked = [], real = window.fetch;
      window.fetch = (address, ...more) => { asked.push(new URL(address, location)); return real(address, ...more); };
      // All in one task: nothing can be answered meanwhile.
      field.value = 'ca';
      field.dispatchEvent(new Event('input', {bubbles: true}));
      sort.value = 'oldest';
      sort.dispatchEvent(new Event('change', {bubbles: true}));
      document.querySelector('#facet-tags button').click();
      window.fetch = real;
      return asked.filter(({pathname, searchParams}) => pathname === '/api/generations' && searchParams.has('q'))
        .map(({searchParams}) => searchParams.get('q'));""")
    checks.that("another order and a filter apply to the word as it was searched",
                queries[:2] == ["ca*", "ca*"] and len(queries) == 3 and queries[2].startswith("ca* tag:client"), queries)
    total = f"Number({COUNT}.replace(/[^0-9]/g, ''))"
    checks.that("the filtered result has images", browser.wait(f"{total} === 1300"), browser.run(f"return {COUNT}"))
    browser.send("POST", "/back", {})
    checks.that("going back shows the result of the word as it was searched", browser.wait(
        f"location.search === '?q=ca&sort=oldest' && {total} > 3000"), browser.run(f"return {COUNT}"))
    browser.send("POST", "/back", {})
    browser.wait("location.search === '?q=ca' && document.getElementById('sort').value === 'newest'")
    browser.run("document.getElementById('search').focus()")


def check_dates(browser, checks):
    """Checks the words of months, also of those that no date of the browser can have."""
    found = browser.run_later("""
      const done = arguments[0];
      import('/assets/dom.js').then(({nameOfMonth, textOfMonth}) => done([
        nameOfMonth('2026-11').includes('2026'), nameOfMonth('10000-01'), nameOfMonth('0000-00'),
        textOfMonth('10000-02', new Intl.DateTimeFormat('en', {month: 'short', timeZone: 'UTC'})),
      ])).catch((error) => done('' + error));""")
    checks.that("a month outside of the years 0 to 9999 is shown as it is", found == [True, "10000-01", "0000-00", "10000-02"],
                found)


def check_search(browser, checks, axe):
    whole = browser.run(f"return {COUNT}")
    browser.run("document.getElementById('search').focus()")
    browser.keys("rating:")
    browser.wait("location.search !== ''")
    browser.keys("5" + ENTER)
    checks.that("a search shows fewer", browser.wait(f"{COUNT} === '40 generations'"), browser.run(f"return {COUNT}"))
    checks.that("the query is in the address", browser.run("return location.search") == "?q=rating%3A5")
    checks.that("the first match has the focus",
                browser.wait("document.activeElement.dataset.index === '0'"))
    browser.send("POST", "/refresh", {})
    checks.that("reload keeps the query", browser.wait(
        f"{COUNT} === '40 generations' && document.getElementById('search').value === 'rating:5'"))
    browser.send("POST", "/back", {})
    checks.that("back shows what was before", browser.wait(f"{COUNT} === {json.dumps(whole)}"),
                browser.run(f"return {COUNT}"))
    browser.run("document.getElementById('search').focus()")
    browser.keys("rating:best" + ENTER)
    checks.that("an error is in words under the field, and the result stays", browser.wait(
        "document.getElementById('search-words').textContent.length > 20"
        " && document.getElementById('search').getAttribute('aria-invalid') === 'true'"))
    axe("error in the query")
    browser.run("document.getElementById('search').select()")
    browser.keys("ta")
    checks.that("fields are suggested", browser.wait(
        "[...document.querySelectorAll('#suggestions li')].some(e => e.textContent.startsWith('tag'))"))
    axe("suggestions")
    browser.run("""
      for (const key of ['ArrowDown', 'Enter', 'Escape']) {
        const options = {key, isComposing: true, bubbles: true, cancelable: true};
        document.getElementById('search').dispatchEvent(new KeyboardEvent('keydown', options));
      }""")
    checks.that("keys of an input method choose no suggestion and close none", browser.run("""
      const field = document.getElementById('search');
      return document.activeElement === field && field.value === 'ta' && !field.hasAttribute('aria-activedescendant')
        && !document.getElementById('suggestions').hidden"""))
    check_typing(browser, checks)
    check_partial(browser, checks)
    browser.run("document.getElementById('search').select()")
    browser.keys("\ue017" + ENTER)
    browser.wait(f"{COUNT} === {json.dumps(whole)}")
    checks.that("a tag beside the grid narrows the result", browser.wait(
        "document.querySelector('#facet-tags button')"))
    browser.run("document.querySelector('#facet-tags button').click()")
    checks.that("and stands in the query", browser.wait(
        "document.getElementById('search').value.startsWith('tag:')"
        " && document.querySelector('#facet-tags [aria-pressed=true]')"))
    browser.send("POST", "/back", {})
    browser.wait(f"{COUNT} === {json.dumps(whole)}")
    browser.run("document.getElementById('search').focus()")
    browser.keys("nothing-like-this" + ENTER)
    checks.that("an empty result says so", browser.wait("!document.getElementById('empty').hidden"))
    axe("empty result")
    browser.send("POST", "/back", {})
    browser.wait(f"{COUNT} === {json.dumps(whole)}")
    size(browser, 320, 700)
    browser.run("document.getElementById('more').click()")
    checks.that("filters open over a narrow page", browser.wait("!document.getElementById('sidebar').hidden"))
    axe("filters at 320 pixels")
    browser.keys(ESCAPE)
    size(browser, 1440, 900)


def check_terms(browser, checks):
    """Checks the queries that the filters beside the grid write."""
    cases = [
        ("", "tag:x"), ("cat", "cat tag:x"), ("cat OR dog", "(cat OR dog) tag:x"),
        ("(cat fisheye) OR (dog)", "((cat fisheye) OR (dog)) tag:x"), ("(cat OR dog)", "(cat OR dog) tag:x"),
        ('"a OR b"', '"a OR b" tag:x'), ("cat OR (dog", "(cat OR dog) tag:x"), ("cat NOT", "(cat NOT) tag:x"),
        ("cat OR tag:x", "cat"), ("tag:x AND cat", "cat"), ("a OR tag:x AND b", "a OR b"), ("a AND tag:x OR b", "a OR b"),
        ("cat OR (tag:x)", "cat"), ('tag:x "a  b"', '"a  b"'), ("NOT tag:x", "NOT tag:x tag:x"),
    ]
    found = browser.run_later("""
      const [queries, done] = arguments;
      import('/assets/terms.js').then(({toggled, hasTerm, term}) => done([
        queries.map((query) => toggled(query, 'tag:x')),
        ['tag:x', 'cat (tag:x)', 'NOT tag:x', '-tag:x', '-(cat tag:x)', '"a tag:x b"'].map((query) => hasTerm(query, 'tag:x')),
        [term('tag', 'a*'), term('tag', '=q'), term('prompt', 'a*')],
      ]), error => done('' + error));""", [query for query, _ in cases])
    for (query, wanted), written in zip(cases, found[0]):
        checks.that(f"the filter tag:x makes of {query or 'no query'}: {wanted}", written == wanted, written)
    checks.that("a filter is shown as set unless the query excludes it", found[1] == [True, True, False, False, False, False],
                found[1])
    checks.that("a star and an equals sign of a tag have no meaning in its filter",
                found[2] == ['tag:"a\\*"', 'tag:"=q"', 'prompt:"a*"'], found[2])


def check_scrolling(browser, checks):
    """Scrolls by single pixels. At most two of eight steps reach another row, at the top and at the bottom."""
    changed = browser.run_later("""
      const done = arguments[0], grid = document.getElementById('grid'), changed = [];
      let count = 0;
      new MutationObserver((records) => { count += records.length; })
        .observe(grid, {subtree: true, childList: true, attributes: true, characterData: true});
      const steps = (left) => requestAnimationFrame(() => requestAnimationFrame(() => {
        changed.push(count);
        count = 0;
        if (!left) return done(changed.slice(1).filter(Boolean).length);
        document.getElementById('scroller').scrollTop -= 1;
        steps(left - 1);
      }));
      steps(8);""")
    checks.that("scrolling within a row changes no element", changed <= 2, changed)
    made = browser.run_later("""
      const done = arguments[0], made = [];
      let count = 0;
      new MutationObserver((records) => { for (const record of records) count += record.addedNodes.length; })
        .observe(document.getElementById('grid'), {childList: true});
      const steps = (left) => requestAnimationFrame(() => {
        made.push(count);
        count = 0;
        if (!left) return done(made);
        document.getElementById('scroller').scrollTop -= 12;
        steps(left - 1);
      });
      steps(60);""")
    checks.that("a frame of slow scrolling makes at most three images, and the whole row in time",
                max(made) <= 3 and sum(made) > 3, made)
    hints = browser.run("const {willChange, backgroundColor} = getComputedStyle(document.getElementById('scroller'));"
                        "return [willChange, backgroundColor]")
    checks.that("scrolling moves what is painted: the area says that it scrolls, and is opaque",
                hints[0] == "scroll-position" and hints[1].startswith("rgb("), hints)
    # If such a rule exists, the browser computes the style of the whole page again for each image that is made.
    wide = browser.run("""
      const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .flatMap((rule) => rule instanceof CSSMediaRule && !rule.media.mediaText.includes('print') ? [...rule.cssRules] : rule)
        .filter((rule) => rule instanceof CSSStyleRule);
      return rules.flatMap((rule) => rule.selectorText.split(':has(').slice(0, -1).map((part) => part.match(/[^\\s>+~,(]*$/)[0])
        .filter((subject) => document.querySelector('.tile').closest(subject || '*')));""")
    checks.that("no rule of style makes what contains the images depend on its content", wide == [], wide)


def check_distance(browser, checks):
    browser.run("document.querySelector('.tile').focus()")
    browser.keys(END)
    checks.that("End shows the last image of a large result", browser.wait(
        "document.activeElement.getAttribute('aria-posinset') === document.activeElement.getAttribute('aria-setsize')"
        " && document.activeElement.getAttribute('aria-label')"))
    checks.that("the page stays small", browser.run("return document.querySelectorAll('*').length") < 1000)
    check_scrolling(browser, checks)
    browser.keys(END + "x")
    before = browser.run("return [scroller.scrollTop, document.activeElement.dataset.index]")
    browser.keys("5")
    settled(browser)
    checks.that("place and focus stay after an edit", browser.run(
        "return [scroller.scrollTop, document.activeElement.dataset.index]") == before)
    browser.keys("z")
    settled(browser)
    browser.keys(ESCAPE + "----")
    checks.that("also with the smallest images", browser.wait("document.querySelectorAll('.tile').length > 50")
                and browser.run("return document.querySelectorAll('*').length") < 1000)
    checks.that("the smallest images have no captions", browser.run("return !document.querySelector('.caption')"))
    browser.keys("++++")
    # The result is taller than the tallest possible element: small steps are exact, and jumps reach both ends.
    wrong = browser.run_later("""
      const done = arguments[0];
      import('/assets/scroll.js').then(({VirtualScroll}) => {
        const wrong = [], total = 60e6, view = 800;
        const scroller = {top: 0, get scrollTop() { return this.top; },
                          set scrollTop(y) { this.top = Math.round(Math.min(Math.max(0, y), 8e6 - view)); }};
        const scroll = new VirtualScroll(scroller);
        if (scroll.resize(total, view) !== 8e6) wrong.push('height');
        for (const wanted of [0, 12345, 30e6, total - view - 1, total - view]) {
          scroll.moveTo(wanted);
          if (Math.abs(scroll.position - wanted) > 1e-6) wrong.push(['moveTo', wanted, scroll.position]);
          scroller.top += 100; scroll.follow();
          const exact = Math.min(wanted + 100, total - view);
          if (Math.abs(scroll.position - exact) > 1e-6) wrong.push(['step', wanted, scroll.position]);
          scroll.rest();
          if (Math.abs(scroll.position - exact) > 1e-6) wrong.push(['rest', wanted, scroll.position]);
        }
        scroller.top = 8e6 - view; scroll.follow();
        if (scroll.position !== total - view) wrong.push(['end', scroll.position]);
        scroller.top = 0; scroll.follow();
        if (scroll.position !== 0) wrong.push(['start', scroll.position]);
        done(wrong);
      }, error => done('' + error));""")
    checks.that("sixty million pixels can be scrolled through", wrong == [], wrong)


def check_large_edit(browser, checks, axe):
    browser.keys(HOME + "a2")
    answer = browser.run_later(
        "const done = arguments[0]; fetch('/api/generations?limit=1').then(r => r.json())"
        ".then(page => done([page.count, page.count_is_capped]))")
    checks.that("the count of a page ends at 1,000", answer == [1000, True], answer)
    checks.that("a large edit is counted before it is made",
                browser.wait("document.getElementById('confirm').open"))
    text = browser.run("return document.getElementById('confirm-text').textContent")
    total = browser.run(f"return {COUNT}").split(" ")[0]
    checks.that("the count is in the question", total in text, text)
    axe("question before a large edit")
    browser.keys(ESCAPE)
    settled(browser)
    browser.keys(ESCAPE)
    checks.that("Escape leaves everything as it was", browser.run("return document.getElementById('chosen').hidden"))


def check_viewer(browser, checks, axe):
    browser.keys(HOME + RIGHT + ENTER)
    checks.that("Enter opens the image", browser.wait("document.getElementById('viewer').open"))
    browser.keys("4")
    settled(browser)
    checks.that("a rating in the viewer is shown", browser.wait("document.querySelectorAll('.star.on').length === 4"))
    number = browser.run("return location.hash")
    browser.keys(RIGHT)
    checks.that("an arrow shows the next image", browser.wait(f"location.hash !== '{number}'"))
    checks.that("the timeline is there", browser.wait("document.getElementById('timeline').children.length > 0"))
    axe("viewer")
    browser.keys(ESCAPE)
    checks.that("closing returns to the image in the grid", browser.wait(
        "document.activeElement.dataset.index === '2'"), browser.run("return document.activeElement.outerHTML"))
    check_lost_focus(browser, checks)
    check_tags(browser, checks)
    browser.run("document.querySelector('.tile[data-index=\"2\"]').focus()")
    browser.keys("x" + RIGHT + "xc")
    checks.that("c compares the selected images, with the verdict's numbers", browser.wait(
        "document.getElementById('compare').open"
        " && document.querySelector('#verdicts strong')?.textContent.includes('i')"))
    axe("comparison")
    browser.keys(ESCAPE + ESCAPE)
    browser.keys("?")
    checks.that("? lists all keys", browser.wait("document.getElementById('keys').open"))
    axe("list of keys")
    browser.keys(ESCAPE)
    for key, what in [("t", "tag"), ("b", "collection")]:
        browser.keys(key)
        checks.that(f"{key} asks for a {what}", browser.wait("document.querySelector('dialog[open] input')"))
        axe(f"question for a {what}")
        browser.keys(ESCAPE)
        browser.wait("!document.querySelector('dialog[open]')")
    browser.keys("f")
    settled(browser)
    checks.that("an edit can be taken back from a message", browser.wait("document.querySelector('.toast button')"))
    axe("message")
    browser.keys("z")
    settled(browser)


def check_lost_focus(browser, checks):
    """Checks that keys work after the button that had the focus was disabled at the last image."""
    title = "document.getElementById('about-title').textContent"
    browser.keys(END + ENTER)
    browser.wait(f"document.getElementById('viewer').open && {title} === '#1'")
    browser.keys(LEFT)
    browser.wait(f"{title} === '#2'")
    browser.click("#next")
    browser.wait(f"{title} === '#1'")
    browser.keys(LEFT)
    checks.that("keys work after the button for the next image was disabled", browser.wait(f"{title} === '#2'"),
                browser.run("return document.activeElement.outerHTML.slice(0, 200)"))
    browser.run("document.activeElement.blur()")
    browser.keys(LEFT)
    checks.that("keys work if no element of the viewer has the focus", browser.wait(f"{title} === '#3'"),
                browser.run(f"return {title}"))
    browser.keys(ESCAPE)
    # The browser goes back in the history a little later.
    browser.wait("!document.getElementById('viewer').open && location.hash === ''")
    browser.keys(HOME)


def check_tags(browser, checks):
    """Checks that many tags and a long one stay within the panel beside the image."""
    browser.keys(ENTER)
    browser.wait("document.getElementById('viewer').open")
    number = browser.run("return Number(location.hash.slice(1))")
    tags = [f"photograph/{place}" for place in range(11)] + ["a" * 100]
    browser.run_later("const [ids, tags, done] = arguments; fetch('/api/selection', {method: 'PATCH',"
                      "headers: {'Content-Type': 'application/json'}, body: JSON.stringify("
                      "{ids, edit: {tags: {add: tags, remove: []}}})}).then(r => r.json()).then(done)", [number], tags)
    browser.wait("document.querySelectorAll('#tags li').length >= 12")
    for width in [320, 1440]:
        size(browser, width, 900)
        checks.that(f"tags stay in the panel at {width} pixels", browser.wait(
            "(({scrollWidth, clientWidth}) => scrollWidth <= clientWidth)(document.querySelector('.about'))"),
                    browser.run("return document.querySelector('.about').scrollWidth"))
    browser.keys("z")
    settled(browser)
    browser.keys(ESCAPE)
    browser.wait("!document.getElementById('viewer').open && location.hash === ''")


def check_return(browser, checks):
    """Checks that going back shows the part of the result that was seen before."""
    browser.wait("document.querySelector('#facet-tags button')")
    whole = browser.run(f"return {COUNT}")
    browser.run("document.getElementById('scroller').scrollTop = 3000")
    browser.wait("[...document.querySelectorAll('.tile')].some((tile) => Number(tile.dataset.index) > 100)")
    browser.run("document.querySelector('#facet-tags button').click()")
    browser.wait(f"{COUNT} !== {json.dumps(whole)}")
    browser.send("POST", "/back", {})
    browser.wait(f"{COUNT} === {json.dumps(whole)}")
    checks.that("going back shows the images that were seen before", browser.wait(
        "Math.abs(document.getElementById('scroller').scrollTop - 3000) < 600"),
                browser.run("return document.getElementById('scroller').scrollTop"))
    browser.run("document.getElementById('scroller').scrollTop = 0")
    browser.wait("document.querySelector('.tile[data-index=\"0\"]')")


def check_refusal(browser, checks):
    """Checks that the page says so if its token is not valid any more, as after another start of the server."""
    calls = browser.run_later("""
      const done = arguments[0], calls = [], {fetch, EventSource} = window;
      class Refused extends EventTarget {
        static CLOSED = 2;
        readyState = 2;
        constructor() { super(); setTimeout(() => this.dispatchEvent(new Event('error'))); }
      }
      window.EventSource = Refused;
      window.fetch = async () => new Response('{"error": {"code": "unauthorized"}}', {status: 401});
      import('/assets/events.js').then(({followEvents}) => followEvents({lost: (isRefused) => {
        calls.push(isRefused);
        if (!isRefused) return;
        Object.assign(window, {fetch, EventSource});
        done(calls);
      }}), error => done('' + error));""")
    checks.that("a refused page says that it must be opened again", calls == [False, True], calls)


def check_touch(browser, checks):
    """Checks that a tap opens an image, a swipe shows the next one, and a swipe over the grid scrolls it."""
    browser.command("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(points):
        kinds = ["touchStart"] + ["touchMove"] * (len(points) - 1) + ["touchEnd"]
        for kind, at in zip(kinds, [[{"x": x, "y": y}] for x, y in points] + [[]]):
            browser.command("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    x, y = browser.run("const r = document.querySelector('.tile').getBoundingClientRect();"
                       "return [r.x + r.width / 2, r.y + r.height / 2]")
    touch([(x, y)])
    checks.that("a tap opens the image", browser.wait("document.getElementById('viewer').open"))
    browser.wait("document.querySelector('#viewer img')?.naturalWidth > 0")
    before = browser.run("return location.hash")
    touch([(900 - 40 * step, 400) for step in range(10)])
    checks.that("a swipe shows the next image", browser.wait(f"location.hash !== {json.dumps(before)}"),
                before)
    browser.keys(ESCAPE)
    browser.wait("!document.getElementById('viewer').open")
    touch([(500, 800 - 60 * step) for step in range(11)])
    checks.that("a swipe over the grid scrolls it", browser.wait(
        "document.getElementById('scroller').scrollTop > 100"))
    browser.command("Emulation.setTouchEmulationEnabled", {"enabled": False})


def check_print(browser, checks):
    """Checks that only images and their captions are printed."""
    browser.command("Emulation.setEmulatedMedia", {"media": "print"})
    shown = browser.run(
        "return ['.tools', '.sidebar', '.rail', '.find'].filter("
        "s => document.querySelector(s)?.getClientRects().length)")
    columns = browser.run("return new Set([...document.querySelectorAll('.tile')]"
                          ".map(t => Math.round(t.getBoundingClientRect().left))).size")
    checks.that("controls are not printed", not shown, shown)
    checks.that("four images stand in a printed row", columns == 4, columns)
    paper = browser.command("Page.printToPDF", {})["data"]
    checks.that("the page can be printed", len(paper) > 10_000, len(paper))
    browser.command("Emulation.setEmulatedMedia", {"media": ""})


def generate(browser, checks, address, source):
    def field(name, value):
        browser.run("const f = document.getElementById(arguments[0]); f.value = arguments[1];"
                    "for (const kind of ['input', 'change']) f.dispatchEvent(new Event(kind, {bubbles: true}))",
                    name, value)

    axe = Axe(browser, checks, source)
    browser.send("POST", "/url", {"url": address})
    checks.that("the form is there", browser.wait("!document.getElementById('generate-open').hidden"))
    browser.click("#generate-open")
    axe("form for a request")
    size(browser, 320, 700)
    checks.that("the form fits a phone", browser.wait(
        "(({scrollWidth, clientWidth}) => scrollWidth <= clientWidth)(document.getElementById('generate'))"),
                browser.run("return document.getElementById('generate').scrollWidth"))
    size(browser, 1440, 900)
    for name, value in [("generate-prompt", "a pier at dusk"), ("vary-1", "guidance_scale"), ("vary-1-values", "2, 4"),
                        ("vary-2", "seed"), ("vary-2-values", "1..3")]:
        field(name, value)
    checks.that("fields that vary are asked for once", browser.run(
        "return ['generate-seed', 'generate-guidance', 'generate-count'].every("
        "id => document.getElementById(id).closest('label').hidden)"))
    words = browser.run("return document.getElementById('generate-go').textContent")
    checks.that("the number of images is said before", words == "Request 6 images", words)
    browser.click("#generate-go")
    checks.that("the results open", browser.wait("document.getElementById('batch').open"),
                browser.run("return document.getElementById('generate-error').textContent"))
    status = "document.getElementById('batch-status').textContent"
    checks.that("all images arrive without a reload", browser.wait(
        f"{status} === '6 of 6 images finished.'"), browser.run(f"return {status}"))
    heads = browser.run("return [...document.querySelectorAll('#batch-table th')].map(e => e.textContent)")
    checks.that("rows and columns have the values", heads == [
        "seed 1", "seed 2", "seed 3", "guidance scale 2", "guidance scale 4"], heads)
    checks.that("every cell shows its image", browser.wait(
        "[...document.querySelectorAll('#batch-table td .made img')].filter(i => i.naturalWidth > 0).length === 6"))
    axe("results of a request")
    browser.click("#batch-close")
    checks.that("the grid shows them too", browser.wait(
        "document.querySelectorAll('.tile img').length === 6"))


def check_safety(browser, checks):
    checks.that("markup in prompts is text", browser.run(
        "return document.title !== 'pwned' && !document.querySelector('#grid b, #grid script')"))
    checks.that("keys are kept out of the page", browser.run("return !document.cookie"))


def check_messages(browser, checks):
    """Checks on a phone that a message after an edit covers no button of the selection."""
    size(browser, 320, 700)
    browser.wait("document.getElementById('scroller').clientWidth <= 320")
    browser.run("document.querySelector('.tile').focus()")
    browser.keys("xf")
    settled(browser)
    browser.wait("document.querySelector('.toast button') && !document.getElementById('chosen').hidden")
    covered = (
        "[...document.querySelectorAll('#chosen button, #chosen select')].filter((e) => e.getClientRects().length)"
        ".filter((e) => { const box = e.getBoundingClientRect();"
        " return !e.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }).map((e) => e.id)")
    checks.that("a message covers no button of the selection at 320 pixels", browser.wait(f"{covered}.length === 0"),
                browser.run(f"return {covered}"))
    browser.keys("z" + ESCAPE)
    settled(browser)


def look(browser, checks, address, source):
    axe = Axe(browser, checks, source)
    checks.that("images are shown", start(browser, address))
    check_start(browser, checks)
    axe("grid")
    check_search(browser, checks, axe)
    check_terms(browser, checks)
    check_dates(browser, checks)
    check_return(browser, checks)
    check_distance(browser, checks)
    check_large_edit(browser, checks, axe)
    check_viewer(browser, checks, axe)
    check_refusal(browser, checks)
    check_touch(browser, checks)
    check_print(browser, checks)
    check_safety(browser, checks)
    for width in [320, 800, 1440, 2560]:
        size(browser, width, 900)
        checks.that(f"nothing sticks out at {width} pixels", browser.wait(
            "document.documentElement.scrollWidth <= innerWidth"
            " && [...document.querySelectorAll('.tile')].every(t => t.getBoundingClientRect().right <= innerWidth)"))
        free = ("document.getElementById('scroller').getBoundingClientRect().right - Math.max("
                "...[...document.querySelectorAll('.tile')].map(t => t.getBoundingClientRect().right))")
        room = "(document.querySelector('.results').classList.contains('dated') ? 64 : 30)"
        checks.that(f"the images fill the width at {width} pixels", browser.wait(f"{free} < {room}"),
                    browser.run(f"return {free}"))
        rows = browser.run("return new Set([...document.querySelectorAll('.bar button, .bar input, .bar select')]"
                           ".filter(e => e.getClientRects().length).map(e => Math.round(e.getBoundingClientRect().top / 20))).size")
        checks.that(f"the header has at most two rows at {width} pixels", rows <= 2, rows)
        checks.that(f"the order is in whole words at {width} pixels", browser.run(
            "const s = document.getElementById('sort'); return s.scrollWidth <= s.clientWidth && s.clientWidth > 100"))
        checks.that(f"the filters or the button that opens them can be seen at {width} pixels", browser.run(
            "return ['sidebar', 'more'].some((id) => document.getElementById(id).getClientRects().length)"))
        checks.that(f"the page stays small at {width} pixels", browser.run(
            "return document.querySelectorAll('*').length") < 1000)
    check_messages(browser, checks)
    problems = [entry for entry in browser.log() if entry["level"] == "SEVERE" and " 400 " not in entry["message"]]
    checks.that("the console is silent", not problems, problems)


def main():
    kind, address = sys.argv[1:3]
    source = pathlib.Path(sys.argv[3]).read_text() if len(sys.argv) > 3 else None
    checks = Checks()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            size(browser, 1440, 900)
            if kind == "cull":
                cull(browser, checks, address)
            elif kind == "generate":
                generate(browser, checks, address, source)
            else:
                look(browser, checks, address, source)
        finally:
            browser.close()
    print(f"{checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
