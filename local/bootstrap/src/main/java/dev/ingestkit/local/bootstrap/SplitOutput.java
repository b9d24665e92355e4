package dev.ingestkit.local.bootstrap;

import java.io.IOException;
import java.io.OutputStream;

/** Standard output or error of the JVM, split into its execution environments by the writing thread. */
final class SplitOutput extends OutputStream {

    private final Environments environments;
    private final String stream;
    private final LineOutput shared;

    SplitOutput(Environments environments, String stream) {
        this.environments = environments;
        this.stream = stream;
        this.shared = new LineOutput(environments.channel(), Frame.NO_ENVIRONMENT, stream);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ExecutionEnvironment environment = environments.current();
        if (environment == null) {
            shared.write(bytes, offset, length, "");
        } else {
            environment.write(stream, bytes, offset, length);
        }
    }
}
