/** Words that stand in nearly every sentence of a language, without accents; words of two languages count for both. */

export const languages = ["en", "de", "es", "fr", "it", "pt", "nl", "tr", "zh"] as const;
export type Language = (typeof languages)[number];

/** Chinese is known by its characters. */
export const commonWords: Readonly<Record<Exclude<Language, "zh">, string>> = {
  en:
    "the is are was were your you and of in on to for with that this it have has not be at from how what my i do which " +
    "when did should than about within last",
  de:
    "der die das ist sind war waren dein deine deinem dein ihr ihre ihrem sie und von im in am zu fur mit dass es haben " +
    "hat nicht ein eine einen auf wie was mein meine ich wert werte liegt bei welche wann soll alle den dem als",
  es:
    "el la los las es son fue fueron tu tus su sus y de en del al para con que se ha no un una como cual mi yo valor " +
    "esta estan por cuando debo mas desde muy sobre todo",
  fr:
    "le la les est sont etait etaient votre vos ton ta tes et de des du en au aux pour avec que ce cette il a ne pas un " +
    "une comment quel quelle mon ma mes je valeur dans sur quand sont plus tout vous tu",
  it:
    "il lo la gli le e sono era erano tuo tua tuoi suo sua di del della in nel al per con che si ha non un una come quale " +
    "mio mia io valore sul quando piu tutto dei questo ho",
  pt:
    "o a os as e sao foi foram seu sua seus teu tua de do da dos das em no na ao para com que se tem nao um uma como qual " +
    "meu minha eu valor esta estao quando mais tudo pelo voce",
  nl:
    "de het is zijn was waren je jouw uw en van in op te voor met dat dit heeft hebt niet een hoe wat mijn ik waarde ligt " +
    "bij welke wanneer moet alle aan er als dan naar",
  tr:
    "ve bir bu icin ile olan olarak degil daha cok senin sizin degeriniz degerin degeri var yok mi nasil ne benim kac son " +
    "tarihinde idi oldu gun degerim degerlerim mu nedir hangi en kadar gore olcum sonuc sonucunuz",
};
