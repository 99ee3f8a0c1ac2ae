"""Lessons are read strictly, and every number in them comes from a trace."""

import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from app.engine import trace
from app.lessons import LessonError, Library, read_lesson
from app.lessons.figures import FIGURES
from app.lessons.formulas import plain
from tests.engine.checks import check_emitted

ROOT = Path(__file__).resolve().parents[2]
HEAD = "---\ntitle: T\nquestion: Q?\norder: 1\nminutes: 2\nsummary: S.\n---\n"
STEP = "## One\n\nfigure: stage\n\nText.\n\n```program\nh = x**2\ng = 3*h + 1\n```\n\n```values\nx = 4\n```\n"
LESSONS = Library.load().lessons


def write(folder, text, name="05-a-lesson.md"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def wrong(folder, text, name="05-a-lesson.md"):
    with pytest.raises(LessonError) as caught:
        read_lesson(write(folder, text, name))
    return caught.value


def numbers(html):
    return re.findall(r'<span class="number say-\w+"([^>]*)>([^<]*)</span>', html)


def test_a_lesson(tmp_path):
    lesson = read_lesson(
        write(
            tmp_path,
            HEAD + STEP + "\nIt is {{value g}}, and {{grad x}}: $h'$ is {{local x -> h}}; `{{grad x}}` is code.\n"
            "\n## Two\n\nmoment: backward h\nselect: h\n\n```values\nx = 5\n```\n\nNow {{grad x}}.\n",
        )
    )
    one, two = lesson.steps
    assert (lesson.slug, lesson.title, lesson.order, lesson.minutes) == ("a-lesson", "T", 1, 2)
    assert [text for _, text in numbers(one.html)] == ["49", "24", "8"]
    assert "<code>{{grad x}}</code>" in one.html
    assert "<pre><code>h = x**2" in one.html
    assert "x = 4" not in one.html
    assert two.program == one.program == "h = x**2\ng = 3*h + 1"
    assert (one.values, two.values) == ({"x": 4}, {"x": 5})
    assert [text for _, text in numbers(two.html)] == ["30"]
    assert (two.moment.phase, two.moment.node, two.select, one.moment.phase) == ("backward", "h", "h", "end")
    assert one.figures[0].name == "stage"


def test_values_take_the_place_of_literals_and_figures_have_options(tmp_path):
    text = HEAD + "## One\n\nfigure: values b from=-3 c\nopen: none\n\n```program hidden\nb = 2.0\ny = b * c\n```\n"
    lesson = read_lesson(write(tmp_path, text + "```values\nb = 3\nc = [1, -1]\n```\n{{value y}} {{grad c[1]}}\n"))
    (step,) = lesson.steps
    assert step.figures[0].options == {"1": "b", "from": "-3", "2": "c"}
    assert step.open == ()
    assert "<pre>" not in step.html
    assert [text for _, text in numbers(step.html)] == ["[3  −3]", "3"]


def test_numbers_of_every_kind(tmp_path):
    text = STEP.replace("h = x**2", "h = x*x").replace("3*h + 1", "sin(h)")
    said = "{{message x -> h 1}} {{message x -> h 2}} {{local h -> g}} {{check x 1e-3 digits=9}} {{error x 1e-3}}"
    (step,) = read_lesson(write(tmp_path, HEAD + text + said)).steps
    found = [text.replace("−", "-") for _, text in numbers(step.html)]
    x, eps = 4.0, 1e-3
    numeric = (np.sin((x + eps) ** 2) - np.sin((x - eps) ** 2)) / (2 * eps)
    exact = np.cos(x * x) * 2 * x
    assert float(found[0]) == float(found[1]) == pytest.approx(np.cos(16.0) * 4, rel=1e-3)
    assert float(found[2]) == pytest.approx(np.cos(16.0), rel=1e-3)
    assert float(found[3]) == pytest.approx(numeric, rel=1e-8)
    assert float(found[4]) == pytest.approx(abs(numeric - exact) / max(abs(numeric), abs(exact)), rel=1e-3)


UNSEEN = STEP.replace("figure: stage", "figure: stage\nmoment: start")
QUESTION = HEAD + UNSEEN + "\n### Predict\n\n{}\n\nWhat?\n\n{}\n### Answer\n\nSo: {{{{grad x}}}}.\n"


@pytest.mark.parametrize(
    ("line", "kind", "expected", "tolerance"),
    [
        ("answer: grad x", "number", 24, ("relative", 0.02)),
        ("answer: grad x within 5 %", "number", 24, ("relative", 0.05)),
        ("answer: value h within 0.5", "number", 16, ("absolute", 0.5)),
        ("answer: number 1e-5 within a factor of 30", "number", 1e-5, ("factor", 30)),
        ("answer: sign grad x", "sign", 24, None),
    ],
)
def test_questions(tmp_path, line, kind, expected, tolerance):
    (step,) = read_lesson(write(tmp_path, QUESTION.format(line + "\nlabel: dg/dx =", ""))).steps
    asked = step.question
    assert (asked.kind, asked.expected, asked.label) == (kind, expected, "dg/dx =")
    assert (asked.tolerance and (asked.tolerance.kind, asked.tolerance.size)) == tolerance
    assert [text for _, text in numbers(asked.answer)] == ["24"]


@pytest.mark.parametrize(
    ("lines", "hint"),
    [
        ("answer: grad x\nhint: Two factors, {{local x -> h}} and *another*.", "Two factors, 8 and another."),
        ("answer: grad x\nlabel: dg/dx =\nhint: At h stands {{grad h}}.", "At h stands 3."),
        # Where the lesson does not say, by what is asked for.
        ("answer: grad x", "Look where x is used."),
        ("answer: sign grad x", "Look where x is used."),
        ("answer: value h", "Go through the program line by line up to h,"),
        ("answer: local x -> h", "Look only at the step from x to h"),
        ("answer: number 3", "Read the step once more:"),
    ],
)
def test_a_question_has_a_hint(tmp_path, lines, hint):
    (step,) = read_lesson(write(tmp_path, QUESTION.format(lines, ""))).steps
    assert re.sub("<[^>]+>", "", step.question.hint).startswith(hint)


def test_where_looking_is_meant_the_hint_says_so(tmp_path):
    text = QUESTION.format("answer: grad x", "").replace("### Predict", "### Find out")
    (step,) = read_lesson(write(tmp_path, text)).steps
    assert step.question.hint.startswith("Look at the pictures once more")


@pytest.mark.parametrize("answer", ["grad x", "grad x within 5 %", "sign grad x"])
def test_a_hint_does_not_tell_the_answer(tmp_path, answer):
    text = QUESTION.format(f"answer: {answer}\nhint: It is {{{{ grad x }}}}.", "")
    with pytest.raises(LessonError) as caught:
        read_lesson(write(tmp_path, text))
    assert "a hint with the answer in it, grad x" in str(caught.value)


def test_choices(tmp_path):
    text = QUESTION.format("answer: choice", "- [ ] no, *that*\n- [x] yes, $x$\n")
    (step,) = read_lesson(write(tmp_path, text)).steps
    assert [choice.right for choice in step.question.choices] == [False, True]
    assert "<em>that</em>" in step.question.choices[0].html
    assert "- [" not in step.question.html


@pytest.mark.parametrize(
    ("answer", "lines", "shown"),
    [
        ("grad x", "figure: stage", "stage"),
        ("grad x", "figure: stage\nmoment: backward h", "stage"),
        ("grad x", "figure: stage\nmoment: backward g.1", None),
        ("grad x", "figure: stage cover=x", None),
        ("grad h", "figure: stage cover=x", "stage"),
        ("grad g", "figure: stage\nmoment: forward g", None),
        ("grad g", "figure: stage\nmoment: seed", "stage"),
        ("value h", "figure: stage\nmoment: start", None),
        ("value h", "figure: stage\nmoment: forward h", "stage"),
        ("value x", "figure: stage\nmoment: start", "stage"),
        ("local h -> g.1", "figure: stage", "stage"),
        ("local h -> g.1", "figure: stage\nmoment: backward g", None),
        ("sign grad x", "figure: stage", "stage"),
        ("grad x", "figure: curve g x", "curve"),
        ("grad x", "figure: curve g x\nfigure: lines x h cover=yes", "curve"),
        ("local x -> h", "figure: lines x h g", "lines"),
        ("local x -> h", "figure: lines x h g cover=yes", None),
        ("grad x", "figure: values x", None),
        ("grad x", "figure: depth sigmoid leaf=x", "depth"),
    ],
)
def test_the_pictures_do_not_show_what_is_asked_for(tmp_path, answer, lines, shown):
    text = QUESTION.format(f"answer: {answer}", "").replace("figure: stage\nmoment: start", lines)
    if shown is None:
        read_lesson(write(tmp_path, text))
    else:
        error = wrong(tmp_path, text)
        assert error.found == f"the figure {shown} shows the answer"
        assert "Find out" in error.instead
    (step,) = read_lesson(write(tmp_path, text.replace("### Predict", "### Find out"))).steps
    assert step.question.looking


@pytest.mark.parametrize("written", ["curve k x", "curve f x", "curve g k", "curve", "curve g v"])
def test_a_curve_needs_an_output_for_each_input(tmp_path, written):
    text = (HEAD + STEP).replace("g = 3*h + 1", "v = np.array([1.0, 2.0])\ng = 3*h + 1\nk = np.sum(h) * v[0]")
    error = wrong(tmp_path, text.replace("figure: stage", f"figure: {written}"))
    assert error.found.startswith("no curve of")
    assert "element by element" in error.instead
    assert read_lesson(write(tmp_path, text.replace("figure: stage", "figure: curve g x"))).steps


def test_what_is_covered_can_be_uncovered(tmp_path):
    covered = STEP.replace("figure: stage", "figure: stage cover=x")
    assert "without a question" in wrong(tmp_path, HEAD + covered).found
    text = QUESTION.format("answer: grad x", "").replace("stage\nmoment: start", "stage cover=z")
    assert wrong(tmp_path, text).found == "no gradient of 'z' to cover"


def test_optional_steps(tmp_path):
    second = "\n## Two\n\noptional: yes\n\nMore.\n\n## Three\n\nOn.\n"
    lesson = read_lesson(write(tmp_path, HEAD + STEP + second))
    assert [step.optional for step in lesson.steps] == [False, True, False]
    told = wrong(tmp_path, HEAD + STEP + second.replace("yes", "perhaps"))
    assert told.found == "optional: perhaps"
    assert wrong(tmp_path, HEAD + STEP.replace("figure: stage", "optional: yes")).found == "an optional first step"


def test_goal(tmp_path):
    (step,) = read_lesson(write(tmp_path, HEAD + STEP.replace("figure: stage", "goal: grad x != 0"))).steps
    assert (step.goal.reference.node, step.goal.comparison, step.goal.number) == ("x", "not", 0)


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("", 1, "no front matter"),
        ("---\ntitle: T\n---\n", 3, "no question"),
        ("---\ntitle: T\ncolour: red\n---\n", 3, "'colour: red'"),
        ("---\ntitle: T\n", 1, "does not end"),
        (HEAD.replace("order: 1", "order: first") + STEP, 4, "order: first"),
        (HEAD, 1, "no step"),
        (HEAD + "Text.\n" + STEP, 8, "before the first step"),
        (HEAD + "## One\n\nText.\n", 8, "no program"),
        (HEAD + STEP.replace("stage", "stag"), 10, "no figure 'stag'"),
        (HEAD + STEP.replace("figure:", "fig:"), 10, "'fig: stage'"),
        (HEAD + STEP.replace("figure: stage", "moment: later"), 10, "the moment 'later'"),
        (HEAD + STEP.replace("figure: stage", "moment: forward x"), 10, "no step forward through 'x'"),
        (HEAD + STEP.replace("figure: stage", "select: z"), 10, "no node 'z'"),
        (HEAD + STEP.replace("figure: stage", "open: f"), 10, "no group 'f'"),
        (HEAD + STEP.replace("figure: stage", "goal: grad x"), 10, "the goal"),
        (HEAD + STEP.replace("figure: stage", "select: x\nselect: h"), 11, "a second select"),
        (HEAD + STEP.replace("g = 3*h + 1", "g = foo(h)"), 16, "foo"),
        (HEAD + STEP.replace("x = 4", "x is 4"), 20, "'x is 4'"),
        (HEAD + STEP.replace("x = 4", "x = true"), 20, "'x = true'"),
        (HEAD + STEP.replace("x = 4", ""), 15, "no value"),
        (HEAD + STEP.replace("x = 4", "x = 4\nq = 1"), 8, "no input q"),
        (HEAD + STEP.replace("```values", "```program"), 19, "another program"),
        (HEAD + STEP + "```\nopen\n", 22, "does not end"),
        (HEAD + STEP + "\n# Title\n", 23, "the heading"),
        (HEAD + STEP + "\n### Answer\n", 23, "the heading"),
        (HEAD + STEP + "\n### Predict\n\nWhat?\n", 25, "without a line answer"),
        (HEAD + STEP + "\n### Predict\n\nanswer: grad x\n\nWhat?\n", 27, "without the text of its answer"),
        (QUESTION.format("answer: choice", "- [ ] no\n"), 26, "no choices"),
        (QUESTION.format("answer: grad x", "- [ ] no\n- [x] yes\n"), 30, "choices"),
        (QUESTION.format("answer: grad x within 0 %", ""), 26, "within 0 %"),
        (QUESTION.format("answer: number many", ""), 26, "the number 'many'"),
        (HEAD + STEP + "\nMore,\nand {{grad z}}.\n", 24, "no node 'z'"),
        (HEAD + STEP + "\n{{slope x}}\n", 23, "the reference 'slope x'"),
        (HEAD + STEP + "\n{{grad x[0]}}\n", 23, "no element"),
        (HEAD + STEP + "\n{{message h -> x}}\n", 23, "no edge h -> x"),
        (HEAD + STEP + "\n{{message x -> h 2}}\n", 23, "1 times only"),
        (HEAD + STEP + "\n{{check x 0}}\n", 23, "the step '0'"),
        (HEAD + STEP + "\n{{grad x digits=99}}\n", 23, "digits=99"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path, text, line, found):
    error = wrong(tmp_path, text)
    assert found in error.found
    assert error.line == line, str(error)
    assert error.instead.strip()
    assert str(error).startswith(f"05-a-lesson.md, line {line}: ")


def test_file_names(tmp_path):
    assert "file name" in wrong(tmp_path, HEAD + STEP, "My Lesson.md").found
    assert "more than" in wrong(tmp_path, HEAD + STEP + "x" * 200_001).found
    path = write(tmp_path, "")
    path.write_bytes(b"\xff")
    with pytest.raises(LessonError, match="UTF-8"):
        read_lesson(path)


def test_own_lessons_come_behind_the_built_in_ones(tmp_path):
    write(tmp_path, HEAD + STEP, "zebra.md")
    write(tmp_path, HEAD.replace("order: 1", "order: 2") + STEP, "ant.md")
    (tmp_path / "README.md").write_text("not a lesson")
    library = Library.load(own=tmp_path)
    assert [lesson.slug for lesson in library.lessons] == [*(one.slug for one in LESSONS), "zebra", "ant"]
    assert library.find("ant").title == "T"
    assert library.find("nobody") is None
    before, behind = library.around(library.find("zebra"))
    assert (before.slug, behind.slug) == (LESSONS[-1].slug, "ant")
    write(tmp_path, HEAD + STEP, f"{LESSONS[0].slug}.md")
    with pytest.raises(LessonError, match="has that address already"):
        Library.load(own=tmp_path)


def test_no_markup_passes_through(tmp_path):
    said = '<script>x</script> ![p](http://a/b.png) [l](javascript:alert) $<b>$ "q"'
    (step,) = read_lesson(write(tmp_path, HEAD + STEP + said)).steps
    assert "<script" not in step.html
    assert "<img" not in step.html
    assert "javascript" not in re.sub(r">[^<]*<", "", step.html)
    assert "<b>" not in step.html


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{dg}{dx} = 2x \cdot 3", "dg/dx = 2x · 3"),
        (r"\frac{\partial y}{\partial W_1}", "∂y/∂W₁"),
        (r"x^2 - 1", "x² − 1"),
        (r"f'(x) = \mathrm{ReLU}'(z_1)\,x^\top", "f′(x) = ReLU′(z₁)xᵀ"),
        (r"\frac{f(x+\varepsilon) - f(x)}{\varepsilon}", "(f(x+ε) − f(x))/ε"),
    ],
)
def test_formulas_without_typesetting(latex, text):
    assert plain(latex) == text


