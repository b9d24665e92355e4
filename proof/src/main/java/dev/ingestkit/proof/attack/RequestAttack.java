package dev.ingestkit.proof.attack;

import static dev.ingestkit.proof.attack.Bytes.ascii;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** Sends invalid HTTP/1.1: corrupted heads, floods of header fields, wrong chunk sizes, bodies beyond the limit. */
final class RequestAttack implements Attack {

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT", "FOO");
    private static final List<String> LENGTHS = List.of("-1", "0x10", "9223372036854775808", "1,1", "+5", "5 5", "");
    private static final List<String> CHUNKS = List.of(
            "5\r\nabc\r\n0\r\n\r\n",
            "ffffffffffffffff\r\nabc",
            "-1\r\nabc\r\n",
            "3;x=" + "y".repeat(40_000) + "\r\nabc\r\n0\r\n\r\n",
            "3\r\nabcdef\r\n0\r\n\r\n",
            "zz\r\n",
            "0\r\n" + "T: x\r\n".repeat(9_000) + "\r\n",
            "3 \r\nabc\r\n0\r\n\r\n");

    @Override
    public void run(Door door, SplittableRandom random) throws IOException, Finding {
        byte[] request = request(door, random);
        Answers.check(this, request, door.exchange(request));
    }

    private static byte[] request(Door door, SplittableRandom random) {
        byte[] good = good(door, random);
        return switch (random.nextInt(8)) {
            case 0 -> head(random, "X-Flood: 1\r\n".repeat(20_000), "");
            case 1 -> head(random, "X-Long: " + "y".repeat(1 + random.nextInt(100_000)) + "\r\n", "");
            case 2 -> head(random, "Transfer-Encoding: chunked\r\n", Bytes.pick(random, CHUNKS));
            case 3 -> head(random, "Content-Length: " + Bytes.pick(random, LENGTHS) + "\r\n", "abcde");
            case 4 -> head(random, "Content-Length: " + (33 << 20) + "\r\n", "x".repeat(1000));
            case 5 -> Bytes.join(good, good, Bytes.spoil(random, good));
            default -> Bytes.spoil(random, good);
        };
    }

    private static byte[] good(Door door, SplittableRandom random) {
        String body = "{\"n\":1}";
        return ascii(
                "POST %s%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(
                                door.submitPath(),
                                "e" + random.nextInt(100),
                                door.authorization(),
                                body.length(),
                                body));
    }

    private static byte[] head(SplittableRandom random, String fields, String body) {
        return ascii("%s /%d HTTP/1.1\r\nHost: localhost\r\n%s\r\n%s"
                .formatted(Bytes.pick(random, METHODS), random.nextInt(9), fields, body));
    }
}
