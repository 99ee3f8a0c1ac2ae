import assert from "node:assert/strict";
import test from "node:test";
import { endOf } from "../../static/js/timeline/cues.js";
import * as player from "../../static/js/timeline/player.js";
import { loaded } from "./fixtures/load.js";

const { cues } = loaded("mini");

test("plays to the end and stops there", () => {
  let clock = player.play(player.AT_START, cues);
  for (let i = 0; i < 5000 && clock.playing; i += 1) clock = player.advance(clock, cues, 16);
  assert.equal(clock.time, endOf(cues));
  assert.equal(clock.playing, false);
});

test("one slow frame comes as far as many fast ones", () => {
  const start = player.play(player.AT_START, cues);
  let many = start;
  for (let i = 0; i < 300; i += 1) many = player.advance(many, cues, 10);
  assert.ok(Math.abs(player.advance(start, cues, 3000).time - many.time) < 1e-9);
});

test("speed is a factor", () => {
  const start = player.play(player.AT_START, cues);
  const twice = player.advance({ ...start, speed: 2 }, cues, 1000).time;
  assert.ok(Math.abs(twice - player.advance(start, cues, 2000).time) < 1e-9);
});

test("a step plays to the next whole number and stops", () => {
  let clock = player.stepForward(player.AT_START, cues);
  assert.equal(clock.target, 1);
  clock = player.advance(clock, cues, 10_000);
  assert.deepEqual([clock.time, clock.playing], [1, false]);
});

test("pressed again, the running step is finished at once and the next begins", () => {
  const running = player.advance(player.stepForward(player.AT_START, cues), cues, 100);
  const clock = player.stepForward(running, cues);
  assert.deepEqual([clock.time, clock.target], [1, 2]);
});

test("back goes to the end of the step before", () => {
  assert.equal(player.stepBack({ ...player.AT_START, time: 3.4 }).time, 3);
  assert.equal(player.stepBack({ ...player.AT_START, time: 3 }).time, 2);
  assert.equal(player.stepBack(player.AT_START).time, 0);
});

test("forward, forward, back is one step forward, however fast they come", () => {
  const twice = player.stepForward(player.stepForward(player.AT_START, cues), cues);
  assert.equal(player.stepBack(twice).time, 1);
});

test("play at the end starts over", () => {
  assert.equal(player.play({ ...player.AT_START, time: endOf(cues) }, cues).time, 0);
});

test("at the end there is no further step", () => {
  assert.equal(player.stepForward({ ...player.AT_START, time: endOf(cues) }, cues).playing, false);
});

test("speeds stay within their list", () => {
  let clock = player.AT_START;
  for (let i = 0; i < 10; i += 1) clock = player.faster(clock, 1);
  assert.equal(clock.speed, 4);
  for (let i = 0; i < 10; i += 1) clock = player.faster(clock, -1);
  assert.equal(clock.speed, 0.25);
});
