import type { ScenarioReport } from './cuts.ts';
import { FAULTS } from './fault.ts';
import type { Tally } from './lanes.ts';
import type { Found } from './planted/find.ts';

/** What was run, and what was found, as tables for people. */
export function inWords({
  cuts = null,
  seeds = null,
  planted = null,
}: {
  cuts?: readonly ScenarioReport[] | null;
  seeds?: Tally | null;
  planted?: readonly Found[] | null;
}): string {
  return [
    ...(cuts === null ? [] : cutLines(cuts)),
    ...(seeds === null ? [] : seedLines(seeds)),
    ...(planted === null ? [] : plantedLines(planted)),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

const FAULT_NAMES = {
  'die-before': 'killed before',
  'die-after': 'killed after',
  aborted: 'ABORTED',
  deadline: 'DEADLINE_EXCEEDED',
  'answer-lost': 'answer lost',
} as const;

function cutLines(reports: readonly ScenarioReport[]): string[] {
  const head = ['path', 'ways', 'I/Os', ...FAULTS.map((fault) => FAULT_NAMES[fault]), 'cuts', 'violations'];
  const row = (name: string, some: readonly ScenarioReport[]) => {
    const sum = (of: (report: ScenarioReport) => number) => some.reduce((total, each) => total + of(each), 0);
    const struck = FAULTS.map((fault) => sum(({ cuts }) => cuts.filter((cut) => cut.fault === fault).length));
    const ios = sum((each) => each.ios.length);
    return [
      name,
      some.length,
      ios,
      ...struck,
      sum((each) => each.cuts.length),
      sum((each) => each.breaches.length),
    ];
  };
  const paths = Map.groupBy(reports, ({ scenario }) => scenario.path);
  const lines = table(head, [...[...paths].map(([path, some]) => row(path, some)), row('all', reports)]);
  for (const { scenario, stalls } of reports)
    if (stalls > 0) lines.push(`  ${scenario.path}, ${scenario.what}: ${String(stalls)} stalls`);
  for (const { scenario, breaches } of reports)
    for (const { cut, violations } of breaches) {
      const place = cut === null ? 'uncut' : `${cut.fault} at I/O ${String(cut.io)}`;
      lines.push(`  ${scenario.path}, ${scenario.what}, ${place}: ${violations.join('; ')}`);
    }
  return lines;
}

function seedLines(tally: Tally): string[] {
  const { runs, seconds, processes, deaths, ios, storeCalls, breaches, struck, walked } = tally;
  const sorted = (counts: ReadonlyMap<string, number>) =>
    [...counts].sort(([, one], [, other]) => other - one);
  const name = (what: string) => Object.entries(FAULT_NAMES).find(([fault]) => fault === what)?.[1] ?? what;
  return [
    `${String(runs)} seeded runs in ${seconds.toFixed(0)} s (${(runs / seconds).toFixed(1)}/s): ` +
      `${String(processes)} processes, ${String(deaths)} killed, ${String(ios)} I/Os, ${String(storeCalls)} requests to Firestore.`,
    '',
    ...table(['path', 'processes in seeded runs'], sorted(walked)),
    ...table(
      ['what went wrong in seeded runs', 'times'],
      sorted(struck).map(([what, times]) => [name(what), times]),
    ),
    `Runs with violations: ${breaches.length === 0 ? 'none' : String(breaches.length)}.`,
    ...breaches
      .slice(0, 20)
      .map(
        ({ seed, violations }) =>
          `  seed ${String(seed)} (--replay ${String(seed)}): ${violations.join('; ')}`,
      ),
    '',
  ];
}

function plantedLines(found: readonly Found[]): string[] {
  return table(
    ['planted fault', 'found in', 'runs until then', 'by'],
    found.map(({ name, where, runs, violation }) => [name, where ?? 'not found', runs, violation ?? '']),
  );
}
