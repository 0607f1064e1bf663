// Shows all dialects, and lets people try them.
// oxlint-disable-next-line typescript/no-unsafe-call -- a global of the script before this one
globalThis.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  // It would send the document's address to a server of others.
  validatorUrl: null,
});
