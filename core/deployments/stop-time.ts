/** When a deployment that is started now stops by itself; null = never. */
export const stopTime = (autoStopHours: number | null | undefined): Date | null =>
  autoStopHours == null ? null : new Date(Date.now() + autoStopHours * 3_600_000);
