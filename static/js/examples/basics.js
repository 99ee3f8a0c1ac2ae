/** Derivatives, and what a graph does with them. @type {import("./example.js").Example[]} */
export const BASICS = [
  {
    id: "mini",
    title: "A mini neural network",
    hint: "Raise b1 until the neuron wakes up. At which value does light reach W1?",
    program: "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2",
    values: { x: [[1], [2]], W1: [[1, -1]], b1: [[0.5]], W2: [[2]], b2: [[1]] },
  },
  {
    id: "fork",
    title: "x · (x + y)",
    hint: "x is used twice, so two messages come back to it. Watch them add, then set y to −4: why is x dark now?",
    program: "s = x + y\nf = x * s",
    values: { x: 2, y: 1 },
  },
  {
    id: "chain",
    title: "The chain rule",
    hint: "Three links, three local derivatives, one product. Set x to 0: which factor puts out the light?",
    program: "h = x**2\ng = 3*h + 1\nf = log(g)",
    values: { x: 2 },
  },
  {
    id: "derivative",
    title: "A derivative, three ways",
    hint: "By the rule, by a small difference, and backwards through the graph: the Output tab prints the first two. Drag x and compare.",
    program: [
      "def f(x):",
      "    return x**2 + 3*x + 2",
      "",
      "def slope(x):",
      "    return 2*x + 3",
      "",
      "def difference(f, x, eps=1e-5):",
      "    return (f(x + eps) - f(x - eps)) / (2 * eps)",
      "",
      "x = 5.0",
      "print('by the rule:', slope(x))",
      "print('by a difference:', difference(f, x))",
      "",
      "y = f(x)",
    ].join("\n"),
    values: {},
  },
  {
    id: "softmax",
    title: "Softmax and cross-entropy",
    hint: "Follow the gradient to the logits: it is what was predicted minus what is true. Move target to another place and see.",
    program:
      "logits = np.array([2.0, 1.0, -1.0])\ntarget = np.array([0.0, 1.0, 0.0])\np = softmax(logits)\nloss = -(target * np.log(p)).sum()",
    values: {},
  },
];
