"""Checks in headless Chromium that the actions of the live page apply to what it shows.

usage: check_actions.py KIND ADDRESS

KIND is one of the names in `KINDS`.

ADDRESS is the address that `seedbank serve` prints, with its token. The library has the generations 1 to 130 with one
image each and the prompts "cat 1" to "cat 130"; those with an odd number have the tag "odd". For `generate`, no model
is known, and the request of 130 was for a group of four images. For `link`, 130 was reproduced from 129. For `prompt`,
130 has the lines "first line" and "second line". For `form`, 130 has the guidance 4.55, and the models are `with`,
`without` and `with-less`. Prints one line for each check; exits with 1 if a check fails.
"""

import sys
import tempfile

from check_live import COUNT, END, RIGHT, settled
from check_live import start as open_page
from check_page import ENTER, ESCAPE, Browser, Checks, size  # check_live adds the folder of check_page.

SHIFT, CONTROL = 8, 2
LEFT = "\ue012"
FIRST_FOCUSED = "document.activeElement.dataset.index === '0'"

# Requests whose address contains a text of `holding` wait until they are released, and those with a text of `failing`
# find a busy server. `alter` changes records.
WATCH = """
  window.asked = []; window.held = []; window.holding = []; window.failing = []; window.alter = null; window.streams = [];
  const real = window.real = window.fetch.bind(window);
  window.fetch = async (address, options) => {
    const path = String(address);
    window.asked.push(path);
    if (window.holding.some((text) => path.includes(text))) await new Promise((resolve) => window.held.push(resolve));
    if (window.failing.some((text) => path.includes(text))) {
      return new Response('{"error": {"code": "busy", "message": "the server is busy"}}', {status: 503});
    }
    const answer = await real(path, options);
    if (!window.alter || !answer.ok || !path.startsWith('/api/generations?')) return answer;
    const page = await answer.json();
    page.generations.forEach(window.alter);
    return new Response(JSON.stringify(page));
  };
  const Stream = window.EventSource;
  window.EventSource = class extends Stream {
    constructor(address) { super(address); window.streams.push(address); window.stream = this; }
  };
"""
NO_EVENTS = "window.EventSource = class extends EventTarget {};"


def start(browser, checks, address, *scripts):
    for script in [WATCH, *scripts]:
        browser.command("Page.addScriptToEvaluateOnNewDocument", {"source": "{" + script + "}"})
    checks.that("images are shown", open_page(browser, address))
    browser.wait(f"{COUNT} === '130 generations'")
    # Everything has been read.
    browser.wait("asked.some((path) => path.startsWith('/api/dates'))")


def hold(browser, *texts):
    browser.run("window.holding = arguments[0]", list(texts))


def release(browser):
    browser.run("window.holding = []; for (const go of window.held.splice(0)) go()")


def search(browser, text):
    """Runs a query as Enter in the search field does, without the queries that typing would run."""
    browser.run("const field = document.getElementById('search'); field.value = arguments[0];"
                "document.getElementById('find').requestSubmit()", text)


def call(browser, method, path, body=None):
    """Sends a request as another program would."""
    return browser.run_later("""
      const [method, path, body, done] = arguments;
      const options = body ? {method, body: JSON.stringify(body), headers: {'Content-Type': 'application/json'}} : {};
      window.real(path, options).then((answer) => answer.json()).then(done, (error) => done('' + error));""",
                             method, path, body)


def edit(browser, number, change):
    return call(browser, "PATCH", "/api/selection", {"ids": [number], "edit": change})


def record(browser, number):
    return call(browser, "GET", f"/api/generations/{number}")


def count(browser, query):
    return call(browser, "GET", "/api/generations?limit=1&q=" + query)["count"]


def selected(browser):
    """Returns the numbers of the selected images, in the order of the result."""
    return browser.run("return [...document.querySelectorAll('.tile.selected')]"
                       ".map((tile) => Number(tile.hash.slice(1))).sort((a, b) => b - a)")


def focus(browser, index):
    browser.run("document.querySelector(`.tile[data-index='${arguments[0]}']`).focus()", index)


def shift(browser, key):
    browser.run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
                "{key: arguments[0], shiftKey: true, bubbles: true, cancelable: true}))", key)


