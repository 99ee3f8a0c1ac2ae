"""What a step says: every sentence of many programs as it was read, and what holds of all of them."""

import random
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import EngineError, ValueProblem, compile_program, trace
from app.engine.explain.sentences import Wording, plain, tell
from app.engine.notation.numbers import figure, tensor
from app.engine.ops import REGISTRY
from app.engine.wording import Part, catalogue
from tests.engine import told
from tests.engine.chance import examples
from tests.engine.programs import random_network, random_program

KEPT = dict(re.findall(r"(?s)=== ([^\n]*)\n(.*?)(?=\n=== |\Z)", told.FILE.read_text(encoding="utf-8")))
WRONG = re.compile(r"undefined|nan\b|\binf\b|\{|\}|\[\[|  +[a-z]|\.\.$|\( | ,|--|[\U000f0000-\U000fffff]")


@pytest.mark.parametrize("title", told.PROGRAMS)
def test_as_it_was_read(title):
    """After a change on purpose: `python -m tests.engine.told`, and read what it wrote."""
    assert told.told(title).strip().partition("\n")[2] == KEPT[title].strip("\n")


def test_reasons_of_ops_are_in_the_catalogue():
    for op in REGISTRY.values():
        for reason in (*op.says, *op.hands, *op.because):
            sides = ("first", "second") if reason.message.endswith(".both") else ()
            for key in (reason.message, *(reason.message.replace("both", side) for side in sides)):
                assert key in catalogue("sentences"), f"{op.name}: {key}"


def test_messages_are_whole_sentences():
    for key, message in catalogue("sentences").entries.items():
        if key.split(".")[0] in ("list", "item", "product", "amount") or key in (
            "group.gets",
            "group.more",
            "group.some",
        ):
            continue
        for form in message.forms.values():
            end = form[-1]
            assert isinstance(end, str) or key == "group.summary", key
            assert key == "group.summary" or end.endswith("."), key


def check(run):
    """Every step has a sentence that reads well and names what it is about, with the trace's own numbers."""
    found = tell(run)
    wording = Wording(run.structure)
    assert set(found.forward) == {node.id for node in run.structure.nodes if node.inputs}
    assert set(found.backward) == set(run.structure.backward)
    for moments in ([("", found.start), ("", found.seed)], found.forward.items(), found.backward.items()):
        for _, parts in moments:
            text = plain(parts)
            assert 5 < len(text) < 1000, text
            assert not WRONG.search(text), text
            assert all(part.tone in ("", "name", "value", "grad") and part.text for part in parts)
    for place, node in enumerate(run.structure.nodes):
        if node.id in found.forward:
            value = run.value_list[place]
            texts = [part.text for part in found.forward[node.id] if part.tone == "value"]
            shown = tensor(value) if np.size(value) <= 4 else figure(float(np.max(value)), 3)
            assert shown in texts or np.size(value) == 0, (node.id, texts)
            assert wording.names[place] in plain(found.forward[node.id])
        if node.id in found.backward:
            text = plain(found.backward[node.id])
            assert wording.names[place] in text or "Of every" in text
            for use in wording.uses[place]:
                assert wording.names[use.source] in text
            own = tensor(run.grad_list[place])
            sent = [tensor(run.message_list[use.edge]) for use in wording.uses[place]]
            assert any(
                number in text for number in [own, *sent, " each", "Of every", "hands 0 on", "hands nothing on"]
            ), text


@examples(40)
@given(st.integers(0, 2**32))
def test_every_step_of_a_random_program_is_told(seed):
    try:
        run = trace(random_program(random.Random(seed), length=5))
    except EngineError:
        return
    check(run)


@examples(10)
@given(st.integers(0, 2**32))
def test_every_step_of_a_random_network_is_told(seed):
    rng = random.Random(seed)
    values = {f"x{i}": [rng.uniform(-1, 1) for _ in range(3)] for i in range(3)}
    source = random_network(rng, 6)
    check(trace(source, {name: value for name, value in values.items() if name in source}))


def test_some_moments_alone_say_the_same():
    plan = compile_program(told.MINI, told.MINI_VALUES)
    run = plan.run()
    whole = tell(run)
    some = tell(run, Wording(plan.structure), ["seed", "forward:a1", "backward:a1"])
    assert some.start is None
    assert some.seed == whole.seed
    assert some.forward == {"a1": whole.forward["a1"]}
    assert some.backward == {"a1": whole.backward["a1"]}


@pytest.mark.parametrize(
    "moment", ["", "forward", "forward:", "forward:nobody", "forward:x", "backward:x", "group:f", "end"]
)
def test_moments_that_are_none(moment):
    with pytest.raises(ValueProblem, match="there is no moment"):
        tell(trace(told.MINI, told.MINI_VALUES), None, [moment])


def test_other_values_on_the_same_wording():
    plan = compile_program(told.MINI, told.MINI_VALUES)
    wording = Wording(plan.structure)
    assert "off" in plain(tell(plan.run(), wording, ["backward:a1"]).backward["a1"])
    awake = tell(plan.run({"b1": [[2.5]]}), wording, ["backward:a1"])
    assert "all of it passes" in plain(awake.backward["a1"])


def test_names_are_parts_of_their_own():
    parts = tell(trace(told.MINI, told.MINI_VALUES), None, ["backward:a1"]).backward["a1"]
    assert parts[0] == Part("a1", "name")
    assert Part("z1", "name") in parts
    assert Part("2", "grad") in parts


@pytest.mark.parametrize("title", told.PROGRAMS)
def test_a_step_fits_on_two_lines(title):
    """Measured at 26 px on 1240 px: the shortest text that needs a third line has 165 characters."""
    for line in told.told(title).split("\n"):
        phase, _, text = line.partition(" ")
        if phase in ("start", "forward", "seed", "backward", "group"):
            assert len(text.strip()) <= 180, text
