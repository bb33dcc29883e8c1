"""What machines write in subjects and first lines: nb, nn, en, sv, da, and their neighbours'."""

from __future__ import annotations

import re
from typing import Final

REPLY: Final = re.compile(
    r"\s*(?:sv|vs|re|aw|va|antw|fw|fwd|vb|wg|ad|vedr)\s*(?:\[\d+\])?:", re.IGNORECASE
)
AUTO_SUBJECT: Final = re.compile(
    r"\W{0,3}(?:automatisk (?:svar|e-?post|kvittering)|automatiskt svar|autosvar"
    r"|auto[- ]?(?:reply|respon(?:se|der)|matic reply)|automatic (?:reply|response)|auto|ooo"
    r"|automated (?:reply|response)|out[- ]of[- ](?:the[- ])?office(?: (?:auto)?reply)?"
    r"|ute av kontoret|borte (?:fra|frå) kontoret|bortreist(?=:)|ikke på jobb|ikkje på jobb"
    r"|fraværende|fråverande|fravære?(?:smelding|sassistent|sbesked)|fråværsmelding"
    r"|fravær (?:fra|frå) kontoret|ikke til ?stede|ikkje til stades|ferie(?:svar|melding|avvikling)"
    r"|frånvaro(?:meddelande)?|frånvarande|inte på kontoret|ej på kontoret"
    r"|ikke på kontoret|ikkje på kontoret|jeg er (?:ikke på kontoret|på ferie|bortreist)"
    r"|eg er (?:ikkje på kontoret|på ferie|bortreist)|on (?:vacation|leave|holiday)"
    r"|vacation (?:reply|message|notice)|away from (?:the office|my (?:mail|desk|e-?mail))"
    r"|automatische (?:antwort|rückantwort)|abwesen(?:heitsnotiz|heit|d)|abwesenheitsassistent"
    r"|réponse automatique|absence(?: du bureau)?|message d.absence|respuesta autom[áa]tica"
    r"|fuera de (?:la )?oficina|risposta automatica|fuori sede|automatisch antwoord|afwezig\w*"
    r"|automaattinen vastaus|poissaoloviesti|poissa|resposta autom[áa]tica|sjálfvirkt svar"
    r"|odpowiedź automatyczna|автоматический ответ|автоответ|自動応答|自動返信|自动回复|自动答复)"
    r"(?!\w).{0,3}(?::|\s[-–]|$|!)"
    r"|\W{0,3}auto[- ]?(?:generated|genererat|generert)\]?(?!\w)"
    r"|\W{0,3}auto(?:svar|-?reply) (?:fra|frå|from|to|på) .{1,80}$"
    r"|.*\((?:ikke på kontoret|ikkje på kontoret|out of (?:the )?office|auto-?(?:reply|svar))\)"
    r"|.{0,80}\b(?:is (?:currently )?out of (?:the )?office|er ikke til ?stede|er på ferie"
    r"|er ikkje til stades|er (?:for tiden )?ute av kontoret|er ik(?:ke|kje) på kontoret"
    r"|is (?:away|on vacation|on leave|out of town))(?!\w)(?:.{0,3}$|.{0,10}\()",
    re.IGNORECASE,
)
AUTO_TEXT: Final = re.compile(
    r"\W{0,4}(?:merk[:!]? |obs[:!]? |nb[:!]? |note: |please note:? )?"
    r"(?:(?:dette|det her) er (?:et|eit|en|ei)n? (?:auto|maskin)\w*[- ]?"
    r"(?:generert |sendt |skapt )?(?:autosvar|svar|e-?post|melding|mail|kvittering|beskjed"
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
    r"|levering\w* .{0,30}(?:mislyk|feil|forsink|forseink|utsatt|svikt)|leverings(?:feil|rapport)"
    r"|feil ved levering|(?:ikke|ikkje) (?:bli |blitt |vorte )?lever|uleverlig|postlevering"
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
    r"(?:kunne|kan|kunna) (?:ikke|ikkje|inte) (?:bli |verte |vert )?(?:lever|send(?:es|ast))"
    r"|(?:ikke|ikkje|inte) (?:bli |blitt |vorte |ble )?lever(?:t|es|ast|at)"
    r"|levering\w* .{0,60}(?:mislyk|feil|svikt|utsatt|forsink|forseink)|leveringsfeil"
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
RECEIPT_SUBJECT: Final = re.compile(
    r"\s*(?:(?:lest|lese|lesen|ikke lest|ikkje lese|ikkje lesen|read|not read|läst|oläst|ej läst"
    r"|læst|ikke læst|ulest slettet|gelesen|lu|vist|slettet|sletta|displayed|deleted)\s*:"
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
RECALL_TEXT: Final = re.compile(r"tilbakekal|kalle tilbake|recall|återkalla", re.IGNORECASE)
REACTION: Final = re.compile(
    r"\W{0,10}(?:\S+ ){1,6}(?:reagerte på (?:meldingen|meldinga)|reagerte via gmail"
    r"|reacted (?:to (?:your|the) message|via gmail)|reagerte med|liker meldingen|likar meldinga"
    r"|reagerade (?:på|via)|reagerede (?:på|via)|liked (?:your|the) message)",
    re.IGNORECASE,
)
SERVER: Final = re.compile(
    r"mail[- ]?(?:er)?[- ]?daemon|postmaster|mdaemon|mail delivery|system ?administrator"
    r"|mail ?administrator|e-?postsystem|mail (?:system|server|service)|mail_service"
    r"|postleveringssystem|bounce",
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
