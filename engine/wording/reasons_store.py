"""What is wrong with the site's own files and its database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STORE_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "db_full": (
        "Disken er full, så ingenting mer kan lagres. Gjør plass.",
        "Disken er full, så ingenting meir kan lagrast. Gjer plass.",
        "The disk is full, so nothing more can be stored. Make room.",
    ),
    "db_locked": (
        "En annen holder databasen opptatt. Prøv igjen om litt.",
        "Ein annan held databasen oppteken. Prøv igjen om litt.",
        "Somebody else keeps the database busy. Try again in a while.",
    ),
    "db_read_only": (
        "Databasen kan bare leses. Se hvem som eier filen og mappen.",
        "Databasen kan berre lesast. Sjå kven som eig fila og mappa.",
        "The database is read-only. See who owns the file and its folder.",
    ),
    "db_unopened": (
        "Databasen kan ikke åpnes. Se om stien stemmer, og om filen er deres å lese.",
        "Databasen kan ikkje opnast. Sjå om stien stemmer, og om fila er dykkar å lese.",
        "The database cannot be opened. See whether the path is right and the file yours to read.",
    ),
    "db_damaged": (
        "Dette er ingen hel database. Legg tilbake en sikkerhetskopi.",
        "Dette er ingen heil database. Legg tilbake ein tryggingskopi.",
        "This is no whole database. Put a backup back.",
    ),
    "db_disk": (
        "Disken svikter. Databasen sier: {text}.",
        "Disken sviktar. Databasen seier: {text}.",
        "The disk fails. The database says: {text}.",
    ),
    "db_unreached": (
        "Databasen svarer ikke: {text}.",
        "Databasen svarar ikkje: {text}.",
        "The database does not answer: {text}.",
    ),
    "db_said": (
        "Databasen sier: {text}.",
        "Databasen seier: {text}.",
        "The database says: {text}.",
    ),
    "db_gone": (
        "Databasen er borte. Legg den eller en sikkerhetskopi tilbake. `kursdeling db upgrade` "
        "lager en tom.",
        "Databasen er borte. Legg han eller ein tryggingskopi tilbake. `kursdeling db upgrade` "
        "lagar ein tom.",
        "The database is gone. Put it or a backup back. `kursdeling db upgrade` makes an empty "
        "one.",
    ),
    "db_no_tables": (
        "Databasen har ingen tabeller ennå: `kursdeling db upgrade`.",
        "Databasen har ingen tabellar enno: `kursdeling db upgrade`.",
        "The database holds no tables yet: `kursdeling db upgrade`.",
    ),
    "db_older": (
        "Databasen har skjema {found}, og programmet trenger {wanted}: `kursdeling db upgrade`.",
        "Databasen har skjema {found}, og programmet treng {wanted}: `kursdeling db upgrade`.",
        "The database has schema {found}, and the program needs {wanted}: `kursdeling db upgrade`.",
    ),
    "db_newer": (
        "Databasen har skjema {found}, som er nyere enn programmets {wanted}. Installer det nyere "
        "programmet.",
        "Databasen har skjema {found}, som er nyare enn {wanted} i programmet. Installer det nyare "
        "programmet.",
        "The database has schema {found}, newer than the program's {wanted}. Install the newer "
        "program.",
    ),
    "db_not_empty": (
        "Databasen som det skal kopieres til, har alt noe i tabellen {table}.",
        "Databasen som det skal kopierast til, har alt noko i tabellen {table}.",
        "The database to copy to holds something already, in the table {table}.",
    ),
    "db_in_use": (
        "Her arbeider {workers} ennå på databasen. Stopp først, eller si --anyway.",
        "Her arbeider {workers} enno på databasen. Stopp først, eller sei --anyway.",
        "There is work on the database by {workers}. Stop it first, or say --anyway.",
    ),
    "backup_stands": (
        "Filen {place} finnes alt.",
        "Fila {place} finst alt.",
        "The file {place} exists already.",
    ),
    "backup_left": (
        "Filen {place} er igjen etter en database som var der, eller er fortsatt i bruk.",
        "Fila {place} er att etter ein database som var der, eller er framleis i bruk.",
        "The file {place} is left from a database that was there, or is still in use.",
    ),
    "keys_unreadable": (
        "Filen {place} kan ikke leses: {text}.",
        "Fila {place} kan ikkje lesast: {text}.",
        "The file {place} cannot be read: {text}.",
    ),
    "keys_shape": (
        "Filen {place} skal ha nøkler på {count} byte, én på hver linje, som heksadesimale sifre.",
        "Fila {place} skal ha nøklar på {count} byte, éin på kvar linje, som heksadesimale siffer.",
        "The file {place} must hold keys of {count} bytes as hexadecimal digits, one a line.",
    ),
    "key_unknown": (
        "Filen {place} har ingen nøkkel {name}. `key list` viser dem.",
        "Fila {place} har ingen nøkkel {name}. `key list` viser dei.",
        "The file {place} holds no key {name}. `key list` shows them.",
    ),
    "key_signs": (
        "Nøkkelen {name} signerer brevene nå. Lag en ny med `key renew` først.",
        "Nøkkelen {name} signerer breva no. Lag ein ny med `key renew` først.",
        "The key {name} signs the letters of today. Make a new one with `key renew` first.",
    ),
    "keys_unwritable": (
        "Filen {place} kan ikke skrives: {text}.",
        "Fila {place} kan ikkje skrivast: {text}.",
        "The file {place} cannot be written: {text}.",
    ),
    "area_unreadable": (
        "Filen {place} kan ikke leses: {text}.",
        "Fila {place} kan ikkje lesast: {text}.",
        "The file {place} cannot be read: {text}.",
    ),
    "file_missing": (
        "Det finnes ingen fil {place}.",
        "Det finst inga fil {place}.",
        "There is no file {place}.",
    ),
    "try_shape": (
        "Linje {line}: skriv «rolle: TEKST», «wait 5 working days» eller «expect TILSTAND», "
        "ikke «{text}».",
        "Linje {line}: skriv «rolle: TEKST», «wait 5 working days» eller «expect TILSTAND», "
        "ikkje «{text}».",
        "Line {line}: write “role: TEXT”, “wait 5 working days” or “expect STATE”, not “{text}”.",
    ),
    "try_file": (
        "Linje {line}: {place} kan ikke leses.",
        "Linje {line}: {place} kan ikkje lesast.",
        "Line {line}: {place} cannot be read.",
    ),
    "try_unit": (
        "Linje {line}: «{text}» er ingen av {known}.",
        "Linje {line}: «{text}» er ingen av {known}.",
        "Line {line}: “{text}” is none of {known}.",
    ),
    "try_role": (
        "Linje {line}: rutinen har ingen rolle «{text}». Den har {known}.",
        "Linje {line}: rutinen har inga rolle «{text}». Han har {known}.",
        "Line {line}: the routine has no role “{text}”. It has {known}.",
    ),
    "try_nobody": (
        "Linje {line}: ingen er «{text}» ennå.",
        "Linje {line}: ingen er «{text}» enno.",
        "Line {line}: nobody holds “{text}” yet.",
    ),
    "try_by_time": (
        "Linje {line}: tiden åpner denne rutinen, ikke en e-post.",
        "Linje {line}: tida opnar denne rutinen, ikkje ein e-post.",
        "Line {line}: time opens this routine, and no mail.",
    ),
    "try_opener": (
        "Linje {line}: det er «{text}» som åpner denne rutinen.",
        "Linje {line}: det er «{text}» som opnar denne rutinen.",
        "Line {line}: “{text}” opens this routine.",
    ),
    "try_expected": (
        "Linje {line}: saken er i tilstanden {found}, ikke {wanted}.",
        "Linje {line}: saka er i tilstanden {found}, ikkje {wanted}.",
        "Line {line}: the request is {found}, not {wanted}.",
    ),
}
"""Code → the sentence in nb, nn and en."""
