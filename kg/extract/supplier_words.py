"""The words by which headers of supplier tables tell what a column holds, in the languages of such lists.

Headers are compared in lower case, with blanks for hyphens and underscores ("sous traitant").
"""

from __future__ import annotations

from kg.patterns import regex

_BELOW = r"\bsub[ -]?(?:processors?|contractors?)\b"
_BELOW_ABROAD = (
    r"\b(?:(?:unter|sub) ?auftrag(?:s(?:ver|be)arbeiter|nehmer)|subunternehmer|subdienstleister|subauftragnehmer)(?:s|n|innen)?\b"
    r"|\bsous[ -]traitants?(?: ultérieurs?)?\b|\bsub ?(?:encargad[oa]s?(?: del? tratamiento)?|process?ador(?:es)?|contratistas?|responsabil[ei](?: del trattamento)?|fornitor[ei]|appaltator[ei]|operador(?:es)?|contratad[oa]s?|contratantes?)\b"
    r"|\b(?:sub ?verwerkers?|onderaannemers?|podwykonawc[ay]|under(?:personuppgifts)?biträden?|under ?(?:data)?behandlere?|underleverandører?|underleverantör(?:er)?)\b"
)
_ICT_ABROAD = (
    r"\b(?:ikt drittdienstleisters?|prestataires? tiers de services tic|proveedor(?:es)? terceros? de servicios(?: de)? tic|fornitor[ei] terz[oi] di servizi tic"
    r"|derde aanbieders? van ict diensten)\b"
)
"""ICT third-party service providers as translations of Regulation (EU) 2022/2554 call them."""
_LISTED, _LISTED_ABROAD = (
    rf"{_BELOW}|\bict third[ -]party service providers?\b",
    rf"{_BELOW_ABROAD}|\bauslagerungsunternehmens?\b|{_ICT_ABROAD}",
)
LISTED = regex(f"{_LISTED}|{_LISTED_ABROAD}")
"""What only a supplier list is headed by."""
OUTSOURCED = regex(
    r"\b(?:auslagerungs(?:register|verzeichnis)|outsourcing register|register of outsourcings?|registre des externalisations|registro delle esternalizzazioni|uitbestedingsregister|unterauftragsverhältnisse)\b"
)
"""Titles of lists that name nobody themselves: of those who work for banks, and of contracts with sub-processors."""

_SUPPLIER = r"\b(?:suppliers?|vendors?|(?:managed |ict |it )?(?:service |third party |infrastructure |cloud |solution )?providers?|(?:data )?processors?|third[ -]part(?:y|ies)|business associates?)\b"
_SUPPLIER_ABROAD = (
    r"\b(?:auftrags(?:ver|be)arbeiter|dienstleister|lieferant(?:en)?|anbieter|fournisseurs?|prestataires?|proveedor(?:es)?|encargad[oa]s? del tratamiento|responsabil[ei] (?:estern[oi] )?del trattamento|fornitor[ei]|fornecedor(?:es)?"
    r"|leveranciers?|verwerkers?|dostawc[ay]|leverandører?|leverantör(?:er)?)(?:s|name|naam)?\b"
)
SUPPLIER = regex(f"{LISTED.pattern}|{_SUPPLIER}|{_SUPPLIER_ABROAD}")
SUBCONTRACTOR = regex(
    rf"{_BELOW}|{_BELOW_ABROAD}|\bsub (?:{_SUPPLIER}|{_SUPPLIER_ABROAD})|\b(?:fourth|4th)[ -]part(?:y|ies)\b"
)
"""The same for the suppliers of a supplier."""
CONTRACTOR = regex(
    r"(?P<alone>(?:haupt|general)?auftragnehmer(?:in)?|opdrachtnemers?|appaltator[ei])"
    r"|(?:(?:general|lead|main|prime|primary) )?contractors?|contratistas?(?: principal(?:es)?)?|adjudicatari[oa]s?|titulaires?(?: du marché)?"
)
"""Who works for a customer, in a column beside one of customers, and one of subcontractors unless it is told so `alone`; elsewhere a party to any contract."""
ENGLISH, ABROAD = regex(f"{_LISTED}|{_SUPPLIER}"), regex(f"{_LISTED_ABROAD}|{_SUPPLIER_ABROAD}")
"""The same in English, and in languages whose publishers print the day first."""

