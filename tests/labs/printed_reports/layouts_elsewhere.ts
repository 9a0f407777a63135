/** How laboratories of Turkey and China print, and parts of reports found everywhere: urine, culture, two languages. */
import { analytes } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { bySection, sample, some, type Style, truthOf } from "./sample.ts";
import { type PrintedReport, type PrintedTruth, Sheet } from "./sheet.ts";

const point: Style = { mark: ".", between: " - ", below: "< ", above: "> " };

/** Result, flag in its own column, unit, range, then the previous result with its date. */
export function turkish(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-09-12";
  sheet.line("ÖZEL ÖRNEK HASTANESİ LABORATUVARI", 40, { bold: true, size: 11 });
  sheet.row([[40, "Hasta Adı: AYŞE ÖRNEK"], [240, "Numune Alma: 12.09.2024 08:40"], [430, "Protokol No: 4471023"]]);
  sheet.row([[40, "Doğum Tarihi: 03.04.1980"], [240, "Rapor Tarihi: 12.09.2024 14:05"]]);
  sheet.row([[40, "Tetkik Adı"], [240, "Sonuç"], [290, "Durum"], [340, "Birim"], [410, "Referans Aralığı"], [
    510,
    "Önceki Sonuç",
  ]], { bold: true, step: 22 });
  for (const [section, group] of bySection(some(analytes("turkish"), 12, random))) {
    sheet.line(section.toLocaleUpperCase("tr"), 40, { bold: true, step: 19 });
    for (const analyte of group) {
      const one = sample(analyte, random, point);
      const before = sample(analyte, random, point);
      sheet.row([
        [40, one.name],
        [240, one.text],
        [290, one.level === "H" ? "Yüksek" : one.level === "L" ? "Düşük" : ""],
        [340, one.unit ?? ""],
        [410, one.rangeText],
        [510, random(2) === 0 ? before.text : ""],
      ]);
      sheet.result(truthOf(one));
    }
  }
  sheet.line("Onaylayan: Uzm. Dr. K. Örnek  Sayfa 1/1", 40, { size: 8, step: 24 });
  return sheet.report("tr-status-column");
}

/** Two tables side by side with running numbers, arrows behind values, unit behind the range. */
export function chineseTwoTables(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-08-06";
  sheet.row([[297, "示例市第一人民医院检验报告单", "centre"]], { bold: true, size: 13 });
  sheet.row([[30, "姓名: 张三"], [160, "性别: 女"], [260, "年龄: 46岁"], [380, "样本号: 20240806118"]]);
  sheet.row([[30, "科室: 内科"], [160, "标本: 血清"], [380, "采样时间: 2024-08-06 07:52"]]);
  const titles = ["No", "检验项目", "结果", "提示", "参考区间", "单位"];
  const lefts = [26, 44, 130, 165, 190, 240];
  sheet.row(
    [0, 280].flatMap((shift) => titles.map((title, at): [number, string] => [(lefts[at] ?? 0) + shift, title])),
    { bold: true, step: 20, size: 8 },
  );
  const list = some(analytes("chinese"), 12, random);
  for (let row = 0; row < 6; row++) {
    const cells: [number, string][] = [];
    for (const [shift, analyte, number] of [[0, list[row], row + 1], [280, list[row + 6], row + 7]] as const) {
      if (analyte === undefined) continue;
      const one = sample(analyte, random, { mark: ".", between: "-", below: "<", above: ">" });
      cells.push(
        [26 + shift, `${number}`],
        [44 + shift, one.name],
        [130 + shift, one.text],
        [165 + shift, one.level === "H" ? "↑" : one.level === "L" ? "↓" : ""],
        [190 + shift, one.rangeText],
        [240 + shift, one.unit ?? ""],
      );
      sheet.result(truthOf(one));
    }
    sheet.row(cells, { size: 8 });
  }
  sheet.row([[30, "检验者: 李四"], [200, "审核者: 王五"], [380, "报告时间: 2024-08-06 10:30"]], { step: 24 });
  sheet.line("注: 本报告仅对此标本负责, 如有疑问请于3日内咨询 010-55501234", 30, { size: 7 });
  return sheet.report("zh-two-tables");
}

