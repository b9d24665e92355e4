// Numbers, times and texts as the console shows them.

export const count = number => Number(number ?? 0).toLocaleString('en-US');

/** Returns a number with its noun: 1 item, 2 items. */
export const several = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

export function millis(value) {
  if (value === undefined || value === null) return '–';
  if (value === 0) return '0 ms';
  if (value < 10) return `${value.toFixed(1)} ms`;
  if (value < 10_000) return `${Math.round(value)} ms`;
  if (value < 600_000) return `${(value / 1000).toFixed(1)} s`;
  if (value < 7_200_000) return `${Math.round(value / 60_000)} min`;
  return `${(value / 3_600_000).toFixed(1)} h`;
}

export function rate(perSecond) {
  if (perSecond === 0) return '0';
  return perSecond < 10 ? perSecond.toFixed(1) : count(Math.round(perSecond));
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** Returns the time of day in the viewer's zone, with milliseconds. */
export function clock(iso) {
  const time = new Date(iso);
  const two = number => String(number).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
    + `.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** Returns the time of day; of another day also the date, since a lost event may be older than a day. */
export function moment(iso) {
  const sameDay = new Date(iso).toDateString() === new Date().toDateString();
  return sameDay ? clock(iso) : dateTime(iso);
}

/** Returns the date and the time in the viewer's zone, to the second. */
export function dateTime(iso) {
  const time = new Date(iso);
  const two = number => String(number).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock(iso).slice(0, 8)}`;
}

/** Returns a text that a POSIX shell reads as one word. */
export function shell(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Returns an option with its value, also one that begins as an option does. */
export const option = (name, value) => `${name}${value.startsWith('-') ? '=' : ' '}${shell(value)}`;

/** Characters that a reader does not see, or that change the order of those around them. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const SEEN = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u;

const escaped = character => `\\u${character.codePointAt(0).toString(16).padStart(4, '0')}`;

/** Returns an event's id as a reader can tell it from others: a blank one would be a link without a name. */
export function named(id) {
  if (id === '') return '(without an id)';
  return SEEN.test(id) ? id.replace(UNSEEN, escaped) : [...id].map(escaped).join('');
}

/** Returns JSON with indentation; a text that is not JSON as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Returns a DynamoDB attribute as a plain value. */
export function plain(attribute) {
  const [type, value] = Object.entries(attribute)[0];
  switch (type) {
    case 'N': return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'M': return item(value);
    case 'L': return value.map(plain);
    case 'NULL': return null;
    case 'B': return `(binary, base64) ${value}`;
    default: return value;
  }
}

export const item = attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, plain(value)]));
