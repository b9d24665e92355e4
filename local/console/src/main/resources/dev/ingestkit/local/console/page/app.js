// The shell: navigation, connection, theme, shortcuts. Pages are loaded when they are first opened.

import { h, render } from './view.js';
import { forgetToken, get, guardCalls, onLost, repeated, unread } from './api.js';
import { badge, button, onAnnounce, setToolOptions } from './parts.js';

const PAGES = [
  { id: 'overview', name: 'Overview', key: 'o', remote: true },
  { id: 'pipeline', name: 'Pipeline', key: 'p' },
  { id: 'events', name: 'Events', key: 'e' },
  { id: 'deadletters', name: 'Dead letters', key: 'd', count: app => deadLetters(app.status) },
  { id: 'streams', name: 'Streams', key: 's' },
  { id: 'functions', name: 'Functions', key: 'f' },
  { id: 'tables', name: 'Tables', key: 'b' },
  { id: 'queues', name: 'Queues', key: 'q' },
  { id: 'secrets', name: 'Secrets', key: 'x' },
  { id: 'faults', name: 'Faults', key: 'u' },
  { id: 'clock', name: 'Clock', key: 'c' },
  { id: 'snapshots', name: 'Snapshots', key: 'n' },
  { id: 'template', name: 'Template', key: 'm' },
];

/** Returns the number of messages in the queues that mappings send dead letters to. */
function deadLetters(status) {
  const targets = new Set((status?.mappings ?? []).map(mapping => mapping.onFailure?.split(':').pop()));
  return (status?.queues ?? []).filter(queue => targets.has(queue.name)).reduce((sum, queue) => sum + queue.visible, 0);
}

/** Returns the pages that this console has: one of another endpoint names its own. */
const pages = () => {
  const own = app.status?.console?.pages;
  return PAGES.filter(page => (own ? own.includes(page.id) : !page.remote));
};

const STATUS_MILLIS = 2000;
const SAY_MILLIS = 4000;

const app = {
  status: null,
  lost: null,
  page: null,
  opened: false,
  place: null,
  error: null,
  undrawn: null,
  said: null,
  theme: localStorage.getItem('theme') ?? 'auto',
  redraw,
  refresh,
};

let scheduled = false;

/** Draws the page once before the next frame, however often it is called. */
function redraw() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    render(document.getElementById('app'), shell());
  });
}

