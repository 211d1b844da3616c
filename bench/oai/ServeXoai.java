// ServeXoai RECORDS PAGE: the records with xoai, as Dataverse does: the metadata was rendered before and is copied. Prints the
// address of the first page.
import com.sun.net.httpserver.HttpServer;
import io.gdcc.xoai.dataprovider.DataProvider;
import io.gdcc.xoai.dataprovider.filter.ScopedFilter;
import io.gdcc.xoai.dataprovider.model.Context;
import io.gdcc.xoai.dataprovider.model.Item;
import io.gdcc.xoai.dataprovider.model.ItemIdentifier;
import io.gdcc.xoai.dataprovider.model.MetadataFormat;
import io.gdcc.xoai.dataprovider.model.Set;
import io.gdcc.xoai.dataprovider.repository.ItemRepository;
import io.gdcc.xoai.dataprovider.repository.Repository;
import io.gdcc.xoai.dataprovider.repository.RepositoryConfiguration;
import io.gdcc.xoai.dataprovider.repository.ResultsPage;
import io.gdcc.xoai.dataprovider.repository.SetRepository;
import io.gdcc.xoai.model.oaipmh.DeletedRecord;
import io.gdcc.xoai.model.oaipmh.Granularity;
import io.gdcc.xoai.model.oaipmh.ResumptionToken;
import io.gdcc.xoai.model.oaipmh.results.record.Metadata;
import io.gdcc.xoai.services.impl.SimpleResumptionTokenFormat;
import io.gdcc.xoai.xml.XmlWriter;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

class ServeXoai {
    record Row(String identifier, Instant datestamp, List<Set> sets, byte[] xml) implements Item {
        public String getIdentifier() { return identifier; }
        public Instant getDatestamp() { return datestamp; }
        public List<Set> getSets() { return sets; }
        public boolean isDeleted() { return false; }
        public Metadata getMetadata() { return Metadata.copyFromStream(new ByteArrayInputStream(xml)); }
    }

    static final List<Row> rows = new ArrayList<>();

    static class Rows implements ItemRepository {
        public ItemIdentifier getItemIdentifier(String id) { throw new UnsupportedOperationException(); }
        public Item getItem(String id, MetadataFormat format) { throw new UnsupportedOperationException(); }
        public ResultsPage<ItemIdentifier> getItemIdentifiers(List<ScopedFilter> filters, MetadataFormat format, int max, ResumptionToken.Value token) {
            throw new UnsupportedOperationException();
        }
        public ResultsPage<Item> getItems(List<ScopedFilter> filters, MetadataFormat format, int max, ResumptionToken.Value token) {
            int from = (int) token.getOffset(), to = Math.min(from + max, rows.size());
            return new ResultsPage<>(token, to < rows.size(), new ArrayList<>(rows.subList(from, to)), rows.size());
        }
    }

    public static void main(String[] args) throws Exception {
        var sets = new HashMap<String, Set>();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            var o = Json.createReader(new StringReader(line)).readObject();
            var of = new ArrayList<Set>();
            for (var s : o.getJsonArray("sets").getValuesAs(jakarta.json.JsonString.class)) of.add(sets.computeIfAbsent(s.getString(), Set::new));
            rows.add(new Row(o.getString("identifier"), Instant.parse(o.getString("datestamp")), of, o.getString("xml").getBytes(StandardCharsets.UTF_8)));
        }
        int page = Integer.parseInt(args[1]);
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 64);
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/oai";
        var configuration = new RepositoryConfiguration.RepositoryConfigurationBuilder()
                .withRepositoryName("xoai").withBaseUrl(base).withAdminEmail("bench@example.org").withEarliestDate(Instant.parse("2020-01-01T00:00:00Z"))
                .withDeleteMethod(DeletedRecord.PERSISTENT).withGranularity(Granularity.Second).withResumptionTokenFormat(new SimpleResumptionTokenFormat())
                .withMaxListRecords(page).withMaxListIdentifiers(page).withMaxListSets(page).build();
        var repository = new Repository(configuration).withItemRepository(new Rows()).withSetRepository(() -> List.copyOf(sets.values()));
        var context = new Context().withMetadataFormat(new MetadataFormat().withPrefix("oai_dc").withNamespace("http://www.openarchives.org/OAI/2.0/oai_dc/")
                .withSchemaLocation("http://www.openarchives.org/OAI/2.0/oai_dc.xsd"));
        var provider = new DataProvider(context, repository);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/oai", exchange -> {
            var body = new ByteArrayOutputStream();
            try (var writer = new XmlWriter(body, configuration)) {
                provider.handle(arguments(exchange.getRequestURI().getRawQuery())).write(writer);
            } catch (Exception e) {
                e.printStackTrace();
            }
            exchange.getResponseHeaders().add("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(200, body.size());
            try (var out = exchange.getResponseBody()) {
                body.writeTo(out);
            }
        });
        server.start();
        System.out.println(base + "?verb=ListRecords&metadataPrefix=oai_dc");
    }

    static Map<String, String[]> arguments(String query) {
        var arguments = new HashMap<String, String[]>();
        for (String pair : query.split("&")) {
            String[] kv = pair.split("=", 2);
            arguments.put(kv[0], new String[] {URLDecoder.decode(kv[1], StandardCharsets.UTF_8)});
        }
        return arguments;
    }
}
