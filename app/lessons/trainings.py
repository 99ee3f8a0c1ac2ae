"""What the figure `training` trains: the runs that its options state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.engine import Limits, ValueProblem
from app.engine.training.batches import Batches
from app.engine.training.rates import Rate
from app.engine.training.run import Run
from app.engine.training.trainer import Trainer

SHOWN = ("steps", "at", "surface", "norms", "writes", "log", "why", "change", "cover", "present")
"""Options that say how a training is shown."""
MOST = 5
"""Most runs in one picture: more lines cannot be told apart."""
_RATE = {"rate": "course", "over": "over", "factor": "factor"}
_WORDS = {"optimizer", "rate"}
_WHOLE = {"batch", "over", "seed", "steps", "at"}
_DECIDES = {"batch": "batch", "validation": "validation", "seed": "random_seed", "decay": "decay", "clip": "clip"}


def runs_of(options: Mapping[str, str]) -> tuple[dict[str, Any], ...]:
    """The runs, as requests state them: one for each place of the options that are lists, as in `lr=0.1,0.5`. Raises
    ValueProblem."""
    for name in sorted(_WHOLE & options.keys()):
        if not re.fullmatch(r"\d{1,6}(,\d{1,6})*", options[name]):
            raise ValueProblem(f"{name}={options[name]}", hint="Give a whole number.")
    lists = {name: text.split(",") for name, text in options.items() if name not in SHOWN}
    learned = lists.pop("learn", None)
    number = max([len(given) for given in lists.values()], default=1)
    for name, given in lists.items():
        if name.isdigit():
            raise ValueProblem(f"{given[0]!r} is no option of a training", hint="Write options as lr=0.1.")
        if len(given) not in (1, number) or number > MOST:
            hint = f"Give one for all runs, or one for each of the {number}; at most {MOST} runs are drawn."
            raise ValueProblem(f"{name} has {len(given)} settings", hint=hint)
    runs = [_run({name: given[k % len(given)] for name, given in lists.items()}) for k in range(number)]
    return tuple([run if learned is None else {**run, "parameters": learned} for run in runs])


def _run(options: Mapping[str, str]) -> dict[str, Any]:
    run: dict[str, Any] = {"optimizer": "sgd", "settings": {}}
    for name, text in options.items():
        given = text if name in _WORDS else int(text) if name in _WHOLE else _number(name, text)
        if name == "optimizer":
            run[name] = given
        elif name in _RATE:
            run.setdefault("rate", {})[_RATE[name]] = given
        elif name in _DECIDES:
            run[_DECIDES[name]] = given
        else:
            run["settings"][name] = given
    return run


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueProblem(f"{name}={text}", hint="Give a number.") from None


def engine_run(program: str, values: Mapping[str, Any], run: Mapping[str, Any]) -> Run:
    """One of them as the engine takes it."""
    return Run(
        program,
        values,
        parameters=tuple(run.get("parameters", ())),
        optimizer=run["optimizer"],
        settings=run["settings"],
        rate=Rate(**run.get("rate", {})),
        batches=Batches(run.get("batch"), run.get("validation", 0.0), run.get("random_seed", 0)),
        clip=run.get("clip"),
        decay=run.get("decay", 0.0),
    )


def check(
    program: str,
    values: Mapping[str, Any],
    options: Mapping[str, str],
    runs: tuple[Mapping[str, Any], ...],
    limits: Limits,
) -> None:
    """Raises EngineError if one of them cannot begin, or not be shown so."""
    for run in runs:
        trainer = Trainer(engine_run(program, values, run), limits)
        _check_names("why", [*trainer.parameters, "yes"], options)
        _check_names("norms", [node.id for node in trainer.plan.structure.nodes], options)


def _check_names(option: str, known: Sequence[str], options: Mapping[str, str]) -> None:
    for name in options[option].split(",") if option in options else ():
        if name not in known:
            raise ValueProblem(f"{option}={name}", hint=f"There are {', '.join(known[:20])}.")
