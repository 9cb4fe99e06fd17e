package io.genapi.schemas.chat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Where a request says how its answer is to be streamed, and whether that is with the usage.
 *
 * @param kind of the value of {@code stream_options}
 * @param place of that value where it is null; of the value of {@code include_usage} where there is one; else, where it is
 *     an object, the empty range behind its opening brace
 */
record StreamOptions(Kind kind, @Nullable Span place, boolean includeUsage) {

    /** What there is to be changed. */
    enum Kind {
        ABSENT,
        NULL,
        WITH_USAGE,
        WITHOUT_USAGE,
        EMPTY,
        /** Neither null nor an object. */
        OTHER
    }

    static final StreamOptions NONE = new StreamOptions(Kind.ABSENT, null, false);

    private static final String INCLUDED = "\"include_usage\":true";
    private static final JsonFactory JSON = new JsonFactory();

    /** @param parser at the value; is at its end afterwards */
    static StreamOptions read(JsonParser parser) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        return switch (parser.currentToken()) {
            case VALUE_NULL -> new StreamOptions(Kind.NULL, new Span(from, from + "null".length()), false);
            case START_OBJECT -> members(parser, from + 1);
            case null, default -> {
                parser.skipChildren();
                yield new StreamOptions(Kind.OTHER, null, false);
            }
        };
    }

    private static StreamOptions members(JsonParser parser, int first) {
        StreamOptions read = new StreamOptions(Kind.EMPTY, new Span(first, first), false);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean usage = parser.currentName().equals("include_usage");
            JsonToken value = parser.nextToken();
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            if (usage) {
                Span place = new Span(from, (int) parser.currentLocation().getByteOffset());
                read = new StreamOptions(Kind.WITH_USAGE, place, value == JsonToken.VALUE_TRUE);
            } else if (read.kind() == Kind.EMPTY) {
                read = new StreamOptions(Kind.WITHOUT_USAGE, new Span(first, first), false);
            }
        }
        return read;
    }

    /** The request with the usage asked for; empty where it is as it should be, or not to be changed. */
    Optional<byte[]> including(byte[] request) {
        if (includeUsage || kind == Kind.OTHER) {
            return Optional.empty();
        }
        Span at = place == null ? behindOpeningBrace(request) : place;
        return Optional.of(at.replaceWith(
                request,
                switch (kind) {
                    case ABSENT -> "\"stream_options\":{" + INCLUDED + "},";
                    case NULL -> "{" + INCLUDED + "}";
                    case WITH_USAGE -> "true";
                    case WITHOUT_USAGE -> INCLUDED + ",";
                    case EMPTY -> INCLUDED;
                    case OTHER -> throw new IllegalStateException("what is no object is not changed");
                }));
    }

    /** The request without any options; all other bytes stay. */
    static byte[] without(byte[] request) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), request)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean options = parser.currentName().equals("stream_options");
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.nextToken();
                parser.skipChildren();
                parser.finishToken();
                if (options) {
                    return withComma(request, from, (int)
                                    parser.currentLocation().getByteOffset())
                            .replaceWith(request, "");
                }
            }
        }
        return request;
    }

    /** A member and the comma that parts it from the next one, or else from the one before. */
    private static Span withComma(byte[] request, int from, int to) {
        int next = to;
        while (isBlank(request[next])) {
            next++;
        }
        if (request[next] == ',') {
            return new Span(from, next + 1);
        }
        int before = from - 1;
        while (isBlank(request[before])) {
            before--;
        }
        return new Span(request[before] == ',' ? before : from, to);
    }

    private static boolean isBlank(byte each) {
        return each == ' ' || each == '\t' || each == '\r' || each == '\n';
    }

    /** Every request that was read has members, so that one more can be put before them. */
    private static Span behindOpeningBrace(byte[] request) {
        int brace = 0;
        while (request[brace] != '{') {
            brace++;
        }
        return new Span(brace + 1, brace + 1);
    }
}
