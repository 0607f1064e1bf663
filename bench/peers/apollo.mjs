// Apollo Server 5 + Express 5, plain resolvers + DataLoader + raw driver: what an expert Apollo user writes without an ORM.
import express from 'express';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { open } from './lib/data.mjs';
import { typeDefs } from './lib/schema.mjs';
import { resolvers, makeContext } from './lib/resolvers.mjs';
import { mountRest } from './lib/rest-express.mjs';

const db = await open(),
  context = makeContext(db);
const server = new ApolloServer({
  typeDefs,
  resolvers,
  csrfPrevention: true,
  introspection: false,
  includeStacktraceInErrorResponses: false,
});
await server.start();
const app = express();
app.disable('x-powered-by');
app.disable('etag');
const onError = mountRest(app, express, db);
app.use(
  '/graphql',
  express.json(),
  expressMiddleware(server, { context: async ({ req }) => context(req.headers['x-api-key']) }),
);
app.use(onError);
app.listen(Number(process.env.PORT), '127.0.0.1');
