from typing import Any, Literal, Protocol, TypedDict, overload

__version__: str

class ArrowArray(Protocol):
    """A column in one piece, as pyarrow, nanoarrow and arro3 have it."""

    def __arrow_c_array__(
        self, requested_schema: object | None = None
    ) -> tuple[object, object]: ...

class ArrowStream(Protocol):
    """A column in several pieces, as pyarrow's chunked arrays and the series of Polars are."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

Column = ArrowArray | ArrowStream

class SentenceSpan(TypedDict):
    start: int
    end: int
    text: str

class WordSpan(TypedDict):
    kind: Literal["word", "number", "symbol", "punctuation", "other"]
    start: int
    end: int
    text: str

class Fact(TypedDict):
    kind: Literal[
        "date",
        "directive",
        "person",
        "organization",
        "place",
        "quantity",
        "event",
        "list",
        "programme",
    ]
    start: int
    end: int
    text: str
    value: dict[str, Any]

class Verdict(TypedDict):
    keep: bool
    rule: str | None
    value: float | None
    threshold: float | None

def key(text: str, /) -> str:
    """The key that all spellings of a word share: ``key("Khoá") == key("khóa")``."""

def strip_marks(text: str, /) -> str:
    """The text without marks, as addresses have it: ``Hà Nội`` gives ``Ha Noi``."""

@overload
def normalize(texts: str, /) -> str: ...
@overload
def normalize(texts: Column, /) -> Any:
    """The normal form: NFC, Đ for Ð, no zero-width characters, tone marks in the old places."""

@overload
def sentences(texts: str, /) -> list[str]: ...
@overload
def sentences(texts: Column, /) -> Any:
    """The sentences, without the white space around them."""

@overload
def sentence_spans(texts: str, /) -> list[SentenceSpan]: ...
@overload
def sentence_spans(texts: Column, /) -> Any:
    """The sentences with their places."""

@overload
def words(texts: str, /) -> list[str]: ...
@overload
def words(texts: Column, /) -> Any:
    """The words, sentence by sentence: ``["Bộ Chính trị", "họp", …]``."""

@overload
def word_spans(texts: str, /) -> list[WordSpan]: ...
@overload
def word_spans(texts: Column, /) -> Any:
    """The words with their kinds and places."""

@overload
def facts(texts: str, /, published: str | None = None) -> list[Fact]: ...
@overload
def facts(texts: Column, /, published: str | Column | None = None) -> Any:
    """Dates, directives, people with office, organisations, places, quantities, events, lists, programmes.

    ``published`` says when a text was published (``2014-08-29``), which is what half-written dates hang on. Of a
    column the values are JSON.
    """

@overload
def minhash_bands(texts: str, /, threshold: float = 0.8) -> list[int]: ...
@overload
def minhash_bands(texts: Column, /, threshold: float = 0.8) -> Any:
    """The keys under which a text meets those that are as alike as ``threshold``: see :func:`jaccard`.

    Less than one in ten thousand of the pairs at that threshold shares none.
    """

@overload
def jaccard(a: str, b: str, /) -> float: ...
@overload
def jaccard(a: Column, b: str | Column, /) -> Any:
    """How alike two texts are, from 0 to 1: the shared part of their shingles."""

@overload
def quality(texts: str, /, preset: str | None = None) -> Verdict: ...
@overload
def quality(texts: Column, /, preset: str | Column | None = None) -> Any:
    """Whether a text is worth keeping, and the first rule that it breaks, by ``fineweb2-vie`` or ``news``."""
