import type { ScenarioReport } from './cuts.ts';
import type { Tally } from './lanes.ts';

/** What was run, and what was found, as a table for people. */
export function inWords({
  cuts,
  seeds,
}: {
  cuts: readonly ScenarioReport[] | null;
  seeds: Tally | null;
}): string {
  return [...(cuts === null ? [] : cutLines(cuts)), ...(seeds === null ? [] : seedLines(seeds))].join('\n');
}

function cutLines(reports: readonly ScenarioReport[]): string[] {
  const lines = ['| path | ways | I/Os | cuts | violations |', '| --- | --- | --- | --- | --- |'];
  const paths = [...new Set(reports.map(({ scenario }) => scenario.path))];
  const row = (name: string, some: readonly ScenarioReport[]) => {
    const sum = (of: (report: ScenarioReport) => number) =>
      String(some.reduce((total, each) => total + of(each), 0));
    const cells = [name, String(some.length), sum((each) => each.ios.length), sum((each) => each.cuts)];
    return `| ${[...cells, sum((each) => each.breaches.length)].join(' | ')} |`;
  };
  for (const path of paths)
    lines.push(
      row(
        path,
        reports.filter(({ scenario }) => scenario.path === path),
      ),
    );
  lines.push(row('all', reports));
  for (const { scenario, breaches } of reports)
    for (const { cut, violations } of breaches) {
      const place = cut === null ? 'uncut' : `${cut.fault} at I/O ${String(cut.io)}`;
      lines.push(`  ${scenario.path}, ${scenario.what}, ${place}: ${violations.join('; ')}`);
    }
  return [...lines, ''];
}

function seedLines(tally: Tally): string[] {
  const { runs, seconds, processes, deaths, ios, storeCalls, breaches } = tally;
  return [
    `${String(runs)} seeded runs in ${seconds.toFixed(0)} s (${(runs / seconds).toFixed(1)}/s): ` +
      `${String(processes)} processes, ${String(deaths)} killed, ${String(ios)} I/Os, ${String(storeCalls)} requests to Firestore.`,
    `Runs with violations: ${breaches.length === 0 ? 'none' : String(breaches.length)}.`,
    ...breaches
      .slice(0, 20)
      .map(
        ({ seed, violations }) =>
          `  seed ${String(seed)} (--replay ${String(seed)}): ${violations.join('; ')}`,
      ),
  ];
}
