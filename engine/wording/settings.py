"""What is wrong with a setting, and of which kinds settings are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.model import Language

SETTING_KINDS: Final[Mapping[str, Mapping[Language, str]]] = {
    "list": {"nb": "en liste av tekster", "nn": "ei liste av tekstar", "en": "a list of texts"},
    "str": {"nb": "en tekst", "nn": "ein tekst", "en": "a text"},
    "int": {"nb": "et helt tall", "nn": "eit heilt tal", "en": "a whole number"},
    "bool": {"nb": "true eller false", "nn": "true eller false", "en": "true or false"},
}
"""By the name of the kind in Python."""

SETTING_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "setting_kind": (
        "Innstillingen {key} må være {kind}, ikke «{text}».",
        "Innstillinga {key} må vere {kind}, ikkje «{text}».",
        "The setting {key} must be {kind}, not “{text}”.",
    ),
    "setting_choice": (
        "Innstillingen {key} må være en av {known}, ikke «{text}».",
        "Innstillinga {key} må vere ei av {known}, ikkje «{text}».",
        "The setting {key} must be one of {known}, not “{text}”.",
    ),
    "setting_range": (
        "Innstillingen {key} må være fra {low} til {high}, ikke «{text}».",
        "Innstillinga {key} må vere frå {low} til {high}, ikkje «{text}».",
        "The setting {key} must be from {low} to {high}, not “{text}”.",
    ),
    "setting_unknown": (
        "Det finnes ingen innstilling {key}.[ Mente du {nearest}?]",
        "Det finst inga innstilling {key}.[ Meinte du {nearest}?]",
        "There is no setting {key}.[ Did you mean {nearest}?]",
    ),
    "settings_missing": (
        "Her er det ikke noe område: «kursdeling init» lager et.",
        "Her er det ikkje noko område: «kursdeling init» lagar eit.",
        "There is no site here: `kursdeling init` makes one.",
    ),
    "settings_unreadable": (
        "Filen kan ikke leses: {why}.",
        "Fila kan ikkje lesast: {why}.",
        "The file cannot be read: {why}.",
    ),
    "site_exists": (
        "{text} finnes alt: denne mappen er et område.",
        "{text} finst alt: denne mappa er eit område.",
        "{text} exists already: this folder is a site.",
    ),
    "site_not_made": (
        "Her kan det ikke lages noe område: {why}.",
        "Her kan det ikkje lagast noko område: {why}.",
        "A site cannot be made here: {why}.",
    ),
    "setting_empty": (
        "Innstillingen {key} kan ikke være tom.",
        "Innstillinga {key} kan ikkje vere tom.",
        "The setting {key} must not be empty.",
    ),
    "setting_database": (
        "Innstillingen database må være en fil eller postgresql://…, ikke «{text}».",
        "Innstillinga database må vere ei fil eller postgresql://…, ikkje «{text}».",
        "The setting database must be a file or postgresql://…, not “{text}”.",
    ),
    "setting_address": (
        "Innstillingen {key} må være bare adresser, ikke «{text}».",
        "Innstillinga {key} må vere berre adresser, ikkje «{text}».",
        "The setting {key} must be bare addresses, not “{text}”.",
    ),
    "setting_host": (
        "Innstillingen {key} må være bare navn, som mx.example.org, ikke «{text}».",
        "Innstillinga {key} må vere berre namn, som mx.example.org, ikkje «{text}».",
        "The setting {key} must be bare names, as mx.example.org, not “{text}”.",
    ),
    "setting_lmtp": (
        "Innstillingen mail.lmtp må være 127.0.0.1:PORT eller hele stien til en socket, "
        "ikke «{text}».",
        "Innstillinga mail.lmtp må vere 127.0.0.1:PORT eller heile stien til ein socket, "
        "ikkje «{text}».",
        "The setting mail.lmtp must be 127.0.0.1:PORT or the whole path of a socket, not “{text}”.",
    ),
    "setting_file": (
        "Innstillingen {key} peker på en fil som ikke finnes: {text}.",
        "Innstillinga {key} peiker på ei fil som ikkje finst: {text}.",
        "The setting {key} names no file: {text}.",
    ),
    "setting_secure": (
        "Innstillingen {key} må være starttls eller tls, for {text} er en annen maskin.",
        "Innstillinga {key} må vere starttls eller tls, for {text} er ei anna maskin.",
        "The setting {key} must be starttls or tls, for {text} is another machine.",
    ),
    "setting_secret": (
        "Innstillingen {key} trenger en hemmelighet i {variable} eller i filen {text}.",
        "Innstillinga {key} treng ein løyndom i {variable} eller i fila {text}.",
        "The setting {key} needs a secret in {variable} or in the file {text}.",
    ),
    "setting_mode_name": (
        "Innstillingen {key}: «{text}» er ikke navnet på en rutine eller en part.",
        "Innstillinga {key}: «{text}» er ikkje namnet på ein rutine eller ein part.",
        "The setting {key}: “{text}” is no name of a routine or a party.",
    ),
}
"""Code → the sentence in nb, nn and en."""