def test_the_document_s_example_is_a_lesson(tmp_path):
    text = (ROOT / "docs" / "lessons.md").read_text(encoding="utf-8")
    example = re.search(r"````markdown\n(.*?)````", text, re.DOTALL)[1]
    lesson = read_lesson(write(tmp_path, example))
    assert lesson.steps[0].question.expected == -3
    assert lesson.steps[1].goal.number == 5
    figures = text[text.index("## Figures") :]
    assert tuple(re.findall(r"^\| `(\w+)` \|", figures, re.MULTILINE)) == FIGURES


# -- the built-in lessons ------------------------------------------------------------------------------------------

STEPS = [pytest.param(step, id=f"{lesson.slug}-{i}") for lesson in LESSONS for i, step in enumerate(lesson.steps, 1)]
LITERAL = re.compile(r"\d+(?:[.,]\d+)?(?:e[+-]?\d+)?")


def texts(step):
    found = [step.title_html, step.html]
    if step.question:
        found += [step.question.html, step.question.answer, *(choice.html for choice in step.question.choices)]
    return found


@pytest.mark.parametrize("step", STEPS)
def test_no_number_is_typed_into_a_text(step):
    """Beside references and code there is no digit; in formulas there are those of the program."""
    own = set(LITERAL.findall(step.program)) | {"0", "1", "2"}
    for html in texts(step):
        words = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "", html, flags=re.DOTALL)
        words = re.sub(r'<span class="number[^>]*>[^<]*</span>', "", words)
        for latex in re.findall(r'data-latex="([^"]*)"', words):
            names = re.sub(r"[A-Za-z]_?\{?\d+", "", unescape(latex))
            assert set(LITERAL.findall(names)) <= own, latex
        words = re.sub(r'<span class="maths.*?</span>', "", words)
        assert not LITERAL.findall(re.sub(r"<[^>]*>", "", words)), words


