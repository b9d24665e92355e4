// A stack at another endpoint: its resources, and what that endpoint cannot show.

import { h } from './view.js';
import { badge, cli, table } from './parts.js';
import { several } from './format.js';

let app = null;

export default {
  title: 'Overview',
  start(shellApp) {
    app = shellApp;
  },
  view() {
    if (!app.status?.console) return h('p', { class: 'muted' }, 'Loading');
    const { console, resources, queues, functions, stack } = app.status;
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Overview'), badge(console.readOnly ? 'read only' : 'reads and writes', 'calm'), h('span', { class: 'muted' }, console.target)),
      h('p', null, `The stack ${stack} has ${several(functions.length, 'function')}, and ${several(queues.reduce((sum, queue) => sum + queue.visible, 0), 'message')} in ${several(queues.length, 'queue')}.`),
      console.readOnly && h('p', { class: 'muted' }, 'This console only reads. Start it with --write to let it change data.'),
      h('section', null, table('Resources', ['Resource', 'Type', 'Name'], resources.map(resource => ({ key: resource.logicalId, cells: [
        h('strong', null, resource.logicalId), resource.type, h('span', { class: 'mono' }, resource.physicalId)] })))),
      h('section', null, h('h2', null, 'Not available here'), h('dl', { class: 'facts long' }, console.unknown.map(entry => [
        h('dt', null, entry.what), h('dd', null, entry.instead)]))),
      cli('ingest-cli status'));
  },
};
