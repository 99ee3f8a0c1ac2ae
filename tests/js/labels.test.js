import assert from "node:assert/strict";
import test from "node:test";
import { overlap } from "../../static/js/layout/boxes.js";
import { measured, placesAlong, placesAround } from "../../static/js/scene/labels/along.js";
import { createPlacing } from "../../static/js/scene/labels/placing.js";
import { createRoom } from "../../static/js/scene/labels/room.js";

/** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 a straight spline */
const straight = (x0, y0, x1, y1) =>
  [0, 1 / 3, 2 / 3, 1].map((t) => ({ x: x0 + (x1 - x0) * t, y: y0 + (y1 - y0) * t }));
const everywhere = { x: -1e4, y: -1e4, width: 2e4, height: 2e4 };
const empty = () => ({ solid: createRoom(), lines: createRoom(), bounds: everywhere });
const size = { width: 40, height: 20 };
/** @param {{x: number, y: number} | null} point to a tenth of a px */
const near = (point) => point && { x: Math.round(point.x * 10) / 10 + 0, y: Math.round(point.y * 10) / 10 + 0 };

test("boxes that touch do not overlap, and are found across squares", () => {
  assert.equal(overlap({ x: 0, y: 0, width: 10, height: 10 }, { x: 10, y: 0, width: 10, height: 10 }), false);
  const room = createRoom();
  room.take({ x: -500, y: 40, width: 1000, height: 2 }, 3);
  for (const x of [-480, 0, 480]) assert.equal(room.within({ x, y: 0, width: 10, height: 60 }), 1);
  assert.equal(room.within({ x: 0, y: 43, width: 10, height: 60 }), 0);
  assert.equal(
    room.within({ x: 0, y: 0, width: 10, height: 60 }, (line) => line === 3),
    0,
  );
});

test("a label stands in the middle of a long line, and beside a short one, above it first", () => {
  const long = placesAlong(measured(straight(0, 0, 200, 0)), size, { seen: 40 });
  assert.deepEqual(near(long[0]), { x: 100, y: 0 });
  const short = placesAlong(measured(straight(0, 0, 60, 0)), size, { seen: 40, clear: 13 });
  assert.deepEqual(short.slice(0, 2).map(near), [
    { x: 30, y: -23 },
    { x: 30, y: 23 },
  ]);
  // What matters is how much of the line it hides: less, where the line is steep.
  const steep = placesAlong(measured(straight(0, 0, 0, 70)), size, { seen: 40 });
  assert.deepEqual(near(steep[0]), { x: 0, y: 35 });
});

test("a second label takes the next place, and none where there is no room", () => {
  const obstacles = empty();
  const place = createPlacing(obstacles);
  const along = measured(straight(0, 0, 300, 0));
  const found = Array.from({ length: 60 }, () => place(placesAlong(along, size, { seen: 40 }))).filter(
    (at) => at !== null,
  );
  assert.ok(found.length > 2 && found.length < 60);
  const boxes = found.map(({ x, y }) => ({ x: x - size.width / 2, y: y - size.height / 2, ...size }));
  boxes.forEach((box, i) => boxes.slice(i + 1).forEach((other) => assert.equal(overlap(box, other), false)));
  obstacles.solid.take({ x: -100, y: -100, width: 500, height: 200 });
  assert.equal(createPlacing(obstacles)(placesAlong(along, size, { seen: 40 })), null);
});

test("nothing lies on a node, and on foreign lines only where no other place is left", () => {
  const node = { x: 0, y: 0, width: 60, height: 40 };
  const obstacles = empty();
  obstacles.solid.take(node);
  const around = placesAround(node, size);
  assert.deepEqual(near(createPlacing(obstacles)(around)), { x: 30, y: 54 });
  obstacles.lines.take({ x: 0, y: 45, width: 60, height: 4 }, 0);
  assert.deepEqual(near(createPlacing(obstacles)(around)), { x: 30, y: -14 });
  // Its own line is no obstacle.
  assert.deepEqual(near(createPlacing(obstacles)(around, 0)), { x: 30, y: 54 });
  // Lines everywhere, the fewest to the left.
  for (const y of [-20, -10, 50, 60]) obstacles.lines.take({ x: -100, y, width: 300, height: 2 }, 1);
  for (const x of [70, 90]) obstacles.lines.take({ x, y: -100, width: 2, height: 200 }, 1);
  obstacles.lines.take({ x: -20, y: -100, width: 2, height: 200 }, 1);
  assert.deepEqual(near(createPlacing(obstacles)(around)), { x: -24, y: 20 });
});

test("a label of a line never lies on another one alone", () => {
  const obstacles = empty();
  obstacles.solid.take({ x: -20, y: -10, width: 100, height: 20 });
  obstacles.lines.take({ x: -50, y: -40, width: 160, height: 20 }, 1);
  obstacles.lines.take({ x: -50, y: 20, width: 160, height: 20 }, 1);
  const places = placesAlong(measured(straight(0, 0, 60, 0)), size, { seen: 40, clear: 13 });
  assert.equal(createPlacing(obstacles)(places, 0), null);
  assert.notEqual(createPlacing(obstacles)(places, 1), null);
});

test("labels stay within the picture's margin", () => {
  const obstacles = { ...empty(), bounds: { x: 0, y: 0, width: 100, height: 60 } };
  assert.deepEqual(near(createPlacing(obstacles)(placesAround({ x: 40, y: 30, width: 20, height: 30 }, size))), {
    x: 50,
    y: 16,
  });
});

test("what is printed on a line gives way to the labels of that line", () => {
  const obstacles = empty();
  obstacles.solid.take({ x: 90, y: -5, width: 20, height: 10 }, 4);
  const along = measured(straight(0, 0, 200, 0));
  const places = placesAlong(along, size, { seen: 40 });
  assert.deepEqual(near(createPlacing(obstacles, (line) => line === 4)(places, 4)), { x: 100, y: 0 });
  assert.notDeepEqual(near(createPlacing(obstacles)(places, 4)), { x: 100, y: 0 });
});
