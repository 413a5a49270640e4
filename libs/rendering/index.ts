export type {
  Compilation,
  CompiledContent,
  Content,
  MessageHead,
  RenderedParts,
  Renderer,
  TemplateFault,
  TemplateValues,
} from './port.ts';
export { missingEssentials } from './essentials.ts';
export {
  outgoingFaults,
  type ExpectedInMessage,
  type OutgoingCandidate,
  type OutgoingFault,
  type OutgoingFaultCode,
} from './outgoing-check.ts';
export { consentBlock, type ConsentBlock, type ConsentQuestion } from './consent-block.ts';
export { headerPhrase } from './header.ts';
export { escapeHtml } from './ready-text.ts';
export { mailRenderer } from './renderer.ts';
export { senderBlock, type SenderBlock, type SenderIdentity } from './sender-block.ts';