def center(browser, index):
    return browser.run("const box = document.querySelector(`.tile[data-index='${arguments[0]}']`).getBoundingClientRect();"
                       "return [box.x + box.width / 2, box.y + box.height / 2]", index)


def mouse(browser, kind, place, modifiers, buttons=1):
    browser.command("Input.dispatchMouseEvent", {
        "type": kind, "x": place[0], "y": place[1], "button": "left", "buttons": buttons, "clickCount": 1,
        "modifiers": modifiers})


def click(browser, index, modifiers):
    place = center(browser, index)
    mouse(browser, "mousePressed", place, modifiers)
    mouse(browser, "mouseReleased", place, modifiers, buttons=0)


def drag(browser, first, last, modifiers):
    (x, y), (to_x, to_y) = center(browser, first), center(browser, last)
    mouse(browser, "mousePressed", (x, y), modifiers)
    for step in range(1, 11):
        mouse(browser, "mouseMoved", (x + (to_x - x) * step / 10, y + (to_y - y) * step / 10), modifiers)
    mouse(browser, "mouseReleased", (to_x, to_y), modifiers, buttons=0)


def chosen(browser):
    return browser.run("return document.getElementById('chosen').hidden ? ''"
                       " : document.getElementById('chosen-count').textContent")


def check_whole(browser, checks):
    """Selects a whole result and searches for another one, whose answer does not arrive yet."""
    hold(browser, "/api/ids")
    search(browser, "cat")
    browser.wait(FIRST_FOCUSED + " && held.length === 1")
    browser.keys("a")
    hold(browser, "/api/ids", "generations?q=tag%3Aodd")
    search(browser, "tag:odd")
    browser.wait("held.length === 2")
    browser.run("const field = document.getElementById('rate-chosen'); field.value = '4';"
                "field.dispatchEvent(new Event('change', {bubbles: true}))")
    browser.wait("document.getElementById('confirm').open")
    title = browser.run("return document.getElementById('confirm-title').textContent")
    checks.that("the question is for the images that are shown", "130" in title, title)
    browser.keys(ENTER)
    settled(browser)
    rated = count(browser, "rating:4")
    checks.that("the edit is made for the images that are shown", rated == 130, rated)
    release(browser)
    checks.that("the other result has no selection", browser.wait(f"{COUNT} === '65 generations'")
                and chosen(browser) == "", chosen(browser))

    browser.wait(FIRST_FOCUSED)
    browser.wait("asked.some((path) => path.startsWith('/api/dates?q=tag'))")
    browser.keys("a")
    hold(browser, "generations?q=cat")
    search(browser, "cat")
    browser.wait("held.length === 1")
    browser.run("window.asked = []")
    edit(browser, 130, {"trash": True})
    # The page counts what the result has in common after it has handled the event.
    browser.wait("asked.some((path) => path.startsWith('/api/facets'))")
    checks.that("an event does not show the result of another query with the selection of this one",
                chosen(browser) == "65 selected" and browser.run(f"return {COUNT}") == "65 generations",
                [chosen(browser), browser.run(f"return {COUNT}")])
    release(browser)
    checks.that("the next result is shown without a selection", browser.wait(f"{COUNT} === '129 generations'")
                and chosen(browser) == "", chosen(browser))


def check_undo(browser, checks):
    """Uses the button of a message after another program has made an edit."""
    # The focus keeps the message.
    button = "(() => { const found = document.querySelector('.toast button'); found?.focus(); return found; })()"
    focus(browser, 0)
    browser.keys("5")
    browser.wait(button)
    edit(browser, 7, {"favorite": True})
    browser.run("document.querySelector('.toast button').click()")
    checks.that("the button says that its edit is not the most recent one",
                browser.wait("document.querySelector('.toast.error')"))
    settled(browser)
    checks.that("the edit of the other program stays", record(browser, 7)["favorite"])
    checks.that("and so does that of the page", record(browser, 130)["rating"] == 5)
    browser.keys("z")
    settled(browser)
    checks.that("z undoes the most recent edit", not record(browser, 7)["favorite"])
    browser.keys("z")
    settled(browser)
    checks.that("and then the one before", not record(browser, 130)["rating"])
    focus(browser, 0)
    browser.keys("4")
    settled(browser)
    browser.run("[...document.querySelectorAll('.toast button')].at(-1).click()")
    settled(browser)
    checks.that("the button undoes its edit if that is the most recent one", not record(browser, 130)["rating"])


