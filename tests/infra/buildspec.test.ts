import { globSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readBuildSpec, runBuildSpec } from './code-build.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const commit = 'c0ffee0123456789c0ffee0123456789c0ffee01';
const variables = {
  CODEBUILD_RESOLVED_SOURCE_VERSION: commit,
  REPOSITORY_URI: '111111111111.dkr.ecr.us-east-1.amazonaws.com/filmgraph-dev',
  REPOSITORY_NAME: 'filmgraph-dev',
};
const image = `${variables.REPOSITORY_URI}:${commit}`;

/** A registry that has what was pushed to it. */
const aws = `
case "$1 $2" in
  'ecr get-login-password') echo password ;;
  'ecr describe-images') [ -e "$STATE/pushed" ] || exit 254; echo ${digest} ;;
  *) exit 1 ;;
esac`;
const docker = '[ "$1" != push ] || touch "$STATE/pushed"';

describe('buildspec.yml', () => {
  test('checks, builds and pushes a commit, and exports the digest of its image', () => {
    const { code, exported, calls } = runBuildSpec('buildspec.yml', { programs: { aws, docker }, variables });
    expect(code).toBe(0);
    expect(exported).toEqual({ COMMIT: commit, IMAGE_DIGEST: digest });
    expect(calls.filter((call) => call.startsWith('docker'))).toEqual([
      'docker login --username AWS --password-stdin 111111111111.dkr.ecr.us-east-1.amazonaws.com',
      expect.stringMatching(
        /^docker run --rm --volume \S+:\/workspace .* bash -c bash [.]ci\/run && npm run infra:synth$/,
      ),
      `docker build --build-arg COMMIT=${commit} --build-arg NODE_IMAGE=public.ecr.aws/docker/library/node:24-bookworm-slim --tag ${image} .`,
      `docker push ${image}`,
    ]);
  });

  test('does not build a commit again that the registry has', () => {
    const built = aws.replace('[ -e "$STATE/pushed" ] || exit 254; ', '');
    const { code, exported, calls } = runBuildSpec('buildspec.yml', { programs: { aws: built, docker }, variables });
    expect({ code, digest: exported['IMAGE_DIGEST'] }).toEqual({ code: 0, digest });
    expect(calls.some((call) => call.startsWith('docker build') || call.startsWith('docker push'))).toBe(false);
  });

  test.each([
    ['a check', '[ "$1" != run ] || exit 1', 'docker build'],
    ['the build', '[ "$1" != build ] || exit 1', 'docker push'],
    ['the push', '[ "$1" != push ] || exit 1', 'aws nothing'],
  ])('ends where %s fails', (_what, failing, notReached) => {
    const { code, exported, calls } = runBuildSpec('buildspec.yml', { programs: { aws, docker: failing }, variables });
    expect({ code, exported }).toEqual({ code: 1, exported: {} });
    expect(calls.some((call) => call.startsWith(notReached))).toBe(false);
  });

  test('hands on what the later steps need', () => {
    const files = readBuildSpec('buildspec.yml').artifacts?.files ?? [];
    const needed = ['buildspec.deploy.yml', 'buildspec.smoke.yml', 'package.json', 'package-lock.json', 'cdk.out/**/*'];
    expect(files).toEqual(expect.arrayContaining([...needed, 'dist/infra/bin/smoke.js', 'dist/infra/probes/*.js']));
    for (const file of files.filter((name) => !name.startsWith('cdk.out'))) expect(globSync(file)).not.toEqual([]);
  });
});

describe('buildspec.deploy.yml', () => {
  test('deploys the service and what watches it, alone, with the image that was built', () => {
    const { code, calls } = runBuildSpec('buildspec.deploy.yml', {
      programs: { npm: '', npx: '' },
      variables: { ENVIRONMENT: 'dev', IMAGE_DIGEST: digest },
    });
    expect(code).toBe(0);
    expect(calls.at(-1)).toBe(
      'npx cdk deploy dev-Service dev-Observability --app cdk.out --exclusively --require-approval never ' +
        `--no-notices --progress events --parameters dev-Service:ImageDigest=${digest}`,
    );
  });

  test('fails when the deployment does', () => {
    const { code } = runBuildSpec('buildspec.deploy.yml', {
      programs: { npm: '', npx: 'exit 1' },
      variables: { ENVIRONMENT: 'dev', IMAGE_DIGEST: digest },
    });
    expect(code).toBe(1);
  });
});

describe('buildspec.smoke.yml', () => {
  const programs = { aws: 'echo https://api.example.com', node: '' };

  test('asks the address that the stack says', () => {
    const { code, calls } = runBuildSpec('buildspec.smoke.yml', { programs, variables: { ENVIRONMENT: 'prod' } });
    expect(code).toBe(0);
    expect(calls).toEqual([
      expect.stringContaining('aws cloudformation describe-stacks --stack-name prod-Edge'),
      'node dist/infra/bin/smoke.js https://api.example.com',
    ]);
  });

  test('fails when the answers are not as they should be', () => {
    const failing = { ...programs, node: 'exit 1' };
    expect(runBuildSpec('buildspec.smoke.yml', { programs: failing, variables: { ENVIRONMENT: 'prod' } }).code).toBe(1);
  });
});
