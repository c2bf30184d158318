/** A moment to the minute, in UTC: `2026-11-26 18:05`; a dash where there is none. */
export const shortTime = (moment: string | null): string =>
  moment === null ? '-' : moment.slice(0, 16).replace('T', ' ');
