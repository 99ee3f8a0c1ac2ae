// Written by scripts/wire_types.py from the OpenAPI description (`make wire`): do not edit.

/** A number, a word for a non-finite one, or nested lists of them. */
export type Numbers = number | "NaN" | "Infinity" | "-Infinity" | Numbers[];

/** A program that runs by itself and afterwards holds every name and its gradient (`W1`, `dW1`). */
export interface CodeAnswer {
  source: string;
  lines: CodeLine[];
}

/** Which node a line of the source belongs to. Lines count from 1. */
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
  /** The language to write. */
  target?: "numpy";
}

/** Value and derivative of a one-input function, for drawing. */
export interface Curve {
  x: Numbers[];
  y: Numbers[];
  dy: Numbers[];
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

/** A function written in the language itself. */
export interface FunctionAnswer {
  name: string;
  signature: string;
  summary: string;
  source: string;
}

/** A function call, within its caller. */
export interface GroupAnswer {
  id: string;
  name: string;
  parent: string | null;
}

/** The server answers. */
export interface HealthAnswer {
  status: "ok";
  version: string;
}

/** One layer of a network. */
export interface Layer {
  /** How many values the layer gives. */
  units: number;
  /** A one-input function from `GET /api/v1/ops`, such as relu or tanh. */
  activation?: string;
}

/** An input. */
export interface LeafAnswer {
  id: string;
  name: string;
  shape: number[];
  line: number | null;
  editable: boolean;
  /** Always false in an answer; what is missing is told by a problem. */
  missing: boolean;
  /** Whether the text itself gives a value, which `values` then replaces. */
  literal: boolean;
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
}

/** One value of the program, in forward order. */
export interface NodeAnswer {
  /** Readable, and stable under edits elsewhere: `z1`, its anonymous part `z1.1`. */
  id: string;
  /** The name in the program; null for a part of an expression. */
  name: string | null;
  /** Its operation, as in `GET /api/v1/ops`, or `input`, `constant`. */
  op: string;
  role: "input" | "constant" | "operation";
  /** Ids, in slot order. An input that is used twice stands twice. */
  inputs: string[];
  shape: number[];
  /** The function call in which it was made. */
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
  latex: string;
  /** What its gradient is called in the rules of the edges and in emitted code. */
  grad_name: string;
  kind: "input" | "constant" | "elementwise" | "matmul" | "reduction" | "shape" | "mask";
  /** Whether `GET /api/v1/ops` holds a curve of this operation. */
  curve: boolean;
  editable: boolean;
  /** The convention taken, where the derivative jumps at just these values. */
  kink: string | null;
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
  arity: (number | null)[];
  summary: string;
  latex: string;
  signature: string;
  kink: string | null;
  example: string;
  curve: Curve | null;
}

/** The language: its operations, its functions and its forms. */
export interface OpsAnswer {
  ops: OpAnswer[];
  functions: FunctionAnswer[];
  syntax: unknown[];
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
  errors: TroubleAnswer[];
  [member: string]: unknown;
}

/** The whole trace. With `include: ["numbers"]` only output, numbers, prints and manual. */
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
  prints: PrintAnswer[];
  manual: ManualAnswer[];
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
  /** ["numbers"] leaves out what stays the same while only values change. */
  include?: ("structure" | "numbers")[];
}

/** One thing that is wrong. Lines and columns count from 1. */
export interface TroubleAnswer {
  message: string;
  line: number | null;
  column: number | null;
  hint: string | null;
  [member: string]: unknown;
}
