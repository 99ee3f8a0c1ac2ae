/** Wires the page of a lesson; its only module that looks up elements by id. */
import { batch, computed, effect, signal, untracked } from "@preact/signals-core";
import { html, render } from "lit-html";
import { createAccounts } from "../queries/accounts.js";
import { get } from "../api.js";
import { createAppearance } from "../appearance.js";
import { createChecks } from "../queries/checks.js";
import { createDerivations } from "../queries/derivations.js";
import { createTrainer } from "../queries/training.js";
import { runClock } from "../clock.js";
import { element } from "../dom.js";
import { begin, OFF } from "../predict.js";
import { goTo } from "../commands/find.js";
import { tooltip } from "../commands/command.js";
import { createEdits } from "../edits/edits.js";
import { createKeys } from "../keys.js";
import { createNudges } from "../queries/nudge.js";
import { presentButton, themeButton } from "../panels/kit/button.js";
import { createCellCard } from "../panels/node/cell.js";
import { createDialogs, later } from "../panels/chrome/dialogs.js";
import { createMaths } from "../panels/kit/maths.js";
import { leadHome } from "../links/restore.js";
import { createSession } from "../session.js";
import { createStore } from "../store.js";
import { requestView } from "../store/view.js";
import { runTo, seek } from "../timeline/player.js";
import { createAsk } from "./ask.js";
import { createFitting } from "./fitting.js";
import { lessonCommands } from "./commands.js";
import { differing, givenFor, madeWith } from "./given.js";
import { knownFrom, timeOf } from "./moments.js";
import { createScrolling } from "./scrolling.js";
import { keepPunctuation } from "./keep_punctuation.js";
import { createSlip } from "./likely.js";
import { createNumbers } from "./numbers.js";
import { allProgress, keepProgress } from "./progress.js";
import { isReached, isTraced, quantity } from "./quantities.js";
import { createInspectorSheet } from "./inspector_sheet.js";
import { createStepFigures } from "./step_figures.js";
import { createStage } from "./stage.js";
import { createWalk } from "./walk.js";

const root = document.documentElement;
const slug = root.dataset.lesson ?? "";
const lesson = /** @type {import("../wire.d.ts").LessonAnswer} */ (await get(`lessons/${slug}`));
const { steps } = lesson;
const items = [...element("text").querySelectorAll(".step")].map((item) => /** @type {HTMLElement} */ (item));

