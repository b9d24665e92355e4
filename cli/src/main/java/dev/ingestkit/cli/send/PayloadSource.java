package dev.ingestkit.cli.send;

import java.io.IOException;
import java.util.Optional;

/** A sequence of payloads. Used by one thread at a time. */
@FunctionalInterface
public interface PayloadSource {

    /**
     * Returns the next payload, byte for byte as given; empty at the end. May wait for a stream that is still written.
     *
     * @throws IOException when the input cannot be read
     */
    Optional<byte[]> next() throws IOException;
}
