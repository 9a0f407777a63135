/** How laboratories of English-speaking countries print. */
import { analytes } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { bySection, sample, some, type Style, truthOf } from "./sample.ts";
import { type PrintedReport, Sheet } from "./sheet.ts";

const american: Style = { mark: ".", between: "-", below: "<", above: "> OR = " };

/** Result columns split into in range and out of range, units inside the range, panels in capitals, comments below. */
export function splitColumns(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-08-14";
  const head = () => {
    sheet.row([[40, "PINE HARBOR DIAGNOSTICS", "left"], [400, "Report Status: Final"]], { bold: true, size: 11 });
    sheet.row([[40, "Patient Information"], [230, "Specimen Information"], [420, "Client Information"]], {
      step: 20,
      bold: true,
    });
    sheet.row([[40, "DOE, JANE A"], [230, "Specimen: WX442187T"], [420, "Client #: 88410923"]], { size: 8, step: 12 });
    sheet.row([[40, "DOB: 03/22/1971 AGE: 53"], [230, "Requisition: 0028817"], [420, "FERN VALLEY FAMILY CARE"]], {
      size: 8,
      step: 11,
    });
    sheet.row([[40, "Gender: F"], [230, "Collected: 08/14/2024 / 07:41 EDT"], [420, "1420 MAPLE AVE STE 210"]], {
      size: 8,
      step: 11,
    });
    sheet.row([[40, "Phone: 555.014.2290"], [230, "Received: 08/14/2024 / 22:10 EDT"], [
      420,
      "PORTLAND, ME 04101-2219",
    ]], { size: 8, step: 11 });
    sheet.row([[40, "Patient ID: 55120"], [230, "Reported: 08/15/2024 / 09:02 EDT"]], { size: 8, step: 11 });
    sheet.row([[40, "Test Name"], [250, "In Range"], [330, "Out Of Range"], [420, "Reference Range"], [545, "Lab"]], {
      bold: true,
      step: 22,
    });
  };
  sheet.onNewPage = head;
  head();
  for (const [section, group] of bySection(some(analytes("english"), 18, random))) {
    sheet.need(60);
    sheet.line(`${section.toUpperCase()} PANEL`, 40, { bold: true, step: 18 });
    for (const analyte of group) {
      sheet.need(40);
      const one = sample({ ...analyte, name: analyte.name.toUpperCase() }, random, american);
      const text = one.level === null ? one.text : `${one.text} ${one.level}`;
      const range = one.unit === null ? one.rangeText : `${one.rangeText} ${one.unit}`;
      sheet.row([[52, one.name], [one.level === null ? 250 : 330, text], [420, range], [548, "EN"]]);
      sheet.result(truthOf(one));
      if (analyte.name.startsWith("eGFR")) {
        sheet.line(
          "For patients >49 years of age, the reference limit for creatinine is approximately 13% higher",
          64,
          { size: 8, step: 11 },
        );
        sheet.line("for people identified as African-American.", 64, { size: 8, step: 10 });
      }
      if (analyte.name.startsWith("Vitamin D")) {
        sheet.line("Vitamin D Status          25-OH Vitamin D:", 64, { size: 8, step: 13 });
        sheet.row([[64, "Deficiency:"], [170, "<20 ng/mL"]], { size: 8, step: 10 });
        sheet.row([[64, "Insufficiency:"], [170, "20 - 29 ng/mL"]], { size: 8, step: 10 });
        sheet.row([[64, "Optimal:"], [170, "> or = 30 ng/mL"]], { size: 8, step: 10 });
      }
    }
  }
  sheet.need(60);
  sheet.line("PERFORMING SITE:", 40, { bold: true, step: 24 });
  sheet.line(
    "EN PINE HARBOR DIAGNOSTICS, 33608 ORTEGA HIGHWAY, SAN JUAN, CA 92675-2042 Director: A. SMITH, MD, CLIA: 05D0643352",
    40,
    { size: 7 },
  );
  sheet.line("Page 1 of 2", 500, { size: 8 });
  return sheet.report("en-us-split-columns");
}

