// Written by scripts/wire_types.py from the OpenAPI description (`make wire`): do not edit.

/** A number, a word for a non-finite one, or nested lists of them. */
export type Numbers = number | "NaN" | "Infinity" | "-Infinity" | Numbers[];

/** The arithmetic of one number, which is the sum of `terms` and `more`. */
export interface AccountAnswer {
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  value: Numbers;
  /** With numbers; the result is at the end. */
  text: AccountPart[];
  /** The same in names; its own name is at the beginning. */
  rule: AccountPart[];
  terms: TermAnswer[];
  more: MoreAnswer | null;
  /** The elements it was computed from; at most a thousand. */
  sources: CellAnswer[];
}

/** A part of an element's arithmetic. The parts joined are the whole, as text and as LaTeX. */
export interface AccountPart {
  text: string;
  tone: "" | "name" | "value" | "grad";
  latex: string;
}

/** An element in which a rule and its single steps differ: the one with the worst reason. */
export interface ApartAnswer {
  index: number[];
  /** The message by the operation's own rule. */
  rule: Numbers;
  /** The message through the steps. */
  steps: Numbers;
  /** rounding: the difference may be rounding alone; kink: rule and steps follow different conventions there; not finite: one of both is not finite. */
  why: "rounding" | "kink" | "not finite" | "unexplained";
}

/** The first operation that a complex step cannot pass. */
export interface BarrierAnswer {
  op: string;
  node: string;
}

/** The step with the smallest error. */
export interface BestStep {
  epsilon: number;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  error: Numbers;
}

/** By method; null if no error is finite. */
export interface BestSteps {
  central: BestStep | null;
  forward: BestStep | null;
}

/** An element of a node's value or gradient. */
export interface CellAnswer {
  id: string;
  index: number[];
  of: "value" | "grad";
}

/** A program that is whole by itself, as far as the cells go. */
export interface CellsAnswer {
  /** The cell, under the statements that it needs; unchanged if it needs none. */
  program: string;
  taken: TakenAnswer[];
  /** Names that neither a cell nor the language defines. */
  missing: string[];
}

/** What does this cell need of those before it? */
export interface CellsRequest {
  /** The cell. */
  program: string;
  /** The cells before it, in order; those that cannot be read are passed over. */
  before: string[];
}

/** The nodes of the request in its order, or all inputs in forward order. */
export interface CheckAnswer {
  /** The step; for the complex method 1e-20. */
  epsilon: number;
  method: "central" | "forward" | "complex";
  checks: CheckedAnswer[];
  /** Only if the request asks for it. */
  sweep: SweepAnswer | null;
}

/** Are the gradients right? The output is recomputed with one number moved at a time. */
export interface CheckRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** Ids of inputs and operations; all inputs by default. */
  nodes?: string[] | null;
  /** How far each number is moved. */
  epsilon?: number;
  /** (f(x+ε) − f(x−ε)) / 2ε; forward: (f(x+ε) − f(x)) / ε; complex: Im f(x+ih) / h with a tiny h, if all operations after it allow complex numbers. */
  method?: "central" | "forward" | "complex";
  /** The id of a node, one element of which is moved by every step from 1 to 1e-15. */
  sweep?: string | null;
  /** Which element: one index per axis, from 0; the first by default. */
  index?: number[] | null;
}

/** One node. */
export interface CheckedAnswer {
  id: string;
  /** Null if no path leads to the output. */
  grad: Numbers | null;
  /** The numerical derivative, element by element. */
  numeric: Numbers;
  /** The largest of its elements: |difference| over the larger of both, or |difference| alone if the gradient is zero within its round-off. */
  relative_error: Numbers;
  /** The worst of its elements. */
  verdict: "agrees" | "kink" | "kink within the step" | "edge within the step" | "step too large" | "step too small" | "disagrees" | "no path" | "not finite";
  /** Whether the gradient and the numerical derivative are both zero within round-off, in all elements. */
  negligible: boolean;
  /** Bound of the rounding error of the gradient, the largest of its elements. */
  round_off: Numbers;
}

/** A program that runs on its own, and then holds every name and its gradient (`W1`, `dW1`); or one that trains. */
export interface CodeAnswer {
  source: string;
  lines: CodeLine[];
  /** nbformat 4.5; only if the request asks for it. */
  notebook: Record<string, unknown> | null;
}

/** A line of the source, and a node whose value or gradient is known after it. Lines count from 1. A line may have
several nodes; the one that it assigns to comes last. */
export interface CodeLine {
  line: number;
  node: string | null;
  pass: "forward" | "backward" | null;
}

/** A program that computes the same passes by itself. */
export interface CodeRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** The library: with NumPy the backward pass is written out; PyTorch, JAX and micrograd (scalars and a few operations only) compute the gradients themselves. */
  target?: "numpy" | "torch" | "jax" | "micrograd";
  /** "ipynb" adds a Jupyter notebook to the answer. */
  format?: "py" | "ipynb";
  /** training: in place of both passes, a script that trains the program as `run` does, and prints the same losses; for NumPy, PyTorch and JAX. */
  scope?: "step" | "training";
  /** Of a training: the step before whose update it ends. */
  steps?: number;
}

/** Value and derivative of a one-input function, for drawing. */
export interface Curve {
  x: Numbers[];
  y: Numbers[];
  dy: Numbers[];
}

/** A decision by a value, such as that of an `if` or a loop. */
export interface Decision {
  line: number;
  /** Whether it held, or the number; null for an array. */
  answer: boolean | Numbers | null;
}

