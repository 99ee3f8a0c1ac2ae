/**
 * The shapes that travel through the page. Nothing here runs.
 *
 * Wire*: as the JSON API answers. The others are what the page makes of it.
 *
 * @typedef {number | string | WireNumber[]} WireNumber  a number, a non-finite word ("NaN"), or nested lists of them
 *
 * @typedef {object} WireNode
 * @property {string} id
 * @property {string | null} name
 * @property {string} op
 * @property {"input" | "constant" | "operation"} role
 * @property {string[]} inputs
 * @property {number[]} shape
 * @property {string | null} group
 * @property {number | null} line
 * @property {number | null} [column]
 * @property {number | null} [end_line]
 * @property {number | null} [end_column]
 * @property {WireNumber} value
 * @property {WireNumber | null} grad
 * @property {string} label
 * @property {string} formula
 * @property {string} latex
 * @property {string} grad_name
 * @property {string} kind
 * @property {boolean} curve
 * @property {boolean} editable
 * @property {string | null} kink
 *
 * @typedef {object} WireEdge
 * @property {string} source
 * @property {string} target
 * @property {number} slot
 * @property {WireNumber | null} message
 * @property {WireNumber | null} local
 * @property {string | null} rule
 * @property {string | null} partial
 * @property {string | null} [partial_latex]
 *
 * @typedef {{id: string, name: string, parent: string | null}} WireGroup
 * @typedef {{id: string, name: string, shape: number[], line: number | null, editable: boolean, missing?: boolean, literal?: boolean}} WireLeaf
 * @typedef {{line: number, items: (string | WireNumber)[], text: string}} WirePrint
 * @typedef {{name: string, target: string, line: number, value: WireNumber, adjoint: WireNumber | null, agrees: boolean, note: string | null}} WireManual
 *
 * @typedef {object} WireTrace
 * @property {string} output
 * @property {WireNumber} seed
 * @property {string} detail
 * @property {string} [program]
 * @property {WireNode[]} nodes
 * @property {WireEdge[]} edges
 * @property {WireGroup[]} groups
 * @property {string[]} backward
 * @property {WireLeaf[]} leaves
 * @property {WirePrint[]} prints
 * @property {WireManual[]} manual
 *
 * @typedef {object} WireNumbers
 * @property {string} output
 * @property {{values: WireNumber[], grads: (WireNumber | null)[], messages: (WireNumber | null)[], locals: (WireNumber | null)[], kinks?: (string | null)[]}} numbers
 * @property {WirePrint[]} prints
 * @property {WireManual[]} manual
 *
 * @typedef {{message: string, line: number | null, column: number | null, hint: string | null}} ProblemPlace
 * @typedef {{name: string, line: number | null, suggested: WireNumber}} MissingValue
 *
 * @typedef {object} Problem  an answer that is not a trace
 * @property {number} status
 * @property {string} title
 * @property {string} detail
 * @property {ProblemPlace[]} errors
 * @property {MissingValue[]} missing
 *
 * @typedef {object} Tensor  numbers in row-major order; a scalar has an empty shape and one number
 * @property {number[]} shape
 * @property {number[]} flat
 *
 * @typedef {object} Node
 * @property {number} index  place in forward order
 * @property {string} id
 * @property {string | null} name
 * @property {string} op
 * @property {"input" | "constant" | "operation"} role
 * @property {string} kind
 * @property {string} label
 * @property {string} formula
 * @property {string} latex
 * @property {string} gradName  what its gradient is called in rules
 * @property {number[]} shape
 * @property {string | null} group
 * @property {number | null} line
 * @property {boolean} curve
 * @property {boolean} editable
 * @property {string | null} kink
 * @property {Tensor} value
 * @property {Tensor | null} grad  null: no path leads to the output
 * @property {number[]} ins   edges that end here, in slot order
 * @property {number[]} outs  edges that start here, in forward order of their targets
 *
 * @typedef {object} Edge
 * @property {number} index
 * @property {number} source  node index
 * @property {number} target  node index
 * @property {number} slot
 * @property {Tensor | null} message
 * @property {Tensor | null} local
 * @property {string | null} rule
 * @property {string | null} partial
 * @property {string | null} partialLatex
 *
 * @typedef {object} Trace
 * @property {string} output
 * @property {number} outputIndex
 * @property {Tensor} seed
 * @property {string} detail
 * @property {Node[]} nodes
 * @property {Edge[]} edges
 * @property {WireGroup[]} groups
 * @property {number[]} backward  node indices in the order of the backward pass
 * @property {WireLeaf[]} leaves
 * @property {WirePrint[]} prints
 * @property {WireManual[]} manual
 * @property {Map<string, number>} byId
 * @property {number} largest  the largest |gradient| anywhere; 0 if all are zero
 * @property {string} key  equal for traces that differ in their numbers only
 *
 * @typedef {object} Curve
 * @property {number[]} x
 * @property {number[]} y
 * @property {number[]} dy
 *
 * @typedef {{name: string, kind: string, summary: string, signature: string, latex: string, kink: string | null, example: string, curve: Curve | null}} OpInfo
 * @typedef {{name: string, signature: string, summary: string, source: string}} FunctionInfo
 * @typedef {{ops: OpInfo[], functions: FunctionInfo[]}} OpTable
 *
 * @typedef {object} Network  the description POST /network accepts
 * @property {number} inputs
 * @property {{units: number, activation: string}[]} layers
 * @property {string} loss
 * @property {string} init
 * @property {number} random_seed
 *
 * @typedef {object} Given  a leaf's value as the reader set it
 * @property {WireNumber} value
 * @property {string | null} line  the line of the text that says otherwise; null when the text leaves the name free
 */
export {};
