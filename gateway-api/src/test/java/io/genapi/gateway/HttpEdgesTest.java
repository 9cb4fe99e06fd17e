package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the gateway makes of requests that nobody sends on purpose. Each is made by its seed, which a failure names. */
class HttpEdgesTest {

    private static final int REQUESTS = 600;
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 ([0-9]{3})", Pattern.MULTILINE);
    private static final Pattern JOB = Pattern.compile("(?im)^Genapi-Job-Id: (\\S+)$");

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(
                data, Map.of("genapi.gateway.wait-deadline", "5s", "genapi.gateway.max-body-bytes", "200000"));
        caller = new Caller(stack.gateway().port());
        Awaitility.await().until(() -> caller.get("/v1/jobs").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    @Test
    void noRequestMakesItFailOrForgetAJobOrSayWhatTheRequestWants() throws Exception {
        Set<String> promised = new HashSet<>();
        Set<String> refused = new HashSet<>();
        for (long seed = 0; seed < REQUESTS; seed++) {
            OddRequests odd = new OddRequests(seed);
            String answer = answer(odd.next());
            String what = "seed " + seed + ": " + answer;
            List<Integer> statuses = statuses(answer);
            assertFalse(statuses.contains(500), what);
            assertFalse(answer.endsWith(Wire.SILENCE), what);
            assertFalse(heads(answer).contains("X-Injected"), what);
            assertTrue(statuses.stream().allMatch(status -> status < 500 || isTold(status, answer)), what);
            if (statuses.size() == 1 && statuses.getFirst() / 100 == 4 && !isJobs(answer)) {
                assertRefusal(answer, what);
                refused.add(odd.nonce());
            }
            Matcher job = JOB.matcher(heads(answer));
            while (job.find()) {
                promised.add(job.group(1));
            }
        }
        assertTrue(
                promised.size() > 10 && refused.size() > 100,
                promised.size() + " jobs, " + refused.size() + " refusals");
        assertEquals(200, caller.send(caller.chat(body("gpt-4o", "nonce-good"))).statusCode());
        Awaitility.await().untilAsserted(() -> assertEquals(Set.of(), lost(promised)));
        String seen = stack.worker().seen().stream()
                .map(record -> new String(record.value(), UTF_8))
                .collect(Collectors.joining("\n"));
        refused.removeIf(nonce -> !Pattern.compile(nonce + "\\b").matcher(seen).find());
        assertEquals(Set.of(), refused, "refused, and made jobs all the same");
    }

    /** All that comes until the connection ends, which the end of what is sent brings about. */
    private static String answer(byte[] request) throws IOException {
        try (Wire wire = new Wire(stack.gateway().port())) {
            try {
                wire.send(request);
            } catch (IOException closed) {
                return "closed: " + closed.getMessage();
            }
            return wire.all();
        }
    }

    private static List<Integer> statuses(String answer) {
        return STATUS.matcher(answer)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .filter(status -> status >= 200)
                .toList();
    }

    /** The lines before the first empty one. */
    private static String heads(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        return end < 0 ? answer : answer.substring(0, end + 2);
    }

    /** What no client can do anything about is told as that: a wait that passed, or a way of speaking that is not ours. */
    private static boolean isTold(int status, String answer) {
        return switch (status) {
            case 504 -> answer.contains("deadline_exceeded");
            case 501, 505 -> answer.contains("\"type\":\"invalid_request_error\"");
            default -> false;
        };
    }

    /** What the vendor says of a job is no refusal of the gateway. */
    private static boolean isJobs(String answer) {
        return JOB.matcher(heads(answer)).find();
    }

    private static void assertRefusal(String answer, String what) {
        int body = answer.indexOf("\r\n\r\n") + 4;
        if (answer.length() > body && heads(answer).contains("application/json")) {
            String text = answer.substring(body);
            String json = text.startsWith("{") ? text : text.substring(text.indexOf('\n') + 1);
            assertFalse(
                    JsonMapper.shared()
                            .readTree(json)
                            .at("/error/message")
                            .asString("")
                            .isBlank(),
                    what);
        }
    }

    private static Set<String> lost(Set<String> promised) {
        Set<String> lost = new HashSet<>(promised);
        stack.worker().results().forEach(result -> lost.remove(result.id().value()));
        return lost;
    }
}
