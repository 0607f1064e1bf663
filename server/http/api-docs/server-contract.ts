/** The contract of what the server itself serves: the `openapi.json` that `npm run build` makes of `openapi.yaml`. */
export const serverContract = {
  /** As no dialect may be called. */
  name: 'server',
  title: 'The server',
  contract: new URL('../openapi.json', import.meta.url),
} as const;
