import type { TransferEvent } from '#core/transfer/transfer-events.ts';
import type { TransferFact } from '#core/transfer/transfer-facts.ts';
import { listTransferEvents, transferGuard, watchTransfer } from '#core/transfer/watch-transfer.ts';
import { builder } from './builder.ts';
import { connectionType, eventPageArgs, pageComplexity, readSequence, toConnection } from './connection.ts';
import { eventStream } from './event-stream.ts';
import {
  TransferFailureObject,
  TransferInterface,
  TransferPhaseEnum,
  transferRefOf,
  TransferStateEnum,
} from './transfer.ts';

type Fact<Type extends TransferFact['type']> = TransferEvent & { readonly fact: Extract<TransferFact, { type: Type }> };

const typeNames: Record<TransferFact['type'], string> = {
  STATE_CHANGED: 'TransferStateChanged',
  PROGRESSED: 'TransferProgressed',
  RESUMED: 'TransferResumed',
  CANCEL_REQUESTED: 'TransferCancelRequested',
};

const TransferEventInterface = builder.interfaceRef<TransferEvent>('TransferEvent').implement({
  description: 'A fact of an import or export. New kinds may be added: skip what you do not know.',
  resolveType: (event) => typeNames[event.fact.type],
  fields: (t) => ({
    sequence: t.exposeInt('sequence', {
      description: '1, 2, 3, ... without gaps; pass the last one you have as `after` to go on from there.',
    }),
    occurredAt: t.field({ type: 'DateTime', description: 'When.', resolve: (event) => event.occurredAt }),
  }),
});
const interfaces = [TransferEventInterface];

builder.objectRef<Fact<'STATE_CHANGED'>>('TransferStateChanged').implement({
  description: 'It is in another state. With a final state the stream ends.',
  interfaces,
  fields: (t) => ({
    state: t.field({ type: TransferStateEnum, description: 'The new state.', resolve: ({ fact }) => fact.state }),
    failure: t.field({
      type: TransferFailureObject,
      nullable: true,
      description: 'Why it failed.',
      resolve: ({ fact }) => fact.failure,
    }),
  }),
});
builder.objectRef<Fact<'PROGRESSED'>>('TransferProgressed').implement({
  description: 'How far the current phase is; at most four times a second.',
  interfaces,
  fields: (t) => ({
    phase: t.field({ type: TransferPhaseEnum, description: 'The phase.', resolve: ({ fact }) => fact.phase }),
    done: t.int({ description: 'Items done, or MiB.', resolve: ({ fact }) => fact.done }),
    total: t.int({
      nullable: true,
      description: 'Of so many; null while that is not known.',
      resolve: ({ fact }) => fact.total,
    }),
    perSecond: t.float({
      nullable: true,
      description: 'How many a second; null at first.',
      resolve: ({ fact }) => fact.perSecond,
    }),
    etaSeconds: t.float({
      nullable: true,
      description: 'Seconds until the phase ends, estimated; null while that is not known.',
      resolve: ({ fact }) => fact.etaSeconds,
    }),
  }),
});
builder.objectRef<Fact<'RESUMED'>>('TransferResumed').implement({
  description: 'The worker before was lost or stopped; another goes on from where it was.',
  interfaces,
  fields: (t) => ({
    attempt: t.int({ description: 'The attempt that goes on, from 2.', resolve: ({ fact }) => fact.attempt }),
  }),
});
builder.objectRef<Fact<'CANCEL_REQUESTED'>>('TransferCancelRequested').implement({
  description: 'Somebody has called `cancelTransfer`.',
  interfaces,
});

const TransferEventConnection = connectionType(TransferEventInterface, 'TransferEvent');

builder.interfaceField(TransferInterface, 'events', (t) =>
  t.field({
    type: TransferEventConnection,
    description:
      'The same facts as the stream, in order, for clients that poll. The cursor of an event is its sequence number.',
    args: eventPageArgs(t.arg),
    complexity: pageComplexity,
    resolve: async (transfer, { after, first }, ctx) =>
      toConnection(await listTransferEvents(ctx.action(), transfer, readSequence(after), first), after, (event) =>
        String(event.sequence),
      ),
  }),
);

builder.subscriptionField('transferEvents', (t) =>
  t.field({
    type: TransferEventInterface,
    description:
      'Every event of an import or export after `after`, first the stored ones, then live; in order, each once; ends after the event of a final state.',
    args: {
      transferId: t.arg.id({ required: true, description: 'The import or export.' }),
      after: t.arg.int({ defaultValue: 0, description: 'Sequence number of the last event you have; 0 = all.' }),
    },
    subscribe: (_root, args, ctx) => {
      const action = ctx.action();
      const ref = transferRefOf(args.transferId);
      return eventStream(
        ctx,
        action,
        { tails: ctx.streams.transfers, guarded: transferGuard(action, ref), after: args.after ?? 0 },
        (options, after, signal) => watchTransfer(action, options, ref, after, signal),
      );
    },
    resolve: (event) => event,
  }),
);
