/** How closely reading is followed (P-20): the first two need no consent, the others one of their own. */
export const UNCONSENTED_TRACKING = ['off', 'aggregate'] as const;
export type UnconsentedTracking = (typeof UNCONSENTED_TRACKING)[number];
export const CONSENTED_TRACKING = ['hygiene', 'individual'] as const;
export type ConsentedTracking = (typeof CONSENTED_TRACKING)[number];
export type TrackingMode = UnconsentedTracking | ConsentedTracking;
export const TRACKING_MODES = [...UNCONSENTED_TRACKING, ...CONSENTED_TRACKING] as const;
