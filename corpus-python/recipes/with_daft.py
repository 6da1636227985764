"""Near-duplicates of a table of texts with Daft: `python with_daft.py IN.parquet OUT.parquet`.

The table has the columns `id` and `text`.
"""

import sys

import corpus_vi
import daft
from daft import DataType, Series, col


@daft.func.batch(return_dtype=DataType.list(DataType.uint64()))
def keys(text: Series):
    return corpus_vi.minhash_bands(text.to_arrow())


@daft.func.batch(return_dtype=DataType.float64())
def similarity(a: Series, b: Series):
    return corpus_vi.jaccard(a.to_arrow(), b.to_arrow())


def near_duplicates(source):
    table = daft.read_parquet(source).select("id", "text").with_column("key", keys(col("text"))).explode("key")
    table = table.where(col("key").not_null())
    others = table.select(col("id").alias("b"), col("text").alias("text_b"), "key")
    pairs = table.join(others, on="key").where(col("id") < col("b"))
    pairs = pairs.select(col("id").alias("a"), "b", "text", "text_b").distinct()
    pairs = pairs.with_column("similarity", similarity(col("text"), col("text_b")))
    return pairs.where(col("similarity") >= 0.8).select("a", "b", "similarity")


if __name__ == "__main__":
    near_duplicates(sys.argv[1]).write_parquet(sys.argv[2])
