export const handler = async (event) => ({ statusCode: 200, body: `echo of ${event.path}` });
