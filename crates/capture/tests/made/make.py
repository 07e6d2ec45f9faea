"""Makes the files of this folder with the programs that people use: Python's email, mailbox and
zipfile, Info-ZIP's zip, gzip, wget, and warcio. Run here: python3 make.py. Needs zip, gzip, wget and
`pip install warcio`; what it makes is kept in the repository, so that the tests need none of them."""

import functools
import gzip
import http.server
import io
import mailbox
import os
import pathlib
import subprocess
import tempfile
import threading
import zipfile
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from datetime import datetime, timedelta, timezone

HERE = pathlib.Path(__file__).parent
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def release():
    letter = EmailMessage()
    letter["From"] = Address("Østby Police, Press Office", "press", "police.ostby.example")
    letter["To"] = "news@lamp.example"
    letter["Subject"] = "Two held after the fire at the mill – new figures for the wounded"
    letter["Date"] = format_datetime(datetime(2017, 3, 24, 23, 30, tzinfo=timezone(timedelta(hours=-5))))
    letter["Message-ID"] = "<17-0324.2@police.ostby.example>"
    letter.set_content(
        "Two men were arrested on Thursday after the fire at the mill in Østby.\n\n"
        "Seven people were wounded, two of them seriously.\n\n-- \nPress Office\nØstby Police\n",
        charset="iso-8859-1",
    )
    letter.add_alternative("<p>Two men were <b>arrested</b>.</p>", subtype="html")
    letter.add_attachment(
        "The police do not know who lit the fire.\n", filename="statement – second.txt"
    )
    letter.add_attachment(PICTURE, maintype="image", subtype="png", filename="mill.png")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.txt", "The first engine came at ten past four.\n")
    letter.add_attachment(
        packed.getvalue(), maintype="application", subtype="zip", filename="annex.zip"
    )
    return letter


def answer(to):
    letter = EmailMessage()
    letter["From"] = "Ada Marsh <ada@lamp.example>"
    letter["Subject"] = "Re: " + to["Subject"]
    letter["Date"] = format_datetime(datetime(2017, 3, 25, 8, 0, tzinfo=timezone(timedelta(hours=1))))
    letter["Message-ID"] = "<1@lamp.example>"
    letter["In-Reply-To"] = to["Message-ID"]
    letter["References"] = "<17-0324.1@police.ostby.example> " + to["Message-ID"]
    letter.set_content(
        "From the mill nobody was missing, the owner told us.\n\n"
        "The press office wrote:\n> Seven people were wounded, two of them\n> seriously.\n\n"
        "Is that figure still right?\n"
    )
    return letter


def page():
    letter = EmailMessage()
    letter["From"] = "bulletin@harbour.example"
    letter["Subject"] = "Harbour bulletin"
    letter["Message-ID"] = "<b-9@harbour.example>"
    letter.set_content(
        "<html><head><style>p { margin: 0 }</style></head><body><h1>Harbour bulletin</h1>"
        "<p>A tug burned at pier nine.</p><p>Nobody was hurt.</p></body></html>",
        subtype="html",
        charset="utf-8",
    )
    return letter


def letters():
    first = release()
    second = answer(first)
    (HERE / "release.eml").write_bytes(first.as_bytes(policy=first.policy.clone(linesep="\r\n")))
    passed_on = EmailMessage()
    passed_on["From"] = "Ada Marsh <ada@lamp.example>"
    passed_on["Subject"] = "Passed on"
    passed_on["Date"] = "Sun, 26 Mar 2017 09:00:00 -0000"
    passed_on.set_content("See below.\n")
    passed_on.add_attachment(second)
    (HERE / "passed-on.eml").write_bytes(passed_on.as_bytes())
    (HERE / "letters.mbox").unlink(missing_ok=True)
    box = mailbox.mbox(HERE / "letters.mbox", create=True)
    for at, letter in enumerate([second, page()]):
        kept = mailbox.mboxMessage(letter)
        kept.set_from("MAILER-DAEMON", (2017, 3, 25, 8, 0, at, 5, 84, 0))
        box.add(kept)
    box.flush()


def archives():
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        (at / "articles").mkdir()
        (at / "articles/one.txt").write_text("A bridge fell at Norwick.\n")
        (at / "articles/zwei – Brücke.txt").write_text("A second bridge stands.\n")
        (at / "articles/page_files").mkdir()
        (at / "articles/page.html").write_text("<p>A page.</p>")
        (at / "articles/page_files/frame.txt").write_text("Buy now.\n")
        (at / "articles/style.css").write_text("p { margin: 0 }\n")
        (HERE / "folder.zip").unlink(missing_ok=True)
        subprocess.run(["zip", "-q", "-r", "-X", HERE / "folder.zip", "articles"], cwd=at, check=True)
        (HERE / "locked.zip").unlink(missing_ok=True)
        subprocess.run(
            ["zip", "-q", "-X", "-P", "secret", HERE / "locked.zip", "articles/one.txt"],
            cwd=at,
            check=True,
        )
    # As a program writes that does not know the length beforehand: to a pipe.
    packed = subprocess.run(["zip", "-q", "-", "-"], input=b"A mill burned.\n", capture_output=True)
    (HERE / "piped.zip").write_bytes(packed.stdout)
    with open(HERE / "lines.jsonl.gz", "wb") as file:
        with gzip.GzipFile("", "wb", mtime=0, fileobj=file) as lines:
            lines.write(b'{"id": 1, "text": "A tug burned."}\n{"id": 2, "text": "It sank."}\n')


if __name__ == "__main__":
    os.chdir(HERE)
    letters()
    archives()
