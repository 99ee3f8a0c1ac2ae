/**
 * The page's pending work, as words on its root: `data-busy="trace explain layout"`. A word is the path of a request,
 * from when it is certain to be sent until it is answered; "layout" during a layout; "part" while a part of the page
 * loads. Without the attribute nothing changes until the reader acts, except by playback (`data-playing`, clock.js).
 *
 * It is for tests and scripts that wait for the page; the page itself follows its signals.
 */

/** @param {string} what */
function begin(what) {
  const { dataset } = document.documentElement;
  dataset.busy = dataset.busy === undefined ? what : `${dataset.busy} ${what}`;
}

/** @param {string} what */
function end(what) {
  const { dataset } = document.documentElement;
  const words = dataset.busy?.split(" ") ?? [];
  const at = words.indexOf(what);
  const left = words.filter((_, i) => i !== at);
  if (left.length > 0) dataset.busy = left.join(" ");
  else delete dataset.busy;
}

/**
 * @template T
 * @param {string} what @param {Promise<T>} work @returns {Promise<T>} the same
 */
export async function underWay(what, work) {
  begin(what);
  try {
    return await work;
  } finally {
    end(what);
  }
}

/**
 * Debounced work: each start replaces the pending one. It counts as pending from the first start.
 * @param {string} what
 */
export function createRest(what) {
  let timer = 0;
  function stop() {
    if (timer === 0) return;
    clearTimeout(timer);
    timer = 0;
    end(what);
  }
  return {
    stop,
    /** @param {number} ms @param {() => void} then  a request that it sends is pending before this ends */
    start(ms, then) {
      stop();
      begin(what);
      timer = window.setTimeout(() => {
        timer = 0;
        try {
          then();
        } finally {
          end(what);
        }
      }, ms);
    },
  };
}
