package io.genapi.benchmarks.webhooks;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.report.Quantiles;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.simulator.receiver.Reaction;
import io.genapi.simulator.receiver.ReceivedWebhook;
import io.genapi.simulator.receiver.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The same events twice: with endpoints that are all well, and with some that hang or fail. */
public final class WebhooksBenchmark {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Deployment deployment;
    private final WebhooksOptions options;
    private final Consumer<String> progress;

    /** @param progress told what happens, in lines for people */
    public WebhooksBenchmark(Deployment deployment, WebhooksOptions options, Consumer<String> progress) {
        this.deployment = deployment;
        this.options = options;
        this.progress = progress;
    }

    /** Measures, and returns the table of what it found. */
    public String run() {
        // What a process does for the first time takes longer than ever after.
        measure("warm-up", 0, 0);
        return WebhooksTable.of(
                options,
                List.of(measure("all well", 0, 0), measure("some sick", options.hanging(), options.failing())));
    }

    private WebhooksFigures measure(String title, int hanging, int failing) {
        progress.accept("%s: %d events for %d endpoints, of which %d hang and %d fail"
                .formatted(title, options.events(), options.endpoints(), hanging, failing));
        try (WebhookReceiver receiver = WebhookReceiver.start();
                WebhookFlood flood = new WebhookFlood(
                        deployment.kafka().bootstrapServers(),
                        options.partitions(),
                        receiver,
                        title.replace(' ', '-'))) {
            List<WebhookEndpoint> all = flood.register(options.endpoints());
            all.stream().limit(hanging).forEach(sick -> receiver.behave(WebhookFlood.path(sick), new Reaction.Hang()));
            all.stream()
                    .skip(hanging)
                    .limit(failing)
                    .forEach(sick -> receiver.behave(WebhookFlood.path(sick), Reaction.status(500)));
            List<WebhookEndpoint> well = all.subList(hanging + failing, all.size());
            happen(flood, all);
            Eventually.holds("all who are well are told", PATIENCE, () -> flood.missing(well) == 0);
            return figures(title, flood, receiver, well);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void happen(WebhookFlood flood, List<WebhookEndpoint> all) {
        long begin = System.nanoTime();
        for (int number = 0; number < options.events(); number++) {
            long due = begin + number * 1_000_000_000L / options.perSecond();
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            flood.tell(all.get(number % all.size()));
        }
        flood.flush();
    }

    private static WebhooksFigures figures(
            String title, WebhookFlood flood, WebhookReceiver receiver, List<WebhookEndpoint> well) {
        Set<String> paths = well.stream().map(WebhookFlood::path).collect(Collectors.toSet());
        Map<String, Duration> first = new HashMap<>();
        int others = 0;
        for (ReceivedWebhook webhook : receiver.received()) {
            if (paths.contains(webhook.path())) {
                first.putIfAbsent(
                        webhook.id(), Duration.between(flood.writtenAt(new EventId(webhook.id())), webhook.at()));
            } else {
                others++;
            }
        }
        return new WebhooksFigures(title, first.size(), others, Quantiles.of(first.values().stream()));
    }
}
