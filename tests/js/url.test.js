import assert from "node:assert/strict";
import test from "node:test";
import { pack, unpack } from "../../static/js/links/packing.js";
import { fromFragment, isLink, toFragment, toShortFragment } from "../../static/js/links/url.js";

/** Every field, each with something that is hard to carry. @type {import("../../static/js/links/url.js").Shared} */
const ALL = {
  program: 'y = x & 1 # 100 %\nσ = 2  # <b>="+"',
  backward: "dy = 1\ndx = dy & 2 # %",
  formula: { of: "w", text: "np.maximum(x, 2) & 3 # %" },
  output: 'params["h 1"]',
  title: "σ & co: 100 %",
  hint: "Raise b₁ + 1",
  values: { x: [[1, -1]], "c#2": 3, k: "-Infinity" },
  overrides: { W1: { line: 2, value: [[0.5, -2]] } },
  time: 8.45,
  speed: 0.25,
  loop: true,
  camera: { x: 120.5, y: -33, k: 1.25 },
  follow: true,
  branch: true,
  selection: "z1.1",
  nudge: { id: "W1[0,1]", place: 3, delta: -0.125 },
  epsilon: 1.778279410038923e-6,
  open: ["relu", "softmax,#2"],
  detail: "scalar",
  scalar: ["z1"],
  parameters: "beside",
  stage: "table",
  left: "network",
  right: "output",
  target: "torch",
  present: true,
  predict: "one:z1.1",
  theme: "dark",
  train: {
    run: { optimizer: "adam", settings: { lr: 0.1 }, changes: [{ step: 4 }] },
    step: 17,
    last: 100,
    update: "W1",
  },
  hide: ["editor", "values"],
};

const MINI = {
  program: "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2",
  title: "A mini neural network",
  values: { x: [[1], [2]], W1: [[1, -1]], b1: [[0.5]], W2: [[2]], b2: [[1]] },
  time: 8.45,
  camera: { x: 512.3, y: 208.1, k: 1.3333 },
  selection: "z1",
  theme: /** @type {const} */ ("dark"),
};

test("every field goes there and back, in both spellings", async () => {
  assert.deepEqual(await fromFragment(`#${toFragment(ALL)}`), { state: ALL, wrong: "", unread: [] });
  const short = await toShortFragment(ALL);
  assert.match(short, /^v1=[\w-]+$/);
  assert.deepEqual(await fromFragment(`#${short}`), { state: ALL, wrong: "", unread: [] });
});

test("what a state does not say, its link does not say", async () => {
  assert.equal(toFragment({ program: "y = 1" }), "program=y+%3D+1");
  assert.equal(toFragment({}), "");
  assert.deepEqual(await fromFragment("#program=y&open="), {
    state: { program: "y", open: [] },
    wrong: "",
    unread: [],
  });
});

test("a formula keeps its commas, belongs to one input, and has an end", () => {
  assert.deepEqual(fromFragment("#formula=x,2*x%2B3"), {
    state: { formula: { of: "x", text: "2*x+3" } },
    wrong: "",
    unread: [],
  });
  assert.deepEqual(fromFragment("#formula=W[0,1],a,b"), {
    state: { formula: { of: "W[0,1]", text: "a,b" } },
    wrong: "",
    unread: [],
  });
  for (const wrong of ["", "x", ",2", "[0],2", `x,${"1".repeat(2001)}`]) {
    assert.deepEqual(fromFragment(`#program=y&formula=${wrong}`), {
      state: { program: "y" },
      wrong: "",
      unread: ["formula"],
    });
  }
  assert.equal(
    new URLSearchParams(toFragment({ formula: { of: "x", text: "1".repeat(9000) } })).get("formula")?.length,
    2002,
  );
});

test("a step is read exactly, and only where a difference can be taken with it", () => {
  assert.deepEqual(fromFragment("#eps=1e-5"), { state: { epsilon: 1e-5 }, wrong: "", unread: [] });
  for (const wrong of ["0", "-1", "2", "1e-16", "NaN", "", "tiny"]) {
    assert.deepEqual(fromFragment(`#eps=${wrong}`), { state: {}, wrong: "", unread: ["eps"] });
  }
});

test("a typical link is short", async () => {
  assert.ok((await toShortFragment(MINI)).length < 300, `${(await toShortFragment(MINI)).length} characters`);
});

test("a nudge that cannot be is named, and the rest is open", async () => {
  for (const wrong of ["x", "x,0", "x,0,", "x,-1,2", "x,0.5,2", "x,0,fast", "x,0,1e7", ",0,1"]) {
    assert.deepEqual(
      await fromFragment(`#t=3&nudge=${wrong}`),
      { state: { time: 3 }, wrong: "", unread: ["nudge"] },
      wrong,
    );
  }
});

