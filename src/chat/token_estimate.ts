/**
 * How many tokens a text may take, for models whose tokenizers are not known here.
 *
 * Byte-pair vocabularies of the current small models (Llama 3, Qwen 2.5, Gemma 3) need about one token for four letters
 * of English words, for two to three letters of other Latin or Cyrillic words, for each Chinese, Japanese or Korean
 * character, for each digit (Qwen) or three of them (Llama), and for one or two marks of JSON. The estimate takes the
 * larger of these, because a prompt that is too long loses its beginning silently.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(pieces)) {
    const first = piece.codePointAt(0) ?? 0;
    if (first >= 0x2e80) tokens += piece.length;
    else if (isDigit(first)) tokens += piece.length / 2;
    else if (isLetter(first)) tokens += piece.length <= 4 ? 1 : piece.length / 4;
    else if (first > 0x7f) tokens += piece.length / 2;
    else tokens += piece.length / 2;
  }
  return Math.ceil(tokens);
}

/** Words with the blank before them, numbers, other alphabets, marks. Blanks alone are part of the next word. */
const pieces = /[A-Za-z]+|\d+|[\u2e80-\uffff]+|[\u0080-\u2e7f]+|[^\sA-Za-z\d\u0080-\uffff]+/g;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
