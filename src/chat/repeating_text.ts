/** So much at the end of a text must be one piece over and over; no table or list of a record is so even. */
const stretch = 480;
const longestPiece = 80;

/** Whether a text ends in the same few words again and again, as small models do that lose their thread. Pure. */
export function endsRepeating(text: string): boolean {
  const tail = text.slice(-stretch);
  if (tail.length < stretch || !/[\p{L}\p{N}]/u.test(tail)) return false;
  for (let piece = 1; piece <= longestPiece; piece++) {
    if (tail.startsWith(tail.slice(piece))) return true;
  }
  return false;
}
