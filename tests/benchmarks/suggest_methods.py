"""Ways to suggest provisions for a draft, to be compared; each gives a score per provision, and is told nothing but a corpus.

The method in use is :func:`profiles`; the others are baselines, and candidates that it was chosen from.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from query_service.suggest.profiles import Profiles
from query_service.suggest.texts import Corpus, Text
from query_service.suggest.word_space import WordSpace, dot

__all__ = ["CLASSIFIERS", "METHODS", "Method", "Scores", "classify", "labelled"]

#: Score of each provision by its path; one without a score is not suggested.
Scores = Mapping[str, float]
#: Scores of the provisions for each of several drafts.
Method = Callable[[Corpus, Sequence[str]], list[Scores]]

_NEIGHBOURS: Final = 10
_K1: Final = 1.2
_B: Final = 0.75


def most_frequent(corpus: Corpus, drafts: Sequence[str]) -> list[Scores]:
    """The same for every draft: what most practices have, as primary principle, as conclusion or as measure."""
    return [Counter(provision for practice in corpus.practices() for provision in _main(corpus, practice))] * len(drafts)


def nearest_title(corpus: Corpus, drafts: Sequence[str]) -> list[Scores]:
    """What that practice has whose title has the largest part of its words in the draft."""
    space = WordSpace(text.words for text in corpus.texts)
    titles = {practice: set(space.words(corpus.items[practice].title).counts) for practice in sorted(corpus.practices())}
    found: list[Scores] = []
    for draft in drafts:
        words = set(space.words(draft).counts)
        scores: dict[str, float] = defaultdict(float)
        for practice, title in titles.items():
            for provision in _main(corpus, practice):
                scores[provision] = max(scores[provision], len(title & words) / max(len(title), 1))
        found.append(scores)
    return found


def shared_keywords(corpus: Corpus, drafts: Sequence[str]) -> list[Scores]:
    """How many different words the draft and a provision's own title and summary share, for their number."""
    space = WordSpace(text.words for text in corpus.texts)
    own = {path: set(space.words(words).counts) for path, words in _own_texts(corpus).items()}
    return [
        {path: len(words & set(space.words(draft).counts)) / math.sqrt(len(words)) for path, words in own.items()}
        for draft in drafts
    ]


def bm25(corpus: Corpus, drafts: Sequence[str]) -> list[Scores]:
    """BM25 (Robertson and Zaragoza, 2009) over the provisions; a principle has the conclusions that elaborate it, too."""
    space = WordSpace(text.words for text in corpus.texts)
    counts = {path: space.words(words).counts for path, words in _own_texts(corpus, elaborated=True).items()}
    mean = sum(map(Counter.total, counts.values())) / len(counts)
    spread = Counter(stem for found in counts.values() for stem in found)

    def score(found: Counter[str], draft: Mapping[str, int]) -> float:
        share = _K1 * (1 - _B + _B * found.total() / mean)
        return sum(
            math.log(1 + (len(counts) - spread[stem] + 0.5) / (spread[stem] + 0.5))
            * found[stem]
            * (_K1 + 1)
            / (found[stem] + share)
            for stem in draft
            if stem in found
        )

    return [{path: score(found, space.words(draft).counts) for path, found in counts.items()} for draft in drafts]


def neighbours(corpus: Corpus, drafts: Sequence[str]) -> list[Scores]:
    """What the ten practices have whose summaries are nearest by tf-idf; the nearer, the more their vote counts."""
    space = WordSpace(text.words for text in corpus.texts)
    summaries = [(text.item, space.vector(space.words(text.words).counts)) for text in corpus.texts if _is_summary(corpus, text)]
    found: list[Scores] = []
    for draft in drafts:
        vector = space.vector(space.words(draft).counts)
        near = sorted(((dot(vector, summary), practice) for practice, summary in summaries), reverse=True)[:_NEIGHBOURS]
        scores: dict[str, float] = defaultdict(float)
        for likeness, practice in near:
            for provision in _main(corpus, practice):
                scores[provision] += likeness**2
        found.append(scores)
    return found


