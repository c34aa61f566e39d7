import { SeededRandom } from '../../functions/cli/seed/random.ts';
import { faultsOf, type Fault } from './fault.ts';
import { checkInvariants } from './invariants.ts';
import { inLanes } from './lanes.ts';
import { Outside } from './outside.ts';
import { CALM } from './plan.ts';
import { inWorld, type Ground, type RunResult } from './run-once.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { settle } from './settle.ts';
import { makeWorld } from './world.ts';

/** What goes wrong, and at which I/O of the process that is cut, from 1. */
export interface Cut {
  io: number;
  fault: Fault;
}

export interface ScenarioReport {
  scenario: Scenario;
  /** The I/Os of the process when nothing goes wrong, by name. */
  ios: readonly string[];
  /** Every one of them is run, unless enough was found before. */
  cuts: readonly Cut[];
  /** The whole one and the cuts. */
  runs: number;
  /** How often an I/O waited for longer than expected, which costs time and nothing else. */
  stalls: number;
  breaches: { cut: Cut | null; violations: readonly string[] }[];
}

let worlds = 0;

/** One run of a scenario, cut there or not at all, with all the retries that follow. Answers the I/Os of its process. */
async function runCut(
  ground: Ground,
  scenario: Scenario,
  cut: Cut | null,
): Promise<RunResult & { cutIos: readonly string[] }> {
  let target = 0;
  const seed = (worlds += 1);
  const world = await makeWorld({
    ...ground,
    projectId: `demo-${ground.name}-cut-${String(seed)}`,
    random: new SeededRandom(seed),
    people: scenario.people ?? 1,
    ...(scenario.settings === undefined ? {} : { settings: scenario.settings }),
    ...(scenario.limits === undefined ? {} : { limits: scenario.limits }),
    stage: {
      crowding: 0,
      faultAt: ({ path, nth, ios }, { name }) => {
        if (cut === null || path !== scenario.path || nth !== target || ios.length !== cut.io) return null;
        // Beside another process it may stand elsewhere by now, where this fault cannot be.
        return faultsOf(name).includes(cut.fault) ? cut.fault : 'die-before';
      },
      skewOf: () => 0,
      isCalm: () => true,
    },
  });
  const result = await inWorld(ground, world, async () => {
    const outside = new Outside(world, CALM);
    await scenario.before(outside);
    target = world.stage.walked(scenario.path) + 1;
    scenario.act(outside);
    await world.stage.run();
    await settle(outside);
    await checkInvariants(outside);
  });
  const actor = world.stage.past.find(({ path, nth }) => path === scenario.path && nth === target);
  return { ...result, cutIos: actor?.ios ?? [] };
}

/** Runs a scenario once whole, which shows the cuts that there are. */
async function begin(ground: Ground, scenario: Scenario): Promise<ScenarioReport> {
  const { cutIos: ios, violations, stalls } = await runCut(ground, scenario, null);
  const cuts = ios.flatMap((name, index) => faultsOf(name).map((fault): Cut => ({ io: index + 1, fault })));
  const breaches = violations.length > 0 ? [{ cut: null, violations }] : [];
  return { scenario, ios, cuts, runs: 1, stalls, breaches };
}

async function strike(ground: Ground, report: ScenarioReport, cut: Cut): Promise<void> {
  const { violations, stalls } = await runCut(ground, report.scenario, cut);
  report.runs += 1;
  report.stalls += stalls;
  if (violations.length > 0) report.breaches.push({ cut, violations });
}

/** Runs a scenario once whole, and then with every fault at every I/O of its process, or until `enough` has been found. */
export async function cutScenario(
  ground: Ground,
  scenario: Scenario,
  enough: (report: ScenarioReport) => boolean = () => false,
): Promise<ScenarioReport> {
  const report = await begin(ground, scenario);
  await inLanes(
    report.cuts,
    (cut) => strike(ground, report, cut),
    () => enough(report),
  );
  return report;
}

/** Every fault at every I/O of every path, the cuts of all scenarios side by side. */
export async function cutEverything(
  ground: Ground,
  scenarios: readonly Scenario[] = SCENARIOS,
): Promise<ScenarioReport[]> {
  const begun = new Map<Scenario, ScenarioReport>();
  await inLanes(scenarios, async (scenario) => void begun.set(scenario, await begin(ground, scenario)));
  const reports = scenarios.flatMap((scenario) => begun.get(scenario) ?? []);
  const cuts = reports.flatMap((report) => report.cuts.map((cut) => ({ report, cut })));
  await inLanes(cuts, ({ report, cut }) => strike(ground, report, cut));
  return reports;
}
