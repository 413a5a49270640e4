/** Of each campaign: as many senders can share it. Two, three, four, six or twelve have equal shares. */
export const PARTITIONS = 12;

/** Which part of its campaign a delivery belongs to, for ever. */
export const partitionOf = (deliveryKey: string): number => {
  let sum = 0;
  for (let index = 0; index < deliveryKey.length; index += 1) {
    sum = (sum * 31 + deliveryKey.charCodeAt(index)) >>> 0;
  }
  return sum % PARTITIONS;
};
