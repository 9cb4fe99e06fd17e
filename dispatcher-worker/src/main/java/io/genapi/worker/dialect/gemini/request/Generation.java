package io.genapi.worker.dialect.gemini.request;

import java.util.regex.Pattern;

/** What a model's name tells of how it is spoken to. */
enum Generation {
    /** Gemini 2.5 and before: thinks within a budget of tokens. */
    BUDGETS,
    /** Gemini 3 and later: thinks on a level, and wants its own thoughts back beside the calls of tools. */
    LEVELS,
    /** The same, for models that know fewer levels. */
    LEVELS_OF_PRO;

    private static final Pattern BUDGETED = Pattern.compile("(models/)?gemini-[12]([.-].*)?");

    /** A name without a number, such as {@code gemini-flash-latest}, is of the newest generation. */
    static Generation of(String model) {
        if (BUDGETED.matcher(model).matches()) {
            return BUDGETS;
        }
        return model.contains("-pro") ? LEVELS_OF_PRO : LEVELS;
    }
}
