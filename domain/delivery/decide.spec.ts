import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, type Language } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import {
  aCampaign,
  aForm,
  anAccount,
  aNewsletter,
  anotherCampaign,
  aRecipient,
  later,
  news,
  now,
} from '#domain/testing/sample-ids';
import {
  deliveryStream,
  type DeliveryCommand,
  type DeliveryContent,
  type DeliveryEvent,
} from './index.ts';

const ours: DeliveryContent = {
  kind: 'newsletter',
  newsletterId: aNewsletter,
  campaignId: aCampaign,
};
const theirs: DeliveryContent = { ...ours, campaignId: anotherCampaign };
const whose = { accountId: anAccount, recipientId: aRecipient };
const claim = {
  messageId: '<1@mail.example>',
  language: 'fr' as Language,
  basis: 'express',
  contentHash: 'c'.repeat(64),
  claimant: 'sender-1',
};

const plan = (content: DeliveryContent = ours) =>
  ({ type: 'PlanDelivery', ...whose, content, listIds: [news], now }) as const;
const skip = (content: DeliveryContent = ours, reason = 'consent-expired') =>
  ({ type: 'SkipDelivery', ...whose, content, reason, now }) as const;
const attempt = { type: 'AttemptDelivery', ...claim, now } as const;
const accept = { type: 'RecordAccepted', reply: '250 ok', now } as const;
const defer = { type: 'RecordDeferred', reply: '451 later', retryAt: later, now } as const;
const reject = { type: 'RecordRefused', reply: '550 no', now } as const;
const doubt = { type: 'RecordUncertain', cause: 'claimant-gone', now } as const;

const planned = (content: DeliveryContent = ours): DeliveryEvent => ({
  type: 'DeliveryPlanned',
  data: { ...whose, content, listIds: [news], at: now },
});
const skipped = (content: DeliveryContent = ours, reason = 'consent-expired'): DeliveryEvent => ({
  type: 'DeliverySkipped',
  data: { ...whose, content, reason, at: now },
});
const besideAnother = (event: DeliveryEvent): DeliveryEvent =>
  event.type === 'DeliverySkipped'
    ? { ...event, data: { ...event.data, besideAnother: true } }
    : event;
const attempted = (number: number): DeliveryEvent => ({
  type: 'DeliveryAttempted',
  data: { ...claim, attempt: number, at: now },
});
const accepted = { type: 'DeliveryAccepted', data: { reply: '250 ok', at: now } } as const;
const deferred = {
  type: 'DeliveryDeferred',
  data: { reply: '451 later', retryAt: later, at: now },
} as const;
const refused = { type: 'DeliveryRefused', data: { reply: '550 no', at: now } } as const;
const uncertain = { type: 'DeliveryUncertain', data: { cause: 'claimant-gone', at: now } } as const;

const delivery = specify(deliveryStream);
const outcomes = [accept, defer, reject, doubt];
const over = [accepted, refused, uncertain];

describe('planning a delivery', () => {
  it('is done once for a campaign', () => {
    delivery.given().when(plan()).then(planned());
    for (const past of [[], [attempted(1)], [attempted(1), accepted]]) {
      delivery
        .given(planned(), ...past)
        .when(plan())
        .thenNothing();
    }
  });

  it('SND-3: is refused to another campaign, whatever became of it', () => {
    for (const past of [[], [attempted(1)], ...over.map((event) => [attempted(1), event])]) {
      delivery
        .given(planned(), ...past)
        .when(plan(theirs))
        .thenRefused({ code: 'already-received' });
    }
  });

  it('is open to a later campaign after a skip, not to the one that skipped', () => {
    delivery.given(skipped()).when(plan(theirs)).then(planned(theirs));
    delivery.given(planned(), skipped()).when(plan(theirs)).then(planned(theirs));
    delivery.given(planned(), skipped()).when(plan()).thenRefused({ code: 'already-skipped' });
  });

  it('serves a notice too', () => {
    const notice: DeliveryContent = { kind: 'confirmation', formId: aForm, requestedAt: now };
    delivery.given().when(plan(notice)).then(planned(notice));
    delivery.given(planned(notice)).when(plan(notice)).thenNothing();
  });
});

