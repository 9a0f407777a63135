/**
 * Takes out of an answer what could carry data away when a client renders it, and what could pass for the machinery of
 * a conversation: pictures and links of Markdown, HTML, bare addresses, special tokens of models, forged data marks.
 * An address that the person wrote in the question stays. Nothing here hides the rules of the prompt: they are no
 * secret, everybody can read them in the source.
 *
 *     const safe = new SafeAnswer(question);
 *     for (const piece of pieces) show(safe.add(piece));
 *     show(safe.end());
 *
 * The pieces shown add up to the safe text, however the words are cut. Only what is unfinished is held back (an open
 * tag, an address, at most 2000 characters of either); `end` gives the rest and starts anew.
 *
 * What it does not do: "example.org/path" without "https://" or "www." stays text, since Markdown makes no link of it.
 */

const longest = 2_000;
const removedLink = "(link removed)";

/** What may need a look, wherever it stands. */
const suspicious = /<|!|\]|\[|:\/\/|\/\/|(?<![\p{L}\p{N}])(?:https?:\/\/|ftp:\/\/|www\.|mailto:)/iu;
/** The beginning of an address at the end of what has come so far. */
const unfinished =
  /(?<![\p{L}\p{N}])(?:h|ht|htt|https?|https?:|https?:\/|f|ft|ftp|ftp:|ftp:\/|w{1,3}|m|ma|mai|mail|mailt|mailto)$|:\/?$|\/$/iu;
const address = /^(?:[a-z]+:\/\/|:\/\/|\/\/(?=[\w[])|www\.|mailto:)[^\s<>"')\]}]*/i;
const specialToken = /^\[\/?(?:INST|TOOL_CALLS|AVAILABLE_TOOLS|TOOL_RESULTS|SYSTEM_PROMPT)\]/i;
const maybeSpecialToken = /^\[\/?[A-Z_]{0,15}$/i;

export class SafeAnswer {
  readonly #question: string;
  #held = "";
  #last = "";
  /** In the middle of an address that is too long to hold. */
  #dropping = false;

  constructor(question: string) {
    this.#question = question;
  }

  /** The model's next words; gives what of them, and of those held back, may be shown. */
  add(piece: string): string {
    this.#held += piece;
    return this.#release(false);
  }

  /** What was held back, now that nothing follows. */
  end(): string {
    const shown = this.#release(true);
    this.#held = "";
    this.#last = "";
    this.#dropping = false;
    return shown;
  }

  #release(ended: boolean): string {
    let shown = "";
    const show = (text: string) => {
      shown += text;
      this.#last = text.at(-1) ?? this.#last;
    };
    while (this.#held !== "") {
      if (this.#dropping) {
        const rest = this.#held.search(/[\s<>"')\]}]/);
        this.#held = rest < 0 ? "" : this.#held.slice(rest);
        this.#dropping = rest < 0;
        continue;
      }
      const at = this.#held.search(suspicious);
      const open = ended ? -1 : this.#held.search(unfinished);
      const plain = at < 0 && open < 0 ? this.#held.length : Math.min(...[at, open].filter((place) => place >= 0));
      show(this.#held.slice(0, plain));
      this.#held = this.#held.slice(plain);
      if (this.#held === "" || at < 0 || open >= 0 && open < at) break;
      const step = this.#next(ended);
      if (step === null) break;
      show(step.shown);
      this.#held = this.#held.slice(step.taken);
    }
    return shown;
  }

  /** What to show for the beginning of what is held, which is suspicious; null to wait for more. */
  #next(ended: boolean): Step | null {
    const held = this.#held;
    const isShort = !ended && held.length <= longest;
    switch (held.charAt(0)) {
      case "<":
        return this.#tag(held, isShort);
      case "!": {
        const marks = /^!+/.exec(held)?.[0].length ?? 1;
        if (marks === held.length && isShort) return null;
        // A picture is fetched without a click.
        return { shown: held.charAt(marks) === "[" ? "" : held.slice(0, marks), taken: marks };
      }
      case "[": {
        const token = specialToken.exec(held)?.[0];
        if (token !== undefined) return { shown: this.#gap(), taken: token.length };
        return !ended && maybeSpecialToken.test(held) ? null : { shown: "[", taken: 1 };
      }
      case "]":
        if (held.length === 1 && !ended) return null;
        return held.charAt(1) === "(" ? this.#target(held, isShort) : { shown: "]", taken: 1 };
      default:
        return this.#address(held, ended);
    }
  }

  #tag(held: string, isShort: boolean): Step | null {
    if (held.length === 1) return isShort ? null : { shown: "<", taken: 1 };
    if (!/[a-z/!?|_]/i.test(held.charAt(1))) return { shown: "<", taken: 1 };
    const stop = held.slice(1).search(/[<>]/) + 1;
    // Not closed, so no tag; the blank keeps it from becoming one.
    if (stop > 0 && held.charAt(stop) === "<" || stop > longest) return { shown: "< ", taken: 1 };
    if (stop === 0) return isShort ? null : { shown: "< ", taken: 1 };
    const inside = held.slice(1, stop);
    if (/^(?:[a-z][a-z\d+.-]*:|www\.)\S*$/i.test(inside) || /^\S+@\S+$/.test(inside)) {
      const kept = this.#isAsked(inside);
      return { shown: kept ? held.slice(0, stop + 1) : removedLink, taken: stop + 1 };
    }
    return { shown: this.#gap(), taken: stop + 1 };
  }

  /** Behind "](": the target of a link. */
  #target(held: string, isShort: boolean): Step | null {
    let depth = 0;
    for (let index = 1; index < held.length && index <= longest; index++) {
      const letter = held.charAt(index);
      if (letter === "\n" && held.charAt(index + 1) === "\n") return { shown: "] (", taken: 2 };
      if (letter === "(") depth++;
      if (letter !== ")" || --depth > 0) continue;
      const target = held.slice(2, index);
      const isHarmless = /^[\p{L}\p{N}\s,.;–+-]*$/u.test(target) || this.#isAsked(target);
      return { shown: isHarmless ? held.slice(0, index + 1) : `] ${removedLink}`, taken: index + 1 };
    }
    return isShort ? null : { shown: "] (", taken: 2 };
  }

  #address(held: string, ended: boolean): Step | null {
    const found = address.exec(held)?.[0];
    if (found === undefined) {
      const isOpen = !ended && /^(?::\/\/|\/\/)$/.test(held);
      return isOpen ? null : { shown: held.charAt(0), taken: 1 };
    }
    if (found.length === held.length && !ended) {
      if (found.length <= longest) return null;
      this.#dropping = true;
      return { shown: removedLink, taken: found.length };
    }
    const bare = found.replace(/[.,;:!?*_]+$/, "");
    return { shown: this.#isAsked(bare) ? bare : removedLink, taken: Math.max(1, bare.length) };
  }

  /** The person wrote it, so nothing is carried away that the person did not write. */
  #isAsked(target: string): boolean {
    return target.length >= 8 && this.#question.includes(target);
  }

  /** What stood on both sides must not grow together to something new. */
  #gap(): string {
    return this.#last === "" || /\s/.test(this.#last) ? "" : " ";
  }
}

interface Step {
  readonly shown: string;
  /** How many of the held characters are done with. */
  readonly taken: number;
}
