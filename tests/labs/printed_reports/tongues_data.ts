/** How laboratories of a language title columns, write ranges, say when blood was taken and comment. */
import type { Language } from "./analytes_data.ts";

/** "measured" is result and unit in one cell. */
export type Column = "name" | "result" | "measured" | "unit" | "range" | "flag" | "previous" | "code" | "method";

export interface Tongue {
  readonly language: Language;
  readonly titles: Readonly<Record<Exclude<Column, "measured">, readonly string[]>>;
  readonly mark: "." | ",";
  readonly between: readonly string[];
  readonly below: readonly string[];
  readonly above: readonly string[];
  readonly collected: readonly string[];
  readonly comments: readonly string[];
}

const shared = { between: ["-", " - ", " – ", "–"], below: ["<", "< "], above: [">", "> "] };
export const tongues: readonly Tongue[] = [
  {
    language: "english",
    titles: {
      name: ["Test", "Test Name", "Investigation", "Analyte", "Component"],
      result: ["Result", "Results", "Value", "Observed Value"],
      unit: ["Units", "Unit"],
      range: ["Reference Range", "Ref. Range", "Normal Range", "Reference Interval"],
      flag: ["Flag", "Status", "Abn"],
      previous: ["Previous", "Prior Result"],
      code: ["Code", "No."],
      method: ["Method"],
    },
    mark: ".",
    ...shared,
    collected: ["Collected: 14-Mar-2024 08:10", "Date collected: March 14, 2024", "Collection date: 2024-03-14"],
    comments: [
      "Fasting values above 126 mg/dL on two occasions suggest diabetes.",
      "Verified by repeat analysis.",
      "Ref: KDIGO 2012; stage 3a 45-59, stage 3b 30-44.",
    ],
  },
  {
    language: "german",
    titles: {
      name: ["Untersuchung", "Parameter", "Analyse", "Messgröße"],
      result: ["Ergebnis", "Wert", "Messwert"],
      unit: ["Einheit", "Einh."],
      range: ["Referenzbereich", "Normbereich", "Referenz", "Ref.-Bereich"],
      flag: ["Bewertung", "Flag"],
      previous: ["Vorwert", "Vorbefund"],
      code: ["Nr.", "Code"],
      method: ["Methode"],
    },
    mark: ",",
    between: [...shared.between, " bis "],
    below: [...shared.below, "bis "],
    above: [...shared.above, "über "],
    collected: ["Entnahme: 14.03.2024 08:10", "Abnahmedatum: 14.03.2024", "Probenentnahme 14.03.2024"],
    comments: [
      "Werte zwischen 100 und 125 mg/dl sprechen für eine gestörte Nüchternglukose.",
      "Kontrolle in 3 Monaten empfohlen.",
      "Zielwert bei hohem Risiko < 70 mg/dl.",
    ],
  },
  {
    language: "french",
    titles: {
      name: ["Analyse", "Examen", "Paramètre"],
      result: ["Résultat", "Résultats", "Valeur"],
      unit: ["Unité", "Unités"],
      range: ["Valeurs de référence", "Valeurs usuelles", "Intervalle de référence", "Normes"],
      flag: ["Flag"],
      previous: ["Antériorité", "Antérieur"],
      code: ["Code"],
      method: ["Technique", "Méthode"],
    },
    mark: ",",
    between: [...shared.between, " à "],
    below: [...shared.below, "inf. à "],
    above: [...shared.above, "sup. à "],
    collected: ["Prélevé le 14/03/2024 à 08h10", "Date de prélèvement : 14/03/2024", "Prélèvement du 14/03/2024"],
    comments: [
      "Un taux inférieur à 30 ng/mL correspond à une insuffisance.",
      "Contrôle conseillé dans 3 mois.",
      "Objectif selon ESC 2021 : LDL < 0,55 g/L.",
    ],
  },
  {
    language: "spanish",
    titles: {
      name: ["Prueba", "Determinación", "Parámetro", "Analito"],
      result: ["Resultado", "Valor"],
      unit: ["Unidades", "Unidad"],
      range: ["Valores de referencia", "Intervalo de referencia", "V. Referencia", "Rango"],
      flag: ["Flag"],
      previous: ["Anterior", "Resultado anterior"],
      code: ["Código"],
      method: ["Método"],
    },
    mark: ",",
    between: [...shared.between, " a "],
    below: [...shared.below, "hasta "],
    above: [...shared.above, "mayor de "],
    collected: ["Fecha de extracción: 14/03/2024", "Fecha toma de muestra: 14/03/2024 08:10"],
    comments: ["Valores entre 100 y 125 mg/dL indican glucemia basal alterada.", "Se recomienda repetir en 3 meses."],
  },
  {
    language: "italian",
    titles: {
      name: ["Esame", "Esami", "Analisi"],
      result: ["Risultato", "Esito", "Valore"],
      unit: ["U.M.", "Unità", "Unità di misura"],
      range: ["Valori di riferimento", "Intervallo di riferimento", "Rif."],
      flag: ["Flag"],
      previous: ["Precedente", "Risultato precedente"],
      code: ["Codice"],
      method: ["Metodo"],
    },
    mark: ",",
    between: [...shared.between, " a "],
    below: [...shared.below, "fino a "],
    above: [...shared.above, "superiore a "],
    collected: ["Data prelievo: 14/03/2024", "Prelievo del 14/03/2024 ore 08:10"],
    comments: [
      "Valori tra 100 e 125 mg/dL indicano alterata glicemia a digiuno.",
      "Si consiglia controllo tra 3 mesi.",
    ],
  },
  {
    language: "portuguese",
    titles: {
      name: ["Exame", "Análise", "Parâmetro"],
      result: ["Resultado", "Valor"],
      unit: ["Unidade", "Unidades"],
      range: ["Valores de referência", "Intervalo de referência", "V. Ref."],
      flag: ["Flag"],
      previous: ["Anterior", "Resultado anterior"],
      code: ["Código"],
      method: ["Método"],
    },
    mark: ",",
    between: [...shared.between, " a "],
    below: [...shared.below, "até ", "inferior a "],
    above: [...shared.above, "superior a "],
    collected: ["Data da coleta: 14/03/2024", "Data de colheita: 14-03-2024"],
    comments: ["Valores acima de 126 mg/dL sugerem diabetes.", "Repetir em 3 meses."],
  },
  {
    language: "dutch",
    titles: {
      name: ["Bepaling", "Onderzoek"],
      result: ["Uitslag", "Resultaat", "Waarde"],
      unit: ["Eenheid"],
      range: ["Referentiewaarden", "Referentie", "Normaalwaarden"],
      flag: ["Flag"],
      previous: ["Vorige", "Vorige uitslag"],
      code: ["Code"],
      method: ["Methode"],
    },
    mark: ",",
    ...shared,
    collected: ["Afnamedatum: 14-03-2024", "Afgenomen 14-03-2024 08:10"],
    comments: ["Bij een eGFR lager dan 60 ml/min is controle gewenst.", "Herhalen over 3 maanden."],
  },
  {
    language: "turkish",
    titles: {
      name: ["Tetkik", "Test Adı", "Parametre"],
      result: ["Sonuç", "Değer"],
      unit: ["Birim"],
      range: ["Referans Aralığı", "Normal Değer", "Referans"],
      flag: ["Durum"],
      previous: ["Önceki Sonuç", "Önceki"],
      code: ["Kod", "No"],
      method: ["Metot"],
    },
    mark: ".",
    ...shared,
    collected: ["Numune Alma: 14.03.2024 08:10", "Numune alma tarihi: 14.03.2024"],
    comments: ["3 ay sonra kontrol önerilir."],
  },
  {
    language: "chinese",
    titles: {
      name: ["检验项目", "项目名称", "项目"],
      result: ["结果", "检验结果", "测定结果"],
      unit: ["单位"],
      range: ["参考区间", "参考范围", "参考值"],
      flag: ["提示", "标志"],
      previous: ["上次结果"],
      code: ["序号", "No"],
      method: ["检测方法"],
    },
    mark: ".",
    between: ["-", "--", "~"],
    below: ["<", "≤"],
    above: [">", "≥"],
    collected: ["采样时间: 2024-03-14 08:10", "采集时间: 2024-03-14 08:10:22"],
    comments: [],
  },
];
