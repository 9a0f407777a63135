import type { Evidence } from "../../src/chat/grounding.ts";
import {
  compareCall,
  correlationCall,
  dayCall,
  heartCall,
  labsCall,
  ldlCall,
  pressureCall,
  sleepCall,
  stepsCall,
  symptomsCall,
  workoutsCall,
} from "./grounding_evidence_table.ts";

/** Answers as models write them. Every number and date of a right one follows from the results; a wrong one has one that does not. */

export interface RightAnswer {
  readonly language: string;
  readonly question: string;
  readonly calls: Evidence["calls"];
  readonly answer: string;
}

export interface WrongAnswer extends RightAnswer {
  /** As the check must name it. */
  readonly wrong: string;
}

export const rightAnswers: readonly RightAnswer[] = [
  {
    language: "en",
    question: "How did I sleep in the last 30 days?",
    calls: [sleepCall],
    answer:
      "Over the last 30 days you slept **7 h 10 min** per night on average (30 of 30 nights tracked).\n\n- Longest night: 27 February with 8 h 11 min\n- Shortest night: February 24, 6 h 12 min\n- Sleep efficiency: 92.3 % on average\n- Deep sleep: about 80 minutes, REM sleep: 97 minutes\n\nYou also took 2 naps with a total of 55 minutes.",
  },
  {
    language: "en",
    question: "Is my LDL getting better?",
    calls: [ldlCall],
    answer:
      "Yes. Your LDL cholesterol fell from 158 mg/dL (17 September 2024) to 131 mg/dL (3 February 2026), a drop of 27 mg/dL or 17%. It is still above the upper limit of 116 mg/dL.\n\n| Date | LDL (mg/dL) |\n|---|---|\n| 2024-09-17 | 158 |\n| 2025-03-11 | 149.4 |\n| 2025-09-23 | 137 |\n| 2026-02-03 | 130.6 |\n\nThe average of the four results is 143.75 mg/dL. Please discuss it with your doctor.",
  },
  {
    language: "en",
    question: "Do I walk more than in the month before?",
    calls: [compareCall],
    answer:
      "Yes: 8,723 steps a day compared with 7,904 in the previous 30 days, an increase of 819 steps (+10%). In total you walked 261,678 steps, and data was complete on 30 days, before that on 28 days.",
  },
  {
    language: "en",
    question: "How was yesterday?",
    calls: [dayCall],
    answer:
      "Yesterday (13 March) you slept 7 hours and 8 minutes, of which 77 minutes were deep and 95 minutes REM sleep. You went to bed at 11:39 pm and got up at 6:41 am. You walked 6,273 steps (4.7 km) and burned 318 kcal. Your heart rate averaged 68 bpm, between 51 and 133 bpm. SpO2 was 96.4 %, your weight 78.4 kg (about 173 lb), your temperature 36.6 °C. Deep sleep made up 18 % of your sleep.",
  },
  {
    language: "en",
    question: "Does sleep affect my resting heart rate?",
    calls: [correlationCall],
    answer:
      "There is a moderate negative correlation (r = -0.46, p < 0.001) over 84 days: after more sleep your resting heart rate tends to be lower. The 95% confidence interval is -0.61 to -0.27. Correlation is not causation.",
  },
  {
    language: "en",
    question: "What were my latest lab results?",
    calls: [labsCall],
    answer:
      "Your most recent results are from 3 February 2026 (12 tests). Outside the reference range:\n\n1. Ferritin 12 ng/mL (low, reference 20-250)\n2. 25-OH Vitamin D 18.4 ng/mL (low, reference 30–100 ng/mL)\n3. Hemoglobin 13.2 g/dL (low, 13.5–17.5)\n4. Glucose 104 mg/dL (high, 70–99), which is 5.8 mmol/L\n5. LDL 131 mg/dL and triglycerides 163 mg/dL\n\nHbA1c is normal at 5.6 %, leukocytes at 6.8 × 10^9/L and TSH at 2.4 mIU/L. Three results are low and three are high.",
  },
  {
    language: "en",
    question: "Which workouts did I do this month?",
    calls: [workoutsCall],
    answer:
      "You did seven workouts, 329 minutes (about 5.5 hours) in total: 4 runs, 2 rides and 1 swim. The longest was the ride on 8 March: 75 min, 24.3 km, 640 kcal. Your fastest-heart-rate run was on March 5 with an average of 152 bpm. On average a workout took 47 minutes. If you ever have chest pain, call 112.",
  },
  {
    language: "en",
    question: "How is my blood pressure?",
    calls: [pressureCall],
    answer:
      "Your average over five days with readings was 131/84 mmHg. The highest was 142/91 mmHg on 5 March, the latest 128/82 mmHg on March 12.",
  },
  {
    language: "de",
    question: "Wie habe ich in den letzten 30 Tagen geschlafen?",
    calls: [sleepCall],
    answer:
      "In den letzten 30 Tagen hast du im Schnitt **7 Std. 10 Min.** pro Nacht geschlafen (30 von 30 Nächten erfasst). Die längste Nacht war der 27. Februar mit 8 Stunden und 11 Minuten, die kürzeste der 24.02.2026 mit 6,2 Stunden. Die Schlafeffizienz lag durchschnittlich bei 92,3 %. Tiefschlaf: rund 80 Minuten, REM: 97 Minuten.",
  },
  {
    language: "de",
    question: "Wie entwickelt sich mein LDL?",
    calls: [ldlCall],
    answer:
      "Ihr LDL-Cholesterin ist von 158 mg/dl (17.09.2024) auf 130,6 mg/dl (3. Februar 2026) gesunken, also um 27,4 mg/dl bzw. 17 %. In mmol/l sind das 3,4 statt 4,1 mmol/l. Der Grenzwert von 116 mg/dl ist noch überschritten. Der Mittelwert der vier Messungen beträgt 143,75 mg/dl.",
  },
  {
    language: "de",
    question: "Wie viele Schritte gehe ich?",
    calls: [stepsCall],
    answer:
      "Du bist durchschnittlich 8.723 Schritte pro Tag gegangen, insgesamt 261.678 Schritte. Am meisten waren es am 24. Februar mit 13.461 Schritten, am wenigsten am 18. Februar mit 4.987. An 8 von 30 Tagen waren es mehr als 10.000 Schritte.",
  },
  {
    language: "de",
    question: "Wie war mein gestriger Tag?",
    calls: [dayCall],
    answer:
      "Gestern hast du 7,1 Stunden geschlafen, warst um 6:41 Uhr wach, bist 6273 Schritte (4,7 km) gegangen und hast 318 kcal verbraucht. Dein Puls lag im Mittel bei 68 Schlägen pro Minute, maximal bei 133. Die HRV betrug 47 ms, das Gewicht 78,4 kg.",
  },
  {
    language: "de",
    question: "Welche Werte waren auffällig?",
    calls: [labsCall],
    answer:
      "Auffällig waren am 3. Februar 2026: Ferritin 12 ng/ml (Referenz 20–250), Hämoglobin 13,2 g/dl (13,5–17,5), Glukose 104 mg/dl (70–99; das sind 5,8 mmol/l) und Triglyceride 163 mg/dl (bis 150). Vitamin D (25-OH) liegt mit 18,4 ng/ml unter 30 ng/ml. Bei Brustschmerzen rufen Sie bitte die 112.",
  },
  {
    language: "es",
    question: "¿Cómo he dormido en los últimos 30 días?",
    calls: [sleepCall],
    answer:
      "En los últimos 30 días dormiste de media 7 h 10 min por noche (30 noches registradas). La noche más larga fue el 27 de febrero, con 8 horas y 11 minutos; la más corta, el 24 de febrero de 2026, con 6 h 12 min. La eficiencia media fue del 92,3 %. Sueño profundo: unos 80 minutos; REM: 97 minutos.",
  },
  {
    language: "es",
    question: "¿Cómo está mi colesterol LDL?",
    calls: [ldlCall],
    answer:
      "Tu LDL bajó de 158 mg/dL (17/09/2024) a 130,6 mg/dL (03/02/2026), una reducción de 27,4 mg/dL (17 %). Sigue por encima del límite de 116 mg/dL. El promedio de los 4 resultados es 143,75 mg/dL.",
  },
  {
    language: "es",
    question: "¿Cuántos dolores de cabeza tuve este mes?",
    calls: [symptomsCall],
    answer:
      "Registraste dolor de cabeza cuatro veces en 30 días, con una intensidad media de 5,5 de 10. El más fuerte fue el 25 de febrero a las 18:10 (7/10), y duró 3 horas. El último, el 11 de marzo, hace 3 días, fue de 6/10 y duró 90 minutos.",
  },
  {
    language: "fr",
    question: "Comment ai-je dormi ces 30 derniers jours ?",
    calls: [sleepCall],
    answer:
      "Sur les 30 derniers jours, vous avez dormi en moyenne 7 h 10 par nuit (30 nuits suivies). La nuit la plus longue : le 27 février avec 8 h 11 ; la plus courte : le 24 février 2026 avec 6 h 12 min. L'efficacité moyenne était de 92,3 %. Sommeil profond : environ 80 minutes, sommeil paradoxal (REM) : 97 minutes.",
  },
  {
    language: "fr",
    question: "Combien de pas par jour ?",
    calls: [compareCall],
    answer:
      "Vous avez fait en moyenne 8 723 pas par jour, contre 7 904 les 30 jours précédents, soit une hausse de 819 pas (10 %). Au total : 261 678 pas.",
  },
  {
    language: "fr",
    question: "Mes derniers résultats ?",
    calls: [labsCall],
    answer:
      "Le 3 février 2026 : ferritine 12 ng/mL (norme 20 à 250), hémoglobine 13,2 g/dL (norme 13,5 à 17,5), glycémie 104 mg/dL (norme 70-99), soit 1,04 g/L. L'HbA1c est de 5,6 %. Trois valeurs sont basses.",
  },
  {
    language: "it",
    question: "Come ho dormito negli ultimi 30 giorni?",
    calls: [sleepCall],
    answer:
      "Negli ultimi 30 giorni hai dormito in media 7 ore e 10 minuti per notte (30 notti). La notte più lunga è stata il 27 febbraio con 8 h 11 min, la più corta il 24 febbraio 2026 con 6 h 12 min. Efficienza media: 92,3%. Sonno profondo circa 80 minuti, REM 97 minuti.",
  },
  {
    language: "it",
    question: "Che allenamenti ho fatto?",
    calls: [workoutsCall],
    answer:
      "Hai fatto 7 allenamenti per un totale di 329 minuti: 4 corse, 2 uscite in bici e una nuotata. L'8 marzo hai pedalato per 24,3 km in 75 minuti bruciando 640 kcal; il 12 marzo hai corso 7,42 km in 42 minuti con una frequenza media di 149 bpm.",
  },
  {
    language: "it",
    question: "La mia pressione?",
    calls: [pressureCall],
    answer:
      "La pressione media in 5 giorni è stata 131/84 mmHg. Il valore più alto, 142/91 mmHg, è del 5 marzo; l'ultimo, del 12 marzo 2026, è 128/82 mmHg.",
  },
  {
    language: "pt",
    question: "Como dormi nos últimos 30 dias?",
    calls: [sleepCall],
    answer:
      "Nos últimos 30 dias você dormiu em média 7 horas e 10 minutos por noite (30 noites). A noite mais longa foi 27 de fevereiro, com 8 h 11 min, e a mais curta 24 de fevereiro de 2026, com 6h12. A eficiência média foi de 92,3%. Sono profundo: cerca de 80 minutos; REM: 97 minutos.",
  },
  {
    language: "pt",
    question: "Quantos passos eu dou?",
    calls: [stepsCall],
    answer:
      "Em média 8.723 passos por dia, num total de 261.678 passos em 30 dias. O máximo foi em 24/02/2026, com 13.461 passos, e o mínimo em 18/02/2026, com 4.987 passos.",
  },
  {
    language: "nl",
    question: "Hoe heb ik de afgelopen 30 dagen geslapen?",
    calls: [sleepCall],
    answer:
      "De afgelopen 30 dagen sliep je gemiddeld 7 uur en 10 minuten per nacht (30 nachten). De langste nacht was 27 februari met 8 uur en 11 minuten, de kortste 24 februari 2026 met 6 u 12 min. De gemiddelde efficiëntie was 92,3%. Diepe slaap: ongeveer 80 minuten, REM: 97 minuten.",
  },
  {
    language: "nl",
    question: "Hoe is mijn rusthartslag?",
    calls: [heartCall],
    answer:
      "Je rusthartslag was gemiddeld 58,1 slagen per minuut. De laagste dagwaarde was 55,8 en de hoogste 62,4 slagen per minuut op 21 februari. Gisteren was het 56,2.",
  },
  {
    language: "tr",
    question: "Son 30 günde nasıl uyudum?",
    calls: [sleepCall],
    answer:
      "Son 30 günde gecede ortalama 7 saat 10 dakika uyudunuz (30 gece). En uzun gece 27 Şubat'ta 8 saat 11 dakika, en kısa gece 24 Şubat 2026'da 6 saat 12 dakikaydı. Ortalama uyku verimliliği %92,3. Derin uyku yaklaşık 80 dakika, REM 97 dakika.",
  },
  {
    language: "tr",
    question: "LDL değerim nasıl?",
    calls: [ldlCall],
    answer:
      "LDL kolesterolünüz 17.09.2024'te 158 mg/dL iken 3 Şubat 2026'da 130,6 mg/dL'ye düştü; fark 27,4 mg/dL (yüzde 17). Üst sınır 116 mg/dL. Dört ölçümün ortalaması 143,75 mg/dL.",
  },
  {
    language: "zh",
    question: "我最近30天睡得怎么样？",
    calls: [sleepCall],
    answer:
      "最近30天，您平均每晚睡7小时10分钟（记录了30个晚上）。最长的一晚是2月27日，睡了8小时11分钟；最短的是2026年2月24日，6小时12分钟。平均睡眠效率为92.3%，深睡约80分钟，REM睡眠97分钟。",
  },
  {
    language: "zh",
    question: "我的血脂怎么样？",
    calls: [ldlCall, stepsCall],
    answer:
      "您的低密度脂蛋白从2024年9月17日的158 mg/dL降到2026年2月3日的130.6 mg/dL，下降了27.4 mg/dL（17%），约合3.38毫摩尔/升。上限为116毫克/分升。平均每天走8723步，共261678步。",
  },
];

