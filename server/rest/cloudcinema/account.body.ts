import Joi from 'joi';
import type { Registration } from '../../domain/users/user.types.js';
import { type Fields, idOf, textOf } from './body.js';
import { accountRefusal } from './errors.js';

/** The original's column (CloudCinema 5 "Schema"). */
const emailSchema = Joi.string()
  .email({ tlds: { allow: false } })
  .max(255);

/** What a change of one's profile says. */
export interface ProfileEdit {
  readonly userId: number;
  readonly password: string;
  /** Undefined leaves it as it is. */
  readonly name: string | undefined;
}

/** @throws Refusal (400) in the documented order: what is missing, passwords that differ, then what cannot be an address */
export function parseRegistration(fields: Fields): Registration {
  const email = textOf(fields, 'correo');
  const name = textOf(fields, 'nombre_completo');
  const password = textOf(fields, 'contrasena');
  const repeated = textOf(fields, 'confirmar_contrasena');
  if (!email || !name || !password || !repeated) throw accountRefusal(400, 'Todos los campos son obligatorios');
  if (password !== repeated) throw accountRefusal(400, 'Las contraseñas no coinciden');
  if (emailSchema.validate(email).error) throw accountRefusal(400, 'El correo no es válido');
  // Its contract asks for no more than a password.
  return { email, name, password, minPasswordLength: 1 };
}

/** @throws Refusal (400) */
export function parseLogin(fields: Fields): { email: string; password: string } {
  const email = textOf(fields, 'correo');
  const password = textOf(fields, 'contrasena');
  if (!email || !password) throw accountRefusal(400, 'Correo y contraseña son requeridos');
  return { email, password };
}

/** @throws Refusal (400) */
export function parseEdit(fields: Fields): ProfileEdit {
  const userId = idOf(fields, 'id_usuario');
  const password = textOf(fields, 'contrasena_actual');
  if (!userId || !password) throw accountRefusal(400, 'id_usuario y contrasena_actual son requeridos');
  return { userId, password, name: parseNewName(fields) };
}

/** Nothing leaves the name as it is; whoever sends something else than a text must not be told that it was changed. */
function parseNewName(fields: Fields): string | undefined {
  const given = fields['nombre_completo'];
  if (given != null && typeof given !== 'string') throw accountRefusal(400, 'El nombre no es válido');
  return textOf(fields, 'nombre_completo');
}
