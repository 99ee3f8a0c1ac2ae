// Written by scripts/wire_types.py from the OpenAPI description (`make wire`): do not edit.

/** A number, a word for a non-finite one, or nested lists of them. */
export type Numbers = number | "NaN" | "Infinity" | "-Infinity" | Numbers[];

/** Where one number came from: `terms`, and what is in `more`, add up to it. */
export interface AccountAnswer {
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  value: Numbers;
  /** With numbers, the result at its end. */
  text: AccountPart[];
  /** The same in names, what it is called at its beginning. */
  rule: AccountPart[];
  terms: TermAnswer[];
  more: MoreAnswer | null;
  /** The elements it was computed from; at most a thousand. */
  sources: CellAnswer[];
}

/** A piece of an element's arithmetic. The pieces, put together, are the whole, as text and as LaTeX. */
export interface AccountPart {
  text: string;
  tone: "" | "name" | "value" | "grad";
  latex: string;
}

/** One element in which a rule and its single steps differ: of those that do, the one with the worst reason. */
export interface ApartAnswer {
  index: number[];
  /** What the operation's own rule sends. */
  rule: Numbers;
  /** What comes back through the steps. */
  steps: Numbers;
  /** rounding: that alone may be so much; kink: the place is one, and each follows its own convention; not finite: one of both is no finite number. */
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

/** By method; null where no error is finite. */
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

/** Every node that was asked for, in the order asked for; inputs in forward order. */
export interface CheckAnswer {
  /** The step that was taken; the complex one is 1e-20. */
  epsilon: number;
  method: "central" | "forward" | "complex";
  checks: CheckedAnswer[];
  /** Only where it was asked for. */
  sweep: SweepAnswer | null;
}

/** Are the gradients right? The output is computed again with one number moved at a time. */
export interface CheckRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether `values` for names that are no inputs are left out instead of refused. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default the last one assigned. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of operations on arrays that are opened to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** Ids of inputs and operations; all inputs by default. */
  nodes?: string[] | null;
  /** How far each number is moved. */
  epsilon?: number;
  /** (f(x+ε) − f(x−ε)) / 2ε; forward: (f(x+ε) − f(x)) / ε; complex: Im f(x+ih) / h with a tiny h, where every operation behind allows complex numbers. */
  method?: "central" | "forward" | "complex";
  /** The id of a node of which one element is to be moved by every step from 1 to 1e-15. */
  sweep?: string | null;
  /** Which element: one index per axis, from 0; the first by default. */
  index?: number[] | null;
}

/** One node. */
export interface CheckedAnswer {
  id: string;
  /** Null where no path leads to the output. */
  grad: Numbers | null;
  /** The numerical derivative, element by element. */
  numeric: Numbers;
  /** The largest: |difference| over the larger of both, or |difference| alone beside a gradient that is zero within its round-off. */
  relative_error: Numbers;
  /** That of the element that is worst off. */
  verdict: "agrees" | "kink" | "kink within the step" | "edge within the step" | "step too large" | "step too small" | "disagrees" | "no path" | "not finite";
  /** Whether the gradient and the numerical derivative are both zero within round-off, in all elements. */
  negligible: boolean;
  /** How far rounding may have moved the gradient, of its elements the most. */
  round_off: Numbers;
}

/** A program that runs by itself and afterwards holds every name and its gradient (`W1`, `dW1`). */
export interface CodeAnswer {
  source: string;
  lines: CodeLine[];
  /** nbformat 4.5; only where it was asked for. */
  notebook: Record<string, unknown> | null;
}

/** A line of the source and a node whose value or gradient is known after it. Lines count from 1; a line may have
several nodes, the one that it is named after last. */
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
  /** Whether `values` for names that are no inputs are left out instead of refused. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default the last one assigned. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of operations on arrays that are opened to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** What to write for: NumPy has the backward pass written out; PyTorch, JAX and micrograd (scalars and a few operations only) find the gradients themselves. */
  target?: "numpy" | "torch" | "jax" | "micrograd";
  /** "ipynb" adds a Jupyter notebook to the answer. */
  format?: "py" | "ipynb";
}

