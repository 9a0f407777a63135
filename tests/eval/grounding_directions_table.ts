import type { Evidence } from "../../src/chat/grounding.ts";
import {
  compareCall,
  correlationCall,
  heartFellCall,
  labsCall,
  ldlCall,
  stepsCall,
  variabilityRoseCall,
  weightRoseCall,
} from "./grounding_evidence_table.ts";

/** Sentences that say which way something went. Each right one has a twin that says the opposite and must be named. */

export interface DirectionCase {
  readonly language: string;
  readonly question: string;
  readonly calls: Evidence["calls"];
  readonly right: string;
  readonly wrong: string;
}

/** True sentences with words of change that are no such claim, or that no result can judge. */
export interface DirectionTrap {
  readonly language: string;
  readonly question: string;
  readonly calls: Evidence["calls"];
  readonly answer: string;
}

const evidence = {
  heart: [heartFellCall],
  weight: [weightRoseCall],
  steps: [compareCall],
  ldl: [ldlCall],
  variability: [variabilityRoseCall],
} as const;
const questions = {
  heart: "How is my resting heart rate this month?",
  weight: "How is my weight?",
  steps: "Do I walk more?",
  ldl: "How is my LDL?",
  variability: "How is my HRV?",
} as const;

type Subject = keyof typeof evidence;

function direction(language: string, subject: Subject, right: string, wrong: string): DirectionCase {
  return { language, question: questions[subject], calls: evidence[subject], right, wrong };
}

