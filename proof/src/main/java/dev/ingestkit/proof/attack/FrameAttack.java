package dev.ingestkit.proof.attack;

import static dev.ingestkit.proof.attack.Bytes.ascii;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Sends invalid HTTP/2: random frames, floods of settings, pings and resets, endless headers, and header blocks that
 * unpack to a thousand times their size.
 */
final class FrameAttack implements Attack {

    private static final byte[] PREFACE = ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int HEAD = 9;
    private static final int MAX_LENGTH = 1 << 14;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** GET / with scheme http for localhost from HPACK's static table; the authority is a literal. */
    private static final byte[] REQUEST =
            Bytes.join(new byte[] {(byte) 0x82, (byte) 0x84, (byte) 0x86, 0x01, 9}, ascii("localhost"));

    @Override
    public void run(Door door, SplittableRandom random) throws IOException, Finding {
        byte[] flood = Bytes.join(PREFACE, frame(SETTINGS, 0, 0, new byte[0]), flood(random));
        try (Socket socket = door.connect()) {
            socket.getOutputStream().write(flood);
            socket.shutdownOutput();
            requireFrames(Door.read(socket.getInputStream()).getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException cutOff) {
            // The server closed the connection during the flood, as it should.
            return;
        }
        if (!door.answers()) {
            throw new Finding("the port does not answer after a flood of frames");
        }
    }

    /** Requires that the answer consists of frames, settings first, up to the end of the connection. */
    private static void requireFrames(byte[] said) throws Finding {
        for (int at = 0; at + HEAD <= said.length; ) {
            int length = ((said[at] & 0xff) << 16) | ((said[at + 1] & 0xff) << 8) | (said[at + 2] & 0xff);
            int type = said[at + 3];
            if (type < DATA || type > CONTINUATION || length > MAX_LENGTH || (at == 0 && type != SETTINGS)) {
                throw new Finding(
                        "invalid HTTP/2 frame at byte %d of the answer: type %d, %d bytes".formatted(at, type, length));
            }
            at += HEAD + length;
        }
    }

    private static byte[] flood(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> times(2_000, frame(SETTINGS, 0, 0, new byte[] {0, 3, 0, 0, 0, 100}));
            case 1 -> times(2_000, frame(PING, 0, 0, new byte[8]));
            case 2 -> resets();
            case 3 -> Bytes.join(frame(HEADERS, 0, 1, REQUEST), times(3_000, frame(CONTINUATION, 0, 1, new byte[16])));
            case 4 -> bomb();
            case 5 ->
                Bytes.join(
                        frame(HEADERS, END_HEADERS, 1, REQUEST),
                        times(500, frame(DATA, 0, 1, new byte[0])),
                        times(3, frame(WINDOW_UPDATE, 0, 1, new byte[] {0x7f, -1, -1, -1})));
            default -> random(random);
        };
    }

    /** Rapid reset: requests that are canceled at once. */
    private static byte[] resets() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int stream = 1; stream < 6_000; stream += 2) {
            all.writeBytes(frame(HEADERS, END_HEADERS | END_STREAM, stream, REQUEST));
            all.writeBytes(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
        }
        return all.toByteArray();
    }

    /** One large field enters the dynamic table; thousands of one-byte references name it afterwards. */
    private static byte[] bomb() {
        byte[] large = new byte[3_900];
        Arrays.fill(large, (byte) 'a');
        byte[] put = Bytes.join(new byte[] {0x40, 1, 'x', 0x7f, (byte) 0xbd, 0x1d}, large);
        byte[] name = new byte[8_000];
        Arrays.fill(name, (byte) 0xbe);
        return Bytes.join(
                frame(HEADERS, END_HEADERS | END_STREAM, 1, Bytes.join(REQUEST, put)),
                frame(HEADERS, END_HEADERS | END_STREAM, 3, Bytes.join(REQUEST, name)));
    }

    private static byte[] random(SplittableRandom random) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int count = 1 + random.nextInt(30); count > 0; count--) {
            byte[] payload = random.nextInt(3) == 0 ? Bytes.spoil(random, REQUEST) : Bytes.random(random, 64);
            byte[] frame = frame(random.nextInt(12), random.nextInt(256), random.nextInt(9), payload);
            all.writeBytes(random.nextInt(6) == 0 ? Bytes.spoil(random, frame) : frame);
        }
        return all.toByteArray();
    }

    private static byte[] times(int count, byte[] frame) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int number = 0; number < count; number++) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return Bytes.join(
                new byte[] {
                    (byte) (payload.length >>> 16),
                    (byte) (payload.length >>> 8),
                    (byte) payload.length,
                    (byte) type,
                    (byte) flags,
                    (byte) (stream >>> 24),
                    (byte) (stream >>> 16),
                    (byte) (stream >>> 8),
                    (byte) stream
                },
                payload);
    }
}
