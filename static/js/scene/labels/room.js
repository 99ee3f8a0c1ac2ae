/**
 * The occupied areas of the drawing: a spatial hash of boxes, so that a query visits only those nearby. Pure.
 * @typedef {import("../../layout/read.js").Box} Box
 */
import { overlap } from "../../layout/boxes.js";

/** Side of a grid cell, px; a node covers a few of them. */
const SQUARE = 96;

/** @typedef {ReturnType<typeof createRoom>} Room */

export function createRoom() {
  /** @type {Map<string, {box: Box, line: number}[]>} */
  const squares = new Map();

  /** @param {Box} box @returns {string[]} keys of the grid cells it overlaps */
  function squaresOf({ x, y, width, height }) {
    const keys = [];
    for (let column = Math.floor(x / SQUARE); column <= Math.floor((x + width) / SQUARE); column += 1) {
      for (let row = Math.floor(y / SQUARE); row <= Math.floor((y + height) / SQUARE); row += 1)
        keys.push(`${column} ${row}`);
    }
    return keys;
  }

  return {
    /** @param {Box} box @param {number} [line] the line that it belongs to */
    take(box, line = -1) {
      const taken = { box, line };
      for (const key of squaresOf(box)) {
        const there = squares.get(key);
        if (there) there.push(taken);
        else squares.set(key, [taken]);
      }
    },
    /**
     * @param {Box} box
     * @param {(line: number) => boolean} [yields] whether boxes of this line give way
     * @returns {number} how many boxes overlap it
     */
    within(box, yields = () => false) {
      const met = new Set(squaresOf(box).flatMap((key) => squares.get(key) ?? []));
      return [...met].filter((taken) => overlap(taken.box, box) && !(taken.line >= 0 && yields(taken.line))).length;
    },
  };
}