/** @returns {number | null} the step in the address, from 0 */
const addressed = () => {
  const found = Number(/^#step-(\d+)$/.exec(location.hash)?.[1] ?? 0);
  return found >= 1 && found <= steps.length ? found - 1 : null;
};
const left = allProgress()[slug];
const resumed = left && !left.done ? Math.min(left.at, steps.length) - 1 : 0;
const at = signal(addressed() ?? resumed);
/** The furthest step reached, and whether the lesson was finished. */
const reached = signal(Math.max(at.peek(), resumed));
const finished = signal(left?.done ?? false);
const step = computed(() => steps[at.value]);

const store = createStore();
/** The step whose moment the timeline goes to once its trace is there. */
const arriving = signal(/** @type {import("../wire.d.ts").LessonStep | null} */ (null));
const own = computed(() => givenFor(step.value.program, step.value.values));

/** Sets program, values, selection and open groups of the current step. */
function setUp() {
  const { program, select, open } = step.peek();
  store.opened.value = { title: lesson.title, hint: "", program };
  store.program.value = program;
  store.given.value = own.peek();
  store.openGroups.value = open === null ? null : new Set(open);
  store.selection.value = select;
  requestView(store, "fit");
}

setUp();
arriving.value = step.peek();
createAppearance(root, store);
const session = createSession(store);
const trainer = createTrainer(store);
const edits = createEdits(store, session, trainer, { keep: false, onFirst: () => {} });
runClock(store);
void session.loadOps();
createAccounts(store);
createChecks(store);
createDerivations(store);
createNudges(store);
const slip = createSlip(store);
const maths = createMaths(root.dataset.katex ?? "");

effect(() => {
  const [wanted, trace, cues] = [arriving.value, store.visibleTrace.value, store.cues.value];
  if (!wanted || !trace || !cues || store.traced.value !== wanted.program) return;
  arriving.value = null;
  store.clock.value = seek(store.clock.peek(), cues, timeOf(wanted.moment, trace, cues));
});

/** What the shown step of a training has moved. */
const learned = computed(() => (store.trainStep.value === null ? [] : (store.trained.value?.begins.parameters ?? [])));
/**
 * Whether the current trace belongs to this step, even if the previous step has the same program.
 * @param {number} place
 */
const isCurrent = (place) =>
  at.value === place &&
  store.traced.value === steps[place].program &&
  store.visibleTrace.value !== null &&
  madeWith(store.visibleTrace.value, store.given.value, learned.value);

/** @param {number} place from 0 */
function go(place) {
  if (place < 0 || place >= steps.length || place === at.peek()) return;
  session.put(() => {
    at.value = place;
    reached.value = Math.max(reached.peek(), place);
    store.sheet.value = "";
    setUp();
  }, 0);
  // After the session has reset the time: an unchanged program is not traced again.
  arriving.value = step.peek();
  history.replaceState(null, "", `#step-${place + 1}`);
}
addEventListener("hashchange", () => go(addressed() ?? at.peek()));
const onward = () => {
  if (at.peek() < steps.length - 1) go(at.peek() + 1);
  else finished.value = true;
};

const commands = lessonCommands(
  { store, session, edits, trainer },
  {
    next: onward,
    back: () => go(at.peek() - 1),
    answer: () => {
      const ask = asks[at.peek()];
      if (ask && ask.state.peek() !== "revealed") ask.submit();
      else onward();
    },
    onStage: () => stage.contains(document.activeElement),
  },
);
const sheet = createInspectorSheet(element("sheet"), store, maths, commands);
const stage = createStage(element("live"), store, commands);
const show = createStepFigures(element("figures"), {
  store,
  session,
  trainer,
  epsilon: store.epsilon,
  nudge: signal(0),
  maths,
  explain: openNumber,
  stage,
});
effect(() => show(step.value.figures));
createCellCard(element("cell"), store, element("masthead"), maths);

/**
 * Shows the origin of a number in the text or a figure: its node, at a moment at which the number is known.
 * @param {import("../wire.d.ts").LessonReference} reference @param {Event} event
 */
function openNumber(reference, { currentTarget }) {
  const [trace, cues] = [store.visibleTrace.peek(), store.cues.peek()];
  // A number on an edge is explained at the node that sends it.
  const id = reference.target ?? reference.node;
  const index = trace?.byId.get(id);
  if (!trace || !cues || index === undefined) return;
  batch(() => {
    const known = knownFrom(reference, trace, cues);
    // Show its check with the ε it was made with; the figures of the step use the same.
    if (reference.epsilon !== null) store.epsilon.value = reference.epsilon;
    if (store.clock.peek().time < known) store.clock.value = seek(store.clock.peek(), cues, known);
    const drawing = store.drawing.peek();
    // A node inside a closed group is brought into view; any other is visible already.
    if (drawing?.items[drawing.itemOf[index]]?.kind === "group") goTo(store, index, false);
    else {
      store.selection.value = id;
      store.rightTab.value = "node";
    }
  });
  sheet.open();
  // The text becomes narrower and longer: keep the number in view.
  if (currentTarget instanceof HTMLElement) setTimeout(() => currentTarget.scrollIntoView({ block: "nearest" }), 50);
}

/**
 * Moves the graph to the moment that shows the answer.
 * @param {import("../wire.d.ts").LessonQuestion} question @param {number} place  index of its step
 */
function playTo({ reference }, place) {
  const [trace, cues, clock] = [store.fullTrace.value, store.cues.value, store.clock.value];
  if (!reference || !isTraced(reference) || !trace || !cues || !stage.isConnected || !isCurrent(place)) return;
  const known = knownFrom(reference, trace, cues);
  if (clock.time < known)
    store.clock.value = store.reducedMotion.value ? seek(clock, cues, known) : runTo(clock, cues, known);
}

/** @type {(ReturnType<typeof createAsk> | null)[]} */
const asks = items.map((item, place) => {
  const text = /** @type {HTMLElement} */ (item.querySelector(".text"));
  createNumbers(text, store, () => isCurrent(place), openNumber);
  const { question, goal } = steps[place];
  const note = text.querySelector(".goal");
  if (goal && note) {
    let met = false;
    effect(() => {
      const trace = store.fullTrace.value;
      if (!trace || !isCurrent(place)) return;
      met ||= isReached(goal, trace);
      note.textContent = met ? "✓ You did it." : "Not there yet: change the values.";
      note.classList.toggle("met", met);
    });
  }
  const form = text.querySelector("form");
  if (!question || !form) return null;
  const { reference } = question;
  const expected = () => {
    const trace = store.fullTrace.peek();
    const live = reference && trace && isTraced(reference) && isCurrent(place) ? quantity(reference, trace) : null;
    return live ? live.flat[0] : question.expected === null ? null : Number(question.expected);
  };
  const ask = createAsk(form, question, {
    expected,
    slip: (said) => slip(reference, said, expected(), isCurrent(place)),
    onward,
  });
  // Uncover the figures together with the answer.
  effect(() => {
    if (ask.state.value !== "revealed" || at.value !== place) return;
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (element("figures").querySelectorAll(".cover button")))
      button.click();
  });
  effect(() => {
    if (ask.state.value === "") return;
    requestAnimationFrame(() => scrolling.bring(form));
    if (ask.state.value === "revealed") untracked(() => playTo(question, place));
  });
  return ask;
});

