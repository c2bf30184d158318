/** Something that happened, with when. */
export type Say = (line: string) => void;

/** Lines on stderr, each with its time, so that stdout stays free for the summary. */
export const say: Say = (line) => void process.stderr.write(`${new Date().toISOString()} ${line}\n`);