/** Value and derivative of a one-input function, for drawing. */
export interface Curve {
  x: Numbers[];
  y: Numbers[];
  dy: Numbers[];
}

/** One node derived: `value` is what it computes, `gradient` how the messages of its users add up. */
export interface DerivationAnswer {
  value: FormulaAnswer[];
  /** Its edges to what it is computed from, along which it sends. */
  inputs: StepAnswer[];
  /** The edges that it is sent messages along, in order of arrival. */
  users: StepAnswer[];
  /** Edges that are not written out. */
  more_inputs: number;
  more_users: number;
  /** Empty where no path leads to the output. */
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

/** By method, with the step that was asked for. */
export interface DerivativesAnswer {
  epsilon: number;
  central: DerivativeAnswer;
  forward: DerivativeAnswer;
  /** Null where some operation does not allow complex numbers. */
  complex: DerivativeAnswer | null;
}

/** One use of a value, and what that use sends back. */
export interface EdgeAnswer {
  source: string;
  target: string;
  slot: number;
  /** The contribution of this use to the gradient of its source. */
  message: Numbers | null;
  /** The local derivative, element by element; null for matrix products etc. */
  local: Numbers | null;
  /** The backward code that makes the message. */
  rule: string | null;
  partial: string | null;
  partial_latex: string | null;
}

/** One number of an array of the program. */
export interface Element {
  leaf: string;
  index: number[];
}

/** One thing that is wrong. Lines and columns count from 1. */
export interface ErrorDetailAnswer {
  message: string;
  line: number | null;
  column: number | null;
  hint: string | null;
  [member: string]: unknown;
}

/** An operation written out as a program of single steps, and run with the same numbers. */
export interface ExpandedAnswer {
  program: string;
  /** What its letters stand for, by id. */
  inputs: Record<string, string>;
  parts: PartAnswer[];
  /** What comes back to each of its letters through the parts. */
  sent: Record<string, Numbers>;
  /** By letter, where it is not what the operation's own rule sends. */
  apart: Record<string, ApartAnswer>;
  /** Whether it is, up to rounding. */
  agrees: boolean;
  /** The conventions at the kinks that the operation or a step stands on. */
  says: string[];
  /** The first step that is not finite. */
  broken: string | null;
}

/** A node told in full (`derivation`, or of a function call `whole`), or one element (`value`, `grad`; null where no
path leads to the output). What was not asked for is null. A node that is the result of a known function written
out, such as `e / np.sum(e)`, has its rules in `whole`, too, as far as they agree. */
export interface ExplainAnswer {
  node: string;
  index: number[] | null;
  value: AccountAnswer | null;
  grad: AccountAnswer | null;
  derivation: DerivationAnswer | null;
  whole: WholeAnswer[] | null;
}

/** Where the numbers of a node come from; with an index, why one element is what it is. */
export interface ExplainRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether `values` for names that are no inputs are left out instead of refused. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default the last one assigned. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of operations on arrays that are opened to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** The id of a node of the trace, or of a group that is a function call. */
  node: string;
  /** Of an element: one index per axis, from 0; [] for a scalar's only number. Without it, the node as a whole. */
  index?: number[] | null;
  /** What is asked for of an element: forward the value, backward the gradient. */
  passes?: ("forward" | "backward")[];
}

/** One line of a derivation: `rule` and `elements` in the operation's own letters, `names` at these names, `shapes`,
and `numbers` with its result. The pieces, put together, are the whole line. */
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
  /** Where it acts on one number alone: what it computes of x, as LaTeX. */
  definition: string | null;
  /** Its slope in x, by the chain rule, as LaTeX. */
  derivative: string | null;
  /** What the letters in both stand for: parts that are repeated, as LaTeX. */
  letters: string[];
  /** Of such a function. */
  curve: Curve | null;
}

/** Every line graded, and what is still to do. `guess` and `formula` are null where none was sent. */
export interface GradeAnswer {
  lines: GradedLineAnswer[];
  /** In the order of the backward pass. */
  missing: MissingGradient[];
  /** Gradients that are right, of those that the program's names have. */
  done: number;
  wanted: number;
  guess: GuessAnswer | null;
  formula: GradedFormula | null;
}

