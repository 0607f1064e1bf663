// graphql-yoga 5 on node:http with DataLoader and the raw driver (parser and validation caches are yoga's defaults).
import http from 'node:http';
import { createYoga, createSchema } from 'graphql-yoga';
import { open } from './lib/data.mjs';
import { typeDefs } from './lib/schema.mjs';
import { resolvers, makeContext } from './lib/resolvers.mjs';

const db = await open(),
  context = makeContext(db);
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  graphiql: false,
  landingPage: false,
  logging: false,
  healthCheckEndpoint: '/health',
  context: ({ request }) => context(request.headers.get('x-api-key')),
});
http.createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1');
