import type { ValidationErrorItem } from 'joi';
import type { OffsetPage } from '../../domain/page.js';
import type { Paging } from './paging.js';

/** Every refusal but 422 (MIMO 1.13 M3): the documents disagree on the key, so both are there. */
export interface ErrorBody {
  readonly error: string;
  readonly message: string;
}

/** A 422 (MIMO 1.13 M4): Joi's details, and the text of the first. */
export interface ValidationErrorBody {
  readonly message: string;
  readonly error: readonly ValidationErrorItem[];
}

export interface CollectionBody<Item> {
  readonly data: readonly Item[];
  readonly pagination: Paging & { readonly total: number; readonly totalPages: number };
}

/** A page of a list (MIMO 1 "Common"); an empty list has no pages. */
export function presentCollection<Row, Item>(
  { rows, total }: OffsetPage<Row>,
  { page, limit }: Paging,
  present: (row: Row) => Item,
): CollectionBody<Item> {
  return {
    data: rows.map((row) => present(row)),
    pagination: { page, limit, total, totalPages: Math.ceil(total / limit) },
  };
}

export function presentError(text: string): ErrorBody {
  return { error: text, message: text };
}

export function presentInvalid(details: readonly ValidationErrorItem[]): ValidationErrorBody {
  return { message: details[0]?.message ?? 'Unprocessable Entity', error: details };
}
