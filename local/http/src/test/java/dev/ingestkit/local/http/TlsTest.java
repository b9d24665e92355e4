package dev.ingestkit.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Covers TLS on the port that serves plain HTTP, with clients that check the certificate. */
final class TlsTest {

    @TempDir
    private static Path folder;

    private static TlsCertificate certificate;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        certificate = new TlsCertificate(folder.resolve("tls"));
        server = HttpServer.start(HttpServerConfig.loopback(0).withTls(certificate), TlsTest::echo);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CompletableFuture<dev.ingestkit.local.http.HttpResponse> echo(
            dev.ingestkit.local.http.HttpRequest request) {
        return CompletableFuture.completedFuture(
                dev.ingestkit.local.http.HttpResponse.text(200, "%d bytes".formatted(request.body().length)));
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            Certificate read = CertificateFactory.getInstance("X.509").generateCertificate(in);
            trusted.setCertificateEntry("kit", read);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static HttpRequest post(String url, int bytes) {
        return HttpRequest.newBuilder(URI.create(url.formatted(server.port())))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost:%d/, HTTP_1_1, 0",
        "https://127.0.0.1:%d/, HTTP_1_1, 300000",
        "https://localhost:%d/, HTTP_2, 0",
        "https://127.0.0.1:%d/, HTTP_2, 300000",
        "http://127.0.0.1:%d/, HTTP_1_1, 300000"
    })
    void onePortServesPlainHttpAndTls(String url, HttpClient.Version version, int bytes) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(certificate.file().join()))
                .version(version)
                .build();

        var answer = client.send(post(url, bytes), BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo(bytes + " bytes");
        assertThat(answer.version()).isEqualTo(version);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void clientsThatDoNotTrustTheCertificateAreNotServed(HttpClient.Version version) {
        HttpClient client = HttpClient.newBuilder().version(version).build();

        assertThatThrownBy(() -> client.send(post("https://localhost:%d/", 0), BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void theCertificateIsKeptInItsDirectory() throws Exception {
        byte[] first = Files.readAllBytes(certificate.file().join());

        Path again = new TlsCertificate(folder.resolve("tls")).file().join();

        assertThat(Files.readAllBytes(again)).isEqualTo(first);
        assertThat(folder.resolve("tls"))
                .isDirectoryContaining("glob:**ca.pem")
                .isDirectoryContaining("glob:**server.p12")
                .isDirectoryNotContaining("glob:**new*");
    }

    @Test
    void aCertificateThatCannotBeMadeFailsWithItsDirectory() throws IOException {
        Path file = Files.createFile(folder.resolve("not-a-directory"));

        assertThatThrownBy(() -> new TlsCertificate(file).file().join()).hasMessageContaining(file.toString());
    }

    @Test
    void withoutACertificateTlsConnectionsAreClosed() throws IOException {
        try (HttpServer plain = HttpServer.start(HttpServerConfig.loopback(0), TlsTest::echo);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), plain.port())) {
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 1, 1, '\r', '\n', '\r', '\n'});

            byte[] answer = socket.getInputStream().readAllBytes();

            assertThat(new String(answer, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 400");
        }
    }
}
