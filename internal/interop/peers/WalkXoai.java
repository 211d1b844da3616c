// WalkXoai BASE_URL PREFIX [set=…] [from=…] [until=…]: the records that xoai, the harvester of Dataverse, lists, one JSON
// line each. No record matching is an empty list to it.
import io.gdcc.xoai.model.oaipmh.results.Record;
import io.gdcc.xoai.serviceprovider.ServiceProvider;
import io.gdcc.xoai.serviceprovider.client.OAIClient;
import io.gdcc.xoai.serviceprovider.model.Context;
import io.gdcc.xoai.serviceprovider.parameters.ListRecordsParameters;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Collectors;

class WalkXoai {
    public static void main(String[] args) throws Exception {
        var request = ListRecordsParameters.request().withMetadataPrefix(args[1]);
        for (int i = 2; i < args.length; i++) {
            String[] kv = args[i].split("=", 2);
            switch (kv[0]) {
                case "set" -> request.withSetSpec(kv[1]);
                case "from" -> request.withFrom(Instant.parse(kv[1]));
                case "until" -> request.withUntil(Instant.parse(kv[1]));
                default -> throw new IllegalArgumentException(args[i]);
            }
        }
        var client = OAIClient.newBuilder().withBaseUrl(args[0]).build();
        var provider = new ServiceProvider(new Context().withBaseUrl(args[0]).withOAIClient(client).withSaveUnparsedMetadata());
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (Iterator<Record> records = provider.listRecords(request); records.hasNext(); ) {
            Record r = records.next();
            var h = r.getHeader();
            String sets = h.getSetSpecs().stream().map(WalkXoai::quote).collect(Collectors.joining(","));
            String metadata = h.isDeleted() ? "" : r.getMetadata().asUnparsedString();
            out.printf("{\"identifier\":%s,\"datestamp\":\"%s\",\"deleted\":%b,\"sets\":[%s],\"metadata\":%s}%n",
                    quote(h.getIdentifier()), h.getDatestamp(), h.isDeleted(), sets, quote(metadata));
        }
    }

    static String quote(String s) {
        var b = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            if (c == '"' || c == '\\') b.append('\\').append(c);
            else if (c < ' ') b.append(String.format("\\u%04x", (int) c));
            else b.append(c);
        }
        return b.append('"').toString();
    }
}
