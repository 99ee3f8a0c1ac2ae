/**
 * The graph: the stage of the lab with its timeline. One stage is moved from step to step, so that it keeps its state.
 * `timeline=no` leaves out the timeline; `cover=x` covers the gradient of x until the step's question is answered.
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
