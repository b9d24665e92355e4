// Snapshots: named states of the runtime. Forking one starts another runtime, so the page shows the tool's line for it.

import { h } from './view.js';
import { act, get, unread } from './api.js';
import { button, cli, count, empty, failure, say, table } from './parts.js';
import { dateTime, shell, size } from './format.js';

const FORK_PORT = 4577;

let app = null;
let directory = '';
let snapshots = [];
let name = '';
let asking = null;
let working = false;
let error = null;

async function read() {
  try {
    ({ directory, snapshots } = await get('/_ingest/snapshots'));
  } catch (failed) {
    error = unread(failed);
  }
  app.redraw();
}

async function change(work, said) {
  working = true;
  app.redraw();
  try {
    await work();
    say(said);
    error = null;
    asking = null;
  } catch (failed) {
    error = failed;
  }
  working = false;
  await read();
}

const exists = () => snapshots.some(snapshot => snapshot.name === name);

function save() {
  const replace = exists();
  return change(() => act('POST', '/_ingest/snapshots', { action: 'save', name, replace }), `${name} saved`);
}

const load = snapshot => change(() => act('POST', '/_ingest/snapshots', { action: 'load', name: snapshot }), `${snapshot} loaded`);

const remove = snapshot => change(() => act('DELETE', `/_ingest/snapshots/${encodeURIComponent(snapshot)}`), `${snapshot} deleted`);

function ask(what, snapshot) {
  asking = { what, snapshot };
  app.redraw();
}

/** Shows what an action would do, with the tool's line, and does it once it is confirmed. */
function question() {
  if (asking === null) return null;
  const { what, snapshot } = asking;
  const cancel = button('Cancel', () => { asking = null; app.redraw(); });
  const texts = {
    load: ['The state of the runtime is replaced. What it holds now is lost unless a snapshot has it.', `ingest-cli snapshot load ${shell(snapshot)}`],
    fork: ['A fork is a runtime of its own, on another port, which starts with this state. Start it in a terminal:', `ingest-cli snapshot fork ${shell(snapshot)} --port ${FORK_PORT}`],
    delete: ['The snapshot is deleted; the state of the runtime stays.', `ingest-cli snapshot delete ${shell(snapshot)}`],
  };
  const [text, line] = texts[what];
  return h('div', { class: 'plan', role: 'status' }, h('p', null, h('strong', null, snapshot), ` ${text}`), cli(line),
    h('div', { class: 'bar' },
      what === 'load' && button('Load it', () => load(snapshot), { class: 'accent', disabled: working }),
      what === 'delete' && button('Delete it', () => remove(snapshot), { class: 'danger', disabled: working }),
      cancel));
}

function row(snapshot) {
  const action = (label, what) => button(label, () => ask(what, snapshot.name), { class: 'small', disabled: working, 'aria-label': `${label} ${snapshot.name}` });
  return { key: snapshot.name, cells: [h('span', { class: 'mono' }, snapshot.name), dateTime(snapshot.time),
    count(snapshot.events), size(snapshot.bytes),
    h('span', { class: 'bar' }, action('Load', 'load'), action('Fork', 'fork'), action('Delete', 'delete'))] };
}

export default {
  title: 'Snapshots',
  async start(shellApp) {
    app = shellApp;
    error = asking = null;
    await read();
  },
  regained: read,
  view() {
    const number = text => ({ text, class: 'number' });
    const attached = app.status?.attachedTo;
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Snapshots'), h('span', { class: 'muted' }, directory)),
      failure(error),
      attached ? empty('An attached runtime has no snapshots', `Its data is at ${attached}.`) : [
        h('section', null, h('h2', null, 'Save the state'), h('div', { class: 'bar' },
          h('input', { 'aria-label': 'Name of the snapshot', placeholder: 'name', value: name, oninput: event => { name = event.target.value.trim(); app.redraw(); },
            onkeydown: event => event.key === 'Enter' && name !== '' && save() }),
          button(exists() ? 'Replace' : 'Save', save, { class: 'accent', disabled: working || name === '' })),
        name !== '' && cli(`ingest-cli snapshot save ${shell(name)}${exists() ? ' --replace' : ''}`)),
        question(),
        snapshots.length === 0
          ? empty('No snapshots', 'A snapshot holds the streams, tables, queues, buckets and secrets, the positions of mappings and the clock.')
          : h('section', null, table('Snapshots', ['Name', 'Saved', number('Records'), number('Size'), 'Actions'], snapshots.map(row))),
      ],
      cli('ingest-cli snapshot list'));
  },
};