/** The derivation of a node: `value` is its forward formula, `gradient` the sum of its messages. */
export interface DerivationAnswer {
  value: FormulaAnswer[];
  /** The edges from its inputs, along which it sends messages. */
  inputs: StepAnswer[];
  /** The edges to its users, which bring its messages, in order of arrival. */
  users: StepAnswer[];
  /** Number of edges that are not written out. */
  more_inputs: number;
  more_users: number;
  /** Empty if no path leads to the output. */
  gradient: FormulaAnswer[];
  expanded: ExpandedAnswer | null;
}

/** A numerical derivative of one element. */
export interface DerivativeAnswer {
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  numeric: Numbers;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  error: Numbers;
  verdict: "agrees" | "kink" | "kink within the step" | "edge within the step" | "step too large" | "step too small" | "disagrees" | "no path" | "not finite";
  /** Whether it and the gradient are both zero within round-off. */
  negligible: boolean;
}

/** By method, with the step of the request. */
export interface DerivativesAnswer {
  epsilon: number;
  central: DerivativeAnswer;
  forward: DerivativeAnswer;
  /** Null if an operation does not allow complex numbers. */
  complex: DerivativeAnswer | null;
}

/** What goes wrong, the earliest first. */
export interface DiagnosisAnswer {
  findings: FindingAnswer[];
}

/** What goes wrong at the step `step` of a run, and since when? */
export interface DiagnosisRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
}

/** A parameter. */
export interface DistributionAnswer {
  /** Its id. */
  parameter: string;
  /** How many numbers it has. */
  elements: number;
  values: HistogramAnswer;
  gradients: HistogramAnswer;
}

/** One use of a value, and its message. */
export interface EdgeAnswer {
  source: string;
  target: string;
  slot: number;
  /** The contribution of this use to the gradient of the source. */
  message: Numbers | null;
  /** The local derivative, element by element; null for matrix products etc. */
  local: Numbers | null;
  /** The code that computes the message. */
  rule: string | null;
  partial: string | null;
  partial_latex: string | null;
  /** Where the source stands for the results of a closed group and not all of them are used here: which ones, in row-major order. The message is then a list, of theirs. */
  elements: number[] | null;
}

/** One element of an array of the program. */
export interface Element {
  leaf: string;
  index: number[];
}

/** The grade of the program's own engine, at its last backward pass. */
export interface EngineAnswer {
  /** The line in which the pass begins. */
  begins: number;
  gradients: EngineGradient[];
  /** The first one first. */
  faults: EngineFault[];
  /** Number of right gradients, out of `wanted`. */
  done: number;
  wanted: number;
}

/** One mistake in the engine. */
export interface EngineFault {
  /** Its name, such as "replaces", "early", "input_for_result" or "sign". */
  kind: string;
  /** The function that it is in, such as "Value.__mul__"; empty for the top level. */
  method: string;
  line: number;
  /** What stands in this line. */
  code: string;
  text: SentencePart[];
  /** The ids of the objects' numbers where it makes a difference first. */
  nodes: string[];
  /** The local derivative as it ran, where it is a number. */
  slope: Numbers | null;
  /** The local derivative as it should be. */
  true: Numbers | null;
  /** How that is computed: x is what the gradient is of, out the result. */
  rule: string | null;
  /** A small program on which it shows, to be run after the classes. */
  smallest: string | null;
  /** What that prints. */
  prints: string | null;
  /** What it should print. */
  right: string | null;
}

/** One object of the program's own engine, beside the true gradient of its number. */
export interface EngineGradient {
  /** The node of its number. */
  id: string;
  /** What the object is called: "a", or "a * b". */
  name: string;
  /** Where its gradient stands: "a.grad". */
  gradient: string;
  /** Where the object was made. */
  line: number;
  /** The program's gradient. */
  value: Numbers | null;
  /** The true gradient. */
  adjoint: Numbers | null;
  /** "follows": wrong because of other gradients alone. "unclear": nothing certain can be said. */
  status: "right" | "wrong" | "follows" | "unclear";
  /** The place among `faults` of what is at fault here. */
  fault: number | null;
}

/** One error. Lines and columns count from 1. */
export interface ErrorDetailAnswer {
  message: string;
  line: number | null;
  column: number | null;
  hint: string | null;
  [member: string]: unknown;
}

/** An operation written out as a program of single steps, run with the same numbers. */
export interface ExpandedAnswer {
  program: string;
  /** Letter -> the id of the node that it stands for. */
  inputs: Record<string, string>;
  parts: PartAnswer[];
  /** By letter, the message through the steps. */
  sent: Record<string, Numbers>;
  /** By letter, if it differs from the operation's own rule. */
  apart: Record<string, ApartAnswer>;
  /** Whether both are the same, up to rounding. */
  agrees: boolean;
  /** The conventions at the kinks that the operation or a step is on. */
  says: string[];
  /** The first step that is not finite. */
  broken: string | null;
}

/** The derivation of a node (`derivation`, or `whole` for a function call), or one element (`value`, `grad`; null if
no path leads to the output). Fields that were not asked for are null. A node that computes a known function, such
as `e / np.sum(e)`, has the closed form in `whole`, too, if it agrees. */
export interface ExplainAnswer {
  node: string;
  index: number[] | null;
  value: AccountAnswer | null;
  grad: AccountAnswer | null;
  derivation: DerivationAnswer | null;
  whole: WholeAnswer[] | null;
}

/** How a node and its gradient are computed; with an index, one element of both. */
export interface ExplainRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** The id of a node of the trace, or of a group that is a function call. */
  node: string;
  /** The element: one index per axis, from 0; [] for a scalar. Without it, the whole node. */
  index?: number[] | null;
  /** For an element: forward for its value, backward for its gradient. */
  passes?: ("forward" | "backward")[];
}