def check_range(browser, checks):
    focus(browser, 1)
    click(browser, 4, SHIFT)
    checks.that("Shift and a click select from the current image", selected(browser) == [129, 128, 127, 126],
                selected(browser))
    click(browser, 7, CONTROL)
    click(browser, 9, SHIFT)
    checks.that("after Control and a click, a range begins there",
                selected(browser) == [129, 128, 127, 126, 123, 122, 121], selected(browser))
    browser.keys(ESCAPE)
    for _ in range(2):
        shift(browser, "ArrowRight")
    checks.that("Escape ends a range", selected(browser) == [121, 120, 119], selected(browser))
    edit(browser, 130, {"trash": True})
    browser.wait(f"{COUNT} === '129 generations' && document.activeElement.dataset.index === '10'")
    for _ in range(2):
        shift(browser, "ArrowLeft")
    checks.that("a range keeps its first image when the result changes", selected(browser) == [121], selected(browser))
    browser.keys(ESCAPE)
    shift(browser, "ArrowRight")
    browser.keys("x")
    shift(browser, "ArrowLeft")
    checks.that("x ends a range", selected(browser) == [121, 120], selected(browser))
    browser.keys(ESCAPE)
    browser.keys("x")
    edit(browser, 121, {"trash": True})
    browser.wait(f"{COUNT} === '128 generations'")
    checks.that("what has left the result is not selected any more", chosen(browser) == "", chosen(browser))


def check_box(browser, checks):
    focus(browser, 0)
    browser.keys("ax")
    checks.that("one image is left out", chosen(browser) == "129 selected", chosen(browser))
    drag(browser, 2, 3, SHIFT)
    checks.that("a box that adds does not select what was left out",
                chosen(browser) == "129 selected" and 130 not in selected(browser), chosen(browser))
    drag(browser, 0, 1, SHIFT)
    checks.that("unless the box touches it", chosen(browser) == "130 selected", chosen(browser))
    drag(browser, 2, 3, 0)
    checks.that("a box without Shift replaces the selection", selected(browser) == [128, 127], selected(browser))


def check_complete(browser, checks):
    """Trashes the newest image after the first records have been read, and before all ids are."""
    hold(browser, "/api/ids")
    search(browser, "cat")
    browser.wait(FIRST_FOCUSED + " && held.length === 1")
    browser.keys(RIGHT * 3)
    browser.wait("document.activeElement.hash === '#127'")
    edit(browser, 130, {"trash": True})
    release(browser)
    browser.wait(f"{COUNT} === '129 generations'")
    now = browser.run("const tile = document.activeElement;"
                      "return [tile.dataset.index, tile.hash, tile.firstChild.alt, tile.getAttribute('aria-label')]")
    checks.that("the current image stays the current one, at its new place",
                now[:3] == ["2", "#127", "cat 127"] and now[3].startswith("#127,"), now)
    wrong = browser.run("return [...document.querySelectorAll('.tile')].map((tile) => [tile.firstChild.alt, tile.hash])"
                        ".filter(([alt, hash]) => alt && alt !== 'cat ' + hash.slice(1))")
    checks.that("every image is that of its link", wrong == [], wrong)
    browser.keys("5")
    settled(browser)
    rated = count(browser, "rating:5")
    checks.that("a key edits the image that is shown", record(browser, 127)["rating"] == 5 and rated == 1, rated)


def check_hidden(browser, checks):
    browser.run("Object.defineProperty(document, 'hidden', {configurable: true, get: () => true});"
                "document.dispatchEvent(new Event('visibilitychange'))")
    checks.that("a page that is out of sight has no stream", browser.run(
        "return stream.readyState === EventSource.CLOSED"))
    edit(browser, 130, {"trash": True})
    browser.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    checks.that("a page that is shown again gets the changes made meanwhile",
                browser.wait(f"{COUNT} === '129 generations'"), browser.run(f"return {COUNT}"))
    streams = browser.run("return window.streams")
    checks.that("and has one new stream", len(streams) == 2, streams)


