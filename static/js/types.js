/**
 * Shared types. Nothing here runs.
 *
 * Wire*: as the JSON API answers; wire.d.ts is written from its OpenAPI description. The others are the page's own.
 *
 * @typedef {import("./wire.d.ts").Numbers} WireNumber  a number, a non-finite word ("NaN"), or nested lists of them
 * @typedef {Omit<import("./wire.d.ts").GroupAnswer, "inside"> & {inside?: import("./wire.d.ts").Inside | null}}
 *   WireGroup
 * @typedef {import("./wire.d.ts").LeafAnswer} WireLeaf
 * @typedef {import("./wire.d.ts").PrintAnswer} WirePrint
 * @typedef {import("./wire.d.ts").ManualAnswer} WireManual
 * @typedef {WireManual & {covered?: boolean}} Manual  covered: its content is hidden while its target is to be
 *   predicted
 * @typedef {import("./wire.d.ts").NumbersAnswer} WireColumns
 * @typedef {import("./wire.d.ts").Decision} Decision  a decision by a value, such as that of an `if`
 * @typedef {Pick<import("./wire.d.ts").TraceAnswer, "course" | "decided" | "notes"> & Partial<Pick<import("./wire.d.ts").TraceAnswer, "lost" | "rounding" | "turns" | "open" | "strongest" | "strengths">>} WireCourse  where there are any
 * @typedef {Required<Pick<import("./wire.d.ts").TraceAnswer, "output" | "prints" | "manual">> & WireCourse & {numbers: WireColumns}} WireNumbers
 * @typedef {Required<Omit<import("./wire.d.ts").TraceAnswer, "numbers" | "program" | "sentences" | "groups" | keyof WireCourse>> & WireCourse & {groups: WireGroup[]}} WireTrace
 * @typedef {{x: number[], y: number[], dy: number[]}} Curve
 * @typedef {Omit<import("./wire.d.ts").OpAnswer, "curve"> & {curve: Curve | null}} OpInfo
 * @typedef {Omit<import("./wire.d.ts").FunctionAnswer, "curve"> & {curve: Curve | null}} FunctionInfo
 * @typedef
 *   {{ops: OpInfo[], functions: FunctionInfo[], syntax: import("./wire.d.ts").SyntaxAnswer[], network: import("./wire.d.ts").NetworkOptions | null, optimizers: import("./wire.d.ts").OptimizerAnswer[]}}
 *   OpTable
 * @typedef
 *   {Required<Omit<import("./wire.d.ts").Network, "layers">> & {layers: Required<import("./wire.d.ts").Layer>[]}}
 *   Network
 *
 * @typedef {{message: string, line: number | null, column: number | null, hint: string | null}} ProblemPlace
 * @typedef {{name: string, line: number | null, suggested: WireNumber | null}} MissingValue
 *
 * @typedef {object} Problem  an error answer
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
 * @property {number} index  in forward order
 * @property {string} id
 * @property {string | null} name
 * @property {string} title  its name in a sentence
 * @property {string} op
 * @property {"input" | "constant" | "operation"} role
 * @property {string} kind
 * @property {number[]} signs  of a sum of its inputs, the sign of each: [1, -1] for a - b; else empty
 * @property {boolean} transposes  whether it changes the order of axes
 * @property {"parameter" | "data" | "target" | null} use  the role of an input; null: unknown, or not an input
 * @property {string} label
 * @property {string} formula
 * @property {string} latex   what it computes
 * @property {string | null} symbol  its name as LaTeX
 * @property {string} gradName  the name of its gradient in rules
 * @property {number[]} shape
 * @property {string | null} group
 * @property {number | null} line
 * @property {boolean} curve
 * @property {boolean} editable
 * @property {number | null} leftover  what rounding left of a gradient that is 0 otherwise, and is shown as 0
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
 * @property {number[] | null} elements  which results of a closed group its message is of, in row-major order; null:
 *   all
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
 * @property {Manual[]} manual
 * @property {boolean} engine  whether the program runs an engine of its own backwards
 * @property {Map<string, number>} byId
 * @property {number} largest  the strongest gradient anywhere, as the root mean square of its elements; 0 if all are
 *   zero
 * @property {string[]} choices  the names that can be the output
 * @property {string[]} notes  what to know about the program
 * @property {import("./wire.d.ts").LostAnswer | null} lost  where the numbers end if the output is not finite: no
 *   gradient means anything then
 * @property {string} course  equal as long as values lead the program the same way
 * @property {number} turns  of the training that the program does itself; 0 where it does none
 * @property {Decision[]} decided  the decisions by values, in their order
 * @property {readonly string[] | null} open  the ids of the groups whose inside is told, where that of others is not:
 *   they have no nodes but their results. null: all is told
 * @property {Record<string, number[]>} strengths  by id of a chain of equal steps whose inside is not told, how strong
 *   the gradient after each of them is
 * @property {string} key  equal for traces that differ only in numbers
 *
 * @typedef {object} Given  a leaf's value as the reader set it
 * @property {WireNumber} value
 * @property {string | null} line  the overridden line of the text; null if the text leaves the name free
 */
export {};
