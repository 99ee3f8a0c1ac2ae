/**
 * Programs to start from. Each already plays; each shows one thing.
 * @typedef {object} Example
 * @property {string} id
 * @property {string} title
 * @property {string} hint  what to try, one or two sentences
 * @property {string} program
 * @property {Record<string, import("./types.js").WireNumber>} values
 */

/** @type {Example[]} */
export const EXAMPLES = [
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
    program: "logits = np.array([2.0, 1.0, -1.0])\ntarget = np.array([0.0, 1.0, 0.0])\ne = np.exp(logits)\np = e / e.sum()\nloss = -(target * np.log(p)).sum()",
    values: {},
  },
  {
    id: "mlp",
    title: "A small network with a loss",
    hint: "One hidden layer and a squared error. Set t to the value of y: what is left of the gradient?",
    program: [
      "x  = np.array([[0.5], [-1.0]])",
      "t  = np.array([[1.0]])",
      "W1 = np.array([[0.8, -0.4], [0.3, 0.9], [-0.6, 0.2]])",
      "b1 = np.array([[0.1], [0.0], [-0.2]])",
      "W2 = np.array([[0.7, -0.5, 0.9]])",
      "b2 = np.array([[0.05]])",
      "",
      "h = tanh(W1 @ x + b1)",
      "y = W2 @ h + b2",
      "loss = mean((y - t)**2)",
    ].join("\n"),
    values: {},
  },
  {
    id: "vanish",
    title: "Ten sigmoids",
    hint: "Every sigmoid passes on a quarter at most, so the light fades with depth. How much of it is left at x?",
    program: Array.from({ length: 10 }, (_, i) => `h${i + 1} = sigmoid(${i === 0 ? "x" : `h${i}`})`).join("\n"),
    values: { x: 1 },
  },
  {
    id: "notebook",
    title: "Derivatives and the chain rule: by hand",
    hint: "A backward pass written by hand: the Output tab grades each line. Change a sign in one of them.",
    program: [
      "import numpy as np",
      "",
      "def relu(x):",
      "    return np.maximum(0, x)",
      "",
      "def relu_derivative(x):",
      "    return (x > 0).astype(float)",
      "",
      "x = np.array([[1.0], [2.0]])",
      "W1 = np.array([[1.0, -1.0]])",
      "b1 = np.array([[1.5]])",
      "",
      "z1 = np.dot(W1, x) + b1",
      "a1 = relu(z1)",
      "",
      "W2 = np.array([[2.0]])",
      "b2 = np.array([[1.0]])",
      "y = np.dot(W2, a1) + b2",
      "",
      "# by hand",
      "dy = 1",
      "dW2 = dy * a1",
      "db2 = dy",
      "da1 = dy * W2",
      "dz1 = da1 * relu_derivative(z1)",
      "dW1 = np.dot(dz1, x.T)",
      "db1 = dz1",
      "",
      "print('dW1:', dW1)",
      "print('db1:', db1)",
    ].join("\n"),
    values: {},
  },
];

export const DEFAULT = EXAMPLES[0];
