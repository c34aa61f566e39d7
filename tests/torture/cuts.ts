import { SeededRandom } from '../../functions/cli/seed/random.ts';
import { faultsOf, type Fault } from './fault.ts';
import { checkInvariants } from './invariants.ts';
import { inLanes } from './lanes.ts';
import { Outside } from './outside.ts';
import { CALM } from './plan.ts';
import { inWorld, type Ground, type RunResult } from './run-once.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
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
  /** How many cuts there were, each of which was run. */
  cuts: number;
  breaches: { cut: Cut | null; violations: readonly string[] }[];
}

let worlds = 0;

/** One run of a scenario, cut there or not at all, with all the retries that follow. Answers the I/Os of its process. */
export async function runCut(
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
    people: 1,
    ...(scenario.settings === undefined ? {} : { settings: scenario.settings }),
    stage: {
      crowding: 0,
      faultAt: ({ path, nth, ios }) =>
        path === scenario.path && nth === target && ios.length === cut?.io ? cut.fault : null,
      skewOf: () => 0,
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

/** Runs a scenario once whole, and then with every fault at every I/O of its process. */
export async function cutScenario(ground: Ground, scenario: Scenario): Promise<ScenarioReport> {
  const whole = await runCut(ground, scenario, null);
  const cuts = whole.cutIos.flatMap((name, index) =>
    faultsOf(name).map((fault): Cut => ({ io: index + 1, fault })),
  );
  const report: ScenarioReport = { scenario, ios: whole.cutIos, cuts: cuts.length, breaches: [] };
  if (whole.violations.length > 0) report.breaches.push({ cut: null, violations: whole.violations });
  await inLanes(cuts, async (cut) => {
    const { violations } = await runCut(ground, scenario, cut);
    if (violations.length > 0) report.breaches.push({ cut, violations });
  });
  return report;
}

/** Every fault at every I/O of every path. */
export async function cutEverything(
  ground: Ground,
  scenarios: readonly Scenario[] = SCENARIOS,
): Promise<ScenarioReport[]> {
  const reports: ScenarioReport[] = [];
  for (const scenario of scenarios) reports.push(await cutScenario(ground, scenario));
  return reports;
}
