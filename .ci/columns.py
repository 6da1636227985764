"""Opens a Parquet file with DuckDB, Polars and pyarrow, and holds it to the same documents as JSON Lines.

Usage: columns.py FILE.parquet FILE.jsonl
"""

import json
import sys

import duckdb
import polars
import pyarrow.parquet

table, lines = sys.argv[1:]
with open(lines, encoding="utf-8") as file:
    documents = [json.loads(line) for line in file]
assert documents

# One row for each document: what each of the three has to find.
wanted = [
    (
        it["id"],
        it["title"],
        it["published"],
        it["extra"],
        [(block["kind"], *block["span"]) for block in it["blocks"]],
        [tuple(sentence["span"]) for sentence in it.get("sentences", [])],
        [(word["kind"], *word["span"]) for word in it.get("words", [])],
        [(found["kind"], *found["span"], found["value"]) for found in it.get("mentions", [])],
        it["text"],
    )
    for it in documents
]


def row(it):
    """A row of any of the three, as plain values."""
    extra = it["extra"]
    if isinstance(extra, list):
        # A map is a list of pairs for some of them, and one of structs for others.
        extra = dict(tuple(pair.values()) if isinstance(pair, dict) else pair for pair in extra)
    return (
        it["id"],
        it["title"],
        it["published"],
        extra,
        [(block["kind"], block["start"], block["end"]) for block in it["blocks"]],
        [(sentence["start"], sentence["end"]) for sentence in it["sentences"]],
        [(word["kind"], word["start"], word["end"]) for word in it["words"]],
        [
            (found["kind"], found["start"], found["end"], json.loads(found["value"]))
            for found in it["mentions"]
        ],
        it["text"],
    )


arrow = pyarrow.parquet.read_table(table)
found = {
    "pyarrow": arrow.to_pylist(),
    "polars": polars.read_parquet(table).to_dicts(),
    "duckdb": duckdb.sql("select * from read_parquet(?)", params=[table]).to_arrow_table().to_pylist(),
}
for name, rows in found.items():
    assert [row(it) for it in rows] == wanted, f"{name} reads other documents"

# Nested columns can be asked, not only opened.
words = sum(len(it[6]) for it in wanted)
[(counted,)] = duckdb.sql("select sum(len(words)) from read_parquet(?)", params=[table]).fetchall()
assert counted == words, (counted, words)
kinds = polars.read_parquet(table).select(polars.col("blocks").explode().struct.field("kind"))
assert len(kinds.to_series().drop_nulls()) == sum(len(it[4]) for it in wanted)
print(f"{len(wanted)} documents, {words} words: the same for {', '.join(found)}")
