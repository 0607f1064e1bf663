import type { ConflictReason, Resource } from '../../domain/errors.js';
import { type Answer, type Answers, Refusal, retryLater, setHead } from '../shared/answers.js';
import { sendJsonWithCharset } from '../shared/json.js';
import { presentAccountRefusal, presentRefusal } from './envelope.js';

/** A refusal that says no more than a text. */
export function refusal(status: number, text: string): Refusal {
  return new Refusal(textAnswer(status, text));
}

/** As `refusal`, in the words of the account's paths. */
export function accountRefusal(status: number, text: string): Refusal {
  return new Refusal({ status, body: presentAccountRefusal(text) });
}

const notFoundTexts = {
  movie: 'Película no encontrada',
  rating: 'Valoración no encontrada',
  watchlistItem: 'Película no encontrada en la lista',
  user: 'Usuario no encontrado',
  apiKey: 'Clave no encontrada',
  song: 'Canción no encontrada',
  playlist: 'Playlist no encontrada',
  playlistEntry: 'Película no encontrada en la playlist',
  image: 'Imagen no encontrada',
} satisfies Record<Resource, string>;

const conflicts: Readonly<Record<ConflictReason, readonly [status: number, text: string]>> = {
  alreadyRated: [409, 'La película ya está valorada'],
  alreadyInWatchlist: [409, 'La película ya está en la lista'],
  usernameTaken: [409, 'El nombre de usuario ya está registrado'],
  emailTaken: [409, 'El correo ya está registrado'],
  playlistNameTaken: [409, 'El nombre de la playlist ya existe'],
  movieNotAvailable: [400, 'La película no está disponible'],
  requestInProgress: [409, 'La petición se está procesando'],
  defaultPlaylist: [409, 'La playlist no se puede eliminar'],
};

/** What is said of a value that breaks a rule, by the domain's name of it. */
const invalidTexts: Readonly<Record<string, string>> = {
  email: 'El correo no es válido',
  name: 'El nombre no es válido',
  password: 'La contraseña no es válida',
};

/** Said of a password that is wrong where it is asked for once more. */
export const wrongPassword = 'Contraseña incorrecta';

/** What goes wrong, in this dialect's words (CloudCinema 5, C1, C11, C14, C16). */
export const answers: Answers = createAnswers(presentRefusal);

/** The same, on the account's paths. */
export const accountAnswers: Answers = createAnswers(presentAccountRefusal);

/** @param present words a refusal by a route; what is about the request as a whole is worded alike on every path */
function createAnswers(present: (text: string) => object): Answers {
  const say = (status: number, text: string): Answer => ({ status, body: present(text) });
  return {
    domain: {
      NOT_FOUND: ({ resource }) => say(404, notFoundTexts[resource]),
      FORBIDDEN: () => say(403, 'No autorizado'),
      UNAUTHENTICATED: () => say(401, 'No autenticado'),
      WRONG_CREDENTIALS: () => say(401, 'Credenciales incorrectas'),
      ACCOUNT_DISABLED: () => say(403, 'Cuenta deshabilitada'),
      CONFLICT: ({ reason }) => say(...conflicts[reason]),
      INVALID: ({ field }) => say(400, invalidTexts[field] ?? 'Petición no válida'),
      TOO_LARGE: () => textAnswer(413, 'La foto es demasiado grande'),
      UNSUPPORTED_MEDIA: () => textAnswer(415, 'La foto debe ser JPEG, PNG o WebP'),
      RATE_LIMITED: (error) => retryLater(textAnswer(429, 'Demasiados intentos'), error.retryAfterSeconds),
      UNAVAILABLE: (error) => retryLater(textAnswer(503, 'Servicio no disponible'), error.retryAfterSeconds),
    },
    undecodablePath: textAnswer(400, 'Ruta mal formada'),
    fault: textAnswer(500, 'Error interno del servidor'),
    send: (response, answer) => {
      setHead(response, answer);
      sendJsonWithCharset(response, answer.body);
    },
  };
}

function textAnswer(status: number, text: string): Answer {
  return { status, body: presentRefusal(text) };
}
