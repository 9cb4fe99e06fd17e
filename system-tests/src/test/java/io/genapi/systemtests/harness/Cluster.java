package io.genapi.systemtests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.http.Answer;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three brokers, and two each of gateway, worker and store; one for all tests that ask for it. */
public final class Cluster extends Deployment {

    /** How long a webhook's receiver has to answer. */
    public static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(5);

    Cluster() {
        super(
                Checkout.installation(),
                Checkout.emptyDirectory("cluster"),
                new Layout(
                        3,
                        12,
                        2,
                        2,
                        2,
                        Map.of("simulator", List.of("--journal", "20000")),
                        Optional.empty(),
                        environment()));
    }

    /** Webhooks go to this machine, and are tried again soon. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(S3Server.CREDENTIALS);
        environment.put("GENAPI_WEBHOOK_ALLOWLOOPBACK", "true");
        environment.put("GENAPI_WEBHOOK_SENDER_TIMEOUT", WEBHOOK_TIMEOUT.toString());
        environment.put("GENAPI_STORE_WEBHOOK_SCHEDULE", "5s,20s");
        environment.put("GENAPI_STORE_WEBHOOK_LONGESTREST", "5s");
        return environment;
    }

    /** A job once it has ended, as whichever gateway runs then tells it. */
    public Answer ended(String id) {
        Answer[] last = new Answer[1];
        Eventually.holds(id + " ends", () -> {
            last[0] = api().job(id, 30);
            return last[0].json().hasNonNull("completed_at");
        });
        return last[0];
    }

    /** Jobs once all of them have ended, in the same order. */
    public List<Answer> ended(List<String> ids) {
        return Concurrently.map(ids.size(), i -> ended(ids.get(i)));
    }

    /** Cancels a job, and returns when that is its end. */
    public void cancel(String id) {
        Answer[] answer = new Answer[1];
        Eventually.holds(id + " is cancelled", () -> {
            answer[0] = api().post("/v1/jobs/" + id + "/cancel", "{}");
            return answer[0].status() == 200;
        });
        assertEquals("cancelled", answer[0].jobStatus(), answer[0]::toString);
    }
}
