package io.genapi.runtime.secret.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Secrets by name, in the order of their names. Overwritten when it is closed. Not thread-safe. */
public final class SecretEntries implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final TreeMap<String, char[]> values = new TreeMap<>();

    /** Whether a secret can have that name: 1 to 100 letters, digits, dots, underscores, hyphens; no mark first. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** @param value is copied */
    public void put(String name, char[] value) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a secret");
        }
        wipe(values.put(name, value.clone()));
    }

    /** All of the others, in place of those of the same names. */
    public void putAll(SecretEntries others) {
        others.forEach(this::put);
    }

    /** @param each is given no copies */
    public void forEach(BiConsumer<String, char[]> each) {
        values.forEach(each);
    }

    /** A copy. */
    Optional<char[]> value(String name) {
        return Optional.ofNullable(values.get(name)).map(char[]::clone);
    }

    public boolean isSame(SecretEntries other) {
        return values.keySet().equals(other.values.keySet())
                && values.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), other.values.get(entry.getKey())));
    }

    /** How many there are, then each with its name's length and its own before it. */
    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES
                + values.entrySet().stream()
                        .mapToInt(entry -> 2 * Integer.BYTES + entry.getKey().length() + 3 * entry.getValue().length)
                        .sum());
        buffer.putInt(values.size());
        for (Map.Entry<String, char[]> entry : values.entrySet()) {
            put(buffer, CharBuffer.wrap(entry.getKey()));
            put(buffer, CharBuffer.wrap(entry.getValue()));
        }
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    private static void put(ByteBuffer buffer, CharBuffer text) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(text);
        buffer.putInt(utf8.remaining()).put(utf8);
        wipe(utf8);
    }

    private static void wipe(ByteBuffer bytes) {
        bytes.clear();
        while (bytes.hasRemaining()) {
            bytes.put((byte) 0);
        }
    }

    /** @param bytes that {@link #toBytes} made: they were authentic */
    static SecretEntries of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        SecretEntries entries = new SecretEntries();
        int count = buffer.getInt();
        for (int i = 0; i < count; i++) {
            String name = next(buffer).toString();
            CharBuffer value = next(buffer);
            char[] text = new char[value.remaining()];
            value.get(text);
            entries.values.put(name, text);
            Arrays.fill(value.array(), '\0');
        }
        return entries;
    }

    private static CharBuffer next(ByteBuffer buffer) {
        ByteBuffer text = buffer.slice(buffer.position() + Integer.BYTES, buffer.getInt());
        buffer.position(buffer.position() + text.remaining());
        return StandardCharsets.UTF_8.decode(text);
    }

    @Override
    public void close() {
        values.values().forEach(SecretEntries::wipe);
        values.clear();
    }

    private static void wipe(char @Nullable [] value) {
        if (value != null) {
            Arrays.fill(value, '\0');
        }
    }

    @Override
    public String toString() {
        return "secrets " + values.keySet();
    }
}
