"""Near-duplicates and words of a table of texts with Spark: `python spark.py IN.parquet OUT.parquet`.

The table has the columns `id` and `text`. Spark hands over Arrow batches, the functions take them as they are.
"""

import sys

import corpus_vi
import pyarrow as pa
from pyspark.sql import SparkSession


def analysed(batches):
    for batch in batches:
        text = batch.column("text")
        # Spark has no unsigned numbers: the keys are the same 64 bits, signed.
        keys = corpus_vi.minhash_bands(text)
        keys = pa.ListArray.from_arrays(keys.offsets, keys.values.view(pa.int64()), mask=keys.is_null())
        yield pa.RecordBatch.from_arrays(
            [batch.column("id"), text, corpus_vi.words(text), keys], ["id", "text", "words", "keys"]
        )


def compared(batches):
    for batch in batches:
        similarity = corpus_vi.jaccard(batch.column("text_a"), batch.column("text_b"))
        yield pa.RecordBatch.from_arrays([batch.column("a"), batch.column("b"), similarity], ["a", "b", "similarity"])


def near_duplicates(spark, source):
    table = spark.read.parquet(source).select("id", "text")
    schema = "id string, text string, words array<string>, keys array<bigint>"
    table.mapInArrow(analysed, schema).createOrReplaceTempView("documents")
    candidates = spark.sql("""
        WITH keys AS (SELECT id, text, explode(keys) AS key FROM documents)
        SELECT DISTINCT a.id AS a, b.id AS b, a.text AS text_a, b.text AS text_b
        FROM keys a JOIN keys b ON a.key = b.key AND a.id < b.id
    """)
    return candidates.mapInArrow(compared, "a string, b string, similarity double").where("similarity >= 0.8")


if __name__ == "__main__":
    session = SparkSession.builder.getOrCreate()
    near_duplicates(session, sys.argv[1]).write.mode("overwrite").parquet(sys.argv[2])
    session.stop()
