"""Opening all groups of a graph, and closing them: from the key to the picture at rest."""

from playwright.sync_api import Browser

from benchmarks.browser.page import opened
from benchmarks.browser.programs import with_groups
from benchmarks.report import table

COUNTS = (4, 16, 64)
SETTLED = """async () => {
  // At rest: nothing was added to or moved on the stage for eight frames.
  let last = performance.now();
  let quiet = 0;
  const watch = new MutationObserver(() => { last = performance.now(); quiet = 0; });
  watch.observe(document.querySelector("#stage"), { childList: true, attributes: true, subtree: true });
  const limit = performance.now() + 5000;
  const busy = () => quiet < 8 || document.querySelector("#stage[aria-busy]");
  while (busy() && performance.now() < limit) {
    await bench.painted();
    quiet += 1;
  }
  watch.disconnect();
  return last;
}"""


def run(browser: Browser, address: str) -> str:
    """A table, or a word that there is nothing to measure."""
    rows = []
    for count in COUNTS:
        with opened(browser, address) as lab:
            lab.open()
            lab.write(with_groups(count))
            lab.settle()
            lab.press("Escape")
            lab.page.locator("#sentence").click()
            lab.page.evaluate(SETTLED)
            row = [str(count)]
            for _ in range(3):
                begin = lab.page.evaluate("performance.now()")
                lab.press("e")
                end = lab.page.evaluate(SETTLED)
                row.append(f"{lab.page.locator('#stage .node').count()} nodes, {max(0, end - begin):.0f} ms")
            rows.append(row)
    return table(["groups", "first press of E", "second", "third"], rows)
