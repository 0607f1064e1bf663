import { invalid, type Validator } from '../shared/pydantic.js';
import { noText, text, unstorable } from '../shared/pydantic-values.js';
import { readEmail } from './email-address.js';

/** An address in the form that it is kept in (Users 3). */
const email: Validator<string> = (loc, input) => {
  if (typeof input !== 'string') return noText(loc, input);
  if (!input.isWellFormed()) return unstorable(loc, input);
  const read = readEmail(input);
  if ('address' in read) return { value: read.address };
  const { reason } = read;
  const msg = `value is not a valid email address: ${reason}`;
  return invalid({ type: 'value_error', loc, msg, input, ctx: { reason } });
};

/** A new person (Users 3): letters and spaces of ASCII, not trimmed, and an address that mail could reach. */
export const newUser = { name: text({ minLength: 3, maxLength: 50, pattern: /^[a-zA-Z ]+$/ }), email };
