import { fine, warning, wrong, type Check, type Verdict } from '../../../src/health/check.ts';
import { installedChromium } from '../chromium.ts';
import { findFirestoreJar } from '../firestore-jar.ts';
import { findJava } from '../java.ts';
import { Problem } from '../problem.ts';

/** What this machine needs to run Parley, with the command that gets what is missing (DX-6). */
export function toolchainChecks(environment: NodeJS.ProcessEnv): Check[] {
  return [
    {
      id: 'node',
      title: 'Node',
      // run.mjs has seen to it: this very process runs on the one that is pinned.
      run: () => fine(`${process.versions.node}, the deployed version.`),
    },
    {
      id: 'java',
      title: 'Java',
      run: () =>
        orProblem(async () => {
          const { version, bin } = await findJava(environment);
          return fine(`${String(version)}, in ${bin}.`);
        }),
    },
    {
      id: 'firestore-emulator',
      title: 'Firestore emulator',
      run: () =>
        orProblem(async () => {
          const jar = findFirestoreJar(environment);
          if (jar !== null) return fine(jar);
          return warning(
            'Not installed yet; the first start downloads it.',
            'If there will be no network then: `npx firebase setup:emulators:firestore`, or name its jar in FIRESTORE_EMULATOR_BINARY_PATH.',
          );
        }),
    },
    {
      id: 'chromium',
      title: 'Chromium',
      run: () => {
        const path = installedChromium(environment);
        if (path !== null) return fine(path);
        return warning(
          'Not found; only the browser tests need it.',
          '`npm test` downloads one; or install it, or name its executable in PARLEY_CHROMIUM.',
        );
      },
    },
  ];
}

async function orProblem(look: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Problem) return wrong(error.message, error.remedy);
    throw error;
  }
}