test("links written by hand are read as ever, and at once", () => {
  assert.deepEqual(fromFragment('#program=y+%3D+k+*+3&values={"k":7}&t=3'), {
    state: { program: "y = k * 3", values: { k: 7 }, time: 3 },
    wrong: "",
    unread: [],
  });
  assert.deepEqual(fromFragment("#hide=editor, values"), {
    state: { hide: ["editor", "values"] },
    wrong: "",
    unread: [],
  });
});

test("what cannot be read is named and left out, the rest is kept", async () => {
  assert.deepEqual(await fromFragment("#program=y%20%3D%20x&values={broken&t=-1"), {
    state: { program: "y = x" },
    wrong: "",
    unread: ["values", "t"],
  });
  assert.deepEqual(await fromFragment("#values=[1]"), { state: {}, wrong: "", unread: ["values"] });
  assert.deepEqual(await fromFragment(""), { state: {}, wrong: "", unread: [] });
});

for (const hostile of [
  'values={"__proto__":{"polluted":1}}',
  'values={"x":{"a":1}}',
  'values={"x":"<img>"}',
  "values=null",
  'set={"x":[0,1]}',
  'set={"x":[1.5,1]}',
  "t=NaN",
  "t=1e999",
  "t=",
  "speed=0",
  "speed=-1",
  "view=1,2",
  "view=1,2,0",
  "view=1,2,3,4",
  "view=a,b,c",
  "theme=javascript:",
  "present=yes",
  "open=[1]",
  'open=["a"',
]) {
  test(`refused: ${hostile}`, async () => {
    const { state, unread } = await fromFragment(`#${hostile}`);
    assert.deepEqual(state, {});
    assert.deepEqual(unread, [hostile.slice(0, hostile.indexOf("="))]);
    assert.equal(/** @type {any} */ ({}).polluted, undefined);
  });
}

test("a link that was cut opens what came through, and says so", async () => {
  const short = await toShortFragment({
    ...MINI,
    program: `${MINI.program}\n${Array.from({ length: 40 }, (_, i) => `c${i} = y * ${i * 37} + sin(${i})`).join("\n")}`,
  });
  for (const part of [0.5, 0.8, 0.95]) {
    const { state, wrong } = await fromFragment(short.slice(0, short.length * part));
    assert.equal(wrong, "cut");
    assert.ok(state.program?.startsWith(MINI.program), `at ${part}: ${state.program}`);
    assert.match(state.program ?? "", /\n[^\n]+\)$/, "whole lines only");
  }
  for (let length = 3; length < short.length; length += 7)
    assert.notEqual((await fromFragment(short.slice(0, length))).wrong, "", `${length} letters`);
});

test("a changed letter is noticed", async () => {
  const short = await toShortFragment(MINI);
  for (let at = 3; at < short.length; at += 5) {
    const changed = short.slice(0, at) + (short[at] === "A" ? "B" : "A") + short.slice(at + 1);
    // The last letter may carry bits that mean nothing.
    if (at < short.length - 1) assert.notEqual((await fromFragment(changed)).wrong, "", `letter ${at}`);
  }
});

test("signs that a chat program added do no harm", async () => {
  assert.deepEqual(await fromFragment(`${await toShortFragment(MINI)}.)`), { state: MINI, wrong: "", unread: [] });
});

test("a plain field beside a packed one wins", async () => {
  const { state } = await fromFragment(`${await toShortFragment(MINI)}&hide=legend&t=2`);
  assert.deepEqual(state, { ...MINI, hide: ["legend"], time: 2 });
});

test("a link of a newer kind says so", async () => {
  assert.deepEqual(await fromFragment("#v2=abcdef&t=3"), { state: { time: 3 }, wrong: "newer", unread: [] });
});

test("nothing that is no word of ours breaks the page", async () => {
  for (const word of ["", "A", "AAAA", "AAAAA", "AAAAAA", "????", "AAAA%00%ff", "Zm9vYmFy".repeat(2000), "ÄÖÜ"]) {
    assert.notEqual((await fromFragment(`#v1=${word}`)).wrong, "", word);
  }
  assert.equal((await fromFragment(`#v1=${"A".repeat(1_000_000)}`)).wrong, "damaged");
});

test("a small word cannot become a large text", async () => {
  const { text, state } = await unpack(await pack("y".repeat(50_000_000)));
  assert.equal(state, "cut");
  assert.ok(text.length < 4_000_000, `${text.length} signs`);
});

test("places on the page are no links", () => {
  assert.equal(isLink("#lanes"), false);
  assert.equal(isLink("#t=3"), true);
});
