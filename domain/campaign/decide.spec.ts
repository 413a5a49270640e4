import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { anAccount, aNewsletter, earlier, later, news, now } from '#domain/testing/sample-ids';
import { campaignStream, type CampaignCommand, type CampaignEvent } from './index.ts';

const terms = {
  accountId: anAccount,
  newsletterId: aNewsletter,
  audience: { listIds: [news] },
} as const;
const draft = { type: 'DraftCampaign', ...terms, now } as const;
const planFor = { ...draft, startAt: later };
const start = { type: 'StartCampaign', now } as const;
const planning = { type: 'CompletePlanning', audience: 3, now } as const;
const pause = { type: 'PauseCampaign', cause: 'asked', now } as const;
const resume = { type: 'ResumeCampaign', now } as const;
const cancel = { type: 'CancelCampaign', now } as const;
const complete = { type: 'CompleteCampaign', now } as const;

const at = { at: now };
const drafted = { type: 'CampaignDrafted', data: terms } as const;
const scheduled = { type: 'CampaignScheduled', data: { startAt: later } } as const;
const started = { type: 'CampaignStarted', data: at } as const;
const planned = { type: 'CampaignAudiencePlanned', data: { audience: 3, ...at } } as const;
const paused = { type: 'CampaignPaused', data: { ...at, cause: 'asked' } } as const;
const resumed = { type: 'CampaignResumed', data: at } as const;
const cancelled = { type: 'CampaignCancelled', data: at } as const;
const completed = { type: 'CampaignCompleted', data: at } as const;
const campaign = specify(campaignStream);

describe('SND-2: drafting a campaign', () => {
  it('makes a draft, or with startAt a planned campaign', () => {
    campaign.given().when(draft).then(drafted);
    campaign.given().when(planFor).then(drafted, scheduled);
    expect(fold(campaignStream, [drafted]).status).toBe('draft');
    expect(fold(campaignStream, [drafted, scheduled])).toMatchObject({
      status: 'planned',
      startAt: later,
    });
  });

  it('is done once', () => {
    campaign.given(drafted).when(draft).thenNothing();
    campaign
      .given(drafted, scheduled)
      .when({ ...planFor, now: later })
      .thenNothing();
    campaign.given(drafted, scheduled).when(draft).thenRefused({ code: 'campaign-exists' });
  });

  it('needs a list, and a start that is not over', () => {
    campaign
      .given()
      .when({ ...draft, audience: { listIds: [] } })
      .thenRefused({ code: 'list-required' });
    campaign
      .given()
      .when({ ...draft, startAt: earlier })
      .thenRefused({ code: 'start-in-the-past', path: 'startAt' });
  });
});

describe('SND-2: the life of a campaign', () => {
  it('goes on by these moves', () => {
    campaign.given(drafted).when(start).then(started);
    campaign.given(drafted, scheduled).when(start).then(started);
    campaign.given(drafted, started).when(planning).then(planned);
    campaign.given(drafted, started).when(pause).then(paused);
    campaign.given(drafted, started, paused).when(planning).then(planned);
    campaign.given(drafted, started, paused).when(resume).then(resumed);
    campaign.given(drafted, started, planned).when(complete).then(completed);
    for (const past of [[], [scheduled], [started], [started, paused]]) {
      campaign
        .given(drafted, ...past)
        .when(cancel)
        .then(cancelled);
    }
  });

  it('stays where it is when a move is repeated', () => {
    campaign.given(drafted, started).when(start).thenNothing();
    campaign.given(drafted, started, planned).when(planning).thenNothing();
    campaign.given(drafted, started, paused).when(pause).thenNothing();
    campaign.given(drafted, started, paused, resumed).when(resume).thenNothing();
    campaign.given(drafted, cancelled).when(cancel).thenNothing();
    campaign.given(drafted, started, planned, completed).when(complete).thenNothing();
  });

  it.each<[string, CampaignCommand, CampaignEvent[]]>([
    ['draft', pause, []],
    ['draft', resume, []],
    ['draft', planning, []],
    ['draft', complete, []],
    ['planned', pause, [scheduled]],
    ['paused', start, [started, paused]],
    ['paused', complete, [started, planned, paused]],
    ['cancelled', start, [cancelled]],
    ['cancelled', planning, [started, cancelled]],
    ['completed', cancel, [started, planned, completed]],
    ['completed', start, [started, planned, completed]],
  ])('while %s, refuses %j and names the status', (status, command, past) => {
    campaign
      .given(drafted, ...past)
      .when(command)
      .thenRefused({
        code: 'wrong-status',
        message: expect.stringContaining(`while the campaign is ${status}.`) as unknown as string,
      });
  });

  it('is not complete before its audience is planned', () => {
    campaign.given(drafted, started).when(complete).thenRefused({ code: 'audience-not-planned' });
  });

  it('begins with a draft', () => {
    for (const command of [start, planning, pause, resume, cancel, complete]) {
      campaign.given().when(command).thenRefused({ code: 'unknown-campaign' });
    }
  });

  it('yields no event when a command is issued again, after any history', () => {
    const commands = [draft, planFor, start, planning, pause, resume, cancel, complete];
    fc.assert(
      fc.property(fc.array(fc.constantFrom<CampaignCommand>(...commands)), (issued) => {
        let state = campaignStream.initialState;
        for (const command of issued) {
          const first = campaignStream.decide(command, state);
          if (first.ok) state = first.value.reduce(campaignStream.evolve, state);
          const again = campaignStream.decide(command, state);
          expect(again.ok ? again.value : []).toEqual([]);
        }
      }),
    );
  });
});
