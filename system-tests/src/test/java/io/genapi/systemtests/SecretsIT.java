package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Solo;
import io.genapi.systemtests.harness.SystemTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Vendors' keys and callers' tokens, which nobody may see but the vendor. */
@SystemTest
final class SecretsIT {

    private static final String CALLERS_TOKEN = "callers-own-token-Zx81QwErTy";

    private final Solo solo;

    SecretsIT(Solo solo) {
        this.solo = solo;
    }

    @Test
    void showsNoKeyAndNoTokenAnywhereAtTheMostTalkativeLevel() throws IOException {
        String[] withToken = {"Authorization", "Bearer " + CALLERS_TOKEN};
        Answer good = solo.api().chat("secret-good", withToken);
        assertEquals(200, good.status(), good::toString);
        Answer encrypted = solo.api()
                .post("/v1/chat/completions", Api.chatBody(Solo.ENCRYPTED_MODEL, "secret-encrypted"), withToken);
        assertEquals(200, encrypted.status(), encrypted::toString);
        Answer refused =
                solo.api().post("/v1/chat/completions", Api.chatBody(Solo.REFUSED_MODEL, "secret-refused"), withToken);
        assertTrue(refused.status() >= 400, refused::toString);
        solo.simulator().garble(1);
        Answer failed = solo.api().chat("secret-failed", withToken);
        assertTrue(failed.status() >= 500, failed::toString);
        assertVendorGotItsKey("secret-good");
        assertVendorGotItsKey("secret-encrypted");

        Map<String, String> places = new LinkedHashMap<>();
        List.of(good, encrypted, refused, failed)
                .forEach(answer ->
                        places.put("answer " + places.size() + " of status " + answer.status(), answer.toString()));
        collectFiles(places);
        collectEndpoints(places);
        collectRecords(places);

        assertTrue(places.size() > 20, "there is something to look at: " + places.keySet());
        assertTrue(
                places.values().stream().anyMatch(text -> text.contains("secret-refused")),
                "the looking itself finds what is there");
        for (String secret : List.of(Solo.KEY, Solo.ENCRYPTED_KEY, Solo.SECRETS_KEY, Solo.WRONG_KEY, CALLERS_TOKEN)) {
            places.forEach((place, text) -> assertFalse(text.contains(secret), () -> place + " shows " + secret));
        }
    }

    private void assertVendorGotItsKey(String question) {
        List<String> used = solo.simulator().callsAbout(question).stream()
                .map(call -> call.path("headers").path("authorization").asString(""))
                .toList();
        assertEquals(1, used.size());
        assertTrue(used.getFirst().startsWith("Bearer ***"), used::toString);
        // The simulator accepts no other key, so its 200 says which one came.
        assertEquals(
                200,
                solo.simulator().callsAbout(question).getFirst().path("status").asInt());
    }

    /** What the services and the commands wrote, and the encrypted file. */
    private void collectFiles(Map<String, String> places) throws IOException {
        int talkative = 0;
        try (Stream<Path> files = Files.list(solo.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                talkative += text.contains("DEBUG") ? 1 : 0;
                places.put(file.toString(), text);
            }
        }
        assertTrue(talkative > 0, "services logged at DEBUG");
    }

    private void collectEndpoints(Map<String, String> places) {
        List<ServiceProcess> services = new ArrayList<>(solo.gateways());
        services.addAll(solo.workers());
        services.addAll(solo.stores());
        for (ServiceProcess service : services) {
            for (String path :
                    List.of("/metrics", "/health/ready", "/health/live", "/health", "/v1/jobs", "/v1/models")) {
                places.put(
                        service.process().name() + path, service.api().get(path).toString());
            }
        }
    }

    private void collectRecords(Map<String, String> places) {
        Topics topics = new Topics(solo.kafka().bootstrapServers());
        for (String topic : topics.names("genapi")) {
            for (ConsumerRecord<byte[], byte[]> record : topics.all(topic)) {
                StringBuilder text = new StringBuilder(latin(record.key())).append(latin(record.value()));
                record.headers().forEach(header -> text.append(header.key()).append(latin(header.value())));
                places.put(topic + "-" + record.partition() + "@" + record.offset(), text.toString());
            }
        }
    }

    private static String latin(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
