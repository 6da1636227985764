#!/usr/bin/env python3
"""`corpus build` beside a pipeline of datatrove and pyvi: the same documents, the same steps, one after the other.

    python3 -m venv venv && venv/bin/pip install 'datatrove[processing]' spacy pyvi pyarrow
    cargo build --release -p corpus-cli --features parquet
    venv/bin/python corpus-cli/benches/pipeline.py --corpus target/release/corpus crawl/

`crawl/` holds JSON Lines, packed or not, with `id` and `text`. Both read them, judge them by the filters and thresholds that
FineWeb-2 has for Vietnamese (read from corpus-stats/data, so that both have the same), leave one of near-duplicates, split
words and write Parquet. Where the two differ, the difference is in favour of Python:

- its filters and MinHash take words at blanks; `--words pyvi` gives them datatrove's own words of Vietnamese, which takes
  three times as long;
- what MinHash takes for copies it does not compare again.

Printed is a line for each stage of Python and one for each whole: seconds on the clock, and MB of input a second. `corpus build`
runs twice: with what Python does, and with facts too, which Python does not find.
"""

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

from datatrove.data import Document, DocumentsPipeline
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.dedup import (
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.filters import (
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter
from datatrove.utils.hashing import HashConfig
from datatrove.utils.word_tokenizers import WordTokenizer

THRESHOLDS = Path(__file__).parents[2] / "corpus-stats/data/quality/fineweb2-vie.tsv"
BUCKETS = 14


class Blanks(WordTokenizer):
    """Words as they stand between blanks."""

    def word_tokenize(self, text: str) -> list[str]:
        return text.split()

    def sent_tokenize(self, text: str) -> list[str]:
        raise NotImplementedError

    def span_tokenize(self, text: str) -> list[tuple[int, int]]:
        raise NotImplementedError


class Words(PipelineStep):
    """Splits texts into words, line by line, with pyvi."""

    name = "words"
    type = "words"

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        from pyvi import ViTokenizer

        for document in data:
            assert isinstance(document, Document)
            lines = document.text.split("\n")
            document.metadata = {"words": "\n".join(map(ViTokenizer.tokenize, lines))}
            yield document


def filters(words) -> list:
    """The filters of FineWeb-2, with its thresholds for Vietnamese."""
    rows = THRESHOLDS.read_text(encoding="utf-8").splitlines()
    at = dict(row.split("\t") for row in rows if row and not row.startswith("#"))
    value = {name: float(text) for name, text in at.items() if name != "stop_words"}
    return [
        GopherRepetitionFilter(
            language=words,
            dup_line_frac=value["dup_line_frac"],
            dup_para_frac=0,
            dup_line_char_frac=0,
            dup_para_char_frac=0,
            top_n_grams=tuple((n, value[f"top_{n}_gram"]) for n in (2, 3, 4)),
            dup_n_grams=tuple((n, value[f"duplicated_{n}_n_grams"]) for n in range(5, 11)),
        ),
        FineWebQualityFilter(
            language=words,
            line_punct_thr=value["line_punct_ratio"],
            short_line_thr=999,
            char_duplicates_ratio=value["char_dup_ratio"],
            new_line_ratio=value["list_ratio"],
        ),
        GopherQualityFilter(
            language=words,
            min_avg_word_length=value["gopher_below_avg_threshold"],
            max_avg_word_length=value["gopher_above_avg_threshold"],
            max_non_alpha_words_ratio=value["gopher_below_alpha_threshold"],
            min_stop_words=value["gopher_enough_stop_words"],
            stop_words=at["stop_words"].split(),
        ),
    ]


def timed(run) -> float:
    """Runs something, and tells how many seconds it took."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def row(what: str, seconds: float, megabytes: float) -> str:
    return f"{what:28} {seconds:8.2f} s {megabytes / seconds:8.2f} MB/s"


def run_python(crawl: Path, folder: Path, words, jobs: int) -> list[tuple[str, float]]:
    """Runs the stages of datatrove; tells how long each took."""
    config = MinhashConfig(n_grams=5, num_buckets=BUCKETS, hashes_per_bucket=8, hash_config=HashConfig(precision=64))
    at = lambda name: str(folder / name)
    # As many tasks as files, as datatrove wants them: a file is read by one.
    files = max(jobs, sum(1 for path in crawl.iterdir() if path.is_file()))
    stages = [
        ("filters", files, [JsonlReader(str(crawl)), *filters(words), JsonlWriter(at("filtered"))]),
        (
            "signatures",
            files,
            [JsonlReader(at("filtered")), MinhashDedupSignature(at("signatures"), config=config, language=words)],
        ),
        ("buckets", BUCKETS, [MinhashDedupBuckets(at("signatures"), at("buckets"), config=config)]),
        ("clusters", 1, [MinhashDedupCluster(at("buckets"), at("remove"), config=config)]),
        (
            "words and Parquet",
            files,
            [JsonlReader(at("filtered")), MinhashDedupFilter(at("remove")), Words(), ParquetWriter(at("words"))],
        ),
    ]
    times = []
    for name, tasks, pipeline in stages:
        logs = at(f"logs-{len(times)}")
        executor = LocalPipelineExecutor(pipeline=pipeline, tasks=tasks, workers=jobs, logging_dir=logs)
        times.append((name, timed(executor.run)))
    return times


def run_corpus(options: argparse.Namespace, folder: Path, layers: str) -> tuple[float, float]:
    """Runs `corpus build`; tells how long it took, and how many MB came out of what may be packed."""
    command = [options.corpus, "build", str(options.crawl), "-o", str(folder), "--to", "parquet", "--layers", layers]
    command += ["--quiet", "--jobs", str(options.jobs)]
    took = timed(lambda: subprocess.run(command, check=True))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return took, manifest["ledger"]["bytes_in"] / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("crawl", type=Path, help="a folder of JSON Lines")
    parser.add_argument("--corpus", required=True, help="the command, built with the feature parquet")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--words", choices=["blanks", "pyvi"], default="blanks", help="of filters and MinHash")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        words, megabytes = run_corpus(options, folder / "words", "sentences,words")
        print(row("corpus build", words, megabytes), flush=True)
        facts, _ = run_corpus(options, folder / "facts", "sentences,words,mentions")
        print(row("corpus build, with facts", facts, megabytes), flush=True)
        tokens = Blanks() if options.words == "blanks" else "vie_Latn"
        stages = run_python(options.crawl, folder, tokens, options.jobs)
        for name, took in stages:
            print(row(f"  {name}", took, megabytes))
        python = sum(took for _, took in stages)
        print(row("datatrove and pyvi", python, megabytes))
        print(f"corpus build: {python / words:.1f} times as fast, with facts {python / facts:.1f} times")


if __name__ == "__main__":
    main()