/** A single Chinese table with abbreviations and methods in their own columns. */
export function chineseSingle(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-03-27";
  sheet.row([[297, "示例大学附属医院检验科", "centre"]], { bold: true, size: 13 });
  sheet.row([[40, "病历号: 0081772"], [200, "采集时间: 2024-03-27 08:11"], [400, "报告时间: 2024-03-27 11:40"]]);
  sheet.row([[40, "序号"], [75, "项目名称"], [220, "英文缩写"], [300, "结果"], [370, "单位"], [440, "参考范围"], [
    530,
    "方法",
  ]], { bold: true, step: 20 });
  for (const [at, analyte] of some(analytes("chinese"), 10, random).entries()) {
    const one = sample(analyte, random, { mark: ".", between: "--", below: "<", above: ">" });
    sheet.row([
      [40, `${at + 1}`],
      [75, one.name],
      [220, ["WBC", "RBC", "ALT", "GLU", "CREA"][at % 5] ?? ""],
      [300, `${one.text}${one.level === null ? "" : one.level === "H" ? " ↑" : " ↓"}`],
      [370, one.unit ?? ""],
      [440, one.rangeText],
      [530, "比色法"],
    ]);
    sheet.result(truthOf(one));
  }
  return sheet.report("zh-single-table");
}

/** Urine: strip results in words, a sediment in counts per field, a culture with its antibiogram. */
export function urineAndCulture(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-10-01";
  sheet.line("Mill Lane Hospital - Department of Microbiology", 40, { bold: true, size: 11 });
  sheet.line("Collected: 01 Oct 2024 10:20   Reported: 03 Oct 2024   Specimen: Urine, midstream");
  sheet.row([[40, "Test"], [230, "Result"], [330, "Unit"], [410, "Reference range"]], { bold: true, step: 22 });
  sheet.line("URINALYSIS", 40, { bold: true, step: 18 });
  const word = (
    test_name: string,
    value_text: string,
    unit: string | null,
    range: string | null,
    limits: [number | null, number | null] = [null, null],
  ) => {
    sheet.row([[40, test_name], [230, value_text], [330, unit ?? ""], [410, range ?? ""]]);
    const number = /^\d+(?:\.\d+)?$/.test(value_text) ? Number(value_text) : null;
    sheet.result(plain(test_name, value_text, number, unit, range, limits));
  };
  word("Colour", ["Yellow", "Amber", "Straw"][random(3)] ?? "Yellow", null, null);
  word("Appearance", "Cloudy", null, "Clear");
  word("Specific gravity", `1.0${10 + random(20)}`, null, "1.005 - 1.030", [1.005, 1.03]);
  word("pH", `${5 + random(3)}.5`, null, "5.0 - 8.0", [5, 8]);
  word("Protein", ["Negative", "Trace", "1+"][random(3)] ?? "Trace", null, "Negative");
  word("Leukocyte esterase", "3+", null, "Negative");
  word("Nitrite", "Positive", null, "Negative");
  sheet.line("MICROSCOPY", 40, { bold: true, step: 18 });
  word("White blood cells", `${6 + random(10)}-${20 + random(10)}`, "/HPF", "0-5", [0, 5]);
  word("Red blood cells", "0-2", "/HPF", "0-3", [0, 3]);
  word("Bacteria", "Many", "/HPF", "None seen");
  word("Hyaline casts", "None seen", "/LPF", "0-2", [0, 2]);
  sheet.line("CULTURE", 40, { bold: true, step: 18 });
  sheet.row([[40, "Colony count"], [230, ">100,000"], [330, "CFU/mL"]]);
  sheet.result({ ...plain("Colony count", ">100,000", 100_000, "CFU/mL", null, [null, null]), comparator: ">" });
  return sheet.report("en-urine");
}

function plain(
  test_name: string,
  value_text: string,
  value: number | null,
  unit: string | null,
  reference_text: string | null,
  [reference_min, reference_max]: readonly [number | null, number | null],
): Omit<PrintedTruth, "page"> {
  return {
    test_name,
    value,
    value_text,
    comparator: null,
    unit,
    reference_min,
    reference_max,
    reference_text,
    flag: null,
  };
}

