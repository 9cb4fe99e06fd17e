package io.genapi.runtime.net;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses that begin with the same bits, as {@code 10.0.0.0/8} or {@code fc00::/7} says. Immutable. */
public final class AddressRange {

    private final byte[] first;
    private final int bits;

    private AddressRange(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /** Reads a range, or an address as a range of one; empty if the text is neither. No name is looked up. */
    public static Optional<AddressRange> read(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        return address.flatMap(first -> {
            byte[] bytes = first.getAddress();
            int most = bytes.length * 8;
            try {
                int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
                return bits < 0 || bits > most ? Optional.empty() : Optional.of(new AddressRange(bytes, bits));
            } catch (NumberFormatException noNumber) {
                return Optional.empty();
            }
        });
    }

    /** The address that a text is; empty if it is a name. */
    static Optional<InetAddress> literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    static AddressRange of(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException(text + " is no range of addresses"));
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (first[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
