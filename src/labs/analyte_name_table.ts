/** Words inside printed names that say something else than which test it is; accents and umlauts are left out. */

export const hintWords: readonly (readonly [string, "fraction" | "count" | "absolute"])[] = [
  ...[
    "%",
    "percent",
    "percentage",
    "prozent",
    "prozentual",
    "relativ",
    "relative",
    "relativo",
    "relativa",
    "relativi",
    "rel",
    "porcentaje",
    "porcentual",
    "percentuale",
    "percentual",
    "pourcentage",
    "yuzde",
    "yuzdesi",
  ].map((word) => [word, "fraction"] as const),
  ...[
    "count",
    "anzahl",
    "recuento",
    "conteggio",
    "contagem",
    "conta",
    "numero",
    "nombre",
    "numeration",
    "aantal",
    "sayisi",
    "sayi",
  ].map((word) => [word, "count"] as const),
  ...[
    "#",
    "abs",
    "absolut",
    "absolute",
    "absoluten",
    "absoluto",
    "absoluta",
    "absolutos",
    "absolutas",
    "absolu",
    "absolue",
    "absolus",
    "assoluto",
    "assoluta",
    "assoluti",
    "absoluut",
    "mutlak",
  ].map((word) => [word, "absolute"] as const),
];

/** No single letters: "Vitamin A", "Troponin I". */
export const linkingWords =
  "of in the im der die das des du de la le les el los las en del di da do dos al et and und con com mit with avec per " +
  "ve ile van het een by via for fur pour para im vom von zur";

/** They are read as evidence of the specimen elsewhere. */
export const specimenWords =
  "serum serique sericos serico serica sierico sierica siero suero soro serik serums srm se ser plasma plasmatique " +
  "plasmatico plasmatica plazma blood blut vollblut sang sanguin sanguine sanguineo sangre sangue bloed kan tam " +
  "kanda whole venous venos veneux venoso edta heparin heparine heparina naf " +
  "urine urin urinary urinaire urinaria urinario urine harn urina orina idrar idrarda spontanurin " +
  "sammelurin spontanharn stool stuhl faces feces selle selles heces feci fezes ontlasting gaita diski csf liquor lcr " +
  "血清 血浆 全血 尿 尿液 粪便";

export const methodWords =
  "calc calculated calculate calcul cal berechnet ber errechnet calcule calculee calculado calculada calcolato " +
  "calcolata berekend hesaplanan hesaplanmis measured gemessen mesure enzymatic enzymatisch enzymatique enzimatico " +
  "photometric photometrisch hplc elisa eclia clia cmia elfa lc ms lcms ise ifcc ngsp dcct jaffe mdrd ckd epi nih " +
  "friedewald martin hopkins turbidimetric turbidimetrie immunoturbidimetrie nephelometric nephelometrie electrode " +
  "elektrode specifique methode metodo method methodik yontem yontemi automated automatic automatisch " +
  "manual manuell level estimation determination dosage bestimmung dosaggio determinacion determinacao dosagem test " +
  "assay tayin tayini bepaling value wert quantitative quantitativ quantitativo quantitatif quant qn basal basale " +
  "standardised standardized standardisiert srm roche abbott siemens beckman cobas architect result resultado " +
  "resultat ergebnis duzeyi duzey seviyesi estimated concentration konzentration concentracion concentrazione enz kinet kinetic kinetisch cinetique cinetico biuret god pap uv colorimetric kolorimetrisch " +
  "colorimetrico colorimetrie immunoassay chemilumineszenz chemiluminescence quimioluminiscencia auto ser bld " +
  "potentiometric potentiometrie potenciometria spectrophotometrie technique tecnica technik cytometrie citometria " +
  "impedance impedanz microscopy mikroskopie microscopie 测定 定量";

/** Words that name one form of a test; most tests have only that one. */
export const formWords = "total fasting";

/** Words that qualify a test, the same in every language. */
export const sameWords: Readonly<Record<string, string>> = {
  free: "frei freie freies freier freien libre libres libero libera liberi livre livres vrij vrije serbest 游离",
  total: "totale totaux totali totais totales gesamt gesamte gesamtes gesamter totaal toplam 总",
  direct: "direkt direkte direktes direkter directe directa directo diretta diretto direta direto",
  indirect: "indirekt indirekte indirektes indirecte indirecta indirecto indiretta indiretto indireta indireto",
  ionized: "ionised ionisiert ionisiertes ionisierte ionise ionizado ionizada ionizzato geioniseerd iyonize",
  fasting: "nuchtern jeun ayunas digiuno jejum nuchter aclik 空腹",
  anti:
    "antikorper autoantikorper ak aak antibody antibodies autoantibodies autoantibody ab anticuerpo anticuerpos anticorps " +
    "anticorpi anticorpo anticorpos antistof antistoffen antilichaam antilichamen antikor antikoru antikorlar 抗体",
  hs:
    "hochsensitiv hochsensitives hochsensitive hochsensibel hochsensibles ultrasensitiv ultrasensitive ultrasensible " +
    "ultrasensibile ultrassensivel hypersensible hassas highsens",
};
