/**
 * One question at a time, then the newest: aborting each by the next would starve the picture while a slider moves.
 * @template T
 * @param {(about: T) => Promise<void>} answer
 * @param {(error: unknown) => void} fail
 * @returns {(about: T) => void}
 */
export function latest(answer, fail) {
  let busy = false;
  /** @type {{about: T} | null} */
  let waiting = null;
  return (about) => {
    waiting = { about };
    if (!busy) void run();
  };

  async function run() {
    busy = true;
    while (waiting !== null) {
      const { about } = waiting;
      waiting = null;
      try {
        await answer(about);
      } catch (error) {
        fail(error);
      }
    }
    busy = false;
  }
}
