// The latest events, live, with a search that the runtime answers.

import { h } from './view.js';
import { get, unread } from './api.js';
import { button, cli, count, empty, failure } from './parts.js';
import { ROW, row } from './eventrow.js';
import { option } from './format.js';

const PAGE = 200;
const SEARCH_DELAY = 150;
const RELOAD_MILLIS = 1000;
const MAX_RETRY_MILLIS = 8000;
/** The rows that are followed besides those in view, so that scrolling a little finds rows. */
const ROWS_AHEAD = 40;
/** The most events that one message of the follower names as no longer matching. */
const MAX_UNMATCHED = 2000;
/** The rows that the list keeps below the visible ones while new events arrive; scrolling reads the others again. */
const MAX_ROWS = 2000;
const STATES = ['', 'queued', 'in-flight', 'stored', 'processed', 'unchanged', 'dead', 'rejected', 'filtered', 'expired'];

const list = { rows: [], byNumber: new Map(), matched: 0, held: 0, dropped: 0, unsearched: 0, unheld: 0, complete: false, loading: false, error: null };
const NO_FILTERS = { text: '', state: '', reason: '', payload: '', shard: '', queue: '', from: '', to: '' };
let filters = NO_FILTERS;
let more = false;
let paused = false;
const shards = new Set();
let source = null;
/** The most changed events that a message of the follower has. */
let followed = 0;
let last = 0;
let top = 0;
let height = 600;
let timer = null;
/** Whether events are missing above the rows, and the timer that reads them. */
let behind = false;
let reload = null;
/** Whether the rows are those of the filters; they are not while a search is on its way, or after it was lost. */
let current = false;
/** The search and the runtime that the rows are of: a reader who comes back to the page finds them where they were. */
let shown = '';
/** The wait before a failed read is sent again, and the timer that sends it. */
let retryMillis = RELOAD_MILLIS;
let retry = null;
let open = false;
let app = null;

function query(more = {}) {
  const all = { ...filters, ...more };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '' && value !== undefined)).toString();
}

async function load() {
  const asked = query({ limit: PAGE });
  clearTimeout(retry);
  try {
    const page = await get(`/_ingest/events?${asked}`);
    if (asked !== query({ limit: PAGE })) return;
    current = true;
    shown = subject();
    retryMillis = RELOAD_MILLIS;
    list.rows = page.events;
    list.byNumber = new Map(page.events.map(event => [event.number, event]));
    list.complete = page.events.length < PAGE;
    note(page);
    counted(page);
    for (const event of page.events) if (event.shardId) shards.add(event.shardId);
    list.error = null;
    behind = false;
    follow();
  } catch (failed) {
    if (asked !== query({ limit: PAGE })) return;
    list.error = unread(failed);
    if (failed.status === 0 || failed.status >= 500) readAgain();
  }
  app.redraw();
}

/** Takes the numbers of a search, whose rows may be those of an earlier one. */
function counted(page) {
  list.matched = page.matched;
  list.unsearched = page.unsearched ?? 0;
  list.unheld = page.unheld ?? 0;
}

const subject = () => `${app.status?.startedAt} ${query()}`;

/** Reads what is missing after a while, which doubles with each failure. */
function readAgain() {
  clearTimeout(retry);
  if (!open) return;
  retry = setTimeout(catchUp, retryMillis);
  retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
}

function note(answer) {
  last = answer.last;
  list.held = answer.held;
  list.dropped = answer.dropped;
}

async function older() {
  if (list.loading || list.complete || list.rows.length === 0) return;
  list.loading = true;
  const asked = query();
  const rows = list.rows;
  try {
    const page = await get(`/_ingest/events?${query({ limit: PAGE, before: rows[rows.length - 1].number })}`);
    // A search meanwhile has other rows, to which these do not belong.
    if (asked === query() && rows === list.rows) {
      for (const event of page.events) {
        if (!list.byNumber.has(event.number)) {
          list.rows.push(event);
          list.byNumber.set(event.number, event);
        }
      }
      list.complete = page.events.length < PAGE;
    }
  } catch (failed) {
    list.error = unread(failed);
  }
  list.loading = false;
  app.redraw();
}

