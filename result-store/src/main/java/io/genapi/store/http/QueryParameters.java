package io.genapi.store.http;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.store.query.PageRequest;
import io.genapi.store.query.Period;
import io.genapi.store.webhook.DeliveryQuery;
import io.genapi.store.webhook.Telling;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the API's query parameters; a wrong one is an {@link InvalidParameterException}. */
final class QueryParameters {
    private static final int LONGEST_WAIT_MS = 60_000;
    private static final int LARGEST_PAGE = 100;
    private static final int USUAL_PAGE = 20;

    private QueryParameters() {}

    static Duration wait(@Nullable String waitMs) {
        return Duration.ofMillis(number("wait_ms", waitMs, 0, 0, LONGEST_WAIT_MS));
    }

    static PageRequest page(
            @Nullable String limit,
            @Nullable String after,
            @Nullable String status,
            @Nullable String tenant,
            Period period) {
        return new PageRequest(
                number("limit", limit, USUAL_PAGE, 1, LARGEST_PAGE),
                given(after)
                        .map(text -> JobId.parse(text)
                                .orElseThrow(() -> new InvalidParameterException("after", text, "a job id"))),
                given(status)
                        .map(text -> JobStatus.fromWireName(text)
                                .orElseThrow(
                                        () -> new InvalidParameterException("status", text, "one of " + statuses()))),
                viewer(tenant),
                period);
    }

    static Period period(@Nullable String from, @Nullable String to) {
        return new Period(instant("created_from", from), instant("created_to", to));
    }

    private static Optional<Instant> instant(String name, @Nullable String text) {
        return given(text).map(value -> {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException malformed) {
                throw new InvalidParameterException(name, value, "an instant such as 2026-01-31T12:00:00Z");
            }
        });
    }

    /** Parameters to be added to others. */
    static String period(Period period) {
        return period.from().map(at -> "&created_from=" + encoded(at)).orElse("")
                + period.to().map(at -> "&created_to=" + encoded(at)).orElse("");
    }

    /** Years of more than four digits begin with a plus, which would be read as a space. */
    private static String encoded(Instant at) {
        return at.toString().replace("+", "%2B");
    }

    static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new InvalidParameterException("day", text, "a day such as 2026-01-31");
        }
    }

    /** Who asks; empty for who may see all jobs. */
    static Optional<TenantId> viewer(@Nullable String tenant) {
        return given(tenant).map(TenantId::new);
    }

    /** A parameter to be added to others. */
    static String tenant(TenantId tenant) {
        return "&tenant=" + URLEncoder.encode(tenant.value(), StandardCharsets.UTF_8);
    }

    /** The only parameter. */
    static String onlyTenant(TenantId tenant) {
        return "?" + tenant(tenant).substring(1);
    }

    static DeliveryQuery deliveries(
            @Nullable String tenant,
            @Nullable String endpoint,
            @Nullable String status,
            @Nullable String after,
            @Nullable String limit) {
        return new DeliveryQuery(
                tenant(tenant),
                endpoint(endpoint),
                given(status).map(QueryParameters::stage),
                given(after)
                        .map(text -> EventId.parse(text)
                                .orElseThrow(() -> new InvalidParameterException("after", text, "the id of an event"))),
                number("limit", limit, USUAL_PAGE, 1, LARGEST_PAGE));
    }

    static TenantId tenant(@Nullable String tenant) {
        return new TenantId(required("tenant", tenant));
    }

    static EndpointId endpoint(@Nullable String endpoint) {
        String text = required("endpoint", endpoint);
        return EndpointId.parse(text)
                .orElseThrow(() -> new InvalidParameterException("endpoint", text, "the id of a webhook endpoint"));
    }

    static EventId event(String text) {
        return EventId.parse(text)
                .orElseThrow(() -> new InvalidParameterException("event", text, "the id of an event"));
    }

    private static String required(String name, @Nullable String text) {
        return given(text).orElseThrow(() -> new InvalidParameterException(name, "'%s' is missing.".formatted(name)));
    }

    private static Telling.Stage stage(String text) {
        return Arrays.stream(Telling.Stage.values())
                .filter(stage -> DeliveryDocument.wireName(stage).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException(
                        "status",
                        text,
                        "one of "
                                + Arrays.stream(Telling.Stage.values())
                                        .map(DeliveryDocument::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    /** The same, as all there is of a query. */
    static String deliveries(DeliveryQuery query) {
        return onlyTenant(query.tenant())
                + "&endpoint=" + query.endpoint()
                + query.stage()
                        .map(stage -> "&status=" + DeliveryDocument.wireName(stage))
                        .orElse("")
                + query.after().map(event -> "&after=" + event).orElse("")
                + "&limit=" + query.limit();
    }

    /** As all there is of a question for one event. */
    static String delivery(TenantId tenant, EndpointId endpoint) {
        return onlyTenant(tenant) + "&endpoint=" + endpoint;
    }

    private static int number(String name, @Nullable String text, int fallback, int least, int most) {
        return given(text)
                .map(value -> {
                    try {
                        int number = Integer.parseInt(value);
                        if (number >= least && number <= most) {
                            return number;
                        }
                    } catch (NumberFormatException malformed) {
                        // Told below, in the same words.
                    }
                    throw new InvalidParameterException(
                            name, value, "a whole number from %d to %d".formatted(least, most));
                })
                .orElse(fallback);
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    private static String statuses() {
        return Arrays.stream(JobStatus.values()).map(JobStatus::wireName).collect(Collectors.joining(", "));
    }
}