/** Are these gradients right, and where not, what went wrong? */
export interface GradeRequest {
  /** Lines of NumPy. Free names get their numbers from `values`. */
  program?: string | null;
  /** Instead of `program`. */
  network?: Network | null;
  /** Leaf name or id -> its numbers. A value given here replaces a number in the text. */
  values?: Record<string, Numbers>;
  /** Whether `values` for names that are no inputs are left out instead of refused. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default the last one assigned. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of operations on arrays that are opened to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** Lines `dX = ...` in the language of programs. The program's names have their values in them, and gradients of lines above are known. Loops are written out, each line graded in every turn. */
  backward?: string | null;
  guess?: GuessRequest | null;
  formula?: FormulaRequest | null;
}

/** Whether the formula is the gradient. */
export interface GradedFormula {
  /** Null where it could not be computed, or there was no point to compare at. */
  agrees: boolean | null;
  /** At how many both were compared: other values of all inputs, the present ones too. */
  points: number;
  worst: PointAnswer | null;
  slip: SlipAnswer | null;
  error: ErrorDetailAnswer | null;
}

/** One line; of a line that assigns several names, one of them. */
export interface GradedLineAnswer {
  line: number;
  /** Empty where a line cannot be read at all. */
  name: string;
  /** The id of the node whose gradient it is; null for a name of the reader's. */
  target: string | null;
  /** Null where there is nothing to compare: no target, a sum that goes on below, an error. */
  agrees: boolean | null;
  value: Numbers | null;
  /** The true gradient. */
  adjoint: Numbers | null;
  shape: number[] | null;
  wanted_shape: number[] | null;
  /** What else is to be said: of shapes, of the seed, of kinks, of where a line would be wrong, of a name that is given a value again, of a constant that is no gradient. */
  note: string | null;
  /** Of a line in a loop, which turn it is: "t = 2"; empty elsewhere. */
  turn: string;
  /** Right at these values and not at others: a number in the place of a formula. */
  chance: boolean;
  /** Right, and another number than `adjoint`: it takes another side of a kink. `note` says which. */
  convention: boolean;
  /** Earlier gradients that are wrong: with right ones this line is right. */
  follows: string[];
  slip: SlipAnswer | null;
  /** Why the line could not be computed. */
  error: ErrorDetailAnswer | null;
  /** Three steps, the answer last; for lines that are not right. */
  hints: HintAnswer[];
}

/** Nodes that belong together: those of a function call, of the lines from `# region NAME` to `# endregion`, of an
array opened to its scalars, or a run of a large program. */
export interface GroupAnswer {
  id: string;
  name: string;
  /** The group around it. */
  parent: string | null;
  kind: "call" | "region" | "scalar" | "part";
  /** Id of the node that leaves it; null where nothing leads to the output. */
  result: string | null;
  /** What a function of the language does, in one line. */
  summary: string | null;
}

/** A function call or a layer as one step forward and one step backward. */
export interface GroupSentences {
  forward: SentencePart[];
  backward: SentencePart[];
}

/** Whether the guess is right, else what would have led to it. */
export interface GuessAnswer {
  agrees: boolean;
  /** Right, and another number than the gradient: it takes another side of a kink. */
  convention: boolean;
  /** Which kink that is. */
  note: string | null;
  slip: SlipAnswer | null;
}

/** One gradient that somebody predicted. */
export interface GuessRequest {
  /** The id of a node of the trace. */
  node: string;
  /** The whole gradient; one number with `index`. */
  value: Numbers;
  /** One element of it: one index per axis, from 0. */
  index?: number[] | null;
  /** How far it may be off, as a part of the gradient: people round. */
  tolerance?: number;
}

/** The server answers. */
export interface HealthAnswer {
  status: "ok";
  version: string;
}

/** One step of help. */
export interface HintAnswer {
  text: SentencePart[];
  /** The answer itself, at the last step. */
  code: string | null;
}

