"""Why an act is not allowed, or a mail was not followed: bokmål, nynorsk, English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RULE_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "unknown_event": (
        "«{event}» er ikke noe vi kjenner i denne rutinen.[ Mente du {nearest}?]",
        "«{event}» er ikkje noko vi kjenner i denne rutinen.[ Meinte du {nearest}?]",
        "“{event}” is nothing that we know in this routine.[ Did you mean {nearest}?]",
    ),
    "not_possible_in_state": (
        "{event} er ikke mulig nå. Saken står som «{state}».[ Mulige svar: {possible}.]",
        "{event} er ikkje mogleg no. Saka står som «{state}».[ Moglege svar: {possible}.]",
        "{event} is not possible now. The request stands as “{state}”."
        "[ Possible answers: {possible}.]",
    ),
    "clock_behind": (
        "Tidspunktet {at} ligger før det siste som skjedde i saken, {last}.",
        "Tidspunktet {at} ligg før det siste som hende i saka, {last}.",
        "The time given, {at}, lies before the last thing that happened, {last}.",
    ),
    "clock_leaps": (
        "Tidspunktet {at} ligger mer enn {days} dager etter det siste som er lagret, {last}. Er "
        "klokken riktig, så skriv --leap.",
        "Tidspunktet {at} ligg meir enn {days} dagar etter det siste som er lagra, {last}. Er "
        "klokka rett, så skriv --leap.",
        "The time given, {at}, is more than {days} days after the last thing stored, {last}. If "
        "the clock is right, write --leap.",
    ),
    "document_unwritable": (
        "Dokumentet som skulle følge brevet, kan ikke skrives: {why}. Ingenting er sendt.",
        "Dokumentet som skulle følgje brevet, kan ikkje skrivast: {why}. Ingenting er sendt.",
        "The document that should go with the letter cannot be written: {why}. Nothing was sent.",
    ),
    "not_your_role": (
        "{event}: det er {roles} som kan gjøre dette.",
        "{event}: det er {roles} som kan gjere dette.",
        "{event}: only {roles} can do this.",
    ),
    "proof_too_low": (
        "{event}: her må vi være sikrere på hvem som skriver. Det trengs {needed}.",
        "{event}: her må vi vere sikrare på kven som skriv. Det trengst {needed}.",
        "{event}: here we must be more certain of who writes. It takes {needed}.",
    ),
    "reason_missing": (
        "{word}: skriv grunnen etter ordet, slik: «{word}: …».",
        "{word}: skriv grunnen etter ordet, slik: «{word}: …».",
        "{word}: write the reason after the word: “{word}: …”.",
    ),
    "no_agreement": (
        "Ingen avtale om deling gjelder {day}. Saken kan gå videre når avtalen er fornyet.",
        "Ingen avtale om deling gjeld {day}. Saka kan gå vidare når avtalen er fornya.",
        "No agreement on sharing is in force on {day}. "
        "The request can go on when it has been renewed.",
    ),
    "wrong_owner": (
        "Kurseier: bare et foretak som selv eier kurset, kan dele det.",
        "Kurseigar: berre eit føretak som sjølv eig kurset, kan dele det.",
        "Course owner: only a trust that owns the course itself can share it.",
    ),
    "opinions_missing": (
        "Uttalelse mangler fra {roles}. Vil dere gå videre uten, skriv «Unntak:» og grunnen.",
        "Fråsegn manglar frå {roles}. Vil de gå vidare utan, skriv «Unntak:» og grunnen.",
        "An opinion is missing from {roles}. To go on without, write “Exception:” and the reason.",
    ),
    "opinions_complete": (
        "Uttalelsene er på plass, så det er ingen flere å spørre.",
        "Fråsegnene er på plass, så det er ingen fleire å spørje.",
        "The opinions are in, so there is nobody left to ask.",
    ),
    "information_incomplete": (
        "Kursinformasjonen er ikke klar ennå. Punkter å rette: {count}.",
        "Kursinformasjonen er ikkje klar enno. Punkt å rette: {count}.",
        "The course information is not ready yet. Points to correct: {count}.",
    ),
    "not_who_ended": (
        "Det var dere som avsluttet delingen; det er den andre parten som bekrefter.",
        "Det var de som avslutta delinga; det er den andre parten som stadfestar.",
        "It was you who ended the share; it is for the other party to confirm.",
    ),
    "ended_by_other": (
        "Det var den andre parten som avsluttet delingen, så bare de kan angre.",
        "Det var den andre parten som avslutta delinga, så berre dei kan angre.",
        "It was the other party who ended the share, so only they can undo it.",
    ),
    "end_date_passed": (
        "Delingen tok slutt {day}, så det er for sent å angre.",
        "Delinga tok slutt {day}, så det er for seint å angre.",
        "The share ended on {day}, so it is too late to undo it.",
    ),
    "day_past": (
        "Datoen {day} er passert. Velg dagen i dag eller en senere dag.",
        "Datoen {day} er passert. Vel dagen i dag eller ein seinare dag.",
        "The date {day} has passed. Choose today or a later day.",
    ),
    "day_too_far": (
        "Datoen {day} er for langt fram. Den siste mulige er {latest}.",
        "Datoen {day} er for langt fram. Den siste moglege er {latest}.",
        "The date {day} is too far ahead. The last possible one is {latest}.",
    ),
    "day_unreadable": (
        "«{text}» er ingen dato vi kan lese. Skriv dag, måned og år, som 01.03.2027.",
        "«{text}» er ingen dato vi kan lese. Skriv dag, månad og år, som 01.03.2027.",
        "“{text}” is no date that we can read. Write day, month and year, as in 01.03.2027.",
    ),
    "already_shared": (
        "Kurset er allerede delt[ og ligger på {address}][ (sak {request})]."
        "[ Kortnavnet er {short_name}.]",
        "Kurset er allereie delt[ og ligg på {address}][ (sak {request})]."
        "[ Kortnamnet er {short_name}.]",
        "The course is shared already[, at {address}][ (request {request})]."
        "[ Its short name is {short_name}.]",
    ),
    "unknown_sender": (
        "Adressen det er skrevet fra, er ikke registrert hos oss.",
        "Adressa det er skrive frå, er ikkje registrert hos oss.",
        "The address that this was written from is not registered with us.",
    ),
    "unknown_address": (
        "{address} har ingen oppgave i registeret den dagen.",
        "{address} har inga oppgåve i registeret den dagen.",
        "{address} holds no duty in the register on that day.",
    ),
    "no_routine": (
        "Vi ser ikke sikkert hva saken gjelder. Skriv en linje med «Rutine:» og ett av disse: "
        "Deling til KS Læring, Bestilling av kurs, Deling fra KS Læring.",
        "Vi ser ikkje sikkert kva saka gjeld. Skriv ei linje med «Rutine:» og eitt av desse: "
        "Deling til KS Læring, Bestilling av kurs, Deling frå KS Læring.",
        "We cannot tell for certain what this is about. Write a line with “Rutine:” and one of "
        "these: Share to KS Læring, Order of a course, Share from KS Læring.",
    ),
    "unknown_party": (
        "[{field}: ]«{text}» finner vi ikke i registeret.[ Mente du {nearest}?]",
        "[{field}: ]«{text}» finn vi ikkje i registeret.[ Meinte du {nearest}?]",
        "[{field}: ]“{text}” is not in the register.[ Did you mean {nearest}?]",
    ),
    "unconfirmed": (
        "Vi må vite at det er du som har skrevet. Svar på brevet vi har sendt til den "
        "registrerte adressen, så åpner vi saken.",
        "Vi må vite at det er du som har skrive. Svar på brevet vi har sendt til den "
        "registrerte adressa, så opnar vi saka.",
        "We must know that it is you who wrote. Answer the letter that we have sent to the "
        "registered address, and we open the request.",
    ),
    "unproved": (
        "Vi kan ikke være sikre på hvem som har skrevet, så ingenting er endret.",
        "Vi kan ikkje vere sikre på kven som har skrive, så ingenting er endra.",
        "We cannot be certain who wrote this, so nothing has been changed.",
    ),
    "unclear_sender": (
        "Meldingen sier ikke entydig hvem som har skrevet den.",
        "Meldinga seier ikkje eintydig kven som har skrive henne.",
        "The message does not say clearly who wrote it.",
    ),
    "repeated": (
        "Den samme meldingen har kommet før.",
        "Den same meldinga har kome før.",
        "The same message has come before.",
    ),
    "same_id_other_content": (
        "En annen melding har kommet før med den samme meldings-ID-en.",
        "Ei anna melding har kome før med den same meldings-ID-en.",
        "Another message has come before with the same Message-ID.",
    ),
    "not_submitted": (
        "Saken er ikke sendt videre ennå.",
        "Saka er ikkje send vidare enno.",
        "The request has not been submitted yet.",
    ),
    "already_done": (
        "{event} er alt gjort. Saken står som «{state}».",
        "{event} er alt gjort. Saka står som «{state}».",
        "{event} has been done already. The request stands as “{state}”.",
    ),
    "no_contact": (
        "Ingen er registrert som {duty} hos {party}.",
        "Ingen er registrert som {duty} hos {party}.",
        "Nobody is registered as {duty} at {party}.",
    ),
    "link_not_https": (
        "[{field}: ]«{link}» er ikke en lenke vi kan bruke. Den må begynne med https://.",
        "[{field}: ]«{link}» er ikkje ei lenkje vi kan bruke. Ho må byrje med https://.",
        "[{field}: ]“{link}” is not a link that we can use. It must begin with https://.",
    ),
    "nothing_to_fill_in": (
        "Vi fant ingen felt å rette i meldingen. Skriv linjer på formen «Felt: verdi».",
        "Vi fann ingen felt å rette i meldinga. Skriv linjer på forma «Felt: verdi».",
        "We found no fields to correct in the message. Write lines of the form “Field: value”.",
    ),
    "key_reused": (
        "Nøkkelen er alt brukt til noe annet. Bruk en ny.",
        "Nøkkelen er alt brukt til noko anna. Bruk ein ny.",
        "The key has been used for something else already. Use a new one.",
    ),
    "mail_is_about": (
        "E-post {mail} har alt ført til noe i saken {number}.",
        "E-post {mail} har alt ført til noko i saka {number}.",
        "Mail {mail} has already brought something about in request {number}.",
    ),
    "discard_reason_missing": (
        "Skriv hvorfor meldingen legges bort.",
        "Skriv kvifor meldinga blir lagd bort.",
        "Say why the message is laid aside.",
    ),
    "understood_as": (
        "Vi forstår svaret som {event}, og har bedt om et JA.",
        "Vi forstår svaret som {event}, og har bede om eit JA.",
        "We understand the answer as {event}, and have asked for a YES.",
    ),
    "resale_no_licence": (
        "Videresalg er ikke tillatt: kurset er ikke merket med noen lisens.",
        "Vidaresal er ikkje tillate: kurset er ikkje merkt med nokon lisens.",
        "Resale is not allowed: the course bears no licence.",
    ),
    "resale_other_licence": (
        "Videresalg er ikke tillatt: avtalen gjør unntak bare for CC BY-SA, ikke for {licence}.",
        "Vidaresal er ikkje tillate: avtalen gjer unntak berre for CC BY-SA, ikkje for {licence}.",
        "Resale is not allowed: the agreement excepts CC BY-SA alone, not {licence}.",
    ),
    "resale_trust_course": (
        "Videresalg er ikke tillatt: kurs som helseforetakene eier, kan ikke selges videre.",
        "Vidaresal er ikkje tillate: kurs som helseføretaka eig, kan ikkje seljast vidare.",
        "Resale is not allowed: courses that the hospital trusts own may not be sold on.",
    ),
}
