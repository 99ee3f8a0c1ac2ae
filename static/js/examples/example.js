/**
 * A program to start from. It already plays, and it shows one thing.
 * @typedef {object} Example
 * @property {string} id
 * @property {string} title
 * @property {string} hint  what to try, one or two sentences
 * @property {string} program
 * @property {Record<string, import("../types.js").WireNumber>} values
 */
export {};
