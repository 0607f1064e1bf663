import './workers.ts';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { exampleTabs } from '../examples.ts';

interface Operation {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null | undefined;
}

/** Sends one operation to the API that this page was served from. */
async function send(operation: Operation, options?: { readonly headers?: Record<string, unknown> }): Promise<object> {
  const headers = new Headers({
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
  });
  for (const [name, value] of Object.entries(options?.headers ?? {})) headers.set(name, String(value));
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(operation) });
  return (await response.json()) as object; // GraphQL answers with an object, whatever the status
}

const container = document.getElementById('playground');
if (container) {
  createRoot(container).render(
    createElement(
      GraphiQL,
      {
        fetcher: send,
        defaultTabs: [...exampleTabs],
        defaultEditorToolsVisibility: true,
        // Keys typed into the headers pane survive a reload, but not the closing of the tab.
        storage: sessionStorage,
        shouldPersistHeaders: true,
      },
      createElement(GraphiQL.Logo, null, 'Filmgraph'),
    ),
  );
}
