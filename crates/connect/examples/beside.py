#!/usr/bin/env python3
"""The same questions asked of the same network by Throughline, rustworkx and NetworkX, in one run.

    pip install networkx rustworkx
    python3 crates/connect/examples/beside.py [INCIDENTS PEOPLE TIES]

Runs the example `connections`, which makes the network and writes it down, then asks both libraries, each in
the way that its documentation gives, and prints each time as a ratio. What the libraries find must be what
Throughline found: how many ties lie between two incidents, and every day of the replay.
"""

import math
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import networkx as nx
import rustworkx as rx

TIES, HUB, WANTED = 4, 1000, 10
# So many of what was asked are asked of the libraries too.
ASKED = 40
# What a tie counts beside what it costs, so that fewer ties go before firmer ones.
TIE = 10**7


def ours(folder, numbers):
    command = ["cargo", "run", "--release", "--quiet", "--example", "connections", "--", *numbers, "--write", folder]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(printed)
    each = {what: float(ms) for what, ms in re.findall(r"^(.+): median ([0-9.]+) ms", printed, re.M)}
    whole = {what: float(s) * 1000 for what, s in re.findall(r"^(.+): ([0-9.]+) s$", printed, re.M)}
    return each | whole


def table(path):
    with open(path) as lines:
        return [line.split() for line in lines]


