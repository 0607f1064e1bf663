// Shows all dialects, to be read.
// oxlint-disable-next-line typescript/no-unsafe-call, typescript/no-unsafe-member-access -- a global of the script before this one
globalThis.Redoc.init('/openapi.json', {}, document.getElementById('docs'));
