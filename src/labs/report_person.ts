/** Whether a paper names somebody whose results it could hold: a label of a form, a form of address, a birth. */

const PERSON =
  /\b(?:patient\w*|paziente|paciente|hasta|name|vorname|nachname|nom|prenom|nome|cognome|nombre|apellidos?|naam|adi|soyadi|geb|geboren|born|dob|d\.o\.b|birth|birthday|nee? le|ne\(e\)|naissance|nat[oa]|nascita|nacimiento|nascimento|geboorte\w*|dogum|age|alter|edad|idade|leeftijd|yas|sex|sexe|sexo|sesso|geschlecht|geslacht|gender|cinsiyet|male|female|mr|mrs|ms|mme|mlle|monsieur|madame|sig|sig\.ra|signora?|sra?|dona?|herrn?|frau|proband\w*|donor|employee|subject id|namn|navn|fodd|fodt|nimi|syntynyt|imie|nazwisko|pacjent\w*|ur|jmeno|pacient\w*|nev|szuletett|mrn|nhs|pid)\b|姓名|氏名|患者|이름|성명|имя|фио|пациент|性别|年龄|病历/;

/** Of a folded text. */
export function namesAPerson(folded: string): boolean {
  return PERSON.test(folded);
}
