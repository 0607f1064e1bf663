/** A refusal of the playlist's paths, and of whatever concerns no route in particular (CloudCinema C1): both services' keys. */
export interface RefusalBody {
  readonly ok: false;
  readonly error: string;
  readonly message: string;
}

/** A refusal of the account's paths. */
export interface AccountRefusalBody {
  readonly error: string;
}

/** What came of changing a playlist (CloudCinema C1). */
export interface DoneBody {
  readonly ok: true;
  readonly message: string;
}

export function presentRefusal(text: string): RefusalBody {
  return { ok: false, error: text, message: text };
}

export function presentAccountRefusal(text: string): AccountRefusalBody {
  return { error: text };
}

export function presentDone(message: string): DoneBody {
  return { ok: true, message };
}
