"""Words and facts of a table of texts with Ray Data: `python with_ray.py IN.parquet OUT.parquet`.

The table has the columns `id` and `text`.
"""

import sys

import corpus_vi
import ray


def analysed(batch):
    text = batch.column("text")
    return batch.append_column("words", corpus_vi.words(text)).append_column("facts", corpus_vi.facts(text))


def annotate(source):
    return ray.data.read_parquet(source).map_batches(analysed, batch_format="pyarrow")


if __name__ == "__main__":
    annotate(sys.argv[1]).write_parquet(sys.argv[2])