/** The present result with its flag, then the previous one with its date, units and interval at the right. */
export function previousRight(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-02-05";
  sheet.row([[40, "Summit Clinical Laboratories"], [420, "Patient Report"]], { bold: true, size: 12 });
  sheet.row([[40, "Specimen ID: 036-882-4410-0"], [250, "Acct #: 04281900"], [420, "Phone: (207) 555-0188 Rte: 00"]], {
    size: 8,
  });
  sheet.row([[40, "Date Collected: 02/05/2024 0812 Local"], [300, "Date Reported: 02/06/2024 0505 ET"]], { size: 8 });
  sheet.row([[40, "Date Received: 02/05/2024"], [300, "Fasting: Yes"]], { size: 8 });
  for (const [section, group] of bySection(some(analytes("english"), 15, random))) {
    sheet.need(90);
    sheet.line(section, 40, { bold: true, size: 11, step: 26 });
    const titles = ["Test", "Current Result and Flag", "Previous Result and Date", "Units", "Reference Interval"];
    sheet.row([40, 170, 290, 415, 490].map((left, at) => [left, titles[at] ?? ""]), { bold: true, size: 8, step: 16 });
    for (const analyte of group) {
      const one = sample(analyte, random, { mark: ".", between: "-", below: "<", above: ">" });
      const before = sample(analyte, random, { mark: ".", between: "-", below: "<", above: ">" });
      const flag = one.level === "H" ? "High" : one.level === "L" ? "Low" : "";
      const previous = random(3) === 0 ? [] : [before.text, "08/02/2023"];
      sheet.row([
        [40, one.name],
        [170, one.text],
        [225, flag],
        [290, previous[0] ?? ""],
        [345, previous[1] ?? ""],
        [415, one.unit ?? ""],
        [490, one.unit === "mL/min/1.73m2" ? one.rangeText : one.rangeText],
      ]);
      sheet.result(truthOf(one));
    }
  }
  sheet.line("Date Created and Stored 02/06/24 0511 ET   Final Report   Page 1 of 1", 40, { size: 7, step: 30 });
  sheet.line("©2024 Summit Clinical Laboratories. All Rights Reserved - Enterprise Report Version: 2.00", 40, {
    size: 7,
  });
  return sheet.report("en-us-previous-right");
}

/** General practice record: name, value and unit in one run, range in square brackets, the flag in words before it. */
export function practiceRecord(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-05-14";
  sheet.line("Dr Patel & Partners, Riverside Surgery, 12 Quay Street, Exampleton EX1 2AB", 40, { bold: true });
  sheet.line("NHS Number: 943 476 5919   Date of birth: 02 May 1965   Tel: 01632 960 118");
  sheet.line("Sample collected: 14 May 2024 09:10   Report date: 15 May 2024");
  for (const [section, group] of bySection(some(analytes("british"), 12, random))) {
    sheet.line(`${section} - ${random(2) === 0 ? "Normal, no action" : "Abnormal, speak to clinician"}`, 40, {
      bold: true,
      step: 22,
    });
    for (const analyte of group) {
      const one = sample(analyte, random, { mark: ".", between: " - ", below: "< ", above: "> ", around: ["[", "]"] });
      sheet.row([[48, one.name], [260, `${one.text} ${one.unit ?? ""}`], [360, one.rangeText], [
        455,
        one.level === "H" ? "Above high reference limit" : one.level === "L" ? "Below low reference limit" : "",
      ]]);
      sheet.result(truthOf(one));
      if (analyte.name.includes("creatinine")) {
        sheet.line(
          "Please note change in reference range from 1 April 2023. eGFR <60 on two occasions 90 days apart suggests CKD 3.",
          60,
          { size: 8, step: 12 },
        );
      }
    }
  }
  return sheet.report("en-gb-practice-record");
}

/** Cumulative: earlier results left of the present one, units and range at the right. */
export function cumulativeLeft(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-03-12";
  sheet.row([[40, "SOUTHERN BAY PATHOLOGY"], [380, "Enquiries: 1300 555 019"]], { bold: true, size: 11 });
  sheet.line("Requested: 11/03/2024   Collected: 12/03/2024 08:15   Reported: 13/03/2024");
  sheet.line("Your Ref: 00127745   Lab Ref: 24-88120734-BCH-0");
  const group = some(analytes("british"), 12, random);
  sheet.row([[40, "Date"], [220, "10/01/23", "right"], [290, "05/09/23", "right"], [360, "12/03/24", "right"]], {
    step: 24,
  });
  sheet.row([[40, "Time"], [220, "08:00", "right"], [290, "09:20", "right"], [360, "08:15", "right"], [390, "Units"], [
    480,
    "Reference",
  ]]);
  for (const analyte of group) {
    const style: Style = { mark: ".", between: "-", below: "< ", above: "> ", around: ["(", ")"] };
    const [one, before, earlier] = [
      sample(analyte, random, style),
      sample(analyte, random, style),
      sample(analyte, random, style),
    ];
    const mark = one.level === null ? "" : one.level;
    sheet.row([
      [40, one.name],
      [220, earlier.text, "right"],
      [290, random(3) === 0 ? "" : before.text, "right"],
      [360, one.text, "right"],
      [365, mark],
      [390, one.unit ?? ""],
      [480, one.rangeText],
    ]);
    sheet.result(truthOf(one));
  }
  sheet.line("Comment on Collection 12/03/24 08:15:", 40, { step: 24 });
  sheet.line("Iron stores are adequate. Suggest repeat in 3 months if haemoglobin stays below 120 g/L.");
  return sheet.report("en-au-cumulative-left");
}

