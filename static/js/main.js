/** Wires the page. The only module that looks up elements by id. */
import { effect } from "@preact/signals-core";
import { commandFor, createCommands } from "./commands.js";
import { createLayouter } from "./layout/layout.js";
import { createHeader } from "./panels/header.js";
import { createInspector } from "./panels/inspector.js";
import { createMaths } from "./panels/maths.js";
import { createNetwork } from "./panels/network.js";
import { createOutput } from "./panels/output.js";
import { createProblem } from "./panels/problem.js";
import { createSides } from "./panels/sides.js";
import { createStageBar } from "./panels/stagebar.js";
import { createLanes, createSentence, createTransport } from "./panels/transport.js";
import { createValues } from "./panels/values.js";
import { createScene } from "./scene/scene.js";
import { createSession } from "./session.js";
import { createStore } from "./store.js";
import { advance } from "./timeline/player.js";
import { fromFragment } from "./url.js";
import { givenFrom } from "./values.js";

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element #${id}`);
  return found;
}

const store = createStore();
const root = document.documentElement;

// A link may say what to open.
const shared = fromFragment(location.hash);
if (shared.program !== undefined) {
  store.program.value = shared.program;
  store.opened.value = { title: "From a link", hint: "", program: shared.program };
  store.given.value = {};
}
if (shared.values !== undefined) store.given.value = givenFrom(shared.values);
if (shared.time !== undefined) store.clock.value = { ...store.clock.peek(), time: shared.time };

const motion = matchMedia("(prefers-reduced-motion: reduce)");
store.reducedMotion.value = motion.matches;
motion.addEventListener("change", () => (store.reducedMotion.value = motion.matches));

const THEME = "backlit-theme";
const remembered = recall(THEME);
if (remembered === "dark" || remembered === "light") store.theme.value = remembered;
effect(() => {
  const theme = store.theme.value;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  remember(THEME, theme);
});
effect(() => {
  root.toggleAttribute("data-present", store.present.value);
  root.dataset.sheet = store.sheet.value;
});

const commands = createCommands(store);
const session = createSession(store);
void session.loadOps();

createHeader(element("header"), store, session, commands);
createSides(
  {
    left: element("left-tabs"),
    right: element("right-tabs"),
    panels: { program: element("panel-program"), network: element("panel-network"), node: element("panel-node"), output: element("panel-output") },
  },
  store,
);
createStageBar(element("legend"), element("stage-bar"), store, commands);
createScene(element("stage"), store, createLayouter(), matchMedia("(max-width: 720px)"));
createTransport(element("transport"), store, commands);
createLanes(element("lanes"), store);
createSentence(element("sentence"), element("live"), store);
createValues(element("values"), store, session);
createNetwork(element("panel-network"), store, session);
createInspector(element("panel-node"), store, createMaths(root.dataset.katex ?? ""));
createOutput(element("panel-output"), store);

// The program stands there at once; the editor takes its place when it has come.
element("program").textContent = store.program.value;
const editor = import("./panels/editor.js").then(({ createEditor }) => {
  const host = element("editor");
  host.replaceChildren();
  return createEditor(host, store, session, root.dataset.nonce ?? "");
});
createProblem(element("problem"), store, session, (line, column) => void editor.then(({ goTo }) => goTo(line, column)));

addEventListener("keydown", (event) => {
  const command = commandFor(commands, event, controlKind(event.target));
  if (!command || (command.enabled && !command.enabled())) return;
  event.preventDefault();
  // Escape also leaves a field, so that keys mean commands again.
  if (command === commands.release && event.target instanceof HTMLElement) event.target.blur();
  command.run();
});

// The clock runs only while something plays.
let running = false;
effect(() => {
  if (!store.clock.value.playing || running) return;
  running = true;
  let before = performance.now();
  /** @param {number} now */
  const tick = (now) => {
    const cues = store.cues.peek();
    // A tab that slept does not jump ahead when it wakes.
    if (cues) store.clock.value = advance(store.clock.peek(), cues, Math.min(now - before, 100));
    before = now;
    running = store.clock.peek().playing;
    if (running) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
});

/** @param {EventTarget | null} target @returns {string} which kind of control has the focus, as commands.js names them */
function controlKind(target) {
  if (!(target instanceof Element)) return "";
  if (target.closest(".cm-editor")) return "editor";
  if (target instanceof HTMLInputElement) return target.type;
  const role = target.getAttribute("role");
  if (role === "tab") return "tab";
  const tag = target.tagName.toLowerCase();
  return tag === "a" || tag === "summary" || role === "button" ? "button" : tag;
}

/** @param {string} key */
function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden; the page works without
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // as above
  }
}
