import type { Evidence } from "../../src/chat/grounding.ts";
import { heartCall, ldlCall, sleepCall, stepsCall } from "./grounding_evidence_table.ts";

/** Questions that suggest a number or a date which the record does not have, or name one as a limit or a stretch of time. */

export interface Suggestion {
  readonly language: string;
  readonly question: string;
  readonly calls: Evidence["calls"];
  /** Tells the question's number as found. */
  readonly agrees: string;
  /** Repeats it and is true. */
  readonly repeats: string;
}

function suggestion(
  language: string,
  question: string,
  calls: Evidence["calls"],
  agrees: string,
  repeats: string,
): Suggestion {
  return { language, question, calls, agrees, repeats };
}

export const suggestions: readonly Suggestion[] = [
  suggestion(
    "en",
    "Is my resting heart rate 72?",
    [heartCall],
    "Yes, it is 72 bpm.",
    "No, it is not 72 bpm; the average is 58.1 bpm.",
  ),
  suggestion(
    "en",
    "My LDL is 99 mg/dL, right?",
    [ldlCall],
    "Right, your LDL is 99 mg/dL.",
    "You mentioned 99 mg/dL, but the latest result is 130.6 mg/dL.",
  ),
  suggestion(
    "en",
    "did i walk 15,000 steps yesterday",
    [stepsCall],
    "You walked 15,000 steps yesterday.",
    "You walked 6,273 steps yesterday, fewer than 15,000.",
  ),
  suggestion(
    "en",
    "I sleep 9 hours a night. Correct?",
    [],
    "Correct, you sleep 9 hours a night.",
    "I have not looked it up; you said 9 hours.",
  ),
  suggestion(
    "de",
    "Ist mein Ruhepuls 72?",
    [heartCall],
    "Ja, Ihr Ruhepuls ist 72.",
    "Nein, er liegt nicht bei 72, sondern im Mittel bei 58,1 bpm.",
  ),
  suggestion(
    "de",
    "Habe ich 9 Stunden geschlafen?",
    [sleepCall],
    "Ja, Sie haben 9 Stunden geschlafen.",
    "Das war weniger als 9 Stunden: im Schnitt 7 Stunden und 10 Minuten.",
  ),
  suggestion(
    "es",
    "¿Mi LDL es de 99 mg/dL?",
    [ldlCall],
    "Sí, tu LDL es de 99 mg/dL.",
    "Tu LDL es de 130,6 mg/dL, por encima de 99 mg/dL.",
  ),
  suggestion(
    "fr",
    "Est-ce que mon pouls au repos est de 72 ?",
    [heartCall],
    "Oui, il est de 72.",
    "Vous avez mentionné 72 ; la moyenne est de 58,1 bpm.",
  ),
  suggestion(
    "it",
    "Il mio LDL è 99 mg/dL?",
    [ldlCall],
    "Sì, il tuo LDL è 99 mg/dL.",
    "Non è 99 mg/dL: l'ultimo valore è 130,6 mg/dL.",
  ),
  suggestion(
    "pt",
    "Meu LDL está em 99 mg/dL?",
    [ldlCall],
    "Sim, o seu LDL está em 99 mg/dL.",
    "O seu LDL não está em 99 mg/dL, e sim em 130,6 mg/dL.",
  ),
  suggestion(
    "nl",
    "Is mijn rusthartslag 72?",
    [heartCall],
    "Ja, je rusthartslag is 72.",
    "Nee, hij is niet 72 maar gemiddeld 58,1 bpm.",
  ),
  suggestion(
    "tr",
    "Dinlenme nabzım 72 mi?",
    [heartCall],
    "Evet, dinlenme nabzınız 72.",
    "72 değil, ortalama 58,1.",
  ),
  suggestion("zh", "我的静息心率是72吗？", [heartCall], "是的，您的静息心率是72。", "不是72，平均是58.1。"),
  suggestion(
    "en",
    "Was my last LDL on 5 May 2025?",
    [ldlCall],
    "Yes, it was on 5 May 2025.",
    "No, not on 5 May 2025: the latest is of 3 February 2026.",
  ),
  suggestion(
    "de",
    "Bin ich gestern um 23:15 ins Bett gegangen?",
    [],
    "Ja, um 23:15 Uhr.",
    "Das weiß ich nicht; Sie haben 23:15 Uhr genannt.",
  ),
  suggestion(
    "en",
    "On how many days did I walk more than 10,000 steps in the last 30 days?",
    [stepsCall],
    "On 30 days you walked 10,400 steps.",
    "In the last 30 days you walked more than 10,000 steps on 8 days.",
  ),
  suggestion(
    "de",
    "War mein Ruhepuls in den letzten 45 Tagen über 90?",
    [heartCall],
    "Ja, er war 91.",
    "In den letzten 45 Tagen war er nie über 90.",
  ),
];
