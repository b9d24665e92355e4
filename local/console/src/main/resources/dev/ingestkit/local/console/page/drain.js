// The file of a drain: the records of dead letters as lines that send accepts.

import { envelope } from './api.js';

/** Returns the lines of the records that a message stands for. */
export const linesOf = (message, entries) => entries.map((entry, index) => JSON.stringify({
  ...envelope(entry.key, entry.bytes), messageId: message.id, record: index + 1, records: entries.length, kind: message.kind,
  reason: message.reason, stream: entry.stream, shard: entry.shard, sequenceNumber: entry.number, arrivedAt: new Date(entry.arrivedAt * 1000).toISOString(),
}));

/** Saves lines as a file of the browser's user. */
export function save(lines, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'application/x-ndjson' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
