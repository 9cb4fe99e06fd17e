package io.genapi.gateway.http;

import io.genapi.gateway.stream.FollowOutcome;
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
     * @return to be closed when the call ends
     * @throws ApiErrorException with 429 where a limit is reached
     */
    Pass enter(Exchange exchange, HttpServletResponse response) {
        Optional<Tenant> tenant = exchange.tenant();
        if (tenant.isEmpty()) {
            return new Pass(() -> {});
        }
        TenantId id = tenant.get().id();
        QuotaDecision decision = quotas.admit(tenant.get());
        decision.standing().requests().ifPresent(left -> tell(response, "requests", left));
        decision.standing().tokens().ifPresent(left -> tell(response, "tokens", left));
        return switch (decision) {
            case QuotaDecision.Granted _ -> new Pass(() -> quotas.ended(id));
            case QuotaDecision.Refused refused -> {
                response.setHeader(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(
                                Math.max(1, refused.pause().plusMillis(999).toSeconds())));
                if (refused.reason() == Reason.TOKENS_PER_DAY) {
                    response.setHeader(HttpHeaderNames.SHOULD_RETRY, "false");
                }
                throw new ApiErrorException(error(id, refused));
            }
        };
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
    static final class Pass implements AutoCloseable {

        private final Runnable ended;
        private boolean goesOn;

        private Pass(Runnable ended) {
            this.ended = ended;
        }

        /** What came of the call: its job may go on when the call has ended. */
        SubmissionOutcome saw(SubmissionOutcome outcome) {
            goesOn = switch (outcome) {
                // A job that was there before this call is counted for the call that made it.
                case SubmissionOutcome.Answered _,
                        SubmissionOutcome.Refused _,
                        SubmissionOutcome.Attached _,
                        SubmissionOutcome.KeyReused _ -> false;
                case SubmissionOutcome.Undecided undecided -> undecided.published();
                case SubmissionOutcome.Streamed streamed -> goesOn(streamed.outcome());
                case SubmissionOutcome.Accepted _,
                        SubmissionOutcome.Unconfirmed _,
                        SubmissionOutcome.CallerLeft _,
                        SubmissionOutcome.WaitPassed _,
                        SubmissionOutcome.WaitInterrupted _ -> true;
            };
            return outcome;
        }

        private static boolean goesOn(FollowOutcome followed) {
            return switch (followed) {
                case FollowOutcome.Finished _, FollowOutcome.JobFailed _, FollowOutcome.NotStreamed _ -> false;
                case FollowOutcome.Interrupted _,
                        FollowOutcome.Gone _,
                        FollowOutcome.TimePassed _,
                        FollowOutcome.Stopping _,
                        FollowOutcome.NoReader _,
                        FollowOutcome.Left _,
                        FollowOutcome.TooSlow _ -> true;
            };
        }

        @Override
        public void close() {
            if (!goesOn) {
                ended.run();
            }
        }
    }
}