def profiles(corpus: Corpus, drafts: Sequence[str], keep: Callable[[Corpus, Text], bool] = lambda _, __: True) -> list[Scores]:
    """The method in use; with only some texts where ``keep`` says so."""
    known = Profiles(corpus._replace(texts=tuple(text for text in corpus.texts if keep(corpus, text))))
    return [known.scores(known.space.vector(known.space.words(draft).counts)) for draft in drafts]


def learnt(corpus: Corpus, drafts: Sequence[str], make: Callable[[], Any], keep: Callable[[Corpus, Text], bool]) -> list[Scores]:
    """A linear classifier over tf-idf vectors of texts that have a principle; it suggests principles alone."""
    import numpy as np  # noqa: PLC0415 - heavy
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415 - heavy

    space = WordSpace(text.words for text in corpus.texts)
    texts, labels = labelled(corpus, keep)
    vectoriser = DictVectorizer(sparse=False)
    known = vectoriser.fit_transform([space.vector(space.words(words).counts) for words in texts])
    asked = vectoriser.transform([space.vector(space.words(draft).counts) for draft in drafts])
    # There are fewer texts than words: turned into the space of the texts, which loses nothing, they are learnt ten times faster.
    axes, known = np.linalg.qr(known.T)
    return classify(make(), known.T, labels, asked @ axes)


def classify(model: Any, known: Any, labels: Sequence[str], asked: Any) -> list[Scores]:
    """Scores of each label by a model of scikit-learn."""
    model.fit(known, labels)
    return [dict(zip(model.classes_, map(float, row), strict=True)) for row in model.decision_function(asked)]


def labelled(corpus: Corpus, keep: Callable[[Corpus, Text], bool] = lambda _, __: True) -> tuple[list[str], list[str]]:
    """Texts and the principle of each; a text with several stands there several times."""
    pairs = [
        (text.words, provision)
        for text in corpus.texts
        if keep(corpus, text)
        for provision in text.provisions
        if corpus.provisions[provision].series == "principles"
    ]
    return [words for words, _ in pairs], [provision for _, provision in pairs]


def _is_summary(corpus: Corpus, text: Text) -> bool:
    return text.item in corpus.practices() and text.words.startswith(corpus.items[text.item].title)


def _is_provision(corpus: Corpus, text: Text) -> bool:
    return text.item in corpus.provisions


def _everything(_: Corpus, __: Text) -> bool:
    return True


def _main(corpus: Corpus, practice: str) -> list[str]:
    """The primary principle, conclusions and measures of a practice."""
    return [
        provision
        for (source, provision), link in corpus.links.items()
        if source == practice and (link.strength == "ipg:Primary" or corpus.provisions[provision].series != "principles")
    ]


def _own_texts(corpus: Corpus, *, elaborated: bool = False) -> dict[str, str]:
    found: dict[str, str] = defaultdict(str)
    for text in corpus.texts:
        if _is_provision(corpus, text):
            for provision in text.provisions if elaborated else text.provisions[:1]:
                found[provision] += f"{text.words}\n"
    return found


def _logistic() -> Any:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - heavy

    return LogisticRegression(C=10, max_iter=500)


def _support_vectors() -> Any:
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - heavy

    return LinearSVC(C=1, random_state=0)


#: Linear classifiers by name.
CLASSIFIERS: Final[dict[str, Callable[[], Any]]] = {"logistic regression": _logistic, "linear SVM": _support_vectors}
#: Methods by name, in the order of the table.
METHODS: Final[dict[str, Method]] = {
    "most frequent (baseline)": most_frequent,
    "nearest title (baseline)": nearest_title,
    "keywords of the provision (baseline)": shared_keywords,
    "BM25 over provisions": bm25,
    "tf-idf, ten nearest practices": neighbours,
    "tf-idf, logistic regression on summaries": partial(learnt, make=_logistic, keep=_is_summary),
    "tf-idf, logistic regression on all texts": partial(learnt, make=_logistic, keep=_everything),
    "tf-idf, linear SVM on all texts": partial(learnt, make=_support_vectors, keep=_everything),
    "profiles of provisions' texts": partial(profiles, keep=_is_provision),
    "profiles of practices' summaries": partial(profiles, keep=_is_summary),
    "profiles of all texts (in use)": profiles,
}
