package io.genapi.simulator.serving;

import io.genapi.simulator.behaviour.Behaviour;
import io.genapi.simulator.behaviour.CurrentBehaviour;
import io.genapi.simulator.dialect.Answer;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.dialect.Dialect;
import io.genapi.simulator.exchange.Exchange;
import io.genapi.simulator.exchange.ExchangeHandler;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.FaultScript;
import io.genapi.simulator.fault.OutagePlan;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.journal.CallJournal;
import io.genapi.simulator.journal.OpenCall;
import io.genapi.simulator.ratelimit.Allowance;
import io.genapi.simulator.ratelimit.RequestBudget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Answers one vendor call. The fate of the n-th call (its fault, its latency) depends on the seed and on n alone, so
 * it does not change with the order in which concurrent calls end. Thread-safe.
 */
public final class CallService implements ExchangeHandler {

    private static final int TOO_MANY_REQUESTS = 429;

    private final List<Dialect> dialects;
    private final CallJournal journal;
    private final CurrentBehaviour behaviour;
    private final FaultScript script;
    private final OutagePlan outages;
    private final RequestBudget budget;
    private final Clock clock;
    private final long seed;

    /**
     * Creates the service.
     *
     * @param dialects at least one; the first that serves a path answers it, the last also what none serves
     */
    public CallService(
            List<Dialect> dialects,
            CallJournal journal,
            CurrentBehaviour behaviour,
            FaultScript script,
            OutagePlan outages,
            Clock clock,
            long seed) {
        this.dialects = List.copyOf(dialects);
        this.journal = journal;
        this.behaviour = behaviour;
        this.script = script;
        this.outages = outages;
        this.budget = new RequestBudget(clock.nanoTicker());
        this.clock = clock;
        this.seed = seed;
    }

    @Override
    public void handle(Exchange exchange) throws InterruptedException {
        OpenCall call = journal.open(exchange.request());
        SplittableRandom random = new SplittableRandom(seed ^ (call.number() * 0x9E3779B97F4A7C15L));
        CallIdentity identity = new CallIdentity(
                "%016x%016x".formatted(random.nextLong(), random.nextLong()),
                clock.instants().instant());
        Dialect dialect = dialects.stream()
                .filter(candidate -> candidate.serves(exchange.request().path()))
                .findFirst()
                .orElse(dialects.getLast());
        AnswerSender sender = new AnswerSender(exchange, call, dialect, identity, clock.nanoTicker());
        try {
            switch (answer(exchange, dialect, identity)) {
                case Answer.Immediate immediate -> sender.send(immediate, RetryAfter.NONE, Optional.empty());
                case Answer.Generated generated -> {
                    call.understood(generated.model(), generated.lastUserText());
                    generate(generated, sender, dialect, random);
                }
            }
        } catch (InterruptedException clientLeft) {
            sender.aborted();
            throw clientLeft;
        } catch (RuntimeException bug) {
            sender.drop();
            throw bug;
        }
    }

    private static Answer answer(Exchange exchange, Dialect dialect, CallIdentity identity) {
        return switch (exchange.reading()) {
            case WHOLE -> dialect.answer(exchange.request(), identity);
            case NOT_HTTP -> dialect.error(400);
            case BODY_TOO_LARGE -> dialect.error(413);
        };
    }

    private void generate(Answer.Generated answer, AnswerSender sender, Dialect dialect, SplittableRandom random)
            throws InterruptedException {
        Behaviour now = behaviour.get();
        Allowance allowance = budget.take(now.requestsPerMinute());
        if (!allowance.granted()) {
            RetryAfter wait = until(allowance.untilNext());
            sender.send(error(dialect, TOO_MANY_REQUESTS, wait), wait, Optional.of(allowance));
            return;
        }
        Fault fault = fault(now, random);
        Duration latency = now.latency().sample(random);
        behaviour.awaitRelease();
        switch (fault) {
            case Fault.Status(int status, RetryAfter retryAfter) ->
                sender.send(error(dialect, status, retryAfter), retryAfter, Optional.of(allowance));
            case Fault.Hang() -> sender.hang();
            case Fault.CloseBeforeHeaders() -> {
                sender.pause(latency);
                sender.drop();
            }
            case Fault.WrongContentType() -> {
                sender.pause(latency);
                sender.sendProxyPage();
            }
            case Fault.SlowDrip(Duration perByte) -> {
                sender.dripFromNow(perByte);
                deliver(answer, Damage.NONE, latency, now, sender, allowance);
            }
            case Fault.HangAfterHeaders() -> deliver(answer, Damage.SILENCE, latency, now, sender, allowance);
            case Fault.None() -> deliver(answer, Damage.NONE, latency, now, sender, allowance);
            case Fault.CloseAfterHeaders() -> deliver(answer, Damage.NO_BODY, latency, now, sender, allowance);
            case Fault.TruncatedBody() -> deliver(answer, Damage.HALF_BODY, latency, now, sender, allowance);
            case Fault.MalformedJson() -> deliver(answer, Damage.BROKEN_JSON, latency, now, sender, allowance);
        }
    }

    private static Answer.Immediate error(Dialect dialect, int status, RetryAfter retryAfter) {
        return retryAfter.duration().map(wait -> dialect.error(status, wait)).orElseGet(() -> dialect.error(status));
    }

    /**
     * Chance is asked even where a script decides, so that a script does not change the latency that follows. An outage
     * uses up nothing of the script.
     */
    private Fault fault(Behaviour now, SplittableRandom random) {
        Fault drawn = now.errors().draw(random.split());
        return outages.now().or(script::next).orElse(drawn);
    }

    private static void deliver(
            Answer.Generated answer,
            Damage damage,
            Duration latency,
            Behaviour now,
            AnswerSender sender,
            Allowance allowance)
            throws InterruptedException {
        sender.pause(latency);
        switch (answer) {
            case Answer.Whole whole -> sender.send(whole, damage, allowance);
            case Answer.Streamed streamed -> sender.send(streamed, damage, allowance, now.timePerToken());
        }
    }

    private static RetryAfter until(Duration wait) {
        long millis = Math.max(1, wait.plusNanos(999_999).toMillis());
        return new RetryAfter(OptionalLong.of((millis + 999) / 1_000), OptionalLong.of(millis));
    }
}
