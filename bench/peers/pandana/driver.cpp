// Runs pandana's C++ core (0.7, unmodified) on a graph file of bench/graph-files.mjs and answers commands, one JSON line each.
//
//   driver GRAPH --build CH_FILE   builds pandana's contraction hierarchy as its constructor does, keeps it in CH_FILE
//   driver GRAPH CH_FILE           opens it again and then reads commands from standard input:
//     sum RADIUS_MM STEP           sum of the population within the radius, decay "flat", for every STEP-th node
//     nearest K RADIUS_MM C,C,…    the nearest K of each of these categories, for all nodes
//     quit
//
// All times are processor time of the whole process. Only the queries are timed: what pandana's own functions return is
// turned into sums and hashes outside. Neither Python nor numpy runs.
#include <sys/resource.h>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <cmath>
#include <iostream>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <map>
#include <memory>
#include <set>
#include <vector>
#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <deque>
#include <unordered_map>
#include <omp.h>
// to keep the hierarchy in a file and to ask for single origins
#define private public
#include "accessibility.h"
#undef private

using MTC::accessibility::Accessibility;
using MTC::accessibility::Graphalg;
typedef std::vector<QueryGraph::InputEdge> Edges;

struct GraphFile {
    uint32_t nodes, edges;
    std::vector<int32_t> from, to, weight, population;
    std::vector<std::vector<long> > categories;
};

static std::vector<int32_t> ints(std::ifstream& in, size_t count) {
    std::vector<int32_t> values(count);
    in.read(reinterpret_cast<char*>(values.data()), count * 4);
    if (!in) throw std::runtime_error("graph file too short");
    return values;
}

static GraphFile readGraph(const char* path) {
    std::ifstream in(path, std::ios::binary);
    const std::vector<int32_t> head = ints(in, 8);
    if (head[0] != 0x47424d43 || head[1] != 1) throw std::runtime_error("not a graph file of this version");
    GraphFile g;
    g.nodes = head[2];
    g.edges = head[3];
    ints(in, 2 * size_t(g.nodes));  // coordinates: pandana does not use them here
    g.from = ints(in, g.edges);
    g.to = ints(in, g.edges);
    g.weight = ints(in, g.edges);
    g.population = ints(in, g.nodes);
    const std::vector<int32_t> counts = ints(in, head[4]);
    for (size_t c = 0; c < counts.size(); c++) {
        const std::vector<int32_t> nodes = ints(in, counts[c]);
        g.categories.push_back(std::vector<long>(nodes.begin(), nodes.end()));
    }
    return g;
}

