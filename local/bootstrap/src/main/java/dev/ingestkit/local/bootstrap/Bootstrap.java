package dev.ingestkit.local.bootstrap;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Main class of a function's JVM. Three lines on standard input hold the port to connect to, the token that
 * authenticates the connection, and the class path of the execution environments. The JVM exits when the channel
 * closes, so it never outlives the runtime.
 */
public final class Bootstrap {

    /** Exit status when the JVM itself, not a handler, ran out of memory. */
    public static final int OUT_OF_MEMORY = 251;

    private static final int CHANNEL_BROKEN = 70;

    /** Exit status of Lambda's client for a concurrency that is not a number. */
    private static final int NOT_CONCURRENT = 1;

    private static final String MAX_CONCURRENCY = "AWS_LAMBDA_MAX_CONCURRENCY";

    private final FrameChannel channel;
    private final Environments environments;

    private Bootstrap(FrameChannel channel, Environments environments) {
        this.channel = channel;
        this.environments = environments;
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader instructions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int port = Integer.parseInt(line(instructions));
        String token = line(instructions);
        URL[] classPath = urls(line(instructions));
        FrameChannel channel = new FrameChannel(new Socket(InetAddress.getLoopbackAddress(), port));
        Environments environments = new Environments(channel, classPath, concurrent());
        System.setProperties(new TraceProperties(System.getProperties(), environments));
        System.setOut(new PrintStream(new SplitOutput(environments, "stdout"), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new SplitOutput(environments, "stderr"), true, StandardCharsets.UTF_8));
        channel.send(Frame.of(Frame.Type.HELLO, Frame.NO_ENVIRONMENT, token));
        new Bootstrap(channel, environments).serve();
    }

    /** Returns whether invocations share one instance of the handler; ends the process if the variable is malformed. */
    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // The function's output says why the process ended.
    private static boolean concurrent() {
        String value = System.getenv(MAX_CONCURRENCY);
        if (value != null && !value.matches("\\d{1,9}")) {
            System.err.println("%s is not a number: %s".formatted(MAX_CONCURRENCY, value));
            Runtime.getRuntime().halt(NOT_CONCURRENT);
        }
        return value != null;
    }

    private static String line(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("standard input ended before all instructions were read");
        }
        return line;
    }

    private static URL[] urls(String classPath) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String path : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
            urls.add(new File(path).toURI().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Halts rather than exits: on Lambda, too, no shutdown hook of the function runs. */
    private void serve() {
        int status = CHANNEL_BROKEN;
        try {
            while (true) {
                Frame frame = channel.receive();
                environments.accept(frame);
            }
        } catch (java.io.EOFException closed) {
            status = 0;
        } catch (IOException broken) {
            status = CHANNEL_BROKEN;
        } catch (OutOfMemoryError exhausted) {
            status = OUT_OF_MEMORY;
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
