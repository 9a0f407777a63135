import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import type { ToolCall } from "../platform/model.ts";
import type { Tool } from "../platform/tool.ts";
import { type BrokenOff, checkAnswer, type CheckedWords, owedNotice } from "./check_answer.ts";
import { type Conversation, openConversation } from "./conversation.ts";
import type { ChatEvent } from "./event.ts";
import { correctionRequest, type Evidence, type Grounding } from "./grounding.ts";
import { type LookUp, lookUp } from "./look_up.ts";
import type { Patient } from "./red_flags.ts";
import { endsRepeating } from "./repeating_text.ts";
import { SafeAnswer } from "./safe_answer.ts";
import { type Said, storable } from "./said.ts";
import type { Turn } from "./start_turn.ts";

/** How an answer comes about: rounds of look-ups, then words, then their check. Nothing is stored here. */

/** After so many rounds of look-ups the model must answer without tools. */
const maxToolRounds = 5;
/** More calls in one round than this are a model gone wrong; the rest is not run. */
const maxCallsOfRound = 10;
/** More words than this are a model gone wrong, whatever context it claims to have. */
const maxAnswerLength = 200_000;
/** After so many letters it is looked whether the model says the same again and again. */
const lookEvery = 120;

export interface Answered {
  /** Why the answer ends in the middle. */
  readonly interrupted: BrokenOff | null;
  /** How far the answer's numbers and dates are in the record. */
  readonly grounding: Grounding;
  /** The model was asked a second time, and this is the better answer. */
  readonly corrected: boolean;
}

/**
 * Asks the model until it calls no more tools, and gives what happens as it happens. Throws `ModelError`, or `signal`'s
 * reason. No database connection is held while the model thinks.
 *
 * With CHAT_CORRECTION the last words come after their check: what the record does not support goes back to the model
 * once, and the answer with fewer such claims is given.
 */
export async function* answer(
  ctx: Context,
  tools: readonly Tool[],
  turn: Turn,
  said: Said,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Answered, undefined> {
  const recalled = await recall(ctx, tools, turn);
  const { conversation } = recalled;
  const evidence = (): Evidence => ({ ...recalled.evidence, calls: said.calls });
  const lookUps: LookUp = { ...recalled, ctx, tools, question: turn.question.content, said, signal, found: [] };
  const hold = ctx.config.CHAT_CORRECTION;
  let first: CheckedWords | undefined;
  for (let round = 1;; round++) {
    const offered = round <= maxToolRounds ? tools : [];
    const spoken = yield* speak(ctx, offered, turn, conversation, said, hold, signal);
    if (spoken.calls.length > 0 && offered.length > 0) {
      if (hold && spoken.words !== "") yield { type: "content", content: said.add(spoken.words) };
      conversation.addCalls(spoken.words.trim(), spoken.calls);
      yield* lookUp(lookUps, conversation, spoken.calls);
      continue;
    }
    const checked = checkAnswer(said.text + (hold ? spoken.words : ""), spoken, evidence());
    if (hold && first === undefined && checked.grounding.unsupported.length > 0 && spoken.interrupted === null) {
      first = checked;
      conversation.addCorrection(spoken.words, correctionRequest(checked.grounding));
      continue;
    }
    const best = first !== undefined && !isBetter(checked, first) ? first : checked;
    if (hold && best.words.trim() !== "") yield { type: "content", content: said.add(best.words) };
    const notice = said.text.trim() === "" ? null : owedNotice(said.text, evidence(), lookUps.found, recalled.patient);
    if (notice !== null) {
      said.startRound();
      yield { type: "content", content: said.add(notice) };
    }
    return {
      interrupted: best.interrupted,
      grounding: best.grounding,
      corrected: first !== undefined && best !== first,
    };
  }
}

/** Fewer claims that the record does not support; an empty answer is none. */
function isBetter(second: CheckedWords, first: CheckedWords): boolean {
  return second.words.trim() !== "" && second.grounding.unsupported.length < first.grounding.unsupported.length;
}

interface Spoken {
  /** As they may be shown. */
  readonly words: string;
  readonly calls: readonly ToolCall[];
  readonly interrupted: BrokenOff | null;
}

/** One round: what the model says, and what it wants to look up. With `hold` its words are given at the end only. */
async function* speak(
  ctx: Context,
  tools: readonly Tool[],
  { question, thinking }: Turn,
  conversation: Conversation,
  said: Said,
  hold: boolean,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Spoken, undefined> {
  const safe = new SafeAnswer(question.content);
  const calls: ToolCall[] = [];
  let [words, looked] = ["", 0];
  let interrupted: BrokenOff | null = null;
  const show = (piece: string): ChatEvent[] => {
    words += piece;
    return hold || piece === "" ? [] : [{ type: "content", content: said.add(piece) }];
  };
  said.startRound();
  const messages = conversation.messages(tools.length > 0);
  for await (const part of ctx.model.chat({ messages, tools: tools.map(definition), thinking }, signal)) {
    if (part.type === "content") yield* show(safe.add(part.content));
    if (part.type === "thinking") yield { type: "thinking", content: storable(part.content) };
    if (part.type === "tool_call" && calls.length < maxCallsOfRound) calls.push(storable(part.call));
    if (part.type === "end" && part.reason === "length") interrupted = "context full";
    if (words.length > maxAnswerLength) interrupted = "context full";
    if (words.length - looked >= lookEvery) {
      looked = words.length;
      if (endsRepeating(words)) interrupted = "repeating";
    }
    if (interrupted !== null) break;
  }
  signal.throwIfAborted();
  yield* show(safe.end());
  return { words, calls, interrupted };
}

interface Recalled {
  readonly conversation: Conversation;
  readonly userId: UserId;
  /** `today` is the person's local date. */
  readonly patient: Patient;
  /** What the person asked before. */
  readonly askedBefore: readonly string[];
  /** Without this turn's calls. */
  readonly evidence: Omit<Evidence, "calls">;
}

/** Of earlier look-ups so many of the newest can support a number. */
const maxEarlierCalls = 20;

async function recall(ctx: Context, tools: readonly Tool[], { question, remembered }: Turn): Promise<Recalled> {
  const { userId, history: newest, now, birth_date } = await remembered;
  const history = newest.filter(({ id }) => id !== question.id);
  const askedBefore = history.filter(({ role }) => role === "user").map(({ content }) => content);
  const conversation = openConversation({
    now,
    local: ctx.config.CHAT_PROVIDER === "ollama",
    contextLength: ctx.config.OLLAMA_CONTEXT_LENGTH,
    tools: tools.map(definition),
    history,
    question: question.content,
  });
  return {
    conversation,
    userId,
    patient: { today: now.date, birth_date },
    askedBefore,
    evidence: {
      question: [question.content, ...askedBefore].join("\n"),
      today: now.date,
      earlier: history.flatMap((message) => message.message_metadata?.tool_calls ?? []).slice(0, maxEarlierCalls),
    },
  };
}

function definition({ name, description, parameters }: Tool) {
  return { name, description, parameters };
}
