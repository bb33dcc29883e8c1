"""The words that click itself says, in bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLICK: Final[Mapping[str, tuple[str, str]]] = {
    "Usage:": ("Bruk:", "Bruk:"),
    "Options": ("Valg", "Val"),
    "Commands": ("Kommandoer", "Kommandoar"),
    "[OPTIONS]": ("[VALG]", "[VAL]"),
    "COMMAND [ARGS]...": ("KOMMANDO [ARGUMENTER]...", "KOMMANDO [ARGUMENT]..."),
    "[COMMAND] [ARGS]...": ("[KOMMANDO] [ARGUMENTER]...", "[KOMMANDO] [ARGUMENT]..."),
    "required": ("må gis", "må givast"),
    "Show this message and exit.": ("Vis denne teksten.", "Vis denne teksten."),
    "Aborted!": ("Avbrutt!", "Avbrote!"),
    "Error: {message}": ("Feil: {message}", "Feil: {message}"),
    "Try '{command} {option}' for help.": (
        "«{command} {option}» gir hjelp.",
        "«{command} {option}» gir hjelp.",
    ),
    "Missing command.": ("Det mangler en kommando.", "Det manglar ein kommando."),
    "Missing argument": ("Mangler argument", "Manglar argument"),
    "Missing option": ("Mangler valget", "Manglar valet"),
    "Missing parameter": ("Mangler parameter", "Manglar parameter"),
    "Missing {param_type}": ("Mangler {param_type}", "Manglar {param_type}"),
    "Missing parameter: {param_name}": (
        "Mangler parameter: {param_name}",
        "Manglar parameter: {param_name}",
    ),
    "Got unexpected extra argument ({args})": (
        "Ett argument for mye ({args})",
        "Eitt argument for mykje ({args})",
    ),
    "Got unexpected extra arguments ({args})": (
        "For mange argumenter ({args})",
        "For mange argument ({args})",
    ),
    "Did you mean {possibility}?": ("Mente du {possibility}?", "Meinte du {possibility}?"),
    "(Did you mean one of: {possibilities}?)": (
        "(Mente du en av disse: {possibilities}?)",
        "(Meinte du ein av desse: {possibilities}?)",
    ),
    "Invalid value: {message}": ("Feil verdi: {message}", "Feil verdi: {message}"),
    "Invalid value for {param_hint}: {message}": (
        "Feil verdi for {param_hint}: {message}",
        "Feil verdi for {param_hint}: {message}",
    ),
    "No such option {name!r}.": (
        "Det finnes ikke noe valg {name}.",
        "Det finst ikkje noko val {name}.",
    ),
    "No such command {name!r}.": (
        "Det finnes ingen kommando {name}.",
        "Det finst ingen kommando {name}.",
    ),
    "Argument {name!r} takes {nargs} values.": (
        "Argumentet {name} tar {nargs} verdier.",
        "Argumentet {name} tek {nargs} verdiar.",
    ),
    "Option {name!r} does not take a value.": (
        "Valget {name} tar ingen verdi.",
        "Valet {name} tek ingen verdi.",
    ),
    "Option {name!r} requires an argument.": (
        "Valget {name} må ha en verdi.",
        "Valet {name} må ha ein verdi.",
    ),
    "Option {name!r} requires {nargs} arguments.": (
        "Valget {name} må ha {nargs} verdier.",
        "Valet {name} må ha {nargs} verdiar.",
    ),
    "Choose from:\n\t{choices}": ("Velg blant:\n\t{choices}", "Vel mellom:\n\t{choices}"),
    "{value!r} is not {choice}.": (
        "{value} er ikke {choice}.",
        "{value} er ikkje {choice}.",
    ),
    "{value!r} is not one of {choices}.": (
        "{value} er ikke blant {choices}.",
        "{value} er ikkje mellom {choices}.",
    ),
    "{value!r} is not a valid {number_type}.": (
        "{value} er ikke noe tall.",
        "{value} er ikkje noko tal.",
    ),
    "{value} is not in the range {range}.": (
        "{value} er utenfor {range}.",
        "{value} er utanfor {range}.",
    ),
    "{name} {filename!r} does not exist.": (
        "{filename} finnes ikke.",
        "{filename} finst ikkje.",
    ),
    "{name} {filename!r} is a file.": (
        "{filename} er en fil.",
        "{filename} er ei fil.",
    ),
    "{name} {filename!r} is a directory.": (
        "{filename} er en mappe.",
        "{filename} er ei mappe.",
    ),
    "{name} {filename!r} is not readable.": (
        "{filename} kan ikke leses.",
        "{filename} kan ikkje lesast.",
    ),
    "{name} {filename!r} is not writable.": (
        "{filename} kan ikke skrives.",
        "{filename} kan ikkje skrivast.",
    ),
}
"""By click's own template; a test looks for new ones in the version that is installed."""