@pytest.mark.parametrize("step", STEPS)
def test_every_number_is_what_a_trace_of_its_own_says(step):
    run = trace(step.program, step.values)
    for html in texts(step):
        for about, text in numbers(html):
            told = dict(re.findall(r'data-(\w+)="([^"]*)"', about))
            if told["of"] not in {"value", "grad"}:
                continue
            whole = (run.values if told["of"] == "value" else run.grads)[unescape(told["node"])]
            index = tuple(int(i) for i in told["index"].split(",")) if "index" in told else ()
            flat = np.asarray(whole)[index].ravel()
            said = [float(one.replace("−", "-")) for one in re.findall(r"[−\d.]+(?:e[−\d]+)?", unescape(text))]
            if len(said) == len(flat):
                np.testing.assert_allclose(said, flat, rtol=1e-3, atol=1e-12)
            else:
                assert "…" in text


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.slug for lesson in LESSONS])
def test_every_lesson_shows_asks_and_ends_with_something_to_do_alone(lesson):
    assert all(step.figures for step in lesson.steps)
    assert any(step.question for step in lesson.steps)
    for ends in (lesson.steps, [step for step in lesson.steps if not step.optional]):
        assert ends[-1].goal or ends[-1].question
    assert [one.order for one in LESSONS] == sorted({one.order for one in LESSONS})


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_the_code_of_every_step_gives_its_figures(lesson):
    """Emitted as NumPy and executed; `make oracle` does the same in PyTorch and JAX."""
    for step in lesson.steps:
        check_emitted(trace(step.program, step.values, output=step.output))
