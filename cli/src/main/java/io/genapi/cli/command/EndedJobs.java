package io.genapi.cli.command;

import io.genapi.cli.client.Answer;
import io.genapi.cli.client.Gateway;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which jobs that ended without an answer are gone at once more, and how. */
final class EndedJobs {

    /** Another request of the same idempotency key was first. */
    private static final int KEY_REUSED = 422;

    static final Set<String> STATUSES = Set.of("failed", "expired", "cancelled");

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            required = true,
            description = "Redrive the jobs that are failed, expired or cancelled, through the gateway.")
    private String status = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            required = true,
            description = "Only those created since: 30m, 24h, 2d, or a time such as 2026-01-31T12:00:00Z.")
    private String since = "";

    @Option(names = "--model", paramLabel = "MODEL", description = "Have another model answer.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The gateway. Default: the broker that runs on the data directory, else http://127.0.0.1:8080.")
    private Optional<String> url = Optional.empty();

    Optional<String> url() {
        return url;
    }

    /** What is wrong with what was given. */
    Optional<String> fault(Instant now) {
        if (!STATUSES.contains(status)) {
            return Optional.of("--status is '%s'; give failed, expired or cancelled.".formatted(status));
        }
        return since(since, now).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "--since is '%s'; give 30m, 24h, 2d, or a time such as 2026-01-31T12:00:00Z.".formatted(since));
    }

    /** The instant that a text means. */
    static Optional<Instant> since(String text, Instant now) {
        try {
            return Optional.of(
                    text.matches("[0-9]{1,6}[smh]")
                            ? now.minus(Duration.parse("PT" + text))
                            : text.matches("[0-9]{1,4}d")
                                    ? now.minus(Duration.parse("P" + text))
                                    : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Redrives them, the newest first. Done again it makes no second job of any: each has a key of its own.
     *
     * @return whether all could be
     */
    boolean redrive(Gateway gateway, Instant now, PrintWriter out, PrintWriter err) throws InterruptedException {
        int done = 0;
        List<String> ids = ids(gateway, now);
        for (String id : ids) {
            // Whatever the model: what another go has answered already is not asked again.
            String key = "redrive/" + id;
            Answer answer = gateway.redrive(Gateway.encoded(id), model, key);
            if (answer.successful()) {
                done++;
                out.printf("%s -> %s%n", id, answer.json().path("id").asString(""));
            } else {
                err.printf(
                        "%s: %s%n",
                        id,
                        answer.status() == KEY_REUSED
                                ? "It was redriven before, with another model; redrive what came of that."
                                : answer.errorMessage());
            }
        }
        out.printf("%d redriven, %d cannot be.%n", done, ids.size() - done);
        out.flush();
        err.flush();
        return done == ids.size();
    }

    /** Those that there are now: what ends meanwhile is not among them. */
    private List<String> ids(Gateway gateway, Instant now) throws InterruptedException {
        String query = "/v1/jobs?limit=100&status=%s&created_after=%s&created_before=%s"
                .formatted(status, since(since, now).orElse(now).minusMillis(1), now);
        List<String> ids = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Answer answer = gateway.get(query + after.map(id -> "&after=" + id).orElse(""));
            if (!answer.successful()) {
                throw new CommandFailure(ExitCodes.FAILED, answer.errorMessage());
            }
            JsonNode page = answer.json();
            page.path("data").forEach(job -> ids.add(job.path("id").asString("")));
            after = page.path("has_more").asBoolean(false)
                    ? Optional.of(page.path("last_id").asString("")).filter(id -> !id.isEmpty())
                    : Optional.empty();
        } while (after.isPresent());
        return ids;
    }
}
