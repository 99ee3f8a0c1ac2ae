/**
 * A question with its feedback. A first wrong answer gets a hint and one more try; after a second, the right answer is
 * shown. A question never blocks the way forward.
 * @typedef {import("../wire.d.ts").LessonQuestion} Question
 * @typedef {import("../wire.d.ts").SentencePart} Part
 * @typedef {object} Page
 * @property {() => number | null} expected  the right number for the current values
 * @property {(said: number) => Promise<Part[]>} slip  the likely cause of a wrong number; [] if none is known
 * @property {() => void} onward  continues, when the same answer is submitted again (Enter twice)
 */
import { signal } from "@preact/signals-core";
import { render } from "lit-html";
import { spoken } from "../panels/kit/spoken.js";
import { parseNumber } from "../words/format.js";
import { judge } from "./judge.js";

/** @typedef {"" | "missed" | "revealed"} State  missed: one try is left */

/**
 * @param {HTMLFormElement} form  rendered by the server
 * @param {Question} question
 * @param {Page} page
 */
export function createAsk(form, question, { expected, slip, onward }) {
  const answer = /** @type {HTMLDetailsElement} */ (form.querySelector("details"));
  const verdict = /** @type {HTMLElement} */ (form.querySelector(".verdict"));
  const hint = /** @type {HTMLElement} */ (form.querySelector(".hint"));
  const button = /** @type {HTMLElement} */ (form.querySelector(".reveal"));
  const field = form.querySelector("input:not([type=radio])");
  const state = signal(/** @type {State} */ (""));
  /** The answer judged last; null while the reader may answer. @type {string | null} */
  let judged = null;

  const given = () => String(new FormData(form).values().next().value ?? "");
  const isNumber = () => !Number.isNaN(parseNumber(given()));
  const say = () => {
    const next = { revealed: "Continue →", missed: "Show answer", "": "" }[state.peek()];
    const same = judged !== null && judged === given();
    button.textContent = same ? next : given().trim() === "" ? "Reveal" : "Check";
    // Encourage another try; giving up is only an option.
    button.classList.toggle("quieter", same && state.peek() === "missed");
  };

  function reveal() {
    const said = judge(question, given(), expected());
    form.dataset.verdict = said === null ? "" : said.right ? "right" : "wrong";
    if (said !== null) verdict.textContent = `${said.right ? "✓ Right." : "✗ Not quite."} ${said.text}`;
    else if (state.peek() !== "") verdict.textContent = "Here is the answer.";
    else verdict.textContent = "You made no guess. Even a wrong guess teaches more than none.";
    for (const [place, item] of form.querySelectorAll(".choices li").entries()) {
      const right =
        question.kind === "choice" ? question.choices[place].right : [-1, 0, 1][place] === Math.sign(expected() ?? NaN);
      item.classList.toggle("right", right);
    }
    answer.open = true;
    judged = given();
    state.value = "revealed";
    say();
  }

  /** After a first wrong answer: the likely mistake or else a hint, then the reader tries again. */
  async function miss() {
    const said = given();
    judged = said;
    form.dataset.verdict = "missed";
    form.querySelector("li:has(:checked)")?.classList.add("tried");
    const head = document.createElement("b");
    head.textContent = "✗ Not yet.";
    const help = document.createElement("span");
    help.className = "help";
    verdict.replaceChildren(head, " ", help);
    state.value = "missed";
    say();
    if (field instanceof HTMLInputElement && document.activeElement === field) field.select();
    if (field && !isNumber()) {
      help.textContent = "That is not a number. Write it like 2.5 or 1e-3. Try once more.";
      return;
    }
    const parts = field ? await slip(parseNumber(said)) : [];
    // The reader may have asked for the answer meanwhile.
    if (state.peek() !== "missed") return;
    if (parts.length > 0) render(spoken(parts), help);
    else {
      hint.hidden = false;
      help.append(hint);
    }
    help.append(" Try once more.");
  }

  /** What Enter and the button do now. */
  function submit() {
    if (judged !== null && judged === given()) {
      if (state.peek() === "revealed") onward();
      else reveal();
      return;
    }
    const wrong = given().trim() !== "" && !judge(question, given(), expected())?.right;
    if (wrong && state.peek() === "") void miss();
    else reveal();
  }
  form.addEventListener("input", () => {
    // A revealed answer stays; another guess is judged again.
    if (state.peek() === "revealed") judged = null;
    say();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return { state, submit };
}