def check_events(browser, checks):
    streams = browser.run("return window.streams")
    checks.that("the page asks for the events since its first records were read",
                len(streams) == 1 and "last_event_id=" in streams[0], streams)
    check_hidden(browser, checks)
    addresses = browser.run_later("""
      const done = arguments[0], addresses = [], {EventSource, setTimeout} = window;
      const hooks = {changed() {}, added() {}, reload() {}, lost() {}, found() {}};
      window.setTimeout = (act) => setTimeout(act, 0);
      window.EventSource = class extends EventTarget {
        static CLOSED = 2;
        readyState = 1;
        constructor(address) {
          super();
          addresses.push(address);
          if (addresses.length === 2) {
            Object.assign(window, {EventSource, setTimeout});
            return done(addresses);
          }
          setTimeout(() => {
            const event = {data: '{"id": 3, "kind": "changed"}', lastEventId: '9'};
            this.dispatchEvent(new MessageEvent('generation', event));
            this.readyState = 2;
            this.dispatchEvent(new Event('error'));
          });
        }
      };
      import('/assets/events.js').then(({followEvents}) => followEvents({last: '5', ...hooks}), (error) => done('' + error));""")
    checks.that("after a refused stream, the page asks for the events that it missed",
                addresses == ["/api/events?last_event_id=5", "/api/events?last_event_id=9"], addresses)
    calls = browser.run_later("""
      const done = arguments[0], calls = [], {EventSource} = window;
      window.EventSource = class extends EventTarget {
        constructor() { super(); setTimeout(() => this.dispatchEvent(new Event('open'))); }
      };
      import('/assets/events.js').then(({followEvents}) => followEvents({
        changed: (ids) => calls.push(ids), found() {}, added() {}, lost() {},
        reload() { window.EventSource = EventSource; done(calls); },
      }), (error) => done('' + error));""")
    checks.that("a stream without a number makes the page read everything again", calls == [None], calls)


def check_arrival(browser, checks):
    """Shows a generation in the viewer whose image does not exist yet."""
    browser.run("window.alter = (record) => {"
                "if (record.id === 129) Object.assign(record, {status: 'pending', images: []}); }")
    search(browser, "cat")
    browser.wait(FIRST_FOCUSED)
    browser.keys(RIGHT + ENTER)
    browser.wait("document.getElementById('viewer').open")
    checks.that("the viewer shows no image before it exists", browser.run(
        "return !document.getElementById('picture').hasAttribute('src')"))
    browser.run("window.alter = null")
    edit(browser, 129, {"favorite": True})
    checks.that("the viewer shows the image when it has arrived", browser.wait(
        "document.getElementById('picture').naturalWidth > 0"))
    browser.keys(ESCAPE)
    checks.that("closing the viewer returns to the image", browser.wait(
        "document.activeElement.dataset.index === '1'"))


def check_focus(browser, checks):
    search(browser, "rating:best")
    browser.wait("document.getElementById('search').getAttribute('aria-invalid') === 'true'")
    browser.run("const field = document.getElementById('search'); field.focus(); field.value = 'cat';"
                "field.dispatchEvent(new Event('input', {bubbles: true}))")
    browser.wait("document.getElementById('search').getAttribute('aria-invalid') !== 'true'")
    checks.that("after a query with an error, typing stays in the search field",
                browser.run("return document.activeElement.id") == "search")
    browser.wait("asked.some((path) => path.startsWith('/api/facets?q=cat'))")


def check_leaving(browser, checks):
    search(browser, "cat")
    browser.wait(FIRST_FOCUSED)
    browser.keys(RIGHT + ENTER)
    browser.wait("document.getElementById('viewer').open && document.querySelector('#tags button')")
    browser.run("window.asked = []")
    browser.run("document.querySelector('#tags button').click()")
    browser.wait("asked.some((path) => path.startsWith('/api/dates'))")
    checks.that("a tag in the viewer leads to its images", browser.run(f"return {COUNT}") == "65 generations"
                and not browser.run("return document.getElementById('viewer').open"), browser.run(f"return {COUNT}"))
    browser.send("POST", "/back", {})
    checks.that("going back shows the image again", browser.wait(
        "document.getElementById('viewer').open && location.hash === '#129'"))
    browser.keys(ESCAPE)
    browser.wait("!document.getElementById('viewer').open")


