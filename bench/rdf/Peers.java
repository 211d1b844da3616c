import java.io.OutputStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;

/** Measures how fast Jena writes the triples of a file, in its fastest form of each syntax. */
class Peers {
    public static void main(String[] args) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.source(args[0]).lang(Lang.NTRIPLES).parse(graph);
        measure(graph, "turtle", RDFFormat.TURTLE_BLOCKS);
        measure(graph, "rdfxml", RDFFormat.RDFXML_PLAIN);
        measure(graph, "ntriples", RDFFormat.NTRIPLES);
        measure(graph, "jsonld", RDFFormat.JSONLD_PLAIN);
    }

    static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static void measure(Graph graph, String syntax, RDFFormat format) {
        double fastest = Double.MAX_VALUE;
        for (long start = processor(); processor() - start < 6e9; ) {
            long began = processor();
            RDFDataMgr.write(OutputStream.nullOutputStream(), graph, format);
            fastest = Math.min(fastest, (processor() - began) / 1e9);
        }
        System.out.printf(java.util.Locale.ROOT, "{\"peer\": \"Jena\", \"syntax\": \"%s\", \"seconds\": %f}%n", syntax, fastest);
    }
}
