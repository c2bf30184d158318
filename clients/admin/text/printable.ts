/**
 * The text without what a terminal would take for a command: names of files and labels come from anybody, and could move the cursor,
 * rename the window or hide lines. Tabs, line feeds and styles are let through.
 */
export const printable = (text: string): string =>
  text.replace(/\p{Cc}(\[[\d;]*m)?/gu, (found, style: string | undefined) => {
    const control = found.charAt(0);
    if (control === '\n' || control === '\t' || (control === '\u001b' && style !== undefined)) return found;
    return `\ufffd${found.slice(1)}`;
  });
