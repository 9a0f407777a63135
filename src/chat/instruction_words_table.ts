/**
 * How somebody gives orders to an assistant, in nine languages: patterns for small letters without accents. Each row is
 * narrow on purpose: "ignore if fasting", "tell your doctor", "do not drive" and "from today on twice daily" are the
 * ordinary words of a record.
 */

/** Where an order may begin: a sentence, a quotation, or behind "please". */
const start = "(?:^|[.!?:;,\\n\"'(>\\]\\-*。、]\\s*|" +
  "\\b(?:please|must|always|just|only|now|and|then|bitte|immer|und|por favor|y|veuillez|et|per favore|e|alsjeblieft|en|lutfen|ve)" +
  "\\s+|请|,)";

/** "Do not forget the instructions" is no attack, in whatever language the verb is read. */
const undenied = "(?<!\\b(?:do not|don't|never|not to|nicht|nicht zu|no|no se|nunca|ne|non|nao|nao se) |\\bn')";

interface OrderWords {
  readonly override: string;
  readonly rules: string;
  /** Whole patterns; `^` in front stands for where an order may begin. */
  readonly patterns: readonly string[];
}

const within = "[^.!?\\n。]";

const orders: readonly OrderWords[] = [
  {
    override: "\\b(?:ignore|disregard|overrides?|bypass|overrule|set aside|discard|" +
      "forget(?= (?:all|everything|your|previous|prior|the|any|what))|(?:do not|don't|stop) follow(?:ing)?)\\b",
    rules: "\\b(?:instructions?|rules?|prompts?|guidelines|directives?|commands|safeguards|programming|" +
      "everything (?:above|before|you)|what(?:ever)? you (?:were|have been|are)|any earlier guidance|(?:previous|prior|above|earlier) (?:text|messages?|conversation|context))\\b",
    patterns: [
      "\\b(?:note|message|attention|memo|instructions?) (?:to|for) (?:the |any |all )?(?:ai|assistant|chatbot|bot|model|llm|" +
      "language model|agent)s?\\b",
      "\\b(?:dear|hey|hello|hi|attention|listen|ok),? (?:ai|assistant|chatbot|bot|llm|gpt|model)\\b",
      "(?<!(?:medical|physician|physician's|dental|nurse|nursing|surgical|care|laboratory|lab|practice|social) )" +
      "\\b(?:assistant|chatbot|language model|llm|ai model|ai)[,:]? (?:must|should|shall|please|needs? to|has to|is to|" +
      "will now|reading this|processing this)\\b",
      "\\b(?:if|as|since) you(?:'re| are) an? (?:ai|llm|language model|assistant|bot|machine)\\b",
      "\\byou are (?:now |no longer )?(?:an? )?(?:ai|assistant|bot|language model|pirate|unrestricted|dan\\b|jailbroken|" +
      "in \\w+ mode|a doctor|the doctor|not an assistant)",
      "^(?:reply|respond|answer|speak|write|talk) (?:only |just |always |exclusively )?(?:with|by saying|in|like|as|only|" +
      "that)\\b",
      "^(?:say|state|write|print|output|claim|declare|repeat|insist|announce) (?:exactly|verbatim|the following|only|" +
      "[\"'“])",
      `^(?:say|state|write|claim|declare|confirm|insist|answer|pretend)(?: that)?${within}{0,30}\\b(?:all|every|everything|` +
      `results?|values?|labs?)\\b${within}{0,40}\\b(?:normal|fine|ok|healthy|perfect|good)\\b`,
      `\\b(?:tell|inform|advise|assure|convince|ask|urge|remind|instruct|show|send|give) (?:the |this |every )?(?:user|` +
      "reader|human)s?\\b",
      `(?<!\\b(?:i|we|they|you|patients|people) )\\b(?:do not|don't|never) (?:ever )?(?:mention|tell|warn|show|` +
      `disclose|reveal|display|advise|recommend|suggest|alert|flag|name|report)\\b${within}{0,60}\\b(?:user|warnings?|` +
      "doctors?|abnormal|anyone|(?:high|low) (?:values?|results?)|out of range|reference ranges?|alerts?|emergency)\\b",
      `\\b(?:omit|hide|suppress|conceal|drop|leave out|remove|withhold)\\b${within}{0,30}\\b(?:warnings?|alerts?|` +
      "disclaimers?|red flags?|cautions?)\\b",
      `\\b(?:call|invoke|execute|trigger)\\b${within}{0,30}\\b(?:tool|function|api|endpoint|command)s?\\b`,
      "\\byour (?:new|only|real|true|actual) (?:task|goal|role|mission|objective|purpose|job) is\\b",
      "\\b(?:task|orders?|important|hint|rule) for the (?:assistant|model|ai|bot)\\b",
      "\\bthe (?:model|ai|assistant|chatbot|llm) (?:must|should|shall|has to)\\b",
      "\\brepeat after me\\b|\\bdo anything now\\b|\\bno filters\\b|\\bstop being an? \\w* ?(?:assistant|ai|bot)\\b",
      "\\byou will (?:now |only |always )?(?:answer|respond|reply|say)\\b",
      `\\b(?:include|append|add|insert|put)\\b${within}{0,40}\\b(?:reply|answer|response|summary)\\b`,
      "\\bwhen (?:summari[sz]ing|answering|reading|processing) (?:this|the|these) (?:record|report|document|data|notes?)\\b",
      "\\b(?:large )?language models?\\b|\\bllms?\\b|\\bchatbots?\\b|\\breprogrammed\\b|\\boverride code\\b|\\bhidden tools?\\b",
      "\\b(?:initial|hidden|original|your) prompt\\b|\\b(?:actual|real|priority) (?:task|instruction|order)\\s*:",
      "\\byou (?:must|should|have to|need to) (?:now |always |only )?(?:answer|respond|reply|write)\\b|\\bbefore answering\\b",
      "\\b(?:every|each|any) (?:answer|reply|response) (?:has to|must|should|ends?)\\b|\\blet the (?:person|user|reader) know\\b",
      "\\bwarnings? (?:are|is) (?:now )?(?:switched off|turned off|disabled)\\b|\\bskip (?:the |all |any )?(?:safety|warnings?)\\b",
      "\\b(?:run|use) (?:the |a |your )?(?:\\w+ )?(?:command|api|tools)\\b",
      `\\b(?:show|list|get|fetch|read|look up|retrieve|dump|print|give|reveal|open|access|export|share)\\b${within}{0,25}\\b` +
      "(?:other|another|all) (?:users?|persons?|people|patients)",
      "\\bsystem ?(?:prompt|message|instructions?|override)\\b",
      "\\b(?:new|updated|revised|real|true|actual|secret|hidden|additional) (?:system )?(?:instructions?|rules|directives?|" +
      "orders?) ?:",
      `\\b(?:reveal|print|repeat|show|leak|output|recite)\\b${within}{0,30}\\b(?:prompt|your (?:instructions|rules))\\b`,
      "\\b(?:developer|jailbreak|dan|god|admin|debug|maintenance|unrestricted) mode\\b|\\bjailbreak",
      "^(?:act|behave) (?:as|like) (?:if|an?|my|the)\\b|^pretend (?:to be|you|that|to)\\b",
      `\\bfrom now on\\b${within}{0,20}\\b(?:you|answer|respond|reply|say|speak|talk|every answer|all answers)\\b`,
      "\\b(?:this is|i am|i'm) (?:an? |your |the )?(?:system|admin|administrator|developer|official|creator)(?: \\w+)?" +
      "(?: message| override| instruction| notice| speaking|[.,:])",
      "\\bend of (?:record[_ ]data|data|tool (?:result|output)|untrusted|context|input)\\b",
    ],
  },
  {
    override: "\\b(?:ignorier\\w*|missacht\\w*|vergiss|vergessen sie|uberschreib\\w*|umgeh\\w*|verwirf|" +
      "(?:beacht|befolg)\\w* (?:sie )?(?:nicht|keine\\w*))\\b",
    rules: "\\b(?:anweisung\\w*|instruktion\\w*|regeln?|vorgaben|prompts?|befehle?n?|richtlinien|systemnachricht\\w*|" +
      "alles (?:davor|obige|bisherige|vorherige)|alles,? was|was (?:man )?dir)\\b",
    patterns: [
      "\\b(?:hinweis|nachricht|notiz|anweisung|mitteilung|achtung)\\b[^.\\n]{0,12}\\b(?:an|fur) (?:die |den |das )?(?:ki|" +
      "assistent\\w*|chatbot|sprachmodell|modell|bot)\\b",
      "\\b(?:liebe[rs]?|hallo|achtung|hey),? (?:ki|assistent|chatbot|sprachmodell)\\b",
      "\\b(?:die ki|das sprachmodell|der assistent|der chatbot|das modell) (?:soll|muss|darf|hat zu)\\b",
      "\\bdu bist (?:jetzt |nun |ab sofort |ab jetzt )?(?:ein\\w* |kein\\w* )?(?:ki|assistent|pirat|bot|sprachmodell|arzt)\\b",
      "\\bwenn du eine? (?:ki|sprachmodell|assistent)\\b|\\bdeine (?:neue|einzige|wahre|eigentliche) (?:aufgabe|rolle|mission)\\b",
      "\\b(?:wichtig|aufgabe|regel) fur (?:den|die|das) (?:assistenten|ki|modell|sprachmodell|chatbot)\\b",
      `\\b(?:sag\\w*|teile?|melde|antwort\\w*|erklar\\w*|informier\\w*|rate|versicher\\w*|empfiehl|schreib\\w*)\\b` +
      `${within}{0,30}\\b(?:be)?nutzer\\w*|\\b(?:sag\\w*|teile?|rate|antwort\\w*)\\b${within}{0,30}\\banwender\\w*`,
      `^(?:sage?|antworte|behaupte|schreibe?|melde|bestatige|erklare)\\b${within}{0,40}\\b(?:alles|alle werte|werte)\\b` +
      `${within}{0,30}\\b(?:normal|in ordnung|unauffallig|gesund|ok|bestens)\\b`,
      `^(?:erwahne?|nenne?|sage?|zeige?|warne?|empfiehl|rate|verrate?)\\b${within}{0,40}\\b(?:nicht|nie|niemals|keine\\w*)\\b` +
      `${within}{0,40}\\b(?:arzt|benutzer|nutzer|warn\\w*|werte?|referenz\\w*|auffallig\\w*|arztbesuch)\\b`,
      `\\b(?:verschweig\\w*|unterdruck\\w*)\\b${within}{0,40}\\b(?:warn\\w*|werte?|hinweise?|auffallig\\w*)\\b`,
      `\\b(?:ruf\\w*|fuhre?|starte|benutze|nutze)\\b${within}{0,40}\\b(?:tool|werkzeug|funktion|schnittstelle)s?\\b`,
      "\\bsystem-?prompt\\b|\\bneue (?:anweisung\\w*|regeln?)\\s*:|\\bentwicklermodus\\b|\\bspiel\\w* die rolle\\b",
      `\\b(?:verrate?|zeige?|wiederhole?|gib|nenne?)\\b${within}{0,20}\\b(?:prompt|deine (?:anweisungen|regeln|vorgaben))\\b`,
      "\\bsprachmodell\\w*|\\bsystem-?prompts?\\b|\\bdeine[nsm]? prompts?\\b",
      `\\bdu (?:musst|sollst)\\b${within}{0,60}\\b(?:antworten|beantworten|schreiben|sagen)\\b`,
      `\\b(?:warnhinweis|warnung)\\w*${within}{0,40}\\b(?:fehlen|weglassen|entfallen|unterbleiben)\\b`,
      "^tue? so,? als\\b",
      `\\bab (?:jetzt|sofort)\\b${within}{0,20}\\b(?:antwort\\w*|sprich\\w*|sag\\w*|schreib\\w*|bist du)\\b`,
      "^antworte(?:n sie)? (?:nur|ausschliesslich|immer|auf|mit|in|wie|stets)\\b|^schreibe? (?:exakt|genau|nur|wortlich)\\b",
    ],
  },
  {
    override: "\\b(?:ignor[ae]\\w*|olvid[ae]\\b|olvid[ae] \\w+|olviden|olvidate|descart[ae]\\b|" +
      "haz caso omiso|no (?:sigas|siga|hagas caso)|pas[ae] por alto)",
    rules: "\\b(?:instruccion\\w*|reglas?|normas|(?:indicaciones|mensajes?|ordenes) anterior\\w*|prompt|directrices|" +
      "todo lo anterior|(?:todo )?lo que te)\\b",
    patterns: [
      "\\b(?:nota|mensaje|aviso|atencion|instruccion\\w*)\\b[^.\\n]{0,6}\\b(?:para|a|al) (?:el |la )?(?:ia|asistente|modelo|" +
      "chatbot|bot)\\b(?! soci)",
      "\\b(?:querid[oa]|estimad[oa]|hola|oye|atencion),? (?:ia|asistente|chatbot|modelo)\\b",
      "\\b(?:el asistente|la ia|el modelo|el chatbot) (?:debe|tiene que|debera)\\b",
      "\\beres (?:ahora )?(?:un|una) (?:pirata|asistente|ia|bot|modelo|medico)\\b|\\bsi eres una? (?:ia|asistente|modelo)\\b|" +
      "\\btu (?:nueva|unica|verdadera) (?:tarea|mision|funcion)\\b",
      `\\b(?:di|dile|diga|digale|informa|informe|responde|asegura|comunica|recomienda|aconseja)\\b${within}{0,30}\\busuari[oa]\\b`,
      `^(?:di|diga|responde|responda|afirma|escribe|confirma)\\b${within}{0,30}\\b(?:todo|todos los (?:valores|` +
      `resultados))\\b${within}{0,30}\\b(?:normal\\w*|bien|perfecto)`,
      `\\bno (?:menciones?|digas?|adviertas?|avises?|informes?|muestres?|recomiendes?|aconsejes?|nombres?)\\b${within}{0,50}` +
      "\\b(?:usuari\\w*|advertencia\\w*|valor\\w*|alt[oa]s?|baj[oa]s?|medico|anormal\\w*|alertas?|referencia)\\b",
      `\\b(?:ocult[ae]|omit[ae]|suprim[ae]|escond[ae])\\b${within}{0,30}\\b(?:advertencia|alerta|aviso)s?\\b`,
      `\\b(?:llam[ae]|invoc[ae]|ejecut[ae]|us[ae]|utiliz[ae])\\b${within}{0,20}\\b(?:herramienta|funcion|api)\\b`,
      "\\b(?:prompt|mensaje) del sistema\\b|\\bnuevas (?:instrucciones|reglas)\\s*:|\\bmodo (?:desarrollador|administrador)\\b",
      `\\b(?:revela|muestra|repite|imprime)\\b${within}{0,20}\\b(?:prompt|tus (?:instrucciones|reglas))\\b`,
      "\\bmodelos? de lenguaje\\b|\\b(?:tu|el) prompt\\b|\\b(?:debes|tienes que) (?:responder|contestar|escribir)\\b",
      "^(?:finge|hazte pasar|actua como|comportate como)\\b",
      `\\ba partir de ahora\\b${within}{0,20}\\b(?:responde\\w*|di|habla|eres|contesta)\\b`,
      "^(?:responde|contesta) (?:solo|unicamente|siempre|con|en|como)\\b|^escribe (?:exactamente|solo)\\b",
    ],
  },
  {
    override: "\\b(?:ignor(?:e|ez|er)|oubli(?:e|ez|er)|neglige[rz]?|contourne[rz]?)\\b|" +
      "\\b(?:ne (?:tiens|tenez) pas compte|ne (?:suis|suivez|respecte[rz]?) (?:pas|plus)|fai(?:s|tes) abstraction)\\b",
    rules:
      "\\b(?:instructions?|consignes?|directives?|prompt|(?:tes|toutes les|ces|ses) regles|regles (?:precedentes|" +
      "ci-dessus|du systeme|anterieures|de securite)|tout ce qui precede|ce qu'on t'a|ce que l'on t'a|messages? precedents?)\\b",
    patterns: [
      "\\b(?:note|message|attention|instructions?|consignes?)\\b[^.\\n]{0,4}\\b(?:a|pour) (?:l'|le |la |un )?(?:ia|assistant|" +
      "modele|chatbot|bot)\\b(?! soci)",
      "\\b(?:chere?|bonjour|salut|hey|attention),? (?:ia|assistant|chatbot|modele)\\b",
      "(?:\\bl'assistant|\\bl'ia|\\ble modele|\\ble chatbot) (?:doit|devra|est prie)\\b",
      "\\btu es (?:maintenant |desormais )?une? (?:pirate|assistant|ia|bot|modele|medecin)\\b",
      "\\bsi (?:tu es|vous etes) une? (?:ia|assistant|modele|intelligence)\\b|\\bta (?:nouvelle|seule|vraie) (?:mission|tache)\\b",
      `\\b(?:dis|dites|informe[rz]?|assure[rz]?|reponds|repondez|indique[rz]?|recommande[rz]?|conseille[rz]?)\\b${within}{0,30}` +
      "\\butilisat(?:eur|rice)\\b",
      `^(?:dis|dites|reponds|repondez|affirme[rz]?|ecris|ecrivez|confirme[rz]?)\\b${within}{0,30}\\b(?:tout|toutes les ` +
      `valeurs|tous les resultats)\\b${within}{0,30}\\b(?:norma\\w*|va bien|parfait\\w*)`,
      `\\bne (?:mentionne[rz]?|dis|dites|signale[rz]?|previens|prevenez|montre[rz]?|recommande[rz]?|conseille[rz]?|parle[rz]?|` +
      `revele[rz]?)\\b${within}{0,60}\\b(?:utilisat\\w*|avertissement\\w*|valeurs?|eleve\\w*|anorma\\w*|medecins?|alertes?|` +
      "reference)\\b",
      `\\b(?:cache[rz]?|masque[rz]?|supprime[rz]?|omets|omettez)\\b${within}{0,30}\\b(?:avertissement|alerte)s?\\b`,
      `\\b(?:appelle[rz]?|appelez|invoque[rz]?|execute[rz]?|utilise[rz]?|lance[rz]?)\\b${within}{0,20}\\b(?:outils?|fonction|` +
      "api)\\b",
      "\\bprompt systeme\\b|\\bmessage (?:du )?systeme\\b|\\bnouvelles (?:instructions|regles) ?:|" +
      "\\bmode (?:developpeur|administrateur)\\b",
      `\\b(?:revele[rz]?|montre[rz]?|repete[rz]?|affiche[rz]?)\\b${within}{0,20}\\b(?:prompt|tes (?:instructions|regles|` +
      "consignes))\\b",
      "\\bmodeles? de langage\\b|\\bton prompt\\b(?! retab)|\\btu dois (?:repondre|ecrire)\\b",
      "^(?:fais semblant|fais comme si|agi(?:s|ssez) comme|comporte-toi comme)\\b",
      `\\b(?:a partir de maintenant|desormais)\\b${within}{0,20}\\b(?:reponds|repondez|parle|dis|tu)\\b`,
      "^(?:reponds|repondez) (?:uniquement|seulement|toujours|par|en|avec|comme|que)\\b|^ecri(?:s|vez) (?:exactement|" +
      "uniquement)\\b",
    ],
  },
  {
    override: "\\b(?:ignor(?:a|ate|are|i)|dimentica(?:re|te)?|trascura(?:re|te)?|scavalca|aggira)\\b|" +
      "\\bnon (?:seguire|tenere conto|rispettare)\\b",
    rules:
      "\\b(?:istruzion\\w*|regole|direttive|(?:indicazioni|messaggi|comandi) precedenti|prompt|tutto cio che precede|" +
      "tutto quanto sopra|(?:cio|quello) che ti)\\b",
    patterns: [
      "\\b(?:nota|messaggio|avviso|attenzione|istruzion\\w*)\\b[^.\\n]{0,4}(?:\\bper|\\balla?|\\ball'|\\bagli) ?(?:l'|il |la )?" +
      "(?:ia|ai|assistente|modello|chatbot|bot)\\b(?! soci)",
      "\\b(?:car[oa]|ciao|ehi|attenzione),? (?:ia|assistente|modello|chatbot)\\b",
      "(?:\\bl'assistente|\\bl'ia|\\bil modello|\\bil chatbot) (?:deve|dovra)\\b",
      "\\bsei (?:ora |adesso )?(?:un|una|un') ?(?:pirata|assistente|ia|bot|modello|medico)\\b|\\bse sei (?:un|una|un') ?(?:ia|" +
      "assistente|modello)\\b",
      "\\bil tuo (?:nuovo|unico|vero) (?:compito|obiettivo|ruolo)\\b|\\bla tua nuova (?:missione|funzione)\\b",
      `\\b(?:di'?|dica|dille|digli|informa|rispondi|comunica|assicura|consiglia)(?: | all)${within}{0,30}\\butente\\b`,
      `^(?:di'?|rispondi|afferma|scrivi|conferma)\\b${within}{0,30}\\b(?:tutto|tutti i (?:valori|risultati))\\b` +
      `${within}{0,30}\\b(?:normal\\w*|bene|a posto|perfett\\w*)`,
      `\\bnon (?:menzionare|dire|segnalare|avvisare|mostrare|consigliare|avvertire|rivelare|citare)\\b${within}{0,60}\\b(?:` +
      "utente|avvertenz\\w*|avvis\\w*|valor\\w*|alt[oi]|anomal\\w*|medico|allert\\w*|riferimento)\\b",
      `\\b(?:nascondi|ometti|sopprimi)\\b${within}{0,30}\\b(?:avvert\\w*|avvis\\w*|allert\\w*)`,
      `\\b(?:chiama|invoca|esegui|usa|utilizza|lancia)\\b${within}{0,20}\\b(?:strument[oi]|funzione|api)\\b`,
      "\\b(?:prompt|messaggio) di sistema\\b|\\bnuove (?:istruzioni|regole)\\s*:|\\bmodalita (?:sviluppatore|amministratore)\\b",
      `\\b(?:rivela|mostra|ripeti|stampa)\\b${within}{0,20}\\b(?:prompt|le tue (?:istruzioni|regole))\\b`,
      "\\bmodell[oi] linguistic[oi]\\b|\\bil tuo prompt\\b|\\bdevi (?:rispondere|scrivere)\\b",
      "^(?:fingi|fai finta|agisci come|comportati come)\\b",
      `\\bd'ora in (?:poi|avanti)\\b${within}{0,20}\\b(?:rispondi|di'|parla|sei|scrivi)`,
      "^rispondi (?:solo|soltanto|sempre|con|in|come|che)\\b|^scrivi (?:esattamente|solo)\\b",
    ],
  },
  {
    override: "\\b(?:ignor[ae]\\w*|esquec[ae]\\b|desconsider[ae]\\w*|contorn[ae]\\b|" +
      "nao (?:siga|sigas|cumpra|obedeca))\\b",
    rules: "\\b(?:instruc\\w*|regras|diretrizes|diretivas|(?:comandos|ordens|mensagens) anteriores|prompt|" +
      "tudo o que (?:esta|foi|veio)|o que (?:lhe|te|voce))\\b",
    patterns: [
      "\\b(?:nota|mensagem|aviso|atencao|instruc\\w*)\\b[^.\\n]{0,4}\\b(?:para|a|ao) (?:o |a )?(?:ia|assistente|modelo|" +
      "chatbot|bot)\\b(?! soci)",
      "\\b(?:car[oa]|ola|oi|prezad[oa]|atencao),? (?:ia|assistente|modelo|chatbot)\\b(?! soci)",
      "\\b(?:o assistente|a ia|o modelo|o chatbot) (?:deve|devera|tem de|tem que)\\b",
      "\\b(?:es|voce e|tu es) (?:agora )?uma? (?:pirata|assistente|ia|bot|modelo|medico)\\b|" +
      "\\bse (?:voce for|fores|es|voce e) uma? (?:ia|assistente|modelo)\\b|\\b(?:sua|tua) (?:nova|unica|verdadeira) (?:tarefa|missao|funcao)\\b",
      `\\b(?:diga|diz|informe|informa|responda|garanta|recomende|comunique|aconselhe)\\b${within}{0,30}\\b(?:utilizador\\w*|` +
      "usuari[oa])\\b",
      `^(?:diga|diz|responda|responde|afirme|escreva|confirme)\\b${within}{0,30}\\b(?:tudo|todos os (?:valores|` +
      `resultados))\\b${within}{0,30}\\b(?:norma\\w*|bem|perfeito)`,
      `\\bnao (?:menciones?|digas?|avises?|alertes?|mostres?|recomendes?|informes?|reveles?)\\b${within}{0,60}\\b(?:usuari\\w*|` +
      "utilizador\\w*|avisos?|alertas?|valor\\w*|alt[oa]s?|anorma\\w*|medico|referencia)\\b",
      `\\b(?:ocult[ae]|omit[ae]|escond[ae]|suprim[ae])\\b${within}{0,30}\\b(?:aviso|alerta)s?\\b`,
      `\\b(?:cham[ae]|invo(?:qu|c)[ae]|execut[ae]|us[ae]|utiliz[ae])\\b${within}{0,20}\\b(?:ferramenta|funcao|api)\\b`,
      "\\b(?:prompt|mensagem) do sistema\\b|\\bnovas (?:instruc\\w*|regras) ?:|\\bmodo (?:desenvolvedor|programador|" +
      "administrador)\\b",
      `\\b(?:revel[ae]|mostr[ae]|repit[ae]|imprim[ae])\\b${within}{0,20}\\b(?:prompt|(?:suas|tuas) (?:instruc\\w*|regras))\\b`,
      "\\bmodelos? de linguagem\\b|\\b(?:teu|seu) prompt\\b|\\b(?:deves|voce deve) (?:responder|escrever)\\b",
      "^(?:finj[ae]|finge|faca de conta|aja como|comporte-se como)\\b",
      `\\ba partir de agora\\b${within}{0,20}\\b(?:respond[ae]|diga|fale|voce e|es)\\b`,
      "^respond[ae] (?:apenas|so|somente|sempre|com|em|como|que)\\b|^escreva (?:exatamente|apenas)\\b",
    ],
  },
  {
    override: "\\b(?:(?:negeer|vergeet)(?![^.\\n]*\\bniet\\b)|negeren|omzeil\\w*|overschrijf|volg[^.\\n]{0,25}niet)\\b",
    rules:
      "\\b(?:instructies?|regels|opdrachten|richtlijnen|prompt|alles hierboven|(?:voorgaande|eerdere|vorige) (?:tekst|" +
      "berichten|aanwijzingen)|wat je|wat er is)\\b",
    patterns: [
      "\\b(?:opmerking|bericht|notitie|let op|instructies?)\\b[^.\\n]{0,4}\\b(?:voor|aan) (?:de |het )?(?:ai|assistent|model|" +
      "chatbot|bot|taalmodel)\\b",
      "\\b(?:beste|hallo|hoi|hey),? (?:ai|assistent|chatbot|taalmodel)\\b",
      "\\b(?:de assistent|de ai|het model|het taalmodel|de chatbot) (?:moet|dient|zal)\\b",
      "\\bje bent (?:nu |voortaan )?een (?:piraat|assistent|ai|bot|taalmodel|arts)\\b|\\bals je een (?:ai|assistent|" +
      "taalmodel)\\b",
      `\\b(?:zeg|vertel|antwoord|meld|informeer|verzeker|adviseer)\\b${within}{0,30}\\bgebruiker\\b`,
      `^(?:zeg|antwoord|beweer|schrijf|bevestig)\\b${within}{0,30}\\b(?:alles|alle (?:waarden|uitslagen))\\b${within}{0,30}` +
      "\\b(?:normaal|goed|in orde)\\b",
      `^(?:noem|vermeld|zeg|toon|waarschuw|adviseer|meld)\\b${within}{0,40}\\b(?:niet|nooit|geen)\\b${within}{0,40}\\b(?:` +
      "gebruiker|waarschuw\\w*|waarden?|arts|afwijkend\\w*|referentie\\w*)\\b",
      "\\bje (?:nieuwe|enige|echte) (?:taak|opdracht|doel)\\b",
      `\\b(?:verberg|verzwijg)\\b${within}{0,30}\\b(?:waarschuwing\\w*|waarden?)\\b`,
      `\\b(?:roep|voer|start|gebruik)\\b${within}{0,20}\\b(?:tool|api)\\b|\\b(?:roep|voer)\\b${within}{0,20}\\bfunctie\\b`,
      "\\bsysteem(?:prompt|bericht)\\b|\\bnieuwe (?:instructies|regels)\\s*:|\\bontwikkelaarsmodus\\b",
      `\\b(?:onthul|toon|herhaal)\\b${within}{0,20}\\b(?:prompt|je (?:instructies|regels))\\b`,
      `\\btaalmodel\\w*|\\bje prompt\\b|\\bje moet\\b${within}{0,40}\\b(?:antwoorden|beantwoorden|schrijven)\\b`,
      "^(?:doe alsof|gedraag je als)\\b",
      `\\bvanaf nu\\b${within}{0,20}\\b(?:antwoord|spreek|zeg|ben je|schrijf)\\b`,
      "^antwoord (?:alleen|uitsluitend|altijd|met|in|als|dat)\\b|^schrijf (?:exact|precies|alleen)\\b",
    ],
  },
  {
    override: "\\b(?:yok ?say(?!ma)\\w*|gormezden gel(?!me)\\w*|unut(?!ma)\\w*|dikkate alma(?:yin)?|" +
      "goz ardi et(?!me)\\w*|uyma(?:yin)?)\\b",
    rules:
      "\\b(?:talimat\\w*|kurallar\\w*|komut\\w*|yonerge\\w*|prompt\\w*|yukaridaki her sey\\w*|soylenen\\w*|onceki (?:mesaj|metin)\\w*)\\b",
    patterns: [
      "\\b(?:yapay zeka\\w*|asistan\\w*|dil modeli\\w*|sohbet botu\\w*)[^.\\n]{0,15}\\b(?:not\\b|mesaj|talimat|dikkat)",
      "\\b(?:asistan|yapay zeka|(?:dil )?model)\\w* icin (?:talimat|not|mesaj|komut)|\\byeni gorevin\\b",
      "\\b(?:sevgili|merhaba|hey|dikkat),? (?:yapay zeka|asistan|bot)\\b",
      "\\b(?:asistan|yapay zeka|dil modeli|model)\\b[^.\\n]{0,50}\\b\\w+(?:meli|mali)\\w*",
      "\\bartik bir (?:korsan|asistan|yapay zeka|doktor)\\w*|\\beger bir (?:yapay zeka|asistan|dil modeli)",
      "\\bkullanici\\w*[^.\\n]{0,70}\\b(?:soyle|de|bildir|anlat|yaz|oner|tavsiye et)(?:yin|in)?\\b",
      "\\b(?:butun|tum|her sey|degerler\\w*)\\b[^.\\n]{0,40}\\bnormal\\w*[^.\\n]{0,20}\\b(?:soyle|de|yaz|bildir)(?:yin|in)?\\b",
      "\\b(?:doktor\\w*|uyari\\w*|yuksek\\w*|anormal\\w*|kullanici\\w*|referans\\w*)\\b[^.\\n]{0,50}\\b(?:bahsetme|soyleme|" +
      "gosterme|bildirme|uyarma|onerme|belirtme)(?:yin)?\\b",
      "\\buyari\\w*[^.\\n]{0,20}\\b(?:gizle|sakla|kaldir|atla)(?:yin|in)?\\b",
      "\\b(?:arac\\w*|fonksiyon\\w*|islev\\w*)\\b[^.\\n]{0,30}\\b(?:cagir|calistir)\\w*",
      "\\bsistem (?:istemi|mesaji|komutu|talimati)\\w*|\\byeni (?:talimat|kural)\\w*\\s*:|\\bgelistirici modu",
      "\\bdil model\\w*",
      "\\bgibi davran(?:in)?\\b|\\brolune gir\\b|\\brolu yap\\b",
      "\\bbundan (?:sonra|boyle)\\b[^.\\n]{0,30}\\b(?:yanit|cevap|soyle|konus)",
      "\\b(?:sadece|yalnizca|hep)\\b[^.\\n]{0,50}\\b(?:yanit ver|cevap ver|diye yaz|diye cevapla|de)(?:in|yin)?\\b",
    ],
  },
  {
    override: "(?<!勿|不要|不可|别|不能)(?:忽略|无视|忘记|忘掉|绕过|不要遵守|不要理会)",
    rules: "(?:指令|指示|规则|提示词|命令|以上(?:的|所有)?内容|之前的(?:所有)?(?:内容|对话|消息|要求)|告诉你的)",
    patterns: [
      "(?:给|致)(?:ai(?![a-z])|人工智能|助手|模型|机器人)",
      "(?:(?<![a-z])ai(?![a-z])|人工智能|助手|语言模型|大模型|机器人)[^。\\n]{0,3}(?:请|必须|应该)|助手:",
      "你(?:现在)?是(?:一个|一名|一位)?(?:海盗|助手|ai|人工智能|机器人|医生)",
      "(?:模型|助手)(?:的)?指令|你的新?(?:任务|目标|角色)是",
      "如果你是(?:ai|人工智能|语言模型|助手)",
      "(?:告诉|告知|通知|回答|提醒)用户",
      "(?:说|回答|告诉|声称|回复)[^。\\n]{0,20}(?:一切|所有|全部)[^。\\n]{0,10}(?:正常|健康|没问题)",
      "(?:不要|别|切勿|禁止|不得)(?:提及|提到|告诉|告知|警告|显示|建议|提醒|说出)[^。\\n]{0,25}(?:用户|异常|偏高|偏低|医生|警告|数值|参考)",
      "(?:隐藏|省略|删除)[^。\\n]{0,8}(?:警告|提醒)",
      "(?:调用|执行|运行|使用)[^。\\n]{0,20}(?:工具|函数|接口|命令)",
      "语言模型|大模型|用(?:英语|英文|中文|法语)(?:来)?回答",
      "系统提示|系统消息|新(?:的)?指令|开发者模式|假装|扮演",
      "从现在(?:开始|起)[^。\\n]{0,10}(?:回答|回复|说)|只(?:能)?(?:回答|回复)",
    ],
  },
];

