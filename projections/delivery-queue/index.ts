export { PARTITIONS, partitionOf } from './partition.ts';
export { deliveryQueue } from './projection.ts';
export {
  countDeliveries,
  deliveriesOfCampaign,
  deliveriesOfRecipient,
  deliveryKey,
  dueDeliveries,
  keysInCampaign,
  lastDeliveriesOf,
  openClaims,
  type QueuedDelivery,
  type Queue,
} from './queries.ts';
