import { Controller, Get, Header } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Open } from '../http/access/access.ts';
import { Answer } from '../http/answer.ts';
import { Metrics } from '../http/metrics.ts';
import { Choice, Flag, Nested, Text, Whole } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { Readiness } from './readiness.ts';

export class LiveAnswer {
  @Choice(['live'])
  status!: string;
}

export class CheckAnswer {
  @Text()
  name!: string;

  @Flag()
  ok!: boolean;

  @Whole({ optional: true, description: 'Milliseconds that a read model is behind the ledger.' })
  behindMilliseconds?: number;
}

export class ReadyAnswer {
  @Choice(['ready', 'not-ready'])
  status!: string;

  @Nested(() => CheckAnswer, { many: true })
  checks!: CheckAnswer[];
}

/** For those who run the program. */
@ApiTags('operation')
@Open()
@Controller()
export class HealthController {
  readonly #readiness: Readiness;
  readonly #metrics: Metrics;

  constructor(readiness: Readiness, metrics: Metrics) {
    this.#readiness = readiness;
    this.#metrics = metrics;
  }

  @Get('health/live')
  @Does('Is the process alive?', { status: 200, type: LiveAnswer })
  live(): LiveAnswer {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Does(
    'Can it do its work?',
    { status: 200, type: ReadyAnswer },
    { status: 503, type: ReadyAnswer, description: 'Something that it needs does not answer.' },
  )
  async ready(): Promise<Answer<ReadyAnswer>> {
    const checks = await this.#readiness.checks();
    const ready = checks.every(({ ok }) => ok);
    return new Answer(ready ? 200 : 503, {
      status: ready ? 'ready' : 'not-ready',
      checks: [...checks],
    });
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiResponse({
    status: 200,
    description: "Prometheus' text format.",
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  @Does('Metrics for Prometheus')
  metrics(): Promise<string> {
    return this.#metrics.text();
  }
}