/** Something that goes wrong. */
export interface FindingAnswer {
  /** `nonfinite`, `climbing`, `exploded`, `unreached`, `dead`, `saturated`, `alike`, `vanished` or `constant`. */
  kind: string;
  /** The node where it is seen; null where it is the whole. */
  node: string | null;
  /** What was seen, with its numbers. */
  says: string;
  /** What to try. */
  advice: string;
  /** The same as settings; null where the program has to be changed. */
  trial: TrialAnswer | null;
  /** The first step from which on it is so. */
  since: number;
}

/** One line of a derivation: `rule` and `elements` in the operation's own letters, `names` at these names, `shapes`,
and `numbers` with its result. The pieces joined are the line. */
export interface FormulaAnswer {
  kind: "rule" | "elements" | "names" | "shapes" | "numbers";
  text: PieceAnswer[];
  latex: PieceAnswer[];
}

/** A derivative as a formula. */
export interface FormulaRequest {
  /** The id of an input. */
  of: string;
  /** In the program's names: `2*x + 3`, or `df/dx = 2*x + 3`. */
  text: string;
}

/** A function written in the language itself. */
export interface FunctionAnswer {
  name: string;
  signature: string;
  summary: string;
  source: string;
  /** For an elementwise function of one argument: its value in x, as LaTeX. */
  definition: string | null;
  /** Its derivative in x, by the chain rule, as LaTeX. */
  derivative: string | null;
  /** Definitions of the letters in both, which stand for repeated parts, as LaTeX. */
  letters: string[];
  /** For such a function. */
  curve: Curve | null;
}

/** The graded lines, and the missing gradients. `guess`, `formula` and `engine` are null if the request has none;
the last one, too, if the program has no engine of its own. */
export interface GradeAnswer {
  lines: GradedLineAnswer[];
  /** In the order of the backward pass. */
  missing: MissingGradient[];
  /** Number of right gradients, out of `wanted`. */
  done: number;
  wanted: number;
  guess: GuessAnswer | null;
  formula: GradedFormula | null;
  engine: EngineAnswer | null;
}

/** Are these gradients right, and where not, what went wrong? */
export interface GradeRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** Lines `dX = ...` in the language of programs. They may use the program's names and the gradients of earlier lines. In loops, each line is graded in every turn. */
  backward?: string | null;
  /** Whether the program's own engine is graded: a class that holds a number and its gradient, and runs backwards. */
  engine?: boolean;
  guess?: GuessRequest | null;
  formula?: FormulaRequest | null;
}

/** Whether the formula is the gradient. */
export interface GradedFormula {
  /** Null if it could not be computed, or at no point both are finite. */
  agrees: boolean | null;
  /** Number of points compared: the present values of the inputs, and others. */
  points: number;
  worst: PointAnswer | null;
  slip: SlipAnswer | null;
  error: ErrorDetailAnswer | null;
}

/** One line, or one name of a line that assigns several. */
export interface GradedLineAnswer {
  line: number;
  /** Empty if the line cannot be parsed. */
  name: string;
  /** The id of the node whose gradient it is; null for a name of the reader's. */
  target: string | null;
  /** The name of the scalar that it is the gradient of; null for the output. Such lines are graded, but are not among `missing`, `done` and `wanted`. */
  of: string | null;
  /** Null if there is nothing to compare: no target, a sum that a later line continues, or an error. */
  agrees: boolean | null;
  value: Numbers | null;
  /** The true gradient. */
  adjoint: Numbers | null;
  shape: number[] | null;
  wanted_shape: number[] | null;
  /** A remark on shapes, the seed, kinks, inputs for which the line would be wrong, a name that is assigned again, or a constant that is no gradient. */
  note: string | null;
  /** For a line in a loop, the turn: "t = 2", "turn 3" of a while loop; else empty. */
  turn: string;
  /** Right at these values but not at others. */
  chance: boolean;
  /** Right, although it differs from `adjoint`: it takes another side of a kink, named in `note`. */
  convention: boolean;
  /** Wrong earlier gradients; with the right ones this line is right. */
  follows: string[];
  slip: SlipAnswer | null;
  /** Why the line could not be computed. */
  error: ErrorDetailAnswer | null;
  /** Three hints, the answer last; only for lines that are not right. */
  hints: HintAnswer[];
}

/** Nodes that belong together: of a function call, of the lines from `# region NAME` to `# endregion`, of an array
opened to its scalars, consecutive nodes of a large program, equal steps that follow each other, such as the turns
of a loop, or stand side by side, such as the terms of a loss, or one of these steps. */
export interface GroupAnswer {
  id: string;
  name: string;
  /** The enclosing group. */
  parent: string | null;
  kind: "call" | "region" | "scalar" | "part" | "repeat" | "beside" | "turn";
  /** Id of its node that leads to the output; null if none does. */
  result: string | null;
  /** What a function of the language does, in one line. */
  summary: string | null;
  /** Of equal steps, the id of the node of each that the next one uses, or of the last of each; of a single one, its own. */
  turns: string[];
  /** With `most`: set if the group is told closed. */
  inside: Inside | null;
}

/** A group as one forward and one backward step. */
export interface GroupSentences {
  forward: SentencePart[];
  backward: SentencePart[];
}

/** Whether the guess is right; if not, the likely mistake. */
export interface GuessAnswer {
  agrees: boolean;
  /** Right, although it differs from the gradient: it takes another side of a kink. */
  convention: boolean;
  /** The kink. */
  note: string | null;
  slip: SlipAnswer | null;
}

