package io.genapi.runtime.reload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** What of one vendor or tenant is otherwise than it was, in words that show no secret. Not thread-safe. */
final class Differences {

    private final List<String> parts = new ArrayList<>();

    Differences value(String setting, Object old, Object now) {
        if (!old.equals(now)) {
            parts.add("%s %s instead of %s".formatted(setting, word(now), word(old)));
        }
        return this;
    }

    Differences limit(String setting, OptionalLong old, OptionalLong now) {
        return value(setting, word(old), word(now));
    }

    /** Of keys, by their names: what they are is nobody's business. */
    <K> Differences keys(List<K> old, List<K> now, Function<K, String> name) {
        Map<String, K> left = new LinkedHashMap<>();
        old.forEach(key -> left.put(name.apply(key), key));
        for (K key : now) {
            K known = left.remove(name.apply(key));
            if (known == null) {
                parts.add("key " + name.apply(key) + " added");
            } else if (!known.equals(key)) {
                parts.add("key " + name.apply(key) + " changed");
            }
        }
        left.keySet().forEach(gone -> parts.add("key " + gone + " removed"));
        return this;
    }

    /** Of what cannot be put in words. */
    Differences content(String setting, Object old, Object now) {
        if (!old.equals(now)) {
            parts.add(setting + " changed");
        }
        return this;
    }

    /** @param what is different, at least in something that there are no words for */
    String told(String what) {
        return what + ": " + (parts.isEmpty() ? "details" : String.join(", ", parts));
    }

    /** As the catalog has it. */
    static String word(Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    private static String word(OptionalLong limit) {
        return limit.isPresent() ? Long.toString(limit.getAsLong()) : "none";
    }
}
