// The stack as its template describes it, with its current load.

import { h } from './view.js';
import { get, unread } from './api.js';
import { DEAD_LETTERS } from './deadletter.js';
import { cli, failure, figure, perSecond, perSecondText, series, table, total } from './parts.js';
import { clock, count, millis, several } from './format.js';

const PERIOD = 1000;
const NODE = { width: 176, height: 76 };
const WIDE = { across: 236, down: 104 };
const NARROW_MARGIN = 52;
const MIN_SCALE = 0.8;
const FLOW = new Set(['puts', 'invokes', 'delivers', 'publishes', 'fires', 'uses', 'on-failure', 'moves']);

let graph = null;
let rates = null;
let failed = null;

async function read(app) {
  try {
    rates = await get('/_ingest/rates');
    failed = null;
  } catch (error) {
    failed = unread(error);
  }
  app.redraw();
}

/** Returns each node's layer: one behind the nodes that lead to it; an authorizer stands beside its API. */
function layers(nodes, edges) {
  const layer = new Map(nodes.map(node => [node.id, 0]));
  for (let round = 0; round < nodes.length; round++) {
    let changed = false;
    for (const edge of edges) {
      const wanted = layer.get(edge.from) + (FLOW.has(edge.kind) ? 1 : 0);
      if (wanted > layer.get(edge.to) && wanted < nodes.length) {
        layer.set(edge.to, wanted);
        changed = true;
      }
    }
    if (!changed) break;
  }
  return layer;
}

function place(nodes, edges, narrow) {
  const layer = layers(nodes, edges);
  const columns = [];
  for (const node of nodes) (columns[layer.get(node.id)] ??= []).push(node);
  const filled = columns.filter(Boolean);
  const most = Math.max(...filled.map(column => column.length));
  const places = new Map();
  filled.forEach((column, index) => column.forEach((node, row) => {
    places.set(node.id, narrow
      ? { x: row * (NODE.width + 12), y: index * 118 }
      : { x: index * WIDE.across, y: row * WIDE.down });
  }));
  const width = narrow ? most * (NODE.width + 12) - 12 : (filled.length - 1) * WIDE.across + NODE.width;
  const height = narrow ? (filled.length - 1) * 118 + NODE.height : (most - 1) * WIDE.down + NODE.height;
  return { places, width, height };
}

function line(from, to, narrow) {
  const w = NODE.width;
  const height = NODE.height;
  if (narrow ? from.y === to.y : from.x === to.x) {
    return narrow
      ? `M${from.x + w},${from.y + height / 2} L${to.x},${to.y + height / 2}`
      : `M${from.x + w / 2},${from.y + height} L${to.x + w / 2},${to.y}`;
  }
  if (narrow) {
    const start = [from.x + w / 2, from.y + height];
    const end = [to.x + w / 2, to.y];
    const middle = (start[1] + end[1]) / 2;
    return `M${start} C${start[0]},${middle} ${end[0]},${middle} ${end}`;
  }
  const start = [from.x + w, from.y + height / 2];
  const end = [to.x, to.y + height / 2];
  const middle = (start[0] + end[0]) / 2;
  return `M${start} C${middle},${start[1]} ${middle},${end[1]} ${end}`;
}

const mappingTo = (status, name) => (status.mappings ?? []).find(mapping => mapping.function === name || mapping.function?.startsWith(`${name}:`));

/** Returns the rates of one stream. */
const ofStream = name => ({ seconds: rates.seconds, intervals: rates.intervals.map(interval => ({ put: interval.streams?.[name] })) });

/** Whether a queue is the destination of a mapping or of another queue's redrive policy. */
const receivesDeadLetters = (queue, status) => graph.edges.some(edge => edge.to === queue.id && DEAD_LETTERS.has(edge.kind))
  || (status.mappings ?? []).some(mapping => mapping.onFailure?.endsWith(`:${queue.name}`));

