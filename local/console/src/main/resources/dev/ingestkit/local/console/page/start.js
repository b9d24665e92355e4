// Loads the console. A file that was lost on the way is asked for again, since no other part of the page could do so.

const RETRY_MILLIS = [200, 1000, 3000, 10_000];

for (let attempt = 0; ; attempt++) {
  try {
    await import(attempt === 0 ? './app.js' : `./app.js?attempt=${attempt}`);
    break;
  } catch (failed) {
    if (!(failed instanceof TypeError) || attempt === RETRY_MILLIS.length) throw failed;
    await new Promise(wake => setTimeout(wake, RETRY_MILLIS[attempt]));
  }
}
