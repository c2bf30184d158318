import { Readable } from 'node:stream';
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import { objectUrl } from '../../platform/object-url.ts';
import type { Platform } from '../../platform/platform.ts';
import { csvRecord } from '../formats/csv-cells.ts';
import { transferItemTable } from '../table.ts';
import { transferPrefix, type Transfer } from '../transfer-row.ts';
import type { ImportState } from './import-facts.ts';

const rowsAtOnce = 5000;

/** Writes a CSV of all items with which something was wrong, or that were skipped; undefined where there are none. */
export async function writeImportReport(
  platform: Platform,
  transfer: Pick<Transfer, 'id' | 'projectId'>,
): Promise<string | undefined> {
  const lines = reportLines(platform, transfer.id);
  const first = await lines.next();
  if (first.done) return undefined;
  const key = `${transferPrefix(transfer)}report.csv`;
  const text = async function* () {
    yield csvRecord(['item', 'path', 'outcome', 'code', 'message']);
    yield first.value;
    yield* lines;
  };
  await platform.objects.putStream(key, Readable.from(text(), { objectMode: false }), Number.MAX_SAFE_INTEGER);
  return key;
}

async function* reportLines({ db }: Platform, transferId: string): AsyncGenerator<string, void> {
  for (let after = -1; ;) {
    const rows = await db
      .select()
      .from(transferItemTable)
      .where(
        and(
          eq(transferItemTable.transferId, transferId),
          gt(transferItemTable.index, after),
          isNotNull(transferItemTable.code),
        ),
      )
      .orderBy(asc(transferItemTable.index))
      .limit(rowsAtOnce);
    if (rows.length === 0) return;
    yield rows
      .map((row) => csvRecord([String(row.index), row.path, row.outcome, row.code ?? '', row.message ?? '']))
      .join('');
    after = rows.at(-1)!.index;
  }
}

/** Signed address of the report, good for an hour; null where there is none. */
export function reportUrl(platform: Platform, state: Pick<ImportState, 'reportKey'> | null): string | null {
  return state?.reportKey ? objectUrl(platform, state.reportKey) : null;
}