function follow() {
  source?.close();
  source = null;
  // A browser has few connections for all tabs together, so a hidden one leaves its own to the others.
  if (paused || !open || document.hidden) return;
  followed = wanted();
  source = new EventSource(`/_ingest/events/follow?${query({ after: last, limit: followed })}`);
  source.onerror = () => {
    // The browser connects again by itself, unless it was answered with an error.
    if (source?.readyState === EventSource.CLOSED) readAgain();
  };
  source.onopen = () => { retryMillis = RELOAD_MILLIS; };
  source.onmessage = message => {
    const answer = JSON.parse(message.data);
    note(answer);
    const fresh = [];
    for (const event of answer.events) {
      const known = list.byNumber.get(event.number);
      // The summary of an event that has lost its reason leaves the member out.
      if (known) Object.assign(known, { reason: undefined }, event);
      else fresh.push(event);
    }
    const oldest = list.complete ? 0 : list.rows[list.rows.length - 1]?.number ?? 0;
    remove(answer.unmatched);
    const full = answer.events.length >= followed;
    const uncounted = mayJoin() && (full || fresh.some(event => event.number < oldest));
    if (behind || uncounted || (full && top > 0) || answer.unmatched.length >= MAX_UNMATCHED) beginAgain();
    else {
      add(fresh, oldest);
      if (full) keepNewest(answer);
    }
    fill(answer.unmatched.some(number => number < oldest));
    app.redraw();
  };
}

/** Whether an event can come to match after it has arrived: a changed event below the rows may then be counted or not. */
const mayJoin = () => Boolean(filters.state || filters.reason || filters.text);

/** Returns how many changed events a message should have: at its top the list needs little more than the rows in view. */
const wanted = () => (top > 0 ? PAGE : Math.min(PAGE, Math.ceil(innerHeight / ROW) + ROWS_AHEAD));

/** Ends the list at the oldest event of a message that is full: there may be a hole below it, which scrolling reads. */
function keepNewest(answer) {
  const end = answer.events[answer.events.length - 1].number;
  const kept = list.rows.findIndex(event => event.number < end);
  if (kept >= 0) for (const event of list.rows.splice(kept)) list.byNumber.delete(event.number);
  list.matched += answer.omitted;
  list.complete = false;
}

/** Removes events that have changed and no longer match. */
function remove(numbers) {
  const gone = new Set(numbers.filter(number => list.byNumber.delete(number)));
  if (gone.size === 0) return;
  const above = list.rows.filter((event, index) => gone.has(event.number) && index * ROW < top).length;
  let kept = 0;
  for (const event of list.rows) if (!gone.has(event.number)) list.rows[kept++] = event;
  list.rows.length = kept;
  list.matched -= gone.size;
  if (above > 0) hold(-above * ROW);
}

/**
 * Reads older events in place of the removed ones. The list begins again if no row is left, or if an event that has no
 * row may no longer be one of those found.
 */
function fill(uncounted) {
  if (list.complete) return;
  if (list.rows.length === 0 || uncounted) beginAgain();
  else if (nearsEnd()) older();
}

const nearsEnd = () => top + height > (list.rows.length - 20) * ROW;

/** Adds events that are new to the list, each at its place; those below the oldest one read are read when it is scrolled to. */
function add(fresh, oldest) {
  const added = fresh.filter(event => event.number > oldest);
  let index = 0;
  let above = 0;
  for (const event of added) {
    while (index < list.rows.length && list.rows[index].number > event.number) index++;
    if (index * ROW < top) above++;
    list.rows.splice(index, 0, event);
    list.byNumber.set(event.number, event);
  }
  list.matched += added.length;
  if (above > 0) hold(above * ROW);
  if (top === 0 && list.rows.length > MAX_ROWS) {
    for (const event of list.rows.splice(MAX_ROWS / 2)) list.byNumber.delete(event.number);
    list.complete = false;
  }
}

/** Reads the newest events again, at most once a second; a reader who has scrolled keeps the rows, and gets their number only. */
function beginAgain() {
  behind = true;
  if (reload !== null) return;
  reload = setTimeout(() => {
    reload = null;
    if (!open || paused || !behind) return;
    if (top > 0) recount();
    else load();
  }, RELOAD_MILLIS);
}

