package io.genapi.schemas.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Holds exchanges to an OpenAPI document, and remembers what of it they have shown. Thread-safe. */
public final class ExchangeCheck {

    /** What HTTP itself, browsers and Tomcat have in responses, and what is of no one operation. */
    private static final Set<String> OF_HTTP = Set.of(
            "content-type",
            "content-length",
            "content-security-policy",
            "connection",
            "date",
            "keep-alive",
            "referrer-policy",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "x-frame-options");

    /** It has the header fields of the body that it does not have (RFC 9110, section 15.4.5). */
    private static final int NOT_MODIFIED = 304;

    /** OpenAPI knows no variable that takes several segments. */
    private static final Set<String> SPANNING = Set.of("/v1/models/{name}");

    private final JsonNode document;
    private final Set<String> undocumented;
    private final ApiSchemas schemas;
    private final Map<String, Pattern> paths =
            new TreeMap<>(Comparator.comparingInt((String path) -> path.split("\\{", -1).length)
                    .thenComparing(path -> path));
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    public ExchangeCheck(JsonNode document) {
        this(document, Set.of());
    }

    /** @param undocumented what is left out on purpose, such as {@code POST /secret} */
    public ExchangeCheck(JsonNode document, Set<String> undocumented) {
        this.document = document;
        this.undocumented = Set.copyOf(undocumented);
        this.schemas = new ApiSchemas(document);
        for (String path : document.path("paths").propertyNames()) {
            String variable = SPANNING.contains(path) ? ".+" : "[^/]+";
            paths.put(path, Pattern.compile(path.replaceAll("\\{[^}]+}", variable)));
        }
    }

    /** The operations and statuses that exchanges have shown, such as {@code listJobs 200}. */
    public Set<String> seen() {
        return Set.copyOf(seen);
    }

    /** What the document does not say of an exchange; empty if all is as it says. */
    public List<String> problems(RecordedExchange exchange) {
        List<String> problems = new ArrayList<>();
        Optional<JsonNode> operation = operation(exchange);
        if (operation.isEmpty()) {
            undocumented(exchange, problems);
        } else {
            documented(operation.get(), exchange, problems);
        }
        String where = "%s %s, %d: ".formatted(exchange.method(), exchange.path(), exchange.status());
        return problems.stream().map(problem -> where + problem).toList();
    }

