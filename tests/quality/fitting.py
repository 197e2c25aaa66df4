"""Fits the models of the prose reader: logistic regressions by L-BFGS, and the taggers by CRFsuite."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.extract.prose.tagging import Tagger
from kg.extract.prose.weights import Weights, likelihood


def apart(function, items):
    """What a function gives for each item, each told by a process that sees what this one holds."""
    global _asked  # noqa: PLW0603 - a forked process inherits it; what is sent to one must be picklable, and a closure is not
    _asked = function
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_answer, items))


_asked = None


def _answer(item):
    return _asked(item)


def fit(cases, labels, names, strength=0.03, least=2, weight="balanced"):
    """A logistic regression for each label against the others, rare labels weighing as much as frequent ones unless `weight` is None.

    The last row of the matrix is the bias. `strength` is the inverse of the L2 penalty.
    """
    counts = Counter(name for case in cases for name in case)
    index = {name: at for at, name in enumerate(sorted(n for n, c in counts.items() if c >= least))}
    x, y = _matrix(cases, index), np.array(labels)
    table = np.zeros((len(index) + 1, len(names)), np.float32)
    for at, name in enumerate(names):
        if not (y == name).any():
            table[-1, at] = -9
            continue
        one = LogisticRegression(
            C=strength, solver="liblinear", class_weight=weight, fit_intercept=False, random_state=0
        )
        one.fit(x, y == name)
        table[:, at] = one.coef_[0]
    return Weights(tuple(names), index, table)


def calibrated(model, scores, labels):
    """The model with each label's scores stretched and shifted so that they are log-odds; `scores` are of texts it was not trained on."""
    table = model.matrix.copy()
    for at, name in enumerate(model.labels):
        hit = np.array([label == name for label in labels], float)
        if not 3 <= hit.sum() <= len(hit) - 3:
            continue
        slope, shift = _platt(scores[:, at], hit)
        table[:, at] *= slope
        table[-1, at] += shift
    return Weights(model.labels, model.index, table.astype(np.float32))


def _platt(scores, hit):
    """Slope and shift of log-odds over scores (Platt, 1999), with his targets that are a little short of 0 and 1."""
    up = hit.sum()
    target = np.where(hit > 0, (up + 1) / (up + 2), 1 / (len(hit) - up + 2))

    def loss(ab):
        z = ab[0] * scores + ab[1]
        return np.logaddexp(0, z).sum() - (target * z).sum()

    found = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(0.05, 20), (-20, 20)])
    return found.x


def _matrix(cases, index):
    rows, columns, values = [], [], []
    for row, case in enumerate(cases):
        for name, value in [*case.items(), ("", 1.0)]:
            at = index.get(name) if name else len(index)
            if at is not None:
                rows.append(row)
                columns.append(at)
                values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(cases), len(index) + 1))


def crossed(cases, labels, groups, names, extra=(), **how):
    """Odds of each case by a model of the other groups, and the model of all; `extra` are (case, label, group) that only train."""
    everything = list(zip(cases, labels, groups, strict=True)) + list(extra)

    def trained(left_out):
        inside = [(case, label) for case, label, group in everything if group != left_out]
        return fit([case for case, _ in inside], [label for _, label in inside], names, **how)

    def told(group):
        model = trained(group)
        return model if group is None else model.scores([cases[i] for i in outside[group]])

    outside = {group: [i for i, g in enumerate(groups) if g == group] for group in sorted(set(groups))}
    *apiece, whole = apart(told, [*outside, None])
    scores = np.zeros((len(cases), len(names)), np.float32)
    for places, found in zip(outside.values(), apiece, strict=True):
        scores[places] = found
    stretched = calibrated(
        Weights(whole.labels, {}, np.vstack([np.ones(len(names)), np.zeros(len(names))])), scores, labels
    ).matrix
    odds = likelihood(scores * stretched[0] + stretched[1])
    return [dict(zip(names, row, strict=True)) for row in odds.tolist()], calibrated(whole, scores, labels)


def fit_tagger(texts, c1=0.05, c2=0.02, least=2, iterations=80):
    """The conditional random field of texts; each is (features of its words, its tags, its sentences)."""
    import pycrfsuite

    counts = Counter(name for rows, _, _ in texts for row in rows for name in row)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": iterations, "feature.possible_transitions": True})
    for rows, tags, sentences in texts:
        for first, last in sentences:
            trainer.append(
                [[name for name in row if counts[name] >= least] for row in rows[first:last]], tags[first:last]
            )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return _taken(tagger.info())


def _taken(info):
    kinds = {label[2:] for label in info.labels if label != "O"}
    labels = ["O", *sorted(f"{mark}-{kind}" for kind in kinds for mark in "BI")]
    index = {name: at for at, name in enumerate(sorted({name for name, _ in info.state_features}))}
    table = np.zeros((len(index) + 1, len(labels)), np.float32)
    for (name, label), value in info.state_features.items():
        table[index[name], labels.index(label)] = value
    steps = np.zeros((len(labels), len(labels)))
    for (one, two), value in info.transitions.items():
        steps[labels.index(one), labels.index(two)] = value
    for i, one in enumerate(labels):
        for j, two in enumerate(labels):
            if two.startswith("I-") and one[2:] != two[2:]:
                steps[i, j] = -12
    return Weights(tuple(labels), index, table), Tagger(tuple(labels), np.exp(steps))


def joined(parts):
    """The weights of several taggers as one table, over the features of all."""
    index = {name: at for at, name in enumerate(sorted({name for part in parts for name in part.index}))}
    tables = []
    for part in parts:
        table = np.zeros((len(index) + 1, len(part.labels)), np.float32)
        table[[index[name] for name in part.index]] = part.matrix[list(part.index.values())]
        tables.append(table)
    return Weights(tuple(label for part in parts for label in part.labels), index, np.hstack(tables))
