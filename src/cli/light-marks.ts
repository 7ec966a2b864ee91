/** The lights of tasks on a terminal. */
export const LIGHT_MARKS = { red: '🔴', yellow: '🟡', green: '🟢', blue: '🔵', grey: '⚪' } as const;
