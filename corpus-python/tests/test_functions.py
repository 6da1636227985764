"""What the functions give, of strings and of columns."""

import json
import pathlib
import threading
import unicodedata

import pytest

import corpus_vi

pa = pytest.importorskip("pyarrow", reason="columns come back as pyarrow's")

TEXT = "Sáng 29/8, Ðảng uỷ xã họp. Ông Vi Văn Thìn, Bí thư Huyện ủy, dự. Quỹ góp 17,6 tỷ đồng 🇻🇳."
TEXTS = [TEXT, None, "", "Quyết định 217-QĐ/TW ngày 12/12/2013.", unicodedata.normalize("NFD", TEXT)]
OF_TEXTS = ["normalize", "sentences", "sentence_spans", "words", "word_spans", "facts", "minhash_bands", "quality"]


def in_characters(text, value):
    """A row of a column with its places in characters, for Python counts those."""
    if isinstance(value, list):
        return [in_characters(text, item) for item in value]
    if not isinstance(value, dict) or "start" not in value:
        return value
    row = dict(value)
    for end in ("start", "end"):
        row[end] = len(text.encode()[: value[end]].decode())
    return row


@pytest.mark.parametrize("name", OF_TEXTS)
def test_columns_hold_what_strings_give(name):
    function = getattr(corpus_vi, name)
    found = function(pa.array(TEXTS)).to_pylist()
    for text, row in zip(TEXTS, found, strict=True):
        if text is None:
            assert row is None
            continue
        expected = function(text)
        row = in_characters(text, row)
        if name == "facts":
            # Places within values are in bytes there; what has none is the same.
            for fact, other in zip(row, expected, strict=True):
                assert {k: v for k, v in fact.items() if k != "value"} == {k: v for k, v in other.items() if k != "value"}
                if fact["kind"] in ("date", "person", "quantity"):
                    assert json.loads(fact["value"]) == other["value"]
        else:
            assert row == expected


@pytest.mark.parametrize("name", OF_TEXTS)
def test_how_a_column_is_stored_changes_nothing(name):
    function = getattr(corpus_vi, name)
    expected = function(pa.array(TEXTS)).to_pylist()
    for kind in (pa.large_string(), pa.string_view()):
        assert function(pa.array(TEXTS, kind)).to_pylist() == expected
    assert function(pa.array(["một", *TEXTS])[1:]).to_pylist() == expected
    chunks = pa.chunked_array([TEXTS[:1], [], TEXTS[1:]], pa.string())
    found = function(chunks)
    assert isinstance(found, pa.ChunkedArray)
    assert found.to_pylist() == expected
    empty = function(pa.chunked_array([], pa.string()))
    assert (len(empty), empty.type) == (0, found.type)


def test_places_are_those_of_the_string():
    for text in filter(None, TEXTS):
        for row in corpus_vi.sentence_spans(text) + corpus_vi.word_spans(text) + corpus_vi.facts(text):
            assert text[row["start"] : row["end"]] == row["text"]
    text = "🇻🇳 Có hai khâu đột phá: Một là, đổi mới công tác; Hai là, xây dựng đội ngũ."
    [found] = [fact["value"] for fact in corpus_vi.facts(text) if fact["kind"] == "list"]
    assert [text[start:end] for start, end in found["items"]] == ["đổi mới công tác", "xây dựng đội ngũ"]


def test_facts_hang_on_the_day():
    text = "Sáng 14/3, xã họp."
    [fact] = [fact for fact in corpus_vi.facts(text, "2022-03-15") if fact["kind"] == "date"]
    assert "2022-03-14" in json.dumps(fact["value"])
    column = pa.array([text, text, text])
    days = pa.chunked_array([["2022-03-15"], ["2019-03-15", None]], pa.string())
    rows = corpus_vi.facts(column, days).to_pylist()
    assert [("2022-03-14" in str(row), "2019-03-14" in str(row)) for row in rows] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert corpus_vi.facts(column, published="2022-03-15").to_pylist()[2] == rows[0]


def test_near_duplicates_meet():
    a = "Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập, xe cộ phải đi vòng."
    b = a.replace("bắc", "Bắc").replace("nay", "qua")
    assert corpus_vi.jaccard(a, a) == 1.0
    assert 0.6 < corpus_vi.jaccard(a, b) < 1.0
    assert set(corpus_vi.minhash_bands(a, 0.6)) & set(corpus_vi.minhash_bands(b, threshold=0.6))
    assert corpus_vi.jaccard(pa.array([a, None]), b).to_pylist() == [corpus_vi.jaccard(a, b), None]


def test_words_and_keys():
    assert corpus_vi.words("Bộ Chính trị họp tại TP. Hà Nội.") == ["Bộ Chính trị", "họp", "tại", "TP.", "Hà Nội", "."]
    assert corpus_vi.key("Khoá XI") == corpus_vi.key("khóa XI")
    assert corpus_vi.strip_marks("Đà Nẵng") == "Da Nang"
    assert corpus_vi.normalize("Ðảng uỷ") == "Đảng ủy"


def test_mistakes_are_told():
    for call, kind, what in [
        (lambda: corpus_vi.words(7), TypeError, "a str or an Arrow array of texts, not int"),
        (lambda: corpus_vi.words(pa.array([1])), TypeError, "Utf8View, not Int64"),
        (lambda: corpus_vi.quality("a", "tin"), ValueError, 'no preset is called "tin"'),
        (lambda: corpus_vi.minhash_bands("a", 2.0), ValueError, "a threshold is a number from"),
        (lambda: corpus_vi.facts("a", "29/8"), ValueError, "is no date such as 2014-08-29"),
        (lambda: corpus_vi.jaccard("a", pa.array(["a"])), TypeError, "b is a column where the text is one text"),
        (lambda: corpus_vi.jaccard(pa.array(["a"]), pa.array(["a", "b"])), ValueError, "1 rows stands beside one of 2"),
    ]:
        with pytest.raises(kind, match=what):
            call()


def test_the_lock_is_not_held():
    texts = pa.array([TEXT * 200] * 40)
    ticks = 0
    done = threading.Event()

    def work():
        corpus_vi.facts(texts)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    # With the lock held this thread would be let in at the end alone.
    while not done.wait(0.001):
        ticks += 1
    worker.join()
    assert ticks > 3


def test_the_stubs_name_what_there_is():
    stubs = (pathlib.Path(corpus_vi.__file__).parent / "__init__.pyi").read_text(encoding="utf-8")
    for name in corpus_vi.__all__:
        assert f"def {name}(" in stubs or f"{name}:" in stubs, name
        assert name.startswith("__") or getattr(corpus_vi, name).__doc__, name
