/**
 * How soon a text is asked for while somebody types, and how soon its problem is told. Where answers are quick, each
 * key is followed by its picture; a half-written text is given time to become a whole one before it is called wrong.
 */
import { createRest } from "./busy.js";

/** After this long, ms, a text is asked for however slow its answers are, and its problem is told. */
export const SETTLE = 140;

/**
 * @param {string} what what a problem that is not told yet counts as, in `data-busy`
 * @param {() => number} now ms
 */
export function createTypingPace(what, now = () => performance.now()) {
  let took = SETTLE;
  let typedAt = now() - 2 * SETTLE;
  const untold = createRest(what);
  return {
    /** Something was typed. Returns the delay before the text is asked for, ms: as long as the last answer took, so that
     * answers are half of the time under way; none for the first key after a pause. */
    typed() {
      const since = now() - typedAt;
      typedAt += since;
      return since > SETTLE && took < SETTLE ? 0 : Math.min(SETTLE, took);
    },
    /** @template T @param {Promise<T>} answer to a text  @returns {Promise<T>} the same; the next delay goes by it */
    async timed(answer) {
      untold.stop();
      const begin = now();
      const found = await answer;
      took = now() - begin;
      return found;
    },
    /** @param {() => void} then tells the problem of the text, at once where it has stood for a while */
    tell(then) {
      untold.stop();
      const left = typedAt + SETTLE - now();
      if (left > 0) untold.start(left, then);
      else then();
    },
    /** The text is another one: what was wrong with the last is not told any more. */
    forget: untold.stop,
  };
}
