"""The page's example of each library, as that library itself runs it: what it prints, and gradients that it gives.

`python -m tests.oracle.dialects.examples [torch jax autograd micrograd]` writes the committed numbers of those
libraries;
`tests/e2e/test_dialects.py` looks for them in the page."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

PRINTS = Path(__file__).with_name("examples.json")
SOURCE = Path(__file__).parents[3] / "static" / "js" / "examples" / "dialects.js"
GRADIENTS = {
    "torch": {
        "net.0.bias#60": "net[0].bias.grad",
        "net.2.weight#60": "net[2].weight.grad[0]",
        "net.2.bias#60": "net[2].bias.grad",
    },
    "jax": {'params["w"]#30': 'grads["w"]', 'params["b"]#30': 'grads["b"]'},
    "autograd": {"x": "slope"},
    "micrograd": {"a.data": "a.grad", "b.data": "b.grad"},
}
"""By the library: the nodes whose gradient is told, and what it is in the program."""


def examples() -> dict[str, tuple[str, str]]:
    """Title and program of each example, by its library."""
    found = re.findall(
        r'id: "(\w+)",\s*title: "([^"]+)".*?program: (\[.*?\])\.join', SOURCE.read_text("utf-8"), re.DOTALL
    )
    return {id: (title, "\n".join(ast.literal_eval(lines))) for id, title, lines in found}


def main(arguments: list[str]) -> None:
    """Runs the examples, and writes what came of it."""
    kept: dict[str, Any] = json.loads(PRINTS.read_text("utf-8")) if PRINTS.exists() else {}
    for name, (title, program) in examples().items():
        if arguments and name not in arguments:
            continue
        printed, names = io.StringIO(), {"__name__": "__main__"}
        with contextlib.redirect_stdout(printed):
            exec(compile(program, name, "exec"), names)
        gradients = {id: eval(text, names) for id, text in GRADIENTS[name].items()}
        kept[name] = {
            "title": title,
            "prints": printed.getvalue().splitlines(),
            "gradients": {
                id: [float(each) for each in value] if getattr(value, "ndim", 0) else [float(value)]
                for id, value in gradients.items()
            },
        }
    PRINTS.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
