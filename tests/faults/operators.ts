import { ROLE_SCOPES } from '../../functions/src/contract/permissions.ts';
import type { AuditContext } from '../../functions/src/audit/append.ts';
import type { Resolution } from '../../functions/src/contract/delivery.ts';
import type { HoldKind } from '../../functions/src/contract/consent.ts';
import type { OutgoingPatch } from '../../functions/src/contract/messages.ts';
import type { DueDeps } from '../../functions/src/entry/schedule/run-due-work.ts';
import type { SendTaskDeps } from '../../functions/src/entry/tasks/send-deps.ts';
import type { Outcome, Path } from './actor.ts';
import type { FaultWorld, TestPerson } from './world.ts';

/** One thing that an operator asked for, asked again until it is answered. */
export interface Asked {
  path: Path;
  /** The entry's id, or the person's. */
  about: string;
  requestId: string;
  /** The operator's id. */
  by: string;
  patch?: OutgoingPatch;
  as?: Resolution;
  kind?: HoldKind;
  /** In the order of all that is asked and answered. */
  askedAt: number;
  answeredAt: number;
  /** The answer's kind; null while there is none. */
  answer: string | null;
  /** One, unless an answer never came: only then can nothing of it have happened unseen. */
  tries: number;
  /** One request of it. */
  go: () => Promise<string>;
  /** What follows from the answer. */
  answered: (answer: string) => void;
}

/** Sends nearly everything. */
export const OLIVE = { kind: 'operator' as const, id: 'op_1', label: 'Olive Operator' };
/** An admin, who may change what others wrote. */
export const OSCAR = { kind: 'operator' as const, id: 'op_2', label: 'Oscar Operator' };
/** An operator, who may not. */
export const OTIS = { kind: 'operator' as const, id: 'op_3', label: 'Otis Operator' };

const editorOf = ({ id, label }: typeof OLIVE) => ({
  operatorId: id,
  operator: label,
  scopes: ROLE_SCOPES[id === OSCAR.id ? 'admin' : 'operator'],
});

const TRIES = 4;
/** Longer than any process lives, and so none has the ring of keys of before. */
const OLD_RINGS_ARE_GONE = 200_000;

/** What operators need of all that is around Parley. */
export interface Surroundings {
  readonly world: FaultWorld;
  /** What a process is given that begins now. */
  readonly now: SendTaskDeps & DueDeps;
  failed(path: Path, outcome: Outcome<unknown>): void;
}

