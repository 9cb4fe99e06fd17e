package io.genapi.runtime.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import java.io.Console;
import java.util.Map;
import java.util.stream.Stream;
import net.logstash.logback.decorate.MapperBuilderDecorator;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Sets Logback up for every process of the broker. {@code GENAPI_LOG_FORMAT} is {@code json} (one object a line) or
 * {@code text}; without it, text on a terminal and JSON elsewhere. {@code GENAPI_LOG_LEVEL} is the level of the
 * broker's own loggers, {@code INFO} by default; libraries log warnings. Logback's own configuration file, where one is
 * named, is obeyed instead.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    static final String TEXT_PATTERN = "%d{HH:mm:ss.SSS} %-5level %-24.24logger{0} %masked %maskedKvp%n%maskedEx";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Map<String, String> environment = System.getenv();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("console");
        appender.setTarget(System.getProperty("genapi.log.target", "System.out"));
        appender.setEncoder(asJson(environment) ? json(context) : text(context));
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        // What stops a start is told once, in the user's words, by whoever started the service.
        context.getLogger("org.springframework.boot").setLevel(Level.OFF);
        // While a broker is away each client would say so every second; who fails because of it says it once.
        context.getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.ERROR);
        context.getLogger("org.apache.kafka.clients.ClientUtils").setLevel(Level.ERROR);
        // Warnings that are advice to whoever writes a Streams application or formats a new disk.
        context.getLogger("org.apache.kafka.streams.StreamsConfig").setLevel(Level.ERROR);
        context.getLogger("org.apache.kafka.controller.QuorumController").setLevel(Level.ERROR);
        context.getLogger("io.genapi")
                .setLevel(Level.toLevel(environment.getOrDefault("GENAPI_LOG_LEVEL", "INFO"), Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean asJson(Map<String, String> environment) {
        Console console = System.console();
        String fallback = console != null && console.isTerminal() ? "text" : "json";
        return environment.getOrDefault("GENAPI_LOG_FORMAT", fallback).equals("json");
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        MaskingJsonGeneratorDecorator masking = new MaskingJsonGeneratorDecorator();
        masking.addValueMasker(
                (path, value) -> value instanceof CharSequence text ? SecretMask.mask(text.toString()) : null);
        masking.start();
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.addDecorator(masking);
        encoder.addDecorator(idsAsText());
        encoder.start();
        return encoder;
    }

    /** A log line's ids are texts to whoever searches for them, not objects. */
    private static MapperBuilderDecorator<?, ?> idsAsText() {
        SimpleModule module = new SimpleModule();
        Stream.of(JobId.class, RequestId.class, TenantId.class, VendorName.class, ModelName.class, CorrelationId.class)
                .forEach(type -> module.addSerializer(type, ToStringSerializer.instance));
        return (MapperBuilderDecorator<JsonMapper, JsonMapper.Builder>) builder -> builder.addModule(module);
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayout layout = new PatternLayout();
        layout.getInstanceConverterMap().put("masked", MaskingMessageConverter::new);
        layout.getInstanceConverterMap().put("maskedEx", MaskingThrowableConverter::new);
        layout.getInstanceConverterMap().put("maskedKvp", MaskingKeyValuePairConverter::new);
        layout.setContext(context);
        layout.setPattern(TEXT_PATTERN);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }
}
