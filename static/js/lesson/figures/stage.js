/**
 * The graph itself: the stage of the lab, with its time. There is one for all steps, which goes where a step wants it, so
 * that it keeps its place from step to step. `timeline=no` leaves the time away; `cover=x` covers the gradient of x until the
 * step's question is answered.
 * @type {import("./figure.js").Figure}
 */
export const stage = {
  title: () => "the graph, forward and back",
  mount(host, { options, stage: element }) {
    element.toggleAttribute("data-bare", options.timeline === "no");
    host.append(element);
    return () => element.remove();
  },
};
