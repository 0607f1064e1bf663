/** A row cannot be taken. The reason is the same for every row of its kind, so that reasons can be counted. */
export class RowRefusal extends Error {
  override readonly name = 'RowRefusal';

  /** @param value what stood there, when showing it helps */
  constructor(
    readonly reason: string,
    readonly value?: string,
  ) {
    super(value === undefined ? reason : `${reason}, got ${show(value)}`);
  }
}

const maxShownLength = 60;

/** One line that a terminal cannot mistake for control sequences. */
function show(value: string): string {
  const text = value.length > maxShownLength ? `${value.slice(0, maxShownLength)}...` : value;
  return JSON.stringify(text).replace(/[\u007f-\u009f]/g, ' ');
}
