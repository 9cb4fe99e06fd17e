package io.genapi.benchmarks.webhooks;

import io.genapi.chaos.report.Quantiles;
import io.genapi.chaos.report.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A run's figures, for people. */
final class WebhooksTable {

    private WebhooksTable() {}

    /** @param figures the first of endpoints that are all well, which the others are held to */
    static String of(WebhooksOptions options, List<WebhooksFigures> figures) {
        WebhooksFigures alone = figures.getFirst();
        return "%d events at %d a second for %d endpoints; of the sick ones %d hang and %d fail%n"
                        .formatted(
                                options.events(),
                                options.perSecond(),
                                options.endpoints(),
                                options.hanging(),
                                options.failing())
                + new Table()
                        .row("", row(figures, WebhooksFigures::title))
                        .row("events told to who is well", row(figures, each -> "%,d".formatted(each.delivered())))
                        .row("attempts at the sick", row(figures, each -> "%,d".formatted(each.attempts())))
                        .row("happened until told, p50", times(figures, Quantiles::median))
                        .row("happened until told, p99", times(figures, Quantiles::p99))
                        .row("  to all well, p50", ratios(alone, figures, Quantiles::median))
                        .row("  to all well, p99", ratios(alone, figures, Quantiles::p99))
                        .toString();
    }

    private static List<String> times(List<WebhooksFigures> figures, Function<Quantiles, Duration> which) {
        return row(
                figures,
                each -> String.format(
                        Locale.ROOT, "%,d ms", which.apply(each.untilTold()).toMillis()));
    }

    private static List<String> ratios(
            WebhooksFigures alone, List<WebhooksFigures> figures, Function<Quantiles, Duration> which) {
        double one = Math.max(1, which.apply(alone.untilTold()).toMillis());
        return row(
                figures,
                each -> String.format(
                        Locale.ROOT, "%.2f", which.apply(each.untilTold()).toMillis() / one));
    }

    private static List<String> row(List<WebhooksFigures> figures, Function<WebhooksFigures, String> cell) {
        return figures.stream().map(cell).toList();
    }
}
