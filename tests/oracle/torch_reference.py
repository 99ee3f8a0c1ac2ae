"""Makes torch_reference.json: what PyTorch prints for the programs of `torch_programs.py`, and the gradients that their
leaves have at the end; and torch_lines.json: what it prints for each line of torch_lines.txt. With PyTorch at hand:
python -m tests.oracle.torch_reference"""

import contextlib
import io
import json
from pathlib import Path

from tests.oracle.torch_programs import BEGINNING, LINES, PROGRAMS

LINES_FILE = Path(__file__).with_name("torch_lines.json")
FILE = Path(__file__).with_name("torch_reference.json")


def run(source: str) -> dict[str, object]:
    """The printed lines of a program, and by name the gradients that its leaves had after the last `.backward()`."""
    import torch

    kept: dict[int, object] = {}
    original = torch.Tensor.backward

    def backward(loss, *args, **kwargs):
        leaves, waiting, seen = [], [loss.grad_fn], set()
        while waiting:
            function = waiting.pop()
            if function is None or function in seen:
                continue
            seen.add(function)
            leaves += [function.variable] if hasattr(function, "variable") else []
            waiting += [before for before, _ in function.next_functions]
        original(loss, *args, **kwargs)
        kept.update({id(leaf): leaf.grad.tolist() for leaf in leaves})

    names: dict[str, object] = {"__name__": "program"}
    printed = io.StringIO()
    torch.Tensor.backward = backward
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(source, "program", "exec"), names)
    finally:
        torch.Tensor.backward = original
    leaves: dict[str, object] = {}
    for name, value in names.items():
        if isinstance(value, torch.nn.Module):
            leaves |= {f"{name}.{inner}": leaf for inner, leaf in value.named_parameters()}
        elif isinstance(value, torch.Tensor) and value.is_leaf and value.requires_grad and name != "p":
            leaves[name] = value
    grads = {name: kept[id(leaf)] for name, leaf in leaves.items() if id(leaf) in kept}
    return {"torch": torch.__version__, "prints": printed.getvalue().splitlines(), "grads": grads}


def run_line(line: str) -> list[str]:
    """What a line prints behind the beginning that they share."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(BEGINNING + line, {})
    return printed.getvalue().splitlines()


if __name__ == "__main__":
    LINES_FILE.write_text(json.dumps({line: run_line(line) for line in LINES}, indent=1) + "\n")
    FILE.write_text(json.dumps({name: run(source) for name, source in PROGRAMS.items()}, indent=1) + "\n")