_WHOSE = r"(?=(?:[ /](?:(?:legal )?(?:name|entity)|company|organi[sz]ation))*(?: \([^()]*\))?\Z)"
CUSTOMER = regex(
    r"\b(?:customers?|clients?|(?:data )?controllers?|used by|buyers?|purchasers?|subscribers?|tenants?"
    r"|financial entit(?:y|ies)|finanzunternehmen|entités? financières?|entidad(?:es)? financieras?|entità finanziari[ae]|financiële entiteit(?:en)?"
    r"|kunden?|auftraggeber|verantwortlicher?|verantwortliche stelle|committent[ei]|clientes?|clienti|responsables? d[eu]l? (?:traitement|tratamiento)|donneurs? d['’]ordre|titolar[ei](?: del trattamento)?"
    rf"|klant(?:en)?|opdrachtgevers?|verwerkingsverantwoordelijken?|kund(?:er)?|klienc?i?t?|controlador(?:es)?){_WHOSE}"
)

SOMEBODY = regex(
    r"(?:(?:legal |company |corporate |full |business |contracting )*(?:entity|entities|company|companies|organi[sz]ations?|business|firm|name|party|partner|corporation)"
    r"(?: (?:legal )?(?:name|entity))?)s?(?: \(.*\))?\Z"
    r"|(?:firma|firmenname|unternehmen|gesellschaft|société|entreprise|nom|entité|raison sociale|dénomination(?: sociale)?|empresa|nombre|entidad|razón social|denominación(?: social)?|azienda|società|nome|ragione sociale|denominazione(?: sociale)?|razão social|denominação(?: social)?|bedrijf|naam|nazwa|företag|virksomhed|navn|namn)\Z"
)

THIRD_PARTY = regex(
    r"(?:third[ -]party|external|partner|cloud) (?:services?|tools?|apps?|applications?|solutions?|platforms?)(?: name)?\Z"
)
"""A service that stands for whoever gives it."""

DETAIL = regex(
    r"purpose|location|countr|address|jurisdiction|region|types?\b|categor|nature|role|website|web site|\burl|link|contact|e?mail|\bdata\b|transfer"
    r"|safeguard|security|mechanism|\bdates?\b|status|since|until|\bfrom\b|used (?:for|in)|function|descri|what |why|how |services? (?:provided|performed|rendered|offered|\()"
    r"|service descr|services\b(?! provider)|\bservice\Z|process(?:ing|ed)\b|activit|products?\b|applicab|features?|headquarter|hosting|\bnotes?\b|comment"
    r"|number|\bids?\b|code\b|\blei\b|legal entity identifier|wikidata|agreement|terms|policy|duration|retention|score|rating|risk|critical|spend|cost|owner\b|count\b|techni|assets?\b"
    r"|zweck|standort|\bland\b|\bsitz\b|\bort\b|adress|kategor|\bdaten|leistung|finalit|\bpays\b|\blieu\b|localisation|siège|catégor|données|finalidad|país|ubicaci|direcci|\bdatos\b"
    r"|paese|\bsede\b|luogo|indirizzo|\bdati\b|locatie|vestiging|gegevens|doel|formål|ändamål|\bkraj\b"
)
"""What a header tells about somebody, instead of naming them."""