def check_verdicts(browser, checks):
    browser.wait(f"{COUNT} === '130 generations' && asked.some((path) => path.startsWith('/api/dates?q=cat'))")
    focus(browser, 0)
    hold(browser, "/api/compare")
    browser.keys("x" + RIGHT + "x" + RIGHT + "xc")
    browser.wait("document.getElementById('compare').open && held.length === 1")
    browser.keys(ESCAPE)
    browser.wait("!document.getElementById('compare').open")
    browser.keys(ESCAPE)
    focus(browser, 4)
    browser.keys("x" + RIGHT + "xc")
    browser.wait("document.getElementById('compare').open && held.length === 2")
    # The answer to the first comparison arrives while the second is shown.
    browser.run("window.holding = []; window.held.shift()()")
    for _ in range(2):
        call(browser, "GET", "/api/library")
    release(browser)
    browser.wait("document.querySelector('#verdicts strong')")
    lines = browser.run("return [...document.querySelectorAll('#verdicts p')].map((line) => line.textContent)")
    checks.that("a comparison shows no verdicts of another one",
                len(lines) == 1 and lines[0].startswith("#126 and #125"), lines)
    browser.keys(ESCAPE)


def check_order(browser, checks):
    rating = browser.run_later("""
      const done = arguments[0], {fetch} = window, answers = [];
      const until = async (holds) => { while (!holds()) await new Promise((resolve) => setTimeout(resolve)); };
      const page = (rating) => new Response(JSON.stringify({generations: [{id: 1, images: [], rating}]}));
      import('/assets/records.js').then(async ({Records}) => {
        window.fetch = (path, options) => path === '/api/generations?ids=1'
          ? new Promise((resolve) => answers.push(resolve)) : fetch(path, options);
        const records = new Records(() => {});
        records.want([1]);
        answers.shift()(page(1));
        await until(() => records.get(1) && records.calls === 0);
        records.refresh([1]);
        records.refresh([1]);
        window.fetch = fetch;
        answers[1](page(3));
        await until(() => records.calls === 1);
        answers[0](page(2));
        await until(() => records.calls === 0);
        done(records.get(1).rating);
      }).catch((error) => done('' + error));""")
    checks.that("an answer to an earlier request does not replace a later one", rating == 3, rating)


def check_answers(browser, checks):
    check_focus(browser, checks)
    check_leaving(browser, checks)
    check_verdicts(browser, checks)
    check_order(browser, checks)


def check_retry(browser, checks):
    browser.run("window.failing = ['generations?q=tag']")
    search(browser, "tag:odd")
    browser.wait("document.getElementById('search').getAttribute('aria-invalid') === 'true'")
    browser.run("window.failing = []")
    edit(browser, 130, {"trash": True})
    checks.that("after an event, a query is read again that a busy server did not answer",
                browser.wait(f"{COUNT} === '65 generations'"), browser.run(f"return {COUNT}"))
    checks.that("and its message is gone", browser.run(
        "return !document.getElementById('search').hasAttribute('aria-invalid')"))


def check_left(browser, checks):
    """Trashes the last image while it is in the viewer."""
    search(browser, "cat")
    browser.wait(FIRST_FOCUSED + " && asked.some((path) => path.startsWith('/api/dates?q=cat'))")
    browser.keys(END + ENTER)
    browser.wait("document.getElementById('viewer').open && location.hash === '#1'")
    edit(browser, 1, {"trash": True})
    browser.wait(f"{COUNT} === '129 generations'")
    browser.keys(RIGHT)
    checks.that("the key for the next image does nothing after the last image", browser.run("return location.hash") == "#1",
                browser.run("return location.hash"))
    browser.keys(LEFT)
    checks.that("the image before it is the previous one", browser.wait("location.hash === '#2'"),
                browser.run("return location.hash"))


