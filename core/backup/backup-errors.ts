/** A backup or a restore that cannot begin or go on; the message says what to do. Caught by the command, which shows it. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
  }
}

/** A file of a backup is not what was written. */
export class DamagedBackupError extends BackupError {
  /** As an operator finds it. */
  readonly file: string;
  constructor(file: string, reason: string) {
    super(`The backup is damaged: ${file} ${reason}. Nothing was restored.`);
    this.name = 'DamagedBackupError';
    this.file = file;
  }
}
