"""What machines write in subjects and first lines: nb, nn, en, sv, da, and their neighbours'."""

from __future__ import annotations

import re
from typing import Final

REPLY: Final = re.compile(
    r"\s*(?:sv|vs|re|aw|va|antw|fw|fwd|vb|wg|ad|vedr)\s*(?:\[\d+\])?:", re.IGNORECASE
)
AUTO_SUBJECT: Final = re.compile(
    r"\W{0,3}(?:automatisk (?:svar|e-?post|kvittering|bekreftelse)|automatiskt svar|auto[- ]?svar"
    r"|auto[- ]?(?:reply|respon(?:se|der)|matic reply|matisches? antwort)|auto"
    r"|automat(?:ic|ed) (?:reply|response)|auto[- ]?(?:generated|genererat|generert) (?:reply|svar)"
    r"|out[- ]of[- ](?:the[- ])?office(?: (?:auto[- ]?)?(?:reply|message|notification))?"
    r"|fraværende|fråverande|(?:fravær|fråvær)s?(?:meld|meddel|assist|besk|svar|notis)\w*"
    r"|ikke til ?stede|ikkje til stades|ferie(?:svar|melding)|ikke på kontoret|ikkje på kontoret"
    r"|frånvaro(?:meddelande)?|frånvarande|inte på kontoret|ej på kontoret"
    r"|borte (?:fra|frå) kontoret"
    r"|ute av kontoret|fravær (?:fra|frå) kontoret|vacation (?:reply|message|notice)"
    r"|away from (?:the office|my (?:mail|desk|e-?mail))|automatische (?:antwort|rückantwort)"
    r"|abwesenheitsnotiz|abwesenheitsassistent|réponse automatique|message d.absence"
    r"|absence du bureau|respuesta autom[áa]tica|fuera de (?:la )?oficina|risposta automatica"
    r"|fuori sede|automatisch antwoord|afwezigheids\w*|automaattinen vastaus|poissaoloviesti"
    r"|resposta autom[áa]tica|sjálfvirkt svar|odpowiedź automatyczna|автоматический ответ|автоответ"
    r"|自動応答|自動返信|自动回复|自动答复)(?!\w)"
    r"(?: (?:fra|frå|from|från|von|de) .{1,60}?)?.{0,3}(?::|\s[-–(]|$|!)"
    r"|\W{0,3}(?:ute av kontoret|borte (?:fra|frå) kontoret|ik(?:ke|kje) på kontoret"
    r"|out of (?:the )?office|inte på kontoret)"
    r" (?:(?:fr[ae]m )?til|t\.?o\.?m|fra|frå|until|till|from|i dag|(?:i )?(?:uke|veke)"
    r"|week)\b.{1,60}$"
    r"|\W{0,3}auto[- ]?(?:generated|genererat|generert)\]?(?!\w)"
    r"|.*\((?:ikke på kontoret|ikkje på kontoret|out of (?:the )?office|auto-?(?:reply|svar))\)"
    r"|.{0,80}\b(?:is (?:currently )?out of (?:the )?office|er ikke til ?stede|er ikkje til stades"
    r"|er (?:for tiden )?ute av kontoret|er ik(?:ke|kje) på kontoret)(?!\w)"
    r"(?:.{0,3}$|.{0,10}\()"
    r"|(?:(?:jeg|eg|jag) (?:er|är)|i['’ a]{0,3}m) (?:\w+ ){0,2}?(?:ik(?:ke|kje) (?:på|til)|inte på"
    r"|out of (?:the )?office|på ferie|bortreist|i permisjon|på semester|ute av kontoret"
    r"|on vacation|on (?:annual |parental )?leave|away)(?!\w)",
    re.IGNORECASE,
)
AWAY_SUBJECT: Final = re.compile(
    r"\W{0,3}(?:ooo|on (?:vacation|leave|holiday)|away|ferie|bortreist|borte|permisjon|fravær"
    r"|ikke (?:på jobb|tilgjengelig)|ikkje (?:på jobb|tilgjengeleg)|poissa|afwezig|abwesend|absence"
    r"|absent|semester|tjänstledig|vacation|abwesenheit|fravær\w*|fråvær\w*)(?!\w).{0,3}(?::|\s[-–]|$)",
    re.IGNORECASE,
)
"""Words that people put in subjects too: they need a text that says the same."""
AWAY_TEXT: Final = re.compile(
    r"\b(?:(?:jeg|eg|jag|i|ich|je) (?:\w+ ){0,3}?(?:er|är|am|have|har|holder|held|tek|tar|bin|suis)"
    r"|i['’]m)(?: \w+){0,3}? (?:ik(?:ke|kje) (?:på|til|tilgang)|inte på|out of|away|på ferie|ferie"
    r"|bortreist|borte|permisjon|semester|on (?:\w+ )?leave|on vacation|permittert|sykmeldt"
    r"|sjukmeldt"
    r"|ikke tilgjengelig|ikkje tilgjengeleg|fravær\w*|nicht|absent\w*|ute av kontoret)",
    re.IGNORECASE,
)
BACK_TEXT: Final = re.compile(
    r"\b(?:tilbake|attende|tilbage|tillbaka|åter|back|return|kontakt\w*|contact|leser ikke"
    r"|les ikkje|ikke tilgang|ikkje tilgang|until|til og med|t\.o\.m|haster"
    r"|hastesak\w*|urgent|henvend\w*|vend deg|svarer ikke|svarar ikkje|no access|limited access"
    r"|i mitt (?:fravær|fråvær))\b",
    re.IGNORECASE,
)
"""What goes with an absence that a machine tells of."""
LOUD: Final = re.compile(r"^\W{0,3}[A-ZÆØÅ]{2,}(?: [A-ZÆØÅ]{2,})*(?:[.:!].*)?$", re.MULTILINE)
"""A line such as a person writes to us: a command."""
AWAY_COMMAND: Final = re.compile(
    r"^\W{0,3}(?:fravær|fråvær|away|absen\w+)\b.{0,3}\d", re.IGNORECASE | re.MULTILINE
)
"""A person tells us so in the words that we read (INTERFACE §5)."""
AUTO_TEXT: Final = re.compile(
    r"\W{0,4}(?:merk[:!]? |obs[:!]? |nb[:!]? |note: |please note:? )?"
    r"(?:(?:hei|hi|hello|hej|takk|thank|tack)\b[^.!]{0,60}[.!] )?"
    r"(?:(?:dette|det her) er (?:et|eit|en|ei)n? (?:auto|maskin)\w*[- ]?"
    r"(?:\w{3,12} )?(?:autosvar|svar|e-?post|melding|mail|kvittering|beskjed"
    r"|besked|bekreftelse|stadfesting)|dette er autosvar"
    r"|denne (?:e-?posten|e-?mailen|meldingen|meldinga|kvitteringen) er"
    r" (?:auto|maskin|sendt auto|generert auto)\w*"
    r"|detta är ett auto\w* (?:svar|meddelande|mejl|e-postmeddelande)"
    r"|this is an? (?:auto\w*|computer)[- ]?(?:generated |reply |response |mated )?"
    r"(?:e-?mail|message|reply|response|acknowledge?ment|notification|answer)"
    r"|this (?:e-?mail|message|reply) (?:was|is|has been) (?:sent )?auto\w*"
    r"|(?:automatisk svar|autosvar|automatic reply|auto-?reply)\W{0,3}$)",
    re.IGNORECASE,
)
BOUNCE_SUBJECT: Final = re.compile(
    r"\W{0,3}(?:(?:postmaster|bounce|notice)\W{0,3})?(?:undeliver\w*"
    r"|mail (?:system )?error|returned (?:e-?)?mail"
    r"|(?:e-?)?mail (?:delivery|not delivered|failed|could not be|undeliver|returned|rejected)"
    r"|delivery (?:status|failure|failed|delay|notification|report|problem|error|unsuccess)"
    r"|(?:e-?mail )?delivery (?:has been )?(?:delayed|failed|failure)|failure (?:notice|delivery)"
    r"|(?:failed|permanent|processing|transient|temporary) (?:mail|delivery|error|failure)"
    r"|non[- ]?(?:delivery|remis)|nondeliverable|ndn:|warning: .{0,80}(?:delay|not (?:yet )?been"
    r"|could not|unknown)|message (?:undeliver|delivery|status|could not|delayed|not delivered)"
    r"|(?:your )?(?:e-?mail|message|mail)\b.{0,80}(?:could not be|was not|cannot be|has not)"
    r" (?:yet )?(?:been )?(?:deliver|sent)|(?:automatically )?rejected(?: mail)?"
    r"|there was an error sending|ignored \S{0,60} ?message|warning: delayed"
    r"|kan ?(?:ikke|ikkje) (?:bli )?lever|kunne (?:ikke|ikkje) lever"
    r"|levering\w* .{0,30}(?:mislyk|feil|forsink|forseink|utsatt|svikt)"
    r"|leverings?(?:feil|fejl|rapport)|leveransfel"
    r"|mislyk\w* levering|(?:advarsel|åtvaring|varning)\W{1,3}(?:kunne|kan|det) .{0,60}"
    r"|feil ved levering|(?:leveringsstatus|varsel om levering|varsel om status)"
    r"|(?:ikke|ikkje) (?:bli |blitt |vorte )?lever|uleverlig|postlevering"
    r"|(?:e-?posten|meldingen|meldinga|e-?post) (?:ble|blei|vart|kunne|kan|er)"
    r" (?:ikke|ikkje|avvist|forsinket|forseinka|returnert)|meldingsstatus|ukjent mottak"
    r"|det g[åi]c?[kr] ?(?:inte)? att leverera|olevere\w*|oleverbart|leverans\w* .{0,20}misslyck"
    r"|unzustellbar|zustell\w+|konnte nicht zugestellt|non remis|non distribu|échec|echec"
    r"|no se (?:ha )?(?:puede|pudo|podido)|mancata (?:consegna|recapito)|onbestelbaar"
    r"|не ?достав|недостав|배달|配信|退信|系统退信)"
    r"|.{0,200}\((?:delivery )?(?:failed|failure|delay)\)\s*$"
    r"|.{0,120}\b(?:not listed in|ikke oppført i) .{0,20}(?:directory|katalog)",
    re.IGNORECASE,
)
SURE_BOUNCE: Final = re.compile(
    r"\s*(?:undeliverable:|undelivered mail returned to sender|delivery status notification"
    r"|mail delivery failed|returned mail:|delivery failure:|leveringsfeil: .{0,60}@"
    r"|kan ikke lever(?:es|e):|kunne ikke levere:|uleverlig:|ikkje leverbar:|failure notice\s*$"
    r"|kan ikkje lever(?:ast|e):|kunne ikkje levere:|olevererat:|det går inte att leverera:)",
    re.IGNORECASE,
)
STATES_FAILURE: Final = re.compile(
    r"(?:kunne|kan|kunna|kunde) (?:ikke|ikkje|inte) (?:\w+ ){0,3}?"
    r"(?:(?:af|ut|be)?lever|send(?:es|ast|e ))|kunde inte nås"
    r"|(?:ikke|ikkje|inte) (?:bli |blitt |vorte |ble |blev )?lever(?:t|es|et|ast|at)"
    r"|levering\w{0,20} .{0,60}(?:mislyk|feil|svikt|utsatt|forsink|forseink)|leveringsfeil"
    r"|nådde ikke|kan ikke nås:|(?:e-?posten|meldingen|meldinga) (?:ble|vart|blei) avvist"
    r"|(?:could|can|would|was|were|has|have)(?: ?not|n['’]t) .{0,20}(?:deliver|be (?:sent|reached))"
    r"|unable to deliver|not able to deliver|did not reach|delivery .{0,60}(?:fail|delay|error)"
    r"|has been (?:delayed|postponed|rejected|returned)|undeliver|failed recipient|failed address"
    r"|permanent (?:fatal )?(?:delivery )?error|not delivered|n['’]t delivered|returned to sender"
    r"|user unknown|unknown user|no such user|mailbox (?:is )?(?:full|unavailable)|address rejected"
    r"|recipients? (?:were|was) found|automatically rejected|cannot be delivered"
    r"|g[åi]c?[kr] (?:det )?inte att leverera|misslyckades|zugestellt|unzustellbar|délivré|remis"
    r"|entreg(?:ar|ado)|recapit|consegn|afgeleverd|bezorgd|не доставлен|быть доставлено|无法|退信",
    re.IGNORECASE,
)
COMPLAINT_SUBJECT: Final = re.compile(
    r"\s*(?:complaint about (?:message|e-?mail) from \W?[0-9a-f.:]{3,45}|e-?mail feedback report"
    r"|abuse report\b|spam complaint\b)",
    re.IGNORECASE,
)
SUCCESS_SUBJECT: Final = re.compile(
    r"\s*(?:levert|delivered|relayed|successful|avlevert|leverans lyckades|vidaresend)\b",
    re.IGNORECASE,
)
"""How mail servers say that all is well."""
RECEIPT_SUBJECT: Final = re.compile(
    r"\s*(?:(?:lest|lese|lesen|ulest|ulesen|ikke lest|ikkje lese|ikkje lesen|read|not read"
    r"|läst|oläst|ej läst|læst|ikke læst|ulest slettet|gelesen|lu|vist|slettet"
    r"|sletta|displayed|deleted)\s*:"
    r"|(?:retur|lese|mottaks)(?:kvittering|bekreftelse|stadfesting)\b|(?:return|read) receipt\b"
    r"|disposition notification)",
    re.IGNORECASE,
)
RECEIPT_TEXT: Final = re.compile(
    r"(?:ble|blei|vart|er) (?:lest|lese|lesen|åpnet|opna|vist|slettet|sletta)"
    r"|(?:was|were) (?:read|displayed|deleted)|has been (?:read|displayed)"
    r"|uten å (?:bli|være) lest|utan å (?:bli|vere) lese|lästes|blev læst|without being read"
    r"|returkvittering|lesekvittering|lesebekreftelse|ble mottatt av|return receipt|read receipt",
    re.IGNORECASE,
)
RECALL_SUBJECT: Final = re.compile(
    r"\s*(?:tilbakekall(?:e|ing)?|recall|message recall report|återkalla(?:nde)?|tilbakekald\w*)\b"
    r"[^:]{0,20}:",
    re.IGNORECASE,
)
RECALL_TEXT: Final = re.compile(
    r"(?:tilbakekal\w{0,20}|kalle tilbake|recall\w{0,20}|återkalla\w{0,20})[^.]{0,40}"
    r"(?:melding|message|e-?post|e-?mail|beskjed|meddelande|besked)"
    r"|(?:melding|message|meddelande|besked)[^.]{0,60}"
    r"(?:tilbakekal|kalla tilbake|recalled|återkalla)",
    re.IGNORECASE,
)
REACTION: Final = re.compile(
    r"\W{0,10}(?:\S+ ){1,6}(?:reagerte på (?:meldingen|meldinga)|reagerte via gmail"
    r"|reacted (?:to (?:your|the) message|via gmail)|reagerte med|liker meldingen|likar meldinga"
    r"|reagerade (?:på|via)|reagerede (?:på|via)|liked (?:your|the) message)",
    re.IGNORECASE,
)
SERVER: Final = re.compile(
    r"mail[- ]?(?:er)?[- ]?daemon|postmaster|mdaemon|mail delivery|system ?administrator"
    r"|mail ?administrator|e-?postsystem|mail (?:system|server|service)|mail_service"
    r"|postleveringssystem|bounce|microsoftexchange[0-9a-f]",
    re.IGNORECASE,
)
MACHINE_LOCAL: Final = re.compile(
    r"(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|auto-?(?:reply|svar|responder?))\b",
    re.IGNORECASE,
)
NO_REPLY: Final = re.compile(
    r"(?:no-?_?\.?reply|do-?_?not-?_?reply|ikke-?_?svar|ikkje-?_?svar|svar-?ikke|noresponse)\b",
    re.IGNORECASE,
)
