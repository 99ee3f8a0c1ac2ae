/**
 * What the page still has to do by itself stands on its root, a word for each: `data-busy="trace explain layout"`. A word
 * is the path of a question to the server, from the moment that it is certain to be asked until it is answered; "layout"
 * while the picture is laid out; "part" while a part of the page is being loaded. Without the attribute nothing changes
 * any more until somebody does something, but for what plays (`data-playing`, clock.js).
 *
 * It is for whoever waits for the page from outside, as tests and scripts do; the page itself follows its signals.
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
 * Work that is put off until the hand rests: put off again, it is the newest that is done. It is under way from the first.
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
    /** @param {number} ms @param {() => void} then  a question that it asks is under way before the rest is over */
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