/** One predicted gradient. */
export interface GuessRequest {
  /** The id of a node of the trace. */
  node: string;
  /** The whole gradient; one number with `index`. */
  value: Numbers;
  /** One element of it: one index per axis, from 0. */
  index?: number[] | null;
  /** Relative tolerance, because people round. */
  tolerance?: number;
}

/** The server answers. */
export interface HealthAnswer {
  status: "ok";
  version: string;
}

/** One hint. */
export interface HintAnswer {
  text: SentencePart[];
  /** The lines to write; only in the last hint. */
  code: string | null;
}

/** How many numbers lie in which range. */
export interface HistogramAnswer {
  /** Where the first range begins. */
  low: Numbers;
  /** Where the last one ends. They are equally wide, and the outermost take what lies beyond: of all steps, at most half a percent to each side. */
  high: Numbers;
  /** A row for each step, a column for each range; what is not finite lies in none. */
  counts: number[][];
}

/** Parameters, each over the same steps. */
export interface HistogramsAnswer {
  /** Those that are kept of the run, at equal distances, and `step` itself. */
  steps: number[];
  distributions: DistributionAnswer[];
}

/** How are parameters and gradients distributed, at steps of a run up to `step`? */
export interface HistogramsRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** How many ranges there are from the smallest to the largest number. */
  ranges?: number;
  /** Ids of those that are wanted; by default the first 24 that are learned. */
  parameters?: string[];
}

/** What is in a closed group and not told. */
export interface Inside {
  nodes: number;
  operations: number;
}

/** One layer of a network. */
export interface Layer {
  /** Number of outputs of the layer. */
  units: number;
  /** One of those that `GET /api/v1/ops` lists for networks, such as relu or tanh. */
  activation?: string;
}

/** An input. */
export interface LeafAnswer {
  id: string;
  name: string;
  /** As in the nodes. */
  use: "parameter" | "data" | "target" | null;
  /** In scalar detail: the element of an array that it is. */
  element: Element | null;
  shape: number[];
  line: number | null;
  editable: boolean;
  /** Whether it settles a shape, an index or a loop: then it has no numerical derivative. */
  settles: boolean;
  /** Always false: missing values are a problem. */
  missing: boolean;
  /** Whether the text has a value, which one in `values` replaces. */
  literal: boolean;
}

/** One lesson with all its steps; every number in its texts was computed. */
export interface LessonAnswer {
  slug: string;
  title: string;
  question: string;
  minutes: number;
  summary: string;
  steps: LessonStep[];
  /** The slug of the lesson before it. */
  previous: string | null;
  next: string | null;
}

/** One of several answers. */
export interface LessonChoice {
  html: string;
  right: boolean;
}

/** A picture beside a step. */
export interface LessonFigure {
  name: string;
  /** Words without a key are "1", "2", and so on. */
  options: Record<string, string>;
  /** What a training trains; empty for other figures. */
  runs: TrainingRun[];
}

/** What the reader should achieve by changing values. */
export interface LessonGoal {
  reference: LessonReference;
  comparison: "above" | "below" | "equal" | "not";
  number: number;
}

/** Where on the timeline a step begins. */
export interface LessonMoment {
  phase: "start" | "forward" | "seed" | "backward" | "end";
  node: string | null;
}

/** Something to predict before it is shown. */
export interface LessonQuestion {
  kind: "number" | "sign" | "choice";
  html: string;
  /** HTML that is shown when it is revealed. */
  answer: string;
  label: string;
  /** Inline HTML, shown after a wrong answer. */
  hint: string;
  /** Whether the figures may show the answer; otherwise they hide it until it is revealed. */
  looking: boolean;
  /** The right number for the step's own values; null for choices. */
  expected: Numbers | null;
  /** The number asked for, for other values. */
  reference: LessonReference | null;
  tolerance: LessonTolerance | null;
  choices: LessonChoice[];
}

/** A number that a trace of the step knows. */
export interface LessonReference {
  of: "value" | "grad" | "message" | "local" | "check" | "error";
  node: string;
  target: string | null;
  slot: number | null;
  index: number[] | null;
  epsilon: number | null;
  digits: number | null;
}

/** One step. */
export interface LessonStep {
  title: string;
  /** Its text. Numbers of the trace are in `span.number`, formulas in `span.maths`. */
  html: string;
  program: string;
  values: Record<string, Numbers>;
  output: string;
  moment: LessonMoment;
  select: string | null;
  /** The ids of the open groups; null lets the page decide. */
  open: string[] | null;
  figures: LessonFigure[];
  question: LessonQuestion | null;
  goal: LessonGoal | null;
  /** Whether a reader may skip it and still follow the steps after it. */
  optional: boolean;
}

/** One lesson in the list. */
export interface LessonSummary {
  /** Its address: `/lessons/{slug}`, here and as a page. */
  slug: string;
  title: string;
  /** The question that it answers; the heading of its page. */
  question: string;
  minutes: number;
  summary: string;
  /** Number of steps. */
  steps: number;
}

/** The tolerance of an answer: relative, absolute, or a factor. */
export interface LessonTolerance {
  kind: "relative" | "absolute" | "factor";
  size: number;
}

/** All lessons, in the order in which they are read. */
export interface LessonsAnswer {
  lessons: LessonSummary[];
}

/** The local derivative of one step by another. */
export interface LocalAnswer {
  source: string;
  text: string | null;
  latex: string | null;
  value: Numbers | null;
}

/** Where the numbers end, if the output is not finite: no gradient means anything then. */
export interface LostAnswer {
  /** The first node that is not finite, of those that the output is not finite for. */
  node: string;
  /** All this in words. */
  text: string;
}

