"""The settings of a site: written whole, read once, refused with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import keys, servers, settings, values
from config.settings import Settings
from engine.errors import SettingsError


def write(site: Path, text: str) -> None:
    (site / settings.FILE).write_text(text, encoding="utf-8")


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    settings.write_default(tmp_path, {})
    return tmp_path


def test_a_new_site_has_the_defaults_that_the_contract_promises(fresh: Path) -> None:
    read = Settings.load(fresh, {})

    assert read.database == str(fresh.resolve() / "kursdeling.db")
    assert read.mail.addresses == ()
    assert read.mail.mode == "own"
    assert read.mail.trusted_servers == ()
    assert (read.letters.mode, read.letters.transport) == ("hold", "file")
    assert read.letters.undo_minutes == 15
    assert read.neutral_language == "nb"


def test_every_setting_is_written_with_a_comment_above_it(fresh: Path) -> None:
    lines = (fresh / settings.FILE).read_text(encoding="utf-8").splitlines()
    written = {at: line for at, line in enumerate(lines) if line and line[0] not in "#["}
    places = {line.partition(" = ")[0]: at for at, line in written.items()}
    names = {key.rpartition(".")[2] for key in settings.defaults()}

    assert names == places.keys()
    assert [name for name in names if not lines[places[name] - 1].startswith("# ")] == []


def test_what_is_set_when_a_site_is_made_is_read_back(tmp_path: Path) -> None:
    settings.write_default(
        tmp_path,
        {
            "mail.addresses": "Deling@kursdeling.example, to@kursdeling.example",
            "mail.trusted_servers": "mx.kursdeling.example",
            "letters.mode": "live",
            "letters.undo_minutes": "0",
            "language.neutral": "nn",
            "database": "postgresql://kursdeling@db.example/kursdeling",
        },
    )
    read = Settings.load(tmp_path, {})

    assert read.mail.addresses == ("deling@kursdeling.example", "to@kursdeling.example")
    assert read.mail.sender == "deling@kursdeling.example"
    assert read.mail.domain == "kursdeling.example"
    assert (read.letters.mode, read.letters.undo_minutes) == ("live", 0)
    assert read.neutral_language == "nn"
    assert read.database == "postgresql://kursdeling@db.example/kursdeling"


def test_a_setting_that_the_file_leaves_out_has_its_default(fresh: Path) -> None:
    write(fresh, '[letters]\nmode = "live"\n')
    read = Settings.load(fresh, {})

    assert (read.letters.mode, read.letters.undo_minutes) == ("live", 15)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[letters]\nmod = "live"', ["letters.mod ", "did you mean letters.mode?"]),
        ('[letters]\nmode = "alive"', ["letters.mode", "shadow, hold, live", "did you mean live?"]),
        ("[letters]\nmode = 1", ["letters.mode", "a text"]),
        ("[letters]\nundo_minutes = true", ["letters.undo_minutes", "a whole number"]),
        ("[letters]\nundo_minutes = -1", ["letters.undo_minutes", "from 0"]),
        ('[mail]\naddresses = "a@b.example"', ["mail.addresses", "a list of texts"]),
        ('[mail]\naddresses = ["nobody"]', ["mail.addresses", "nobody"]),
        ('[mail]\nsender = "Ola <ola@b.example>"', ["mail.sender"]),
        ("[smtp]\nport = 70000", ["smtp.port", "65535"]),
        ('[smtp]\nhost = "mx.example"', ["smtp.security", "another machine"]),
        ('[smtp]\nuser = "kursdeling"', ["smtp.user", servers.PASSWORD_VARIABLE.format("SMTP")]),
        ('[imap]\nhost = "imap.example"', ["imap.user"]),
        ('[imap]\nhost = "imap.example"\nuser = "deling"', ["KURSDELING_IMAP_PASSWORD"]),
        ('[imap]\nhost = "imap.example"\nsecurity = "none"', ["imap.security", "another machine"]),
        ('[mail]\nlmtp = "0.0.0.0:24"', ["mail.lmtp", "127.0.0.1:PORT"]),
        ('[mail]\nlmtp = "localhost"', ["mail.lmtp"]),
        ('[mail]\ntrusted_servers = ["https://mx.example"]', ["mail.trusted_servers", "https:"]),
        ('[mail]\nown_hosts = ["mx.example:25"]', ["mail.own_hosts", "mx.example:25"]),
        ('[smtp]\nhost = "mx.example:25"', ["smtp.host", "mx.example:25"]),
        ('database = ""', ["database"]),
        ('database = "mysql://db.example/k"', ["database", "postgresql://"]),
        ("letters = 3", ["unknown setting letters"]),
        ("[letters\n", ["cannot be read"]),
    ],
)
def test_an_impossible_setting_is_refused_with_file_and_key(
    fresh: Path, text: str, words: list[str]
) -> None:
    write(fresh, text)

    with pytest.raises(SettingsError) as refused:
        Settings.load(fresh, {})
    for word in [settings.FILE, *words]:
        assert word in str(refused.value)
    assert str(refused.value).count(settings.FILE) == 1
    assert refused.value.reason is not None, "said in English alone"


def test_a_folder_without_settings_says_how_a_site_is_made(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"kursdeling\.toml does not exist: `kursdeling init`"):
        Settings.load(tmp_path, {})


def test_settings_that_are_no_text_are_refused(fresh: Path) -> None:
    (fresh / settings.FILE).write_bytes(b'database = "\xe6.db"\n')

    with pytest.raises(SettingsError, match="cannot be read"):
        Settings.load(fresh, {})


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("letter.mode", "live", "unknown setting letter.mode .did you mean letters.mode"),
        ("letters.undo_minutes", "soon", "whole number"),
        ("language.neutral", "en", "nb, nn"),
    ],
)
def test_a_site_is_not_made_with_an_impossible_setting(
    tmp_path: Path, key: str, text: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        settings.write_default(tmp_path, {key: text})
    assert list(tmp_path.iterdir()) == []


def test_a_site_is_never_made_over_another_one(fresh: Path) -> None:
    before = {file.name: file.read_bytes() for file in fresh.iterdir()}

    with pytest.raises(SettingsError, match="exists already"):
        settings.write_default(fresh, {"letters.mode": "live"})
    assert {file.name: file.read_bytes() for file in fresh.iterdir()} == before


def test_the_signing_key_is_new_for_every_site_and_readable_by_its_owner_only(
    tmp_path: Path,
) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        settings.write_default(tmp_path / name, {})
        assert (tmp_path / name / keys.KEY_FILE).stat().st_mode & 0o777 == 0o600
        found.append(Settings.load(tmp_path / name, {}).signing_keys[0])

    assert found[0] != found[1]
    assert {len(key) for key in found} == {keys.KEY_BYTES}


def test_a_signing_key_that_lies_there_already_is_kept(tmp_path: Path) -> None:
    (tmp_path / keys.KEY_FILE).write_text("ab" * keys.KEY_BYTES, encoding="ascii")
    settings.write_default(tmp_path, {})

    assert Settings.load(tmp_path, {}).signing_keys == (b"\xab" * keys.KEY_BYTES,)


def test_a_site_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="a site cannot be made here"):
        settings.write_default(tmp_path / "nowhere", {})


def test_several_keys_stand_under_each_other_and_the_last_one_is_the_newest(fresh: Path) -> None:
    old, new = "ab" * keys.KEY_BYTES, "cd" * keys.KEY_BYTES
    file = fresh / keys.KEY_FILE
    file.write_text(f"# 2026\n{old}\n\n{new}  # fra 2027\n", encoding="utf-8")

    assert [key.hex() for key in Settings.load(fresh, {}).signing_keys] == [old, new]


@pytest.mark.parametrize(
    "text", [None, "", "# none", "not hexadecimal", "abcd", "ab" * 32 + "\nab"]
)
def test_a_site_without_a_whole_signing_key_is_refused(fresh: Path, text: str | None) -> None:
    (fresh / keys.KEY_FILE).unlink()
    if text is not None:
        (fresh / keys.KEY_FILE).write_text(text, encoding="ascii")

    with pytest.raises(SettingsError, match=r"signing\.key"):
        Settings.load(fresh, {})


def test_the_password_comes_from_the_environment_or_from_a_file_of_its_own(fresh: Path) -> None:
    write(fresh, '[smtp]\nuser = "kursdeling"\n')
    (fresh / servers.PASSWORD_FILE.format("smtp")).write_text("from the file\n", encoding="utf-8")

    assert Settings.load(fresh, {}).smtp.password == "from the file"
    from_environment = Settings.load(
        fresh, {servers.PASSWORD_VARIABLE.format("SMTP"): "from outside"}
    )
    assert from_environment.smtp.password == "from outside"


@pytest.mark.parametrize("name", ["smtp", "imap"])
def test_where_tokens_log_in_a_client_and_its_secret_stand_in_for_the_password(
    fresh: Path, name: str
) -> None:
    url = 'host = "mail.hf.example"\nsecurity = "tls"\ntoken_url = "https://login.hf.example/token"'
    write(fresh, f"[{name}]\n{url}\n")
    with pytest.raises(SettingsError, match=rf"{name}\.client_id"):
        Settings.load(fresh, {})
    write(fresh, f'[{name}]\n{url}\nuser = "kursdeling"\nclient_id = "kd"\n')
    with pytest.raises(SettingsError, match=rf"KURSDELING_{name.upper()}_SECRET.*{name}\.secret"):
        Settings.load(fresh, {})

    (fresh / f"{name}.secret").write_text("hemmelig\n", encoding="utf-8")
    read = Settings.load(fresh, {})
    assert (getattr(read, name).secret, getattr(read, name).password) == ("hemmelig", "")
    assert "hemmelig" not in repr(read)
    outside = Settings.load(fresh, {f"KURSDELING_{name.upper()}_SECRET": "utenfra"})
    assert getattr(outside, name).secret == "utenfra"


def test_certificates_to_trust_lie_in_a_file_beside_the_settings(fresh: Path) -> None:
    write(fresh, '[imap]\nca = "ca.pem"\n')
    with pytest.raises(SettingsError, match=r"imap\.ca names no file"):
        Settings.load(fresh, {})
    (fresh / "ca.pem").touch()
    assert Settings.load(fresh, {}).imap.ca == str(fresh.resolve() / "ca.pem")


def test_a_password_file_that_is_no_text_is_refused(fresh: Path) -> None:
    (fresh / servers.PASSWORD_FILE.format("smtp")).write_bytes(b"\xff")

    with pytest.raises(SettingsError, match=r"smtp\.password cannot be read"):
        Settings.load(fresh, {})


def test_secrets_are_not_shown_and_settings_do_not_change(fresh: Path) -> None:
    write(fresh, '[smtp]\nuser = "kursdeling"\n')
    read = Settings.load(fresh, {servers.PASSWORD_VARIABLE.format("SMTP"): "hemmelig"})

    assert "hemmelig" not in repr(read)
    assert read.signing_keys[0].hex() not in repr(read)
    assert repr(bytes(read.signing_keys[0])) not in repr(read)
    with pytest.raises(AttributeError):
        read.database = "another"  # type: ignore[misc]  # the point: it may not be set


@pytest.mark.parametrize("text", ['a "quoted" word', "back\\slash", "ny\nlinje", "æøå", ""])
def test_a_text_is_read_back_from_the_file_as_it_was_set(tmp_path: Path, text: str) -> None:
    settings.write_default(tmp_path, {"smtp.user": text})

    read = Settings.load(tmp_path, {servers.PASSWORD_VARIABLE.format("SMTP"): "x"})
    assert read.smtp.user == text


def test_values_have_the_type_of_the_default() -> None:
    assert values.from_text("x", "True", False) is True
    assert values.from_text("x", " 7 ", 1) == 7
    assert values.from_text("x", "", ("a",)) == ()
    assert values.to_toml(True) == "true"
    assert values.from_toml("x", False, True) is False
    with pytest.raises(SettingsError, match="true or false"):
        values.from_text("x", "ja", False)
    with pytest.raises(SettingsError, match="true or false"):
        values.from_toml("x", 1, True)
