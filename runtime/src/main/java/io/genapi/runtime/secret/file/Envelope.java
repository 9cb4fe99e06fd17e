package io.genapi.runtime.secret.file;

import io.genapi.runtime.secret.file.Opened.Damaged;
import io.genapi.runtime.secret.file.Opened.Forged;
import io.genapi.runtime.secret.file.Opened.UnknownFormat;
import io.genapi.runtime.secret.file.Opened.Whole;
import io.genapi.runtime.secret.file.Opened.WrongKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of the encrypted file, in lines:
 * <pre>
 * genapi-secrets 1 key:0123456789abcdef      format version; which key
 * Base64…                                    nonce of 12 bytes, AES-256-GCM of all names and values, tag of 16
 * sha256:…                                   of the first line and the bytes of the second part
 * </pre>
 * The first line is authenticated with the rest. Names and values are one text to the cipher, so none can be exchanged,
 * taken out or brought in. The checksum, which anybody can make, tells what was damaged from what another key wrote and
 * both from what was forged. Pure, but for the nonce.
 */
final class Envelope {

    private static final String VERSION = "1";
    private static final Pattern HEADER = Pattern.compile("genapi-secrets ([0-9]+) key:([0-9a-f]{16})");
    private static final Pattern CHECKSUM = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private Envelope() {}

    static String seal(SecretEntries entries, SecretsKey key, SecureRandom random) {
        String header = "genapi-secrets %s key:%s".formatted(VERSION, key.id());
        byte[] plain = entries.toBytes();
        try {
            byte[] body = SealedBytes.seal(plain, header, key, random);
            return "%s\n%s\nsha256:%s\n".formatted(header, LINES.encodeToString(body), checksum(header, body));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    static Opened open(String text, SecretsKey key) {
        List<String> lines = text.lines().toList();
        Matcher header = HEADER.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!header.matches()) {
            return new Damaged("it does not begin as a file of secrets does");
        }
        if (!header.group(1).equals(VERSION)) {
            return new UnknownFormat(header.group(1));
        }
        Matcher checksum = CHECKSUM.matcher(lines.getLast());
        if (!checksum.matches()) {
            return new Damaged("its end is missing");
        }
        try {
            byte[] body = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
            if (body.length < SealedBytes.SHORTEST || !checksum.group(1).equals(checksum(header.group(), body))) {
                return new Damaged("its checksum does not fit");
            }
            return header.group(2).equals(key.id())
                    ? decrypt(header.group(), body, key)
                    : new WrongKey(header.group(2), key.id());
        } catch (IllegalArgumentException notBase64) {
            return new Damaged("there is something in it that is not Base64");
        }
    }

    private static Opened decrypt(String header, byte[] body, SecretsKey key) {
        Optional<byte[]> plain = SealedBytes.open(body, header, key);
        if (plain.isEmpty()) {
            return new Forged();
        }
        try {
            return new Whole(SecretEntries.of(plain.get()));
        } finally {
            Arrays.fill(plain.get(), (byte) 0);
        }
    }

    private static String checksum(String header, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(header.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }
}
