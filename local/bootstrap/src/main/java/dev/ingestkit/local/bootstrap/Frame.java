package dev.ingestkit.local.bootstrap;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One message between the runtime and a function's JVM, prefixed with its length.
 *
 * @param environment the execution environment that the frame belongs to; {@link #NO_ENVIRONMENT} for the JVM as a
 * whole
 * @param texts the short fields, in the order that {@link Type} gives
 * @param numbers the numeric fields, in the order that {@link Type} gives
 * @param body the event, the answer, an error object or bytes of a log
 */
public record Frame(Type type, int environment, List<String> texts, List<Long> numbers, byte[] body) {

    /** The environment of frames about the JVM as a whole. */
    public static final int NO_ENVIRONMENT = -1;

    /** More than the largest event or answer with all fields: a longer frame means a broken channel. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Lambda's limit for an answer, as stated in its error text. */
    public static final int MAX_ANSWER = 6_291_556;

    private static final byte[] EMPTY = new byte[0];

    /** The types of frames, each with its fields. */
    public enum Type {
        /** Child: connected. Texts: the token. */
        HELLO(1),
        /** Parent: create an execution environment. */
        OPEN(2),
        /** Child: the environment has loaded its handler. Numbers: microseconds. */
        READY(3),
        /** Child: the handler could not be loaded. Body: error object. Numbers: microseconds. */
        INIT_FAILED(4),
        /** Parent: run the handler. Texts: request id, trace header, function ARN. Numbers: deadline. Body: event. */
        INVOKE(5),
        /** Child: the handler's answer. Texts: request id. Numbers: microseconds, bytes of heap in use. */
        SUCCEEDED(6),
        /** Child: the handler threw. Fields as {@link #SUCCEEDED}; body: error object. */
        FAILED(7),
        /** Child: as {@link #FAILED}, after an error that leaves the JVM unusable. */
        FATAL(8),
        /**
         * Child: the answer is longer than Lambda accepts, so it is not sent. Fields as {@link #SUCCEEDED}, no body.
         */
        TOO_LARGE(10),
        /** Child: a piece of output. Texts: stream, request id or nothing. Body: bytes. */
        LOG(9);

        private static final Type[] ALL = values();

        /** The type's byte on the channel. */
        private final int code;

        Type(int code) {
            this.code = code;
        }

        static Type of(int code) throws IOException {
            for (Type type : ALL) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new IOException("not a frame: type " + code);
        }
    }

    /** Returns a frame without fields. */
    public static Frame of(Type type, int environment) {
        return new Frame(type, environment, List.of(), List.of(), EMPTY);
    }

    /** Returns a frame with short fields only. */
    public static Frame of(Type type, int environment, String... texts) {
        return new Frame(type, environment, List.of(texts), List.of(), EMPTY);
    }

    void write(DataOutputStream out) throws IOException {
        List<byte[]> encoded = new ArrayList<>(texts.size());
        int length = 1 + 4 + 1 + 1 + 8 * numbers.size() + 4 + body.length;
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            encoded.add(bytes);
            length += 4 + bytes.length;
        }
        out.writeInt(length);
        out.writeByte(type.code);
        out.writeInt(environment);
        out.writeByte(encoded.size());
        for (byte[] bytes : encoded) {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        out.writeByte(numbers.size());
        for (long number : numbers) {
            out.writeLong(number);
        }
        out.writeInt(body.length);
        out.write(body);
        out.flush();
    }

    /**
     * Reads the next frame.
     *
     * @throws EOFException at the channel's end
     * @throws IOException if the bytes are not a frame
     */
    static Frame read(DataInputStream in) throws IOException {
        int left = in.readInt();
        if (left < 0 || left > MAX_BYTES) {
            throw new IOException("not a frame: length " + left);
        }
        Type type = Type.of(in.readUnsignedByte());
        int environment = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int count = in.readUnsignedByte(); count > 0; count--) {
            texts.add(new String(bytes(in), StandardCharsets.UTF_8));
        }
        List<Long> numbers = new ArrayList<>();
        for (int count = in.readUnsignedByte(); count > 0; count--) {
            numbers.add(in.readLong());
        }
        return new Frame(type, environment, texts, numbers, bytes(in));
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("not a frame: a field of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
