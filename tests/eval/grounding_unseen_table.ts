import type { RightAnswer } from "./grounding_cases_table.ts";
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

/** Right answers that were written after the rules, to see what the rules do to answers they were not made from. */
export const unseenAnswers: readonly RightAnswer[] = [
  {
    language: "en",
    question: "Give me a health overview for the last month",
    calls: [heartCall, stepsCall, sleepCall],
    answer:
      "Here's your overview for 12 February – 13 March 2026:\n\n### Heart\n- Average resting heart rate: **58.1 bpm**\n- Range of daily averages: 55.8–62.4 bpm\n- Lowest single reading: 51.3 bpm on March 7th\n\n### Activity\n- 8,723 steps/day on average (261,678 total)\n- Best day: Tuesday, 24 February, with 13,461 steps\n- Quietest day: 18 February with 4,987 steps\n\n### Sleep\n- 430 minutes (≈7.2 h) per night\n- Efficiency 92.3%\n- Shortest night was 372 min, longest 491 min – a difference of almost 2 hours.",
  },
  {
    language: "en",
    question: "How many steps did I take yesterday and the day before?",
    calls: [stepsCall],
    answer:
      "Yesterday you took 6,273 steps and the day before 10,518, so 4,245 fewer. Your 30-day average is roughly 8,700.",
  },
  {
    language: "en",
    question: "Is my ferritin ok?",
    calls: [labsCall],
    answer:
      "No. Your ferritin was 12 ng/mL on 2026-02-03, which is below the reference range of 20–250 ng/mL (8 ng/mL under the lower limit). Together with hemoglobin at 13.2 g/dL (132 g/L) this can point to iron deficiency; please talk to your doctor. I found 12 results in the last 90 days.",
  },
  {
    language: "en",
    question: "When did my headaches start and how bad are they?",
    calls: [symptomsCall],
    answer:
      "You logged four headaches in the past 30 days. Severity ranged from 4 to 7 out of 10 (average 5.5). They lasted between 45 minutes and 3 hours. The first was on Feb 18 at 2:30 PM and the most recent three days ago, on March 11.",
  },
  {
    language: "de",
    question: "Wie ist mein Ruhepuls?",
    calls: [heartCall],
    answer:
      "Dein Ruhepuls lag in den letzten 30 Tagen im Mittel bei 58,1 Schlägen/min. Der niedrigste Tageswert war 55,8, der höchste 62,4. Gestern waren es 56,2 bpm, also 1,9 weniger als im Durchschnitt. Daten gibt es für alle 30 Tage.",
  },
  {
    language: "de",
    question: "Gehe ich mehr als früher?",
    calls: [compareCall],
    answer:
      "Ja: Vom 12.02.2026 bis 13.03.2026 waren es 8.723 Schritte am Tag, davor 7.904. Das sind gut 800 Schritte mehr (+10,4 %). Insgesamt stieg die Zahl von 221.312 auf 261.678 Schritte.",
  },
  {
    language: "de",
    question: "Was habe ich am 12. März trainiert?",
    calls: [workoutsCall],
    answer:
      "Am 12. März bist du 42 Minuten gelaufen: 7,42 km mit durchschnittlich 149 Schlägen pro Minute und 512 kcal. Im Zeitraum waren es sieben Einheiten, davon vier Läufe.",
  },
  {
    language: "es",
    question: "¿Qué tal mi presión?",
    calls: [pressureCall],
    answer:
      "La media de los últimos 30 días es de 131/84 mmHg (5 días con datos). La más alta fue 142/91 mmHg el 5 de marzo y la más reciente 128/82 mmHg el 12 de marzo. Si notas dolor en el pecho, llama al 112.",
  },
  {
    language: "es",
    question: "¿Qué hice ayer?",
    calls: [dayCall],
    answer:
      "Ayer, 13 de marzo, dormiste 7 horas y 8 minutos (de 23:39 a 6:41), diste 6.273 pasos, recorriste 4,7 km y gastaste 318 kcal. Tu frecuencia cardíaca media fue de 68,4 lpm, con un mínimo de 51 y un máximo de 133. Saturación: 96,4 %.",
  },
  {
    language: "es",
    question: "¿Mis análisis?",
    calls: [labsCall],
    answer:
      "Tus últimos análisis son del 3 de febrero de 2026. La vitamina D (18,4 ng/mL) y la ferritina (12 ng/mL) están bajas; la glucosa (104 mg/dL) y los triglicéridos (163 mg/dL), altos. La HbA1c es del 5,6 % y la TSH de 2,41 mUI/L.",
  },
  {
    language: "fr",
    question: "Ma fréquence cardiaque au repos ?",
    calls: [heartCall],
    answer:
      "Votre fréquence cardiaque au repos est en moyenne de 58,1 battements par minute sur 30 jours, entre 55,8 et 62,4. La mesure la plus basse (51,3 bpm) date du 7 mars et la plus haute (67,4 bpm) du 21 février 2026.",
  },
  {
    language: "fr",
    question: "Mon LDL ?",
    calls: [ldlCall],
    answer:
      "Votre LDL est passé de 1,58 g/L le 17 septembre 2024 à 1,31 g/L le 3 février 2026, soit une baisse de 17 %. En mmol/L, la dernière valeur est de 3,4. La limite est de 116 mg/dL.",
  },
  {
    language: "it",
    question: "Il sonno influisce sul battito?",
    calls: [correlationCall],
    answer:
      "Su 84 giorni c'è una correlazione negativa moderata (r = -0,46; p < 0,001): quando dormi di più il battito a riposo è più basso. L'intervallo di confidenza al 95% va da -0,61 a -0,27.",
  },
  {
    language: "it",
    question: "Quanti passi ho fatto?",
    calls: [compareCall],
    answer:
      "Negli ultimi 30 giorni hai fatto in media 8.723 passi al giorno (261.678 in totale), rispetto ai 7.904 dei 30 giorni precedenti: 819 in più.",
  },
  {
    language: "pt",
    question: "Como está meu LDL?",
    calls: [ldlCall],
    answer:
      "Seu LDL caiu de 158 mg/dL em 17 de setembro de 2024 para 130,6 mg/dL em 3 de fevereiro de 2026 (redução de 27,4 mg/dL, cerca de 17%). Ainda está 14,6 mg/dL acima do limite de 116 mg/dL.",
  },
  {
    language: "pt",
    question: "Quais exames estão alterados?",
    calls: [labsCall],
    answer:
      "Em 03/02/2026: ferritina 12 ng/mL (referência 20–250), hemoglobina 13,2 g/dL (13,5–17,5), glicose 104 mg/dL (70–99), LDL 130,6 mg/dL e triglicerídeos 163 mg/dL (até 150).",
  },
  {
    language: "nl",
    question: "Wat waren mijn labwaarden?",
    calls: [labsCall],
    answer:
      "Op 3 februari 2026 waren deze waarden afwijkend: ferritine 12 ng/mL (referentie 20-250), hemoglobine 13,2 g/dL, glucose 104 mg/dL (70-99) en vitamine D 18,4 ng/mL (onder 30). Je HbA1c was 5,6%.",
  },
  {
    language: "nl",
    question: "Hoeveel heb ik gesport?",
    calls: [workoutsCall],
    answer:
      "Je hebt zeven trainingen gedaan, samen 329 minuten (ongeveer 5,5 uur): vier keer hardlopen, twee keer fietsen en één keer zwemmen. De langste was 8 maart: 75 minuten en 24,3 km.",
  },
  {
    language: "tr",
    question: "Dün nasıldı?",
    calls: [dayCall],
    answer:
      "Dün (13 Mart) 7 saat 8 dakika uyudunuz, 6.273 adım attınız ve 318 kcal yaktınız. Ortalama nabzınız 68 atım/dk, en yüksek 133'tü. Oksijen doygunluğu %96,4, kilonuz 78,4 kg.",
  },
  {
    language: "tr",
    question: "Kaç adım atıyorum?",
    calls: [stepsCall],
    answer:
      "Son 30 günde günde ortalama 8.723 adım attınız, toplam 261.678 adım. En çok 24 Şubat 2026'da (13.461), en az 18 Şubat'ta (4.987).",
  },
  {
    language: "zh",
    question: "我昨天怎么样？",
    calls: [dayCall],
    answer:
      "昨天（3月13日）您睡了7小时8分钟，走了6273步，约4.7公里，消耗318千卡。平均心率68次/分，最高133次/分。血氧饱和度96.4%，体重78.4公斤，体温36.6℃。",
  },
  {
    language: "zh",
    question: "我的化验结果有哪些异常？",
    calls: [labsCall],
    answer:
      "2026年2月3日的结果中，铁蛋白12 ng/mL偏低（参考范围20-250），血红蛋白13.2 g/dL偏低，葡萄糖104 mg/dL偏高（70-99），甘油三酯163 mg/dL偏高。糖化血红蛋白HbA1c为5.6%。",
  },
  {
    language: "en",
    question: "Any pattern in my blood pressure?",
    calls: [pressureCall],
    answer:
      "Across your 5 readings, systolic pressure averaged 131 mmHg and diastolic 84 mmHg.\n\n* 16 Feb: 128/83\n* 21 Feb: 133/86\n* 27 Feb: 126/79\n* 5 Mar: 142/91 ← highest\n* 12 Mar: 128/82\n\nFrom the peak to the latest reading that is a drop of 14 mmHg systolic.",
  },
  {
    language: "en",
    question: "Compare my runs",
    calls: [workoutsCall],
    answer:
      "You ran four times. Distances were 8.03 km (Feb 15), 5.28 km (Feb 24), 6.65 km (Mar 5) and 7.42 km (Mar 12), 27.38 km in total. Your longest run took 46 minutes and burned 561 kcal; the shortest took 31 minutes. On March 12 your pace was about 5.7 minutes per km.",
  },
  {
    language: "de",
    question: "Wann hatte ich Kopfschmerzen?",
    calls: [symptomsCall],
    answer:
      "In den letzten 30 Tagen hast du viermal Kopfschmerzen notiert:\n\n- 18. Februar, 14:30 Uhr: Stärke 5/10, 60 Minuten\n- 25. Februar, 18:10 Uhr: Stärke 7/10, 180 Minuten (3 Stunden)\n- 4. März, 9:45 Uhr: Stärke 4/10, 45 Minuten\n- 11. März, 16:20 Uhr: Stärke 6/10, 90 Minuten\n\nIm Durchschnitt war die Stärke 5,5.",
  },
  {
    language: "de",
    question: "Hängen Schlaf und Ruhepuls zusammen?",
    calls: [correlationCall],
    answer:
      "Ja, es gibt einen mäßigen negativen Zusammenhang (r = −0,46; p < 0,001; n = 84 Tage). Das 95-%-Konfidenzintervall reicht von −0,61 bis −0,27.",
  },
  {
    language: "es",
    question: "¿Camino más que antes?",
    calls: [compareCall],
    answer:
      "Sí. En los últimos 30 días caminaste 8.723 pasos diarios de media, frente a 7.904 en los 30 días anteriores (un 10 % más). En total fueron 261.678 pasos frente a 221.312.",
  },
  {
    language: "fr",
    question: "Mes séances de sport ?",
    calls: [workoutsCall],
    answer:
      "Vous avez fait 7 séances pour un total de 329 minutes, soit environ 5 h 29. La plus longue était le 8 mars : 75 minutes de vélo, 24,3 km et 640 kcal. Le 28 février, vous avez nagé 1 400 m en 35 minutes.",
  },
  {
    language: "fr",
    question: "Hier ?",
    calls: [dayCall],
    answer:
      "Hier, vous avez dormi 7 h 08 (de 23 h 39 à 6 h 41), fait 6 273 pas et brûlé 318 kcal. Fréquence cardiaque : 68 bpm en moyenne, maximum 133. VFC : 47 ms. Poids : 78,4 kg.",
  },
  {
    language: "it",
    question: "I miei esami?",
    calls: [labsCall],
    answer:
      "Gli esami del 3 febbraio 2026 mostrano ferritina 12 ng/mL (bassa, 20-250), emoglobina 13,2 g/dL (bassa), glicemia 104 mg/dL (alta) e trigliceridi 163 mg/dL. L'emoglobina glicata è 5,6%, la creatinina 0,92 mg/dL.",
  },
  {
    language: "pt",
    question: "Tive muitas dores de cabeça?",
    calls: [symptomsCall],
    answer:
      "Você registrou 4 dores de cabeça nos últimos 30 dias, com intensidade média de 5,5. A pior foi em 25 de fevereiro (7 de 10) e durou 180 minutos; a última foi há 3 dias, em 11 de março, às 16h20.",
  },
  {
    language: "nl",
    question: "Hoe was gisteren?",
    calls: [dayCall],
    answer:
      "Gisteren (13 maart) sliep je 7 uur en 8 minuten, zette je 6.273 stappen en verbrandde je 318 kcal. Je hartslag was gemiddeld 68 en maximaal 133. Je gewicht was 78,4 kg en je temperatuur 36,6 °C.",
  },
  {
    language: "tr",
    question: "Tahlillerim nasıl?",
    calls: [labsCall],
    answer:
      "3 Şubat 2026 tarihli sonuçlarda ferritin 12 ng/mL (düşük, referans 20–250), hemoglobin 13,2 g/dL, glukoz 104 mg/dL (yüksek), trigliserid 163 mg/dL ve HbA1c %5,6.",
  },
  {
    language: "zh",
    question: "我的静息心率如何？",
    calls: [heartCall],
    answer:
      "过去30天，您的静息心率平均为58.1次/分，最低日均55.8，最高日均62.4（2月21日）。昨天是56.2次/分，比平均值低1.9次/分。",
  },
];
