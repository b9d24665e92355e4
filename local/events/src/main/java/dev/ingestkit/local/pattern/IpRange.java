package dev.ingestkit.local.pattern;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses that share their first bits with one. Immutable. */
final class IpRange {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");
    private static final Pattern LENGTH = Pattern.compile("\\+?\\d{1,9}");
    private static final int MAX_OCTET = 255;

    private final byte[] network;
    private final int length;

    private IpRange(byte[] network, int length) {
        this.network = network;
        this.length = length;
    }

    /**
     * Reads a CIDR block.
     *
     * @throws IllegalArgumentException if the text is not one, or stands for a single address
     */
    static IpRange parse(String cidr) {
        String[] parts = cidr.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Malformed CIDR, one '/' required");
        }
        if (!LENGTH.matcher(parts[1]).matches()) {
            throw new IllegalArgumentException("Malformed CIDR, mask bits must be an integer");
        }
        byte[] network = address(parts[0])
                .orElseThrow(() -> new IllegalArgumentException("Nonstandard IP address: " + parts[0]));
        int length = Integer.parseInt(parts[1]);
        if (length >= network.length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "IPv%d mask bits must be < %d".formatted(network.length == 4 ? 4 : 6, network.length * Byte.SIZE));
        }
        return new IpRange(network, length);
    }

    /** Returns the range of one address; empty if the text is not an address. */
    static Optional<IpRange> single(String text) {
        return address(text).map(address -> new IpRange(address, address.length * Byte.SIZE));
    }

    boolean contains(String text) {
        byte[] address = address(text).orElse(null);
        if (address == null || address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >>> (bit % Byte.SIZE);
            if ((address[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> address(String text) {
        if (V4.matcher(text).matches()) {
            return v4(text.split("\\.", -1));
        }
        if (!V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // A text with a colon is read as a literal or refused: no host name is ever looked up.
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException invalid) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> v4(String[] octets) {
        byte[] address = new byte[octets.length];
        for (int index = 0; index < octets.length; index++) {
            int octet = Integer.parseInt(octets[index]);
            if (octet > MAX_OCTET) {
                return Optional.empty();
            }
            address[index] = (byte) octet;
        }
        return Optional.of(address);
    }
}
