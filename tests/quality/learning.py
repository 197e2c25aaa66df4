"""Trains the language model and the network of the prose reader with torch (extra `train`), from a pretrained MiniLM or further."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass, field, fields, replace

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from kg.extract.prose.encoder import HEADS, LONGEST, MARKED, START, Encoder, Layer
from kg.extract.prose.network import (
    CERTAINTIES,
    NONE,
    PLACES,
    ROLES,
    ROUNDS,
    WHATS,
    Network,
    apart,
    marked,
    pooled,
)

STATES = ("active", "suspended", "ended", "unknown")
"""What a relationship may be. To tell them apart may help to learn; it finds none that is not active, so `standing.py` says what is told."""
_AIDS = frozenset({"end", "state"})
"""Steps that only help to learn."""
LAYERS = 4
"""Lower layers of the pretrained model that are taken over."""
PIECES = 20_000
"""Pieces that are taken over: those of whole words are in the order of how frequent they are."""
WIDTH, BOTH = 96, 64
"""Numbers that tell of a party, and of two."""
EPOCHS, BATCH = 5, 8
RATES = (1e-4, 2e-3)


def pretrained(folder):
    """What is taken over of a pretrained model in the form of BERT: its tensors by name, and its pieces with their rows."""
    tensors = load_file(folder / "model.safetensors")
    vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    pieces = sorted(vocabulary, key=vocabulary.get)
    kept, found = taken(pieces), {}
    for name, tensor in tensors.items():
        name = name.removeprefix("bert.")  # noqa: PLW2901 - as BERT calls it
        layer = _layer_of(name)
        if tensor.is_floating_point() and (name.startswith("embeddings.") or (layer is not None and layer < LAYERS)):
            found[name] = tensor[kept] if name == _ROWS else tensor
    return found, {pieces[at]: row for row, at in enumerate(kept)}


_ROWS = "embeddings.word_embeddings.weight"


def _layer_of(name):
    """The number of the layer that a tensor belongs to, None for none."""
    return int(name.split(".")[2]) if name.startswith("encoder.layer.") else None


def trained_before(encoder):
    """The same of the language model of a network that was trained."""
    found = {
        _ROWS: encoder.rows * encoder.steps,
        "embeddings.position_embeddings.weight": encoder.places,
        "embeddings.token_type_embeddings.weight": np.zeros((1, encoder.rows.shape[1]), np.float32),
        "embeddings.LayerNorm.weight": encoder.scale,
        "embeddings.LayerNorm.bias": encoder.shift,
    }
    for number, layer in enumerate(encoder.layers):
        name = f"encoder.layer.{number}"
        parts = zip(("query", "key", "value"), np.hsplit(layer.mix, 3), np.split(layer.mix_bias, 3), strict=True)
        dense = [(f"attention.self.{part}", weight, bias) for part, weight, bias in parts] + [
            ("attention.output.dense", layer.out, layer.out_bias),
            ("intermediate.dense", layer.wide, layer.wide_bias),
            ("output.dense", layer.narrow, layer.narrow_bias),
        ]
        for part, weight, bias in dense:
            found |= {f"{name}.{part}.weight": weight.T, f"{name}.{part}.bias": bias}
        even = (
            ("attention.output", layer.scale, layer.shift),
            ("output", layer.last_scale, layer.last_shift),
        )
        for part, scale, shift in even:
            found |= {f"{name}.{part}.LayerNorm.weight": scale, f"{name}.{part}.LayerNorm.bias": shift}
    return {name: torch.tensor(np.ascontiguousarray(one, np.float32)) for name, one in found.items()}, dict(
        encoder.pieces
    )


def taken(pieces):
    """The numbers of the pieces that are taken over: frequent ones, and every short one, of which any word can be made."""
    return [
        at
        for at, piece in enumerate(pieces)
        if piece in {START, "[UNK]"}
        or (piece.isascii() and not piece.startswith("[unused") and (at < PIECES or len(piece.removeprefix("##")) < 3))
    ]


@dataclass
class Case:
    """A text as the network sees it, and what it is to say of it."""

    text: object
    parts: list
    marks: np.ndarray
    pools: np.ndarray
    apart: np.ndarray
    roles: list
    pairs: dict
    dates: list
    whats: list
    told: bool
    certainty: int
    length: int = field(init=False)

    def __post_init__(self):
        """Note how long it is."""
        self.length = sum(len(part.pieces) for part in self.parts)


def case(text, cutter):
    """A judged text with the roles, relations, dates, ... that are annotated; `cutter` is an encoder's `parts`."""
    scene = text.told.scene
    parties = scene.parties
    golds = [text.parties_of(party) for party in parties]
    names = [{gold["name"] for gold in told} for told in golds]
    pairs = {
        (one, other): STATES.index(row["status"])
        for row in text.every("uses_vendor")
        for one in range(len(parties))
        for other in range(len(parties))
        if one != other and row["customer"] in names[one] and row["supplier"] in names[other]
    }
    whats = [next((gold["what"] for gold in text.over("dates", phrase)), NONE) for phrase in text.told.dates]
    told = text.gold["incidents"]
    return Case(
        text,
        cutter(scene.words),
        marked(scene),
        pooled(parties, len(scene.words)),
        apart(parties, scene.words.sentence_of),
        [ROLES.index(next((gold["role"] for gold in its), NONE)) for its in golds],
        pairs,
        [(phrase.first, phrase.last) for phrase in text.told.dates],
        [WHATS.index(what) for what in whats],
        bool(told),
        CERTAINTIES.index(told[0]["certainty"]) if told else -100,
    )