/** One layer of a network. */
export interface Layer {
  /** How many values the layer gives. */
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
  /** In scalar detail: of which array it is which element. */
  element: Element | null;
  shape: number[];
  line: number | null;
  editable: boolean;
  /** Always false in an answer; what is missing is told by a problem. */
  missing: boolean;
  /** Whether the text itself gives a value, which `values` then replaces. */
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
}

/** What the reader is to bring about by changing values. */
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
  /** HTML within a line: where to look after a wrong answer. */
  hint: string;
  /** It is to be found in the figures, which do not show it before it is revealed otherwise. */
  looking: boolean;
  /** The right number for the step's own values; null for choices. */
  expected: Numbers | null;
  /** Where it comes from, for other values. */
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
  /** Its text. Numbers of the trace stand in `span.number`, formulas in `span.maths`. */
  html: string;
  program: string;
  values: Record<string, Numbers>;
  output: string;
  moment: LessonMoment;
  select: string | null;
  /** The groups that stand open; null: as the page sees fit. */
  open: string[] | null;
  figures: LessonFigure[];
  question: LessonQuestion | null;
  goal: LessonGoal | null;
}

/** One lesson, in short. */
export interface LessonSummary {
  /** Its address: `/lessons/{slug}`, here and as a page. */
  slug: string;
  title: string;
  /** What it answers; the heading of its page. */
  question: string;
  minutes: number;
  summary: string;
  /** How many steps it has. */
  steps: number;
}

/** How close is close enough: a part of the right number, a difference, or a factor between both. */
export interface LessonTolerance {
  kind: "relative" | "absolute" | "factor";
  size: number;
}

/** All lessons, in the order in which they are read. */
export interface LessonsAnswer {
  lessons: LessonSummary[];
}

/** The local derivative of one step towards another. */
export interface LocalAnswer {
  source: string;
  text: string | null;
  latex: string | null;
  value: Numbers | null;
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
}

/** A gradient that no line gives yet. */
export interface MissingGradient {
  id: string;
  name: string;
  shape: number[];
  hints: HintAnswer[];
}

/** The addends that are not written out. */
export interface MoreAnswer {
  count: number;
  /** Their sum. */
  value: Numbers;
}

/** A fully connected network, described instead of written. */
export interface Network {
  /** Features of one example. */
  inputs: number;
  /** From the inputs to the output. */
  layers: Layer[];
  /** What compares the output with a target; its value is then the output. */
  loss?: "none" | "mse" | "cross_entropy" | "binary_cross_entropy";
  /** How the weights start. */
  init?: "he" | "xavier" | "uniform" | "zeros" | "ones";
  /** The same seed gives the same weights. */
  random_seed?: number;
  /** Examples at once, one row each. */
  batch?: number;
}

/** A network as program and values. */
export interface NetworkAnswer {
  program: string;
  values: Record<string, Numbers>;
  output: string;
  /** Where the program is not line by line what was described, and why; each stands in it as a comment. */
  notes: string[];
}

/** A loss of a described network. */
export interface NetworkLoss {
  name: string;
  /** The activations that its last layer may have with this loss. */
  outputs: string[];
}

/** What the description of a network may say. */
export interface NetworkOptions {
  activations: string[];
  losses: NetworkLoss[];
  inits: string[];
}

/** One value of the program, in forward order. */
export interface NodeAnswer {
  /** Readable, and stable under edits elsewhere: `z1`, its anonymous part `z1.1`. */
  id: string;
  /** The name in the program; null for a part of an expression. */
  name: string | null;
  /** What it is called in a sentence: its name, or `@ in z1` for a part of z1. */
  title: string;
  /** Its operation, as in `GET /api/v1/ops`, or `input`, `constant`. */
  op: string;
  role: "input" | "constant" | "operation";
  /** What an input is there for, as far as its name tells. */
  use: "parameter" | "data" | "target" | null;
  /** Ids, in slot order. An input that is used twice stands twice. */
  inputs: string[];
  shape: number[];
  /** The innermost group that it belongs to. */
  group: string | null;
  line: number | null;
  column: number | null;
  end_line: number | null;
  end_column: number | null;
  value: Numbers | null;
  /** Gradient of the output; null where no path leads to it, unlike 0. */
  grad: Numbers | null;
  /** A short sign for the picture. */
  label: string;
  formula: string;
  /** What it computes. */
  latex: string;
  /** Its name, as LaTeX. */
  symbol: string | null;
  /** What its gradient is called in the rules of the edges and in emitted NumPy. A part of an expression that gets the whole's as it is shares its name. */
  grad_name: string;
  kind: "input" | "constant" | "elementwise" | "matmul" | "reduction" | "shape" | "mask";
  /** Whether `GET /api/v1/ops` holds a curve of this operation. */
  curve: boolean;
  editable: boolean;
  /** The convention taken, where the derivative jumps at just these values. */
  kink: string | null;
}