const wrong = (of: number, from: string, to: string, named: string): WrongAnswer => {
  const right = rightAnswers[of];
  if (right === undefined || !right.answer.includes(from)) throw new Error(`Answer ${of} has no "${from}"`);
  return { ...right, answer: right.answer.replace(from, to), wrong: named };
};

export const wrongAnswers: readonly WrongAnswer[] = [
  wrong(0, "7 h 10 min", "7 h 40 min", "7 h 40 min"),
  wrong(0, "27 February with", "25 February with", "8 h 11 min"),
  wrong(0, "92.3 %", "94.1 %", "94.1 %"),
  wrong(0, "2 naps", "6 naps", "6 naps"),
  wrong(1, "to 131 mg/dL", "to 121 mg/dL", "121 mg/dL"),
  wrong(1, "27 mg/dL or 17%", "27 mg/dL or 27%", "27%"),
  wrong(1, "3 February 2026), a", "3 April 2026), a", "3 April 2026"),
  wrong(1, "limit of 116", "limit of 100", "100 mg/dL"),
  wrong(2, "819 steps", "919 steps", "919 steps"),
  wrong(2, "8,723 steps", "8,273 steps", "8,273 steps"),
  wrong(3, "4.7 km", "6.4 km", "6.4 km"),
  wrong(3, "318 kcal", "6,273 kcal", "6,273 kcal"),
  wrong(3, "173 lb", "163 lb", "163 lb"),
  wrong(3, "11:39 pm", "10:15 pm", "10:15 pm"),
  wrong(4, "r = -0.46", "r = 0.46", "0.46"),
  wrong(4, "84 days", "48 days", "48 days"),
  wrong(5, "Ferritin 12 ng/mL", "Ferritin 12 mg/dL", "12 mg/dL"),
  wrong(5, "5.8 mmol/L", "6.9 mmol/L", "6.9 mmol/L"),
  wrong(5, "reference 20-250", "reference 15-150", "15"),
  wrong(6, "24.3 km", "34.2 km", "34.2 km"),
  wrong(7, "131/84", "131/94", "94 mmHg"),
  wrong(7, "142/91 mmHg on 5 March", "142/91 mmHg on 27 February", "142"),
  wrong(8, "6,2 Stunden", "5,2 Stunden", "5,2 Stunden"),
  wrong(9, "3,4 statt", "3,2 statt", "3,2"),
  wrong(10, "261.678 Schritte", "361.678 Schritte", "361.678 Schritte"),
  wrong(10, "An 8 von", "An 17 von", "17"),
  wrong(11, "6:41 Uhr", "7:25 Uhr", "7:25 Uhr"),
  wrong(12, "13,2 g/dl", "11,2 g/dl", "11,2 g/dl"),
  wrong(13, "8 horas y 11 minutos", "9 horas y 11 minutos", "9 horas y 11 minutos"),
  wrong(15, "cuatro veces", "nueve veces", "nueve veces"),
  wrong(16, "8 h 11", "8 h 41", "8 h 41"),
  wrong(17, "8 723 pas", "8 327 pas", "8 327 pas"),
  wrong(19, "92,3%", "82,3%", "82,3%"),
  wrong(20, "24,3 km", "42,3 km", "42,3 km"),
  wrong(22, "97 minutos", "117 minutos", "117 minutos"),
  wrong(25, "58,1 slagen", "63,1 slagen", "63,1 slagen per minuut"),
  wrong(26, "%92,3", "%85,3", "85,3"),
  wrong(27, "130,6 mg/dL'ye", "139,6 mg/dL'ye", "139,6 mg/dL"),
  wrong(28, "7小时10分钟", "7小时40分钟", "7小时40分钟"),
  wrong(29, "8723步", "8237步", "8237步"),
];