/** Written with the rules. */
export const directions: readonly DirectionCase[] = [
  direction("en", "heart", "It fell by 5.4 %.", "It rose by 5.4 %."),
  direction("en", "heart", "Your resting heart rate has dropped.", "Your resting heart rate has increased."),
  direction(
    "en",
    "heart",
    "It averaged 58.1 bpm, 3.3 bpm lower than in the 30 days before.",
    "It averaged 58.1 bpm, 3.3 bpm higher than in the 30 days before.",
  ),
  direction(
    "en",
    "heart",
    "Your resting heart rate decreased from 61.4 to 58.1 bpm.",
    "Your resting heart rate increased from 61.4 to 58.1 bpm.",
  ),
  direction("en", "heart", "It improved by 3.3 bpm.", "It worsened by 3.3 bpm."),
  direction("en", "weight", "You gained 1.2 kg, up 1.5 %.", "Your weight dropped by 1.2 kg, down 1.5 %."),
  direction("en", "steps", "You walked 819 steps a day more (+10 %).", "You walked 819 steps a day less (-10 %)."),
  direction("en", "ldl", "Your LDL is falling.", "Your LDL is rising."),
  direction("en", "ldl", "It went down to 130.6 mg/dL.", "It went up to 130.6 mg/dL."),
  direction("en", "variability", "Yes, your HRV improved.", "No, your HRV declined."),
  direction("de", "heart", "Ihr Ruhepuls ist um 5,4 % gesunken.", "Ihr Ruhepuls ist um 5,4 % gestiegen."),
  direction("de", "heart", "Der Ruhepuls fiel auf 58,1 bpm.", "Der Ruhepuls stieg auf 58,1 bpm."),
  direction("de", "heart", "Das sind 3,3 bpm weniger als im Vormonat.", "Das sind 3,3 bpm mehr als im Vormonat."),
  direction("de", "weight", "Das Gewicht hat zugenommen.", "Das Gewicht hat abgenommen."),
  direction("de", "steps", "Das ist ein Anstieg um 819 Schritte.", "Das ist ein Rückgang um 819 Schritte."),
  direction("de", "ldl", "Ihr LDL ist gesunken.", "Ihr LDL ist gestiegen."),
  direction(
    "es",
    "heart",
    "Tu pulso en reposo bajó de 61,4 a 58,1 lpm.",
    "Tu pulso en reposo subió de 61,4 a 58,1 lpm.",
  ),
  direction("es", "heart", "Ha disminuido un 5,4 %.", "Ha aumentado un 5,4 %."),
  direction("es", "steps", "Caminas 819 pasos más al día.", "Caminas 819 pasos menos al día."),
  direction("es", "ldl", "Tu LDL ha bajado.", "Tu LDL ha subido."),
  direction("fr", "heart", "Elle a baissé de 5,4 %.", "Elle a augmenté de 5,4 %."),
  direction("fr", "steps", "C'est une hausse de 819 pas.", "C'est une baisse de 819 pas."),
  direction("fr", "weight", "Votre poids a augmenté de 1,2 kg.", "Votre poids a diminué de 1,2 kg."),
  direction(
    "fr",
    "ldl",
    "Votre LDL est passé de 158 à 130,6 mg/dL, une baisse.",
    "Votre LDL est passé de 158 à 130,6 mg/dL, une hausse.",
  ),
  direction("it", "heart", "È diminuita del 5,4 %.", "È aumentata del 5,4 %."),
  direction("it", "steps", "Sono 819 passi in più al giorno.", "Sono 819 passi in meno al giorno."),
  direction("it", "ldl", "Il tuo LDL è sceso da 158 a 130,6 mg/dL.", "Il tuo LDL è salito da 158 a 130,6 mg/dL."),
  direction("pt", "heart", "Caiu 5,4 % em relação ao mês anterior.", "Subiu 5,4 % em relação ao mês anterior."),
  direction("pt", "steps", "Você deu 819 passos a mais por dia.", "Você deu 819 passos a menos por dia."),
  direction("pt", "ldl", "O seu LDL diminuiu.", "O seu LDL aumentou."),
  direction("nl", "heart", "Je rusthartslag is met 5,4 % gedaald.", "Je rusthartslag is met 5,4 % gestegen."),
  direction("nl", "steps", "Dat is een toename van 819 stappen.", "Dat is een afname van 819 stappen."),
  direction("nl", "ldl", "Je LDL daalde van 158 naar 130,6 mg/dL.", "Je LDL steeg van 158 naar 130,6 mg/dL."),
  direction("tr", "heart", "Dinlenme nabzınız %5,4 düştü.", "Dinlenme nabzınız %5,4 yükseldi."),
  direction("tr", "steps", "Günde 819 adım daha fazla attınız.", "Günde 819 adım daha az attınız."),
  direction("tr", "ldl", "LDL değeriniz düştü.", "LDL değeriniz yükseldi."),
  direction("zh", "heart", "您的静息心率下降了5.4%。", "您的静息心率上升了5.4%。"),
  direction("zh", "steps", "每天多了819步。", "每天少了819步。"),
  direction("zh", "ldl", "您的LDL从158降到130.6 mg/dL。", "您的LDL从158升到130.6 mg/dL。"),
  direction(
    "en",
    "heart",
    "Good news: compared with the month before, your resting heart rate came down by about 3 bpm.",
    "Bad news: compared with the month before, your resting heart rate crept up by about 3 bpm.",
  ),
  direction(
    "en",
    "heart",
    "- **Resting heart rate**: 58.1 bpm (↓ 3.3 bpm from 61.4 bpm), a decrease",
    "- **Resting heart rate**: 58.1 bpm (↑ 3.3 bpm from 61.4 bpm), an increase",
  ),
  direction("en", "weight", "There has been a slight gain of 1.2 kg.", "There has been a slight loss of 1.2 kg."),
  direction(
    "en",
    "steps",
    "Your daily steps have gone up, from 7,904 to 8,723 a day.",
    "Your daily steps have gone down, from 7,904 to 8,723 a day.",
  ),
  direction("en", "steps", "You are 10 % more active, by 819 steps.", "You are 10 % less active, by 819 steps."),
  direction(
    "en",
    "ldl",
    "The trend is downward: 158, 149.4, 137 and now 130.6 mg/dL.",
    "The trend is upward: 158, 149.4, 137 and now 130.6 mg/dL.",
  ),
  direction("en", "ldl", "Your LDL has been declining.", "Your LDL has been climbing."),
  direction("en", "variability", "HRV rose 8 %, to 47.2 ms.", "HRV fell 8 %, to 47.2 ms."),
  direction(
    "de",
    "heart",
    "Im Vergleich zum Vormonat liegt er um 3,3 bpm niedriger.",
    "Im Vergleich zum Vormonat liegt er um 3,3 bpm höher.",
  ),
  direction(
    "de",
    "heart",
    "Ihr Ruhepuls ging von 61,4 auf 58,1 bpm zurück.",
    "Ihr Ruhepuls kletterte von 61,4 auf 58,1 bpm.",
  ),
  direction("de", "weight", "Sie wiegen im Schnitt 1,2 kg mehr.", "Sie wiegen im Schnitt 1,2 kg weniger."),
  direction(
    "de",
    "steps",
    "Die Schrittzahl hat sich um 10,4 % erhöht.",
    "Die Schrittzahl hat sich um 10,4 % verringert.",
  ),
  direction("de", "ldl", "Das LDL sinkt seit 2024.", "Das LDL steigt seit 2024."),
  direction("de", "variability", "Ihre HRV hat sich verbessert.", "Ihre HRV hat sich verschlechtert."),
  direction(
    "es",
    "heart",
    "En promedio fue de 58,1 lpm, 3,3 lpm menos que el mes anterior.",
    "En promedio fue de 58,1 lpm, 3,3 lpm más que el mes anterior.",
  ),
  direction("es", "weight", "Tu peso aumentó 1,2 kg.", "Tu peso bajó 1,2 kg."),
  direction("es", "ldl", "El LDL cayó a 130,6 mg/dL.", "El LDL creció a 130,6 mg/dL."),
  direction("es", "steps", "Hubo un incremento del 10,4 %.", "Hubo una disminución del 10,4 %."),
  direction(
    "fr",
    "heart",
    "Votre fréquence au repos est de 58,1 bpm, soit 3,3 bpm de moins que le mois précédent.",
    "Votre fréquence au repos est de 58,1 bpm, soit 3,3 bpm de plus que le mois précédent.",
  ),
  direction("fr", "weight", "Vous avez pris 1,2 kg.", "Vous avez perdu 1,2 kg."),
  direction("fr", "steps", "Le nombre de pas a progressé de 10,4 %.", "Le nombre de pas a reculé de 10,4 %."),
  direction("fr", "variability", "Oui, elle s'est améliorée.", "Oui, elle s'est dégradée."),
  direction(
    "it",
    "heart",
    "La frequenza a riposo è passata da 61,4 a 58,1 bpm, con un calo del 5,4 %.",
    "La frequenza a riposo è passata da 61,4 a 58,1 bpm, con un aumento del 5,4 %.",
  ),
  direction("it", "weight", "Il peso è cresciuto di 1,2 kg.", "Il peso è calato di 1,2 kg."),
  direction("it", "ldl", "Il tuo LDL è migliorato.", "Il tuo LDL è peggiorato."),
  direction("pt", "heart", "A média diminuiu 3,3 bpm.", "A média aumentou 3,3 bpm."),
  direction("pt", "weight", "Seu peso subiu 1,2 kg.", "Seu peso caiu 1,2 kg."),
  direction("pt", "ldl", "O LDL baixou de 158 para 130,6 mg/dL.", "O LDL subiu de 158 para 130,6 mg/dL."),
  direction(
    "nl",
    "heart",
    "Hij ligt 3,3 bpm lager dan de maand ervoor.",
    "Hij ligt 3,3 bpm hoger dan de maand ervoor.",
  ),
  direction("nl", "weight", "Je gewicht nam met 1,2 kg toe.", "Je gewicht nam met 1,2 kg af."),
  direction("nl", "ldl", "Je LDL is verbeterd.", "Je LDL is verslechterd."),
  direction(
    "tr",
    "heart",
    "Ortalama 58,1, önceki aya göre 3,3 atım/dk daha düşük.",
    "Ortalama 58,1, önceki aya göre 3,3 atım/dk daha yüksek.",
  ),
  direction("tr", "weight", "Kilonuz 1,2 kg arttı.", "Kilonuz 1,2 kg azaldı."),
  direction("tr", "steps", "Adım sayısında %10,4 artış var.", "Adım sayısında %10,4 düşüş var."),
  direction("zh", "heart", "比上个月低3.3次/分钟。", "比上个月高3.3次/分钟。"),
  direction("zh", "weight", "体重增加了1.2公斤。", "体重减少了1.2公斤。"),
  direction("zh", "variability", "您的HRV有所改善。", "您的HRV有所恶化。"),
];

