package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.BreakableLine;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.OpenAiSdk;
import io.genapi.systemtests.harness.SystemTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** OpenAI's client for Java, over a network that breaks while it waits. */
@SystemTest
final class SdkRetryIT {

    private final Cluster cluster;

    SdkRetryIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void paysOneVendorCallForACallWhoseConnectionBrokeAndThatComesBackToAnotherGateway() {
        List<URI> gateways =
                cluster.gateways().stream().map(gateway -> gateway.api().base()).toList();
        cluster.simulator().hold();
        try (BreakableLine line = new BreakableLine(gateways)) {
            OpenAIClient client = OpenAiSdk.at(line.address()).maxRetries(2).build();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ask(client, "sdk-broken"));
            Eventually.holds(
                    "the job is at the vendor", () -> cluster.simulator().inFlight() == 1);
            line.cut();
            Eventually.holds("the client comes back", () -> line.connections() == 2);
            awaitThatWhoGoesAwayLaterHasItsJobCancelled(gateways.getFirst());
            cluster.simulator().release();

            assertEquals("You said: sdk-broken", answer.join());
            assertEquals(1, cluster.simulator().callsAbout("sdk-broken").size(), "vendor calls");
            client.close();
        }
    }

    private static String ask(OpenAIClient client, String question) {
        return client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model(Api.MODEL)
                        .addUserMessage(question)
                        .build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElse("");
    }

    private void awaitThatWhoGoesAwayLaterHasItsJobCancelled(URI gateway) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var call = http.sendAsync(
                    HttpRequest.newBuilder(URI.create(gateway + "/v1/chat/completions"))
                            .header("Content-Type", "application/json")
                            .header("X-Correlation-ID", "sdk-leaves")
                            .POST(HttpRequest.BodyPublishers.ofString(Api.chatBody(Api.MODEL, "sdk-leaves")))
                            .build(),
                    BodyHandlers.ofString());
            Eventually.holds(
                    "the other job is at the vendor",
                    () -> cluster.simulator().callsAbout("sdk-leaves").size() == 1);
            call.cancel(true);
            http.shutdownNow();
        }
        Eventually.holds(
                "the other job is cancelled",
                () -> JobPages.correlated(cluster.api(), "sdk-leaves")
                        .getFirst()
                        .path("status")
                        .asString()
                        .equals("cancelled"));
    }
}
