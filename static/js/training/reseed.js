/** Other initial weights: the seed that a program draws them with, replaced by the next one. Pure. */

/** The seed of a generator, written as a number. */
const SEED = /(\bdefault_rng\(|\bnp\.random\.seed\(|\brandom\.seed\(|\bRandomState\()(\d+)(\))/;

/**
 * @param {string} program
 * @returns {string | null} with the next seed; null if it draws with none that is written out
 */
export function reseeded(program) {
  const found = SEED.exec(program);
  if (found === null) return null;
  const [whole, before, seed, after] = found;
  return (
    program.slice(0, found.index) +
    before +
    String((Number(seed) + 1) % 2 ** 32) +
    after +
    program.slice(found.index + whole.length)
  );
}