/** The output is weighted by the seed, as everywhere in the backward pass. */
export interface NudgeAnswer {
  node: string;
  index: number[];
  /** The number before it is moved. */
  value: Numbers;
  delta: number;
  /** Null where no path leads to the output. */
  gradient: Numbers | null;
  /** The output before the number is moved. */
  output: Numbers;
  /** How far the output should move: gradient · delta. */
  predicted: Numbers;
  /** How far it moves. */
  true: Numbers;
  /** The output after each of `steps`. */
  outputs: Numbers[];
  nodes: NudgedNodes;
  /** Those that the move goes along; none where they are too many. */
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
  /** Whether `values` for names that are no inputs are left out instead of refused. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default the last one assigned. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of operations on arrays that are opened to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** The id of an input or an operation; what an operation is made of stays as it is. */
  node: string;
  /** Which element of it, one index per axis; [] for a number. */
  index?: number[];
  /** How far it is moved. */
  delta: number;
  /** How far it is moved besides, each by itself; answered with the output alone. */
  steps?: number[];
}

/** What comes along one edge alone, the other inputs of its target standing still. */
export interface NudgedEdge {
  /** Its place among the trace's edges. */
  edge: number;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  predicted: Numbers;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  true: Numbers;
}

/** How far every node moves, in forward order. */
export interface NudgedNodes {
  /** Its tangent times delta. */
  predicted: Numbers[];
  /** Its value with the moved number, less its value. */
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
  /** What it is listed with: activations, arithmetic, functions ... */
  family: string;
  arity: (number | null)[];
  summary: string;
  latex: string;
  signature: string;
  kink: string | null;
  example: string;
  /** Of a one-input function: what it computes of x, as LaTeX. */
  definition: string | null;
  /** Its slope, in x and in its own value y, as LaTeX. */
  derivative: string | null;
  curve: Curve | null;
}

/** The language: its operations, its functions and its forms. */
export interface OpsAnswer {
  ops: OpAnswer[];
  functions: FunctionAnswer[];
  syntax: unknown[];
  /** What `POST /api/v1/network` takes. */
  network: NetworkOptions;
}

/** One step of an operation that is made of several. */
export interface PartAnswer {
  name: string;
  text: string;
  latex: string;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  value: Numbers;
  grad: Numbers | null;
  locals: LocalAnswer[];
}

/** A piece of a formula. All but its text stands there where it says something. */
export interface PieceAnswer {
  text: string;
  /** The id of what it stands for. */
  node?: string;
  /** Which of its numbers it is; a name stands for none of them. */
  of?: "" | "value" | "grad" | "local" | "message" | "name";
  /** The place among the trace's edges, of a message or a local derivative. */
  edge?: number;
  /** Whether a negative number here is bracketed. */
  bracket?: boolean;
  /** Whether an array of one number is written as an array. */
  matrix?: boolean;
}

/** The point at which formula and gradient are furthest apart. */
export interface PointAnswer {
  /** The values of the inputs there. */
  point: Record<string, Numbers>;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  given: Numbers;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  wanted: Numbers;
}

/** What one `print(...)` would show. */
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

/** By method and step, what makes the error: truncation falls with the step, round-off grows as the step shrinks. */
export interface RuledAnswer {
  central: ("truncation" | "round-off" | "neither")[];
  forward: ("truncation" | "round-off" | "neither")[];
}

