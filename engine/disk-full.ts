/** Whether something could not be written because the disk, or what the user may have of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | null | undefined)?.code ?? '');
}
