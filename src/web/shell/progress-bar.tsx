import { useSpeech } from '../i18n/language.tsx';

/** How far work has come; `share` from 0 to 1, or undefined while nobody knows: then the bar only moves. */
export function ProgressBar({ share, label }: { share: number | undefined; label: string }) {
  const { f } = useSpeech();
  const known = share === undefined ? undefined : Math.min(1, Math.max(0, share));
  return (
    <div className="progress">
      <div
        className={known === undefined ? 'progress-track progress-unknown' : 'progress-track'}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known === undefined ? undefined : Math.round(100 * known)}
      >
        <span style={known === undefined ? undefined : { width: `${100 * known}%` }} />
      </div>
      {known !== undefined && <span className="progress-text">{f.percent(known)}</span>}
    </div>
  );
}