class Learner(nn.Module):
    """The language model and the network, as `kg.extract.prose.network` computes them."""

    def __init__(self, begin, dates=1.0):
        """Begin with the pretrained model in a folder, or with a network that was trained before."""
        super().__init__()
        self.dates = dates
        resumed = isinstance(begin, Network)
        tensors, self.pieces = trained_before(begin.encoder) if resumed else pretrained(begin)
        self.tensors = nn.ParameterDict(
            {
                name.replace(".", "/"): nn.Parameter(tensor.clone(), requires_grad=(_layer_of(name) or 0) >= MARKED)
                for name, tensor in tensors.items()
            }
        )
        width = self[_ROWS].shape[1]
        self.marks = nn.Parameter(torch.zeros(3, width))
        sizes = {
            "text": (width, WIDTH), "party": (2 * width, WIDTH), "customer": (WIDTH, BOTH), "supplier": (WIDTH, BOTH),
            "pair": (BOTH, 1), "state": (BOTH, len(STATES)), "role": (WIDTH + 2, len(ROLES)),
            "date": (width + WIDTH, len(WHATS)), "told": (2 * WIDTH, 1), "sure": (2 * WIDTH, len(CERTAINTIES)),
            "end": (WIDTH, 2), **{f"round{at}": (4 * WIDTH, WIDTH) for at in range(ROUNDS)},
        }  # fmt: skip
        self.steps = nn.ModuleDict({name: nn.Linear(*size, bias=name != "supplier") for name, size in sizes.items()})
        self.apart = nn.Parameter(torch.zeros(PLACES, BOTH))
        self.little, self.much = nn.Dropout(0.1), nn.Dropout(0.3)
        if resumed:
            self._resume(begin)

    def _resume(self, network):
        """Take over what was learned; the steps that only help to learn begin anew."""
        with torch.no_grad():
            self.marks.copy_(torch.tensor(network.encoder.marks))
            self.apart.copy_(torch.tensor(network.weights["apart.weight"]))
            for name, step in self.steps.items():
                if name not in _AIDS:
                    step.weight.copy_(torch.tensor(network.weights[f"{name}.weight"].T.copy()))
                if name not in _AIDS and step.bias is not None:
                    step.bias.copy_(torch.tensor(network.weights[f"{name}.bias"]))

    def __getitem__(self, name):
        return self.tensors[name.replace(".", "/")]

    def _linear(self, x, name):
        return F.linear(x, self[f"{name}.weight"], self[f"{name}.bias"])

    def _even(self, x, name):
        return F.layer_norm(x, x.shape[-1:], self[f"{name}.LayerNorm.weight"], self[f"{name}.LayerNorm.bias"], 1e-12)

    def encode(self, pieces, there, marks):
        """Vectors of the pieces (texts x pieces) of parts of texts; `there` tells which are no padding."""
        count, length = pieces.shape
        x = self[_ROWS][pieces] + self["embeddings.position_embeddings.weight"][:length]
        x = self._even(x + self["embeddings.token_type_embeddings.weight"][0], "embeddings")
        absent = torch.where(there, 0.0, -1e9)[:, None, None]
        for number in range(LAYERS):
            if number == MARKED:
                x = x.detach() + self.marks[marks]
            name = f"encoder.layer.{number}"
            query, key, value = (
                self._linear(x, f"{name}.attention.self.{part}").view(count, length, HEADS, -1).transpose(1, 2)
                for part in ("query", "key", "value")
            )
            told = F.scaled_dot_product_attention(query, key, value, attn_mask=absent)
            told = self._linear(told.transpose(1, 2).reshape(x.shape), f"{name}.attention.output.dense")
            x = self._even(x + self.little(told), f"{name}.attention.output")
            h = self._linear(x, f"{name}.intermediate.dense")
            told = self._linear(h * torch.sigmoid(1.702 * h), f"{name}.output.dense")
            x = self._even(x + self.little(told), f"{name}.output")
        return x

    def words(self, cases):
        """Texts x words x width, and a vector for each whole text."""
        parts = [(row, part) for row, case in enumerate(cases) for part in case.parts]
        longest = max(len(part.pieces) for _, part in parts)
        pieces, marks = (torch.zeros(len(parts), longest, dtype=torch.long) for _ in range(2))
        there = torch.zeros(len(parts), longest, dtype=torch.bool)
        size = max(len(case.marks) for case in cases)
        share = torch.zeros(len(parts), size, longest)
        for at, (row, part) in enumerate(parts):
            owners, count = np.array(part.owners), len(part.pieces)
            pieces[at, :count] = torch.tensor(part.pieces)
            marks[at, :count] = torch.from_numpy(np.where(owners >= 0, cases[row].marks[part.first + owners], 0))
            there[at, :count] = True
            share[at, part.first + owners[1:], np.arange(1, count)] = 1
        vectors = self.encode(pieces, there, marks)
        found = share / share.sum(2, keepdim=True).clamp(min=1) @ vectors
        rows = torch.tensor([row for row, _ in parts])
        words = torch.zeros(len(cases), *found.shape[1:]).index_add(0, rows, found)
        first = torch.tensor(
            [next(at for at, (row, _) in enumerate(parts) if row == number) for number in range(len(cases))]
        )
        return words, vectors[first, 0]

    def forward(self, cases):
        """The scores of everything that is to be told of texts."""
        words, whole = self.words(cases)
        most = max(1, *(len(case.roles) for case in cases))
        pools = torch.zeros(len(cases), 2, most, words.shape[1])
        places = torch.zeros(len(cases), most, most, dtype=torch.long)
        there = torch.zeros(len(cases), most)
        for row, case in enumerate(cases):
            count = len(case.roles)
            pools[row, :, :count, : case.pools.shape[2]] = torch.from_numpy(case.pools)
            places[row, :count, :count] = torch.from_numpy(case.apart)
            there[row, :count] = 1
        step, mask = self.steps, there[..., None]
        each = torch.cat([pools[:, 0] @ words, pools[:, 1] @ words], -1)
        text = torch.relu(step["text"](self.little(whole)))
        party = torch.relu(step["party"](self.little(each))) * mask
        beside = text[:, None].expand(party.shape)
        for number in range(ROUNDS):
            others = torch.zeros_like(party)
            if most > 1:
                two = party.topk(2, 1)[0]
                others = torch.where(party >= two[:, :1], two[:, 1:2], two[:, :1])
            seen = torch.cat([party, others, beside, party * others], -1)
            party = torch.relu(step[f"round{number}"](self.much(seen))) * mask + party
        seen = self.much(party)
        two = torch.relu(step["customer"](seen)[:, :, None] + step["supplier"](seen)[:, None] + self.apart[places])
        two = self.much(two)
        off = there[:, :, None] * there[:, None] * (1 - torch.eye(most))
        pairs = step["pair"](two)[..., 0].masked_fill(off == 0, -30)
        tied = torch.sigmoid(pairs) * off
        ends = [tied.max(2)[0][..., None], tied.max(1)[0][..., None]]
        sight = self.much(torch.cat([text, party.max(1)[0]], -1))
        dates = [
            torch.cat([words[row, first:last].mean(0), text[row]])
            for row, case in enumerate(cases)
            for first, last in case.dates
        ]
        return {
            "roles": step["role"](torch.cat([seen, *ends], -1)), "there": there.bool(), "pairs": pairs, "off": off,
            "states": step["state"](two), "ends": step["end"](seen), "told": step["told"](sight)[:, 0],
            "sure": step["sure"](sight), "dates": step["date"](self.little(torch.stack(dates))) if dates else None,
        }  # fmt: skip

    def loss(self, cases):
        """How far what is told of texts is from what is annotated."""
        found = self(cases)
        there, off = found["there"], found["off"]
        roles = torch.tensor([role for case in cases for role in case.roles])
        pairs, states = torch.zeros_like(off), torch.full(off.shape, -100)
        for row, case in enumerate(cases):
            for (one, other), state in case.pairs.items():
                pairs[row, one, other], states[row, one, other] = 1, state
        cross = F.binary_cross_entropy_with_logits
        total = 0.7 * (cross(found["pairs"], pairs, reduction="none") * off).sum() / there.sum().clamp(min=1)
        if there.any():
            total = total + F.cross_entropy(found["roles"][there], roles, label_smoothing=0.05)
            ends = torch.stack([pairs.max(2)[0], pairs.max(1)[0]], -1)
            total = total + 0.4 * cross(found["ends"][there], ends[there])
        if (states >= 0).any():
            total = total + 0.2 * F.cross_entropy(found["states"].flatten(0, 2), states.flatten())
        if found["dates"] is not None:
            whats = torch.tensor([what for case in cases for what in case.whats])
            total = total + self.dates * F.cross_entropy(found["dates"], whats, label_smoothing=0.02)
        total = total + 0.2 * cross(found["told"], torch.tensor([float(case.told) for case in cases]))
        sure = torch.tensor([case.certainty for case in cases])
        return total + 0.1 * F.cross_entropy(found["sure"], sure) if (sure >= 0).any() else total

    def network(self):
        """What was learned, as numbers to compute with; the pieces as whole numbers."""
        rows = self[_ROWS].detach().numpy()
        steps = np.abs(rows).max(axis=1, keepdims=True) / 127
        encoder = Encoder(
            self.pieces,
            np.rint(rows / steps).astype(np.int8),
            steps.astype(np.float32),
            self._array("embeddings.position_embeddings.weight")[:LONGEST]
            + self._array("embeddings.token_type_embeddings.weight")[0],
            self._array("embeddings.LayerNorm.weight"),
            self._array("embeddings.LayerNorm.bias"),
            self.marks.detach().numpy(),
            tuple(map(self._layer, range(LAYERS))),
        )
        weights = {
            f"{name}.weight": step.weight.detach().numpy().T for name, step in self.steps.items() if name not in _AIDS
        }
        weights |= {
            f"{name}.bias": step.bias.detach().numpy()
            for name, step in self.steps.items()
            if name not in _AIDS and step.bias is not None
        }
        return Network(encoder, weights | {"apart.weight": self.apart.detach().numpy()})

    def _array(self, name):
        return self[name].detach().numpy()

    def _layer(self, number):
        name = f"encoder.layer.{number}"
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        dense = [f"{name}.{part}.dense" for part in ("attention.output", "intermediate", "output")]
        out, wide, narrow = ((self._array(f"{one}.weight").T, self._array(f"{one}.bias")) for one in dense)
        even = [
            (self._array(f"{name}.{part}.LayerNorm.weight"), self._array(f"{name}.{part}.LayerNorm.bias"))
            for part in ("attention.output", "output")
        ]
        return Layer(
            np.hstack([self._array(f"{one}.weight").T for one in parts]),
            np.hstack([self._array(f"{one}.bias") for one in parts]),
            *out, *even[0], *wide, *narrow, *even[1],
        )  # fmt: skip


