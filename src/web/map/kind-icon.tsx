import { useAppearance } from '../shell/appearance.tsx';
import { iconOf } from './icons.ts';

/** A facility kind's icon as the map draws it. */
export function KindIcon({ kind, size = 18 }: { kind: string; size?: number }) {
  const { shade } = useAppearance();
  const { colour, path } = iconOf(kind, shade);
  return (
    <svg className="kind-icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="11" fill={colour} />
      <path transform="translate(5.28 5.28) scale(0.56)" d={path} fill={shade === 'dark' ? '#12181a' : '#fff'} fillRule="evenodd" />
    </svg>
  );
}
