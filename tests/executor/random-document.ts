import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';
import { pick, type Random } from './random.js';

/** A document with one operation, and what its variables are given. */
export interface RandomDocument {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Writes a document of a schema: aliases, fragments of both kinds, conditions, literals, variables with and without defaults. */
export function randomDocument(schema: GraphQLSchema, kind: 'query' | 'mutation', random: Random): RandomDocument {
  return new Writer(schema, random).write(kind);
}

const maxDepth = 5;

class Writer {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #definitions: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments: string[] = [];
  #aliases = 0;

  constructor(schema: GraphQLSchema, random: Random) {
    this.#schema = schema;
    this.#random = random;
  }

  write(kind: 'query' | 'mutation'): RandomDocument {
    const root = kind === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType();
    const selection = root ? this.#selectionOf(root, 0) : '';
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    return {
      text: [`${kind} Random${definitions} ${selection}`, ...this.#fragments].join('\n'),
      variables: this.#variables,
    };
  }

  #selectionOf(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + Math.floor(this.#random() * 4);
    const parts = Array.from({ length: count }, () => this.#partOf(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #partOf(type: GraphQLCompositeType, depth: number): string {
    const chance = this.#random();
    if (chance < 0.08) return `__typename${this.#condition()}`;
    if (chance < 0.16 && depth < maxDepth) return `...${this.#condition()} ${this.#selectionOf(type, depth + 1)}`;
    if (chance < 0.24 && depth < maxDepth) return this.#fragmentOf(type, depth);
    if (isUnionType(type)) return '__typename';
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < maxDepth || !isCompositeType(getNamedType(field.type)),
    );
    return fields.length === 0 ? '__typename' : this.#fieldOf(pick(fields, this.#random), depth);
  }

  #fragmentOf(type: GraphQLCompositeType, depth: number): string {
    const on = isAbstractType(type) ? pick(this.#schema.getPossibleTypes(type), this.#random) : type;
    const selection = this.#selectionOf(on, depth + 1);
    if (this.#random() < 0.5) return `... on ${on.name}${this.#condition()} ${selection}`;
    const name = `F${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${on.name} ${selection}`);
    return `...${name}${this.#condition()} ...${name}`;
  }

  #fieldOf(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter((argument) => isRequiredArgument(argument) || this.#random() < 0.4);
    const list = given.map((argument) => `${argument.name}: ${this.#valueOf(argument)}`).join(', ');
    const type = getNamedType(field.type);
    // Fields of one name with other arguments cannot be merged.
    const alias = list !== '' || this.#random() < 0.2 ? `a${this.#aliases++}: ` : '';
    const selection = isCompositeType(type) ? ` ${this.#selectionOf(type, depth + 1)}` : '';
    return `${alias}${field.name}${list && `(${list})`}${this.#condition()}${selection}`;
  }

  #condition(): string {
    if (this.#random() > 0.15) return '';
    const name = this.#random() < 0.5 ? 'skip' : 'include';
    const value =
      this.#random() < 0.6 ? this.#variable('Boolean!', this.#random() < 0.5) : String(this.#random() < 0.5);
    return ` @${name}(if: ${value})`;
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#definitions.length}`;
    this.#definitions.push(`$${name}: ${type}`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  #valueOf({ type }: Pick<GraphQLArgument, 'type'>): string {
    const scalar =
      ['Int', 'Float', 'String', 'ID', 'Boolean'].includes(getNamedType(type).name) &&
      !isListType(getNullableType(type));
    if (scalar && this.#random() < 0.4) return this.#variable(String(type), this.#plainValueOf(type));
    return this.#literalOf(type);
  }

  #literalOf(type: GraphQLInputType): string {
    if (!isNonNullType(type) && this.#random() < 0.2) return 'null';
    const inner = getNullableType(type);
    if (isListType(inner)) return `[${this.#literalOf(inner.ofType)}, ${this.#literalOf(inner.ofType)}]`;
    if (isEnumType(inner)) return pick(inner.getValues(), this.#random).name;
    if (!isInputObjectType(inner)) return JSON.stringify(this.#plainValueOf(inner));
    const fields = Object.values(inner.getFields()).filter(
      (field) => isRequiredInputField(field) || this.#random() < 0.4,
    );
    return `{ ${fields.map((field) => `${field.name}: ${this.#valueOf(field)}`).join(', ')} }`;
  }

  #plainValueOf(type: GraphQLInputType): unknown {
    const { name } = getNamedType(type);
    if (name === 'Int') return Math.floor(this.#random() * 100);
    if (name === 'Float') return this.#random() * 5;
    if (name === 'Boolean') return this.#random() < 0.5;
    return name.startsWith('DateTime') ? '2026-01-02T03:04:05.678Z' : `text ${Math.floor(this.#random() * 100)}`;
  }
}