function trap(language: string, question: string, calls: Evidence["calls"], answer: string): DirectionTrap {
  return { language, question, calls, answer };
}

export const directionTraps: readonly DirectionTrap[] = [
  trap("en", questions.heart, evidence.heart, "It did not rise."),
  trap(
    "en",
    questions.heart,
    evidence.heart,
    "If it rises again, tell your doctor. It would be higher after bad nights.",
  ),
  trap("en", questions.heart, evidence.heart, "The previous month was 3.3 bpm higher."),
  trap("en", questions.heart, evidence.heart, "It fell, although your training load has increased."),
  trap(
    "en",
    questions.ldl,
    evidence.ldl,
    "To lower it, increase your fibre. It is still higher than the limit of 116 mg/dL.",
  ),
  trap("en", questions.ldl, evidence.ldl, "Your LDL fell. Rising values would need a closer look."),
  trap(
    "en",
    questions.steps,
    [stepsCall],
    "The number of steps rose and fell from day to day; on 24 February you took 13,461.",
  ),
  trap(
    "en",
    "Does sleep affect my resting heart rate?",
    [correlationCall, ...evidence.heart],
    "When you sleep more, your resting heart rate tends to fall by a bit. It rises after short nights.",
  ),
  trap(
    "en",
    "How are my labs?",
    [labsCall, ...evidence.ldl],
    "Your glucose of 104 mg/dL is elevated. Low ferritin has many causes.",
  ),
  trap("de", questions.heart, evidence.heart, "Er ist nicht gestiegen. Erhöhte Werte wären über 100."),
  trap("de", questions.weight, evidence.weight, "Ihr Gewicht stieg; Blut abgenommen wurde in der Zeit nicht."),
  trap("es", questions.ldl, evidence.ldl, "El LDL más bajo de todos es el último, y no ha subido."),
  trap("fr", questions.heart, evidence.heart, "Elle n'a pas augmenté. Pour la baisser encore, dormez davantage."),
  trap("it", questions.ldl, evidence.ldl, "Non è aumentato. Riduci il sale."),
  trap("pt", questions.ldl, evidence.ldl, "Não aumentou. O exercício pode ajudar a aumentar o HDL."),
  trap("nl", questions.heart, evidence.heart, "Hij is niet gestegen."),
  trap("tr", questions.ldl, evidence.ldl, "LDL değeriniz yükselmedi."),
  trap("zh", questions.heart, evidence.heart, "静息心率没有上升。如果上升，请告诉医生。"),
  trap(
    "en",
    questions.heart,
    evidence.heart,
    "A falling resting heart rate often goes with better fitness. Increases happen with fever.",
  ),
  trap("en", questions.heart, evidence.heart, "I see no increase. It never rose above 64 bpm."),
  trap("en", questions.heart, evidence.heart, "It was 61.4 bpm before, higher than the 58.1 bpm of this month."),
  trap(
    "en",
    questions.weight,
    evidence.weight,
    "You gained 1.2 kg. Weight can drop by a kilogram from one day to the next.",
  ),
  trap("en", questions.ldl, evidence.ldl, "It dropped from 158 to 130.6 mg/dL, but rose slightly less than your HDL."),
  trap("en", questions.ldl, evidence.ldl, "Statins reduce LDL; increased doses work better."),
  trap("en", questions.steps, evidence.steps, "You took more steps; your average was more than 8,700."),
  trap(
    "en",
    "How are my heart rate and weight?",
    [...evidence.heart, ...evidence.weight],
    "Your resting heart rate fell while your weight rose.",
  ),
  trap(
    "en",
    "How are my heart rate and weight?",
    [...evidence.heart, ...evidence.weight],
    "Weight is up by 1.2 kg, resting heart rate down by 3.3 bpm.",
  ),
  trap(
    "de",
    questions.heart,
    evidence.heart,
    "Der Ruhepuls ist gesunken. Ein erhöhter Puls kann viele Ursachen haben; nach Alkohol steigt er.",
  ),
  trap("de", questions.heart, evidence.heart, "Im Vormonat lag er 3,3 bpm höher."),
  trap("de", questions.steps, evidence.steps, "Sie gehen mehr. Ein Rückgang ist nicht zu sehen."),
  trap("es", questions.weight, evidence.weight, "Tu peso subió. Si quieres bajar de peso, camina más."),
  trap("es", questions.heart, evidence.heart, "El valor más bajo fue de 58,1. Está por debajo de 60."),
  trap(
    "fr",
    questions.weight,
    evidence.weight,
    "Votre poids a augmenté de 1,2 kg. Une baisse de l'apport en sel peut aider.",
  ),
  trap("fr", questions.ldl, evidence.ldl, "Il reste plus élevé que la limite de 116 mg/dL."),
  trap("it", questions.steps, evidence.steps, "Hai camminato di più. Il mese scorso erano 819 passi in meno."),
  trap("it", questions.heart, evidence.heart, "Quando aumenta la febbre, sale anche il battito."),
  trap("pt", questions.heart, evidence.heart, "No mês anterior era 3,3 bpm mais alta."),
  trap("nl", questions.weight, evidence.weight, "Je gewicht is gestegen. Vorige maand was het 1,2 kg lager."),
  trap("nl", questions.ldl, evidence.ldl, "Er is bloed afgenomen op 3 februari 2026."),
  trap("tr", questions.heart, evidence.heart, "Geçen ay 3,3 atım daha yüksekti."),
  trap("tr", questions.weight, evidence.weight, "Kilonuz arttı. Tuzu azaltmak iyi olabilir."),
  trap("zh", questions.heart, evidence.heart, "上个月高3.3次/分钟。"),
  trap("zh", questions.ldl, evidence.ldl, "低密度脂蛋白降低了，但仍高于上限116。"),
];

