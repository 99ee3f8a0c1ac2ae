"""`make bench-browser`: frames, the slider, the first visit, layout. Prints Markdown; nothing here passes or fails."""

import sys

from benchmarks.browser import frames, groups, keystrokes, large, loading, slider
from benchmarks.report import machine, table
from benchmarks.served import served
from tests.e2e.browser import browsing

SECTIONS = ("frames", "slider", "keys", "first", "groups", "large")


def main(wanted: list[str]) -> int:
    """Runs the named sections; all without any."""
    if unknown := set(wanted) - set(SECTIONS):
        print(f"There is no section {', '.join(sorted(unknown))}. There are: {', '.join(SECTIONS)}.")
        return 2
    chosen = wanted or SECTIONS
    with served("app.main:create_app") as address, browsing() as browser:
        print(f"{machine()} Chromium {browser.version}, no GPU, 1440×900.\n", flush=True)
        if "slider" in chosen:
            rows, moves = slider.rows(browser, address)
            print(f"### Slider to picture, mini network\n\nms, {moves} moves, engine and HTTP included.\n")
            print(table(["until", "median", "95 %", "worst"], rows))
            print("\nTargets: {} ms median, {} ms at 95 %.\n".format(*slider.TARGET), flush=True)
        if "keys" in chosen:
            print(f"### Key to picture, {keystrokes.LINES} lines\n")
            print(f"ms, {keystrokes.KEYS} keys, engine and HTTP included.\n")
            print(table(["typed", "median", "95 %", "worst"], keystrokes.rows(browser, address)))
            print(f"\nTarget: {keystrokes.TARGET} ms median.\n", flush=True)
        if "first" in chosen:
            print(
                f"### First visit\n\nGraph painted after {loading.summary(loading.times(browser, address))} ms ", end=""
            )
            print(f"(median / worst of {loading.RUNS}; target: {loading.SECONDS} s).\n")
            files, total = loading.weights(browser, address)
            print(table(["file", "kB, gzip", ""], files))
            print(f"\nBefore the graph shows: {total:.0f} kB (target: {loading.KILOBYTES}).\n", flush=True)
        if "frames" in chosen:
            rows = [frames.row(browser, address, size) for size in frames.SIZES]
            print("### Frames per second, and layout\n")
            print("Frames a second: by the median frame / by the slowest 5 %. Layout: ms, first / again.\n")
            headings = ["nodes", "pan, all seen", "pan, full size", "zoom", "play", "layout", "picture, ms"]
            print(table(headings, rows), "\n", flush=True)
        if "groups" in chosen:
            print("### Opening and closing groups\n\n" + groups.run(browser, address) + "\n", flush=True)
        if "large" in chosen:
            print("### Large programs\n\n" + large.run(browser, address) + "\n", flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
