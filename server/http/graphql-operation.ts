import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { currentRecord } from '../telemetry/request-record.js';

/** Notes which operation a request runs, as soon as its document is parsed and valid, and traces it. */
export const operationPlugin: ApolloServerPlugin<BaseContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, operationName }) => {
      const record = currentRecord();
      if (!record || !operation) return;
      record.operation = { type: operation.operation, name: shorten(operationName) };
      record.trace?.beginOperation(record.operation);
    },
    willSendResponse: async ({ errors }) => {
      currentRecord()?.trace?.endOperation(errors !== undefined && errors.length > 0);
    },
  }),
};

/** Characters of an operation's name that are noted; a client may choose one as long as its document. */
const maxNameLength = 100;

function shorten(name: string | null): string | undefined {
  return name?.slice(0, maxNameLength);
}
