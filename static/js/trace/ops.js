/** The op table of the server, with curves as plain numbers. @typedef {import("../types.js").OpTable} OpTable */
import { number } from "./tensor.js";

/** @param {import("../wire.d.ts").Curve | null} curve @returns {import("../types.js").Curve | null} */
const plain = (curve) => curve && { x: curve.x.map(number), y: curve.y.map(number), dy: curve.dy.map(number) };

/** @param {import("../wire.d.ts").OpsAnswer} wire @returns {OpTable} */
export function readOps({ ops, functions, syntax, network, optimizers }) {
  return {
    functions: functions.map((each) => ({ ...each, curve: plain(each.curve) })),
    syntax,
    network,
    optimizers,
    ops: ops.map((op) => ({ ...op, curve: plain(op.curve) })),
  };
}