/** Serology with titres and indices, comments that hold numbers, names over two lines. */
export function serology(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-12-03";
  sheet.line("Institut für Labordiagnostik Beispiel", 40, { bold: true, size: 11 });
  sheet.row([[40, "Entnahmedatum: 03.12.2024"], [300, "Befunddatum: 06.12.2024"]]);
  sheet.row([[40, "Messgröße"], [260, "Wert"], [340, "Einheit"], [420, "Referenz"]], { bold: true, step: 22 });
  const row = (
    name: readonly [string, string?],
    text: string,
    unit: string | null,
    range: string,
    limits: [number | null, number | null],
    flag = "",
  ) => {
    sheet.row([[40, name[0]], [260, text], [310, flag], [340, unit ?? ""], [420, range]], { step: 18 });
    if (name[1] !== undefined) sheet.line(name[1], 40, { step: 10.5 });
    const full = name.filter((part) => part !== undefined).join(" ");
    const bounded = /^[<>]/.exec(text)?.[0] ?? null;
    const number = /:|\p{L}/u.test(text) ? null : Number(text.replace(/^[<>] ?/, "").replace(",", "."));
    sheet.result({
      ...plain(full, text, number, unit, range, limits),
      comparator: bounded,
      flag: flag === "+" ? "H" : null,
    });
  };
  row(["Antinukleäre Antikörper (ANA)"], `1:${[80, 160, 320, 640][random(4)]}`, null, "< 1:80", [null, null]);
  row(["Rheumafaktor (IgM)"], "<10", "IU/ml", "< 14", [null, 14]);
  row(["CCP-Antikörper"], `${20 + random(60)},5`, "U/ml", "< 17", [null, 17], "+");
  row(["Borrelia burgdorferi-", "Antikörper (IgG)"], `${4 + random(5)},2`, "AU/ml", "< 10", [null, 10]);
  row(["Epstein-Barr-Virus VCA", "IgG-Antikörper"], `>${600 + random(50)}`, "U/ml", "< 20", [null, 20]);
  row(["Transglutaminase-IgA"], "negativ", null, "negativ", [null, null]);
  row(["Calprotectin im Stuhl"], `${100 + random(300)}`, "µg/g", "< 50", [null, 50], "+");
  sheet.line("Kommentar: Titer von 1:80 finden sich bei 10 % der Gesunden; Kontrolle in 3 Monaten empfohlen.", 40, {
    size: 8,
    step: 18,
  });
  return sheet.report("de-serology");
}

/** Names in two languages, unit in the title row, several groups in the range. */
export function twoLanguages(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-05-29";
  sheet.line("Medicare Example Laboratories - Al Nahda Street 5, Dubai", 40, { bold: true, size: 11 });
  sheet.row([[40, "Collection Date: 29-May-2024 09:15"], [300, "Report Date: 30-May-2024"]]);
  sheet.row([[40, "Investigation / Parameter"], [270, "Result (mg/dL)"], [400, "Reference interval"]], {
    bold: true,
    step: 22,
  });
  for (
    const [name, low, high] of [["Glucose / Glukose", 70, 100], ["Urea / Harnstoff", 17, 43], [
      "Uric acid / Harnsäure",
      3,
      7,
    ], ["Calcium / Kalzium", 8, 10]] as const
  ) {
    const one = sample({ section: "", name, unit: "mg/dL", digits: 1, min: low, max: high, word: null }, random, point);
    sheet.row([[40, name], [270, one.text], [400, one.rangeText]]);
    sheet.result(truthOf(one, { flag: null }));
  }
  for (const [section, group] of bySection(some(analytes("english").filter(({ word }) => word === null), 5, random))) {
    sheet.line(section, 40, { bold: true, step: 20 });
    sheet.row([[40, "Test"], [230, "Result"], [300, "Flag"], [350, "Unit"], [430, "Range"]], { bold: true });
    for (const analyte of group) {
      const one = sample(analyte, random, point);
      sheet.row([[40, one.name], [230, one.text], [300, one.level === null ? "" : `(${one.level})`], [
        350,
        one.unit ?? "",
      ], [430, one.rangeText]]);
      sheet.result(truthOf(one));
    }
  }
  return sheet.report("mixed-two-languages");
}