function parse(hash) {
  const [path, query] = hash.replace(/^#\/?/, '').split('?');
  const [id, ...rest] = path.split('/');
  return { id: id || 'pipeline', rest: rest.map(decoded), query: new URLSearchParams(query ?? '') };
}

/** Returns a part of an address; as it is where it is no encoded text. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const loaded = new Map();

/** Loads a page once. Some browsers keep a failed import's answer, so that it is asked for again by another name. */
async function load(id) {
  if (!loaded.has(id)) {
    loaded.set(id, await repeated(attempt => import(attempt === 0 ? `./${id}.js` : `./${id}.js?attempt=${attempt}`)));
  }
  return loaded.get(id).default;
}

const exists = id => id === 'event' || PAGES.some(page => page.id === id);

let refreshing = null;

/** Refreshes a page that asks for it again and again while it is visible, each time after the time before, until it is left. */
function refreshUntilLeft(page) {
  if (!page.refresh) return;
  let busy = false;
  refreshing = setInterval(async () => {
    if (document.hidden || busy) return;
    busy = true;
    try {
      await page.refresh(app);
    } finally {
      busy = false;
    }
  }, page.period);
}

function leave() {
  clearInterval(refreshing);
  app.page?.stop?.();
}

async function open() {
  const place = parse(location.hash);
  if (!location.hash && app.status?.console) place.id = 'overview';
  leave();
  app.page = null;
  app.place = place;
  app.error = null;
  app.opened = false;
  app.undrawn = null;
  redraw();
  if (!exists(place.id)) return notFound(place);
  try {
    if (app.status && place.id !== 'event' && !pages().some(page => page.id === place.id)) return notFound(place);
    const page = await load(place.id);
    if (app.place !== place) return;
    app.page = page;
    document.title = `${page.title} · Ingest Kit console`;
    await page.start(app, place);
    if (app.place !== place) return;
    app.opened = true;
    refreshUntilLeft(page);
  } catch (failed) {
    if (app.place !== place) return;
    app.error = unread(failed);
  }
  redraw();
  document.getElementById('main')?.focus({ preventScroll: true });
  requestAnimationFrame(() => document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
}

function notFound(place) {
  app.error = new Error(app.status?.console ? `the page '${place.id}' is not available for ${app.status.console.target}: the overview lists what is missing` : `the console has no page '${place.id}': choose one in the navigation`);
  redraw();
}

let reading = null;

/** Reads the status; one that is already being read serves all who ask. */
function readStatus() {
  reading ??= readStatusOnce().finally(() => { reading = null; });
  return reading;
}

async function readStatusOnce() {
  try {
    const before = app.status;
    app.status = await get('/_ingest/status');
    const { console, region } = app.status;
    if (console) guardCalls();
    setToolOptions(console?.options ?? '', console?.awsOptions ?? `--endpoint-url ${location.origin} --region ${region}`);
    const wasLost = app.lost !== null;
    app.lost = null;
    if (before && before.startedAt !== app.status.startedAt) {
      say(console ? 'the console was started again' : 'the runtime was restarted');
      forgetToken();
      open();
    } else if (wasLost && (before === null || !app.opened)) {
      // The page was opened without a connection, and has not been read.
      open();
    } else if (wasLost) app.page?.regained?.();
  } catch (failed) {
    app.lost = failed;
  }
  redraw();
}

/** Reads the status after a change: one that is being read may be of the time before. */
async function refresh() {
  await reading;
  await readStatus();
}

function say(text, tone = 'good') {
  const said = { text, tone };
  app.said = said;
  redraw();
  setTimeout(() => {
    if (app.said === said) {
      app.said = null;
      redraw();
    }
  }, SAY_MILLIS);
}

function setTheme(theme) {
  app.theme = theme;
  localStorage.setItem('theme', theme);
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  redraw();
}

const nextTheme = () => setTheme({ auto: 'light', light: 'dark', dark: 'auto' }[app.theme]);

function keys(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const help = document.getElementById('help');
  if (event.key === 'Escape' && typing) return event.target.blur();
  if (typing || help.open) return;
  if (event.key === '?') return help.showModal();
  if (event.key === 't') return nextTheme();
  if (event.key === '/') {
    const search = document.querySelector('input[type=search]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
    return;
  }
  const page = pages().find(candidate => candidate.key === event.key);
  if (page) location.hash = `#/${page.id}`;
  else app.page?.key?.(event);
}

function shell() {
  const status = app.status;
  return h('div', { class: 'shell' },
    h('a', { class: 'skip', href: '#main', onclick: skip }, 'Skip to the page'),
    h('header', null,
      h('a', { class: 'brand', href: '#/pipeline' }, h('img', { src: 'icon.svg', alt: '', width: 22, height: 22 }), 'Ingest Kit'),
      h('div', { class: 'stack' },
        h('span', { class: 'name' }, status?.stack ?? ''),
        h('span', { class: 'muted wide' }, status?.endpoint ?? ''),
        status?.attachedTo && badge(`attached to ${status.attachedTo}`, 'calm'),
        status?.console?.readOnly && badge('read only', 'calm')),
      h('div', { class: 'tools' },
        h('span', { role: 'status', class: 'connection' }, connection()),
        h('button', { type: 'button', class: 'quiet', onclick: nextTheme, 'aria-label': `Theme: ${app.theme}. Change it` }, app.theme),
        h('button', { type: 'button', class: 'quiet', onclick: () => document.getElementById('help').showModal(), 'aria-label': 'Shortcuts' }, '?'))),
    h('nav', { 'aria-label': 'Pages' }, h('ul', null, pages().map(page => h('li', null,
      h('a', { href: `#/${page.id}`, 'aria-current': isAt(page) ? 'page' : null },
        page.name, page.count && page.count(app) ? h('span', { class: 'count' }, page.count(app)) : null))))),
    h('main', { id: 'main', tabindex: -1, 'aria-busy': app.opened || app.error ? null : 'true' },
      app.lost && h('p', { class: 'failure', role: 'alert' }, app.lost.message),
      app.error && h('p', { class: 'failure', role: 'alert' }, app.error.message),
      app.error && app.page && h('p', null, button('Try again', open)),
      app.page ? view(app.page) : !app.error && h('p', { class: 'muted' }, 'Loading')),
    h('div', { class: 'said', role: 'status', 'aria-live': 'polite' }, app.said && h('span', { class: app.said.tone }, app.said.text)),
    help());
}

/** Draws a page. One that cannot show what it has read says so, and the rest of the console stays. */
function view(page) {
  try {
    return page.view(app);
  } catch (failed) {
    if (app.undrawn !== failed.message) reportError(failed);
    app.undrawn = failed.message;
    return h('div', null, h('h1', null, page.title), h('p', { class: 'failure', role: 'alert' }, `the page cannot show what it has read: ${failed.message}`));
  }
}

const isAt = page => app.place?.id === page.id || app.page?.under === page.id;

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function connection() {
  if (app.lost) return [h('span', { class: 'dot bad' }), 'no connection'];
  return app.status ? [h('span', { class: 'dot good' }), 'live'] : 'connecting';
}

function help() {
  const row = (key, text) => h('tr', null, h('td', null, h('kbd', null, key)), h('td', null, text));
  return h('dialog', { id: 'help', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Shortcuts'),
    h('table', null, h('tbody', null,
      pages().map(page => row(page.key, page.name)),
      row('/', 'Search'), row('space', 'Pause or resume the list'), row('t', 'Theme: auto, light, dark'), row('?', 'Show this list'),
      row('Esc', 'Leave a field or a dialog'))),
    h('form', { method: 'dialog' }, h('button', { autofocus: true }, 'Close')));
}

setTheme(app.theme);
onAnnounce(say);
onLost(failed => {
  app.lost ??= failed;
  redraw();
});
addEventListener('online', readStatus);
addEventListener('hashchange', open);
addEventListener('keydown', keys);
document.getElementById('app').replaceChildren();
redraw();
await readStatus();
setInterval(readStatus, STATUS_MILLIS);
await open();
