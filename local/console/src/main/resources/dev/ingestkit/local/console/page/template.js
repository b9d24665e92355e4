// The template: every resource with its position, what does not run, and whether the stack matches the files.

import { h } from './view.js';
import { act, get, unread } from './api.js';
import { badge, button, cli, failure, say, table } from './parts.js';

const TONES = { current: 'good', changed: 'busy', loading: 'busy', rejected: 'bad' };
const WORDS = { current: 'the stack matches the files', changed: 'the files have changed, and a part needs a restart', loading: 'a file has changed and is being applied', rejected: 'the changed files are not applied' };
const ATTACHED_WORDS = { current: 'the files are as at the start', changed: 'the files have changed since the start', loading: 'a file has changed and is being compared', rejected: 'the changed files are not valid' };

let graph = null;
let error = null;
let filter = '';
let working = false;
let shownState = null;
let app = null;

async function read() {
  try {
    graph = await get('/_ingest/stack');
    error = null;
  } catch (failed) {
    error = unread(failed);
  }
  app.redraw();
}

async function reload() {
  working = true;
  app.redraw();
  try {
    const state = await act('POST', '/_ingest/template');
    await app.refresh();
    say(state.error ? 'the template is not valid' : state.applied.length > 0 ? `applied: ${state.applied.join('; ')}` : 'read again: nothing has changed', state.error ? 'bad' : 'good');
    error = null;
  } catch (failed) {
    error = failed;
  }
  working = false;
  await read();
}

const changes = (title, lines) => lines.length > 0 && h('section', null, h('h2', null, title), h('ul', { class: 'plain' }, lines.map(line => h('li', null, line))));

function drift(state, attachedTo) {
  return [
    state.error && h('p', { class: 'failure', role: 'alert' }, state.error),
    state.error && h('p', { class: 'muted' }, `The runtime keeps running what it had. Correct the file, and it is ${attachedTo ? 'compared again' : 'applied'} when it is saved.`),
    changes('Applied by the last change', state.applied),
    changes('Applied at the next start', state.restart),
    attachedTo && state.restart.length > 0 && h('p', { class: 'muted' }, 'An attached runtime applies no changes of its template. '
      + `First deploy the streams, tables, queues, secrets and buckets among them at ${attachedTo}; then stop this runtime, and start it again: ingest-cli up --attach ${attachedTo}`),
  ];
}

export default {
  title: 'Template',
  async start(shellApp) {
    app = shellApp;
    await read();
  },
  regained: read,
  view() {
    if (!graph) return h('div', null, h('h1', null, 'Template'), failure(error));
    const attachedTo = app.status?.attachedTo;
    const state = app.status?.template ?? { state: 'current', applied: [], restart: [] };
    if (shownState !== JSON.stringify(state)) {
      shownState = JSON.stringify(state);
      read();
    }
    const file = graph.resources[0]?.file ?? '';
    const running = new Set(graph.nodes.map(node => node.id));
    const shown = graph.resources.filter(resource => `${resource.logicalId} ${resource.type} ${resource.physicalId}`.toLowerCase().includes(filter.toLowerCase()));
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Template'), h('span', { class: 'muted' }, file), badge(state.state, TONES[state.state]), h('span', { class: 'muted' }, (attachedTo ? ATTACHED_WORDS : WORDS)[state.state] ?? '')),
      failure(error), drift(state, attachedTo),
      h('p', null, graph.description),
      graph.notRun.length > 0 && h('section', null, h('h2', null, 'Not run here'), h('ul', { class: 'plain' }, graph.notRun.map(reason => h('li', null, reason)))),
      h('div', { class: 'bar' },
        h('input', { type: 'search', 'aria-label': 'Filter resources', placeholder: 'Filter resources', value: filter, oninput: event => { filter = event.target.value; app.redraw(); } }),
        !attachedTo && button('Reload', reload, { disabled: working, 'aria-label': 'Read the template again' })),
      h('section', null, table('Resources', ['Resource', 'Type', 'Name', { text: 'Line', class: 'number' }], shown.map(resource => ({ key: resource.logicalId, cells: [
        h(running.has(resource.logicalId) ? 'strong' : 'span', null, resource.logicalId), resource.type, h('span', { class: 'mono' }, resource.physicalId), resource.line] })))),
      cli(attachedTo ? 'ingest-cli status' : 'ingest-cli reload --template'));
  },
};
