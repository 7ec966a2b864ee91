/** The mark: veins that branch from one stem, as streets do and as the characters 城脉 say. */
export function Logo({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--brand)" />
      <g fill="none" stroke="#fff" strokeLinecap="round" strokeLinejoin="round">
        <path strokeWidth="2.6" d="M16 27V16.5C16 12.5 13 11 10.5 8.5" />
        <path strokeWidth="2.2" d="M16 17.5c0-4 3-5.5 5.5-8" />
        <path strokeWidth="1.8" strokeOpacity=".8" d="M16 23c-1-2.5-4-3.5-7-3.500M16 21.500c1-2.5 4-3.5 7-3.5" />
      </g>
      <g fill="#fff">
        <circle cx="9.5" cy="7.5" r="2.3" />
        <circle cx="22.5" cy="8.5" r="2.3" />
      </g>
      <g fill="#ffc46b">
        <circle cx="8" cy="19.5" r="1.8" />
        <circle cx="24" cy="18" r="1.8" />
      </g>
    </svg>
  );
}
