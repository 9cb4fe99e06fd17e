package io.genapi.simulator;

import io.genapi.simulator.anthropic.AnthropicDialect;
import io.genapi.simulator.behaviour.Behaviour;
import io.genapi.simulator.behaviour.CurrentBehaviour;
import io.genapi.simulator.control.ControlService;
import io.genapi.simulator.dialect.Dialect;
import io.genapi.simulator.exchange.Exchange;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.FaultScript;
import io.genapi.simulator.fault.Outage;
import io.genapi.simulator.fault.OutagePlan;
import io.genapi.simulator.gemini.GeminiCompatibleDialect;
import io.genapi.simulator.gemini.GeminiDialect;
import io.genapi.simulator.http.ConnectionRules;
import io.genapi.simulator.http.SimulatorServer;
import io.genapi.simulator.journal.CallJournal;
import io.genapi.simulator.journal.CallStatistics;
import io.genapi.simulator.journal.RecordedCall;
import io.genapi.simulator.openai.AzureOpenAiDialect;
import io.genapi.simulator.openai.OpenAiDialect;
import io.genapi.simulator.serving.CallService;
import io.genapi.simulator.serving.Clock;
import io.genapi.simulator.tls.Encryption;
import io.genapi.simulator.tls.ServerCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A running vendor. Loopback only unless told otherwise, free of charge, and it remembers every call. Thread-safe.
 */
public final class VendorSimulator implements AutoCloseable {

    private final SimulatorOptions options;
    private final CallJournal journal;
    private final CurrentBehaviour behaviour;
    private final FaultScript script = new FaultScript();
    private final OutagePlan outages;
    private final Optional<ServerCertificate> certificate;
    private final SimulatorServer server;

    private VendorSimulator(SimulatorOptions options, Clock clock) throws IOException {
        this.options = options;
        this.journal = new CallJournal(options.journalCapacity(), clock.instants());
        this.behaviour = new CurrentBehaviour(options.behaviour());
        this.outages = new OutagePlan(clock.nanoTicker());
        this.certificate = options.encryption() == Encryption.NONE
                ? Optional.empty()
                : Optional.of(ServerCertificate.of(options.encryption(), options.host()));
        Dialect openAi = new OpenAiDialect(options.keys(), options.models());
        List<Dialect> dialects = List.of(
                new AnthropicDialect(options.keys(), options.models()),
                new AzureOpenAiDialect(options.keys(), options.models()),
                new GeminiCompatibleDialect(openAi),
                new GeminiDialect(options.keys(), options.models()),
                openAi);
        CallService calls = new CallService(dialects, journal, behaviour, script, outages, clock, options.seed());
        ControlService control = new ControlService(journal, behaviour, script, outages);
        ConnectionRules rules = new ConnectionRules(
                certificate, () -> behaviour.get().cutHandshakes(), journal::connected, journal::disconnected);
        this.server = SimulatorServer.start(options.host(), options.port(), rules, exchange -> {
            if (control.serves(exchange.request().path()) && exchange.reading() == Exchange.Reading.WHOLE) {
                control.handle(exchange);
            } else {
                calls.handle(exchange);
            }
        });
    }

    /** A simulator with {@link SimulatorOptions#PLAIN}: what most tests want. */
    public static VendorSimulator start() {
        return start(SimulatorOptions.PLAIN);
    }

    /**
     * Starts a simulator that serves when this returns.
     *
     * @throws UncheckedIOException if the address is taken or not this machine's; the message names it
     */
    public static VendorSimulator start(SimulatorOptions options) {
        try {
            return new VendorSimulator(options, new Clock(InstantSource.system(), System::nanoTime));
        } catch (IOException failure) {
            throw new UncheckedIOException("The vendor simulator " + failure.getMessage(), failure);
        }
    }

    /** What an OpenAI client takes as its base URL; ends with {@code /v1}. */
    public URI baseUri() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return URI.create("%s://%s:%d/v1".formatted(certificate.isPresent() ? "https" : "http", host, port()));
    }

    /** What a client has to trust to speak to this simulator, as a PEM file has it; empty if it speaks no TLS. */
    public Optional<String> certificatePem() {
        return certificate.map(ServerCertificate::pem);
    }

    public int port() {
        return server.port();
    }

    public Behaviour behaviour() {
        return behaviour.get();
    }

    /** Changes how further calls are answered, such as {@code change(now -> now.withErrorRate(1, 503))}. */
    public void change(UnaryOperator<Behaviour> change) {
        Behaviour _ = behaviour.change(change);
    }

    /** Keeps every further call waiting, its arrival recorded, until {@link #release()}. */
    public void hold() {
        change(now -> now.withHeld(true));
    }

    /** Lets the calls that wait since {@link #hold()} go on, and those that follow. */
    public void release() {
        change(now -> now.withHeld(false));
    }

    /** Scripts the fate of the next call that is not scripted yet. */
    public void failNext(Fault fault) {
        failNext(fault, 1);
    }

    /** Scripts the fate of a number of further calls, after those scripted already. */
    public void failNext(Fault fault, int times) {
        script.add(fault, times);
    }

    /** Forgets the scripted faults that no call has met yet. */
    public void forgetFaults() {
        script.clear();
    }

    /** Plans a time in which every call meets the same fault. */
    public void plan(Outage outage) {
        outages.add(outage);
    }

    /** Forgets the outages to come and ends the one under way. */
    public void forgetOutages() {
        outages.clear();
    }

    /** The calls remembered, those in flight included, in order of arrival. */
    public List<RecordedCall> calls() {
        return journal.calls();
    }

    public CallStatistics statistics() {
        return journal.statistics();
    }

    /** Forgets the calls that have ended and starts counting anew. */
    public void clearCalls() {
        journal.clear();
    }

    /** Closes every connection, those of calls in flight included. */
    @Override
    public void close() {
        server.close();
    }
}
