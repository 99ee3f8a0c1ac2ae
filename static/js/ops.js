/** The language as the server tells it, with curves as plain numbers. @typedef {import("./types.js").OpTable} OpTable */
import { number } from "./tensor.js";

/** @param {import("./wire.d.ts").OpsAnswer} wire @returns {OpTable} */
export function readOps({ ops, functions }) {
  return {
    functions,
    ops: ops.map((op) => ({
      ...op,
      curve: op.curve && { x: op.curve.x.map(number), y: op.curve.y.map(number), dy: op.curve.dy.map(number) },
    })),
  };
}
