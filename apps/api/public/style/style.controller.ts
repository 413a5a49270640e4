import { Controller, Get, Header } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Open } from '../../http/access/access.ts';
import { Does } from '../../openapi/operation.ts';
import { STYLE } from './style.ts';

/** The style sheet of the public pages. */
@ApiTags('public pages')
@Open()
@Controller('pages/style.css')
export class StyleController {
  @Get()
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  @ApiProduces('text/css')
  @ApiResponse({
    status: 200,
    description: 'CSS.',
    content: { 'text/css': { schema: { type: 'string' } } },
  })
  @Does('The style of the public pages')
  style(): string {
    return STYLE;
  }
}
