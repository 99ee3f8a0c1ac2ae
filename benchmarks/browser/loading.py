"""The first visit: how long until the graph stands, and how many bytes that takes."""

import gzip
import re
import urllib.request
from collections.abc import Iterator
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response

from benchmarks.browser.page import opened

RUNS = 11
SECONDS = 1.5
KILOBYTES = 180

STATIC_IMPORT = re.compile(rb"""(?:from|import)\s*["'](\.[^"']+\.js)["']""")


def times(browser: Browser, address: str) -> list[float]:
    """Milliseconds from the start of the navigation to the painted graph, a fresh context each."""
    taken = []
    for _ in range(RUNS):
        with opened(browser, address) as lab:
            lab.page.goto(f"{address}/lab")
            taken.append(lab.page.evaluate("bench.shown"))
    return taken


def summary(taken: list[float]) -> str:
    """Median and worst."""
    return f"{median(taken):.0f} / {max(taken):.0f}"


def weights(browser: Browser, address: str) -> tuple[list[list[str]], float]:
    """What comes before the graph shows and what comes beside it, each with its size; and the sum of the former, kB."""
    with opened(browser, address) as lab:
        answers: list[Response] = []
        lab.page.on("response", lambda answer: answers.append(answer))
        lab.open()
        lab.page.wait_for_load_state("networkidle")
        found = {answer.url: _packed(answer) for answer in answers if answer.status == 200}
        scripts = {urlsplit(answer.url).path: answer.body() for answer in answers if answer.url.endswith(".js")}
    main = next(path for path in scripts if path.endswith("/main.js"))
    needed = set(_closure(main, scripts))
    rows, total = [], 0
    for url, size in sorted(found.items(), key=lambda item: -item[1]):
        path = urlsplit(url).path
        before = path in needed or not path.endswith((".js", "katex.css", ".woff2"))
        before |= path.endswith("/theme.js")
        total += size if before else 0
        rows.append([re.sub(r"^/static/[^/]+/", "", path), f"{size / 1000:.1f}", "" if before else "beside it"])
    rows.sort(key=lambda row: row[2])
    return rows, total / 1000


def _packed(answer: Response) -> int:
    """Bytes as gzip: of files as the server has them stored, of answers made on demand as they would be."""
    if answer.request.method == "GET":
        request = urllib.request.Request(answer.url, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=10) as again:
            if again.headers["Content-Encoding"] == "gzip":
                return len(again.read())
    return len(gzip.compress(answer.body(), 6))


def _closure(path: str, scripts: dict[str, bytes]) -> Iterator[str]:
    """A script and all that it imports at once, not on first use."""
    waiting, seen = [path], set()
    while waiting:
        here = waiting.pop()
        if here in seen or here not in scripts:
            continue
        seen.add(here)
        yield here
        for name in STATIC_IMPORT.findall(scripts[here]):
            parts = here.split("/")[:-1]
            for part in name.decode().split("/"):
                if part == "..":
                    parts.pop()
                elif part != ".":
                    parts.append(part)
            waiting.append("/".join(parts))