const compiled = orders.flatMap(({ override, rules, patterns }) =>
  [
    `${undenied}(?:${override})${within}{0,60}(?:${rules})`,
    `(?:${rules})${within}{0,60}${undenied}(?:${override})`,
    ...patterns.map((pattern) => pattern.replace(/(^|\|)\^/g, (_, bar: string) => `${bar}${start}`)),
  ].map((source) => new RegExp(source, "u"))
);

/** For readings as `unmasked` gives them. */
export const orderPatterns: readonly RegExp[] = compiled;

/** Marks of roles, templates and calls, in any language. For text in small letters. */
export const markPatterns: readonly RegExp[] = [
  /<\|[^|>\n]{1,40}\|>/,
  /\{\{\s*[#/]?\s*(?:system|user|assistant)\b/,
  /\[\/?inst\]|<<\/?sys>>|<\/?s>/,
  /<\/?\s*(?:record_data|system|assistant|user|tool|tool_calls?|tool_response|function|function_calls?|instructions?|prompt|think|im_start|im_end)\b/,
  /(?:^|\n)\s*(?:#+\s*)?(?:assistant|ai|human|developer)\s*:/,
  /(?:^|\n)\s*(?:#+\s*)?(?:system|user|tool)\s*:(?=[\s\S]*\b(?:you|your|ignore|always|never|must|say|call|tell|reply|assistant|override|du|sie|eres|tu|vous|rispondi|responda|je|sen)\b)/,
  /(?:^|\n)\s*#{2,}\s*(?:system|instructions?|response|human|assistant)\b/,
  /\[\s*(?:system|assistant|developer|admin)\b[^\]]{0,40}\]/,
  /"(?:tool_calls?|function_call|tool|function|arguments|tool_name)"\s*:/,
  /\{\s*"name"\s*:\s*"[a-z]+_[a-z_]+"/,
  /\b[a-z]{2,}(?:_[a-z]+)+\(\s*(?:\)|[{"'a-z])/,
  /!\[[^\]\n]{0,300}\]\s*[([]/,
  /\[[^\]\n]{0,300}\]\(\s*<?(?:[a-z][a-z+.-]{1,10}:|\/\/|www\.)/,
  /<\s*(?:img|a|script|iframe|svg|object|embed|link|meta|style|form|input|video|audio|base)\b[^>]{0,300}(?:>|$|=)/,
  /\b(?:javascript|vbscript)\s*:|\bdata:[a-z]+\/[a-z+.-]+[;,]/,
  // An address that carries something along, or that somebody is told to open; the name of a laboratory's site is none.
  /\b(?:https?|ftp|wss?):\/\/\S*(?:[?#{}@]|%7b|\$)/,
  /\b(?:visit|open|click|fetch|load|send|post|go to|besuche|offne|klick\w*|sende|visita|abre|haz clic|envia|visitez|ouvrez|cliquez|envoyez|apri|clicca|invia|visite|abra|clique|envie|bezoek|klik|stuur|ziyaret|tikla\w*|gonder\w*|访问|打开|点击|发送)\b[^\n]{0,60}\b(?:https?:\/\/|www\.)/,
  /(?:访问|打开|点击|发送)[^\n]{0,40}(?:https?:\/\/|www\.)/,
];

/**
 * What gives an order away whatever it orders: it speaks of the reader's own text, role or limits, addresses a machine,
 * swaps one judgement for another, or refers to itself as a line to be obeyed. "Your response to the vaccine" and "the
 * machine at the gym" are ordinary. For text in small letters without accents.
 */
const own = {
  en: "(?:your|ur)",
  de: "(?:deine[rnms]?|ihre[rnms]?)",
  es: "(?:tus?|sus?)",
  fr: "(?:ta|ton|tes|votre|vos)",
  it: "(?:(?:la |il |le )?(?:tua|tuo|tue|sua|suo))",
  pt: "(?:(?:a |o |as )?(?:sua|tua|seu|teu|suas|tuas))",
  nl: "(?:je|jouw|uw)",
};
const machine =
  "(?:machines?|maschinen?|maquinas?|macchin[ae]|software|computer|ordinateur|ordenador|computador|robots?|algorithm\\w*|" +
  "algorithmus|algoritmo|parser|bots?|programm?e?s?|programmas?|logiciels?|programas?|yazilim\\w*|makine\\w*|bilgisayar\\w*)";
const judgement =
  "(?:high|low|normal|abnormal|hoch|niedrig|alto|bajo|eleve|bas|basso|baixo|normale|hoog|laag|normaal|" +
  "yuksek|dusuk|red|warning)";

export const addressPatterns: readonly RegExp[] = [
  // The reader's own text: "in your reply", "deiner Antwort"; "your answer to question 7" is a person's.
  `\\b${own.en} (?:next )?(?:reply|answer|response|output|message|wording)\\b(?! (?:to|of|from|on|was|is missing|were)\\b)`,
  `\\b(?:in|beginne|schreibe?|formuliere?)\\w* ${own.de} (?:antwort|ausgabe|nachricht|text)\\b`,
  `\\b(?:en|empieza|escribe|termina) ${own.es} (?:respuesta|mensaje|texto|salida)\\b(?! (?:a|al)\\b)`,
  `\\b(?:dans|commence[rz]?|termine[rz]?) ${own.fr} (?:reponse|message|texte|sortie)\\b(?! (?:a|au)\\b)`,
  `\\b(?:nell?a?|inizia|comincia|termina) ${own.it} (?:risposta|messaggio|testo)\\b(?! (?:a|al|alla)\\b)|\\bnella (?:tua|sua) risposta\\b(?! (?:a|al|alla)\\b)`,
  `\\b(?:na|no|em|comece|inicie|termine) ${own.pt} (?:resposta|mensagem|texto)\\b(?! (?:a|ao)\\b)|\\b(?:na|no) (?:sua|tua|seu) (?:resposta|mensagem|texto)\\b(?! (?:a|ao)\\b)`,
  `\\b(?:in|begin|start|eindig) ${own.nl} (?:antwoord|bericht|tekst)\\b(?! op\\b)`,
  "\\b(?:yanitinda|cevabinda|mesajinda|mesajina|yanitina|cevabina)\\b",
  "(?:在|把|用)?你?的?(?:回答|回复|消息|答复)(?:中|里|请|以)",
  // Its role and limits.
  `\\b${own.en} (?:role|rules|programming|persona|guardrails|restrictions)\\b(?! (?:at|in|as a)\\b)|\\bbecome [a-z]+\\.`,
  "\\b(?:mode|modus|modo|modalita|moda|mod)\\b[^.\\n]{0,12}\\b(?:without|no|ohne|sin|sans|senza|sem|zonder) (?:any )?(?:restrict\\w*|limit\\w*|einschrankung\\w*|restriccion\\w*|restriction\\w*|restrizion\\w*|restric\\w*|beperking\\w*|filter\\w*)\\b",
  "\\b(?:wechsle|cambia|passe|passa|mude|schakel|switch|change)\\w* (?:\\w+ ){0,3}(?:mode|modus|modo|modalita)\\b[^.\\n]{0,12}\\b(?:without|ohne|sin|sans|senza|sem|zonder)\\b",
  "\\bkisitlamasiz (?:mod|moda)\\b|无限制模式",
  "\\b(?:skip|lift|drop|disable|turn off|switch off) (?:the |all |any )?(?:checks?|safeguards?|safety|filters?|limits)\\b|\\bsafety (?:layer|checks?|filters?) (?:is |are )?(?:off|disabled)\\b",
  "\\byou (?:are free|may|are allowed|are permitted) to (?:recommend|skip|ignore|say|tell|prescribe|forget)\\b|\\bpermit you to\\b",
  // A machine is spoken to.
  `(?:^|[.!?\\n]\\s*|\\bfor |\\bto )(?:to |for |an |fur |para |pour |a |au |al |alla |aan |per )?(?:the |die |das |den |la |las |el |le |les |il |lo |o |a |de )?(?:\\w+ )?${machine}\\b[^.:\\n]{0,25}:`,
  `\\b(?:summary|note|message|instructions?|hinweis|nota|mensaje|message|messaggio|mensagem|bericht) (?:for|to|fur|an|para|a|pour|au|per|al|ao|voor|aan) (?:\\w+ )?${machine}\\b`,
  `,\\s*(?:thanks?|danke|gracias|merci|grazie|obrigad[oa]|bedankt)?,?\\s*(?:computer|machine|robot|bot)[.!]?$`,
  "\\bhello (?:helper|machine|computer|robot)\\b|\\bstop (?:flagging|warning|marking|alerting)\\b",
  // One judgement for another.
  `\\b(?:swap|exchange|replace|substitute|ersetze?|tausche?|sustituy[ea]|cambi[ae]|remplace[rz]?|sostituisci|substitu[ai]|troque|vervang)\\b[^.\\n]{0,40}\\b${judgement}\\b[^.\\n]{0,20}\\b${judgement}\\b`,
  `\\b${judgement} yerine ${judgement} yaz`,
  "把(?:偏高|偏低|异常|高|低)[^。\\n]{0,6}(?:换成|改成|说成|写成)(?:正常|偏低|偏高)",
  "\\b(?:put|write|say|show) [^.\\n]{0,20}\\binstead of the\\b|\\b(?:leave|lass\\w*|weglassen|auslassen)\\b[^.\\n]{0,30}\\bin der antwort\\b|\\bin der antwort (?:auslassen|weglassen)\\b",
  // The text speaks of itself.
  "\\b(?:treat|take|read|consider) (?:the )?(?:next|following|this) (?:line|sentence|paragraph|text)\\b|\\b(?:before|after|from) this (?:line|sentence|paragraph)\\b|\\beverything (?:before|above) this\\b|\\bgo by the following\\b|\\bab dieser zeile\\b|\\ba partir de esta linea\\b|\\ba partir de cette ligne\\b|\\bda questa riga\\b|\\ba partir desta linha\\b|\\bvanaf deze regel\\b|\\bbu satirdan\\b|从这(?:一)?行",
  "\\b(?:output|response|answer|reply) format\\s*:|\\bsudo \\w+|\\b[a-z]{3,12}=[a-z]{2,20}; ?[a-z]{3,12}=|\\bshall consist of\\b|\\bone word\\s*:",
  "\\bas coming from the (?:developers?|owner|admin\\w*|system)\\b|\\b(?:owner|developer|maker|operator) of this (?:system|software|program)\\b",
  "\\b(?:keine ruckfragen|no hagas preguntas|ne pose aucune question|non fare domande|ask no questions)\\b",
  "\\bquote what you find\\b|\\buse the search on\\b|\\bcase closed\\b|\\bclose the case\\b|\\bignore the above\\b",
].map((source) => new RegExp(source, "u"));

/** To look something up, as an order names it. "Check" and "repeat" are a doctor's words and not among them. */
export const lookUpWords =
  /\b(?:call|invoke|execute|run|fetch|query|retrieve|look up|look at|get|show|list|search|read out|ruf\w*|fuhre?|frage?|hole?|zeige?|suche?|llama|ejecuta|consulta|busca|muestra|obten|appelle[rz]?|execute[rz]?|cherche[rz]?|affiche[rz]?|recupere[rz]?|chiama|esegui|cerca|mostra|recupera|chame|execute|procure|mostre|busque|roep|voer|zoek|toon|haal|cagir|calistir|goster|getir)\b|调用|执行|查询|查找|搜索|显示|获取/;
