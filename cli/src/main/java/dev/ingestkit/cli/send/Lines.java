package dev.ingestkit.cli.send;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Returns every line that is not blank, unchanged and without its line end. */
final class Lines implements PayloadSource {

    private final InputStream in;

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, 64 * 1024);
    }

    @Override
    public Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int next = in.read(); next != -1; next = in.read()) {
            if (next != '\n') {
                if (line.size() == JsonValues.MAX_BYTES) {
                    throw new CliException(
                            "INPUT_MALFORMED",
                            ExitCode.FAILED,
                            "a line is longer than %,d bytes".formatted(JsonValues.MAX_BYTES));
                }
                line.write(next);
            } else if (isBlank(line)) {
                line.reset();
            } else {
                return Optional.of(withoutReturn(line));
            }
        }
        return isBlank(line) ? Optional.empty() : Optional.of(withoutReturn(line));
    }

    private static boolean isBlank(ByteArrayOutputStream line) {
        for (byte one : line.toByteArray()) {
            if (one != ' ' && one != '\t' && one != '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] withoutReturn(ByteArrayOutputStream line) {
        byte[] bytes = line.toByteArray();
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r'
                ? java.util.Arrays.copyOf(bytes, bytes.length - 1)
                : bytes;
    }
}
