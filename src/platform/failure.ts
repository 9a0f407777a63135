/** A start that cannot go on for a reason the operator can mend: one line, exit code 1, no stack trace. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
