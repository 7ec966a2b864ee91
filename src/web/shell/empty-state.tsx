import type { ReactNode } from 'react';

/** An empty page says what would be here and how to bring it; the drawing is a town plan still to be filled. */
export function EmptyState({ title, hint, heading = 'h2', children }: { title: string; hint: string; heading?: 'h1' | 'h2'; children?: ReactNode }) {
  const Heading = heading;
  return (
    <div className="empty-state">
      <svg width="168" height="112" viewBox="0 0 168 112" fill="none" aria-hidden="true" focusable="false">
        <g className="empty-lots" strokeDasharray="4 4">
          <rect x="14" y="12" width="38" height="30" rx="4" />
          <rect x="66" y="12" width="30" height="30" rx="4" />
          <rect x="110" y="12" width="44" height="30" rx="4" />
          <rect x="14" y="58" width="52" height="40" rx="4" />
          <rect x="118" y="58" width="36" height="40" rx="4" />
        </g>
        <g className="empty-streets">
          <path d="M0 50h168M58.5 0v50M103 0v112" />
          <path d="M74 112c0-34 12-42 29-62" />
        </g>
        <circle className="empty-spot" cx="103" cy="50" r="6" />
      </svg>
      <Heading>{title}</Heading>
      <p>{hint}</p>
      {children}
    </div>
  );
}