static double cpuMs() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static long peakMb() {
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

// pandana multiplies by 1000 and cuts off: a quarter of a millimetre more keeps every weight what it is
static double metres(int32_t mm) { return (mm + 0.25) / 1000.0; }

static void writeEdges(std::ofstream& out, QueryGraph* graph) {
    std::vector<QueryGraph::InputEdge> list;
    for (NodeID v = 0; v < graph->GetNumberOfNodes(); v++) {
        for (NodeID e = graph->BeginEdges(v); e < graph->EndEdges(v); e++) {
            QueryGraph::InputEdge edge;
            std::memset(static_cast<void*>(&edge), 0, sizeof edge);
            edge.source = v;
            edge.target = graph->GetTarget(e);
            edge.data = graph->GetEdgeData(e);
            list.push_back(edge);
        }
    }
    const uint64_t count = list.size();
    out.write(reinterpret_cast<const char*>(&count), 8);
    out.write(reinterpret_cast<const char*>(list.data()), count * sizeof(list[0]));
}

static QueryGraph* readEdges(std::ifstream& in, int nodes) {
    uint64_t count = 0;
    in.read(reinterpret_cast<char*>(&count), 8);
    Edges list(count);
    in.read(reinterpret_cast<char*>(list.data()), count * sizeof(list[0]));
    if (!in) throw std::runtime_error("hierarchy file too short");
    return new QueryGraph(nodes, list);
}

static Accessibility* build(const GraphFile& g, const char* path) {
    std::vector<std::vector<long> > ends(g.edges, std::vector<long>(2));
    std::vector<std::vector<double> > weights(1, std::vector<double>(g.edges));
    for (size_t e = 0; e < g.edges; e++) {
        ends[e][0] = g.from[e];
        ends[e][1] = g.to[e];
        weights[0][e] = metres(g.weight[e]);
    }
    const double before = cpuMs();
    Accessibility* access = new Accessibility(g.nodes, ends, weights, true);
    const double ms = cpuMs() - before;
    CH::ContractionHierarchies& ch = access->ga[0]->ch;
    std::printf("{\"task\":\"build\",\"cpuMs\":%.1f,\"upEdges\":%u,\"peakMb\":%ld}\n", ms, ch.staticGraph->GetNumberOfEdges(), peakMb());
    std::ofstream out(path, std::ios::binary);
    writeEdges(out, ch.staticGraph);
    writeEdges(out, ch.rangeGraph);
    return access;
}

// A graph of two nodes, then its graphs are exchanged for the kept ones
static Accessibility* open(const GraphFile& g, const char* path) {
    std::vector<std::vector<long> > ends(1, std::vector<long>{0, 1});
    Accessibility* access = new Accessibility(2, ends, std::vector<std::vector<double> >(1, std::vector<double>(1, 1.0)), true);
    std::ifstream in(path, std::ios::binary);
    CH::ContractionHierarchies& ch = access->ga[0]->ch;
    ch.staticGraph = readEdges(in, g.nodes);
    ch.rangeGraph = readEdges(in, g.nodes);
    ch.nodeVector.assign(g.nodes, CH::Node(0, 0, 0));
    for (size_t i = 0; i < ch.queryObjects.size(); i++) ch.queryObjects[i] = new SimpleCHQuery<EdgeData, QueryGraph, Heap>(ch.staticGraph, ch.rangeGraph);
    access->ga[0]->numnodes = access->numnodes = g.nodes;
    return access;
}

struct Hash {
    uint32_t value = 0;
    void add(int64_t x) { value = value * 31u + uint32_t(x + 1); }
};

static void sum(Accessibility& access, const GraphFile& g, long radiusMm, int step) {
    std::vector<double> sums;
    std::vector<long> sampled;
    for (long v = 0; v < long(g.nodes); v += step) sampled.push_back(v);
    const float radius = radiusMm / 1000.0;
    const double before = cpuMs();
    if (step == 1) {
        sums = access.getAllAggregateAccessibilityVariables(radius, "population", "sum", "flat");
    } else {
        sums.resize(sampled.size());
        #pragma omp parallel for schedule(guided)
        for (size_t i = 0; i < sampled.size(); i++) sums[i] = access.aggregateAccessibilityVariable(sampled[i], radius, access.accessibilityVars["population"], "sum", "flat");
    }
    const double ms = cpuMs() - before;
    Hash hash;
    double total = 0;
    for (double s : sums) {
        hash.add(std::llround(s));
        total += s;
    }
    std::printf("{\"task\":\"sum\",\"cpuMs\":%.2f,\"origins\":%zu,\"total\":%.0f,\"hash\":%u,\"peakMb\":%ld}\n", ms, sums.size(), total, hash.value, peakMb());
}

// Numbers of places are compared only where no other of the list is equally far: what ties choose is nobody's rule
static void nearest(Accessibility& access, const GraphFile& g, int k, long radiusMm, const std::string& which) {
    std::printf("{\"task\":\"nearest\",\"k\":%d,\"categories\":[", k);
    std::stringstream list(which);
    std::string number;
    bool first = true;
    while (std::getline(list, number, ',')) {
        const int c = std::stoi(number);
        const double before = cpuMs();
        access.initializeCategory(radiusMm / 1000.0, k, number, g.categories[c]);
        std::pair<std::vector<std::vector<double> >, std::vector<std::vector<int> > > found = access.findAllNearestPOIs(radiusMm / 1000.0, k, number);
        const double ms = cpuMs() - before;
        Hash hash, ids;
        double total = 0;
        long count = 0;
        std::vector<long> mm(k);
        for (size_t v = 0; v < g.nodes; v++) {
            for (int j = 0; j < k; j++) {
                const double d = found.first[v][j];
                mm[j] = d < 0 ? -1 : std::lround(d * 1000);
                hash.add(mm[j]);
                if (mm[j] >= 0) { total += mm[j]; count++; }
            }
            for (int j = 0; j < k; j++) {
                const bool tied = mm[j] < 0 || (j > 0 && mm[j - 1] == mm[j]) || (j + 1 < k ? mm[j + 1] == mm[j] : true);
                if (!tied) ids.add(found.second[v][j]);
            }
        }
        std::printf("%s{\"category\":%d,\"cpuMs\":%.2f,\"total\":%.0f,\"count\":%ld,\"hash\":%u,\"ids\":%u}", first ? "" : ",", c, ms, total, count, hash.value, ids.value);
        first = false;
    }
    std::printf("],\"peakMb\":%ld}\n", peakMb());
}

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    std::cout.rdbuf(std::cerr.rdbuf());  // pandana reports on standard output
    try {
        const GraphFile g = readGraph(argv[1]);
        if (std::string(argv[2]) == "--build") {
            build(g, argv[3]);
            return 0;
        }
        Accessibility* access = open(g, argv[2]);
        std::vector<long> nodes(g.nodes);
        for (size_t v = 0; v < g.nodes; v++) nodes[v] = v;
        access->initializeAccVar("population", nodes, std::vector<double>(g.population.begin(), g.population.end()));
        std::printf("{\"task\":\"open\",\"nodes\":%u,\"peakMb\":%ld}\n", g.nodes, peakMb());
        std::fflush(stdout);
        std::string line;
        while (std::getline(std::cin, line)) {
            std::stringstream words(line);
            std::string task, categories;
            long radius;
            int number;
            words >> task;
            if (task == "quit") break;
            if (task == "sum" && words >> radius >> number) sum(*access, g, radius, number);
            else if (task == "nearest" && words >> number >> radius >> categories) nearest(*access, g, number, radius, categories);
            else std::printf("{\"error\":\"unknown command\"}\n");
            std::fflush(stdout);
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
