"""Words of a table of texts, and only texts worth keeping, with Hugging Face's datasets: `python with_datasets.py IN.parquet OUT.parquet`.

The table has the columns `id` and `text`.
"""

import sys

import corpus_vi
import pyarrow as pa
import pyarrow.compute as pc
from datasets import Dataset


def analysed(batch: pa.Table) -> pa.Table:
    text = batch.column("text")
    keep = pc.struct_field(corpus_vi.quality(text, "news"), "keep")
    return batch.append_column("words", corpus_vi.words(text)).append_column("keep", keep)


def annotate(source):
    dataset = Dataset.from_parquet(source).with_format("arrow")
    return dataset.map(analysed, batched=True).with_format(None)


if __name__ == "__main__":
    annotate(sys.argv[1]).to_parquet(sys.argv[2])
