package dev.ingestkit.local.functions.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.events.DaemonThreads;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lambda's runtime API for one process with one execution environment, translated into frames. The process asks for
 * the next invocation and posts its answer or error. Thread-safe.
 *
 * <p>Output and answers take different paths. So that a line is never logged after the end of its invocation, the
 * bootstrap prints {@link #OUTPUT_END} with the request's id before it posts, and the answer waits for that line.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
public final class RuntimeApi implements ProcessLink {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeApi.class);
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final Pattern ANSWER = Pattern.compile(ROOT + "invocation/([^/]+)/(response|error)");

    /** Starts the line that ends an invocation's output; the request's id follows. */
    static final char OUTPUT_END = '\0';

    /** The header by which a bootstrap says that it exits after it has posted an error. */
    static final String FATAL = "Ingest-Runtime-Exits";

    private static final long OUTPUT_MILLIS = 2_000;
    private static final int ENVIRONMENT = 0;
    private static final byte[] NOTHING = new byte[0];

    /** Ends the received frames; no process sends a greeting here. */
    private static final Frame END = Frame.of(Frame.Type.HELLO, Frame.NO_ENVIRONMENT);

    private final HttpServer server;
    private final ExecutorService executor;
    private final String host;
    private final long started = System.nanoTime();
    private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Frame> invocations = new LinkedBlockingQueue<>();
    private final Object output = new Object();
    private volatile @Nullable ProcessMemory memory;
    private volatile @Nullable Running running;
    private volatile boolean ready;
    private String outputEndOf = "";
    private boolean outputEnded;

    private record Running(String requestId, long began) {

        long micros() {
            return (System.nanoTime() - began) / 1_000;
        }
    }

    static {
        // Otherwise an answer's body waits for the acknowledgement of its head: 40 ms for each invocation.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    /**
     * Opens the API on a free loopback port.
     *
     * @param function the function's name, for the names of threads
     * @throws IOException if no port can be opened
     */
    public RuntimeApi(String function) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.executor = Executors.newCachedThreadPool(DaemonThreads.named("runtime API of " + function));
        this.host = server.getAddress().getAddress().getHostAddress() + ":" + port();
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the value of {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return host;
    }

    /** Keeps the process's standard input open: its end tells the bootstrap that the runtime has gone. */
    @Override
    public void instruct(OutputStream in) {
        // there are no instructions beside the environment variables
    }

    /** A process is connected from its start: a failure before its first request is one of its initialization. */
    @Override
    public boolean connect(Process process) {
        memory = new ProcessMemory(process.pid());
        CompletableFuture<Void> unused = process.onExit().thenRun(() -> received.add(END));
        return true;
    }

    @Override
    public void send(Frame frame) {
        if (frame.type() == Frame.Type.INVOKE) {
            invocations.add(frame);
        }
    }

    @Override
    public Frame receive() throws IOException {
        try {
            Frame frame = received.take();
            if (frame.type() == Frame.Type.HELLO) {
                throw new EOFException("the process has exited");
            }
            return frame;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    @Override
    public boolean printed(String line) {
        int mark = line.indexOf(OUTPUT_END);
        String text = mark < 0 ? line : line.substring(0, mark);
        if (!text.isEmpty()) {
            Running current = running;
            String requestId = current == null ? "" : current.requestId();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            received.add(new Frame(Frame.Type.LOG, ENVIRONMENT, List.of("stdout", requestId), List.of(), bytes));
        }
        if (mark >= 0) {
            synchronized (output) {
                outputEndOf = line.substring(mark + 1);
                output.notifyAll();
            }
        }
        return true;
    }

    @Override
    public void outputEnded() {
        synchronized (output) {
            outputEnded = true;
            output.notifyAll();
        }
    }

    private void awaitOutput(String requestId) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(OUTPUT_MILLIS);
        synchronized (output) {
            for (long left = OUTPUT_MILLIS; left > 0 && !outputEnded && !outputEndOf.equals(requestId); ) {
                output.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        }
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            serve(exchange);
        } catch (IOException broken) {
            LOG.debug("A request to the runtime API broke", broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        // A page in a browser can send requests to this port, but neither without its origin nor to this host.
        if (exchange.getRequestHeaders().containsKey("Origin")
                || !host.equals(exchange.getRequestHeaders().getFirst("Host"))) {
            refuse(exchange, 403, "Forbidden", "only the function's process may use this API");
            return;
        }
        boolean isPost = exchange.getRequestMethod().equals("POST");
        Matcher answer = ANSWER.matcher(path);
        if (path.equals(ROOT + "invocation/next") && !isPost) {
            next(exchange);
        } else if (isPost && answer.matches()) {
            answer(exchange, answer.group(1), answer.group(2).equals("response"));
        } else if (isPost && path.equals(ROOT + "init/error")) {
            initError(exchange);
        } else {
            refuse(exchange, 404, "NotFound", "the runtime API has no " + path);
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        if (!ready) {
            ready = true;
            received.add(new Frame(Frame.Type.READY, ENVIRONMENT, List.of(), List.of(microsSince(started)), NOTHING));
        }
        Frame invocation = invocations.take();
        String requestId = invocation.texts().get(0);
        running = new Running(requestId, System.nanoTime());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", requestId);
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Trace-Id", invocation.texts().get(1));
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Invoked-Function-Arn", invocation.texts().get(2));
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Deadline-Ms", invocation.numbers().get(0).toString());
        respond(exchange, 200, invocation.body());
    }

    private void answer(HttpExchange exchange, String requestId, boolean succeeded)
            throws IOException, InterruptedException {
        byte[] body = body(exchange);
        Running current = running;
        if (current == null || !current.requestId().equals(requestId)) {
            refuse(exchange, 400, "InvalidRequestID", "Invalid request ID");
            return;
        }
        long micros = current.micros();
        awaitOutput(requestId);
        running = null;
        boolean fits = body.length <= Frame.MAX_ANSWER;
        boolean exits = exchange.getRequestHeaders().containsKey(FATAL);
        Frame.Type type = !fits
                ? Frame.Type.TOO_LARGE
                : succeeded ? Frame.Type.SUCCEEDED : exits ? Frame.Type.FATAL : Frame.Type.FAILED;
        ProcessMemory used = memory;
        received.add(new Frame(
                type,
                ENVIRONMENT,
                List.of(requestId),
                List.of(micros, used == null ? 0 : used.peakBytes()),
                fits ? body : NOTHING));
        if (fits) {
            respond(exchange, 202, status("OK"));
        } else {
            refuse(exchange, 413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size");
        }
    }

    private void initError(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = body(exchange);
        awaitOutput("");
        received.add(new Frame(Frame.Type.INIT_FAILED, ENVIRONMENT, List.of(), List.of(microsSince(started)), body));
        respond(exchange, 202, status("OK"));
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(Frame.MAX_ANSWER + 1);
            in.transferTo(OutputStream.nullOutputStream());
            return body;
        }
    }

    private static long microsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000;
    }

    private static byte[] status(String text) {
        return "{\"status\":\"%s\"}".formatted(text).getBytes(StandardCharsets.UTF_8);
    }

    private static void refuse(HttpExchange exchange, int code, String type, String message) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        String body = "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}".formatted(type, message.replace("\"", "'"));
        respond(exchange, code, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void respond(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        received.add(END);
        server.stop(0);
        executor.shutdownNow();
    }
}