/** Written afterwards, to see what the rules do to sentences that they were not made from. */
export const unseenDirections: readonly DirectionCase[] = [
  direction("en", "heart", "Overall a 5 % reduction, which is nice.", "Overall a 5 % increase, which is not so nice."),
  direction("en", "heart", "It slid from 61.4 bpm to 58.1 bpm.", "It jumped from 61.4 bpm to 58.1 bpm."),
  direction(
    "en",
    "weight",
    "At 79.6 kg you are heavier than before, +1.2 kg.",
    "At 79.6 kg you are lighter than before, -1.2 kg.",
  ),
  direction("en", "steps", "Step count: up 819 a day.", "Step count: down 819 a day."),
  direction("en", "ldl", "LDL has been trending down over two years.", "LDL has been trending up over two years."),
  direction("en", "ldl", "LDL shrank by 17 %.", "LDL grew by 17 %."),
  direction("en", "variability", "A rise of 3.6 ms in HRV.", "A decline of 3.6 ms in HRV."),
  direction(
    "de",
    "heart",
    "Damit ist er um 3,3 Schläge pro Minute gefallen.",
    "Damit ist er um 3,3 Schläge pro Minute gestiegen.",
  ),
  direction("de", "heart", "Der Trend ist rückläufig.", "Der Trend ist steigend."),
  direction("de", "weight", "Gewichtszunahme: 1,2 kg", "Gewichtsabnahme: 1,2 kg"),
  direction(
    "de",
    "steps",
    "Sie sind aktiver geworden: plus 819 Schritte.",
    "Sie sind träger geworden: minus 819 Schritte.",
  ),
  direction("de", "ldl", "LDL: von 158 auf 130,6 mg/dl reduziert", "LDL: von 158 auf 130,6 mg/dl angestiegen"),
  direction("es", "heart", "La frecuencia en reposo descendió 3,3 lpm.", "La frecuencia en reposo se elevó 3,3 lpm."),
  direction("es", "steps", "Diste más pasos, un 10,4 % más.", "Diste menos pasos, un 10,4 % menos."),
  direction("es", "variability", "Tu HRV mejoró.", "Tu HRV empeoró."),
  direction("fr", "heart", "En recul de 3,3 bpm sur un mois.", "En progression de 3,3 bpm sur un mois."),
  direction("fr", "ldl", "Le LDL diminue depuis 2024.", "Le LDL augmente depuis 2024."),
  direction("fr", "steps", "Vous marchez 819 pas de plus par jour.", "Vous marchez 819 pas de moins par jour."),
  direction("it", "heart", "È scesa di 3,3 bpm.", "È salita di 3,3 bpm."),
  direction("it", "steps", "I passi sono aumentati del 10,4%.", "I passi sono diminuiti del 10,4%."),
  direction("it", "ldl", "LDL in calo: da 158 a 130,6 mg/dL", "LDL in crescita: da 158 a 130,6 mg/dL"),
  direction("pt", "heart", "Houve uma queda de 3,3 bpm.", "Houve uma subida de 3,3 bpm."),
  direction("pt", "steps", "Um aumento de 10,4% nos passos.", "Uma redução de 10,4% nos passos."),
  direction("nl", "heart", "Een daling van 3,3 bpm.", "Een stijging van 3,3 bpm."),
  direction("nl", "weight", "Je bent 1,2 kg aangekomen.", "Je bent 1,2 kg afgevallen."),
  direction("nl", "steps", "Je loopt 819 stappen meer per dag.", "Je loopt 819 stappen minder per dag."),
  direction("tr", "heart", "Nabız 61,4'ten 58,1'e geriledi.", "Nabız 61,4'ten 58,1'e çıktı."),
  direction("tr", "ldl", "LDL'niz yüzde 17 azaldı.", "LDL'niz yüzde 17 arttı."),
  direction("zh", "heart", "静息心率有所下降，约3.3次/分钟。", "静息心率有所上升，约3.3次/分钟。"),
  direction("zh", "weight", "您的体重上升了1.5%。", "您的体重下降了1.5%。"),
];

