"""The words that rules are written with, each with its spelling in every language.

A dialect prints an expression for one reader:

    NUMPY    for people: code that runs with nothing but `import numpy as np`
    ARRAY    for the engine, on arrays: the same arithmetic in NumPy's quickest spelling
    SCALAR   for the engine, on Python floats with `math` (10-20 times quicker than 0-d arrays)
    IEEE     for the engine, where SCALAR or ARRAY raised: Python raises on 1/0, exp(1000) or log(0) and turns
             (-8) ** (1/3) complex, where IEEE arithmetic gives inf or nan; these spellings never do
    TORCH    for people: PyTorch, whose autograd differentiates what is written here
    JAX      for people: `jax.numpy`; most words are spelled as in NumPy
    MICROGRAD  for people: the few operations of micrograd's scalar `Value`. It has no other words
    LATEX    for the page

In PyTorch, JAX and micrograd mostly forward passes are written: words that only rules of the backward pass use need no
spelling there.
FUNCTIONS lists the functions that some of them have for a whole expression.

Spellings are templates over operands that are printed already, or functions of (operands, options) for a word with
options. Operands are bracketed by precedence, so compound operands are safe in every dialect. What NUMPY and LATEX
print is read in pieces, so their spellings are put together as `printed.py` says.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.ops import function_words, matrix_words, scan_words, summation_words
from app.engine.ops.call_latex import index_latex, subscripted, turned
from app.engine.ops.index_spellings import (
    jax_stored,
    jax_take,
    kernel_put,
    kernel_stored,
    kernel_take,
    latex_stored,
    numpy_put,
    numpy_stored,
    numpy_take,
    torch_stored,
    torch_take,
)
from app.engine.ops.printed import join
from app.engine.ops.spellings import (
    cases_latex,
    cases_text,
    choice,
    function,
    held,
    infix,
    jax_clip,
    joined,
    joined_latex,
    micrograd_power,
    over_latex,
    over_text,
    reduced,
    reshape,
    several,
    torch_clip,
    torch_joined,
    torch_parts,
    torch_transpose,
    transpose_numpy,
)
from app.engine.ops.word import AND, ATOM, CHOICE, COMPARISON, OR, POWER, PRODUCT, SIGN, SUM, Function, Word

WORDS: Mapping[str, Word] = {
    "add": infix("+", SUM, micrograd="{0} + {1}"),
    "sub": infix("-", SUM, micrograd="{0} - {1}"),
    "mul": infix("*", PRODUCT, latex=r"{0} \cdot {1}", micrograd="{0} * {1}"),
    # Selects instead of multiplying, so that inf and nan do not pass a mask of 0.
    "gate": Word(
        "np.where({1}, {0}, 0)",
        r"{0} \cdot \left[{1}\right]",
        array="where({1}, {0}, ZERO)",
        scalar="({0} if {1} else 0.0)",
        torch="torch.where({1}, {0}, 0.0)",
        latex_binds=PRODUCT,
        latex_needs=(PRODUCT, 0),
    ),
    "div": Word(
        "{0} / {1}",
        r"\frac{{{0}}}{{{1}}}",
        ieee="np.divide({0}, {1})",
        torch="{0} / {1}",
        micrograd="{0} / {1}",
        binds=PRODUCT,
        needs=(PRODUCT, PRODUCT + 1),
        latex_binds=ATOM,
        latex_needs=(0, 0),
    ),
    "matmul": infix("@", PRODUCT, latex=r"{0}\,{1}", array="matmul({0}, {1})"),
    "dot": infix("@", PRODUCT, latex=r"{0}\,{1}", array="dot({0}, {1})"),
    "pow": Word(
        "{0} ** {1}",
        "{0}^{{{1}}}",
        scalar="pow({0}, {1})",
        ieee="power({0}, {1})",
        torch="{0} ** {1}",
        micrograd=micrograd_power,
        binds=POWER,
        needs=(POWER + 1, SIGN),
        latex_needs=(POWER + 1, 0),
    ),
    "neg": Word("-{0}", "-{0}", torch="-{0}", micrograd="-{0}", binds=SIGN, needs=(SIGN,), latex_needs=(SIGN + 1,)),
    "gt": infix(">", COMPARISON),
    "ge": infix(">=", COMPARISON, latex=r"{0} \ge {1}"),
    "lt": infix("<", COMPARISON),
    "le": infix("<=", COMPARISON, latex=r"{0} \le {1}"),
    "eq": infix("==", COMPARISON, latex="{0} = {1}"),
    "ne": infix("!=", COMPARISON, latex=r"{0} \ne {1}"),
    "and": infix("&", AND, latex=r"{0} \wedge {1}"),
    "or": infix("|", OR, latex=r"{0} \vee {1}"),
    "not": Word("np.logical_not({0})", r"\neg {0}", scalar="(not {0})", torch="torch.logical_not({0})", needs=(ATOM,)),
    "float": Word(
        "np.float64({0})",
        r"\left[{0}\right]",
        array="{0}.astype(float)",
        scalar="float({0})",
        ieee="np.float64({0})",
        torch="{0}.double()",
        needs=(ATOM,),
    ),
    "detached": Word(
        "{0}",
        r"\operatorname{{detach}}\left({0}\right)",
        torch="{0}.detach()",
        jax="jax.lax.stop_gradient({0})",
        needs=(ATOM,),
        latex_needs=(0,),
    ),
    "single": Word(
        "np.float64(np.float32({0}))",
        r"\operatorname{{float32}}\left({0}\right)",
        scalar="float(np.float32({0}))",
        torch="{0}.detach().float().double()",
        jax="jax.lax.stop_gradient({0}).astype(np.float32).astype(float)",
        needs=(ATOM,),
        latex_needs=(0,),
    ),
    # NumPy's functions of a single number may differ from the C library's in the last digit.
    "exp": function("np.exp", "e^{{{0}}}", array="exp", scalar="np_exp", micrograd="exp({0})", latex_binds=POWER),
    "math_exp": function(
        "np.exp", "e^{{{0}}}", array="math_exp", scalar="math.exp", micrograd="exp({0})", latex_binds=POWER
    ),
    "log": function("np.log", r"\ln\left({0}\right)", array="log", scalar="np_log"),
    "math_log": function("np.log", r"\ln\left({0}\right)", array="math_log", scalar="math.log"),
    "log1p": function("np.log1p", r"\ln\left(1 + {0}\right)", array="log1p", scalar="math.log1p"),
    "expm1": function("np.expm1", r"\mathrm{{expm1}}\left({0}\right)", array="expm1", scalar="math.expm1"),
    "sqrt": function("np.sqrt", r"\sqrt{{{0}}}", array="sqrt", scalar="math.sqrt"),
    "sin": function("np.sin", r"\sin\left({0}\right)", array="sin", scalar="math.sin"),
    "cos": function("np.cos", r"\cos\left({0}\right)", array="cos", scalar="math.cos"),
    "sinh": function("np.sinh", r"\sinh\left({0}\right)", array="sinh", scalar="math.sinh"),
    "cosh": function("np.cosh", r"\cosh\left({0}\right)", array="cosh", scalar="math.cosh"),
    "tanh": function(
        "np.tanh", r"\tanh\left({0}\right)", array="tanh", scalar="float(tanh({0}))", micrograd="tanh({0})"
    ),
    "math_tanh": function(
        "np.tanh", r"\tanh\left({0}\right)", array="math_tanh", scalar="math.tanh", micrograd="tanh({0})"
    ),
    "abs": function(
        "np.abs",
        r"\left|{0}\right|",
        array="absolute",
        scalar="abs",
        # The slope of jnp.abs at 0 is 1.
        jax="(np.sign({0}) * {0})",
        needs=(PRODUCT + 1,),
    ),
    "sign": Word(
        "np.sign({0})",
        r"\operatorname{{sign}}\left({0}\right)",
        scalar="(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else {0})",
        # PyTorch gives 0 for the sign of nan.
        torch="torch.where({0} == {0}, torch.sign({0}), {0})",
        needs=(0,),
    ),
    "erf": function(
        "erf", r"\operatorname{{erf}}\left({0}\right)", scalar="math.erf", jax="jax.scipy.special.erf({0})"
    ),
    "erfc": function(
        "erfc", r"\operatorname{{erfc}}\left({0}\right)", scalar="math.erfc", jax="jax.scipy.special.erfc({0})"
    ),
    **function_words.WORDS,
    **scan_words.WORDS,
    **summation_words.WORDS,
    **matrix_words.WORDS,
    "maximum": Word(
        "np.maximum({0}, {1})",
        r"\max\left({0}, {1}\right)",
        array="maximum({0}, {1})",
        # The test {0} != {0} lets a NaN through, as np.maximum does and Python's max does not.
        scalar="({0} if {0} >= {1} or {0} != {0} else {1})",
        torch="torch.maximum({0}, {1})",
        needs=(0, 0),
        masks=("jax",),
    ),
    "minimum": Word(
        "np.minimum({0}, {1})",
        r"\min\left({0}, {1}\right)",
        array="minimum({0}, {1})",
        scalar="({0} if {0} <= {1} or {0} != {0} else {1})",
        torch="torch.minimum({0}, {1})",
        needs=(0, 0),
        masks=("jax",),
    ),
    # Typeset they are x: they stand beside what is 0 in float64 where they differ from it.
    "held": Word(
        held("np.clip({0}, -{1}, {1})"),
        "{0}",
        array=held("minimum(maximum({0}, -{1}), {1})"),
        scalar=held("({0} if -{1} <= {0} <= {1} or {0} != {0} else math.copysign({1}, {0}))"),
        torch=held("torch.clamp({0}, -{1}, {1})"),
        latex_needs=(ATOM,),
    ),
    "held_below": Word(
        held("np.maximum({0}, -{1})"),
        "{0}",
        array=held("maximum({0}, -{1})"),
        scalar=held("({0} if {0} >= -{1} or {0} != {0} else -{1})"),
        torch=held("torch.clamp({0}, min=-{1})"),
        latex_needs=(ATOM,),
    ),
    "where": choice("{0}"),
    # The condition is a number, not a comparison: PyTorch does not accept one for the other.
    "choose": choice("{0} != 0"),
    "sum": reduced("sum", r"\sum", "add_reduce", "torch.sum"),
    "max": reduced("max", r"\max", "max_reduce", "torch.amax", masks=("torch", "jax")),
    "min": reduced("min", r"\min", "min_reduce", "torch.amin", masks=("torch", "jax")),
    "largest_of": several("np.max([{0}])", r"\max\left({0}\right)", "largest_of({0})", "torch.amax"),
    "smallest_of": several("np.min([{0}])", r"\min\left({0}\right)", "smallest_of({0})", "torch.amin"),
    "ties_of": Word(
        lambda args, options: "np.sum(np.equal([" + join(", ", args[1:]) + "], " + args[0] + "))",
        lambda args, options: r"\#\left\{" + join(",", args[1:]) + " = " + args[0] + r"\right\}",
        scalar=lambda args, options: f"ties_of({', '.join(args)})",
        torch=lambda args, options: f"torch.sum(torch.stack([{torch_parts(args[1:])}]) == {args[0]})",
        jax=lambda args, options: f"np.sum(np.stack([{', '.join(args[1:])}]) == {args[0]})",
    ),
    "reshape": Word(
        reshape,
        "{0}",
        torch=reshape,
        needs=(ATOM,),
        latex_needs=(0,),
    ),
    "transpose": Word(
        transpose_numpy,
        lambda args, options: turned(options[0], args[0]),
        torch=torch_transpose,
        needs=(ATOM,),
        latex_binds=POWER,
    ),
    "spread": Word(
        lambda args, options: "np.broadcast_to(" + args[0] + f", {options[0]})",
        r"\mathbf{{1}}\,{0}",
        # Multiplying by ones costs a third of np.broadcast_to, and the result is a new array.
        array=lambda args, options: f"(filled({options[0]}, 1.0) * ({args[0]}))",
        torch=lambda args, options: f"torch.broadcast_to({torch_parts(args)}, {options[0]})",
        latex_needs=(PRODUCT,),
    ),
    "filled": Word(
        lambda args, options: f"np.full({options[0]}, {options[1]!r})",
        lambda args, options: rf"\mathbf{{{options[1]:g}}}",
        array=lambda args, options: f"filled({options[0]}, {options[1]!r})",
        scalar=lambda args, options: repr(options[1]),
        torch=lambda args, options: f"torch.full({options[0]}, {options[1]!r})",
    ),
    "take": Word(
        numpy_take,
        lambda args, options: subscripted(args[0], index_latex(options[0])),
        array=kernel_take,
        torch=torch_take,
        jax=jax_take,
        needs=(ATOM,),
    ),
    "put": Word(
        numpy_put,
        lambda args, options: r"\mathrm{place}\left(" + args[0] + rf", [{index_latex(options[0])}]\right)",
        array=kernel_put,
    ),
    "stored": Word(
        numpy_stored("stored"),
        latex_stored("put"),
        array=kernel_stored("stored"),
        torch=torch_stored("stored"),
        jax=jax_stored("set"),
        needs=(ATOM, 0),
        latex_needs=(0, 0),
    ),
    "added": Word(
        numpy_stored("added"),
        latex_stored("add"),
        array=kernel_stored("added"),
        torch=torch_stored("added"),
        jax=jax_stored("add"),
        needs=(ATOM, 0),
        latex_needs=(0, 0),
    ),
    "concatenate": Word(joined("np.concatenate"), joined_latex, torch=torch_joined("torch.cat")),
    "stack": Word(joined("np.stack"), joined_latex, torch=torch_joined("torch.stack")),
    # Words of rules written with indices; printed, never run.
    "over": Word(over_text, over_latex, binds=SUM, needs=(PRODUCT,)),
    "truth": Word("[{0}]", r"\left[{0}\right]"),
    "cases": Word(cases_text, cases_latex, binds=CHOICE, needs=(CHOICE + 1,) * 8, latex_binds=ATOM, latex_needs=()),
}


FUNCTIONS: Mapping[str, Function] = {
    "relu": Function(torch="torch.relu({0})", jax="jax.nn.relu({0})", micrograd="{0}.relu()"),
    "sigmoid": Function(torch="torch.sigmoid({0})", jax="jax.nn.sigmoid({0})"),
    "gelu": Function(torch="torch.nn.functional.gelu({0})", jax="jax.nn.gelu({0}, approximate=False)"),
    "gelu_tanh": Function(
        torch='torch.nn.functional.gelu({0}, approximate="tanh")', jax="jax.nn.gelu({0}, approximate=True)"
    ),
    "silu": Function(torch="torch.nn.functional.silu({0})", jax="jax.nn.silu({0})"),
    "clip": Function(
        torch=torch_clip,
        jax=jax_clip,
    ),
}


ANALYTIC = frozenset(
    (
        "add sub mul div matmul dot pow neg exp log log1p expm1 sqrt sin cos sinh cosh tanh tan "
        "arcsin arccos arctan arcsinh arccosh arctanh log2 log10 exp2 "
        "sum prod cumsum einsum inverse solution determinant reshape transpose spread filled take put concatenate stack"
    ).split()
)
"""Analytic words: they take complex numbers, and have no kinks or choices. The complex step can pass an op that is made
of these alone."""
