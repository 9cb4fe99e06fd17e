package io.genapi.cli.secret;

import io.genapi.runtime.secret.file.SecretEntries;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Secrets as people write them, one {@code NAME=VALUE} or {@code NAME: VALUE} a line, which is what flat properties and
 * flat YAML have in common. Lines that begin with {@code #} are comments; a value may stand in quotes, of either kind.
 */
public final class PlainSecrets {

    private static final String DOCUMENT_START = "---";

    private PlainSecrets() {}

    /**
     * @param utf8 is not kept
     * @throws InvalidSecretsException if there is anything else in it
     */
    public static SecretEntries read(byte[] utf8) {
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
        SecretEntries entries = new SecretEntries();
        Set<String> seen = new HashSet<>();
        try {
            for (int line = 1; text.hasRemaining(); line++) {
                CharBuffer stripped = strip(nextLine(text));
                if (!stripped.isEmpty() && stripped.charAt(0) != '#' && !DOCUMENT_START.contentEquals(stripped)) {
                    put(stripped, line, entries, seen);
                }
            }
            return entries;
        } catch (InvalidSecretsException mistake) {
            entries.close();
            throw mistake;
        } finally {
            Arrays.fill(text.array(), '\0');
        }
    }

    /** The same notation, to be read again. */
    public static byte[] write(SecretEntries entries) {
        int[] length = {0};
        entries.forEach((name, value) -> length[0] += name.length() + value.length + 4);
        CharBuffer text = CharBuffer.allocate(length[0]);
        entries.forEach((name, value) -> {
            String quote = isQuoted(CharBuffer.wrap(value)) ? "\"" : "";
            text.put(name).put('=').put(quote).put(value).put(quote).put('\n');
        });
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(text.flip());
        byte[] bytes = new byte[utf8.remaining()];
        utf8.get(bytes).clear();
        while (utf8.hasRemaining()) {
            utf8.put((byte) 0);
        }
        Arrays.fill(text.array(), '\0');
        return bytes;
    }

    private static void put(CharBuffer line, int number, SecretEntries entries, Set<String> seen) {
        int separator = 0;
        while (separator < line.length() && line.charAt(separator) != '=' && line.charAt(separator) != ':') {
            separator++;
        }
        if (separator == line.length()) {
            throw new InvalidSecretsException(number, "is not NAME=VALUE or NAME: VALUE");
        }
        String name = strip(line.slice(0, separator)).toString();
        if (!SecretEntries.isName(name)) {
            throw new InvalidSecretsException(
                    number,
                    "does not begin with a name: 1 to 100 letters, digits, dots, underscores and hyphens, the first a letter or a digit");
        }
        if (!seen.add(name)) {
            throw new InvalidSecretsException(number, "gives '" + name + "' a second time");
        }
        char[] value = value(strip(line.slice(separator + 1, line.length() - separator - 1)), name, number);
        entries.put(name, value);
        Arrays.fill(value, '\0');
    }

    private static char[] value(CharBuffer text, String name, int number) {
        CharBuffer bare = isQuoted(text) ? text.slice(1, text.length() - 2) : text;
        if (bare.isEmpty()) {
            throw new InvalidSecretsException(number, "gives '" + name + "' no value");
        }
        char[] value = new char[bare.length()];
        bare.get(value);
        for (char each : value) {
            if (Character.isISOControl(each) || each == '\uFFFD') {
                throw new InvalidSecretsException(
                        number, "gives '" + name + "' a value with a control character, or that is not UTF-8");
            }
        }
        return value;
    }

    private static boolean isQuoted(CharBuffer text) {
        int last = text.length() - 1;
        return last > 0 && (text.charAt(0) == '"' || text.charAt(0) == '\'') && text.charAt(last) == text.charAt(0);
    }

    private static CharBuffer nextLine(CharBuffer text) {
        int length = 0;
        while (length < text.length() && text.charAt(length) != '\n') {
            length++;
        }
        CharBuffer line = text.slice(text.position(), length);
        text.position(Math.min(text.limit(), text.position() + length + 1));
        return line;
    }

    private static CharBuffer strip(CharBuffer text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && Character.isWhitespace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return text.slice(begin, end - begin);
    }
}
