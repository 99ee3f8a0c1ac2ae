/**
 * The corner of a window in which something can stand without covering what is drawn. Pure.
 * @typedef {import("./read.js").Box} Box
 * @typedef {{width: number, height: number}} Size
 * @typedef {{right: boolean, bottom: boolean, area: Box}} Corner  area: the part of the window in which it is the
 *   corner
 * @typedef {Corner & {rooms: Size[]}} Free  rooms: the largest that are free there, the narrowest first
 */
import { overlap } from "./boxes.js";

/** @param {Corner} corner @param {Size} size @returns {Box} where something of this size stands there */
export function standing({ right, bottom, area }, { width, height }) {
  return {
    x: right ? area.x + area.width - width : area.x,
    y: bottom ? area.y + area.height - height : area.y,
    width,
    height,
  };
}

/**
 * Every largest free room in a corner: the wider it is, the lower, as what is drawn forms steps there.
 * @param {Corner} corner @param {Box[]} taken @returns {Free}
 */
export function freeIn(corner, taken) {
  const { area, right, bottom } = corner;
  // As seen from the corner: how far away each box begins, sideways and up or down.
  const away = taken
    .filter((box) => overlap(box, area))
    .map(({ x, y, width, height }) => ({
      across: Math.max(0, right ? area.x + area.width - (x + width) : x - area.x),
      down: Math.max(0, bottom ? area.y + area.height - (y + height) : y - area.y),
    }))
    .sort((a, b) => a.across - b.across);
  /** @type {Size[]} */
  const rooms = [];
  let height = area.height;
  for (const { across, down } of away) {
    if (down >= height) continue;
    if (across > 0) rooms.push({ width: across, height });
    height = down;
  }
  rooms.push({ width: area.width, height });
  return { ...corner, rooms: rooms.filter((room, i) => room.height > 0 && room.width !== rooms[i + 1]?.width) };
}

/** @param {Free} free @param {Size} size @returns {boolean} whether something of this size is free there */
const holds = ({ rooms }, { width, height }) => rooms.some((room) => width <= room.width && height <= room.height);

/**
 * @param {Free} free
 * @param {Size} most of what is to stand there
 * @returns {number} px² of the largest room, as far as it can be used
 */
const roomOf = ({ rooms }, most) =>
  Math.max(0, ...rooms.map(({ width, height }) => Math.min(width, most.width) * Math.min(height, most.height)));

/** @param {Free[]} corners @param {Size} most of what is to stand there @returns {Free[]} the roomiest first */
export const byRoom = (corners, most) => corners.toSorted((a, b) => roomOf(b, most) - roomOf(a, most));

/**
 * Where something stands that has several forms: in the first corner where one of them is free; where there is none, in
 * its smallest form, covering the least, and nothing of what it must not.
 * @param {Free[]} corners the best first @param {Size[]} forms the best first, the smallest last
 * @param {Box[]} drawn what is covered at need @param {Box[]} spared what is not
 * @returns {{form: number, corner: Free}}
 */
export function placed(corners, forms, drawn, spared) {
  for (const corner of corners) {
    const form = forms.findIndex((size) => holds(corner, size));
    if (form >= 0) return { form, corner };
  }
  const form = forms.length - 1;
  const cost = corners.map((corner) => {
    const place = standing(corner, forms[form]);
    // A pixel of what is spared weighs more than all that is drawn.
    return covered(place, drawn) + 1e6 * covered(place, spared);
  });
  return { form, corner: corners[cost.indexOf(Math.min(...cost))] };
}

/** @param {Box} place @param {Box[]} boxes @returns {number} px² of them that it covers */
const covered = (place, boxes) =>
  boxes.reduce((sum, box) => {
    if (!overlap(place, box)) return sum;
    const across = Math.min(place.x + place.width, box.x + box.width) - Math.max(place.x, box.x);
    const down = Math.min(place.y + place.height, box.y + box.height) - Math.max(place.y, box.y);
    return sum + across * down;
  }, 0);