def median_ms(run, asked):
    took, found = [], []
    for pair in asked:
        begun = time.perf_counter()
        found.append(run(*pair))
        took.append((time.perf_counter() - begun) * 1000)
    return sorted(took)[(len(took) - 1) // 2], found


def hundredths(number):
    """The binary logarithm in hundredths, in ten binary places as Throughline takes it."""
    if number < 2:
        return 0
    whole = number.bit_length() - 1
    return whole * 100 + (int((math.log2(number) - whole) * 1024) * 100 >> 10)


def rings(start, neighbours, passes, incidents):
    """How many ties the nearest incidents are away, if there are enough of them."""
    met, ring, found = {start}, [start], 0
    for ties in range(1, TIES + 1):
        ring = [other for at in ring if at == start or at in passes for other in neighbours(at)]
        ring = [other for other in dict.fromkeys(ring) if other not in met]
        met.update(ring)
        found += sum(at in incidents for at in ring)
        if found >= WANTED:
            return ties
    return TIES


def told(lengths, incidents, start):
    """The nearest incidents by ties, then by cost, from lengths in which a tie counts `TIE`."""
    near = sorted(length for at, length in lengths if at in incidents and at != start)
    return [(length // TIE, length % TIE) for length in near[:WANTED]]


def replay(neighbours, day, passes, incidents):
    """Since when each pair of incidents within two ties could be seen."""
    first = {}

    def see(a, b, on):
        key = (min(a, b), max(a, b))
        first[key] = min(first.get(key, on), on)

    for a in incidents:
        for other in neighbours(a):
            if other in incidents:
                see(a, other, day(a, other))
            if other in passes:
                for b in neighbours(other):
                    if b in incidents and b > a:
                        see(a, b, max(day(a, other), day(other, b)))
    return first


def main():
    with tempfile.TemporaryDirectory() as folder:
        known = ours(folder, sys.argv[1:])
        folder = Path(folder)
        bonds = [tuple(map(int, row)) for row in table(folder / "bonds")]
        incidents = {int(row[0]) for row in table(folder / "incidents")}
        rows = [tuple(map(int, row)) for row in table(folder / "asked")]
        asked = [row[:2] for row in rows[:ASKED]]
        best = [row[2:] or None for row in rows[:ASKED]]
        near = [list(zip(map(int, row[::2]), map(int, row[1::2]))) for row in table(folder / "near")[:ASKED]]
        seen = {(int(a), int(b)): int(day) for a, b, day in table(folder / "seen")}
    many = 1 + max(max(a, b) for a, b, _ in bonds)
    degree = defaultdict(int)
    for a, b, _ in bonds:
        degree[a] += 1
        degree[b] += 1
    passes = {at for at in range(many) if degree[at] <= HUB}

    other = rx.PyGraph(multigraph=False)
    other.add_nodes_from(range(many))
    other.add_edges_from(bonds)
    # Both ways, each with its ends, which a function of costs is not told.
    directed = rx.PyDiGraph(multigraph=False)
    directed.add_nodes_from(range(many))
    directed.add_edges_from([(a, b, (a, b)) for a, b, _ in bonds] + [(b, a, (b, a)) for a, b, _ in bonds])
    graph = nx.Graph()
    graph.add_nodes_from(range(many))
    graph.add_weighted_edges_from(bonds)
    # What passing through a record costs: the bits that it takes to say which way.
    bits = [hundredths(degree[at]) for at in range(many)]

    def cost(start, end):
        """The cost of a step, half of what its ends cost to pass; neither start nor end is passed."""

        def of(a, b):
            for at in (a, b):
                if at not in passes and at != start and at != end:
                    return None
            through = sum(bits[at] for at in (a, b) if at != start and at != end)
            return TIE + 1000 + through / 2

        return of

    def near_nx(start, _):
        within = rings(start, graph.neighbors, passes, incidents)
        leaving = lambda a, b, _: None if a not in passes and a != start else TIE + 1000 + (bits[a] if a != start else 0)
        lengths = nx.single_source_dijkstra_path_length(graph, start, cutoff=(within + 1) * TIE - 1, weight=leaving)
        return told(lengths.items(), incidents, start)

    def near_rx(start, _):
        within = rings(start, other.neighbors, passes, incidents)
        ball = [start]
        met = {start}
        ring = [start]
        for _ in range(within):
            ring = [to for at in ring if at == start or at in passes for to in other.neighbors(at)]
            ring = [to for to in dict.fromkeys(ring) if to not in met]
            met.update(ring)
            ball += ring
        part = directed.subgraph(ball, preserve_attrs=True)
        index = {old: new for new, old in enumerate(sorted(ball))}
        of = lambda edge: TIE + 1000 + (bits[edge[0]] if edge[0] != start else 0) + (0 if edge[0] in passes or edge[0] == start else math.inf)
        lengths = rx.dijkstra_shortest_path_lengths(part, index[start], of)
        old = sorted(ball)
        found = ((old[at], int(length)) for at, length in lengths.items() if length < math.inf)
        return told(found, incidents, start)

    def best_nx(a, b):
        if a == b:
            return (0, 0)
        of = cost(a, b)
        try:
            length, _ = nx.bidirectional_dijkstra(graph, a, b, weight=lambda u, v, _: of(u, v))
        except nx.NetworkXNoPath:
            return None
        return (int(length // TIE), int(length % TIE)) if length < (TIES + 1) * TIE else None

    def best_rx(a, b):
        if a == b:
            return (0, 0)
        of = cost(a, b)
        infinite = lambda edge: found if (found := of(edge[0], edge[1])) is not None else 1e18
        lengths = rx.dijkstra_shortest_path_lengths(directed, a, infinite, goal=b)
        length = lengths[b] if b in lengths else 1e18
        return (int(length // TIE), int(length % TIE)) if length < (TIES + 1) * TIE else None

    for what, library, run, wanted in [
        ("nearest ten of an incident", "NetworkX", near_nx, near),
        ("nearest ten of an incident", "rustworkx", near_rx, near),
        ("best path of two", "NetworkX", best_nx, best),
        ("best path of two", "rustworkx", best_rx, best),
    ]:
        took, found = median_ms(run, asked)
        differ = [(pair, a, b) for pair, a, b in zip(asked, found, wanted) if a != b]
        assert not differ, f"{library}, {what}: {len(differ)} differ, such as {differ[0]}"
        print(f"{what}: {library} {took:.2f} ms, {took / max(known[what], 0.005):.1f} times as long", flush=True)
    what = "the replay of ten years within two ties"
    for library, neighbours, day in [
        ("rustworkx", other.neighbors, other.get_edge_data),
        ("NetworkX", graph.neighbors, lambda a, b: graph[a][b]["weight"]),
    ]:
        begun = time.perf_counter()
        first = replay(neighbours, day, passes, incidents)
        took = (time.perf_counter() - begun) * 1000
        assert first == seen, f"{library} sees other days"
        print(f"{what}: {library} {took / 1000:.1f} s, {took / known[what]:.1f} times as long")


if __name__ == "__main__":
    main()
