/** Tiles in rows and columns are read one by one: the arrow keys go where a pointer would. */

/** @typedef {{row: number, column: number}} Tile */

/**
 * @param {{rows: number, columns: number}} size
 * @param {Tile | null} at  the tile that is told now
 * @param {(row: number, column: number) => void} tell
 * @returns {(event: KeyboardEvent) => void}
 */
export const tileKeys = (size, at, tell) => (event) => {
  const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (way === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  // The page's own arrow keys go from step to step.
  event.preventDefault();
  const within = (/** @type {number} */ to, /** @type {number} */ count) => Math.min(count - 1, Math.max(0, to));
  if (at === null) return tell(0, 0);
  tell(within(at.row + way[0], size.rows), within(at.column + way[1], size.columns));
};