def check_results(browser, checks):
    found = browser.run_later("""
      const done = arguments[0];
      Promise.all([import('/assets/selection.js'), import('/assets/records.js')]).then(([{Selection}, {LibrarySource}]) => {
        const source = (...ids) => new LibrarySource(null, Float64Array.from(ids), {result: {query: ''}});
        const selection = new Selection(() => {});
        selection.takeWhole();
        const {ids} = selection.request(source(3, 1, 2));
        selection.clear();
        selection.toggle(4);
        selection.toggle(3);
        selection.toggle(1);
        selection.box([2], true);
        selection.keep(source(4, 3, 2));
        selection.box([2], true);
        const kept = [...selection.ids];
        selection.drop([3]);
        selection.box([2], true);
        const before = source(5, 4, 3, 2, 1);
        const gaps = [before.gapIn(source(6, 5, 4, 3, 2), 4), before.gapIn(source(5, 4, 2, 1), 2)];
        done([ids, kept, [...selection.ids], gaps, before.placeIn(source(6, 5, 4, 3, 2), 4)]);
      }).catch((error) => done('' + error));""")
    checks.that("the ids of a whole result are sent in the order of the library", found[0] == [1, 2, 3], found)
    checks.that("a box does not select again what has left the result", found[1:3] == [[4, 3, 2], [4, 2]], found)
    checks.that("the place of the last image is the end of the result", found[3:] == [[5, 2], 4], found)
    late = browser.run_later("""
      const done = arguments[0], {fetch, setTimeout} = window, timers = [];
      import('/assets/records.js').then(async ({Records}) => {
        window.fetch = async () => new Response('{}', {status: 503});
        window.setTimeout = (act) => timers.push(act);
        const records = new Records(() => {});
        for (const id of [1, 2, 1]) await records.fetch([id]);
        Object.assign(window, {fetch, setTimeout});
        done([timers.length, [...records.late]]);
      }).catch((error) => done('' + error));""")
    checks.that("what a busy server did not send is asked for again at once", late == [1, [1, 2]], late)


def check_generate(browser, checks):
    """Repeats a request for a group whose model is not known, and makes a new one without a model."""
    browser.run("const {fetch} = window; window.orders = []; window.fetch = (path, options) => {"
                "if (options?.method === 'POST') orders.push(JSON.parse(options.body)); return fetch(path, options); }")
    browser.wait("!document.getElementById('reproduce').hidden")
    focus(browser, 0)
    browser.keys(ENTER)
    browser.wait("document.getElementById('viewer').open && location.hash === '#130'")
    browser.run("document.getElementById('reproduce').click()")
    words = browser.run("return document.getElementById('generate-go').textContent")
    checks.that("a repeated request states all images of its group", words == "Request 4 images", words)
    browser.run("document.getElementById('generate-go').click()")
    browser.wait("document.getElementById('batch').open")
    browser.run("document.getElementById('batch-close').click(); document.getElementById('generate-open').click();"
                "document.getElementById('generate-prompt').value = 'a pier'")
    words = browser.run("return document.getElementById('generate-go').textContent")
    checks.that("a new request is for one image", words == "Request 1 image", words)
    browser.run("document.getElementById('generate-go').click()")
    browser.wait("orders.length === 2")
    orders = browser.run("return orders")
    checks.that("no model is sent that was not chosen", orders == [
        {"reproduce": 130, "count": 1, "seed": 42}, {"prompt": "a pier", "count": 1}], orders)


