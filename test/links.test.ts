import { readFile, glob, stat } from 'node:fs/promises';
import { dirname, join, normalize, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const documents: string[] = [];
for await (const path of glob(['*.md', 'docs/*.md', 'clients/**/*.md', 'engine/**/*.md'], {
  cwd: root,
  exclude: (name) => /(^|\/)(node_modules|dist|CHANGELOG\.md)$/.test(name),
}))
  documents.push(path);
documents.sort();
const texts = new Map(
  await Promise.all(documents.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)),
);
const withoutCode = (text: string) => text.replace(/^```.*?^```$/gms, '');

/** The anchors of a document's headings, by the rule of GitHub. */
function anchorsOf(text: string): string[] {
  const used = new Map<string, number>();
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const words = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    const times = used.get(slug) ?? 0;
    used.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}

/** Links to files and headings of ours: path from the root (of the document itself where none is said) and anchor. */
function linksOf(path: string, text: string) {
  // Code in a line has no links, a link may have code.
  const prose = withoutCode(text).replace(/(?<!\[)`[^`\n]*`(?!\])/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file, anchor] = target.split('#');
      return { target, file: file ? normalize(join(dirname(path), file)) : path, anchor };
    });
}

describe('documents', () => {
  test.each(documents)('%s leads to files and headings that are there', async (path) => {
    for (const { target, file, anchor } of linksOf(path, texts.get(path)!)) {
      await expect(stat(join(root, file)), `${target} in ${path}`).resolves.toBeDefined();
      if (anchor !== undefined) expect(anchorsOf(texts.get(file)!), `${target} in ${path}`).toContain(anchor);
    }
  });

  test('are all reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const path of reached)
      if (texts.has(path)) for (const { file } of linksOf(path, texts.get(path)!)) reached.add(file);
    const forUsers = documents.filter((path) => path.startsWith('docs/'));
    expect(forUsers.length).toBeGreaterThan(15);
    expect(forUsers.filter((path) => !reached.has(path))).toEqual([]);
  });
});
