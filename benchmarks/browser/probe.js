/**
 * What the benchmark adds to the page before anything else runs: clocks, no work. In the page it is `bench`.
 * All times are milliseconds of performance.now(), whose zero is the start of the navigation.
 */
globalThis.bench = (() => {
  /** When the frame under way has been painted, as far as the page's own thread has to do with it. */
  const painted = () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
      }),
    );

  // The first graph.
  const shown = new Promise((done) => {
    const look = new MutationObserver(() => {
      if (!document.querySelector("#stage .node")) return;
      look.disconnect();
      painted().then(done);
    });
    look.observe(document, { childList: true, subtree: true });
  });

  // Every job of the layout worker: from sending the graph to holding the answer.
  const layouts = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    const begin = performance.now();
    const answered = ({ data }) => {
      if (data?.id !== message?.id) return;
      this.removeEventListener("message", answered);
      const job = { layout: performance.now() - begin, picture: painted().then((end) => end - begin - job.layout) };
      layouts.push(job);
    };
    this.addEventListener("message", answered);
    return post.call(this, message, ...rest);
  };

  // Frames.
  let counting = false;
  let stamps = [];
  const count = (now) => {
    if (!counting) return;
    stamps.push(now);
    requestAnimationFrame(count);
  };

  // A slider's move: from the pointer's event to the frame that shows the number which came back.
  let moved = 0;
  let waiting = null;
  addEventListener("pointermove", (event) => (moved = event.timeStamp), { capture: true });
  const textOf = (id) => document.querySelector(`#stage .node[data-id="${id}"]`)?.textContent;

  // A key: from its event to the frame that shows the picture of the new text.
  let keyed = 0;
  let pictured = Promise.resolve(0);
  addEventListener("keydown", (event) => (keyed = event.timeStamp), { capture: true });
  /** Whether the stage shows what the text means, laid out. */
  const shows = () =>
    document.querySelector("#stage").dataset.current === "true" &&
    !document.documentElement.dataset.busy?.split(" ").includes("layout");

  return {
    shown,
    /** From here on a key is waited for: first for the picture of the old text to be one, then for the new one. */
    type() {
      let late = false;
      pictured = new Promise((done) => {
        const look = new MutationObserver(() => {
          late = late || !shows();
          if (!late || !shows()) return;
          painted().then((end) => {
            if (!shows()) return;
            look.disconnect();
            done(end - keyed);
          });
        });
        look.observe(document.documentElement, {
          attributes: true,
          subtree: true,
          attributeFilter: ["data-busy", "data-current"],
        });
      });
    },
    /** Resolves to the ms that it took. */
    pictured: () => pictured,
    painted,
    layouts: () => Promise.all(layouts.map(async ({ layout, picture }) => ({ layout, picture: await picture }))),
    startFrames() {
      stamps = [];
      counting = true;
      requestAnimationFrame(count);
    },
    stopFrames() {
      counting = false;
      return stamps.slice(1).map((stamp, i) => stamp - stamps[i]);
    },
    /** @param {string} id of the node whose number the slider changes */
    watch(id) {
      const samples = [];
      addEventListener("input", () => (waiting = { from: moved, text: textOf(id) }), { capture: true });
      new MutationObserver(() => {
        if (waiting === null || textOf(id) === waiting.text) return;
        const { from } = waiting;
        waiting = null;
        painted().then((end) => {
          // The next frame begins when this one is out of the page's hands for certain.
          requestAnimationFrame((next) => samples.push({ frame: end - from, next: next - from }));
        });
      }).observe(document.querySelector("#stage"), { childList: true, characterData: true, subtree: true });
      this.samples = () => samples;
      /** Resolves when a number of moves have been answered, or after a second in which nothing came. */
      this.answered = async (wanted) => {
        const limit = performance.now() + 1000;
        while (samples.length < wanted && performance.now() < limit) await painted();
        return samples.length;
      };
    },
  };
})();
