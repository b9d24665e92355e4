package dev.ingestkit.cli.send;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Creates sources of payloads from the inputs of a command line. */
public final class Inputs {

    private Inputs() {}

    /** An input that can be opened again. */
    private interface Opening {
        InputStream open() throws IOException;
    }

    /** Returns the payloads of a stream, which is read once. */
    public static PayloadSource stream(InputStream in, boolean eachLine) {
        return eachLine ? new Lines(in) : new JsonValues(in, "standard input");
    }

    /**
     * Returns the payloads of a file.
     *
     * @param again whether to start again at the end, endlessly
     */
    public static PayloadSource file(Path file, boolean eachLine, boolean again) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CliException("FILE_NOT_FOUND", ExitCode.USAGE, "cannot read file '%s'".formatted(file))
                    .hint("for a payload on the command line use --data '{…}', for standard input use -");
        }
        return opened(() -> Files.newInputStream(file), file.toString(), eachLine, again);
    }

    /** Returns the payloads of a text from the command line. */
    public static PayloadSource literal(String text, boolean eachLine, boolean again) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return opened(() -> new ByteArrayInputStream(bytes), "--data", eachLine, again);
    }

    private static PayloadSource opened(Opening input, String name, boolean eachLine, boolean again) {
        return new Repeating(input, name, eachLine, again);
    }

    private static final class Repeating implements PayloadSource {
        private final Opening input;
        private final String name;
        private final boolean eachLine;
        private final boolean again;
        private InputStream open = InputStream.nullInputStream();
        private PayloadSource values = Optional::empty;
        private boolean begun;

        Repeating(Opening input, String name, boolean eachLine, boolean again) {
            this.input = input;
            this.name = name;
            this.eachLine = eachLine;
            this.again = again;
        }

        @Override
        public Optional<byte[]> next() throws IOException {
            Optional<byte[]> value = values.next();
            if (value.isPresent() || (begun && !again)) {
                return value;
            }
            open.close();
            begun = true;
            open = input.open();
            values = eachLine ? new Lines(open) : new JsonValues(open, name);
            return values.next();
        }
    }
}
