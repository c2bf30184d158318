/** A picture with the class it shows. */
export interface LabelledPicture {
  /** How messages name it, such as `ants/ants_001.jpg`. */
  readonly file: string;
  readonly label: string;
  readonly byteSize: number;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file that takes no part, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** What a demo run works on. */
export interface PictureSet {
  /** Becomes the name of the project. */
  readonly name: string;
  /** Are uploaded, labelled and trained on. */
  readonly pictures: readonly LabelledPicture[];
  /** Are kept out of the project, for the predictions at the end. */
  readonly unseen: readonly LabelledPicture[];
  readonly skipped: readonly SkippedFile[];
}

/** Labels in the order of their first picture. */
export function labelsOf(pictures: readonly LabelledPicture[]): string[] {
  return [...new Set(pictures.map((picture) => picture.label))];
}
