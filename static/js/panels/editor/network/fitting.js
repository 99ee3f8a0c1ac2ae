/** Adapts a described network to what the server accepts, and to what is to be learned. Pure. */
/**
 * @typedef {import("../../../types.js").Network} Network
 * @typedef {import("../../../wire.d.ts").NetworkOptions} Options
 * @typedef {{inputs: number, classes: number}} Learned  numbers of one example, and how many classes there are; 0:
 *   numbers
 */

/**
 * Another loss may need another last activation, and data another number of inputs and outputs.
 * @param {Network} network @param {Options | null} options @param {Learned | null} [own]  of the reader's own points
 * @returns {Network}
 */
export function fitting(network, options, own = null) {
  const data = own ?? options?.data.find(({ name }) => name === network.data);
  const shaped = withFeatures(data ? shapedFor(network, data) : network, options);
  const outputs = outputsOf(shaped, options);
  const last = shaped.layers.length - 1;
  if (outputs.includes(shaped.layers[last].activation)) return shaped;
  const activation = outputs[outputs.length - 1];
  return { ...shaped, layers: shaped.layers.map((layer, i) => (i === last ? { ...layer, activation } : layer)) };
}

/**
 * Without the features that need two inputs, where there are others.
 * @param {Network} network
 * @param {Options | null} options
 * @returns {Network}
 */
function withFeatures(network, options) {
  const pairs = (options?.features ?? []).filter((feature) => feature.pairs).map(({ name }) => name);
  const fits = network.features.filter((name) => network.inputs === 2 || !pairs.includes(name));
  return fits.length === network.features.length ? network : { ...network, features: fits };
}

/** @param {Network} network @param {Learned} data @returns {Network} */
function shapedFor(network, { inputs, classes }) {
  const loss = lossFor(network.loss, classes);
  const units = loss === "cross_entropy" ? classes : 1;
  const last = network.layers.length - 1;
  if (network.inputs === inputs && network.loss === loss && (loss === "none" || network.layers[last].units === units))
    return network;
  // A number to be learned is no probability.
  const numbers = loss === "mse" && network.loss !== "mse";
  const layers = network.layers.map((layer, i) =>
    i === last && loss !== "none" ? { ...layer, units, ...(numbers && { activation: "identity" }) } : layer,
  );
  return { ...network, inputs, loss, layers };
}

/**
 * Numbers are no classes, and more than two classes are told apart by cross-entropy alone.
 * @param {Network["loss"]} loss
 * @param {number} classes
 * @returns {Network["loss"]}
 */
function lossFor(loss, classes) {
  if (loss === "none") return loss;
  if (classes === 0) return "mse";
  return classes > 2 ? "cross_entropy" : loss;
}

/**
 * What a network for these data begins with: enough examples, and a loss that suits them.
 * @param {import("../../../wire.d.ts").NetworkData | undefined} data
 * @returns {Partial<Network>}
 */
export const beginningWith = (data) =>
  data === undefined
    ? { data: null, noise: null, batch: 1 }
    : {
        data: data.name,
        noise: null,
        batch: data.name === "xor" ? 4 : 60,
        loss: data.classes > 2 ? "cross_entropy" : data.classes > 0 ? "binary_cross_entropy" : "mse",
      };

/**
 * A last layer that says what is learned: probabilities of classes, a number as it is.
 * @param {Network["layers"]} layers
 * @param {{classes: number}} learned
 */
export const ending = (layers, { classes }) =>
  layers.map((layer, i) =>
    i === layers.length - 1
      ? {
          units: classes > 2 ? classes : 1,
          activation: classes > 2 ? "softmax" : classes > 0 ? "sigmoid" : "identity",
        }
      : layer,
  );

/**
 * @param {Network} network
 * @param {Options | null} options
 * @returns {string[]} the activations that its last layer may have
 */
export const outputsOf = ({ layers, loss }, options) =>
  options?.losses.find(({ name }) => name === loss)?.outputs ?? layers.map(({ activation }) => activation);
