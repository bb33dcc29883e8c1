"""A private Dovecot for tests: Debian's program, a folder of its own, a free port, one mailbox."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from imapclient import IMAPClient

from engine.mailbox.imap import ImapAccess, ImapMailbox
from tests.integration import certificates

PROGRAM = Path("/usr/sbin/dovecot")
REQUIRED = "dovecot" in os.environ.get("KURSDELING_REQUIRE", "").split(",")
USER = "kursdeling@kursdeling.example"
PASSWORD = "hemmelig"
SETTINGS = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1, 127.0.0.2
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u/Maildir
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
first_valid_gid = 0
mail_uid = {uid}
mail_gid = {gid}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
WITHOUT_TLS = """\
ssl = no
auth_mechanisms = plain login
"""
WITH_TLS = """\
ssl = yes
ssl_cert = <{good.certificate}
ssl_key = <{good.key}
local 127.0.0.2 {{
  ssl_cert = <{alone.certificate}
  ssl_key = <{alone.key}
}}
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
"""
TOKENS = """\
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
timeout_msecs = 5000
"""


def program_or_skip() -> Path:
    """The server's program; skips the test, or fails it when Dovecot is required."""
    if PROGRAM.exists():
        return PROGRAM
    reason = f"no {PROGRAM}"
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(slots=True)
class Post:
    """The running server's one user, and what lies in the folders."""

    port: int
    tls_port: int
    box: Path
    owner: tuple[int, int]
    delivered: int = 0
    opened: list[IMAPClient] = field(default_factory=list)
    authority: str = ""
    """The file with the authority that vouches for `localhost`; nobody does for 127.0.0.2."""

    def deliver(self, raw: bytes) -> None:
        """Put a message into INBOX, as a mail server does: first written, then renamed."""
        self.delivered += 1
        name = f"{int(time.time())}.{self.delivered}.test"
        for folder in (self.box.parent, self.box, *(self.box / n for n in ("tmp", "new", "cur"))):
            if not folder.exists():
                folder.mkdir()
                os.chown(folder, *self.owner)
        file = self.box / "tmp" / name
        file.write_bytes(raw)
        os.chown(file, *self.owner)
        file.rename(self.box / "new" / name)

    def client(self) -> IMAPClient:
        """Another mail program of the same user."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False)
        client.login(USER, PASSWORD)
        self.opened.append(client)
        return client

    def listed(self, folder: str = "INBOX") -> list[tuple[int, tuple[bytes, ...]]]:
        """(number, flags) of each message in a folder."""
        client = self.client()
        try:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["FLAGS"])
            # Whether it is new to a session says nothing about what anybody did to it.
            return [
                (uid, tuple(flag for flag in row[b"FLAGS"] if flag != b"\\Recent"))
                for uid, row in sorted(found.items())
            ]
        finally:
            client.logout()

    def access(self, **changes: object) -> ImapAccess:
        """How the program reaches the mailbox."""
        known: dict[str, object] = {
            "host": "127.0.0.1", "port": self.port, "security": "none", "user": USER,
            "password": PASSWORD, "largest": 1_000_000,
        }  # fmt: skip
        return ImapAccess(**(known | changes))  # type: ignore[arg-type]  # passed on as given

    def mailbox(self, **changes: object) -> ImapMailbox:
        """The mailbox as the program reads it."""
        return ImapMailbox(self.access(**changes))

    def empty(self) -> None:
        """Take everything away, numbering included."""
        shutil.rmtree(self.box, ignore_errors=True)


@contextmanager
def server(program: Path, tokens: str = "") -> Iterator[Post]:
    """A running server with one empty mailbox; where `tokens` is the address of an endpoint that
    knows them, it has TLS, and tokens log in too.
    """
    folder = Path(tempfile.mkdtemp(prefix="kursdeling-dovecot-"))
    folder.chmod(0o755)
    root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid())
    mail = pwd.getpwnam("nobody") if root else me
    for name in ("run", "state", "mail"):
        (folder / name).mkdir()
    os.chown(folder / "mail", mail.pw_uid, mail.pw_gid)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    port, tls_port = _free_port(), _free_port()
    text = _secured(folder, tokens) if tokens else WITHOUT_TLS
    text += SETTINGS.format(
        folder=folder,
        port=port,
        tls_port=tls_port if tokens else 0,
        internal="dovecot" if root else me.pw_name,
        group="dovecot" if root else me.pw_gid,
        login="dovenull" if root else me.pw_name,
        uid=mail.pw_uid,
        gid=mail.pw_gid,
    )
    (folder / "dovecot.conf").write_text(text, encoding="utf-8")
    process = subprocess.Popen([program, "-F", "-c", folder / "dovecot.conf"])
    try:
        _wait_for(port, process)
        yield Post(
            port=port,
            tls_port=tls_port,
            box=folder / "mail" / USER / "Maildir",
            owner=(mail.pw_uid, mail.pw_gid),
            authority=str(folder / "ca.pem"),
        )
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _secured(folder: Path, tokens: str) -> str:
    authority = certificates.self_signed(folder, "ca")
    good = certificates.signed(folder, "localhost", authority)
    alone = certificates.self_signed(folder, "127.0.0.2")
    (folder / "oauth2").write_text(TOKENS.format(url=tokens), encoding="utf-8")
    return WITH_TLS.format(folder=folder, good=good, alone=alone)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server greets: the port opens before it does."""
    for _ in range(150):
        if process.poll() is not None:
            break
        try:
            with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as probe:
                if probe.recv(100).startswith(b"* OK"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail("Dovecot did not start")