/** One line of the reader's own backward pass, graded. */
export interface ManualAnswer {
  name: string;
  target: string;
  line: number;
  value: Numbers | null;
  adjoint: Numbers | null;
  agrees: boolean;
  note: string | null;
  /** The scalar that it is a gradient of, where that is not the output. */
  of: string | null;
}

/** A gradient that no line gives. */
export interface MissingGradient {
  id: string;
  name: string;
  shape: number[];
  hints: HintAnswer[];
}

/** The terms that are not written out. */
export interface MoreAnswer {
  count: number;
  /** Their sum. */
  value: Numbers;
}

/** A fully connected network, from which a program is made. */
export interface Network {
  /** Features of one example. */
  inputs: number;
  /** From the inputs to the output. */
  layers: Layer[];
  /** The loss between output and target; it becomes the output of the program. */
  loss?: "none" | "mse" | "cross_entropy" | "binary_cross_entropy";
  /** The initialisation of the weights. */
  init?: "he" | "xavier" | "uniform" | "zeros" | "ones";
  /** The same seed gives the same weights. */
  random_seed?: number;
  /** Examples in a batch, one row each. */
  batch?: number;
  /** What is to be learned, such as xor or spirals (see `GET /api/v1/ops`); random numbers by default. */
  data?: string | null;
  /** How far the examples scatter, in place of the usual. */
  noise?: number | null;
  /** Examples in place of `data`; then `batch` counts for nothing. */
  points?: Points | null;
  /** What the first layer gets beside x, as lines of the program: squares ... (see `GET /api/v1/ops`). */
  features?: string[];
  /** Whether hidden layers with as many units as inputs add their input to their result. */
  residual?: boolean;
  /** Whether hidden layers normalise what their activation gets, with gain and bias. */
  norm?: boolean;
  /** The share of a hidden layer that each step of a training leaves out. */
  dropout?: number;
}

/** A network as program and values. */
export interface NetworkAnswer {
  program: string;
  values: Record<string, Numbers>;
  output: string;
  /** Differences between the program and the description, with reasons; also comments in the program. */
  notes: string[];
}

/** Data for a network. */
export interface NetworkData {
  name: string;
  title: string;
  /** Numbers of one example. */
  inputs: number;
  /** 2 where the target is a class, 0 where it is a number. */
  classes: number;
  /** How far the examples usually scatter. */
  noise: number;
}

/** What a network may compute of its inputs before its first layer. */
export interface NetworkFeature {
  name: string;
  title: string;
  /** What it computes of x. */
  line: string;
  /** Whether it needs exactly two inputs. */
  pairs: boolean;
}

/** A loss of a network. */
export interface NetworkLoss {
  name: string;
  /** The activations that the last layer may have with this loss. */
  outputs: string[];
}

/** The options of a network. */
export interface NetworkOptions {
  activations: string[];
  losses: NetworkLoss[];
  inits: string[];
  data: NetworkData[];
  features: NetworkFeature[];
}

/** One value of the program, in forward order. */
export interface NodeAnswer {
  /** Readable, and stable under edits elsewhere: `z1`, its anonymous part `z1.1`. */
  id: string;
  /** The name in the program; null for a part of an expression. */
  name: string | null;
  /** Its name in sentences: as in the program, or `@ in z1` for a part of z1. */
  title: string;
  /** Its operation, as in `GET /api/v1/ops`, or `input`, `constant`; `group` where it stands for all results of a closed group, whose id it has. */
  op: string;
  role: "input" | "constant" | "operation";
  /** The role of an input, as far as its name shows it. */
  use: "parameter" | "data" | "target" | null;
  /** Ids, in slot order. An input that is used twice is listed twice. */
  inputs: string[];
  shape: number[];
  /** The innermost group that it belongs to; the closed one that it is told for. */
  group: string | null;
  line: number | null;
  column: number | null;
  end_line: number | null;
  end_column: number | null;
  value: Numbers | null;
  /** Gradient of the output; null, which is not 0, if no path leads to it. */
  grad: Numbers | null;
  /** A short label for the picture. */
  label: string;
  formula: string;
  /** What it computes. */
  latex: string;
  /** Its name, as LaTeX. */
  symbol: string | null;
  /** The name of its gradient in the rules of the edges and in emitted NumPy. Nodes with the same gradient may share a name. */
  grad_name: string;
  kind: "input" | "constant" | "elementwise" | "matmul" | "reduction" | "shape" | "mask" | "group";
  /** Of a sum of its inputs, the sign of each: [1, -1] for a - b. Else empty. */
  signs: number[];
  /** Whether it changes the order of axes. */
  transposes: boolean;
  /** Whether `GET /api/v1/ops` holds a curve of this operation. */
  curve: boolean;
  editable: boolean;
  /** If the node is on a kink at these values, the convention taken. */
  kink: string | null;
}

/** The output is weighted by the seed, as everywhere in the backward pass. */
export interface NudgeAnswer {
  node: string;
  index: number[];
  /** The number before the move. */
  value: Numbers;
  delta: number;
  /** Null if no path leads to the output. */
  gradient: Numbers | null;
  /** The output before the move. */
  output: Numbers;
  /** The predicted change of the output: gradient · delta. */
  predicted: Numbers;
  /** The true change of the output. */
  true: Numbers;
  /** The output after each of `steps`. */
  outputs: Numbers[];
  nodes: NudgedNodes;
  /** The edges along which something changes; none if there are too many. */
  edges: NudgedEdge[];
}

/** Move one number of an input or an operation by `delta`: what does its gradient predict, and what happens? */
export interface NudgeRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** The id of an input or an operation; the inputs of an operation stay as they are. */
  node: string;
  /** The element, one index per axis; [] for a number. */
  index?: number[];
  /** The step by which it is moved. */
  delta: number;
  /** Further steps, each on its own, for which only the output is computed. */
  steps?: number[];
}

