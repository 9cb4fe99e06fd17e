package io.genapi.cli.command;

import io.genapi.cli.client.Answer;
import io.genapi.cli.client.Gateway;
import io.genapi.runtime.service.StartException;
import io.genapi.runtime.service.StopSignal;
import io.genapi.standalone.Standalone;
import io.genapi.standalone.StandaloneOptions;
import io.genapi.standalone.StandaloneState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a standalone broker and shows that it works. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Start Kafka, gateway, worker and result store in one process, send one job through, and go on until Ctrl-C.",
            "Without any vendor's key in the environment (OPENAI_API_KEY, ANTHROPIC_API_KEY…), the vendor is simulated."
        })
final class UpCommand implements Callable<Integer> {

    private static final Duration FIRST_JOB = Duration.ofSeconds(60);

    private static final int UNAUTHORIZED = 401;

    @Option(names = "--detach", description = "Return when it is ready, and leave it running.")
    private boolean detach;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The gateway's port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Kafka's port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where jobs and results are kept. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Option(names = "--config", paramLabel = "FILE", description = "The vendor catalog. Default: config/genapi.yaml.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--simulator-latency",
            paramLabel = "LATENCY",
            defaultValue = StandaloneOptions.SIMULATOR_LATENCY,
            description = "How slow the simulated vendor is. Default: ${DEFAULT-VALUE}.")
    private String simulatorLatency = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any other setting by its full name, such as genapi.worker.max-attempts=3. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--once", hidden = true, description = "Stop after the first job.")
    private boolean once;

    @Option(
            names = DetachedStart.CHILD,
            hidden = true,
            description = "Leave the first job to the process that waits for this one.")
    private boolean child;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        StandaloneState.read(data).ifPresent(running -> {
            throw new StartException("A broker already runs on '%s': %s (process %d). Stop it with ./genapi down."
                    .formatted(data, running.gateway(), running.pid()));
        });
        return detach ? startDetached() : runHere();
    }

    private int startDetached() throws InterruptedException {
        List<String> own = spec.commandLine().getParseResult().originalArgs().stream()
                .filter(argument -> !argument.equals("--detach"))
                .toList();
        StandaloneState state = DetachedStart.start(own, data);
        introduce(state);
        return ExitCodes.OK;
    }

    private int runHere() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Instant begin = Instant.now();
        Standalone broker = Standalone.start(options(), (part, where, took) -> {
            out.printf("  %-17s %-28s %5d ms%n", part, where, took.toMillis());
            out.flush();
        });
        StopSignal signal = StopSignal.closes(() -> stop(broker));
        try {
            if (!child) {
                String what = introduce(broker.state()) ? "First answer" : "Up";
                out.printf("%s %.1f s after the start. Ctrl-C stops it.%n", what, sinceSeconds(begin));
                out.flush();
            }
            if (!once) {
                signal.await();
            }
        } finally {
            signal.ignore();
            stop(broker);
        }
        return ExitCodes.OK;
    }

    private void stop(Standalone broker) {
        broker.close();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Stopped. Jobs and results are kept in " + data + ".");
        out.flush();
    }

    private StandaloneOptions options() {
        return new StandaloneOptions(
                data,
                port,
                kafkaPort,
                config.orElseGet(InstalledFiles::catalog),
                System.getenv(),
                simulatorLatency,
                settings);
    }

    /** One real job through the whole path; none where the broker has tenants, and this is no key of one. */
    private static Optional<Answer> askForASign(StandaloneState state) throws InterruptedException {
        try (Gateway gateway = new Gateway(state.gateway(), GatewayOptions.apiKey())) {
            Answer models = gateway.get("/v1/models");
            if (models.status() == UNAUTHORIZED) {
                return Optional.empty();
            }
            String model = models.json().path("data").path(0).path("id").asString("gpt-4o-mini");
            Answer answer = gateway.complete(ChatBody.of(model, "Say that you are there."), FIRST_JOB);
            if (!answer.successful()) {
                throw new StartException("It started, but the first job failed: " + answer.errorMessage());
            }
            return Optional.of(answer);
        }
    }

    /** Whether a first job was answered. */
    private boolean introduce(StandaloneState state) throws InterruptedException {
        Optional<Answer> sign = askForASign(state);
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.printf("genapi-broker is up, its data in %s%n", data);
        out.printf("  HTTP    %s/v1   (any OpenAI SDK)%n", state.gateway());
        out.printf("  Kafka   %s%n", state.kafka());
        out.printf(
                "  Vendor  %s%n",
                state.vendors().equals("simulator")
                        ? "simulator, because no vendor's key is in the environment; set OPENAI_API_KEY, say, for a real one"
                        : state.vendors());
        state.webhooks().ifPresent(notice -> out.printf("  Hooks   webhooks %s%n", notice));
        out.println();
        sign.ifPresentOrElse(
                answer -> show(out, answer, state),
                () -> out.printf(
                        "Its catalog names tenants, and GENAPI_API_KEY is no key of one, so no first job was sent. Make"
                                + " a key with%n  ./genapi keys create TENANT%n"));
        out.println();
        out.flush();
        return sign.isPresent();
    }

    private static void show(PrintWriter out, Answer answer, StandaloneState state) {
        out.printf(
                "The first job, %s, was answered by %s:%n  %s%n%n",
                answer.header("Genapi-Job-Id").orElse("?"),
                answer.header("X-Vendor-Source").orElse("?"),
                ChatBody.answerText(answer));
        out.println("Go on with:");
        out.printf(
                """
                  curl %s/v1/chat/completions%s -H 'Content-Type: application/json' \\
                    -d '{"model": "%s", "messages": [{"role": "user", "content": "Hello"}]}'
                """,
                state.gateway(),
                GatewayOptions.apiKey()
                        .map(_ -> " -H \"Authorization: Bearer $GENAPI_API_KEY\"")
                        .orElse(""),
                answer.json().path("model").asString("gpt-4o-mini"));
    }

    private static double sinceSeconds(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    }
}