export const unseenTraps: readonly DirectionTrap[] = [
  trap("en", questions.heart, evidence.heart, "Resting heart rate fell. Caffeine raises it, rest lowers it."),
  trap("en", questions.heart, evidence.heart, "Average 58.1 bpm. An increase of more than 10 bpm deserves attention."),
  trap("en", questions.weight, evidence.weight, "Weight is up. You reported reduced appetite and increased thirst."),
  trap("en", questions.ldl, evidence.ldl, "It fell steadily. Ask your doctor before you reduce the dose."),
  trap("en", questions.ldl, evidence.ldl, "From 137 it fell to 130.6 mg/dL. In 2024 it was 27.4 mg/dL higher."),
  trap("en", questions.steps, evidence.steps, "Steps rose; in the weeks before you took fewer, 7,904 a day."),
  trap("en", questions.variability, evidence.variability, "HRV rose. It drops with alcohol, illness and stress."),
  trap(
    "en",
    "And my weight and HRV?",
    [...evidence.weight, ...evidence.heart],
    "Weight increased 1.2 kg and the resting heart rate decreased 3.3 bpm.",
  ),
  trap("de", questions.heart, evidence.heart, "Er ist gesunken. Bei Fieber steigt der Puls um etwa 10 Schläge."),
  trap("de", questions.ldl, evidence.ldl, "LDL gesunken; das HDL war zuletzt höher als das Ihres Vaters."),
  trap("de", questions.weight, evidence.weight, "Im Januar waren Sie 1,2 kg leichter, das Gewicht also niedriger."),
  trap("es", questions.heart, evidence.heart, "No se ve ningún aumento. Duerme más."),
  trap("es", questions.steps, evidence.steps, "Has aumentado tus pasos; el mes pasado eran 819 menos."),
  trap("fr", questions.heart, evidence.heart, "Il y a un mois elle était 3,3 bpm plus élevée."),
  trap("fr", questions.steps, evidence.steps, "Une hausse. Aucune baisse sur la période."),
  trap("it", questions.heart, evidence.heart, "Il mese precedente era di 3,3 bpm più alta."),
  trap("pt", questions.weight, evidence.weight, "O peso subiu. A perda de peso depende da alimentação."),
  trap("nl", questions.ldl, evidence.ldl, "Het LDL is gedaald. Bij een stijging bespreken we dat."),
  trap("tr", questions.steps, evidence.steps, "Adımlar arttı. Geçen ay 819 adım daha azdı."),
  trap("zh", questions.steps, evidence.steps, "步数增加。上个月每天少819步。"),
];
