// The template: every resource with its place, and what does not run.

import { h } from './view.js';
import { get } from './api.js';
import { cli, failure, table } from './parts.js';

let graph = null;
let error = null;
let filter = '';
let app = null;

export default {
  title: 'Template',
  async start(shellApp) {
    app = shellApp;
    try {
      graph = await get('/_ingest/stack');
      error = null;
    } catch (failed) {
      error = failed;
    }
    app.redraw();
  },
  view() {
    if (!graph) return h('div', null, h('h1', null, 'Template'), failure(error));
    const file = graph.resources[0]?.file ?? '';
    const running = new Set(graph.nodes.map(node => node.id));
    const shown = graph.resources.filter(resource => `${resource.logicalId} ${resource.type} ${resource.physicalId}`.toLowerCase().includes(filter.toLowerCase()));
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Template'), h('span', { class: 'muted' }, file)),
      h('p', null, graph.description),
      graph.notRun.length > 0 && h('section', null, h('h2', null, 'Not run here'), h('ul', { class: 'plain' }, graph.notRun.map(reason => h('li', null, reason)))),
      h('div', { class: 'bar' }, h('input', { type: 'search', 'aria-label': 'Filter resources', placeholder: 'Filter resources', value: filter, oninput: event => { filter = event.target.value; app.redraw(); } })),
      h('section', null, table('Resources', ['Resource', 'Type', 'Name', { text: 'Line', class: 'number' }], shown.map(resource => ({ key: resource.logicalId, cells: [
        h(running.has(resource.logicalId) ? 'strong' : 'span', null, resource.logicalId), resource.type, h('span', { class: 'mono' }, resource.physicalId), resource.line] })))),
      cli('ingest-cli doctor'));
  },
};
