"""Messages per CPU second: `igmap.open_exports` on a mailbox against the standard library's `mailbox` and `email`.

`PYTHONPATH=. python benchmarks/mail.py [--messages 100000]`. Both read the box that `_write` makes, each in a process
of its own, and decode the same: all headers, the text of every message, HTML to text as igmap does it, and the bytes of
every attachment. Igmap also splits quotes, counts the messages, loads everything into its engine and opens every
attached table as an export of its own. Peak memory is what the operating system says of the process.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from random import Random

MESSAGES, TARGET, MOST_MEGABYTES = 100_000, 0.5, 500
SEED = 1
GIVEN = ["Jan", "Zoë", "Fatima", "Piet", "Sanne", "Kwabena", "Maryam", "Björn"]
FAMILY = ["Jansen", "de Vries", "el Amrani", "Bakker", "van Grinsven", "Opoku", "Smit", "Müller"]
TEXT = (
    "de cursus is begonnen maar ik kan niet inloggen met mijn account en het wachtwoord werkt ook niet meer kunt u mij "
    "helpen want de toets moet voor vrijdag af zijn en mijn leidinggevende vraagt er telkens naar alvast bedankt"
)
WORDS = TEXT.split()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(3000)


def _message(chance: Random, number: int) -> EmailMessage:
    message = EmailMessage()
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    address = f"learner{chance.randrange(20_000)}@school.example"
    message["Received"] = f"from mail.school.example ([192.0.2.{number % 250}]) by mx.igmap.example with ESMTPS"
    message["From"] = f"{name} <{address}>"
    message["To"] = "Helpdesk <helpdesk@igmap.example>"
    message["Date"] = "Mon, 05 Jan 2026 10:00:00 +0100"
    message["Subject"] = f"Vraag {number} over {chance.choice(WORDS)} van {name}"
    message["Message-ID"] = f"<{number}.{chance.getrandbits(48):x}@igmap.example>"
    message["X-Mailer"] = "Voorbeeldmail 1.0"
    lines = [" ".join(chance.choices(WORDS, k=12)) for _ in range(chance.randint(3, 12))]
    if number % 3 == 0:
        lines += [f"Op ma 5 jan. 2026 om 09:{number % 60:02} schreef {name} <{address}>:"]
        lines += [f"> {' '.join(chance.choices(WORDS, k=12))}" for _ in range(8)]
    message.set_content("\n".join(["Beste helpdesk,", "", *lines, "", "Groet,", name]) + "\n")
    if number % 4 == 0:
        message.add_alternative("".join(f"<p>{line}</p>\n" for line in lines), subtype="html")
    _attach(message, number, name, address)
    return message


def _attach(message: EmailMessage, number: int, name: str, address: str) -> None:
    """A logo to every tenth message, a table to every two hundredth."""
    if number % 10 == 0:
        message.add_attachment(PNG, "image", "png", filename="logo.png")
    if number % 200 == 0:
        table = f"naam;e-mail;geboortedatum\n{name};{address};05-01-1990\n" * 5
        message.add_attachment(table, subtype="csv", filename="deelnemers.csv")


def _write(path: Path, messages: int) -> None:
    chance = Random(SEED)
    with path.open("wb") as file:
        for number in range(1, messages + 1):
            content = bytes(_message(chance, number)).replace(b"\nFrom ", b"\n>From ")
            file.write(b"From learner@school.example Mon Jan  5 10:00:00 2026\n" + content + b"\n")


def _igmap(workspace: Path) -> dict[str, int]:
    from igmap.sources import open_exports

    with open_exports(workspace) as exports:
        return {"messages": exports.datasets[0].parsed, "files": len(exports.datasets) - 1}


def _standard_library(workspace: Path) -> dict[str, int]:
    import mailbox

    messages = files = letters = 0
    for message in mailbox.mbox(workspace / "exports" / "box.mbox", create=False):
        messages += 1
        letters += sum(len(text) for text in _decoded(message))
        files += sum(part.get_content_type() == "text/csv" for part in message.walk())
    return {"messages": messages, "files": files, "letters": letters}


def _decoded(message: object) -> Iterator[str]:
    """All headers, texts and files of a message."""
    from email.header import decode_header, make_header
    from email.message import Message

    from igmap.sources.mail.message import html_text

    assert isinstance(message, Message)  # noqa: S101 - for the type checker
    for name, value in message.items():
        yield f"{name}: {make_header(decode_header(value))}"
    for part in message.walk():
        if not part.is_multipart():
            raw = part.get_payload(decode=True)
            content = raw if isinstance(raw, bytes) else b""
            if part.get_content_maintype() == "text":
                text = content.decode(part.get_content_charset() or "utf-8", "replace")
                yield html_text(text) if part.get_content_subtype() == "html" else text
            else:
                yield content.hex()[:0]


READERS = {"igmap": _igmap, "mailbox + email": _standard_library}


def _megabytes() -> float:
    """The most memory that this process held."""
    try:
        import resource
    except ImportError:  # Windows
        import psutil

        return float(getattr(psutil.Process().memory_info(), "peak_wset", 0)) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _measure(reader: str, workspace: Path) -> None:
    """What the process of one reader does and says."""
    work = READERS[reader]
    began, wall = time.process_time(), time.perf_counter()
    found = work(workspace)
    seconds, elapsed = time.process_time() - began, time.perf_counter() - wall
    print(json.dumps({"seconds": seconds, "wall": elapsed, "megabytes": _megabytes(), **found}))


def _told(reader: str, workspace: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--reader", reader, "--workspace", str(workspace)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told: dict[str, float] = json.loads(said)
    rate = told["messages"] / told["seconds"]
    print(
        f"{reader:16}{rate:>9,.0f} messages per CPU second ({told['messages']:,.0f} messages, {told['files']:,.0f} "
        f"tables attached, {told['wall']:.0f} s), peak memory {told['megabytes']:,.0f} MB"
    )
    return {**told, "rate": rate}


def main() -> None:
    """Print both rates, their ratio and the memory each took."""
    parser = argparse.ArgumentParser(description="igmap's reading of mail against the standard library's")
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--reader", choices=READERS, help="only for the processes this script starts")
    parser.add_argument("--workspace", type=Path)
    arguments = parser.parse_args()
    if arguments.reader:
        _measure(arguments.reader, arguments.workspace)
        return
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "exports").mkdir()
        box = Path(folder) / "exports" / "box.mbox"
        _write(box, arguments.messages)
        print(f"a box of {arguments.messages:,} messages, {box.stat().st_size / 1e6:,.0f} MB")
        ours, theirs = (_told(reader, Path(folder)) for reader in READERS)
    print(f"ratio {ours['rate'] / theirs['rate']:.2f} (target: at least {TARGET})")
    print(f"peak memory {ours['megabytes']:,.0f} MB (target: at most {MOST_MEGABYTES})")


if __name__ == "__main__":
    main()
