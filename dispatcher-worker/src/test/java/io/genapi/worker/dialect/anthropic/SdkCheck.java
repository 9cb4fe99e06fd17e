package io.genapi.worker.dialect.anthropic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.anthropic.core.JsonField;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a type of Anthropic's SDK knows every property of what it was read from. */
final class SdkCheck {

    /** Objects whose properties are the caller's own. */
    private static final Set<String> OPEN = Set.of("InputSchema", "Properties", "Input", "Schema");

    private SdkCheck() {}

    static void assertKnown(@Nullable Object read) throws IllegalAccessException {
        switch (read) {
            case null -> {
                // A member of a union that this is not.
            }
            case JsonField<?> field -> assertKnown(field.asKnown().orElse(null));
            case Collection<?> many -> {
                for (Object one : many) {
                    assertKnown(one);
                }
            }
            default -> {
                if (read.getClass().getPackageName().startsWith("com.anthropic.models")) {
                    for (Field field : read.getClass().getDeclaredFields()) {
                        assertKnown(read, field);
                    }
                }
            }
        }
    }

    private static void assertKnown(Object read, Field field) throws IllegalAccessException {
        if (Modifier.isStatic(field.getModifiers())) {
            return;
        }
        field.setAccessible(true);
        if (!field.getName().equals("additionalProperties")) {
            assertKnown(field.get(read));
        } else if (!OPEN.contains(read.getClass().getSimpleName())) {
            assertEquals(Map.of(), field.get(read), read.getClass().getName());
        }
    }
}
