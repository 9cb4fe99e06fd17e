package io.genapi.gateway.http;

import io.genapi.gateway.submit.Admission;
import io.genapi.gateway.submit.SubmissionOutcome;
import io.genapi.gateway.tenant.Allowance;
import io.genapi.gateway.tenant.QuotaDecision;
import io.genapi.gateway.tenant.QuotaDecision.Reason;
import io.genapi.gateway.tenant.Quotas;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Lets tenants hand in as many jobs as their limits allow, and tells them what is left in
 * <a href="https://platform.openai.com/docs/guides/rate-limits">OpenAI's headers</a>. Thread-safe.
 */
public final class Turnstile {

    private final Quotas quotas;

    public Turnstile(Quotas quotas) {
        this.quotas = quotas;
    }

    /**
     * Lets a call through, whatever comes of it.
     *
     * @return to be asked for leave to make a job, and to be closed when the call ends
     * @throws ApiErrorException with 429 where there are too many calls
     */
    Pass enter(Exchange exchange, HttpServletResponse response) {
        return exchange.tenant().<Pass>map(tenant -> enter(tenant, response)).orElseGet(Pass.Free::new);
    }

    private Pass enter(Tenant tenant, HttpServletResponse response) {
        QuotaDecision decision = quotas.pass(tenant);
        decision.standing().requests().ifPresent(left -> tell(response, "requests", left));
        decision.standing().tokens().ifPresent(left -> tell(response, "tokens", left));
        return switch (decision) {
            case QuotaDecision.Granted _ -> new Pass.Counted(quotas, tenant, response);
            case QuotaDecision.Refused refused -> throw refusal(tenant.id(), refused, response);
        };
    }

    private static ApiErrorException refusal(
            TenantId tenant, QuotaDecision.Refused refused, HttpServletResponse response) {
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                Long.toString(Math.max(1, refused.pause().plusMillis(999).toSeconds())));
        if (refused.reason() == Reason.TOKENS_PER_DAY) {
            response.setHeader(HttpHeaderNames.SHOULD_RETRY, "false");
        }
        return new ApiErrorException(error(tenant, refused));
    }

    private static void tell(HttpServletResponse response, String what, Allowance left) {
        response.setHeader("x-ratelimit-limit-" + what, Long.toString(left.limit()));
        response.setHeader("x-ratelimit-remaining-" + what, Long.toString(left.remaining()));
        response.setHeader("x-ratelimit-reset-" + what, inWords(left.reset()));
    }

    /** As OpenAI writes it: {@code 12ms}, {@code 1.5s}, {@code 6m0s}, {@code 1h2m3s}. */
    static String inWords(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            long tenths = duration.toMillis() / 100;
            return tenths / 10 + (tenths % 10 == 0 ? "s" : "." + tenths % 10 + "s");
        }
        String minutes = duration.toMinutesPart() + "m" + duration.toSecondsPart() + "s";
        return duration.toHours() == 0 ? minutes : duration.toHours() + "h" + minutes;
    }

    private static ApiError error(TenantId tenant, QuotaDecision.Refused refused) {
        return switch (refused.reason()) {
            case REQUESTS_PER_MINUTE ->
                tooMany(
                        "requests",
                        "rate_limit_exceeded",
                        "Rate limit reached for '%s' on requests per minute: limit %d. Please try again in %s."
                                .formatted(tenant, refused.limit(), inWords(refused.pause())));
            case JOBS_IN_FLIGHT ->
                tooMany(
                        "jobs",
                        "rate_limit_exceeded",
                        "Rate limit reached for '%s' on jobs in flight: limit %d. Try again when some have ended."
                                .formatted(tenant, refused.limit()));
            case TOKENS_PER_DAY ->
                tooMany(
                        "insufficient_quota",
                        "insufficient_quota",
                        "'%s' has used up its tokens of today: limit %d. There are new ones in %s, at midnight UTC."
                                .formatted(tenant, refused.limit(), inWords(refused.pause())));
        };
    }

    private static ApiError tooMany(String type, String code, String message) {
        return new ApiError(429, type, Optional.empty(), Optional.of(code), message);
    }

    /** One call's way through. Used by one thread. */
    sealed interface Pass extends Admission, AutoCloseable {

        /**
         * What came of the call: its job may go on when the call has ended.
         *
         * @throws ApiErrorException with 429 where it was refused
         */
        SubmissionOutcome saw(SubmissionOutcome outcome);

        @Override
        void close();

        /** Of a caller without limits. */
        record Free() implements Pass {

            @Override
            public boolean admits() {
                return true;
            }

            @Override
            public SubmissionOutcome saw(SubmissionOutcome outcome) {
                return outcome;
            }

            @Override
            public void close() {}
        }

        /** Of a tenant, whose job counts from when it is admitted until it is known to have ended. */
        final class Counted implements Pass {

            private final Quotas quotas;
            private final Tenant tenant;
            private final HttpServletResponse response;
            private Optional<QuotaDecision> decision = Optional.empty();
            private boolean goesOn;

            private Counted(Quotas quotas, Tenant tenant, HttpServletResponse response) {
                this.quotas = quotas;
                this.tenant = tenant;
                this.response = response;
            }

            @Override
            public boolean admits() {
                QuotaDecision decided = quotas.admit(tenant);
                decision = Optional.of(decided);
                return decided instanceof QuotaDecision.Granted;
            }

            @Override
            public SubmissionOutcome saw(SubmissionOutcome outcome) {
                if (decision.orElse(null) instanceof QuotaDecision.Refused refused) {
                    throw refusal(tenant.id(), refused, response);
                }
                goesOn = JobsThatGoOn.after(outcome);
                return outcome;
            }

            @Override
            public void close() {
                if (!goesOn && decision.orElse(null) instanceof QuotaDecision.Granted) {
                    quotas.ended(tenant.id());
                }
            }
        }
    }
}
