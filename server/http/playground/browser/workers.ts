/** The editor's language services, each in a worker of its own, from the files that the build put next to this one. */
const workers = new Map([
  ['graphql', 'graphql.worker.js'],
  ['json', 'json.worker.js'],
]);

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string): Worker =>
      new Worker(new URL(workers.get(label) ?? 'editor.worker.js', import.meta.url), { name: label }),
  },
});
