package io.genapi.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Files as forms hand them in. */
final class FormUpload {

    private static final String BOUNDARY = "------------------------boundary7f3a";

    private FormUpload() {}

    /** The file comes first, and its purpose behind it. */
    static HttpRequest.Builder of(Caller caller, String content, Map<String, String> fields) {
        StringBuilder form = new StringBuilder()
                .append("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n")
                .append("Content-Type: application/octet-stream\r\n\r\n")
                .append(content)
                .append("\r\n");
        fields.forEach((name, value) -> form.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        form.append("--" + BOUNDARY + "--\r\n");
        return caller.request("/v1/files")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
