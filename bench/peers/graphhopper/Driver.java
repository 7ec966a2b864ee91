// Runs GraphHopper's search and its preparation of contraction hierarchies (graphhopper-core, unmodified) on a graph file of bench/graph-files.mjs
// and answers commands, one JSON line each.
//
//   sum RADIUS_MM STEP   persons within the radius of every STEP-th node: com.graphhopper.isochrone.algorithm.ShortestPathTree, as its isochrones use it
//   hierarchy            PrepareContractionHierarchies of the whole graph
//   quit
//
// All times are processor time of the whole process: compiler and collector included.
import com.graphhopper.isochrone.algorithm.ShortestPathTree;
import com.graphhopper.routing.ch.PrepareContractionHierarchies;
import com.graphhopper.routing.util.TraversalMode;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.CHConfig;
import com.graphhopper.util.EdgeIteratorState;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

public final class Driver {
    /** Whole millimetres; GraphHopper keeps metres as whole millimetres. */
    private static final class Millimetres implements Weighting {
        @Override public double calcMinWeightPerDistance() { return 1000; }
        @Override public double calcEdgeWeight(EdgeIteratorState edge, boolean reverse) { return Math.rint(edge.getDistance() * 1000); }
        @Override public long calcEdgeMillis(EdgeIteratorState edge, boolean reverse) { return Math.round(edge.getDistance() * 1000); }
        @Override public double calcTurnWeight(int in, int via, int out) { return 0; }
        @Override public long calcTurnMillis(int in, int via, int out) { return 0; }
        @Override public boolean hasTurnCosts() { return false; }
        @Override public String getName() { return "millimetres"; }
    }

    private final BaseGraph graph;
    private final int[] persons;
    private final Weighting weighting = new Millimetres();

    private Driver(Path path) throws IOException {
        IntBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        if (file.get(0) != 0x47424d43 || file.get(1) != 1) throw new IOException("not a graph file of this version");
        int nodes = file.get(2);
        int edges = file.get(3);
        int at = 8 + 2 * nodes;
        graph = new BaseGraph.Builder(4).create();
        for (int v = 0; v < nodes; v++) graph.getNodeAccess().setNode(v, file.get(8 + 2 * v + 1) / 1e7, file.get(8 + 2 * v) / 1e7);
        // GraphHopper cuts metres to whole millimetres: a quarter more keeps each what it is
        for (int e = 0; e < edges; e++) graph.edge(file.get(at + e), file.get(at + edges + e)).setDistance((file.get(at + 2 * edges + e) + 0.25) / 1000);
        graph.freeze();
        persons = new int[nodes];
        for (int v = 0; v < nodes; v++) persons[v] = file.get(at + 3 * edges + v);
    }

    private static double cpuMs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e6;
    }

    private static long peakMb() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        return 0;
    }

    private String sum(double radius, int step) throws IOException {
        int count = (persons.length + step - 1) / step;
        long[] sums = new long[count];
        double before = cpuMs();
        long[] found = new long[1];
        for (int i = 0; i < count; i++) {
            ShortestPathTree tree = new ShortestPathTree(graph, weighting, false, TraversalMode.NODE_BASED);
            // its search ends before what is exactly at the limit: one more, and those are left out below
            tree.setWeightLimit(radius + 1);
            found[0] = 0;
            tree.search(i * step, label -> {
                if (label.weight <= radius) found[0] += persons[label.node];
            });
            sums[i] = found[0];
        }
        double ms = cpuMs() - before;
        int hash = 0;
        long total = 0;
        for (long sum : sums) {
            hash = 31 * hash + (int) (sum + 1);
            total += sum;
        }
        return String.format(java.util.Locale.ROOT, "{\"task\":\"sum\",\"cpuMs\":%.2f,\"origins\":%d,\"total\":%d,\"hash\":%d,\"peakMb\":%d}", ms, count, total, Integer.toUnsignedLong(hash), peakMb());
    }

    private String hierarchy() throws IOException {
        double before = cpuMs();
        PrepareContractionHierarchies.Result result = PrepareContractionHierarchies.fromGraph(graph, CHConfig.nodeBased("millimetres", weighting)).doWork();
        return String.format(java.util.Locale.ROOT, "{\"task\":\"hierarchy\",\"cpuMs\":%.1f,\"shortcuts\":%d,\"peakMb\":%d}", cpuMs() - before, result.getShortcuts(), peakMb());
    }

    public static void main(String[] args) throws IOException {
        Driver driver = new Driver(Path.of(args[0]));
        System.out.printf("{\"task\":\"open\",\"nodes\":%d,\"edges\":%d}%n", driver.graph.getNodes(), driver.graph.getEdges());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null && !line.equals("quit"); line = input.readLine()) {
            String[] words = line.split(" ");
            try {
                System.out.println(words[0].equals("sum") ? driver.sum(Double.parseDouble(words[1]), Integer.parseInt(words[2])) : driver.hierarchy());
            } catch (RuntimeException error) {
                System.out.println("{\"error\":\"" + error.toString().replace('"', '\'') + "\"}");
            }
        }
    }
}
