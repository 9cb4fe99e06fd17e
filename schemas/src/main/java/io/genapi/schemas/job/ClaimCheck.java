package io.genapi.schemas.job;

import java.util.regex.Pattern;

/**
 * Stands in a request's record for a body that lies elsewhere. It opens nothing that was not put away as a request's body,
 * and nothing to anybody who does not know what it holds.
 *
 * @param place the id of the place in which the body lies: where another one is asked, nothing is known of the body
 * @param key of the blob that it is
 * @param length of the body in bytes, 1 to {@link #LARGEST}
 * @param digest of the body alone
 * @param asked the digest of all that was asked, in the body and beside it; only who has the body can make it
 */
public record ClaimCheck(String place, String key, int length, BodyDigest digest, BodyDigest asked) {

    /** As large as the largest record: no body is larger. */
    public static final int LARGEST = 12 * 1024 * 1024;

    private static final Pattern PLACE = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern KEY = Pattern.compile("claim-[0-9a-f]{12}-[0-9a-f]{32}");

    public ClaimCheck {
        if (!isPlace(place) || !isKey(key) || length < 1 || length > LARGEST) {
            throw new IllegalArgumentException(
                    "no claim check: " + length + " bytes at '" + key + "' in '" + place + "'");
        }
    }

    /** Of a body that nothing was asked beside. */
    public ClaimCheck(String place, String key, int length, BodyDigest digest) {
        this(place, key, length, digest, digest);
    }

    /** The same of a body that is not all that was asked. */
    ClaimCheck asking(BodyDigest all) {
        return new ClaimCheck(place, key, length, digest, all);
    }

    public static boolean isPlace(String text) {
        return PLACE.matcher(text).matches();
    }

    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }
}
