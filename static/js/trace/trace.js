/**
 * Wire -> Trace. The structure is read once, the numbers whenever a slider moves.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").WireTrace} WireTrace
 * @typedef {import("../types.js").WireNumbers} WireNumbers
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Edge} Edge
 */
import { fromWire, magnitude, rms, sizeOf, zeros } from "./tensor.js";

/** @param {WireTrace} wire @returns {Trace} */
export function readTrace(wire) {
  const byId = new Map(wire.nodes.map((node, index) => [node.id, index]));
  /** @param {string} id */
  const at = (id) => {
    const index = byId.get(id);
    if (index === undefined) throw new Error(`the answer refers to an unknown node: ${id}`);
    return index;
  };
  /** @type {Node[]} */
  const nodes = wire.nodes.map((node, index) => ({
    index,
    id: node.id,
    name: node.name,
    title: node.title,
    op: node.op,
    role: node.role,
    kind: node.kind,
    signs: node.signs,
    transposes: node.transposes,
    use: /** @type {{use?: Node["use"]}} */ (node).use ?? null,
    label: node.label,
    formula: node.formula,
    latex: node.latex,
    symbol: node.symbol,
    gradName: node.grad_name,
    shape: node.shape,
    group: node.group,
    line: node.line,
    curve: node.curve,
    editable: node.editable,
    kink: node.kink,
    value: fromWire(node.value ?? "NaN", node.shape),
    grad: node.grad === null ? null : fromWire(node.grad, node.shape),
    leftover: null,
    ins: [],
    outs: [],
  }));
  const edges = wire.edges.map((edge, index) => {
    const source = at(edge.source);
    const elements = edge.elements ?? null;
    return {
      index,
      source,
      target: at(edge.target),
      slot: edge.slot,
      message: messageFrom(edge.message, nodes[source].shape, elements),
      local: edge.local === null ? null : fromWire(edge.local),
      rule: edge.rule ?? null,
      elements,
    };
  });
  takeRounding(nodes, edges, wire.rounding);
  for (const edge of edges) {
    nodes[edge.target].ins.push(edge.index);
    nodes[edge.source].outs.push(edge.index);
  }
  for (const node of nodes) node.ins.sort((a, b) => edges[a].slot - edges[b].slot);
  return {
    output: wire.output,
    outputIndex: at(wire.output),
    seed: fromWire(wire.seed),
    detail: wire.detail,
    nodes,
    edges,
    groups: wire.groups,
    backward: wire.backward.map(at),
    leaves: wire.leaves,
    prints: wire.prints,
    manual: wire.manual,
    choices: wire.choices,
    notes: wire.notes ?? [],
    lost: wire.lost ?? null,
    course: wire.course ?? "",
    turns: wire.turns ?? 0,
    engine: wire.engine ?? false,
    decided: wire.decided ?? [],
    open: wire.open ?? null,
    strengths: wire.strengths ?? {},
    byId,
    largest: wire.strongest ?? largest(nodes),
    key: shapeKey(wire),
  };
}

/**
 * The same structure with other numbers. What does not change keeps its identity, so the layout is kept.
 * @param {Trace} trace
 * @param {WireNumbers} wire columns in node and edge order
 * @returns {Trace}
 */
export function withNumbers(trace, wire) {
  const { values, grads, messages, locals, kinks } = wire.numbers;
  const nodes = trace.nodes.map((node, i) => {
    const grad = grads[i];
    return {
      ...node,
      value: fromWire(values[i], node.shape),
      grad: grad === null ? null : fromWire(grad, node.shape),
      leftover: /** @type {number | null} */ (null),
      kink: kinks[i],
    };
  });
  const edges = trace.edges.map((edge, i) => {
    const message = messages[i];
    const local = locals[i];
    return {
      ...edge,
      message: messageFrom(message, nodes[edge.source].shape, edge.elements),
      local: local === null ? null : fromWire(local),
    };
  });
  takeRounding(nodes, edges, wire.rounding);
  const { prints, manual, decided = [], lost = null, strengths } = wire;
  const strongest = wire.strongest ?? largest(nodes);
  return { ...trace, nodes, edges, prints, manual, decided, lost, strengths: strengths ?? {}, largest: strongest };
}

/**
 * @param {import("../types.js").WireNumber | null} wire @param {number[]} shape that of its source
 * @param {number[] | null} elements of the source, if the message is of some of them alone: the others get nothing
 */
function messageFrom(wire, shape, elements) {
  if (wire === null || elements === null) return wire === null ? null : fromWire(wire, shape);
  const all = { shape, flat: new Array(sizeOf(shape)).fill(0) };
  fromWire(wire).flat.forEach((x, i) => (all.flat[elements[i]] = x));
  return all;
}

/**
 * What is 0 but for rounding is shown as 0. What rounding left of a gradient stays beside it, to be told.
 * @param {Node[]} nodes @param {Edge[]} edges @param {WireTrace["rounding"]} [rounding]
 */
function takeRounding(nodes, edges, rounding) {
  for (const i of rounding?.nodes ?? []) {
    const { grad } = nodes[i];
    if (grad !== null) Object.assign(nodes[i], { leftover: magnitude(grad), grad: zeros(grad) });
  }
  for (const i of rounding?.edges ?? []) {
    const { message } = edges[i];
    if (message !== null) edges[i].message = zeros(message);
  }
}

/**
 * @param {Node[]} nodes the strongest known gradient: the root mean square of its elements; that of a target gives no
 *   light, so it is no measure of it
 */
export function largest(nodes) {
  const measured = nodes.filter(({ use }) => use !== "target");
  return measured.reduce((most, { grad }) => (grad ? Math.max(most, rms(grad)) : most), 0);
}

/** @param {WireTrace} wire everything the layout depends on: traces with equal keys differ only in numbers */
function shapeKey({ nodes, edges, groups }) {
  return JSON.stringify([
    nodes.map((n) => [n.id, n.name, n.role, n.op, n.label, n.shape, n.group, n.curve]),
    edges.map((e) => [e.source, e.target]),
    groups,
  ]);
}
