"""Words of angles and lengths: tangent, inverses of the functions of circle and hyperbola, hypotenuse."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.ops.expression import word
from app.engine.ops.spellings import of_two, one_number
from app.engine.ops.word import POWER, Word

tan, arcsin, arccos, arctan, arctan2 = map(word, ("tan", "arcsin", "arccos", "arctan", "arctan2"))
arcsinh, arccosh, arctanh, hypot = map(word, ("arcsinh", "arccosh", "arctanh", "hypot"))

WORDS: Mapping[str, Word] = {
    "tan": one_number("tan", r"\tan", "math.tan"),
    "arcsin": one_number("arcsin", r"\arcsin", "math.asin"),
    "arccos": one_number("arccos", r"\arccos", "math.acos"),
    "arctan": one_number("arctan", r"\arctan", "math.atan"),
    "arctan2": of_two("arctan2", r"\operatorname{{arctan2}}\left({0}, {1}\right)", "math.atan2({0}, {1})"),
    "arcsinh": one_number("arcsinh", r"\operatorname{{arsinh}}", "math.asinh"),
    "arccosh": one_number("arccosh", r"\operatorname{{arcosh}}", "math.acosh"),
    "arctanh": one_number("arctanh", r"\operatorname{{artanh}}", "math.atanh"),
    "hypot": of_two("hypot", r"\sqrt{{{0}^2 + {1}^2}}", "math.hypot({0}, {1})", latex_needs=(POWER + 1, POWER + 1)),
}
