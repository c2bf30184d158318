import { transferProblem, type TransferProblem, type TransferSplit } from './item.ts';
import { splitOfName } from './split-name.ts';

export interface SplitFolders {
  readonly problems: readonly TransferProblem[];
  /** The part that a directory is, for a picture `pictureDepth` directories deep; undefined = no part. */
  splitOf(directory: readonly string[], pictureDepth: number): TransferSplit | undefined;
}

interface Holds {
  /** Pictures in it. */
  direct: boolean;
  /** Pictures in directories below it. */
  nested: boolean;
}

/**
 * Which of the directories called `train`, `val` and so on are parts, and which are labels of that name. One with label folders in it is
 * a part. One with nothing but pictures is a part (of unlabelled pictures) if a neighbour is one for certain, or if all neighbours
 * have such names; among other labels it is a label. Whatever could be meant otherwise is a problem `AMBIGUOUS_LAYOUT`.
 */
export function decideSplitFolders(
  directories: Iterable<readonly string[]>,
  options: { splitFolders?: boolean | undefined; folderLabels?: ReadonlyMap<string, string> | undefined },
): SplitFolders {
  const { splitFolders, folderLabels } = options;
  const named = (name: string) => splitOfName(name);
  if (splitFolders === false) return { problems: [], splitOf: () => undefined };
  if (splitFolders === true || folderLabels)
    return {
      problems: [],
      splitOf: (directory, depth) =>
        directory.length === depth && folderLabels?.has(directory.at(-1)!) ? undefined : named(directory.at(-1)!),
    };

  const children = childrenOf(directories);
  const labels = new Set<string>();
  const problems: TransferProblem[] = [];
  for (const [parent, holdings] of children) {
    const parts = [...holdings].filter(([name]) => named(name) !== undefined);
    if (parts.length === 0) continue;
    const isCertain = parts.some(([, { nested }]) => nested);
    const hasOthers = parts.length < holdings.size;
    const areLabels = !isCertain && hasOthers;
    if (areLabels) for (const [name] of parts) labels.add(`${parent}${name}`);
    if (isCertain && !hasOthers) continue;
    const names = parts.map(([name]) => JSON.stringify(name)).join(', ');
    const decision = areLabels
      ? `${names} stands beside other folders of pictures and holds no label folders: read as a label.`
      : hasOthers
        ? `${names} holds label folders and stands beside folders of other names: read as a part, the others as no part.`
        : `${names} holds pictures and no label folders: read as a part of unlabelled pictures.`;
    problems.push(transferProblem('AMBIGUOUS_LAYOUT', decision, { path: parent }));
  }
  return {
    problems,
    splitOf: (directory, depth) =>
      directory.length === depth && labels.has(directory.join('/')) ? undefined : named(directory.at(-1)!),
  };
}

/** For each directory (as `a/b/`, the top as ``) the directories right below it. */
function childrenOf(directories: Iterable<readonly string[]>): Map<string, Map<string, Holds>> {
  const children = new Map<string, Map<string, Holds>>();
  const seen = new Set<string>();
  for (const directory of directories) {
    const key = directory.join('/');
    if (seen.has(key)) continue;
    seen.add(key);
    for (const [index, name] of directory.entries()) {
      const parent = directory
        .slice(0, index)
        .map((segment) => `${segment}/`)
        .join('');
      const holdings = children.get(parent) ?? new Map<string, Holds>();
      children.set(parent, holdings);
      const holds = holdings.get(name) ?? { direct: false, nested: false };
      holdings.set(name, holds);
      if (index === directory.length - 1) holds.direct = true;
      else holds.nested = true;
    }
  }
  return children;
}
