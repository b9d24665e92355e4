package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A server's certificate for the loopback names, signed by itself. It is made at its first use, which takes about a
 * second, and kept in a directory until it expires, so that clients need to trust it only once. Thread-safe.
 */
public final class TlsCertificate {

    private static final String KEYS = "server.p12";
    private static final String CERTIFICATE = "ca.pem";
    private static final int PEM_LINE = 64;

    private final Path directory;
    private @Nullable CompletableFuture<SslContext> context;

    /**
     * Creates a certificate that is not made yet.
     *
     * @param directory holds the key and the certificate; created at the first use
     */
    public TlsCertificate(Path directory) {
        this.directory = requireNonNull(directory, "directory").toAbsolutePath();
    }

    /** Returns the file that clients must trust, in PEM; made now if need be. Fails if it cannot be made. */
    public CompletableFuture<Path> file() {
        return context().thenApply(made -> directory.resolve(CERTIFICATE));
    }

    /** Returns what connections need; a failure is tried again at the next call. */
    synchronized CompletableFuture<SslContext> context() {
        CompletableFuture<SslContext> current = context;
        if (current == null || current.isCompletedExceptionally()) {
            CompletableFuture<SslContext> started = new CompletableFuture<>();
            Thread maker = new Thread(() -> make(started), "tls-certificate");
            maker.setDaemon(true);
            maker.start();
            context = started;
            current = started;
        }
        return current;
    }

    private void make(CompletableFuture<SslContext> result) {
        try {
            result.complete(load());
        } catch (IOException | GeneralSecurityException | RuntimeException failed) {
            result.completeExceptionally(new IOException("cannot make a certificate in " + directory, failed));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(interrupted);
        }
    }

    private SslContext load() throws IOException, GeneralSecurityException, InterruptedException {
        Path keys = directory.resolve(KEYS);
        if (!Files.exists(keys)) {
            KeyTool.generate(keys);
        }
        KeyStore store = read(keys);
        X509Certificate certificate = (X509Certificate) store.getCertificate(KeyTool.ALIAS);
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException expired) {
            KeyTool.generate(keys);
            store = read(keys);
            certificate = (X509Certificate) store.getCertificate(KeyTool.ALIAS);
        }
        Files.writeString(directory.resolve(CERTIFICATE), pem(certificate));
        PrivateKey key = (PrivateKey) store.getKey(KeyTool.ALIAS, KeyTool.PASSWORD.toCharArray());
        return SslContextBuilder.forServer(key, certificate)
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    private static KeyStore read(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, KeyTool.PASSWORD.toCharArray());
        }
        return store;
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN CERTIFICATE-----\n" + encoder.encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