SERVICE = (
    regex(
        r"\bpurposes?\b|services? (?:provided|performed|rendered|offered)|service category|service descr|what (?:they|it)\b(?! (?:(?:would|may|can|will) )?(?:receive|see|get|store|collect|access|reach|process))|nature of|\bactivit(?:y|ies)\b"
        r"|zweck|\bgegenstand d(?:er|es)\b|finalit[éày]|finalidade?|prop[óo]sit|\bscop[oi]\b|\bdoel|formål|ändamål|\bcel\b"
    ),
    regex(
        r"\bservices?\b|\bfun[ck]tion|\bdescri|\buse\b|used for|\brole\b|\bsubject matter\b|\breason"
        r"|leistung|\brolle\b|\bfonction|\brôle\b|\bfunción|\bfunzione|\bruolo\b|\bfunctie|tätigkeit|beschreibung|prestation|\bobjet\b|servicios?\b|actividad|servizio?\b|attività|serviços?\b|\bdienst(?:en)?\b|omschrijving"
    ),
    regex(r"\Ascope of (?:the )?(?:work|contract|engagement)\Z|\Aengagement (?:name|title)\Z"),
)

_OF_A_CONTRACT = r"(?:contract|agreement|relationship|engagement|service|supplier|vendor|provider)"
_TERM = r"(?:contract|agreement|term|relationship|engagement|vertrag(?:e?s)?|(?:vertrags)?laufzeit)"
_DAY_OF = r"\b(?:date|data|fecha|datum) (?:d[ei] |d['’]|van )?(?:la )?"
_BEGIN = r"(?:début|inicio|início|inizio|beginn?|ingang|aanvang|anfang|decorrenza)"
_FORCE = r"(?:entrée en vigueur|entrada(?: e[nm] vigor)?+|entrata(?: in vigore)?+)"
_ENTRY = rf"(?:{_FORCE}|ajout|entrée|effet|alta|incorporación|inclusión|inclusão)"
_END = r"(?:fine?|fim|einde?|ende|t[ée]rm(?:e|in[eo])|cessa(?:tion|zione|ção)|cese|finali[sz]a(?:tion|ción|ção|zione)|terminación|encerramento|conclusão)"
_LEAVING = (
    r"(?:retrait|(?<!data )suppression|sortie|baja|retirada|retiro|eliminación|exclusão|rimozione|uscita|salida|saída)"
)
_OF_IT = r"(?= (?:d[eiu]|de[lrs]|d[ao]s?|dell[ao]|van)\b| d(?:ell)?['’])"
"""What a begin or an end is of stands behind, and may be something else than the relationship."""
_OF_AN_END = rf"(?:(?: (?:d\w{{0,4}}|van|l[ae]))*(?: | d(?:ell)?['’]| l['’])(?:(?:fine?|fim|einde|cese|{_LEAVING})\b|cessa|résili|resci|recesso|disdett|opzeg|beëindig))"
_OF_THE_TERM = rf"{_OF_IT}(?=.*\b(?:contra[ct]|ac[cu]?ord|acuerdo|conven|overeenkomst|vig[êe]ncia|valid|dur(?:ée|ación|ata|ação)|looptijd|rela[tcç]i))"
_OF_THEM = rf"(?: en relation\b|(?:{_OF_THE_TERM}|{_OF_IT}(?=.*\b(?:sous traitant|fournisseur|prestataire|traitement|march[ée]|collabor|provee?dor|encargad|fornecedor|fornitore|leverancier|verwerker|zusammenarbeit|servi[czç]))))"
"""The same of a begin, which is one of the term or of those who are used."""
SINCE = regex(
    r"\bsince\b|\bfrom\Z|valid from|active from|\b(?:start|begin)(?:s|ed|ing|ning)?(?: date| on| at)?\Z|(?:effective(?: date| from| as of| on)?|takes effect|date of effect|fecha efectiva)\Z|(?:date|day) (?:added|of addition|engaged|onboarded|of engagement)"
    r"|added(?: on| at| date)?\Z|(?:onboarding|engagement|commencement|activation|go live|inception|implementation) date\Z|\Ago live\Z|(?:activated|engaged) (?:on|at)\Z|onboarded|\bab\Z|\bdal\Z|à (?:partir|compter) d|a partir de|\bseit\b|\bdepuis\b|\bdesde\b|\bsinds\b|\bvanaf\b"
    rf"|(?:{_DAY_OF}(?>{_BEGIN}|{_ENTRY})(?:\Z|{_OF_THEM})|\A{_BEGIN}(?:\Z|{_OF_THEM})|date de début\b|fecha de (?:inicio|alta)\b|data (?:di )?inizio\b)(?!{_OF_AN_END})"
    r"|\b(?:vertrags(?:beginn|start)|startdatum|begindatum|ingangsdatum|aufnahmedatum|hinzugefügt am|ajouté le|toegevoegd op|beginn(?: der (?:verarbeitung|nutzung))?"
    r"|(?:début|inicio|inizio|início|begin|start) (?:du |del? |do )?contra(?:t|to|tto|ct|cto))\Z"
    rf"|\A(?:{_OF_A_CONTRACT} )?commencement\Z|\A(?:start|beginning|commencement) of (?:the )?{_TERM}\Z|\b(?:vertragsanfang|laufzeitbeginn|laufzeitstart)\Z"
    rf"|\A(?:gültig|(?:vertrags)?laufzeit|(?:vertrags|leistungs)?zeitraum|vertrag(?: gültig)?) von\Z|\A(?:beginn|anfang|start) (?:des |der )?{_TERM}\Z"
)
BEGUN = regex(rf"start|begin|commence|\bvalid|gültig|{_BEGIN}")
"""A begin in so many words."""
ENTERED = regex(rf"{_DAY_OF}{_FORCE}")
"""The day of an entry, which may be one into a list."""
UNTIL = regex(
    r"\buntil\b|(?<!extended )\bto\Z|\A(?:valid |contract |agreement |active |in force )?till\Z|valid (?:to|thru|through)|\bend(?:s|ed|ing)?(?: date| on| at)?\Z|(?:date|day) (?:removed|of removal|ended|(?:of )?(?:terminat|cancell?at)ion)|\Adeleted at\Z|expir"
    rf"|\A(?:{_OF_A_CONTRACT} )?(?:sunset(?:t?ing)?|retir(?:ing|ement)) date\Z|removed(?: on| at| date)?\Z"
    r"|\bbis\Z|\bende\Z|jusqu|\bhasta\b|\btot\Z|\bfino al?\Z|\baté\Z"
    rf"|{_DAY_OF}(?:{_END}|{_LEAVING})\b|\A{_END}{_OF_THE_TERM}|\Aeinde\Z"
    r"|\b(?:vertragsende|laufzeitende|vertragsablauf|(?:vertrags?|contract)?(?:ablauf|afloop|eind|end)datum|entfernt am|supprimé le|verwijderd op"
    r"|(?:fin|fine|fim|einde|eind) (?:du |de[li]? |do )?contra(?:t|to|tto|ct|cto))\Z|fecha de fin"
    rf"|\Aend of (?:the )?{_TERM}\Z|\Aende (?:des |der )?{_TERM}\Z"
)
DUE = regex(
    r"\A(?:(?:date|data|fecha) )?(?:de |di |d['’])?(?:scadenza|échéance|vencimiento|vencimento)\Z|\A(?:vervaldatum|fin|fine|fim)\Z"
)
"""What may be the day of a payment or a fine too, and is the end where no other column is."""
PAID = regex(
    r"factur|fattur|fatura|rechnung|invoice|montant|importo|importe|\bbedrag|betrag|\bamount|\bvalor\b|violation|infraction"
)
"""What a list of payments has."""
NOTICED = regex(r"\b(?:kündigungsdatum|gekündigt am)\Z")
"""The day of notice or that of the end, which only stands for the end where no other column does."""
TERMINATED = regex(
    rf"\A(?:{_OF_A_CONTRACT} |date )?(?:terminated|discontinued|deactivated|decommissioned|retired|off ?boarded|exited|ceased|removed|churned)(?: on| at| date)?\Z"
    rf"|\A(?:{_OF_A_CONTRACT} )?(?:termination|cancell?ation|offboarding|deactivation|decommission(?:ing)?|exit|churn) date\Z|\A(?:date|day) of (?:removal|termination|cancell?ation)\Z"
    r"|\b(?:(?:gekündigt|kündigung) zum|beende(?:t|igt) (?:am|zum))\Z|\b(?:date de résiliation|résilié le|fecha de (?:rescisión|baja)|beëindigd op)\Z"
)
"""When a relationship was brought to its end, whatever was agreed."""
CANCELLABLE = regex(
    r"kündig|kündbar|\bnotice\b|\bcancel(?:l?able)?\b|résilia(?:ble|tion possible)|préavis|prea?vv?iso|opzeg"
)
"""Words about when notice can be given."""
FIRST_MEANT = frozenset(
    """
    original originally initial initially first planned expected estimated anticipated projected scheduled
    target forecast proposed intended tentative earliest maximum optional extension extensions including
    ursprünglich ursprüngliches ursprünglicher geplant geplantes geplanter voraussichtlich voraussichtliches voraussichtlicher vereinbartes vereinbarter
    initiale initialement prévue prévu prévisionnelle prévisionnel estimée estimé inicial prevista previsto estimada estimado planificada iniziale pianificata
    stimata verwachte geplande oorspronkelijke
    """.split()
)
"""Words of an end that was agreed or expected at first, which another one may have taken the place of."""
REVISED = frozenset(
    "revised amended updated extended current new verlängertes neues aktuelles aktuell révisée revisada aggiornata herziene".split()
)
"""Words of an end that took the place of another; without one the first holds, while an end that is not there yet is none."""
OF_THE_TERM = FIRST_MEANT | frozenset(
    """
    contract contracts contracted contractual agreement agreements arrangement master framework msa subscription term terms service services engagement engaged
    relationship relation partner partnership cooperation collaboration business outsourcing processing use used usage list date dates day time period duration
    valid validity effective effect active live force place production inclusive excluding blank fixed firm natural year month dd mm yyyy dt
    renewal renews managed ict it subscribed committed ongoing timestamp utc current currently actual final latest revised amended updated extended
    agreed runs running of the on at by in to from for as is and or if any known applicable with our us
    vertrag vertrags vertrages verträge vertragliches vertraglich vertragslaufzeit vertragsdauer vertragszeitraum laufzeit dauer zeitraum leistungszeitraum rahmenvertrag
    liefervertrag servicevertrag dienstleistungsvertrag vertragsverhältnis beziehung geschäftsbeziehung lieferbeziehung zusammenarbeit kooperation auftrag auftrags
    auftragsverarbeitung beauftragung beauftragt auslagerung leistung leistungen leistungserbringung dienst dienste dienstleistung einsatz eingesetzt betrieb nutzung genutzt
    verarbeitung läuft befristet befristung datum tag gültig gültigkeit aktiv aktuell aktuelles tatsächliches tatsächlich verlängertes neues tätig bestand
    erstlaufzeit feste fester abo abonnement der die das des dem den am im zum zur von vom ab mit und
    contrat contrats accord convention commerciale prestation prestations partenariat période durée mission marché traitement valable valide validité
    vigueur actif utilisé réelle réel révisée sous traitance ferme si connue connu de du d la le les l au à en et
    contrato contratos contratado acuerdo convenio relación colaboración comercial prestación servicio servicios período periodo duración fecha vigente vigencia válido válida
    validez activo real efectiva suscripción del el los al y
    contratto contratti accordo rapporto collaborazione incarico fornitura servizio servizi durata data valido valida validità attivo effettiva abbonamento uso di della dell il e
    acordo relação serviço serviços duração vigência validade ativo assinatura do da dos no
    contracten contractuele overeenkomst relatie samenwerking dienstverlening looptijd loopt duur periode geldig geldigheid actief gebruik werkelijke verlengd van het een op met
    avtal kontrakt aftale umowa umowy
    """.split()
)
"""Words that say nothing else of a begin or an end than that it is that of the relationship."""
OF_A_CONTRACT = regex(
    r"contra[ct]|agreement|arrangement|vertrag|vereinbarung|\baccord|acuerdo|acordo|overeenkomst|\bavtal|kontrakt|aftale|umow"
)
"""Words of a contract, in a name that says more of it ("IT contract", "Liefervertrag")."""
OF_ANOTHER = regex(
    r"confiden|disclos|vertraulich|geheimh|certif|zertif|attest|testat|nachweis|\b(?:iso|soc|nda|dpa|avv?|sla|sow|po|baa|pci|aoc|c5|ssl|tls|dpia|tia|poc|kbis|tisax|cyber)\b|insur|versicher|assur|segur|póliza|polizza|verzeker|verklaring"
    r"|licen[cs]|lizenz|licenc|permit|genehmig|zulassung|erlaubnis|akkredit|accredit|homolog|vergunning|autoris|authori[sz]|clearance|\bvisa\b|patent|trademark"
    r"|warrant|garan[tz]|gewähr|bürgschaft|\bbond\b|passw|kennwort|token|credential|\bkeys?\b|domain|access|zugang|zugriff|accès|\bacces+o|toegang|hosted|hosting"
    r"|audit|review|prüf|\btest|\bpen ?test|assess|bewertung|évaluation|evalua|questionn|fragebog|approv|freigabe|report|bericht|rating|\bscor|\brisk|risiko|exception|training|schulung"
    r"|support|wartung|mainten|mantenim|manuten|onderhoud|probe|probation|trial|pilot|\bbeta\b|budget|preis|pric|angebot|offer|quote|paid|payment|zahlung|paiement|invoice|rechnung|facture|fattura|factura|order"
    r"|retention|aufbewahr|conserv|bewaar|\bkept\b|record|stored|deleted|speicher|backup|export|transfer|assigned|appoint|escalat|project|projekt|proje[ct]t?o|projet|sprint|milestone|lavori|tools?\b"
    r"|\b(?:days?|weeks?|months?|tage?|wochen?|monate?|jours?|mois|d[ií]as|meses|giorni|mesi|dagen|maanden) (?:to|until|till|bis|avant|hasta|fino|tot)\b|\b\d+\b|\bsecond|zweit"
    r"|mindest|minimum|\bto date\b|renewal (?:notice|option|period|term)|prórroga|sperr|\block|freeze|embargo|\bhold\b|\bgrace\b|bindung|agrément|habilitation"
)
"""Of what else than the relationship a begin or an end may be."""
SOLD = regex(
    r"\b(?:invoices?|orders?|amounts?|quantit(?:y|ies)|qty|prices?|sku|subtotal|tax|discount|cookies?|trackers?)\b"
)
"""What a list of sales or of cookies tells, and no list of suppliers."""
STATUS = regex(r"(?:relationship |contract )?(?:status|state)\Z|\b(?:statut|estado)\Z")
ACTION = regex(
    r"(?:actions?|changes?|events?)(?: (?:type|taken))?|(?:type|kind) of (?:action|change|event)|modifications?|änderung(?:en)?|änderungsart|aktion|vorgang|changements?"
    r"|type de (?:changement|modification)|acción|cambios?|tipo de cambio|azione|modifica|modifiche|actie|wijziging(?:en)?"
)
"""What was done to the list that a row of a log tells."""
CHANGED = regex(
    r"(?:(?:change|action|event|effective|log) )?date(?: of (?:the )?(?:change|action|event))?|date effective|effective(?: date)?(?: from| as of| on)?|takes effect|date of effect|implementation date|changed(?: on| at)|datum|änderungsdatum"
    r"|date d(?:u changement|e modification|['’]effet)|fecha(?: (?:del cambio|efectiva))?|data (?:della )?modifica|wijzigingsdatum"
)
"""When that was."""
OBSERVED = regex(
    r"\A(?:(?:date|day|last|first|when|list|page) )?(?:scraped|retrieved|accessed|crawled|captured|observed|collected|fetched)(?: (?:on|at|date))?\Z|snapshot(?: date)?\Z"
    r"|(?<!effective )(?:list )?as of(?: date)?\Z|(?:scrape|retrieval|access|crawl|capture|collection|observation) (?:date|day|time)\Z"
)
"""When the list was copied, not when its rows hold."""
