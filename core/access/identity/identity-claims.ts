/** What an identity provider says of somebody, in a token that was verified. */
export interface IdentityClaims {
  readonly issuer: string;
  /** Theirs for good at the issuer; never an e-mail address, which may be given to another person. */
  readonly subject: string;
  /** To be shown; never a key. */
  readonly name: string;
  readonly groups: readonly string[];
  readonly issuedAt: Date;
}
