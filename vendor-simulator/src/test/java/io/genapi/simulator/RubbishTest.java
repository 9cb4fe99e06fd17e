package io.genapi.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RubbishTest {

    private final VendorSimulator simulator = VendorSimulator.start();
    private final RawHttp http = new RawHttp(simulator);

    @AfterEach
    void close() {
        http.close();
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":                                                                | `` | ``
                    []                                                                       | `` | ``
                    ``                                                                       | `` | ``
                    {} {}                                                                    | `` | ``
                    {"messages":[{"role":"user","content":"hi"}]}                            | `` | ``
                    {"model":7,"messages":[{"role":"user","content":"hi"}]}                  | model | invalid_type
                    {"model":"m"}                                                            | messages | missing_required_parameter
                    {"model":"m","messages":"hi"}                                            | messages | invalid_type
                    {"model":"m","messages":[]}                                              | messages | empty_array
                    {"model":"m","messages":["hi"]}                                          | messages[0] | invalid_type
                    {"model":"m","messages":[{"content":"hi"}]}                              | messages[0].role | missing_required_parameter
                    {"model":"m","messages":[{"role":"boss","content":"hi"}]}                | messages[0].role | invalid_value
                    {"model":"m","messages":[{"role":"user","content":7}]}                   | messages[0].content | invalid_type
                    {"model":"m","messages":[{"role":"user","content":"hi"}],"stream":"yes"} | stream | invalid_type
                    {"model":"m","messages":[{"role":"user","content":"hi"}],"n":1000}       | n | integer_above_max_value
                    {"model":"m","messages":[{"role":"user","content":"hi"}],"max_tokens":0} | max_tokens | integer_below_min_value
                    {"model":"m","messages":[{"role":"user","content":"hi"}],"tool_choice":"required"} | tool_choice | ``
                    """)
    void refusesABodyThatIsNoChatRequest(String body, String param, String code) throws Exception {
        HttpResponse<String> response = http.send("POST", RawHttp.CHAT, body);

        assertEquals(400, response.statusCode());
        JsonNode error = RawHttp.json(response).path("error");
        assertEquals("invalid_request_error", error.path("type").stringValue());
        assertTrue(!error.path("message").stringValue().isBlank());
        assertEquals(param, error.path("param").stringValue(""));
        assertEquals(code, error.path("code").stringValue(""));
    }

    @Test
    void refusesNestingWithoutEnd() throws Exception {
        assertEquals(400, http.send("POST", RawHttp.CHAT, "[".repeat(100_000)).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/chat/completions, 405, method_not_supported",
        "DELETE, /v1/models,           405, method_not_supported",
        "POST,   /v1/nonsense,         404, unknown_url",
        "GET,    /,                    404, unknown_url",
    })
    void refusesWhatItDoesNotServe(String method, String path, int status, String code) throws Exception {
        HttpResponse<String> response = http.send(method, path, "");
        assertEquals(status, response.statusCode());
        assertEquals(code, RawHttp.json(response).path("error").path("code").stringValue());
    }

    @Test
    void takesABodyOf16MebibytesAndNoMore() throws Exception {
        String body = RawHttp.chatBody(
                "x".repeat(16 * 1024 * 1024 - RawHttp.chatBody("").length()));
        assertEquals(200, http.send("POST", RawHttp.CHAT, body).statusCode());

        HttpResponse<String> tooLarge = http.send("POST", RawHttp.CHAT, body + " ");
        assertEquals(413, tooLarge.statusCode());
        assertEquals(
                "request_too_large",
                RawHttp.json(tooLarge).path("error").path("code").stringValue());
        assertEquals(200, http.chat("the connection is still good").statusCode());
    }

    @Test
    void refusesWhatIsNotHttp() throws IOException {
        String answer = RawHttp.drain(http.socket("HELLO? anyone there\r\n\r\n"));
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        String first = RawHttp.chatBody("first");
        String second = RawHttp.chatBody("second");
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n";
        String answers = RawHttp.drain(http.socket((head + "\r\n%s").formatted(first.length(), first)
                + (head + "Connection: close\r\n\r\n%s").formatted(second.length(), second)));
        assertTrue(answers.indexOf("You said: first") > 0, answers);
        assertTrue(answers.indexOf("You said: second") > answers.indexOf("You said: first"), answers);
    }
}
