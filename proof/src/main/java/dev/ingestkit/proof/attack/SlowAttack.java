package dev.ingestkit.proof.attack;

import static dev.ingestkit.proof.attack.Bytes.ascii;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Opens connections and sends little on each, then nothing: the server must keep serving other clients. */
final class SlowAttack implements Attack {

    private static final List<String> BEGINNINGS = List.of(
            "",
            "P",
            "PRI * HTTP/2.0\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: local",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");

    @Override
    public void run(Door door, SplittableRandom random) throws IOException, Finding {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int number = 0; number < 40; number++) {
                Socket socket = door.connect();
                slow.add(socket);
                socket.getOutputStream().write(ascii(Bytes.pick(random, BEGINNINGS)));
            }
            if (!door.answers()) {
                throw new Finding("slow senders keep other clients from the port");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
