/**
 * Programs to start from. Each already plays; each shows one thing.
 * @typedef {object} Example
 * @property {string} id
 * @property {string} title
 * @property {string} shows  one line for the menu
 * @property {string} program
 * @property {Record<string, import("./types.js").WireNumber>} values
 */

/** @type {Example[]} */
export const EXAMPLES = [
  {
    id: "mini",
    title: "A mini neural network",
    shows: "The neuron is off: no gradient gets past it. Raise b1 and wake it.",
    program: "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2",
    values: { x: [[1], [2]], W1: [[1, -1]], b1: [[0.5]], W2: [[2]], b2: [[1]] },
  },
  {
    id: "fork",
    title: "x · (x + y)",
    shows: "x is used twice: its two messages add.",
    program: "s = x + y\nf = x * s",
    values: { x: 2, y: 1 },
  },
  {
    id: "chain",
    title: "The chain rule",
    shows: "Three links, three local derivatives, one product.",
    program: "h = x**2\ng = 3*h + 1\nf = log(g)",
    values: { x: 2 },
  },
  {
    id: "softmax",
    title: "Softmax and cross-entropy",
    shows: "The gradient at the logits is what was predicted minus what is true.",
    program: "logits = np.array([2.0, 1.0, -1.0])\ntarget = np.array([0.0, 1.0, 0.0])\ne = np.exp(logits)\np = e / e.sum()\nloss = -(target * np.log(p)).sum()",
    values: {},
  },
  {
    id: "mlp",
    title: "A small network with a loss",
    shows: "Two inputs, three hidden units, a squared error.",
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
    shows: "Each layer passes on a quarter at most: the light fades with depth.",
    program: Array.from({ length: 10 }, (_, i) => `h${i + 1} = sigmoid(w * ${i === 0 ? "x" : `h${i}`})`).join("\n"),
    values: { x: 1, w: 1 },
  },
  {
    id: "notebook",
    title: "Derivatives and the chain rule: by hand",
    shows: "A backward pass written by hand, each line graded against the true gradient.",
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
