/** A text that is written in order while some of its parts are still awaited. */
export class Draft {
  readonly #parts: (string | Draft)[] = [];
  /** What was written since the last part that is awaited; to be appended to. */
  text = '';

  /** A part of the text that comes later. */
  leaveOpen(): Draft {
    const part = new Draft();
    this.#parts.push(this.text, part);
    this.text = '';
    return part;
  }

  toString(): string {
    if (this.#parts.length === 0) return this.text;
    let whole = '';
    for (const part of this.#parts) whole += typeof part === 'string' ? part : part.toString();
    return whole + this.text;
  }
}
