// Pieces that several pages show.

import { h } from './view.js';
import { count, rate, shell } from './format.js';

const STATES = {
  'stored': 'good', 'processed': 'good', 'unchanged': 'calm', 'queued': 'busy', 'in-flight': 'busy', 'filtered': 'calm',
  'dead': 'bad', 'rejected': 'bad', 'expired': 'bad',
};

/** Shows an event's state: always a word, and a color beside it. */
export const badge = (state, tone = STATES[state] ?? 'calm') => h('span', { class: `badge ${tone}` }, state);

let announce = () => {};

/** Sets the function that shows a short message to the user. */
export function onAnnounce(listener) {
  announce = listener;
}

export function say(text, tone = 'good') {
  announce(text, tone);
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied`);
  } catch {
    say(`the browser does not allow copying: select the text and copy it yourself`, 'bad');
  }
}

export const button = (label, onclick, more = {}) => h('button', { type: 'button', onclick, ...more }, label);

let options = { 'ingest-cli': '', aws: '' };

/** Sets the options by which the tool, and aws, work on this console's target: without them a line may reach another one. */
export function setToolOptions(tool, aws) {
  options = { 'ingest-cli': tool, aws };
}

/**
 * Shows the line that does the same as the page, with a button that copies it.
 *
 * @param word the command's argument, if it is a text of others: one that begins as an option must not become one
 */
export function cli(text, word) {
  const target = options[text.split(' ', 1)[0]] ?? '';
  const argument = word === undefined ? '' : shell(word);
  return shown((argument.startsWith('-') ? [text, target, '--', argument] : [text, argument, target]).filter(Boolean).join(' '));
}

const shown = line => h('div', { class: 'cli' },
  h('code', { tabindex: 0, 'aria-label': 'the same with the tool' }, line),
  button('Copy', () => copy(line, 'line'), { class: 'quiet small', 'aria-label': `Copy ${line}` }));

/** Shows a failure and what to do. */
export const failure = error => error && h('p', { class: 'failure', role: 'alert' }, error.message);

export const code = (text, label) => h('pre', { tabindex: 0, 'aria-label': label }, text);

/** Draws values of the last 15 minutes as a line. */
export function sparkline(values, label) {
  const width = 160;
  const height = 32;
  const top = Math.max(1e-9, ...values.map(value => value ?? 0));
  const points = values.map((value, index) =>
    `${(index / (values.length - 1) * width).toFixed(1)},${(height - 2 - (value ?? 0) / top * (height - 4)).toFixed(1)}`);
  return h('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    h('polyline', { points: points.join(' '), 'vector-effect': 'non-scaling-stroke' }));
}

export const figure = (label, value, values, tone = '') => h('div', { class: `figure ${tone}`, key: label },
  h('div', { class: 'label' }, label),
  h('div', { class: 'value' }, value),
  sparkline(values, `${label}, last 15 minutes`));

/** Returns the mean of the last complete intervals, by second. */
export function perSecond(rates, name, intervals = 2) {
  const complete = rates.intervals.slice(-1 - intervals, -1);
  return complete.reduce((sum, interval) => sum + (interval[name] ?? 0), 0) / (intervals * rates.seconds);
}

export const perSecondText = (rates, name) => `${rate(perSecond(rates, name))}/s`;

export const total = (rates, name) => rates.intervals.reduce((sum, interval) => sum + (interval[name] ?? 0), 0);

export const series = (rates, name) => rates.intervals.map(interval => interval[name] ?? 0);

export const empty = (title, ...hints) => h('div', { class: 'empty' }, h('p', { class: 'title' }, title), hints.map(hint => h('p', null, hint)));

/** Shows rows of cells under headings. A first cell may be a link. */
export const table = (label, headings, rows) => h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
  h('table', null,
    h('thead', null, h('tr', null, headings.map(heading => h('th', { scope: 'col', class: heading.class }, heading.text ?? heading)))),
    h('tbody', null, rows.map(row => h('tr', { key: row.key }, row.cells.map((cell, index) => h('td', { class: headings[index]?.class }, cell)))))));

export { count };
