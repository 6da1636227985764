"""Each recipe gives the rows that the functions give; one whose engine is not installed is passed over."""

import importlib.util
import itertools
import os
import pathlib
import subprocess
import sys

import pytest

import corpus_vi

pa = pytest.importorskip("pyarrow", reason="columns come back as pyarrow's")
pq = pytest.importorskip("pyarrow.parquet")

RECIPES = pathlib.Path(__file__).parent.parent / "recipes"
SENTENCES = [
    "Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập.",
    "Giá lúa ở đồng bằng tăng nhẹ so với tuần trước, nông dân phấn khởi.",
    "Quyết định 217-QĐ/TW ngày 12/12/2013 nói về giám sát và phản biện xã hội.",
    "Ông Vi Văn Thìn, Bí thư Huyện ủy, dự hội nghị tổng kết phong trào thi đua.",
    "Quỹ góp được 17,6 tỷ đồng để xây hai mươi lăm căn nhà cho hộ nghèo.",
]


def table():
    """Texts of which some are nearly the same."""
    texts = [" ".join(some) for some in itertools.permutations(SENTENCES, 3)]
    texts += [text.replace("phía bắc", "phía nam") for text in texts[::7]]
    texts += [None, ""]
    return pa.table({"id": [f"{n:03}" for n in range(len(texts))], "text": pa.array(texts, pa.string())})


def run(name, engine, folder):
    """The table that a recipe writes."""
    if importlib.util.find_spec(engine) is None:
        pytest.skip(f"{engine} is not installed: pip install {engine}")
    source, target = folder / "in.parquet", folder / "out.parquet"
    pq.write_table(table(), source)
    # Spark's workers are to be this Python, too.
    env = os.environ | {"PYSPARK_PYTHON": sys.executable}
    command = [sys.executable, RECIPES / name, source, target]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr[-4000:]
    return pq.read_table(target).to_pylist()


def pairs():
    rows = [(row["id"], row["text"]) for row in table().to_pylist() if row["text"]]
    alike = ((a, b, corpus_vi.jaccard(one, other)) for (a, one), (b, other) in itertools.combinations(rows, 2))
    return sorted((a, b, share) for a, b, share in alike if share >= 0.8)


@pytest.mark.parametrize(("name", "engine"), [("spark.py", "pyspark"), ("with_daft.py", "daft")])
def test_near_duplicates(name, engine, tmp_path):
    expected = pairs()
    assert len(expected) > 8
    found = run(name, engine, tmp_path)
    assert sorted((row["a"], row["b"], row["similarity"]) for row in found) == expected


def test_ray(tmp_path):
    found = sorted(run("with_ray.py", "ray", tmp_path), key=lambda row: row["id"])
    columns = table()
    assert [row["words"] for row in found] == corpus_vi.words(columns["text"]).to_pylist()
    assert [row["facts"] for row in found] == corpus_vi.facts(columns["text"]).to_pylist()


def test_datasets(tmp_path):
    found = run("with_datasets.py", "datasets", tmp_path)
    columns = table()
    assert [row["words"] for row in found] == corpus_vi.words(columns["text"]).to_pylist()
    verdicts = corpus_vi.quality(columns["text"], "news").to_pylist()
    assert [row["keep"] for row in found] == [verdict and verdict["keep"] for verdict in verdicts]
