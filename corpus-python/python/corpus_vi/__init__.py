"""Vietnamese text, exactly and fast.

Each function takes a ``str`` or a column of texts: anything with Arrow's PyCapsule interface, such as an array or a
chunked array of pyarrow, a series of Polars, a column of DuckDB. Of a ``str`` it gives Python's own values, with places
counted in characters, so that ``text[start:end]`` is what was found. Of a column it gives a column of pyarrow
(``pip install corpus-vi[arrow]``), with places in bytes of UTF-8; what is null stays null.

>>> import corpus_vi
>>> corpus_vi.words("Giá vàng tăng mạnh.")
['Giá', 'vàng', 'tăng', 'mạnh', '.']
"""

from ._corpus_vi import (
    __version__,
    facts,
    jaccard,
    key,
    minhash_bands,
    normalize,
    quality,
    sentence_spans,
    sentences,
    strip_marks,
    word_spans,
    words,
)

__all__ = [
    "__version__",
    "facts",
    "jaccard",
    "key",
    "minhash_bands",
    "normalize",
    "quality",
    "sentence_spans",
    "sentences",
    "strip_marks",
    "word_spans",
    "words",
]
