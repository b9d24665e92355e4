package dev.ingestkit.proof.attack;

import static dev.ingestkit.proof.attack.Bytes.ascii;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Sends requests as a foreign web page would, by DNS rebinding or by a cross-site form: the answer must always be 403.
 */
final class StrangerAttack implements Attack {

    private static final List<String> HOSTS = List.of(
            "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "[::2]");
    private static final List<String> ORIGINS = List.of(
            "https://evil.example",
            "http://localhost.evil.example",
            "null",
            "http://127.0.0.1.evil.example",
            "file://",
            "x");

    @Override
    public void run(Door door, SplittableRandom random) throws IOException, Finding {
        boolean rebinding = random.nextBoolean();
        String host = rebinding ? Bytes.pick(random, HOSTS) : "localhost";
        String origin = rebinding ? "" : "Origin: " + Bytes.pick(random, ORIGINS) + "\r\n";
        String path = Bytes.pick(random, List.of("/_ingest/faults", "/", "/_ingest/shutdown"));
        byte[] request = ascii(
                "POST %s HTTP/1.1\r\nHost: %s\r\n%sX-Amz-Target: AmazonSQS.ListQueues\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                        .formatted(path, host, origin));
        Door.Answer answer = door.exchange(request);
        if (!answer.status().equals(Optional.of(403))) {
            throw new Finding("a foreign page was accepted: %s%nto: %s"
                    .formatted(answer.status(), new String(request, StandardCharsets.US_ASCII)));
        }
    }
}
