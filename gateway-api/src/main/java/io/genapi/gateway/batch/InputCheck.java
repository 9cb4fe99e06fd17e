package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchFault;
import io.genapi.schemas.digest.Sha256;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.text.SentText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all lines of a batch's file before any of them is run. Holds some 100 bytes of each line. Used by one thread.
 */
final class InputCheck {

    static final int MAX_LINES = 50_000;

    /** Of a file with more faults, the first are told. */
    private static final int MAX_FAULTS = 50;

    private final Predicate<ModelName> served;
    private final Set<ByteBuffer> customIds = new HashSet<>();
    private final List<BatchFault> faults = new ArrayList<>();
    private @Nullable String model;
    private int lines;

    /** What came of it. */
    sealed interface Verdict {

        /** The batch can be run. */
        record Usable(int total, String model) implements Verdict {}

        /** It cannot. */
        record Unusable(List<BatchFault> faults) implements Verdict {}
    }

    /** @param served whether the batch's tenant may name a model */
    InputCheck(Predicate<ModelName> served) {
        this.served = served;
    }

    /** Whether looking on is of use. */
    boolean take(TextLines.Line line, LineReading reading) {
        lines++;
        if (lines > MAX_LINES) {
            faults.add(new BatchFault(
                    "too_many_requests",
                    "The file has more than %d requests. Split it.".formatted(MAX_LINES),
                    Optional.empty(),
                    Optional.empty()));
            return false;
        }
        switch (reading) {
            case LineReading.Faulty(String code, String message, Optional<String> param) ->
                fault(line, code, message, param);
            case LineReading.Request(String customId, var _, Optional<String> named) -> {
                if (!customIds.add(ByteBuffer.wrap(Sha256.of(customId), 0, 16))) {
                    fault(
                            line,
                            "duplicate_custom_id",
                            ("The custom_id '%s' for this request is a duplicate of another request. The custom_id"
                                            + " parameter must be unique for each request in a batch.")
                                    .formatted(SentText.excerpt(customId)),
                            Optional.of("custom_id"));
                }
                checkModel(line, named);
            }
        }
        return faults.size() < MAX_FAULTS;
    }

    private void checkModel(TextLines.Line line, Optional<String> named) {
        if (named.filter(name -> !name.isBlank()).isEmpty()) {
            fault(
                    line,
                    "missing_required_parameter",
                    "Missing required parameter: 'body.model'.",
                    Optional.of("body.model"));
            return;
        }
        String name = named.get();
        if (model == null) {
            model = name;
            if (!served.test(new ModelName(name))) {
                fault(
                        line,
                        "model_not_found",
                        "The provided model '%s' does not exist or you do not have access to it."
                                .formatted(SentText.excerpt(name)),
                        Optional.of("body.model"));
            }
        } else if (!model.equals(name)) {
            fault(
                    line,
                    "mismatched_model",
                    ("The model '%s' for this request does not match the rest of the batch. Each batch must contain"
                                    + " requests for a single model.")
                            .formatted(SentText.excerpt(name)),
                    Optional.of("body.model"));
        }
    }

    private void fault(TextLines.Line line, String code, String message, Optional<String> param) {
        faults.add(new BatchFault(code, message, param, Optional.of(line.number())));
    }

    Verdict conclude() {
        String name = model;
        if (lines == 0) {
            return new Verdict.Unusable(List.of(new BatchFault(
                    "empty_file",
                    "The batch input file is empty. Please ensure that the batch contains at least one request.",
                    Optional.empty(),
                    Optional.empty())));
        }
        return faults.isEmpty() && name != null
                ? new Verdict.Usable(lines, name)
                : new Verdict.Unusable(List.copyOf(faults));
    }
}