def check_note(browser, checks):
    """Writes a note while the image is edited elsewhere, and leaves it with Escape."""
    field = "document.getElementById('note-field').value"
    viewer = "document.getElementById('viewer').open"
    focus(browser, 0)
    browser.keys(ENTER)
    browser.wait(f"{viewer} && location.hash === '#130'")
    browser.keys("n")
    browser.keys("crop tighter")
    edit(browser, 130, {"favorite": True})
    browser.wait("document.getElementById('favorite').getAttribute('aria-pressed') === 'true'")
    checks.that("an edit elsewhere keeps the form of a note and what was typed",
                browser.run(f"return {field}") == "crop tighter" and browser.run(
                    "return document.getElementById('edit-note').hidden && !document.getElementById('note-form').hidden"),
                browser.run(f"return {field}"))
    browser.keys(ESCAPE)
    browser.wait("document.getElementById('note-form').hidden")
    checks.that("Escape closes the form of the note, and not the viewer", browser.run(f"return {viewer}"))
    browser.keys("n")
    checks.that("the form has what was typed before", browser.run(f"return {field}") == "crop tighter",
                browser.run(f"return {field}"))
    browser.keys(ESCAPE + ESCAPE)
    checks.that("the next Escape closes the viewer, and the address follows", browser.wait(
        f"!{viewer} && document.activeElement.hash === '#130' && location.hash === ''"), browser.run("return location.hash"))
    browser.keys(RIGHT + ENTER)
    browser.wait(f"{viewer} && location.hash === '#129'")
    browser.keys("n")
    checks.that("the form of another image is empty", browser.run(f"return {field}") == "", browser.run(f"return {field}"))
    saved = "document.getElementById('note').textContent === 'by somebody else'"
    edit(browser, 129, {"note": "by somebody else"})
    browser.wait(saved)
    browser.keys("mine")
    browser.run("document.querySelector('#note-form button').click()")
    checks.that("a note that somebody else wrote meanwhile is not replaced",
                browser.wait("document.querySelector('.toast.error')") and browser.wait(saved), browser.run("return document.getElementById('note').textContent"))
    browser.keys("n")
    checks.that("the form still has what was typed", browser.run(f"return {field}") == "mine", browser.run(f"return {field}"))
    browser.run("document.querySelector('#note-form button').click()")
    checks.that("with knowledge of the other note, the note is replaced", browser.wait(
        "document.getElementById('note').textContent === 'mine'"), browser.run("return document.getElementById('note').textContent"))
    browser.wait("[...document.querySelectorAll('.toast')].some(e => e.textContent.includes('Changed the note'))")
    edit(browser, 129, {"note": "later"})
    browser.wait("document.getElementById('note').textContent === 'later'")
    browser.keys("n")
    checks.that("after a note was saved, its form shows the current note", browser.run(f"return {field}") == "later", browser.run(f"return {field}"))
    browser.keys(ESCAPE)
    browser.wait("document.getElementById('note-form').hidden")
    browser.keys(ESCAPE)
    browser.wait(f"!{viewer}")


def check_link(browser, checks):
    """Follows links in the viewer, and closes it."""
    focus(browser, 0)
    browser.keys(ENTER)
    browser.wait("document.getElementById('viewer').open && document.querySelector('#parents a')")
    command = browser.run("return document.getElementById('command').textContent")
    checks.that("the command names the generation", command == "seedbank reproduce 130", command)
    browser.click("#parents a")
    browser.wait("location.hash === '#129'")
    browser.wait("document.querySelector('#children a')")
    browser.keys(ESCAPE)
    browser.wait("location.hash !== '#129'")
    checks.that("closing the viewer after a link returns to the grid", browser.wait(
        "!document.getElementById('viewer').open && location.hash === ''"
        " && document.activeElement.classList.contains('tile')"), browser.run("return location.hash"))


def check_sidebar(browser, checks):
    name = "document.getElementById('facet-collections').textContent.includes('best of')"
    focus(browser, 0)
    browser.keys("b")
    browser.wait("document.getElementById('name').open")
    browser.keys("best of" + ENTER)
    checks.that("a new collection is shown beside the grid", browser.wait(name))
    settled(browser)
    browser.keys("z")
    settled(browser)
    checks.that("and not after the edit was undone", browser.wait(f"!{name}"))
    call(browser, "PATCH", "/api/selection", {"ids": [1], "edit": {"collection": {"add": "best of"}}})
    checks.that("a collection of another program is shown", browser.wait(name))
    browser.run("document.getElementById('name-options').replaceChildren()")
    focus(browser, 0)
    browser.keys("b")
    browser.wait("document.getElementById('name').open")
    browser.keys("best o")
    checks.that("a name with a space is suggested", browser.wait(
        "asked.some((path) => path.startsWith('/api/complete') && path.includes('best+o'))"
        " && [...document.querySelectorAll('#name-options option')].some(({value}) => value === 'best of')"),
                browser.run("return asked.filter((path) => path.startsWith('/api/complete'))"))
    browser.keys(ESCAPE)
    browser.wait("!document.getElementById('name').open")
    focus(browser, 0)
    browser.keys("x")
    size(browser, 800, 900)
    browser.wait("document.getElementById('sidebar').hidden")
    browser.run("document.getElementById('more').click()")
    browser.keys(ESCAPE)
    checks.that("Escape closes the filters and keeps the selection", browser.wait(
        "document.getElementById('sidebar').hidden") and chosen(browser) == "1 selected", chosen(browser))


