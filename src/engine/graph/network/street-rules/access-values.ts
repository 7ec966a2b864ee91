/**
 * What the values of access tags say (OSM wiki, "Key:access"; grouped as R5 7.x groups them, so that its published results come out).
 *
 * Of a list (`designated; yes`) the first value counts.
 */

/** `yes` open, `no` closed, `local` open to those who have business here; undefined: says nothing. */
export type Access = 'yes' | 'no' | 'local';

const VALUES: Readonly<Record<Access, readonly string[]>> = {
  yes: ['yes', '1', 'true', 'official', 'unknown', 'public', 'permissive', 'designated', 'lane', 'track', 'shared_lane', 'share_busway', 'crossing'],
  no: ['no', '0', 'false', 'license', 'restricted', 'prohibited', 'emergency', 'use_sidepath', 'dismount'],
  local: ['destination', 'customers', 'delivery', 'forestry', 'agricultural', 'residents', 'resident', 'customer', 'private'],
};

const MEANING = new Map<string, Access>(Object.entries(VALUES).flatMap(([access, values]) => values.map((value) => [value, access as Access] as const)));

/** The first value of a list, in lower case and without blanks. */
export function firstValue(value: string): string {
  const end = value.indexOf(';');
  return (end < 0 ? value : value.slice(0, end)).trim().toLowerCase();
}

export function readAccess(value: string | undefined): Access | undefined {
  return value === undefined ? undefined : MEANING.get(firstValue(value));
}
