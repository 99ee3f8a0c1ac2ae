/** Wires the page. The only module that looks up elements by id. */
import { computed, effect } from "@preact/signals-core";
import { createAppearance } from "./appearance.js";
import { underWay } from "./busy.js";
import { runClock } from "./clock.js";
import { createAccounts } from "./queries/accounts.js";
import { createChecks, createVerdicts } from "./queries/checks.js";
import { createCommands } from "./commands/index.js";
import { element } from "./dom.js";
import { createDerivations } from "./queries/derivations.js";
import { createEdits, resume } from "./edits/edits.js";
import { createEngineGrades } from "./queries/engine.js";
import { createGrading } from "./queries/grading.js";
import { createKeys } from "./keys.js";
import { createLayouter } from "./layout/layout.js";
import { createNudges } from "./queries/nudge.js";
import { createAbout } from "./panels/editor/about.js";
import { createBackward } from "./panels/exercises/backward.js";
import { createCellCard } from "./panels/node/cell.js";
import { createCode } from "./panels/share/code.js";
import { createDialogs, later } from "./panels/chrome/dialogs.js";
import { createDrop } from "./panels/chrome/drop.js";
import { createEdge } from "./panels/chrome/edge.js";
import { createHeader } from "./panels/chrome/header.js";
import { createInspector } from "./panels/node/inspector.js";
import { createLanes } from "./panels/time/lanes.js";
import { createMaths } from "./panels/kit/maths.js";
import { createMinimap } from "./panels/find/minimap.js";
import { createNetwork } from "./panels/editor/network/form.js";
import { createNote } from "./panels/chrome/note.js";
import { createOutput } from "./panels/editor/output.js";
import { createPastedCells } from "./edits/pasted_cells.js";
import { createPredict } from "./panels/exercises/predict.js";
import { createProblem } from "./panels/chrome/problem.js";
import { createSearch } from "./panels/find/search.js";
import { createSides } from "./panels/chrome/sides.js";
import { createStageBar } from "./panels/chrome/stagebar.js";
import { createSentence } from "./panels/time/sentence.js";
import { createSpotlight } from "./panels/chrome/spotlight.js";
import { createTrain } from "./panels/training/train.js";
import { createTransport } from "./panels/time/transport.js";
import { createStageView } from "./panels/chrome/stageview.js";
import { createValues } from "./panels/editor/values.js";
import { FRAMED } from "./links/parts.js";
import { follow, leadHome, leaveLink, restore } from "./links/restore.js";
import { createScene } from "./scene/scene.js";
import { createSession } from "./session.js";
import { recall } from "./edits/storage.js";
import { createSlices } from "./queries/slice.js";
import { createSlips } from "./queries/slips.js";
import { createSurfaces } from "./queries/surface.js";
import { createTrainer } from "./queries/training.js";
import { createStore } from "./store.js";

const store = createStore();
const root = document.documentElement;

const framed = root.dataset.embed !== undefined;
store.hidden.value = new Set(framed ? FRAMED : []);
if (!framed) resume(store);
await restore(store, location.hash);
createAppearance(root, store);

const session = createSession(store);
const trainer = createTrainer(store);
const edits = createEdits(store, session, trainer, { keep: !framed, onFirst: () => leaveLink(store) });
const commands = createCommands({ store, session, edits, trainer });
runClock(store);
void session.loadOps();

