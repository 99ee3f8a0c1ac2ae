/**
 * A question: what the reader says, and what is said to it. A wrong answer blocks nothing.
 * @typedef {import("../wire.d.ts").LessonQuestion} Question
 */
import { signal } from "@preact/signals-core";
import { judge } from "./judge.js";

/**
 * @param {HTMLFormElement} form as the server wrote it
 * @param {Question} question
 * @param {() => number | null} expected  the right number for the values at hand
 * @param {() => void} onward  asked for by saying the same once more: Enter, and Enter again
 */
export function createAsk(form, question, expected, onward) {
  const answer = /** @type {HTMLDetailsElement} */ (form.querySelector("details"));
  const verdict = /** @type {HTMLElement} */ (form.querySelector(".verdict"));
  const button = /** @type {HTMLElement} */ (form.querySelector(".reveal"));
  const revealed = signal(false);
  /** What was judged last; null as long as something else may be judged. @type {string | null} */
  let judged = null;

  const given = () => String(new FormData(form).values().next().value ?? "");

  function reveal() {
    const said = judge(question, given(), expected());
    form.dataset.verdict = said === null ? "" : said.right ? "right" : "wrong";
    const field = form.querySelector("input");
    if (said === null) {
      verdict.textContent = field?.name === "number" && field.value.trim() !== "" ? "That is no number; here is the answer all the same." : "Nothing was guessed. Even a wrong guess teaches more than none.";
    } else verdict.textContent = `${said.right ? "✓ Right." : "✗ Not quite."} ${said.text}`;
    for (const [place, item] of form.querySelectorAll(".choices li").entries()) {
      const right = question.kind === "choice" ? question.choices[place].right : [-1, 0, 1][place] === Math.sign(expected() ?? NaN);
      item.classList.toggle("right", right);
    }
    answer.open = true;
    judged = given();
    button.textContent = "Go on →";
    revealed.value = true;
  }
  form.addEventListener("input", () => {
    judged = null;
    button.textContent = "Reveal";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (judged !== null && judged === given()) onward();
    else reveal();
  });
  return { revealed, reveal };
}
