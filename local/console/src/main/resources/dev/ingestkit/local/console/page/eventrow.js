// One row of the list of events.

import { h } from './view.js';
import { badge } from './parts.js';
import { clock, dateTime, millis, named, size } from './format.js';

/** The height of a row in pixels, as the style has it. */
export const ROW = 36;

/** Draws an event at its place in the list. */
export function row(event, index) {
  return h('div', { role: 'row', class: 'row', key: event.number, style: { transform: `translateY(${index * ROW}px)` }, 'aria-rowindex': index + 2 },
    h('span', { role: 'cell', class: 'time', title: dateTime(event.at) }, clock(event.at).slice(0, 8), h('span', { class: 'wide' }, clock(event.at).slice(8))),
    h('span', { role: 'cell', class: 'state' }, badge(event.state)),
    h('span', { role: 'cell', class: 'id' }, h('a', { href: `#/event/${event.number}` }, named(event.id))),
    h('span', { role: 'cell', class: 'number' }, millis(event.millis)),
    h('span', { role: 'cell', class: 'number wide' }, event.attempts || ''),
    h('span', { role: 'cell', class: 'number wide' }, size(event.bytes)),
    h('span', { role: 'cell', class: 'shard wide', title: event.shardId ?? event.queue }, (event.shardId ?? event.queue ?? '').replace('shardId-', '').replace(/^0+(?=\d)/, '')),
    h('span', { role: 'cell', class: 'reason wide' }, event.reason ?? ''));
}
