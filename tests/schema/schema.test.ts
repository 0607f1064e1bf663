import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { buildSchema } from '../../schema/build-schema.js';

const schema = buildSchema();

describe('the schema', () => {
  it('is the one that is committed', () => {
    expect(readFileSync('schema/schema.graphql', 'utf8')).toContain(printSchema(lexicographicSortSchema(schema)));
  });

  it('describes every type, field, argument and enum value', () => {
    const missing: string[] = [];
    const check = (name: string, { description }: { description?: string | null | undefined }) => {
      if (!description) missing.push(name);
    };
    for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
      if (!['Query', 'Mutation'].includes(type.name)) check(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
    expect(missing).toEqual([]);
  });
});