/** The change of an edge's target if only its source moves. */
export interface NudgedEdge {
  /** Index into the trace's edges. */
  edge: number;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  predicted: Numbers;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  true: Numbers;
}

/** The changes of all nodes, in forward order. */
export interface NudgedNodes {
  /** Its tangent times delta. */
  predicted: Numbers[];
  /** Its value after the move minus its value before. */
  true: Numbers[];
}

/** The numbers alone, as columns: values, grads and kinks in node order, messages and locals in edge order. */
export interface NumbersAnswer {
  values: Numbers[];
  grads: (Numbers | null)[];
  messages: (Numbers | null)[];
  locals: (Numbers | null)[];
  kinks: (string | null)[];
}

/** One operation of the language. */
export interface OpAnswer {
  name: string;
  kind: string;
  /** The section that it is listed in: activations, arithmetic, functions ... */
  family: string;
  arity: (number | null)[];
  summary: string;
  latex: string;
  signature: string;
  kink: string | null;
  example: string;
  /** For a one-input function: its value in x, as LaTeX. */
  definition: string | null;
  /** Its derivative in x and its value y, as LaTeX. */
  derivative: string | null;
  curve: Curve | null;
}

/** The language: its operations, its functions and its forms. */
export interface OpsAnswer {
  ops: OpAnswer[];
  functions: FunctionAnswer[];
  syntax: SyntaxAnswer[];
  /** What `POST /api/v1/network` takes. */
  network: NetworkOptions;
  /** What `run.optimizer` takes by name. */
  optimizers: OptimizerAnswer[];
}

/** A rule by which parameters move, written in the language. */
export interface OptimizerAnswer {
  name: string;
  summary: string;
  source: string;
  /** Each with its default; `lr` is the learning rate. */
  settings: Record<string, number>;
}

/** One of the steps that an operation consists of. */
export interface PartAnswer {
  name: string;
  text: string;
  latex: string;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  value: Numbers;
  grad: Numbers | null;
  locals: LocalAnswer[];
}

/** A piece of a formula. Fields that do not apply are left out. */
export interface PieceAnswer {
  text: string;
  /** The id of the node that it stands for. */
  node?: string;
  /** Which number of the node it is; a name is none of them. */
  of?: "" | "value" | "grad" | "local" | "message" | "name";
  /** For a message or local derivative: index into the trace's edges. */
  edge?: number;
  /** Whether a negative number here is bracketed. */
  bracket?: boolean;
  /** Whether an array of one number is written as an array. */
  matrix?: boolean;
}

/** The point at which formula and gradient differ most. */
export interface PointAnswer {
  /** The values of the inputs there. */
  point: Record<string, Numbers>;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  given: Numbers;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  wanted: Numbers;
}

/** Examples of the sender's own. */
export interface Points {
  /** A row of numbers for each example. */
  x: number[][];
  /** One number for each example: what is to be learned, or a class, from 0. */
  target: number[];
  /** How many classes there are; 0 where targets are numbers. */
  classes?: number;
}

/** The output of one `print(...)`. */
export interface PrintAnswer {
  line: number;
  items: unknown[];
  text: string;
}

/** Problem details (RFC 9457). */
export interface ProblemAnswer {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors: ErrorDetailAnswer[];
  [member: string]: unknown;
}

/** How the learning rate changes. */
export interface RateCourse {
  /** steps: by `factor` every `over` steps; exponential: the same, smoothly; cosine: down to `factor` in `over` steps; warmup: up from 0 in `over` steps. */
  course?: "constant" | "steps" | "exponential" | "cosine" | "warmup";
  /** Steps. */
  over?: number;
  factor?: number;
}

/** What is 0 but for rounding: not 0, and within the bound of its own rounding error. */
export interface RoundingAnswer {
  /** Places in `nodes` whose gradients are nothing else. */
  nodes: number[];
  /** Places in `edges` whose messages are nothing else. */
  edges: number[];
}

/** By method and step, the cause of the error: truncation falls with the step, round-off grows as it shrinks. */
export interface RuledAnswer {
  central: ("truncation" | "round-off" | "neither")[];
  forward: ("truncation" | "round-off" | "neither")[];
}

/** Something that is set otherwise from a step on. What is left out stays as it was. */
export interface RunChange {
  /** Counted from 0. */
  step: number;
  optimizer: string | null;
  settings: Record<string, number> | null;
}

/** What ends a run before its last step. A loss that is not finite always does. */
export interface RunStops {
  /** A loss that is good enough. */
  below: number | null;
  /** Steps without a loss lower than the best one so far. */
  patience: number | null;
}

/** A part of a sentence. tone: whether it is a name, a value, a gradient, or plain words. */
export interface SentencePart {
  text: string;
  tone: "" | "name" | "value" | "grad";
}

/** The sentences of the moments in the request. */
export interface SentencesAnswer {
  start: SentencePart[] | null;
  seed: SentencePart[] | null;
  /** By id of an operation: what it computes. */
  forward: Record<string, SentencePart[]>;
  /** By id of an operation: the messages that it sends, and why. */
  backward: Record<string, SentencePart[]>;
  /** By id of a group. */
  groups: Record<string, GroupSentences>;
}

/** Two axes through the loss: two elements, or two random directions through all parameters. */
export interface Slice {
  elements: SliceElement[] | null;
  /** Of the directions, where there are no `elements`. */
  random_seed?: number;
  /** How far the grid reaches to each side; by default so that the path is on it. */
  reach: number | null;
  /** The last step of the path. */
  last?: number;
  /** A place whose parameters are wanted, in place of the grid's losses. */
  place: number[] | null;
}