/** Reads how many events match while the rows are behind. The events of the answer are left: the follower's place stays where it is. */
async function recount() {
  const asked = query();
  try {
    const page = await get(`/_ingest/events?${query({ limit: 1 })}`);
    if (behind && asked === query()) counted(page);
  } catch (failed) {
    list.error = unread(failed);
    if (failed.status === 0 || failed.status >= 500) beginAgain();
  }
  app.redraw();
}

/** Stops following while the page is hidden, and reads what has happened when it is seen again. */
function seen() {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!paused) {
    catchUp();
  }
}

/** Reads what has happened since the latest answer; a reader who has scrolled keeps the place, as the follower reports all changes. */
function catchUp() {
  if (top > 0 && current) return follow();
  return load();
}

/** Keeps the rows in view where they are while new ones arrive above. */
function hold(pixels) {
  const box = document.getElementById('events');
  if (box) {
    top = Math.max(0, top + pixels);
    requestAnimationFrame(() => { box.scrollTop = top; });
  }
}

function search(name, value) {
  filters = { ...filters, [name]: value };
  current = false;
  list.error = null;
  history.replaceState(null, '', `#/events${query() ? `?${query()}` : ''}`);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const box = document.getElementById('events');
    if (box) box.scrollTop = 0;
    top = 0;
    load();
  }, SEARCH_DELAY);
  app.redraw();
}

function pause() {
  paused = !paused;
  if (paused) source?.close();
  else catchUp();
  app.redraw();
}

function scrolled(event) {
  top = event.target.scrollTop;
  height = event.target.clientHeight;
  if (nearsEnd()) older();
  if (top === 0 && behind) beginAgain();
  if (source && followed !== wanted()) follow();
  app.redraw();
}

function rows() {
  const first = Math.max(0, Math.floor(top / ROW) - 5);
  const end = Math.min(list.rows.length, first + Math.ceil(height / ROW) + 10);
  const heading = (text, name) => h('span', { role: 'columnheader', class: name }, text);
  return h('div', { class: 'list', role: 'table', 'aria-label': 'Events', 'aria-rowcount': list.matched + 1 },
    h('div', { role: 'rowgroup' }, h('div', { role: 'row', class: 'row head', 'aria-rowindex': 1 },
      heading('Arrived', 'time'), heading('State', 'state'), heading('Event', 'id'), heading('Took', 'number'),
      heading('Attempts', 'number wide'), heading('Size', 'number wide'), heading('Shard, queue', 'shard wide'), heading('Reason', 'reason wide'))),
    h('div', { id: 'events', class: 'window', onscroll: scrolled, tabindex: 0, role: 'rowgroup', 'aria-label': 'Events',
      ready: element => requestAnimationFrame(() => { height = element.clientHeight || 600; element.scrollTop = top; }) },
      h('div', { class: 'rows', role: 'presentation', style: { height: `${list.rows.length * ROW}px` } },
        list.rows.slice(first, end).map((event, index) => row(event, first + index)))));
}

/** Returns a time of the viewer's zone as the search understands it; the field's value has no zone. */
const instant = local => (local === '' ? '' : new Date(local).toISOString());

