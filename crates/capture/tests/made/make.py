"""Makes the files of this folder with the programs that people use: Python's email, mailbox and
zipfile, Info-ZIP's zip, 7-Zip, gzip, wget, and warcio. Run here: python3 make.py. Needs zip, 7zz, gzip, wget and
`pip install warcio`; what it makes is kept in the repository, so that the tests need none of them."""

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
        # As 7-Zip packs where it is told to make a small file.
        (at / "one.txt").write_text("A mill burned at Lenn, and nobody was hurt.\n" * 20)
        (at / "two.txt").write_text("A tug sank.\n")
        (HERE / "seven.zip").unlink(missing_ok=True)
        seven = ["7zz", "a", "-bd", "-mtm-", "-mm=LZMA", HERE / "seven.zip", "one.txt", "two.txt"]
        subprocess.run(seven, cwd=at, check=True, stdout=subprocess.DEVNULL)
    # As a program writes that does not know the length beforehand: to a pipe.
    packed = subprocess.run(["zip", "-q", "-", "-"], input=b"A mill burned.\n", capture_output=True)
    (HERE / "piped.zip").write_bytes(packed.stdout)
    with open(HERE / "lines.jsonl.gz", "wb") as file:
        with gzip.GzipFile("", "wb", mtime=0, fileobj=file) as lines:
            lines.write(b'{"id": 1, "text": "A tug burned."}\n{"id": 2, "text": "It sank."}\n')


PAGES = {
    "/": ("text/plain; charset=utf-8", "A lock gate broke at Norwick.\n\nNobody was hurt.\n"),
    "/one.html": ("text/html; charset=utf-8", "<html><body><p>A tug sank.</p></body></html>"),
    "/picture.png": ("image/png", PICTURE),
}


class Server(http.server.BaseHTTPRequestHandler):
    """A small site: a text sent in chunks, a page sent packed, a picture, an address that moved."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/one.html")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if self.path not in PAGES:
            return self.send_error(404)
        media_type, body = PAGES[self.path]
        body = body.encode() if isinstance(body, str) else body
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        if self.path == "/":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for at in range(0, len(body), 10):
                part = body[at : at + 10]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            return self.wfile.write(b"0\r\n\r\n")
        if self.path == "/one.html":
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def crawls():
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_port}"
    with tempfile.TemporaryDirectory() as folder:
        for name, options in [("wget", []), ("wget-plain", ["--no-warc-compression"])]:
            paths = ["/", "/one.html", "/picture.png", "/moved", "/gone"]
            subprocess.run(
                ["wget", "-q", f"--warc-file={name}", "--no-warc-keep-log", *options]
                + [site + path for path in paths],
                cwd=folder,
            )
        for made in pathlib.Path(folder).glob("*.warc*"):
            (HERE / made.name).write_bytes(made.read_bytes())
    server.shutdown()

    def answer(writer, url, date, media_type, body, **fields):
        head = StatusAndHeaders("200 OK", [("Content-Type", media_type), *fields.items()], "HTTP/1.1")
        kept = {"WARC-Date": date}
        return writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=kept
        )

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "a crawler"}))
    text = b"Ada Marsh\n\nA bridge fell at Norwick on Friday.\n"
    url = "https://lamp.example/bridge.txt"
    first = answer(writer, url, "2019-03-02T08:00:00Z", "text/plain", text)
    digest = first.rec_headers.get_header("WARC-Payload-Digest")
    writer.write_record(first)
    writer.write_record(writer.create_revisit_record(url, digest, url, "2019-03-02T08:00:00Z"))
    writer.write_record(answer(writer, "https://lamp.example/a.css", "2019-03-02T08:00:01Z", "text/css", b"p {}"))
    writer.write_record(answer(writer, "https://lamp.example/d", "2019-03-02T08:00:02Z", "application/json", b"{}"))
    writer.write_record(
        writer.create_warc_record(
            "https://lamp.example/notes.txt",
            "resource",
            payload=io.BytesIO(b"The owner of the mill sold it.\n"),
            warc_content_type="text/plain",
            warc_headers_dict={"WARC-Date": "2019-03-02T08:00:03Z"},
        )
    )
    (HERE / "crawl.warc.gz").write_bytes(out.getvalue())
    with zipfile.ZipFile(HERE / "crawl.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", out.getvalue())
        archive.writestr("indexes/index.cdx.gz", gzip.compress(b"", mtime=0))
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages"}\n')
        archive.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1"}')


NIGHT = """<!doctype html><html lang=en><head><title>A mill burned at night - The Lamp</title>
<meta property="og:site_name" content="The Lamp">
<meta property="article:published_time" content="2017-03-24T06:00:00Z">
<link rel=stylesheet href="/night.css"></head><body><article><h1>A mill burned at night</h1>
<p>A mill burned at Ostby on Thursday night, and three engines came too late.</p>
<figure><picture><source srcset="/pictures/mill-large.png 900w"><img src="/pictures/mill.png" alt="A mill"></picture>
<figcaption>The mill on Friday morning</figcaption></figure>
<p class=gone>Nobody sees these words on the page.</p>
<p>The owner said that nobody was inside.</p><figure><img src="/pictures/moved.png" alt="An engine"></figure>
<p>The police do not know who lit the fire.</p></article></body></html>"""


def page_with_pictures():
    """A page with what it shows, as wget fetches it: pictures after the page, one of them moved."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            pages = {
                "/night.html": ("text/html; charset=utf-8", NIGHT.encode()),
                "/night.css": ("text/css", b".gone { display: none }"),
                "/pictures/mill.png": ("image/png", PICTURE),
                "/pictures/mill-large.png": ("image/png", PICTURE + b" "),
                "/pictures/engine.png": ("image/png", PICTURE + b"  "),
            }
            media_type, body = pages.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 301)
            if not body:
                self.send_header("Location", "engine.png")
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        page = f"http://127.0.0.1:{server.server_port}/night.html"
        options = ["-q", "-p", "-e", "robots=off", "--warc-file=wget-page", "--no-warc-keep-log"]
        subprocess.run(["wget", *options, page], cwd=folder)
        made = pathlib.Path(folder) / "wget-page.warc.gz"
        (HERE / made.name).write_bytes(made.read_bytes())
    server.shutdown()


if __name__ == "__main__":
    os.chdir(HERE)
    letters()
    archives()
    crawls()
    page_with_pictures()
