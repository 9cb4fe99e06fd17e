package io.genapi.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the input file of OpenAI's Batch API: a JSON object a line with {@code custom_id}, {@code method},
 * {@code url} and {@code body}.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/batch/request-input">the request input object</a>
 */
final class BatchFile {

    static final String URL = "/v1/chat/completions";

    private static final JsonFactory JSON = new JsonFactory();

    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, Integer> lineOfId = new HashMap<>();

    private BatchFile() {}

    /**
     * All jobs of the file, in its order; blank lines are passed over.
     *
     * @throws InvalidBatchException with the number of every line that is wrong; nothing may be submitted then
     */
    static List<BatchLine> read(Path file) throws IOException {
        return new BatchFile().lines(file);
    }

    private List<BatchLine> lines(Path file) throws IOException {
        List<BatchLine> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (!text.isBlank()) {
                    read(number, text, lines);
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidBatchException(file, mistakes);
        }
        return lines;
    }

    private void read(int number, String text, List<BatchLine> lines) {
        try {
            Fields fields = Fields.read(text.getBytes(StandardCharsets.UTF_8));
            String id = fields.customId;
            byte[] body = fields.body;
            if (id == null || id.isBlank()) {
                mistake(number, "has no custom_id; give it a string that no other line has");
            } else if (lineOfId.putIfAbsent(id, number) != null) {
                mistake(number, "has the custom_id '" + id + "' of line " + lineOfId.get(id) + "; give it another");
            } else if (fields.method != null && !fields.method.equals("POST")) {
                mistake(number, "has the method '" + fields.method + "'; write POST");
            } else if (fields.url != null && !fields.url.equals(URL)) {
                mistake(number, "has the url '" + fields.url + "'; this version runs " + URL);
            } else if (body == null) {
                mistake(number, "has no body; give it the request as a JSON object");
            } else {
                lines.add(new BatchLine(number, id, body));
            }
        } catch (JacksonException malformed) {
            mistake(number, "is not a JSON object: " + malformed.getOriginalMessage());
        }
    }

    private void mistake(int number, String what) {
        mistakes.add("line " + number + " " + what);
    }

    /** What a line says, each field null where it does not. */
    private static final class Fields {
        private @Nullable String customId;
        private @Nullable String method;
        private @Nullable String url;
        private byte @Nullable [] body;

        static Fields read(byte[] line) {
            Fields fields = new Fields();
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                        fields.take(parser.currentName(), parser.nextToken(), parser, line);
                    }
                }
            }
            return fields;
        }

        private void take(String name, JsonToken value, JsonParser parser, byte[] line) {
            boolean text = value == JsonToken.VALUE_STRING;
            switch (name) {
                case "custom_id" -> customId = text ? parser.getString() : null;
                case "method" -> method = parser.getValueAsString();
                case "url" -> url = parser.getValueAsString();
                case "body" -> {
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    int to = (int) parser.currentLocation().getByteOffset();
                    body = value == JsonToken.START_OBJECT ? Arrays.copyOfRange(line, from, to) : null;
                }
                default -> parser.skipChildren();
            }
        }
    }
}
