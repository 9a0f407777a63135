import type { Direction, Sign } from "./question.ts";

/** The words by which an answer is judged, in English, German, Spanish and French: small letters without accents. */

export const directionWords: Readonly<Record<Direction, RegExp>> = {
  up:
    /\b(?:(?<!-)up(?! to)|higher|more(?! than (?:the day|chance))|increas\w+|ris(?:e|es|en|ing)|rose|grew|grown|gain(?:ed|ing)?|longer|heavier|hoher|mehr|gestiegen|steigt|zugenommen|langer|schwerer|mas (?:alt[oa]|larg[oa]|pasos|tiempo|horas|minutos)|sub(?:io|e|ido)|aument\w+|augment\w+|hausse|monte|plus (?:eleve\w*|haut\w*|long\w*|grand\w*|de))\b/g,
  down:
    /\b(?:down|lower|less|fewer|decreas\w+|fell|fallen|falls?|falling|dropp?ed|drops|declin\w+|lost|shorter|lighter|niedriger|weniger|gesunken|sinkt|gefallen|abgenommen|kurzer|leichter|menos|baj(?:o|a|ado)|disminu\w+|baisse\w*|diminu\w+|moins|plus (?:bas\w*|court\w*|petit\w*|faible\w*))\b/g,
  same:
    /\b(?:same|unchanged|stable|constant|no change|did not change|gleich|unverandert|igual|estable|inchange\w*|stables?)\b/g,
};

/** What follows is the direction from first to last, whatever rose and fell between. */
export const overallWords =
  /\b(?:overall|all in all|in total|insgesamt|en (?:conjunto|total|general)|au total|globalement)\b/;

/** Before a direction within a few words, it takes it back. */
export const negation =
  /\b(?:not|no|neither|nor|never|didn't|doesn't|isn't|nicht|kein\w*|weder|noch|ni|ne|pas)(?: \w+){0,2} $/;

export const relationWords: Readonly<Record<Sign, RegExp>> = {
  none:
    /\bno (?:\w+ ){0,2}(?:relation\w*|correlation|link|connection)|\b(?:not|un)\s?(?:clearly )?(?:related|correlated)|\bkein\w* (?:\w+ ){0,2}(?:zusammenhang|korrelation)|\bninguna? (?:\w+ )?(?:relacion|correlacion)|\bpas de (?:lien|correlation|relation)|\baucun\w* (?:\w+ )?(?:lien|correlation|relation)/g,
  positive:
    /\bpositi[vf]\w*|\bmoved? together\b|\b(?:when|on days (?:when|with)) .{1,60}\b(?:rises?|higher|more|increases?|goes up|longer)\b.{1,60}\b(?:rises?|higher|more|increases?|goes up|longer)\b|\bin the same direction\b|\bgo up together\b|tended to be higher|\bsteig\w* (?:\w+ ){0,3}(?:mit|gemeinsam)|\bgleichsinnig\w*|\bmisma direccion|\bdans le meme sens/g,
  negative:
    /\bnegati[vf]\w*|\binverse\w*|\bin the opposite direction|\bopposite\b|\b(?:when|on days (?:when|with)) .{1,60}\b(?:rises?|higher|more|increases?|goes up|longer)\b.{1,60}\b(?:falls?|lower|less|fewer|decreases?|drops?|goes down)\b|tended to be lower|\bgegenlaufig\w*|\bgegensinnig\w*|\bsentido contrario|\bsens (?:oppose|inverse|contraire)/g,
};

/** The record has nothing of what was asked. */
export const nothingWords =
  /\b(?:no|not any|without any|any) (?:\w+[ -]){0,8}(?:data|results?|records?|entr(?:y|ies)|values?|measurements?|readings?|reports?|documents?|workouts?|information|symptoms?|pages?|swims?)\b|\bnothing (?:is |was |about |in |on |of |recorded|found|matches)|\b(?:is|are|was|were|isn't|aren't|wasn't|weren't) not? ?(?:\w+ )?(?:recorded|measured|in (?:your|the) record|available|logged|on record|found)|\b(?:does not|doesn't|do not|don't) (?:have|hold|contain|include|show|see|find) |\bthere (?:is|are|was|were) (?:no|none|nothing)\b|\bhas no\b|\bin none of\b|\bdoes not (?:stand|appear|occur) in\b|\bnever (?:recorded|measured|logged)|\b(?:has|have)(?: not|n't) been (?:measured|recorded|tested|logged|noted)|\bunknown metric\b|\bkein\w* (?:\w+ ){0,3}(?:daten|werte?|ergebnis\w*|eintrag\w*|messung\w*|befund\w*)|\bnichts (?:\w+ )?(?:aufgezeichnet|verzeichnet|gefunden|dazu|uber)|\bnicht (?:\w+ )?(?:aufgezeichnet|vorhanden|gemessen|hinterlegt|erfasst)|\bno (?:hay|tengo|consta\w*|aparece\w*|tiene|existe\w*) |\bningun\w* (?:dato|registro|resultado|entrada|valor)|\bnada (?:registrado|sobre)|\baucun\w* (?:\w+ ){0,2}(?:donnee|resultat|valeur|mesure|enregistrement)\w*|\b(?:rien|pas) (?:de |n'est )?(?:\w+ )?(?:enregistre|donnee|resultat|valeur|mesure)\w*/;

/** The assistant declines, and says what it is not or cannot. */
export const refusalWords =
  /\b(?:can ?not|can't|could not|won't|will not|must not|unable to|not able to|not allowed|may not|am not|i'm not|not a (?:doctor|physician|medical)|no diagnos\w+|only (?:help|answer|talk|look)|out of (?:my )?scope|sorry|refuse|decline)\b|\b(?:consult|see|talk to|speak (?:to|with)|ask|contact|check with|visit) (?:your|a|an|the) (?:\w+ )?(?:doctor|physician|gp|clinician|health\w*|medical|pharmacist)|\b(?:arzt|arztin|hausarzt\w*) (?:\w+ ){0,4}(?:sprechen|fragen|aufsuchen|klaren|besprechen)|\bmit (?:deine\w|ihre\w|eine\w) (?:arzt|arztin|hausarzt\w*)|\b(?:consulta?|habla|hable|acude|acuda) (?:\w+ ){0,2}(?:con|a) (?:tu|su|un) medico|\b(?:consultez|parlez|demandez) .{0,30}medecin|\b(?:kann|darf|werde|konnte) (?:\w+ ){0,5}(?:nicht|keine?n?)\b|\bkein(?:e)? (?:arzt|arztin|diagnose)|\bbin kein|\bno (?:puedo|soy|debo|estoy)\b|\bne (?:peux|puis|suis|dois|saurais)\b|\b(?:je n'ai|je ne)\b.{0,40}\bpas\b/;
