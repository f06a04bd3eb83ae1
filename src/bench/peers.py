#!/usr/bin/env python3
"""Time an established graph library on an edge list: python3 peers.py LIBRARY TASK EDGES.csv SOURCES

LIBRARY igraph or graph-tool; TASK version, trees, closeness or
betweenness (igraph of nodes alone, graph-tool of nodes and links). EDGES.csv has the header from,to,weight. SOURCES are node ids
joined by commas, none for betweenness. Prints one JSON object a line read on standard input, so that the graph is built once and runs can take turns
with those of others: library, version, seconds and processor_seconds of the task alone, checksum.
"""
import csv, json, sys, time

LIBRARY, TASK = sys.argv[1], sys.argv[2]


def read(path):
    index, tail, head, weight = {}, [], [], []
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            tail.append(index.setdefault(row["from"], len(index)))
            head.append(index.setdefault(row["to"], len(index)))
            weight.append(float(row["weight"]))
    return index, tail, head, weight


def finite_sum(rows):
    return sum(value for row in rows for value in row if value < 1e300)


def igraph_tasks(count, tail, head, weight, sources):
    import igraph
    graph = igraph.Graph(n=count, edges=list(zip(tail, head)), directed=True)
    graph.es["weight"] = weight
    if TASK == "trees":
        # all sources in one call, so that the weights are taken over from Python once
        return igraph.__version__, lambda: graph.distances(source=sources, weights="weight"), finite_sum
    if TASK == "betweenness":
        return igraph.__version__, lambda: graph.betweenness(directed=True, weights="weight"), sum
    return (igraph.__version__, lambda: graph.closeness(vertices=sources, mode="out", weights="weight", normalized=True),
            lambda values: sum(value for value in values if value == value))


def graph_tool_tasks(count, tail, head, weight, sources):
    import graph_tool.all as gt
    import numpy
    gt.openmp_set_num_threads(1)
    # nodes without a way out have no closeness; that is no news
    numpy.seterr(all="ignore")
    graph = gt.Graph(directed=True)
    graph.add_vertex(count)
    graph.add_edge_list(numpy.column_stack([tail, head]))
    costs = graph.new_edge_property("double")
    costs.a = weight
    if TASK == "trees":
        return (gt.__version__.split(" ")[0], lambda: [gt.shortest_distance(graph, source=graph.vertex(s), weights=costs).a for s in sources],
                lambda rows: float(sum(row[row < 1e300].sum() for row in rows)))
    if TASK == "betweenness":
        return (gt.__version__.split(" ")[0], lambda: gt.betweenness(graph, weight=costs, norm=False),
                lambda nodes_and_links: float(nodes_and_links[0].a.sum()))
    # its own closeness of a single vertex leaves out the weights, so it is taken from its trees
    return gt.__version__.split(" ")[0], lambda: [near(gt.shortest_distance(graph, source=graph.vertex(s), weights=costs).a) for s in sources], sum


def near(times):
    reached = times[times < 1e300]
    return float((len(reached) - 1) / reached.sum()) if len(reached) > 1 else 0.0


if TASK == "version":
    if LIBRARY == "igraph":
        import igraph as library
    else:
        import graph_tool as library
    print(library.__version__.split(" ")[0])
    sys.exit(0)
index, tail, head, weight = read(sys.argv[3])
sources = [index[name] for name in sys.argv[4].split(",") if name]
prepare = igraph_tasks if LIBRARY == "igraph" else graph_tool_tasks
version, run, total = prepare(len(index), tail, head, weight, sources)
for line in sys.stdin:
    start, processor_start = time.perf_counter(), time.process_time()
    result = run()
    seconds, processor_seconds = time.perf_counter() - start, time.process_time() - processor_start
    print(json.dumps({"library": LIBRARY, "version": version, "seconds": seconds,
                      "processor_seconds": processor_seconds, "checksum": total(result)}), flush=True)
