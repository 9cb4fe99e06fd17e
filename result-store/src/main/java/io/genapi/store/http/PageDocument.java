package io.genapi.store.http;

import io.genapi.schemas.job.JobId;
import io.genapi.store.query.JobPage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A page of jobs as JSON, in the form of OpenAI's lists. */
final class PageDocument {
    private PageDocument() {}

    static byte[] write(JobPage<ListedDocument> page) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        text(json, "{\"object\":\"list\",\"data\":[");
        for (int at = 0; at < page.jobs().size(); at++) {
            text(json, at == 0 ? "" : ",");
            json.writeBytes(page.jobs().get(at).document());
        }
        String first =
                page.jobs().isEmpty() ? "null" : quoted(page.jobs().getFirst().id());
        text(json, "],\"first_id\":" + first);
        text(json, ",\"last_id\":" + page.last().map(PageDocument::quoted).orElse("null"));
        text(json, ",\"has_more\":" + page.more() + "}");
        return json.toByteArray();
    }

    static JobPage<ListedDocument> read(byte[] json) {
        List<ListedDocument> jobs = JsonSlices.elements(json, "data").stream()
                .map(document -> new ListedDocument(
                        new JobId(JsonSlices.scalar(document, "id").orElseThrow()), document))
                .toList();
        return new JobPage<>(
                jobs,
                JsonSlices.scalar(json, "has_more").filter("true"::equals).isPresent(),
                JsonSlices.scalar(json, "last_id").map(JobId::new));
    }

    private static String quoted(JobId id) {
        return "\"" + id + "\"";
    }

    private static void text(ByteArrayOutputStream json, String text) {
        json.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
