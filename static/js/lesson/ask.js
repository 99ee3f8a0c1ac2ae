/**
 * A question: what the reader says, and what is said to it. A wrong answer is followed by a hint and one try more, then by
 * the right one. It blocks nothing.
 * @typedef {import("../wire.d.ts").LessonQuestion} Question
 * @typedef {import("../wire.d.ts").SentencePart} Part
 * @typedef {object} Page
 * @property {() => number | null} expected  the right number for the values at hand
 * @property {(said: number) => Promise<Part[]>} slip  what likely leads to a wrong number; [] where nothing is known
 * @property {() => void} onward  asked for by saying the same once more: Enter, and Enter again
 */
import { signal } from "@preact/signals-core";
import { render } from "lit-html";
import { spoken } from "../panels/kit/spoken.js";
import { parseNumber } from "../words/format.js";
import { judge } from "./judge.js";

/** @typedef {"" | "missed" | "revealed"} State  missed: one try is left */

/**
 * @param {HTMLFormElement} form as the server wrote it
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
  /** What was judged last; null as long as something else may be judged. @type {string | null} */
  let judged = null;

  const given = () => String(new FormData(form).values().next().value ?? "");
  const isNumber = () => !Number.isNaN(parseNumber(given()));
  const say = () => {
    const next = { revealed: "Go on →", missed: "Show answer", "": "" }[state.peek()];
    const same = judged !== null && judged === given();
    button.textContent = same ? next : given().trim() === "" ? "Reveal" : "Check";
    // Another try is what is wanted; giving up is only possible.
    button.classList.toggle("quieter", same && state.peek() === "missed");
  };

  function reveal() {
    const said = judge(question, given(), expected());
    form.dataset.verdict = said === null ? "" : said.right ? "right" : "wrong";
    if (said !== null) verdict.textContent = `${said.right ? "✓ Right." : "✗ Not quite."} ${said.text}`;
    else if (state.peek() !== "") verdict.textContent = "Here is the answer.";
    else verdict.textContent = "Nothing was guessed. Even a wrong guess teaches more than none.";
    for (const [place, item] of form.querySelectorAll(".choices li").entries()) {
      const right = question.kind === "choice" ? question.choices[place].right : [-1, 0, 1][place] === Math.sign(expected() ?? NaN);
      item.classList.toggle("right", right);
    }
    answer.open = true;
    judged = given();
    state.value = "revealed";
    say();
  }

  /** A first wrong answer: what was likely missed, else where to look; then it is the reader's turn again. */
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
      help.textContent = "That is no number. Write it like 2.5 or 1e-3. Try once more.";
      return;
    }
    const parts = field ? await slip(parseNumber(said)) : [];
    // Whoever did not wait has the answer by now.
    if (state.peek() !== "missed") return;
    if (parts.length > 0) render(spoken(parts), help);
    else {
      hint.hidden = false;
      help.append(hint);
    }
    help.append(" Try once more.");
  }

  /** What Enter and the button mean now. */
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
    // The answer that is there stays; another guess is judged anew.
    if (state.peek() === "revealed") judged = null;
    say();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return { state, submit };
}
