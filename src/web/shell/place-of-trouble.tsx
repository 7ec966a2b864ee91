import type { ErrorPlace } from '../../core/errors.ts';
import { useSpeech } from '../i18n/language.tsx';

/** "stops.txt · row 14 · field “stop_lat” · value “91.5”" */
export function PlaceOfTrouble({ place }: { place: ErrorPlace }) {
  const { t } = useSpeech();
  const parts = [
    place.file,
    place.row === undefined ? undefined : t.problem.rowOf(String(place.row)),
    place.field === undefined ? undefined : t.problem.fieldOf(place.field),
    place.value === undefined ? undefined : t.problem.valueOf(place.value),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  return <span className="place-of-trouble">{parts.join(' · ')}</span>;
}