/** Returns what a field for times shows for a filter. */
function local(iso) {
  if (iso === '') return '';
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function moreFilters() {
  const text = (name, label, placeholder) => h('input', { type: 'text', 'aria-label': label, placeholder, value: filters[name], oninput: event => search(name, event.target.value) });
  const time = (name, label) => h('label', { class: 'field' }, h('span', null, label),
    h('input', { type: 'datetime-local', step: 1, 'aria-label': label, value: local(filters[name]), onchange: event => search(name, instant(event.target.value)) }));
  const known = [...new Set([...shards, ...(app.status?.mappings ?? []).flatMap(mapping => (mapping.shards ?? []).map(shard => shard.shardId))])].sort();
  const choice = (name, label, values, any) => h('label', { class: 'field' }, h('span', null, label), h('select', { 'aria-label': label, onchange: event => search(name, event.target.value) },
    ['', ...values].map(value => h('option', { value, selected: value === filters[name] }, value || any))));
  return h('div', { class: 'bar form' },
    h('label', { class: 'field' }, h('span', null, 'Reason'), text('reason', 'Reason', 'part of the reason')),
    h('label', { class: 'field' }, h('span', null, 'Payload'), text('payload', 'Payload', 'part of the payload')),
    known.length > 0 && choice('shard', 'Shard', known, 'any shard'),
    (app.status?.queues ?? []).length > 0 && choice('queue', 'Queue', app.status.queues.map(queue => queue.name), 'any queue'),
    time('from', 'Arrived from'), time('to', 'Arrived before'),
    button('Clear', () => { filters = NO_FILTERS; search('text', ''); }));
}

/** Returns the tool's line for what the list shows, as far as the tool has the filter. */
function toolLine() {
  const given = (name, value) => (value === '' ? '' : option(name, value));
  return ['ingest-cli tail', paused ? '' : '-f', '--events', given('--status', filters.state), given('--shard', filters.shard), given('--since', filters.from)]
    .filter(Boolean).join(' ');
}

export default {
  title: 'Events',
  async start(shellApp, place) {
    app = shellApp;
    if (place.query.size > 0) filters = { ...NO_FILTERS, ...Object.fromEntries([...place.query].filter(([name]) => Object.hasOwn(NO_FILTERS, name))) };
    more ||= ['reason', 'payload', 'shard', 'queue', 'from', 'to'].some(name => filters[name] !== '');
    open = true;
    // A reader who comes back from an event finds the list where it was.
    current &&= shown === subject();
    list.error = null;
    document.addEventListener('visibilitychange', seen);
    if (!paused || !current) await catchUp();
  },
  stop() {
    open = false;
    document.removeEventListener('visibilitychange', seen);
    clearTimeout(retry);
    clearTimeout(timer);
    source?.close();
    source = null;
  },
  regained() {
    if (!paused || !current) catchUp();
  },
  key(event) {
    if (event.key === ' ' && event.target.tagName !== 'BUTTON' && event.target.tagName !== 'A') {
      event.preventDefault();
      pause();
    }
  },
  view() {
    return h('div', { class: 'fill' },
      h('div', { class: 'title' }, h('h1', null, 'Events'),
        h('span', { class: 'muted', role: 'status' }, !current ? app.lost || list.error ? 'Not read' : 'Searching' : `${count(list.matched)} found of ${count(list.held)} kept`
          + (list.dropped > 0 ? `; ${count(list.dropped)} older ones dropped` : ''))),
      h('div', { class: 'bar' },
        h('input', { type: 'search', placeholder: 'Search id, reason, sequence number', 'aria-label': 'Search events', value: filters.text,
          oninput: event => search('text', event.target.value) }),
        h('select', { 'aria-label': 'State', value: filters.state, onchange: event => search('state', event.target.value) },
          STATES.map(state => h('option', { value: state, selected: state === filters.state }, state || 'any state'))),
        button(more ? 'Fewer filters' : 'More filters', () => { more = !more; app.redraw(); }, { 'aria-expanded': String(more) }),
        button(paused ? 'Continue' : 'Pause', pause, { class: paused ? 'accent' : '', 'aria-pressed': String(paused) })),
      more && moreFilters(),
      list.unsearched > 0 && h('p', { class: 'muted', role: 'status' }, `The payloads of ${count(list.unsearched)} older events were not searched: narrow the search by time, shard or state.`),
      filters.payload !== '' && list.unheld > 0 && h('p', { class: 'muted', role: 'status' }, app.status?.attachedTo
        ? `The payloads of ${count(list.unheld)} events were not searched: while attached, streams and queues are at the other endpoint, and only what a function has failed for is known.`
        : `The payloads of ${count(list.unheld)} events were not searched: they are not held any more. A message's body is known while a queue holds it, and after a failed invocation.`),
      failure(list.error),
      list.rows.length > 0 ? rows() : !current || behind ? null : list.held > 0
        ? empty('No event matches', 'Change the search or the state. The runtime keeps the latest 100,000 events.')
        : empty('No events yet', 'Send one, and it appears here:', cli(`ingest-cli send --data '{"hello":"world"}'`)),
      cli(toolLine()));
  },
};
