"""What is wrong with what somebody typed, or with a file that they named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

USAGE_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "time_wanted": (
        "«{text}» er ikke noe tidspunkt. Skriv 2026-03-05 eller 2026-03-05T10:15+01:00.",
        "«{text}» er ikkje noko tidspunkt. Skriv 2026-03-05 eller 2026-03-05T10:15+01:00.",
        "“{text}” is no time. Write 2026-03-05 or 2026-03-05T10:15+01:00.",
    ),
    "day_wanted": (
        "«{text}» er ingen dag. Skriv den slik: 2026-03-05.",
        "«{text}» er ingen dag. Skriv han slik: 2026-03-05.",
        "“{text}” is no day. Write it as 2026-03-05.",
    ),
    "day_far": (
        "{text} er utenfor årene {low} til {high}.",
        "{text} er utanfor åra {low} til {high}.",
        "{text} is outside of the years {low} to {high}.",
    ),
    "number_wanted": (
        "«{text}» er ikke noe tall fra {low} til {high}.",
        "«{text}» er ikkje noko tal frå {low} til {high}.",
        "“{text}” is no number from {low} to {high}.",
    ),
    "word_near": (
        "«{text}» finnes ikke her. Mente du {nearest}?",
        "«{text}» finst ikkje her. Meinte du {nearest}?",
        "There is no “{text}” here. Did you mean {nearest}?",
    ),
    "word_unknown": (
        "«{text}» finnes ikke her. Det som finnes, er {known}.",
        "«{text}» finst ikkje her. Det som finst, er {known}.",
        "There is no “{text}” here. There are {known}.",
    ),
    "agreement_end_wanted": (
        "Si når avtalen slutter, med enten --through (den siste dagen den gjelder) eller --to.",
        "Sei når avtalen sluttar, med anten --through (den siste dagen han gjeld) eller --to.",
        "Say when the agreement ends, by either --through (the last day that it covers) or --to.",
    ),
    "pair_wanted": (
        "--set vil ha KEY=VALUE, ikke «{text}».",
        "--set vil ha KEY=VALUE, ikkje «{text}».",
        "--set wants KEY=VALUE, not “{text}”.",
    ),
    "file_unreadable": (
        "{place}: {why}.",
        "{place}: {why}.",
        "{place}: {why}.",
    ),
    "file_too_large": (
        "{place}: her er det mer enn {most} MB å lese, og det kan ikke være rett fil.",
        "{place}: her er det meir enn {most} MB å lese, og det kan ikkje vere rett fil.",
        "{place}: there is more than {most} MB to read, so it cannot be the right file.",
    ),
    "file_no_text": (
        "{place}: dette er ikke tekst som kan leses. Lagre filen som UTF-8 («CSV UTF-8» i Excel).",
        "{place}: dette er ikkje tekst som kan lesast. Lagre fila som UTF-8 («CSV UTF-8» i Excel).",
        "{place}: this is no text that can be read. Save the file as UTF-8 (“CSV UTF-8” in Excel).",
    ),
    "csv_broken": (
        "Filen er ikke til å lese som csv. Et felt er for langt, eller et anførselstegn "
        "er ikke lukket.",
        "Fila er ikkje til å lese som csv. Eit felt er for langt, eller eit hermeteikn "
        "er ikkje lukka.",
        "The file cannot be read as csv. A field is too long, or a quotation mark is not closed.",
    ),
    "csv_columns": (
        "Kolonnene skal være {columns}.[ Det mangler {missing}.][ Vi kjenner ikke {unknown}.]",
        "Kolonnane skal vere {columns}.[ Det manglar {missing}.][ Vi kjenner ikkje {unknown}.]",
        "The columns must be {columns}.[ There is no {missing}.][ We do not know {unknown}.]",
    ),
    "csv_too_many": (
        "Det er flere verdier enn kolonner.",
        "Det er fleire verdiar enn kolonnar.",
        "There are more values than columns.",
    ),
    "csv_empty": (
        "Under {columns} må det stå noe.",
        "Under {columns} må det stå noko.",
        "Something must stand under {columns}.",
    ),
    "csv_value": (
        "«{text}» kan ikke stå under {column}. Der skal det stå {rule}.",
        "«{text}» kan ikkje stå under {column}. Der skal det stå {rule}.",
        "“{text}” cannot stand under {column}. There should be {rule}.",
    ),
    "csv_twice": (
        "Lenger oppe står det alt en part {text}.",
        "Lenger oppe står det alt ein part {text}.",
        "A party {text} stands further up already.",
    ),
    "release_wants": (
        "letter release vil ha enten numre eller --all.",
        "letter release vil ha anten nummer eller --all.",
        "letter release wants either ids or --all.",
    ),
    "contact_add_wants": (
        "contact add vil ha PARTY DUTY EMAIL, eller --from-mail ID alene.",
        "contact add vil ha PARTY DUTY EMAIL, eller --from-mail ID åleine.",
        "contact add wants PARTY DUTY EMAIL, or --from-mail ID alone.",
    ),
    "away_cancel_alone": (
        "contact away --cancel tar verken dager eller vikar.",
        "contact away --cancel tek verken dagar eller vikar.",
        "contact away --cancel takes no days and no substitute.",
    ),
    "away_wants": (
        "contact away vil ha --from og --until, eller --cancel.",
        "contact away vil ha --from og --until, eller --cancel.",
        "contact away wants --from and --until, or --cancel.",
    ),
    "contents_wanted": (
        "Si hva som står i det: --file eller --no-activity.",
        "Sei kva som står i det: --file eller --no-activity.",
        "Say what stands in it: --file or --no-activity.",
    ),
    "word_file_for_screen": (
        "En Word-fil er ikke til å vise på skjermen: --out FILE.",
        "Ei Word-fil er ikkje til å vise på skjermen: --out FILE.",
        "A Word file is not for the screen: --out FILE.",
    ),
    "until_over": (
        "--until {text} er over når simuleringen begynner.",
        "--until {text} er over når simuleringa byrjar.",
        "--until {text} is over when the simulation begins.",
    ),
    "script_shape": (
        "Skriv den slik: {example}.",
        "Skriv henne slik: {example}.",
        "Write it as: {example}.",
    ),
    "script_outside": (
        "{text} er utenfor det som simuleres.",
        "{text} er utanfor det som blir simulert.",
        "{text} is outside of what is simulated.",
    ),
    "letters_paused": (
        "Brev er stanset[ ({why})]. «letter resume» slipper dem.",
        "Brev er stansa[ ({why})]. «letter resume» slepper dei.",
        "Letters are paused[ ({why})]. `letter resume` lets them go.",
    ),
    "everything_goes_to": (
        "letters.everything_to: alle brev går til {address}.",
        "letters.everything_to: alle brev går til {address}.",
        "letters.everything_to: every letter goes to {address}.",
    ),
    "row_unreadable": (
        "{row} kan ikke vises: {why}.",
        "{row} kan ikkje visast: {why}.",
        "{row} cannot be shown: {why}.",
    ),
}