def check_prompt(browser, checks):
    """Searches for a prompt of two lines, in a field that has only one."""
    focus(browser, 0)
    browser.keys(ENTER)
    browser.wait("document.getElementById('viewer').open && location.hash === '#130'")
    browser.click("#same-prompt")
    checks.that("a prompt of two lines is found", browser.wait(f"{COUNT} === '1 generation'"), browser.run(f"return {COUNT}"))
    text = browser.run("return [document.getElementById('search').value, new URLSearchParams(location.search).get('q')]")
    checks.that("the query is the one in the field", text[0] == text[1] and "first line second line" in text[0], text)
    search(browser, text[0])
    checks.that("Enter finds it again", browser.wait(FIRST_FOCUSED) and browser.run(f"return {COUNT}") == "1 generation",
                browser.run(f"return {COUNT}"))


def check_form(browser, checks):
    """Repeats a request with each model. The recorded guidance has two decimals, and not every model takes one."""
    browser.run("const {fetch} = window; window.orders = []; window.fetch = (path, options) => {"
                "if (options?.method === 'POST') orders.push(JSON.parse(options.body)); return fetch(path, options); }")
    browser.wait("!document.getElementById('reproduce').hidden")
    focus(browser, 0)
    browser.keys(ENTER)
    browser.wait("document.getElementById('viewer').open && location.hash === '#130'")
    browser.run("document.getElementById('reproduce').click()")
    models = browser.run("return [...document.getElementById('generate-model').options].map(({value}) => value).filter(Boolean)")
    for place, model in enumerate(models):
        if place:
            browser.run("document.getElementById('batch-close').click(); document.getElementById('reproduce').click()")
        browser.run("const field = document.getElementById('generate-model'); field.value = arguments[0];"
                    "field.dispatchEvent(new Event('change', {bubbles: true}));"
                    "document.getElementById('generate-go').click()", model)
        sent = browser.wait(f"orders.length === {place + 1}")
        checks.that(f"the request is sent with the model {model}", sent)
        browser.wait("document.getElementById('batch').open")
    guidance = browser.run("return orders.map((order) => [order.model, order.guidance_scale ?? null])")
    checks.that("the guidance is sent as recorded, and only to a model that takes it",
                guidance == [["with", 4.55], ["without", None], ["with-less", 4.55]], guidance)


def check_library(browser, checks):
    """Loads the page again while the server does not say what it allows."""
    browser.command("Page.addScriptToEvaluateOnNewDocument", {"source": "window.failing = ['/api/library'];"})
    browser.send("POST", "/refresh", {})
    browser.wait("document.querySelector('.toast.error')")
    form = "!document.getElementById('generate-open').hidden"
    checks.that("generating is not offered before the server allows it", not browser.run(f"return {form}"))
    browser.run("window.failing = []")
    checks.that("generating is offered when the server is not busy any more", browser.wait(form))
    # After an error that is not temporary, the page does not ask again by itself.
    browser.command("Page.addScriptToEvaluateOnNewDocument", {"source": """{
      window.failing = [];
      window.isBroken = true;
      const {fetch} = window;
      window.fetch = async (path, options) => window.isBroken && String(path).startsWith('/api/library')
        ? new Response('{}', {status: 500}) : fetch(path, options);
    }"""})
    browser.send("POST", "/refresh", {})
    browser.wait("document.querySelector('.toast.error')")
    browser.run("window.isBroken = false")
    edit(browser, 1, {"favorite": True})
    checks.that("generating is offered after another error when the library has changed", browser.wait(form))


KINDS = {
    "library": check_library,
    "note": check_note, "link": check_link, "sidebar": check_sidebar, "prompt": check_prompt, "form": check_form,
    "whole": check_whole, "undo": check_undo, "range": check_range, "box": check_box, "complete": check_complete,
    "events": check_events, "arrival": check_arrival, "answers": check_answers, "retry": check_retry, "left": check_left,
    "results": check_results, "generate": check_generate,
}


def main():
    kind, address = sys.argv[1:3]
    checks = Checks()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            size(browser, 1440, 900)
            start(browser, checks, address, *([NO_EVENTS] if kind == "complete" else []))
            KINDS[kind](browser, checks)
        finally:
            browser.close()
    print(f"{checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
