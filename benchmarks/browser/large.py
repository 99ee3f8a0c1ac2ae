"""Programs of thousands of single numbers: from the text to the picture, and from a click to the inside of a group."""

from pathlib import Path
from time import perf_counter

from playwright.sync_api import Browser

from app.settings import PUBLIC_LIMITS
from benchmarks.browser.page import opened
from benchmarks.report import table
from tests.e2e.browser import TAKES_ORDERS, Lab
from tests.scalar_mlp import scalar_mlp

GPT = Path(__file__).parents[2] / "tests/engine/gpt/slopes.py"
NODES_OF_GPT = 45_000
"""As many nodes as a step of it has, or a few more."""
PATIENCE = 120_000
"""Longest wait for a picture, ms."""


def run(browser: Browser, address: str) -> str:
    """A table of the programs that a server accepts by default."""
    gpt = GPT.read_text(encoding="utf-8").replace("num_steps = 10", "num_steps = 1").replace("range(4)", "range(0)")
    programs = {"a network of 6,000": (scalar_mlp(20, 40, 40, 16, 8), "h2/layer")}
    if PUBLIC_LIMITS.nodes >= NODES_OF_GPT:
        programs["a GPT, one step"] = (gpt, "logits/model")
    rows = []
    for name, (program, group) in programs.items():
        with opened(browser, address) as lab:
            lab.page.set_default_timeout(PATIENCE)
            lab.open()
            begin = perf_counter()
            lab.write(program)
            _drawn(lab)
            pasted = perf_counter() - begin
            drawn = lab.page.locator("#stage .node").count()
            lab.node(group).click(position={"x": 20, "y": 20})
            begin = perf_counter()
            lab.page.locator("#panel-node").get_by_role("button", name="Open", exact=True).click()
            _drawn(lab)
            rows.append([name, str(drawn), f"{pasted:.1f}", f"{perf_counter() - begin:.1f}"])
    return table(["program", "nodes drawn", "text to picture, s", "click to inside, s"], rows)


def _drawn(lab: Lab) -> None:
    """Waits until the picture is that of the program."""
    lab.page.wait_for_selector(f"{TAKES_ORDERS} #stage[data-current=true] .node")
