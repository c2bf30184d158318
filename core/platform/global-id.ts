/** `Project_0198f...`: says in logs and scripts what it is; clients treat it as opaque. */
export const writeGlobalId = (typename: string, id: string): string => `${typename}_${id}`;
