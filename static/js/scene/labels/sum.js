/** The sum of the messages that meet at a node, as text, while they are added. Pure. */
import { format, formatFactor } from "../../words/format.js";
import { isSingle } from "../../trace/tensor.js";

/**
 * @param {import("../../timeline/frame.js").NodeState} state
 * @returns {string} "2 + 3 = 5" while messages are added, otherwise ""
 */
export function sumIn({ adding, grad }) {
  if (adding === null || grad === null) return "";
  if (!adding.every(isSingle)) return `sum of ${adding.length} messages`;
  const shown =
    adding.length > 3
      ? [`… ${adding.length - 1} before`, formatFactor(adding.at(-1)?.flat[0] ?? 0)]
      : adding.map(({ flat }) => formatFactor(flat[0]));
  return `${shown.join(" + ")} = ${format(grad.flat[0])}`;
}