/** Returns a node's lines and its tone: good, busy, bad. */
function facts(node, status) {
  switch (node.kind) {
    case 'api': {
      const rejected = total(rates, 'rejected');
      return { lines: [`${perSecondText(rates, 'accepted')} accepted`, `${count(rejected)} rejected in 15 min`],
        tone: perSecond(rates, 'rejected') > 0 ? 'busy' : 'good', to: '#/events' };
    }
    case 'stream': {
      const readers = (status.mappings ?? []).filter(mapping => mapping.stream === node.name);
      const speed = perSecondText(ofStream(node.name), 'put');
      if (readers.length === 0) return { lines: [`${speed} in`, 'no mapping reads it'], tone: 'calm' };
      const shards = new Set(readers.flatMap(mapping => mapping.shards.map(shard => shard.shardId)));
      const age = Math.max(0, ...readers.map(mapping => mapping.iteratorAgeMillis ?? 0));
      return { lines: [shards.size === 0 ? `${speed} in` : `${speed} in ${several(shards.size, 'shard')}`, `iterator age ${millis(age)}`],
        tone: age > 60_000 ? 'bad' : age > 5000 ? 'busy' : 'good' };
    }
    case 'function': {
      const work = rates.functions[node.name];
      const state = (status.functions ?? []).find(candidate => candidate.name === node.name);
      const mapping = mappingTo(status, node.name);
      if (state?.state === 'failed') return { lines: ['failed to start', state.error ?? ''], tone: 'bad' };
      if (mapping && mapping.state !== 'Enabled') return { lines: [`mapping ${mapping.state}`, 'delivers nothing'], tone: 'bad' };
      return { lines: [work ? `${several(work.invocations, 'invocation')}, ${count(work.errors)} failed` : state?.state ?? '',
        work ? `p50 ${millis(work.p50)}, p99 ${millis(work.p99)}` : several(state?.environments ?? 0, 'environment')],
      tone: perSecond(rates, 'failedAttempts') > 0 && mapping ? 'bad' : 'good' };
    }
    // The rate is that of all tables.
    case 'table': return status.attachedTo ? { lines: ['writes not counted', 'the endpoint has them'], tone: 'calm' } : { lines: [graph.nodes.filter(other => other.kind === 'table').length > 1 ? node.name : `${perSecondText(rates, 'stored')} stored`], tone: 'good' };
    case 'queue': {
      const queue = (status.queues ?? []).find(candidate => candidate.name === node.name);
      return { lines: [several(queue?.visible ?? 0, 'message'), `${count(queue?.inFlight)} in flight`],
        tone: (queue?.visible ?? 0) > 0 ? 'bad' : 'good',
        to: receivesDeadLetters(node, status) ? `#/deadletters?${new URLSearchParams({ queue: node.name })}` : '#/queues' };
    }
    default: return { lines: [node.name], tone: 'calm' };
  }
}

/** Returns the words beside an edge that is a mapping: what it is, and its state. */
function mappingWords(edge, places, narrow, status) {
  const name = id => graph.nodes.find(node => node.id === id)?.name;
  const mapping = (status.mappings ?? []).find(candidate => candidate.stream === name(edge.from) && candidate.function.split(':')[0] === name(edge.to));
  if (edge.kind !== 'delivers' || !mapping) return [];
  const from = places.get(edge.from);
  const to = places.get(edge.to);
  const word = (text, down, tone = '') => h('text', { class: `mapping ${tone}`, 'text-anchor': narrow ? 'start' : 'middle', key: `${edge.from} ${edge.to} ${text}`,
    x: narrow ? from.x + NODE.width / 2 + 8 : to.x - (WIDE.across - NODE.width) / 2, y: down + (narrow ? (from.y + NODE.height + to.y) / 2 : (from.y + to.y + NODE.height) / 2) }, text);
  return [word('mapping', -6), word(mapping.state.toLowerCase(), narrow ? 8 : 14, mapping.state === 'Enabled' ? '' : 'bad')];
}

const PAGES = { stream: '#/streams', function: '#/functions', table: '#/tables', queue: '#/queues', secret: '#/secrets' };

const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Returns by how much a drawing shrinks so that it fits a narrow page; one that would be too small to read is scrolled. */
function fitted(width) {
  const scale = (innerWidth - NARROW_MARGIN) / width;
  return scale > MIN_SCALE && scale < 1 ? scale : 1;
}