/** A piece of a sentence. The tone says what it is: a name, a value, a gradient, or plain words. */
export interface SentencePart {
  text: string;
  tone: "" | "name" | "value" | "grad";
}

/** What each moment is told as. Of `moments` that were not asked for there is nothing. */
export interface SentencesAnswer {
  start: SentencePart[] | null;
  seed: SentencePart[] | null;
  /** By id of an operation: what it computes. */
  forward: Record<string, SentencePart[]>;
  /** By id of an operation: what it hands back, and why. */
  backward: Record<string, SentencePart[]>;
  /** By id of a group. */
  groups: Record<string, GroupSentences>;
}

/** What would have led to a wrong gradient: the same numbers come out. */
export interface SlipAnswer {
  /** Its name, such as "sign", "dropped" or "slope". */
  kind: string;
  text: SentencePart[];
}

/** The chain rule at one edge. */
export interface StepAnswer {
  /** Its place among the trace's edges. */
  edge: number;
  source: string;
  target: string;
  slot: number;
  /** The local derivative; empty for matrix products etc. */
  local: FormulaAnswer[];
  /** What the target sends back to the source. */
  message: FormulaAnswer[];
  /** The convention that the operation takes on its kink. */
  kink: string | null;
  /** Whether it stands on it. */
  on_kink: boolean;
}

/** One element, moved by every step. */
export interface SweepAnswer {
  id: string;
  index: number[];
  grad: Numbers | null;
  /** Whether errors are parts of the gradient; beside one that is zero within round-off they are not. */
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

/** One addend. */
export interface TermAnswer {
  text: AccountPart[];
  /** The same in names. */
  rule: AccountPart[];
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  value: Numbers;
  /** Places in the account's list of sources. */
  sources: number[];
}

/** The whole trace. With `include: ["numbers"]` only output, numbers, prints and manual; with `["sentences"]` only
output and sentences. */
export interface TraceAnswer {
  output: string;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  seed: Numbers;
  detail?: "tensor" | "scalar";
  /** The program that a network became. */
  program: string | null;
  nodes?: NodeAnswer[];
  edges?: EdgeAnswer[];
  groups?: GroupAnswer[];
  /** Ids of operations in the order of the backward pass. */
  backward?: string[];
  leaves?: LeafAnswer[];
  numbers: NumbersAnswer | null;
  sentences: SentencesAnswer | null;
  prints?: PrintAnswer[];
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
  /** Whether `values` for names that are no inputs are left out instead of refused. */
  ignore_unknown?: boolean;
  /** The name to differentiate; by default the last one assigned. */
  output?: string | null;
  /** The gradient at the output, of its shape. By default ones. */
  seed?: Numbers | null;
  /** "scalar" makes every element of every array a node of its own. */
  detail?: "tensor" | "scalar";
  /** Ids of operations on arrays that are opened to their scalar arithmetic, each a group. */
  scalar?: string[];
  /** ["numbers"] leaves out what stays the same while only values change. "sentences" adds what each step does, in words. */
  include?: ("structure" | "numbers" | "sentences")[];
  /** The moments whose sentences are wanted: "start", "seed", "forward:z1", "backward:a1", "group:y/softmax". By default all. */
  moments?: string[] | null;
}

/** What a known function sends back to one parameter, as one rule: p − target for softmax with cross-entropy. */
export interface WholeAnswer {
  /** What the function is called. */
  name: string;
  parameter: string;
  /** The id of the argument. */
  source: string;
  formula: FormulaAnswer;
  /** Of arrays: the rule of one element, and of what it needs; of softmax its Jacobian first. */
  elements: FormulaAnswer[];
  /** The rule as it was run, in lines; the last gives d, and g is the gradient of the result y. */
  code: string;
  /** What the rule takes for granted. */
  holds: string;
  /** A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers. */
  value: Numbers;
  /** What the chain rule through the function's parts gives. */
  sent: Numbers;
  /** Whether that is the same, up to rounding. */
  agrees: boolean;
}
