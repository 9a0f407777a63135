/**
 * A file that cannot be imported, or not to its end, however often it is tried. The message is for the person who
 * sent it: what is wrong and what to do, without any of the file's content. What was saved before stays.
 */
export class ImportFailure extends Error {
  override readonly name = "ImportFailure";
}