/** What operators do besides sending, each asked again with a new request until an answer comes. */
export class Operators {
  readonly #around: Surroundings;
  readonly asked: Asked[] = [];
  /** The rotation of keys came to its end. */
  rotated = false;
  #order = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get #deps() {
    return this.#around.now;
  }

  /** Changes the words or the time of a message that waits. */
  edit(messageId: string, patch: OutgoingPatch, who = OLIVE): Asked {
    const { system } = this.#around.world;
    return this.#ask('edit', messageId, { patch, by: who.id }, async (context) => {
      const done = await system.editOutgoing(this.#deps, messageId, patch, editorOf(who), context(who));
      return done.kind;
    });
  }

  cancel(messageId: string, who = OLIVE): Asked {
    const { system } = this.#around.world;
    return this.#ask('cancel', messageId, { by: who.id }, (context) =>
      system.cancelOutgoing(this.#deps, messageId, editorOf(who), context(who)),
    );
  }

  /** Decides on a message that stays unconfirmed. */
  resolve(messageId: string, as: Resolution, who = OLIVE): Asked {
    const { system } = this.#around.world;
    return this.#ask('resolve', messageId, { as, by: who.id }, async (context) => {
      const done = await system.resolveOutgoing(this.#deps, messageId, as, editorOf(who), context(who));
      return done.kind;
    });
  }

  /** Opts a person out or suppresses their number by hand; `lift` ends it. */
  hold({ userId }: TestPerson, kind: HoldKind): Asked {
    const { system } = this.#around.world;
    return this.#ask('hold', userId, { kind }, async (context) => {
      const done = await system.addHold(this.#deps, context(OLIVE), {
        userId,
        kind,
        reason: 'By phone',
      });
      return done.ok ? 'held' : done.reason;
    });
  }

  lift({ userId, phoneKey: id }: TestPerson, kind: HoldKind): Asked {
    const { system } = this.#around.world;
    return this.#ask('hold', userId, { kind }, async (context) => {
      const done = await system.liftHold(this.#deps, context(OLIVE), { id, kind, reason: 'A mistake' });
      return done.ok ? 'lifted' : done.reason;
    });
  }

  /** A person has another number from now on. */
  renumber({ userId }: TestPerson, phoneNumber: string): Asked {
    const { system } = this.#around.world;
    return this.#ask('renumber', userId, {}, async (context) => {
      const done = await system.editPerson(this.#deps, context(OLIVE), userId, { phoneNumber });
      return done.ok ? 'changed' : done.reason;
    });
  }

  /**
   * Rotates the keys as the runbook says: the new one behind, then in front, then everything sealed anew, again until no
   * number needs the old one, and only then that one is taken out.
   */
  rotate(untilSealing = 2_000): void {
    const { world } = this.#around;
    world.deployKeys('old,new');
    world.stage.after(untilSealing, () => {
      world.deployKeys('new,old');
      this.sealAnew();
    });
  }

  /** One run of the command, and those that its report asks for. */
  sealAnew(): void {
    const { world } = this.#around;
    const asked = this.#ask('rotate', 'all', {}, async (context) => {
      const deps = this.#deps;
      const keys = deps.config.secrets.phoneKeys();
      const report = await world.system.rotateKeys({ ...deps, keys }, context(OLIVE), {
        dryRun: false,
      });
      if (report.unreadable.length > 0) return 'unreadable';
      return report.sealedAnew === 0 && Object.keys(report.older).length === 0 ? 'nothing left' : 'sealed';
    });
    asked.answered = (answer) => {
      if (answer === 'unreadable') world.witness.say('sealed: a number cannot be opened by any key');
      else if (answer === 'sealed') world.stage.after(OLD_RINGS_ARE_GONE, () => this.sealAnew());
      else {
        world.deployKeys('new');
        this.rotated = true;
      }
    };
  }

  /** Whoever got no answer asks once more. */
  insist(): void {
    for (const asked of this.asked) if (asked.answer === null) this.#try(asked, TRIES);
  }

  #ask(
    path: Path,
    about: string,
    what: Partial<Asked>,
    go: (context: (actor: typeof OLIVE) => AuditContext) => Promise<string>,
  ): Asked {
    const requestId = `asked-${String(this.asked.length)}`;
    const context = (actor: typeof OLIVE) => ({ actor, address: '192.0.2.1', requestId });
    const asked: Asked = {
      path,
      about,
      requestId,
      by: OLIVE.id,
      ...what,
      askedAt: (this.#order += 1),
      answeredAt: Infinity,
      answer: null,
      tries: 0,
      go: () => go(context),
      answered: () => undefined,
    };
    this.asked.push(asked);
    this.#try(asked, 1);
    return asked;
  }

  #try(asked: Asked, attempt: number): void {
    const { stage } = this.#around.world;
    asked.tries += 1;
    stage.begin(asked.path, asked.go, (outcome: Outcome<string>) => {
      if (outcome.kind === 'answered') {
        if (asked.answer !== null) return;
        asked.answer = outcome.value;
        asked.answeredAt = this.#order += 1;
        asked.answered(outcome.value);
        return;
      }
      this.#around.failed(asked.path, outcome);
      if (attempt < TRIES) stage.after(2_000, () => this.#try(asked, attempt + 1));
    });
  }
}