/** The loss where two things are moved and everything else stays as it is at the shown step. */
export interface SliceAnswer {
  /** What the axes are. */
  names: string[];
  /** Where the shown step is: there the loss is its own. */
  origin: Numbers[];
  /** Steps of the run, each with its number and where it stands, seen along all that the slice leaves out: the loss below it is that of the slice, not of the step. */
  path: Numbers[][];
  /** Those at `place`; empty without one. */
  parameters: Record<string, Numbers>;
}

/** One element of a leaf. */
export interface SliceElement {
  leaf: string;
  /** One number per axis, counted from 0. */
  index: number[];
}

/** A mistake that gives the same wrong gradient. */
export interface SlipAnswer {
  /** Its name, such as "sign", "dropped" or "slope". */
  kind: string;
  text: SentencePart[];
}

/** The chain rule at one edge. */
export interface StepAnswer {
  /** Index into the trace's edges. */
  edge: number;
  source: string;
  target: string;
  slot: number;
  /** The local derivative; empty for matrix products etc. */
  local: FormulaAnswer[];
  /** The message from the target to the source. */
  message: FormulaAnswer[];
  /** The operation's convention at its kink, if it has one. */
  kink: string | null;
  /** Whether the target is on its kink. */
  on_kink: boolean;
}

/** The grid reaches a little beyond the examples. */
export interface SurfaceAnswer {
  of: string;
  /** The names that have a row for each example. */
  choices: string[];
  /** The input that holds the examples. */
  x: string;
  /** The input that holds their targets, if there is one. */
  target: string | null;
  /** The grid's numbers along each of the one or two inputs. */
  axes: Numbers[][];
  /** For each point of the grid the columns of the value; the second input runs fastest. */
  values: Numbers[][];
  /** The value at which two classes meet: half-way between their targets, 0 for logits; null where the targets are no two classes, or the value is none that is compared with them. */
  level: number | null;
  /** Of more than two classes with a column each, how many: the largest column is the likeliest; or 0. */
  classes: number;
  /** The program's own examples; at most 2,000. */
  examples: Numbers[][];
  /** Their targets; none where no input holds them. */
  targets: Numbers[][];
  /** Of a slice: `of` is the loss, `axes` and `values` its grid; there are no choices and no examples. */
  slice: SliceAnswer | null;
  /** Which of the examples a run keeps aside, counted from 0. */
  aside: number[];
}

/** The value of a node for examples on a grid over the first one or two inputs. */
export interface SurfaceRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** A name with one row for each example; by default the last one before the targets come in. */
  of?: string | null;
  /** The loss over two of its parameters, in place of predictions. */
  slice?: Slice | null;
  /** Points along each axis. */
  resolution?: number;
}

/** One element, moved by every step. */
export interface SweepAnswer {
  id: string;
  index: number[];
  grad: Numbers | null;
  /** Whether errors are relative to the gradient; they are absolute if it is zero within round-off. */
  relative: boolean;
  /** The steps, from 1 down. */
  epsilon: number[];
  /** The error of the central difference, by step. */
  central: Numbers[];
  /** The error of the forward difference, by step. */
  forward: Numbers[];
  ruled: RuledAnswer;
  best: BestSteps;
  at: DerivativesAnswer;
  barrier: BarrierAnswer | null;
}

/** One form of the language, with an example that runs. */
export interface SyntaxAnswer {
  form: string;
  summary: string;
  example: string;
}

/** A name that an earlier cell defines. */
export interface TakenAnswer {
  name: string;
  /** The index of that cell in `before`. */
  cell: number;
}

/** One term of a sum. */
export interface TermAnswer {
  text: AccountPart[];
  /** The same in names. */
  rule: AccountPart[];
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  value: Numbers;
  /** Indices into the account's `sources`. */
  sources: number[];
}

/** The whole trace. With `include: ["numbers"]` only output, numbers, prints and manual; with `["sentences"]` only
output and sentences. */
export interface TraceAnswer {
  output: string;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  seed: Numbers;
  /** The names that `output` can be: a gradient flows from them to inputs. */
  choices?: string[];
  detail?: "tensor" | "scalar";
  /** The program that a network became, or that of an update. */
  program: string | null;
  nodes?: NodeAnswer[];
  edges?: EdgeAnswer[];
  groups?: GroupAnswer[];
  /** Ids of operations in the order of the backward pass. */
  backward?: string[];
  leaves?: LeafAnswer[];
  /** Ids of the groups that are told open; null if nothing is told closed. */
  open: string[] | null;
  /** If `open` is set: the strongest gradient of all nodes, also of those that are not told. */
  strongest: number | null;
  /** If `open` is set: by id of a closed chain of equal steps how strong the gradient after each is, as the root mean square of its elements. */
  strengths: Record<string, number[]> | null;
  numbers: NumbersAnswer | null;
  sentences: SentencesAnswer | null;
  prints?: PrintAnswer[];
  /** What to know about the program, such as an import that is passed over. */
  notes?: string[];
  lost: LostAnswer | null;
  /** Where gradients are 0 but for rounding, if they are. */
  rounding: RoundingAnswer | null;
  /** Where values decide what the program is: equal if only numbers differ. */
  course?: string;
  /** The first decisions by values, in their order. */
  decided?: Decision[];
  /** How many turns the program's own training has: `run` with `own`, and `step`, open each. */
  turns: number | null;
  /** Whether the program runs an engine of its own backwards: see `grade`. */
  engine?: boolean;
  manual?: ManualAnswer[];
}

