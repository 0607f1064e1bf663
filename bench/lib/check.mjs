// Before anything is timed: every target gives the same answers, field by field.
import { canon, firstDiff } from './answers.mjs';
import { once } from './client.mjs';
import { isConstant, supports, toHttp } from './requests.mjs';
import { options, parameters } from './run.mjs';
import { prng } from './workloads.mjs';

/** Reads; what writers do is compared by what readers see. R1P is what the mixed workload reads. */
const reads = ['R1', 'R2', 'R1P', 'R3', 'R4', 'R5', 'G1', 'G2', 'G3', 'G4'];
/** A target so slow is compared by one answer. */
const slowMs = 2_000;

/** Compares all targets by workload; one that differs is not measured in it. @returns how many differ, or fail */
export async function checkAnswers(targets) {
  let bad = 0;
  for (const workload of reads.filter(isAsked)) {
    const users = targets.filter((target) => supports(target, workload === 'R1P' ? 'R1' : workload));
    if (users.length > 1) bad += await checkWorkload(workload, users);
  }
  return bad;
}

function isAsked(workload) {
  return options.workloads.includes(workload === 'R1P' ? 'M1' : workload);
}

async function checkWorkload(workload, targets) {
  const count = isConstant(workload) ? 1 : options.quick ? 4 : 10;
  const left = new Set(targets);
  let [equal, bad] = [0, 0];
  for (let turn = 0; turn < count; turn++) {
    const input = parameters[workload](prng(options.seed * 31 + turn));
    let first;
    for (const target of left) {
      const { answer, status, ms } = await ask(target, workload, input);
      if (ms > slowMs) left.delete(target);
      const problem = first ? differenceFrom(first, { target, answer }) : failureOf({ status, answer });
      first ??= { target, answer };
      if (!problem) equal += first.target === target ? 0 : 1;
      else {
        console.log(`CHECK ${workload} ${JSON.stringify(input)}: ${target.name}: ${problem}`);
        bad += 1;
        left.delete(target);
        target.skip = [...(target.skip ?? []), workload];
      }
    }
  }
  console.log(`check ${workload}: ${targets.map(({ name }) => name).join(' = ')}: ${equal} equal answers`);
  return bad;
}

async function ask(target, workload, input) {
  const { method, path, ...rest } = toHttp(target, workload, input);
  const startedAt = performance.now();
  const { status, body } = await once(target.base, method, path, rest);
  const ms = performance.now() - startedAt;
  return { status, ms, answer: read(target, { workload, input, status, body }) };
}

function read(target, { workload, input, status, body }) {
  try {
    const json = JSON.parse(body);
    const answer = canon(target.normalize?.(workload, json, input) ?? json);
    // The contract defines no order here, and the page holds all items.
    if (workload === 'R5') answer.data.sort((a, b) => a.id - b.id);
    return answer;
  } catch {
    return `unparsable answer (status ${status}): ${String(body).slice(0, 200)}`;
  }
}

const failureOf = ({ status, answer }) =>
  answer?.errors || status !== 200 ? `status ${status} ${JSON.stringify(answer).slice(0, 300)}` : null;

function differenceFrom(first, { answer }) {
  const difference = firstDiff(first.answer, answer);
  return difference ? `differs from ${first.target.name} at ${difference}` : null;
}
