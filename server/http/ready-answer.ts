import type { PlainResponse } from './plain-handler.js';

/**
 * Writes down what is sent, headers and body, to send it to many: making it anew each time can cost as much as sending it.
 *
 * @param send sends it to a POST, at once
 * @returns sends the same
 */
export function readyAnswer(send: (response: PlainResponse) => void): (response: PlainResponse) => void {
  const headers: (readonly [name: string, value: string | number | readonly string[]])[] = [];
  let body = '';
  const paper = {
    req: { method: 'POST', headers: {} },
    statusCode: 200,
    setHeader: (...header: (typeof headers)[number]) => void headers.push(header),
    end: (text: string) => {
      body = text;
    },
  };
  send(paper as unknown as PlainResponse); // what is sent in one piece needs nothing else of it
  return (response) => {
    response.statusCode = paper.statusCode;
    for (const [name, value] of headers) response.setHeader(name, value);
    if (response.req.method === 'HEAD') response.end();
    else response.end(body);
  };
}