    private Optional<JsonNode> operation(RecordedExchange exchange) {
        return paths.entrySet().stream()
                .filter(path -> path.getValue().matcher(exchange.path()).matches())
                .map(path -> document.path("paths")
                        .path(path.getKey())
                        .path(exchange.method().toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private void undocumented(RecordedExchange exchange, List<String> problems) {
        boolean ofBrowsers = Set.of("HEAD", "OPTIONS").contains(exchange.method());
        if (undocumented.contains(exchange.method() + " " + exchange.path())) {
            return;
        }
        if (exchange.status() < 400 && !ofBrowsers) {
            problems.add("no such operation is documented");
        } else if (!ofBrowsers) {
            body(JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/Error"), exchange, problems);
        }
    }

    private void documented(JsonNode operation, RecordedExchange exchange, List<String> problems) {
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(exchange.status())));
        boolean ofAVendor = response.isMissingNode() || !tellsCode(response, exchange);
        if (ofAVendor) {
            JsonNode otherwise = resolved(operation.path("responses").path("default"));
            boolean fits = exchange.header("Genapi-Job-Id").isPresent() && otherwise.isObject();
            if (!fits && response.isMissingNode()) {
                problems.add("the status is not documented; the body is "
                        + exchange.body().orElse("unknown"));
                return;
            } else if (!fits) {
                problems.add("the code is not documented: " + exchange.body().orElse(""));
            } else {
                response = otherwise;
            }
        }
        seen.add(operation.path("operationId").asString() + " " + exchange.status());
        headers(response, exchange, problems);
        content(response, exchange, problems);
        if (exchange.status() < 300) {
            request(operation, exchange, problems);
        }
    }

    /** Whether an error is one of those that are told of its status. */
    private boolean tellsCode(JsonNode response, RecordedExchange exchange) {
        JsonNode examples = response.at("/content/application~1json/examples");
        boolean errors = response.at("/content/application~1json/schema/$ref")
                .asString("")
                .endsWith("/Error");
        return !errors || code(exchange).map(examples::has).orElse(true);
    }

    private static Optional<String> code(RecordedExchange exchange) {
        return exchange.body()
                .flatMap(ExchangeCheck::read)
                .map(body -> body.path("error").path("code"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }

    private static Optional<JsonNode> read(String json) {
        try {
            return Optional.ofNullable(JsonMapper.shared().readTree(json));
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private void headers(JsonNode response, RecordedExchange exchange, List<String> problems) {
        Map<String, JsonNode> told = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.path("headers").properties().forEach(header -> told.put(header.getKey(), header.getValue()));
        exchange.headers().forEach((name, values) -> {
            JsonNode header = told.get(name);
            if (header != null) {
                JsonNode schema = resolved(header).path("schema");
                values.forEach(value -> schemas.problems(schema, value(schema, value)).stream()
                        .map(problem -> "header %s: '%s' %s".formatted(name, value, problem))
                        .forEach(problems::add));
            } else if (!OF_HTTP.contains(name.toLowerCase(Locale.ROOT))
                    && !name.toLowerCase(Locale.ROOT).startsWith("access-control-")) {
                problems.add("header %s: %s is not documented".formatted(name, values));
            }
        });
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
    }

    private static JsonNode value(JsonNode schema, String text) {
        boolean number = schema.path("type").asString("").equals("integer") && text.matches("-?[0-9]{1,18}");
        return number
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.stringNode(text);
    }

    private void content(JsonNode response, RecordedExchange exchange, List<String> problems) {
        JsonNode content = response.path("content").path(exchange.mediaType());
        if (content.isMissingNode()) {
            boolean named = !exchange.mediaType().isEmpty() && exchange.status() != NOT_MODIFIED;
            boolean empty = !named && exchange.body().orElse("").isEmpty();
            if (!empty) {
                problems.add("the content type '%s' is not documented".formatted(exchange.mediaType()));
            }
        } else if (exchange.mediaType().equals("application/json")) {
            body(content.path("schema"), exchange, problems);
        } else if (content.has("x-event-data")) {
            exchange.body()
                    .ifPresent(body -> body.lines()
                            .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
                            .forEach(line ->
                                    json(content.path("x-event-data"), line.substring("data: ".length()), problems)));
        }
    }

    private void body(JsonNode schema, RecordedExchange exchange, List<String> problems) {
        exchange.body().ifPresent(body -> json(schema, body, problems));
    }

    private void json(JsonNode schema, String text, List<String> problems) {
        Optional<JsonNode> json = read(text);
        if (json.isEmpty()) {
            problems.add("the body is not JSON: " + text);
        }
        json.map(instance -> schemas.problems(schema, instance))
                .filter(found -> !found.isEmpty())
                .ifPresent(found -> problems.add("the body is not as its schema says: %s: %s".formatted(found, text)));
    }

    /** What was taken is what is told to be taken. */
    private void request(JsonNode operation, RecordedExchange exchange, List<String> problems) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        exchange.requestBody()
                .filter(text -> !text.isEmpty() && schema.isObject())
                .ifPresent(text -> json(schema, text, problems));
        Set<String> unknown = new TreeSet<>(exchange.query());
        unknown.removeAll(parameters(operation, "query"));
        if (!unknown.isEmpty()) {
            problems.add("query parameters %s are not documented".formatted(unknown));
        }
    }

    /** @param place of parameters, as OpenAPI calls it */
    private Set<String> parameters(JsonNode operation, String place) {
        return operation
                .path("parameters")
                .valueStream()
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asString().equals(place))
                .map(parameter -> parameter.path("name").asString())
                .collect(Collectors.toSet());
    }

    /**
     * What the code reads of requests and the document does not tell of.
     *
     * @param read by the code, while it served the exchange: {@code header X} or {@code query x}
     */
    public List<String> untold(RecordedExchange exchange, Set<String> read) {
        Optional<JsonNode> operation = operation(exchange);
        if (operation.isEmpty()) {
            return List.of();
        }
        Set<String> told = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        parameters(operation.get(), "header").forEach(name -> told.add("header " + name));
        parameters(operation.get(), "query").forEach(name -> told.add("query " + name));
        return read.stream()
                .filter(name -> !told.contains(name))
                .map(name -> "%s reads %s, which is not documented"
                        .formatted(operation.get().path("operationId").asString(), name))
                .toList();
    }
}
