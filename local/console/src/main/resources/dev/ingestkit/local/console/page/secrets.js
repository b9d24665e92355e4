// Secrets, by name only: the page never reads their values.

import { h } from './view.js';
import { secrets } from './api.js';
import { cli, empty, table } from './parts.js';
import { dateTime } from './format.js';

let list = null;

export default {
  title: 'Secrets',
  async start() {
    list = (await secrets('ListSecrets', {})).SecretList;
  },
  view() {
    const time = seconds => (seconds ? dateTime(new Date(seconds * 1000).toISOString()) : '–');
    return h('div', null, h('h1', null, 'Secrets'),
      list === null ? h('p', { class: 'muted' }, 'Loading') : list.length === 0 ? empty('The stack has no secret') : h('section', null, table('Secrets', ['Name', 'Description', 'Changed'],
        list.map(secret => ({ key: secret.ARN, cells: [h('span', { class: 'mono' }, secret.Name), secret.Description ?? '', time(secret.LastChangedDate ?? secret.CreatedDate)] })))),
      h('p', { class: 'muted' }, 'The console shows no values. The tool prints the API\'s credentials:'),
      cli('ingest-cli credentials'));
  },
};
