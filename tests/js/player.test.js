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

/** @param {player.Clock} clock @param {number} ms in frames of 16 @returns {number[]} the whole steps it stood in */
function watch(clock, ms) {
  /** @type {number[]} */
  const seen = [];
  for (let at = 0; at < ms; at += 16) {
    clock = player.advance(clock, cues, 16);
    if (clock.time !== seen.at(-1)) seen.push(clock.time);
  }
  return seen;
}

test("in a loop it rests at the end and begins again", () => {
  const nearly = { ...player.play(player.AT_START, cues), loop: true, time: endOf(cues) - 0.01 };
  const seen = watch(nearly, 3000);
  assert.ok(seen.includes(endOf(cues)));
  assert.ok(Number(seen.at(-1)) < 3, "and plays on from the start");
  assert.equal(player.advance(nearly, cues, 50).playing, true);
});

test("a loop that is switched off plays to the end and stops", () => {
  const resting = player.advance(
    { ...player.play(player.AT_START, cues), loop: true, time: endOf(cues) - 0.01 },
    cues,
    100,
  );
  assert.equal(resting.time, endOf(cues));
  assert.ok(resting.rest > 0);
  assert.equal(player.advance(player.play(player.AT_START, cues), cues, 1e6).playing, false);
});

test("a part plays its stretches alone, slowly, and rests after the last", () => {
  const spans = [
    { from: 2, to: 3 },
    { from: 8, to: 9 },
  ];
  const start = player.playPart(player.AT_START, spans);
  assert.equal(start.time, 2);
  const seen = watch(start, 20_000);
  assert.ok(seen.every((time) => (time > 2 && time <= 3) || (time >= 8 && time <= 9)));
  assert.ok(seen.includes(3) && seen.some((time) => time > 8 && time < 8.1));
  const clock = player.advance(start, cues, 20_000);
  assert.deepEqual([clock.time, clock.playing, clock.route], [9, false, null]);
  const { duration } = cues.steps[3];
  assert.ok(player.advance(start, cues, duration).time < 3, "slower than usual");
});

test("a part in a loop begins with its first stretch again", () => {
  const start = { ...player.playPart(player.AT_START, [{ from: 2, to: 3 }]), loop: true };
  const clock = player.advance(start, cues, 60_000);
  assert.equal(clock.playing, true);
  assert.ok(clock.time >= 2 && clock.time <= 3);
});

test("a part that was paused goes on; any other order ends it", () => {
  const under = player.advance(
    player.playPart(player.AT_START, [
      { from: 2, to: 3 },
      { from: 8, to: 9 },
    ]),
    cues,
    200,
  );
  const paused = player.pause(under);
  assert.equal(player.advance(paused, cues, 1000), paused);
  assert.equal(player.advance(player.play(paused, cues), cues, 60_000).time, 9);
  for (const other of [
    player.seek(paused, cues, 5),
    player.stepBack(paused),
    player.stepForward(paused, cues),
    player.rewind(paused),
  ])
    assert.equal(other.route, null);
});

test("running to a moment stops there, and takes no more than seconds", () => {
  const start = player.runTo(player.AT_START, cues, 7);
  assert.equal(player.advance(start, cues, player.RUN + 1).time, 7);
  assert.equal(player.advance({ ...start, loop: true }, cues, 1e6).playing, false, "also in a loop");
  const back = player.runTo({ ...player.AT_START, time: 9 }, cues, 7);
  assert.deepEqual([back.time, back.playing], [7, false]);
});

test("a thousand steps: from any frame rate the same moments, each step by step exactly", () => {
  const long = { ...cues, steps: Array.from({ length: 1001 }, () => ({ ...cues.steps[1], duration: 45 })) };
  let clock = player.AT_START;
  for (let k = 1; k <= 1000; k += 1) {
    clock = player.advance(player.stepForward(clock, long), long, 1000);
    assert.equal(clock.time, k);
  }
  for (let k = 999; k >= 0; k -= 1) assert.equal((clock = player.stepBack(clock)).time, k);
});

test("without motion time is whole steps, and of many steps not each while it plays", () => {
  const long = { ...cues, steps: Array.from({ length: 1001 }, () => ({ ...cues.steps[1], duration: 50 })) };
  const playing = player.play({ ...player.AT_START, time: 100.4 }, long);
  const shown = new Set(Array.from({ length: 100 }, (_, i) => player.calmly({ ...playing, time: 100 + i }, long)));
  assert.ok(shown.size <= 8, `${shown.size} pictures in five seconds`);
  assert.equal(player.calmly({ ...playing, playing: false }, long), 100);
  assert.equal(player.calmly({ ...playing, time: 1000 }, long), 1000);
  assert.equal(player.calmly({ ...player.play(player.AT_START, cues), time: 2.9 }, cues), 2, "few steps are all shown");
});

test("another program takes the moment along, but not the way that was under way", () => {
  const clock = player.carryOver(player.playPart(player.AT_START, [{ from: 2, to: 3 }]), cues, 99);
  assert.deepEqual([clock.time, clock.route, clock.playing], [endOf(cues), null, true]);
});

test("when steps change their size, a part goes on in the new ones", () => {
  const clock = player.advance(player.playPart(player.AT_START, [{ from: 2, to: 3 }]), cues, 100);
  const doubled = player.rescale(clock, (time) => time * 2);
  assert.deepEqual(doubled.route?.spans, [{ from: 4, to: 6 }]);
  assert.ok(doubled.playing && doubled.time > 4);
});

test("nothing plays beyond a halt, not even a step or a part, and a loop begins anew before it", () => {
  const halt = cues.seedStep;
  for (const order of [
    player.play({ ...player.AT_START, loop: true }, cues),
    player.runTo(player.AT_START, cues, endOf(cues)),
    player.playPart(player.AT_START, [{ from: 0, to: endOf(cues) }]),
  ]) {
    const stopped = player.advance(order, cues, 1e6, halt);
    assert.deepEqual([stopped.time, stopped.playing, stopped.target, stopped.route], [halt, false, null, null]);
    assert.equal(player.advance(player.stepForward(stopped, cues), cues, 1e6, halt).time, halt);
    assert.equal(player.advance(player.stepForward(stopped, cues), cues, 1e6).time, halt + 1);
  }
});