function draw(status) {
  const narrow = innerWidth < 760;
  const { places, width, height } = place(graph.nodes, graph.edges, narrow);
  const scale = narrow ? fitted(width + 4) : 1;
  const states = { good: 'healthy', busy: 'busy', bad: 'needs attention', calm: '' };
  return h('div', { class: 'scroll drawing', tabindex: 0, role: 'region', 'aria-label': 'The stack' },
    h('svg', { width: Math.round((width + 4) * scale), height: Math.round((height + 4) * scale), viewBox: `-2 -2 ${width + 4} ${height + 4}`, role: 'group', 'aria-label': `The stack ${graph.stack}` },
      h('defs', null, h('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' },
        h('path', { d: 'M0,0 L8,4 L0,8 z' }))),
      graph.edges.filter(edge => places.has(edge.from) && places.has(edge.to)).map(edge => h('path', {
        class: `edge ${edge.kind}`, d: line(places.get(edge.from), places.get(edge.to), narrow), 'marker-end': 'url(#arrow)', key: `${edge.from} ${edge.to} ${edge.kind}` })),
      graph.edges.filter(edge => places.has(edge.from) && places.has(edge.to)).flatMap(edge => mappingWords(edge, places, narrow, status)),
      graph.nodes.map(node => {
        const at = places.get(node.id);
        const { lines, tone, to } = facts(node, status);
        return h('a', { class: `node ${tone} ${node.kind}`, transform: `translate(${at.x},${at.y})`, key: node.id, href: to ?? PAGES[node.kind] ?? '#/template',
          'aria-label': `${node.kind} ${node.id}: ${lines.join(', ')}${states[tone] ? `; ${states[tone]}` : ''}` },
        h('rect', { width: NODE.width, height: NODE.height, rx: 8 }),
        h('text', { class: 'kind', x: 12, y: 18 }, node.kind),
        h('circle', { cx: NODE.width - 14, cy: 14, r: 4 }),
        h('text', { class: 'id', x: 12, y: 36 }, cut(node.id, 22)),
        lines.map((text, index) => h('text', { class: 'fact', x: 12, y: 53 + index * 14 }, cut(text, 30))));
      })));
}

function figures(status) {
  const ages = (status.mappings ?? []).map(mapping => mapping.iteratorAgeMillis ?? 0);
  const failures = total(rates, 'failedAttempts');
  const throttled = total(rates, 'throttled');
  return h('section', { class: 'figures', 'aria-label': 'Figures' },
    figure('Accepted', perSecondText(rates, 'put'), series(rates, 'put')),
    // Writes go to the other endpoint, past this runtime's journal.
    status.attachedTo ? null : figure('Stored', perSecondText(rates, 'stored'), series(rates, 'stored')),
    figure('In flight', count(rates.inFlight), series(rates, 'inFlight')),
    figure('Iterator age', millis(Math.max(0, ...ages)), series(rates, 'ageMillis')),
    status.attachedTo ? null : [
      figure('To the table, p50', millis(rates.lastMinute.p50), series(rates, 'p50')),
      figure('To the table, p99', millis(rates.lastMinute.p99), series(rates, 'p99')),
    ],
    figure('Failed attempts', count(failures), series(rates, 'failedAttempts'), failures > 0 ? 'bad' : ''),
    figure('Throttled', count(throttled), series(rates, 'throttled'), throttled > 0 ? 'busy' : ''));
}

const statistic = value => Number(value).toLocaleString('en-US', { maximumFractionDigits: 2 });

/** Shows the metrics that functions and clients have published by PutMetricData. */
function metrics(status) {
  const published = status.metrics ?? [];
  if (published.length === 0) return null;
  const number = text => ({ text, class: 'number' });
  return h('section', null, h('h2', null, 'Published metrics'),
    table('Published metrics', ['Metric', 'Dimensions', 'Unit', number('Samples'), number('Average'), number('Minimum'), number('Maximum'), number('Last')], published.map(metric => {
      const dimensions = Object.entries(metric.dimensions).map(([name, value]) => `${name}=${value}`).join(', ');
      return { key: `${metric.namespace} ${metric.name} ${dimensions}`, cells: [
        h('span', null, h('span', { class: 'muted' }, `${metric.namespace} `), metric.name), dimensions, metric.unit, count(metric.samples),
        statistic(metric.samples > 0 ? metric.sum / metric.samples : 0), statistic(metric.minimum), statistic(metric.maximum), clock(metric.at)] };
    })));
}

function notes(status) {
  const warnings = status.warnings ?? [];
  return [
    status.lastError && h('p', { class: 'failure' }, `last error of a mapping: ${status.lastError}`),
    warnings.length > 0 && h('details', { class: 'notes' }, h('summary', null, `Notes on this stack: ${warnings.length}`),
      h('ul', null, warnings.map(warning => h('li', null, warning)))),
  ];
}

export default {
  title: 'Pipeline',
  async start(app) {
    graph = await get('/_ingest/stack');
    await read(app);
  },
  period: PERIOD,
  refresh: read,
  view(app) {
    if (!graph || !rates || !app.status) return h('p', { class: 'muted' }, 'Loading');
    return h('div', null,
      h('h1', null, 'Pipeline'),
      failure(failed),
      draw(app.status),
      figures(app.status),
      metrics(app.status),
      notes(app.status),
      cli('ingest-cli status --watch'));
  },
};