createHeader(element("header"), store, session, commands);
createSides(
  {
    left: element("left-tabs"),
    right: element("right-tabs"),
    panels: {
      program: element("panel-program"),
      network: element("panel-network"),
      backward: element("panel-backward"),
      train: element("panel-train"),
      node: element("panel-node"),
      code: element("panel-code"),
      output: element("panel-output"),
    },
  },
  store,
);
createEdge(element("left-edge"), element("left"), "left", store, commands.foldLeft);
createEdge(element("right-edge"), element("right"), "right", store, commands.foldRight);
createStageBar(element("legend"), element("stage-bar"), store, commands);
// Narrow windows show the sides as sheets; tall ones run the graph from top to bottom.
const narrow = matchMedia("(max-width: 60em)");
const upright = matchMedia("(max-width: 60em) and (orientation: portrait)");
createScene(element("stage"), store, createLayouter(), { narrow, upright, framed });
createStageView(element("stage"), { table: element("table"), units: element("units") }, store, narrow, commands);
createSearch(element("search"), store);
createMinimap(element("minimap"), element("stage"), element("stage-bar"), store);
createTransport(element("transport"), store, commands);
createLanes(element("lanes"), store);
createSentence(element("sentence"), element("live"), store);
createAbout(element("about"), store, session);
createValues(element("values"), store, session);
createNetwork(element("panel-network"), store, session, trainer);
createBackward(element("panel-backward"), store, edits, root.dataset.nonce ?? "");
createGrading(store);
createTrain(element("panel-train"), store, trainer, {
  writing: { edits, nonce: root.dataset.nonce ?? "" },
  commands,
  writes: true,
  slices: createSlices(store, session, () => store.leftTab.value === "train"),
});
const maths = createMaths(root.dataset.katex ?? "");
createInspector(element("panel-node"), store, maths, commands);
createCode(element("panel-code"), store, {
  shown: () => store.rightTab.value === "code" && !store.hidden.value.has("inspector"),
  commands,
});
createPredict(element("predict"), element("question"), store, narrow);
createAccounts(store);
createChecks(store);
createDerivations(store);
createVerdicts(store);
createEngineGrades(store);
createNudges(store);
createSlips(store);
createSurfaces(store, () => store.leftTab.value === "train" || (store.present.value && store.trainStep.value !== null));
createCellCard(element("cell"), store, element("header"), maths);

// The program is shown as plain text at once; the editor replaces it when loaded.
element("program").textContent = store.program.value;
const editor = underWay("part", import("./panels/editor/editor.js")).then(({ createEditor }) => {
  const host = element("editor");
  host.replaceChildren();
  return createEditor(host, store, session, edits, createPastedCells(store, session), root.dataset.nonce ?? "");
});
createDialogs(/** @type {HTMLDialogElement} */ (element("dialog")), store, {
  help: later("What you can do here", () =>
    import("./panels/chrome/help.js").then(({ createHelp }) => createHelp(commands, store)),
  ),
  notebook: later("Open a notebook", () =>
    import("./panels/editor/cells.js").then(({ createCells }) => createCells(store, session)),
  ),
  share: later("Share", () => import("./panels/share/share.js").then(({ createShare }) => createShare(store))),
  regroup: later("Taken apart", () =>
    import("./panels/node/regroup.js").then(({ createRegroup }) => createRegroup(store)),
  ),
  export: later("Export", () =>
    import("./export/dialog.js").then(({ createExport }) => createExport(store, element("stage"))),
  ),
});
createNote(element("note"), store);
createDrop(element("drop"), store, session);
createSpotlight(element("spotlight"), store);
// Loaded only when first presenting.
let presenter = false;
effect(() => {
  if (!store.present.value || presenter) return;
  presenter = true;
  const before = { camera: store.camera.peek(), focus: document.activeElement };
  void underWay("part", import("./panels/chrome/present.js")).then(({ createPresent }) =>
    createPresent(element("present"), root, store, session, before),
  );
});
if (framed) leadHome(/** @type {HTMLAnchorElement} */ (element("open-here")), store);
addEventListener("hashchange", () => void follow(store, session, location.hash));
createOutput(element("panel-output"), store, (line) => {
  store.leftTab.value = "program";
  void editor.then(({ goTo }) => goTo(line, null));
});
createProblem(element("problem"), store, session, (line, column) => void editor.then(({ goTo }) => goTo(line, column)));

createKeys(commands, store);
// With hidden parts there are no welcome tips about the rest.
if (!framed && store.hidden.peek().size === 0 && !store.present.peek() && recall("backlit-welcomed") === null)
  store.firstStep.value = 1;
const welcome = computed(() => store.firstStep.value > 0);
let welcomed = false;
effect(() => {
  if (!welcome.value || welcomed) return;
  welcomed = true;
  void underWay("part", import("./panels/chrome/welcome.js")).then(({ createWelcome }) =>
    createWelcome(element("welcome"), store),
  );
});

// From here on the page is ready: keys work and the editor accepts input.
void editor.then(() => (root.dataset.ready = ""));
