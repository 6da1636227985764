"""Makes the recorded figures beside it: python make.py

Needs NLTK, whose version is written into the files. What NLTK has (PMI, t, log-likelihood ratio, Dice) is taken from it; MI3,
logDice, delta-p, log ratio, %DIFF, simple maths and the measures of dispersion are computed here from the published formulae,
in exact fractions as far as they go. quanteda is not run: what its manual says of textstat_keyness (measure "lr", correction
"none"; its default divides by Williams' correction, which we do not) is computed here from the cells, and must agree.
"""

import math
import random
from fractions import Fraction
from pathlib import Path

import nltk
from nltk.metrics.association import BigramAssocMeasures as M

here = Path(__file__).parent
rng = random.Random(20)


def association():
    cases = [(30, 40, 60, 10_000), (1, 1, 1, 1_000_000), (2, 100, 3, 5_000), (8, 15_828, 4_675, 14_307_668), (20, 42, 20, 14_307_668)]
    while len(cases) < 40:
        total = rng.randint(50, 10 ** rng.randint(2, 8))
        a, b = rng.randint(2, max(2, total // 4)), rng.randint(2, max(2, total // 4))
        cases.append((rng.randint(1, min(a, b)), a, b, total))
    with open(here / "association.tsv", "w") as out:
        out.write(f"# NLTK {nltk.__version__}: joint, first, second, total; PMI, MI3, t, log-likelihood, Dice, logDice, delta-p, backward\n")
        for joint, a, b, total in cases:
            marginals = (joint, (a, b), total)
            dp = Fraction(joint, a) - Fraction(b - joint, total - a)
            back = Fraction(joint, b) - Fraction(a - joint, total - b)
            row = [
                M.pmi(*marginals),
                math.log2(Fraction(joint) ** 3 * total / (a * b)),
                M.student_t(*marginals),
                M.likelihood_ratio(*marginals),
                M.dice(*marginals),
                14 + math.log2(Fraction(2 * joint, a + b)),
                float(dp),
                float(back),
            ]
            out.write("\t".join(map(repr, [joint, a, b, total, *row])) + "\n")


def quanteda_lr(a, n, b, m):
    """G2 of the word and of all others in the two corpora; negative where the word is rarer than expected in the first."""
    observed = [[a, b], [n - a, m - b]]
    rows, columns, total = [sum(row) for row in observed], [n, m], n + m
    cells = [(observed[i][j], Fraction(rows[i] * columns[j], total)) for i in (0, 1) for j in (0, 1)]
    g2 = 2 * math.fsum(o * math.log(o / e) for o, e in cells if o)
    return -g2 if a < cells[0][1] else g2


def keyness():
    cases = [(35, 10_000, 20, 40_000), (5, 1_000, 0, 90_000), (3, 500, 3, 500), (2, 100_000, 900, 200_000)]
    while len(cases) < 30:
        n, m = rng.randint(100, 10_000_000), rng.randint(100, 10_000_000)
        cases.append((rng.randint(1, n // 20), n, rng.randint(1, m // 20), m))
    with open(here / "keyness.tsv", "w") as out:
        out.write(f"# NLTK {nltk.__version__}: count, size, count and size of the reference; signed log-likelihood of the four cells (quanteda's lr without correction),"
                  " log ratio, %DIFF, simple maths with 1\n")
        for a, n, b, m in cases:
            likelihood = M.likelihood_ratio(a, (a + b, n), n + m)
            sign = 1 if Fraction(a, n) >= Fraction(b, m) else -1
            documented = quanteda_lr(a, n, b, m)
            assert abs(documented - sign * likelihood) <= 1e-9 * max(1, abs(documented)), (a, n, b, m)
            ratio = math.log2(Fraction(a, n) / Fraction(b, m)) if b else math.log2(Fraction(a, n) / (Fraction(1, 2) / m))
            diff = float((Fraction(a, n) / Fraction(b, m) - 1) * 100) if b else math.inf
            simple = float((Fraction(a * 10**6, n) + 1) / (Fraction(b * 10**6, m) + 1))
            out.write("\t".join(map(repr, [a, n, b, m, sign * likelihood, ratio, diff, simple])) + "\n")


def dispersion():
    # The first is made after the example in Gries (2008): letters as words, five parts.
    corpora = ["bamnibeupk|basatbewqn|bcagabestd|bahagbexdt|baaaabeuio"]
    for _ in range(8):
        corpora.append("|".join("".join(rng.choice("aaabbcdxyz") for _ in range(rng.randint(3, 30))) for _ in range(rng.randint(2, 9))))
    with open(here / "dispersion.tsv", "w") as out:
        out.write("# corpus, its parts with | between them, a letter a word; word; DP, normalised DP, Juilland's D, ARF\n")
        for corpus in corpora:
            parts = corpus.split("|")
            text = "".join(parts)
            for word in "abx":
                f, n = text.count(word), len(text)
                if not f:
                    continue
                shares = [Fraction(len(p), n) for p in parts]
                dp = sum(abs(s - Fraction(p.count(word), f)) for s, p in zip(shares, parts)) / 2
                rates = [Fraction(p.count(word), len(p)) for p in parts]
                mean = sum(rates) / len(rates)
                variance = sum((r - mean) ** 2 for r in rates) / len(rates)
                juilland = 1 - math.sqrt(variance) / float(mean) / math.sqrt(len(parts) - 1)
                places = [i for i, c in enumerate(text) if c == word]
                gaps = [(places[i] - places[i - 1]) % n or n for i in range(f)]
                v = Fraction(n, f)
                arf = sum(min(Fraction(g), v) for g in gaps) / v
                row = [float(dp), float(dp / (1 - min(shares))), juilland, float(arf)]
                out.write("\t".join([corpus, word, *map(repr, row)]) + "\n")


association()
keyness()
dispersion()
