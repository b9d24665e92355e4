// Tables: query by key, scan page by page, and one item as JSON, which can be edited.

import { h } from './view.js';
import { dynamoDb, get, unread as shownOf } from './api.js';
import { button, cli, empty, failure, say } from './parts.js';
import { plain, several, shell } from './format.js';

const PAGE = 50;
const RETRY_PERIOD = 2000;

let app = null;
let tables = [];
let name = null;
let description = null;
let key = '';
let items = [];
let next = null;
let openItem = null;
let editing = null;
/** The failure of the latest action, which stays until the next one, and that of the latest read. */
let error = null;
let readError = null;
/** The number of reads so far, of which only the answer of the latest one counts. */
let reads = 0;
/** Whether the latest read has failed, perhaps because the runtime has just started and has no table yet. */
let unread = false;

const keysOf = () => description.KeySchema.map(part => part.AttributeName);

async function choose(table) {
  name = table;
  description = null;
  items = [];
  next = null;
  openItem = editing = error = null;
  await load(false);
}

async function load(more) {
  const table = name;
  const number = ++reads;
  try {
    const described = description ?? (await dynamoDb('DescribeTable', { TableName: table })).Table;
    if (number !== reads) return;
    description = described;
    const input = { TableName: table, Limit: PAGE, ConsistentRead: true, ...(more && next ? { ExclusiveStartKey: next } : {}) };
    const hash = keysOf()[0];
    const type = description.AttributeDefinitions.find(attribute => attribute.AttributeName === hash).AttributeType;
    const answer = key === '' ? await dynamoDb('Scan', input) : await dynamoDb('Query', {
      ...input, KeyConditionExpression: '#k = :v', ExpressionAttributeNames: { '#k': hash }, ExpressionAttributeValues: { ':v': { [type]: key } } });
    if (number !== reads) return;
    items = more ? [...items, ...answer.Items] : answer.Items;
    next = answer.LastEvaluatedKey ?? null;
    unread = false;
    readError = null;
  } catch (failed) {
    if (number !== reads) return;
    unread = true;
    readError = shownOf(failed);
  }
  app.redraw();
}

/** Returns a value with the members of its objects in one order, and the elements of its sets. */
function ordered(value) {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => [name, /^[SNB]S$/.test(name) && Array.isArray(held) ? [...held].sort() : ordered(held)]);
}

/** Fails if the item is not as it was opened: another tab, or a function, has written it since. */
async function requireUnchanged() {
  const keys = keysOf();
  const { Items: [now] } = await dynamoDb('Query', {
    TableName: name, ConsistentRead: true, KeyConditionExpression: keys.map((attribute, index) => `#k${index} = :v${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(keys.map((attribute, index) => [`#k${index}`, attribute])),
    ExpressionAttributeValues: Object.fromEntries(keys.map((attribute, index) => [`:v${index}`, openItem[attribute]])),
  });
  if (JSON.stringify(ordered(now ?? null)) !== JSON.stringify(ordered(openItem))) {
    throw new Error(`the item has been ${now ? 'changed' : 'deleted'} since it was opened, and is not written: copy your text, close the item, and read it again`);
  }
}

async function save() {
  try {
    const edited = JSON.parse(editing);
    await requireUnchanged();
    await dynamoDb('PutItem', { TableName: name, Item: edited });
    say('item written');
    openItem = editing = error = null;
    await load(false);
  } catch (failed) {
    error = failed instanceof SyntaxError ? new Error(`the item is not JSON: ${failed.message}`) : failed;
  }
  app.redraw();
}

const short = value => {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};

function columns() {
  const others = new Set();
  for (const found of items.slice(0, 20)) for (const attribute of Object.keys(found)) if (!keysOf().includes(attribute)) others.add(attribute);
  return [...keysOf(), ...[...others].slice(0, 4)];
}

function open(found) {
  openItem = openItem === found ? null : found;
  editing = openItem === null ? null : JSON.stringify(found, null, 2);
  app.redraw();
}

function grid() {
  const shown = columns();
  return h('div', { class: 'scroll card', tabindex: 0, role: 'region', 'aria-label': 'Items' }, h('table', null,
    h('thead', null, h('tr', null, shown.map(attribute => h('th', { scope: 'col' }, attribute)))),
    h('tbody', null, items.flatMap((found, index) => {
      const cells = shown.map((attribute, column) => h('td', { class: 'mono' }, Object.hasOwn(found, attribute)
        ? column === 0 ? h('button', { type: 'button', class: 'link', 'aria-expanded': String(openItem === found), onclick: () => open(found) }, short(plain(found[attribute]))) : short(plain(found[attribute])) : ''));
      const line = h('tr', { key: `item ${index}` }, cells);
      return openItem !== found ? [line] : [line, h('tr', { key: `open ${index}` }, h('td', { colspan: shown.length, class: 'inside' },
        h('textarea', { rows: 14, 'aria-label': 'Item in DynamoDB\'s JSON', spellcheck: 'false', value: editing, oninput: event => { editing = event.target.value; app.redraw(); } }),
        h('div', { class: 'bar' }, !app.status?.console?.readOnly && button('Write item', save, { class: 'accent' }), button('Close', () => open(found))), !app.status?.console?.readOnly && cli(`aws dynamodb put-item --table-name ${shell(name)} --item ${shell(editing ?? '')}`)))];
    }))));
}

export default {
  title: 'Tables',
  async start(shellApp) {
    app = shellApp;
    const graph = await get('/_ingest/stack');
    tables = graph.nodes.filter(node => node.kind === 'table').map(node => node.name);
    if (tables.length > 0) await choose(tables.includes(name) ? name : tables[0]);
  },
  period: RETRY_PERIOD,
  refresh: () => unread && load(false),
  view() {
    if (tables.length === 0) return h('div', null, h('h1', null, 'Tables'), empty('The stack has no table'));
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Tables'), h('span', { class: 'muted' }, description ? `about ${several(description.ItemCount, 'item')}` : '')),
      h('div', { class: 'bar' },
        h('select', { 'aria-label': 'Table', onchange: event => choose(event.target.value) }, tables.map(table => h('option', { value: table, selected: table === name }, table))),
        h('input', { type: 'search', 'aria-label': 'Key', placeholder: description ? `${keysOf()[0]} (empty for all items)` : '', value: key,
          oninput: event => { key = event.target.value; }, onkeydown: event => event.key === 'Enter' && load(false) }),
        button('Read', () => load(false), { class: 'accent' })),
      failure(error ?? readError),
      items.length === 0 ? description === null ? null : empty('No items') : grid(),
      next && h('div', { class: 'bar' }, button('More', () => load(true))),
      key === '' ? cli(`aws dynamodb scan --table-name ${shell(name ?? '')}`) : cli('ingest-cli inspect', key));
  },
};
