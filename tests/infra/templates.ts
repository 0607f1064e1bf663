import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { build } from '../../infra/app.js';
import type { Environment } from '../../infra/environment.js';
import { environments } from '../../infra/environments.js';

/** A resource as it is in a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: any; // oxlint-disable-line typescript/no-explicit-any -- templates are arbitrary JSON
  readonly DeletionPolicy?: string;
}

/** The templates of one environment by the names of its stacks, without the environment's. */
export type Templates = ReadonlyMap<string, Template>;

/** What `cdk.json` says, and what the command line adds: the names of findings and resources depend on it. */
const context = {
  ...(JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: object }).context, // ours; the CLI reads it too
  'aws:cdk:enable-path-metadata': true,
  // Nothing here runs the functions.
  'aws:cdk:bundling-stacks': [],
};

// The whole is validated by the test of the synthesis.
process.env['CDK_VALIDATION'] = 'false';

/** The environment of this name. */
export function environmentOf(name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (!found) throw new Error(`There is no environment ${name}.`);
  return found;
}

/** An app with these environments and nothing else. */
export function createApp(...all: readonly Environment[]): App {
  const app = new App({ context, analyticsReporting: false });
  for (const environment of all) build(app, environment);
  return app;
}

const synthesized = new Map<Environment, Templates>();

/** Every template of one environment; made once. */
export function synthesize(environment: Environment): Templates {
  const templates = synthesized.get(environment) ?? makeTemplates(environment);
  synthesized.set(environment, templates);
  return templates;
}

function makeTemplates(environment: Environment): Templates {
  const stacks = createApp(environment).node.children.filter((child) => Stack.isStack(child));
  return new Map(
    stacks.map((stack) => [stack.stackName.slice(environment.name.length + 1), Template.fromStack(stack)]),
  );
}

/** Expects a resource of a type that has these properties, among others. */
export function expectResource(templates: Templates, stack: string, type: string, properties: object): void {
  templateOf(templates, stack).hasResourceProperties(type, properties);
}

/** Expects these properties, among others, of every resource of a type. */
export function expectEvery(templates: Templates, stack: string, type: string, properties: object): void {
  templateOf(templates, stack).allResourcesProperties(type, properties);
}

/** Expects as many resources of a type. */
export function expectCount(templates: Templates, stack: string, type: string, count: number): void {
  templateOf(templates, stack).resourceCountIs(type, count);
}

/** One of them. */
export function templateOf(templates: Templates, name: string): Template {
  const template = templates.get(name);
  if (!template) throw new Error(`There is no stack ${name}.`);
  return template;
}

/** The resources of a type, in one stack or in all. */
export function listResources(templates: Templates, type: string, stack?: string): readonly Resource[] {
  const chosen = stack === undefined ? [...templates.values()] : [templateOf(templates, stack)];
  return chosen.flatMap((template) => Object.values(template.findResources(type) as Record<string, Resource>)); // as CDK wrote it
}

/** The only resource of a type in a stack. */
export function findResource(templates: Templates, type: string, stack: string): Resource {
  const [resource, ...others] = listResources(templates, type, stack);
  if (!resource || others.length > 0) throw new Error(`There are ${others.length + (resource ? 1 : 0)} of ${type}.`);
  return resource;
}