describe('skipping a delivery', () => {
  it('stops what is not sent yet', () => {
    delivery.given().when(skip()).then(skipped());
    delivery.given(planned()).when(skip()).then(skipped());
    delivery.given(planned(), attempted(1), deferred).when(skip()).then(skipped());
    delivery.given(planned(), skipped()).when(attempt).thenRefused({ code: 'wrong-status' });
    delivery.given(skipped()).when(skip(ours, 'unsubscribed-all')).thenNothing();
  });

  it('is refused once an attempt began', () => {
    for (const past of [[], ...over.map((event) => [event])]) {
      delivery
        .given(planned(), attempted(1), ...past)
        .when(skip())
        .thenRefused({ code: 'wrong-status' });
    }
  });

  it('by another campaign is recorded and leaves the delivery alone', () => {
    for (const past of [[], [attempted(1)], [attempted(1), accepted]]) {
      const command = skip(theirs, 'already-received');
      const event = besideAnother(skipped(theirs, 'already-received'));
      const history = [planned(), ...past];
      delivery
        .given(...history)
        .when(command)
        .then(event);
      delivery
        .given(...history, event)
        .when(command)
        .thenNothing();
      const before = fold(deliveryStream, history);
      expect(fold(deliveryStream, [...history, event])).toEqual({
        ...before,
        skippedBy: [anotherCampaign],
      });
    }
  });
});

describe('SND-3: attempting a delivery', () => {
  it('needs a plan, or a deferral of the attempt before', () => {
    delivery.given(planned()).when(attempt).then(attempted(1));
    delivery.given(planned(), attempted(1), deferred).when(attempt).then(attempted(2));
    delivery.given().when(attempt).thenRefused({ code: 'wrong-status' });
    delivery.given(skipped()).when(attempt).thenRefused({ code: 'wrong-status' });
  });

  it('is refused to a second claimant, and after an outcome', () => {
    const second = { ...attempt, claimant: 'sender-2' };
    delivery.given(planned(), attempted(1)).when(second).thenRefused({ code: 'wrong-status' });
    delivery.given(planned(), attempted(1)).when(attempt).thenRefused({ code: 'wrong-status' });
    for (const event of over) {
      delivery
        .given(planned(), attempted(1), event)
        .when(attempt)
        .thenRefused({ code: 'wrong-status' });
    }
  });
});

describe('the outcome of an attempt', () => {
  it('is recorded once', () => {
    const pairs = [
      [accept, accepted],
      [defer, deferred],
      [reject, refused],
      [doubt, uncertain],
    ] as const;
    for (const [command, event] of pairs) {
      delivery.given(planned(), attempted(1)).when(command).then(event);
      delivery.given(planned(), attempted(1), event).when(command).thenNothing();
    }
  });

  it('PRV-2: is recorded without the address that the server repeats', () => {
    const reply = '550 5.1.1 <marie.roy@example.org>: Recipient\r\naddress rejected';
    delivery
      .given(planned(), attempted(1))
      .when({ ...reject, reply })
      .then({
        type: 'DeliveryRefused',
        data: { reply: '550 5.1.1 <…@…>: Recipient address rejected', at: now },
      });
  });

  it('follows an attempt only', () => {
    for (const past of [[], [planned()], [skipped()]]) {
      for (const command of outcomes) {
        delivery
          .given(...past)
          .when(command)
          .thenRefused({ code: 'wrong-status' });
      }
    }
  });

  it('never changes: sent is final, and so is uncertain', () => {
    for (const event of over) {
      const others = outcomes.filter(
        (command) =>
          !deliveryStream.decide(command, fold(deliveryStream, [planned(), attempted(1), event]))
            .ok,
      );
      expect(others).toHaveLength(3);
    }
  });
});

describe('SND-3: any order of commands', () => {
  const commands = [plan(), plan(theirs), skip(), skip(theirs), attempt, ...outcomes];
  const anyCommands = fc.array(fc.constantFrom<DeliveryCommand>(...commands), { maxLength: 40 });
  const historyOf = (issued: readonly DeliveryCommand[]): DeliveryEvent[] => {
    const history: DeliveryEvent[] = [];
    for (const command of issued) {
      const decision = deliveryStream.decide(command, fold(deliveryStream, history));
      if (decision.ok) history.push(...decision.value);
    }
    return history;
  };

  it('has a deferral between two attempts, and no attempt after an acceptance', () => {
    fc.assert(
      fc.property(anyCommands, (issued) => {
        let open = false;
        for (const { type } of historyOf(issued)) {
          if (type === 'DeliveryAttempted') {
            expect(open).toBe(false);
            open = true;
          }
          if (type === 'DeliveryDeferred') open = false;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('yields no event when a command is issued again', () => {
    fc.assert(
      fc.property(anyCommands, fc.constantFrom<DeliveryCommand>(...commands), (issued, command) => {
        const again = deliveryStream.decide(
          command,
          fold(deliveryStream, historyOf([...issued, command])),
        );
        expect(again.ok ? again.value : []).toEqual([]);
      }),
    );
  });
});
