package io.genapi.chaos.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an HTTP server said. */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record Answer(int status, HttpHeaders headers, byte[] body) {

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    /** A header's value; empty where there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The job that it is about, in whichever way it says so. */
    public String jobId() {
        return header("Genapi-Job-Id").isEmpty() ? json().path("id").asString("") : header("Genapi-Job-Id");
    }

    /** The answer's words: of a completion, or of the one in a job. */
    public String content() {
        JsonNode completion = json().has("result") ? json().path("result") : json();
        return completion
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString("");
    }

    /** A job's status. */
    public String jobStatus() {
        return json().path("status").asString("");
    }

    /** The error envelope's code. */
    public String errorCode() {
        return json().path("error").path("code").asString("");
    }

    @Override
    public String toString() {
        return status + " " + headers.map() + " " + text();
    }
}