/** Forward and backward pass of a program. */
export interface TraceRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** A training: parameters and examples then have the values of its step `step`. */
  run?: TrainingRun | null;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** ["numbers"] leaves out what does not depend on values. "sentences" adds sentences about each step. */
  include?: ("structure" | "numbers" | "sentences")[];
  /** The moments to write sentences for: "start", "seed", "forward:z1", "backward:a1", "group:y/softmax". By default all. */
  moments?: string[] | null;
  /** Up to so many nodes, a trace is told whole. Of a larger one groups are told closed: as one node, with the values and gradients of their results, so that so many nodes are told in all, if groups allow. */
  most?: number | null;
  /** With `most`: ids of the groups that are told open, where those around them are. By default as many levels of groups as are few nodes. */
  open?: string[] | null;
}

/** A line of JSON for each of these, one after the other, as they are computed (`application/x-ndjson`, or
`text/event-stream` where `Accept` asks for it): `begins` first, then a `step` each, then `ends`. A problem on the
way is a line `problem`, the last one. */
export interface TrainAnswer {
  begins: TrainBegins | null;
  step: TrainStep | null;
  ends: TrainEnds | null;
}

/** The first line: what is about to be done. */
export interface TrainBegins {
  /** Whether it is the program's own training: then `parameters` are what its steps change. */
  own: boolean;
  /** Ids of what is learned. Norms are in this order. */
  parameters: string[];
  /** Their shapes. */
  shapes: number[][];
  /** Ids of the inputs whose rows are examples. */
  data: string[];
  /** How many are learned from. */
  examples: number;
  /** How many are kept aside. */
  validation: number;
  /** How many steps take every example once. */
  epoch: number;
  /** The name of the optimizer's function. */
  optimizer: string;
  /** All its settings. */
  settings: Record<string, Numbers>;
  /** The program of the update. */
  update: string;
  /** The step before whose update the run ends. */
  steps: number;
}

/** The last line. */
export interface TrainEnds {
  /** steps: all were taken; below: the loss is good enough; patience: it does not fall any more; nonfinite: it is no number any more. */
  ended: "steps" | "below" | "patience" | "nonfinite";
  step: number;
}

/** Train a program. Its output is the loss. */
export interface TrainRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether values for names that are no inputs, and an unknown output, are skipped. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default what it is about. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of array operations to open to their scalar arithmetic, each a group. */
  scalar?: string[];
  run?: TrainingRun;
  /** The step of the run, counted from 0. */
  step?: number;
  /** What of the step it is about: the program itself, or the program of its update, whose inputs are the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1). */
  phase?: "loss" | "update";
  /** Of an update: the parameter whose new value is the output; by default the first. */
  moved?: string | null;
  /** Of a step of a run: the row of the one example that it is about, counted from 0, alone in place of the step's batch. */
  example?: number | null;
  /** The step before whose update the run ends; of the program's own training, by default the last. */
  steps?: number;
  /** The step from which it is told; `step` in a later request. */
  start?: number;
  /** Of how many steps one is told; the last one always is. */
  every?: number;
}

/** A line for each step that is told. Of the program's own training it tells the loss alone. */
export interface TrainStep {
  /** Counted from 0. */
  step: number;
  /** Of the step's batch, before its update. */
  loss: Numbers;
  /** The loss of what is kept aside; null where nothing is. */
  validation: Numbers | null;
  /** The Euclidean norm of each parameter's gradient. */
  gradients: Numbers[];
  /** The norm of each parameter. */
  parameters: Numbers[];
  /** The learning rate; null where the optimizer has none. */
  rate: Numbers | null;
}

/** A training of the program: the same run gives the same numbers, whenever it is asked for. */
export interface TrainingRun {
  /** Whether it is the training that the program does itself: a step is a turn of its loop. Then nothing else is chosen here. */
  own?: boolean;
  /** Ids of the inputs that are learned; by default those that are neither data nor targets. */
  parameters: string[];
  /** Ids of the inputs whose rows are examples; by default those with the usual names (x, y, target). */
  data: string[] | null;
  /** The name of one of `GET /api/v1/ops`, or a function that you write: `def rule(w, dw, v, lr=0.1): ... return w, v`. */
  optimizer?: string;
  /** Setting -> number, in place of its default. */
  settings: Record<string, number>;
  rate: RateCourse;
  /** Examples of a step, shuffled in each epoch; all by default. */
  batch: number | null;
  /** The share of the examples that is kept aside. */
  validation?: number;
  /** For shuffling, and for what is kept aside. */
  random_seed?: number;
  /** The largest norm that all gradients together may have. */
  clip: number | null;
  /** What of a weight is added to its gradient. */
  decay?: number;
  /** Whether gradients are not set to zero between steps, which is a mistake to see. */
  accumulate?: boolean;
  changes: RunChange[];
  stops: RunStops;
}

/** What the run may be given otherwise, to see whether that helps. */
export interface TrialAnswer {
  /** Settings of the optimizer. */
  settings: Record<string, number>;
  /** The largest norm of all gradients together; null where none is needed. */
  clip: number | null;
}

/** The closed form of a known function's message to one parameter: p − target for softmax with cross-entropy. */
export interface WholeAnswer {
  /** The name of the function. */
  name: string;
  parameter: string;
  /** The id of the argument. */
  source: string;
  formula: FormulaAnswer;
  /** For arrays: the rule of one element, and of its parts; for softmax the Jacobian first. */
  elements: FormulaAnswer[];
  /** The lines of the rule that ran; the last gives d, and g is the gradient of the result y. */
  code: string;
  /** What the rule assumes. */
  holds: string;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  value: Numbers;
  /** The message by the chain rule through the function's parts. */
  sent: Numbers;
  /** Whether both are the same, up to rounding. */
  agrees: boolean;
}
