package dev.ingestkit.local.dynamodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamoDbLocalTest {

    @Test
    void listensOnLoopbackAlone() throws Exception {
        List<Path> jars = DynamoDbLocal.jarsOf(Path.of(requireNonNull(System.getProperty("ingest.dynamodb.home"))));
        try (DynamoDbLocal database = DynamoDbLocal.start(jars)) {
            int port = database.endpoint().getPort();

            assertThat(answers(InetAddress.getLoopbackAddress(), port)).isTrue();
            assertThat(NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(address -> !address.isLoopbackAddress())
                            .filter(address -> answers(address, port)))
                    .isEmpty();
        }
    }

    private static boolean answers(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }
}
