export type { SenderConfig, SenderParts } from './sender-parts.ts';
export { startSender, type RunningSender } from './start-sender.ts';
