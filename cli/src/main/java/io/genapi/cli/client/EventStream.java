package io.genapi.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A streamed answer, as server-sent events with one line of data each. */
final class EventStream {

    private static final String DATA = "data: ";

    private EventStream() {}

    /** Returns at the end of the answer, or with the error that ended it before. */
    static Answer read(HttpHeaders headers, InputStream events, Consumer<String> pieces) {
        try {
            return readAll(headers, events, pieces);
        } catch (IOException broken) {
            return brokenOff(headers);
        }
    }

    private static Answer readAll(HttpHeaders headers, InputStream events, Consumer<String> pieces) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.startsWith(DATA)) {
                continue;
            }
            String data = line.substring(DATA.length());
            if (data.equals("[DONE]")) {
                return new Answer(200, headers, new byte[0]);
            }
            Answer failed = new Answer(502, headers, data.getBytes(StandardCharsets.UTF_8));
            if (failed.json().has("error")) {
                return failed;
            }
            pieces.accept(data);
        }
        return brokenOff(headers);
    }

    private static Answer brokenOff(HttpHeaders headers) {
        ObjectNode envelope = JsonMapper.shared().createObjectNode();
        String id = headers.firstValue("Genapi-Job-Id").orElse("ID");
        envelope.putObject("error")
                .put(
                        "message",
                        "The stream broke off. ./genapi jobs show %s tells what became of the job.".formatted(id));
        return new Answer(502, headers, JsonMapper.shared().writeValueAsBytes(envelope));
    }
}
