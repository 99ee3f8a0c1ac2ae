/**
 * The state of the page as signals, in parts; each part is given the parts it derives from. Nothing here touches the
 * document or the network.
 */
import { createExercise } from "./store/exercise.js";
import { createHistograms } from "./store/histograms.js";
import { createNode } from "./store/node.js";
import { createPage } from "./store/page.js";
import { createPoints } from "./store/points.js";
import { createSlice } from "./store/slice.js";
import { createSurface } from "./store/surface.js";
import { createSubject } from "./store/subject.js";
import { createTime } from "./store/time.js";
import { createTraining } from "./store/training.js";
import { createView } from "./store/view.js";

/** @typedef {ReturnType<typeof createStore>} Store */

export function createStore() {
  const subject = createSubject();
  const training = createTraining(subject);
  const exercise = createExercise(subject);
  const view = createView(exercise);
  const time = createTime({ ...exercise, ...view });
  const page = createPage();
  const node = createNode({ ...exercise, ...view, ...time, ...page });
  const points = createPoints({ ...subject, ...training });
  return {
    ...subject,
    ...training,
    ...points,
    ...createSurface(),
    ...createHistograms(),
    ...createSlice({ ...subject, ...training }),
    ...exercise,
    ...view,
    ...time,
    ...node,
    ...page,
  };
}
