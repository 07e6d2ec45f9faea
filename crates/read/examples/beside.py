#!/usr/bin/env python3
"""The reader beside spaCy, trained on the same data, in one run on one processor.

    pip install spacy
    python3 crates/read/examples/beside.py BENCH [WORK [STEPS]]

BENCH is the folder of gold data. Trains two pipelines of spaCy as its own command sets them up for speed
("spacy init config --optimize efficiency"): one that finds names, on the names of the training part, and one
with tags and trees too, on the syntax of the training part. They are kept in the folder WORK, and trained again
only where they are missing. Then both programs read the articles of the attribution task, each on one
processor, and words a second are printed with their ratio; words are runs without a space. Names are scored on
the dev part by the task's own score.py.
"""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from spacy.util import filter_spans

ROUNDS = 3


def records(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


def named(blank, record):
    """A document with its names; bytes become characters."""
    text = record["text"].encode()
    at = lambda byte: len(text[:byte].decode(errors="ignore"))
    doc = blank.make_doc(record["text"])
    spans = [
        doc.char_span(at(one["start"]), at(one["end"]), label=one["type"], alignment_mode="expand")
        for one in record["entities"]
        if not one.get("nominal")
    ]
    doc.set_ents(filter_spans([span for span in spans if span is not None]))
    return doc


def corpus(docs, path):
    DocBin(docs=docs).to_disk(path)


def spacy_command(*arguments):
    subprocess.run([sys.executable, "-m", "spacy", *map(str, arguments)], check=True)


def trained(work, name, pipeline, train, dev, steps):
    folder = work / name
    if not (folder / "model-best").exists():
        config = work / f"{name}.cfg"
        spacy_command("init", "config", config, "--lang", "en", "--pipeline", pipeline, "--force")
        spacy_command(
            "train", config, "--output", folder, "--paths.train", train, "--paths.dev", dev,
            "--training.max_steps", steps, "--training.eval_frequency", 500,
        )
    return folder / "model-best"


def pipelines(bench, work, steps):
    blank = spacy.blank("en")
    for part in ["train", "dev"]:
        target = work / f"names-{part}.spacy"
        if not target.exists():
            corpus([named(blank, record) for record in records(bench / "names" / f"{part}.jsonl")], target)
        if not (work / f"{part}.spacy").exists():
            spacy_command("convert", bench / "syntax" / f"{part}.conllu", work, "--converter", "conllu", "-n", 10)
    names = trained(work, "names", "ner", work / "names-train.spacy", work / "names-dev.spacy", steps)
    syntax = trained(work, "syntax", "tagger,parser", work / "train.spacy", work / "dev.spacy", steps)
    both = spacy.load(syntax)
    both.add_pipe("ner", source=spacy.load(names), name="ner")
    return {"names alone": spacy.load(names), "tags, trees and names": both}


def score(bench, work, nlp):
    gold = bench / "names" / "dev.jsonl"
    with open(work / "predicted.jsonl", "w") as out:
        for record in records(gold):
            byte = lambda at: len(record["text"][:at].encode())
            found = [
                {"start": byte(one.start_char), "end": byte(one.end_char), "type": one.label_}
                for one in nlp(record["text"]).ents
            ]
            print(json.dumps({"docid": record["docid"], "entities": found}), file=out)
    printed = subprocess.run(
        [sys.executable, bench / "names" / "score.py", gold, work / "predicted.jsonl"],
        check=True, capture_output=True, text=True,
    ).stdout
    print(printed)


def rate(nlp, texts, words):
    fastest = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for _ in nlp.pipe(texts):
            pass
        fastest = min(fastest, time.perf_counter() - begun)
    return words / fastest


def ours(texts, work):
    target = work / "texts"
    target.write_text("\f".join(texts))
    command = ["cargo", "run", "--release", "--quiet", "-p", "throughline-read", "--example", "words", "--"]
    printed = subprocess.run([*command, target, str(ROUNDS)], check=True, capture_output=True, text=True).stdout
    print(printed)
    return {what: float(rate) for what, rate in re.findall(r"^(.+): ([0-9]+) words a second$", printed, re.M)}


def main():
    bench = Path(sys.argv[1])
    work = Path(sys.argv[2] if len(sys.argv) > 2 else "target/beside")
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else 4000
    work.mkdir(parents=True, exist_ok=True)
    texts = [record["text"] for record in records(bench / "attribution" / "dev.jsonl")]
    words = sum(len(text.split()) for text in texts)
    theirs = pipelines(bench, work, steps)
    score(bench, work, theirs["names alone"])
    own = ours(texts, work)
    beside = {"names alone": "and names", "tags, trees and names": "and trees"}
    for name, nlp in theirs.items():
        spacys = rate(nlp, texts, words)
        stage = own[beside[name]]
        print(f"{name}: spaCy {spacys:.0f} words a second, ours {stage:.0f}, {stage / spacys:.1f} times as many")
        print(f"  the whole reader {own['the whole reader']:.0f}, {own['the whole reader'] / spacys:.1f} times as many")


if __name__ == "__main__":
    main()