// Until then, a gradient that the step asks for may stay covered on the stage.
effect(() => {
  const ask = asks[at.value];
  const covered = step.value.figures.find(({ name }) => name === "stage")?.options.cover;
  store.predict.value = covered && ask && ask.state.value !== "revealed" ? begin("one", covered) : OFF;
});

// Formulas are plain text until KaTeX has loaded.
const formulas = [
  .../** @type {NodeListOf<HTMLElement>} */ (element("text").querySelectorAll("span.maths[data-latex]")),
];
formulas.forEach(keepPunctuation);
effect(() => {
  for (const span of formulas) {
    const set = maths(span.dataset.latex ?? "", null);
    if (set === null) continue;
    span.textContent = "";
    render(set, span);
  }
});

const scrolling = createScrolling(element("text"), () => store.reducedMotion.peek());
// When presented, a step is alone and starts at the top.
effect(() => {
  void store.present.value;
  scrolling.show(items[at.peek()], false);
});
createFitting(element("text"), items, /** @type {HTMLButtonElement} */ (element("more")), store, at);

/** Moves the focus to the start of the step, for keyboards and screen readers, unless it is in the graph. */
function goOn(/** @type {HTMLElement} */ item) {
  if (stage.contains(document.activeElement)) return false;
  /** @type {HTMLElement} */ (item.querySelector("h2")).focus({ preventScroll: true });
  return true;
}

let before = at.peek();
effect(() => {
  const now = at.value;
  items.forEach((item, i) => {
    item.classList.toggle("on", i === now);
    item.classList.toggle("done", i < now);
    const badge = /** @type {HTMLElement} */ (item.querySelector(".badge"));
    badge.textContent = i < now ? "✓" : String(i + 1);
    const link = /** @type {HTMLElement} */ (item.querySelector("h2 a"));
    if (i === now) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  });
  keepProgress(slug, { at: reached.value + 1, of: steps.length, done: finished.value });
  if (now === before) return;
  before = now;
  // Screen readers announce a focused heading themselves.
  const title = items[now].querySelector("h2 a")?.textContent?.replace(/^Step \d+: /, "");
  element("said").textContent = goOn(items[now]) ? "" : `Step ${now + 1} of ${steps.length}: ${title}`;
  scrolling.show(items[now], true);
});

effect(() => {
  const [theme, present] = [store.theme.value, store.present.value];
  render(
    html`<a class="button" id="open-lab" href="/lab"
      title="This program at this moment, to change and explore"><span>Open in the lab</span></a>
      <button class="only-wide" title=${tooltip(commands.shareLesson)} @click=${commands.shareLesson.run}>Share</button>
      ${themeButton(commands.theme, theme)}
      ${presentButton(commands.present, present)}`,
    element("orders"),
  );
});
leadHome(/** @type {HTMLAnchorElement} */ (element("open-lab")), store);

createWalk(element("walk"), {
  steps,
  at,
  commands,
  onward,
  go,
  finish: () => (finished.value = true),
  changed: computed(() => (store.traced.value === step.value.program ? differing(store.given.value, own.value) : [])),
  restore: () => (store.given.value = own.peek()),
});

createDialogs(/** @type {HTMLDialogElement} */ (element("dialog")), store, {
  share: later("Share this lesson", () =>
    import("./share.js").then(({ createLessonShare }) =>
      createLessonShare(() => `${location.origin}${location.pathname}#step-${at.value + 1}`),
    ),
  ),
});
createKeys(commands, store);
root.dataset.ready = "";