def learn(texts, begin, *, dates, epochs=EPOCHS, rates=RATES, seed=0):
    """The network that annotated texts teach.

    Args:
        texts: annotated texts, their parties and dates found, each in several forms that are seen in turn.
        begin: a folder with the model.safetensors and tokenizer.json of a pretrained model, or a network to train further.
        dates: how much what a date dates counts beside the roles of parties.
        epochs: how often each text is seen.
        rates: how fast the language model learns, and the network above it.
        seed: of the random numbers.
    """
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    learner = Learner(begin, dates)
    cutter = learner.network().encoder.parts
    every = [[case(one, cutter) for one in turns] for turns in texts]
    ground = [one for name, one in learner.named_parameters() if name.startswith("tensors.") and one.requires_grad]
    above = [one for name, one in learner.named_parameters() if not name.startswith("tensors.")]
    optimizer = torch.optim.AdamW(
        [
            {"params": ground, "lr": rates[0], "weight_decay": 0.01},
            {"params": above, "lr": rates[1], "weight_decay": 0.05},
        ]
    )
    steps = math.ceil(len(every) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps * epochs, pct_start=0.1)
    for epoch in range(epochs):
        learner.train()
        cases = [turns[epoch % len(turns)] for turns in every]
        # Texts of like length stand together, each time in another order.
        order = sorted(cases, key=lambda one: one.length * (1 + 0.2 * random.random()))
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        random.shuffle(batches)
        total = 0.0
        for number, batch in enumerate(batches, 1):
            loss = learner.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            if number % 50 == 0 or number == steps:
                sys.stderr.write(
                    f"epoch {epoch + 1} of {epochs}: {number} of {steps} steps, loss {total / number:.3f}\n"
                )
    learner.eval()
    return learner.network()


def averaged(networks):
    """One network whose weights are the mean of those of networks that began alike and saw the same batches (Wortsman and others, 2022)."""
    first = networks[0]
    mean = lambda values: np.mean(values, axis=0, dtype=np.float32)  # noqa: E731
    layers = tuple(
        Layer(**{part.name: mean([getattr(layer, part.name) for layer in same]) for part in fields(Layer)})
        for same in zip(*(network.encoder.layers for network in networks), strict=True)
    )
    marks = mean([network.encoder.marks for network in networks])
    weights = {name: mean([network.weights[name] for network in networks]) for name in first.weights}
    return Network(replace(first.encoder, marks=marks, layers=layers), weights)
