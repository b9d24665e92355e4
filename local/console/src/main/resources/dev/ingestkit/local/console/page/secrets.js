// Secrets, by name only: the page never reads their values.

import { h } from './view.js';
import { secrets, unread } from './api.js';
import { cli, empty, failure, table } from './parts.js';
import { dateTime } from './format.js';

const PERIOD = 5000;

let app = null;
let list = null;
let readError = null;

async function read() {
  try {
    list = (await secrets('ListSecrets', {})).SecretList;
    readError = null;
  } catch (failed) {
    readError = unread(failed);
  }
  app.redraw();
}

export default {
  title: 'Secrets',
  async start(shellApp) {
    app = shellApp;
    await read();
  },
  period: PERIOD,
  // Each read at another endpoint is a call that the user pays for.
  refresh: () => (list === null || readError !== null || !app.status?.console) && read(),
  view() {
    const time = seconds => (seconds ? dateTime(new Date(seconds * 1000).toISOString()) : '–');
    return h('div', null, h('h1', null, 'Secrets'), failure(readError),
      list === null ? h('p', { class: 'muted' }, 'Loading') : list.length === 0 ? empty('The stack has no secret') : h('section', null, table('Secrets', ['Name', 'Description', 'Changed'],
        list.map(secret => ({ key: secret.ARN, cells: [h('span', { class: 'mono' }, secret.Name), secret.Description ?? '', time(secret.LastChangedDate ?? secret.CreatedDate)] })))),
      h('p', { class: 'muted' }, 'The console shows no values. The tool prints the API\'s credentials:'),
      cli('ingest-cli credentials'));
  },
};
