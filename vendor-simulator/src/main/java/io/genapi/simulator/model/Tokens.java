package io.genapi.simulator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stand-in for a tokenizer: pieces of at most six characters that join to the same text again. */
public final class Tokens {

    private static final Pattern PIECE = Pattern.compile("\\s?\\S{1,6}|\\s{1,6}");

    private Tokens() {}

    public static List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        return pieces;
    }

    public static int count(String text) {
        Matcher matcher = PIECE.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