/** Name with its method below, result, units and a wide interpretive range; a table of stages below the results. */
export function methodBelow(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-11-02";
  sheet.line("Dr. Rao Path Labs, 14 MG Road, Bengaluru - 560001", 40, { bold: true, size: 11 });
  sheet.row([[40, "Name : Ms. ASHA K"], [240, "Collected : 02/11/2024 7:58:00AM"], [440, "Age : 42 Years"]], {
    size: 8,
  });
  sheet.row([[40, "Lab No. : 467281190"], [240, "Received : 02/11/2024 8:12:44AM"], [440, "Gender : Female"]], {
    size: 8,
  });
  sheet.row([[40, "Ref By : Self"], [240, "Reported : 02/11/2024 3:44:10PM"], [440, "Report Status : Final"]], {
    size: 8,
  });
  sheet.row([[40, "Test Name"], [270, "Results"], [350, "Units"], [440, "Bio. Ref. Interval"]], {
    bold: true,
    step: 22,
  });
  for (const [section, group] of bySection(some(analytes("english"), 13, random))) {
    sheet.need(70);
    sheet.row([[300, `${section.toUpperCase()} PROFILE`, "centre"]], { bold: true, step: 20 });
    for (const analyte of group) {
      sheet.need(50);
      const one = sample(analyte, random, { mark: ".", between: " - ", below: "<", above: ">", shortLimits: true });
      sheet.row([[40, one.name], [270, one.text], [350, one.unit ?? ""], [440, one.rangeText]], {
        step: 17,
        bold: one.level !== null,
      });
      sheet.line("(Spectrophotometry, Hexokinase)", 40, { size: 7, step: 10 });
      sheet.result(truthOf(one, { flag: null }));
    }
  }
  sheet.need(120);
  sheet.line("Interpretation", 40, { bold: true, step: 24 });
  sheet.row([[40, "CKD STAGE"], [150, "DESCRIPTION"], [330, "GFR (mL/min/1.73m2)"]], { size: 8 });
  sheet.row([[40, "G1"], [150, "Normal or high"], [330, ">= 90"]], { size: 8 });
  sheet.row([[40, "G2"], [150, "Mildly decreased"], [330, "60 - 89"]], { size: 8 });
  sheet.row([[40, "G3a"], [150, "Mild to moderate decrease"], [330, "45 - 59"]], { size: 8 });
  sheet.row([[40, "G5"], [150, "Kidney failure"], [330, "<15"]], { size: 8 });
  sheet.line("Note: 1. Test conducted on serum. 2. HbA1c of 6.5 % or more is diagnostic of diabetes.", 40, {
    size: 8,
    step: 18,
  });
  sheet.line("IMPORTANT INSTRUCTIONS: Tel: +91-80-4567-1290, E-mail: care@raolabs.example   Page 1 of 2", 40, {
    size: 7,
  });
  return sheet.report("en-in-method-below");
}

/** The result stands before the name of the test, the unit before the value. */
export function resultFirst(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-06-20";
  sheet.line("NORTHERN LIGHTS HOSPITAL LABORATORY", 40, { bold: true, size: 11 });
  sheet.line("Collection date: 20 Jun 2024   Patient: DOE, JOHN   MRN 4471902   Ward 5B");
  sheet.row([[40, "Value"], [100, "Flag"], [150, "Test"], [360, "Reference range"], [480, "Units"]], {
    bold: true,
    step: 22,
  });
  for (const analyte of some(analytes("english"), 14, random)) {
    const one = sample(analyte, random, { mark: ".", group: ",", between: " - ", below: "<= ", above: ">= " });
    sheet.row([[40, one.text], [100, one.level ?? ""], [150, one.name], [360, one.rangeText], [480, one.unit ?? ""]]);
    sheet.result(truthOf(one));
  }
  return sheet.report("en-result-first");
}
