"""Words that may stand beside a phrase in people's own words without changing what it says."""

from __future__ import annotations

from typing import Final

BESIDE: Final = frozenset(
    """vi jeg eg me oss meg vår vårt våre deres din ditt dine dykkar dykk dere deg de dei her der
    herfra herifrå kommunene kommunane kommuner kommunar avslutningen avslutninga sluttdatoen
    datoen kurset kurs dette det den denne disse desse alt alle saken saka sak skjemaet skjema
    e-posten eposten e-post epost mailen mail brevet meldingen meldinga søknaden søknad
    bestillingen bestilling tingingen tinginga tinging forespørselen førespurnaden henvendelsen
    kursinformasjonen kursinformasjon opplysningene opplysningane informasjonen oversendelsen
    oversendinga materialet innholdet innhaldet innhold innhald punktene punkta linjene feilene
    feilen feila manglene manglane endringene endringane rettelsene rettingane deling delingen
    delinga deles delast delt dele merket merking merkingen merkinga label labelen merkelapp
    merkelappen merke er har ble vart blei var blitt vorte at som og også òg samt for i på til
    fra frå med om å en ein et eit ei av seg hos ved inn ut opp over gjennom igjennom etter nå
    no nu hermed herved dermed derfor difor altså da då allerede allereie nettopp akkurat
    endelig endeleg først formelt offisielt skriftlig skriftleg nylig nyleg tidsnok ja jepp ok
    okei okey takk tusen hei greit greitt fint flott bra supert topp kjempebra veldig svært
    heilt helt fullt gjerne gledelig gledeleg glede selvfølgelig sjølvsagt selvsagt klart klar
    klare sant strålende nydelig knallbra perfekt utmerket utmerkt imponerende bekrefter
    stadfester stadfestar bekreftes bekrefte stadfeste kan vil melder melde opplyser opplyse
    konkluderer konklusjon konklusjonen konkludert status svar svaret uttalelse fråsegn mener
    meiner synes syns synest tykkjer finner finn funnet funne vurderer sett lest lese lese
    gjennomgått gjennomgang gjennomlesing vurdering avtale gått fått fekk fikk ferdig gjort
    gjord utført vurdert sjekket sjekka kontrollert lagt legge legges leggast satt publiseres
    publiserast publisering publisert bruk brukes brukast plattformen portalen læringsportalen
    læringsplattformen side sida vegne mot sitt sin si avsluttes avslutta slik sånn dag morges
    formiddag ettermiddag kveld system systemet registeret fin fine flotte god gode godt grundig
    nyttig nyttige relevant viktig ønsket ønskt ønskja avtalt bedt bad ba både faglig fagleg we
    i have has it is the this course are was received here by us our from your mail form that
    and now hereby thanks thank you all with pleasure please to be of on at in platform request
    fine sharing share shared good as agreed been everything great very
    """.split()
)
"""Whoever writes, what is written about, and how surely; in all three languages."""

ASKING_VERBS: Final = frozenset("er har kan ble blei var vart is are has have was".split())
"""Verbs that ask when they begin a sentence and a subject follows."""

SUBJECTS: Final = frozenset(
    """vi jeg eg me kurset kurs det dette den denne alt alle saken saka skjemaet søknaden
    delingen delinga merket merkelappen we i you it this that the course everything""".split()
)
"""Who or what does something in such words; after a verb of those above, in a question."""

WRITTEN_TO: Final = frozenset("dere dykk deg de dei you".split())
"""Those who are written to: what they have done is no act of the writer's."""
